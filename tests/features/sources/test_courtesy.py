"""What hosts say about being read is obeyed, remembered for a day, and budgets hold across runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbot.features.sources.courtesy.before import Courtesy
from jobbot.features.sources.courtesy.client import CourteousHttp
from jobbot.features.sources.courtesy.robots import LONGEST, SLOWEST, HostRules, counts, permission
from jobbot.features.sources.courtesy.store import HostStore
from jobbot.features.sources.patient import PatientHttp
from jobbot.kernel.clock import FixedClock
from jobbot.kernel.errors import Failed, RefusedByPolicy, TryLater
from jobbot.platform.storage import Database
from jobbot.sdk import HostPolicy, Reply

HOST = "boards.example.com"
PAGE = f"https://{HOST}/v1/jobs?limit=5"
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def rules(body: str, status: int = 200) -> HostRules:
    return HostRules(HOST, NOW, status, body)


@pytest.mark.parametrize(
    ("body", "allowed"),
    [
        ("", True),
        ("User-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow: /v1\nAllow: /v1/jobs", True),
        ("User-agent: *\nAllow: /v1\nDisallow: /v1/jobs", False),
        ("User-agent: *\nAllow: /v1/jobs\nDisallow: /v1/jobs", True),
        ("User-agent: *\nDisallow: /\nUser-agent: jobbot\nAllow: /", True),
        ("User-agent: JobBot\nDisallow: /v1", False),
        ("User-agent: otherbot\nDisallow: /", True),
        ("User-agent: *\nDisallow: /*?limit=", False),
        ("User-agent: *\nDisallow: /v1/jobs$", True),
        ("Disallow: /", True),
        ("<html>no file</html>", True),
        ("User-agent: *\r\nDisallow: /V1", True),
    ],
)
def test_rules_are_read_as_the_rfc_says(body: str, *, allowed: bool) -> None:
    said = permission(rules(body), PAGE)
    assert said.allowed is allowed
    assert HOST in said.reason


def test_no_file_allows_and_a_pause_is_honoured_up_to_a_limit() -> None:
    assert permission(rules("", 404), PAGE).allowed
    assert permission(rules("User-agent: *\nCrawl-delay: 1.5"), PAGE).delay == 1.5
    assert permission(rules("User-agent: *\nCrawl-delay: 86400"), PAGE).delay == SLOWEST
    assert permission(rules("User-agent: *\nCrawl-delay: -3"), PAGE).delay == 0.0
    assert [status for status in (200, 204, 301, 401, 404, 410, 429, 500, 503) if not counts(status)] == [429, 500, 503]


@given(st.text(max_size=400), st.text(alphabet=st.characters(codec="ascii"), max_size=60))
def test_any_file_and_any_path_give_a_decision(body: str, path: str) -> None:
    said = permission(rules(body), f"https://{HOST}/{path}")
    assert 0.0 <= said.delay <= SLOWEST


class Host:
    """A host whose robots.txt answers what the test says."""

    def __init__(self, *answers: Reply | Exception) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def get(self, url: str, *, etag: str = "", purpose: str = "", headers: object = None) -> Reply:
        self.asked.append(url)
        if not url.endswith("/robots.txt"):
            return Reply(200, {}, b"[]", url)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    def post(self, url: str, body: bytes, **_more: object) -> Reply:
        self.asked.append(url)
        return Reply(200, {}, b"[]", url)


Judge = Callable[..., Courtesy]


@pytest.fixture
def judge(database: Database, clock: FixedClock) -> Judge:
    """Courtesy over the store, for a policy."""
    return lambda **more: Courtesy(HostStore(database), clock, HostPolicy(frozenset({HOST}), **more))


def test_the_file_is_read_once_a_day_also_by_the_next_run(judge: Judge, clock: FixedClock) -> None:
    host = Host(Reply(200, {}, b"User-agent: *\nDisallow: /private"))
    for _ in range(3):
        judge().before(PAGE, host.get)
    assert host.asked == [f"https://{HOST}/robots.txt"]
    with pytest.raises(RefusedByPolicy, match=r"asks programs not to read.*save the page"):
        judge().before(f"https://{HOST}/private/1", host.get)
    clock.sleep(24 * 3600 + 1)
    judge().before(PAGE, host.get)
    assert len(host.asked) == 2


def test_a_file_out_of_reach_stops_everything_unless_an_old_copy_is_there(judge: Judge, clock: FixedClock) -> None:
    with pytest.raises(TryLater, match=r"robots.txt of boards.example.com could not be read"):
        judge().before(PAGE, Host(Reply(503)).get)
    with pytest.raises(TryLater, match="could not be read"):
        judge().before(PAGE, Host(Failed("broken")).get)
    judge().before(PAGE, Host(Reply(404)).get)
    clock.sleep(timedelta(days=2).total_seconds())
    judge().before(PAGE, Host(TryLater("no answer")).get)
    clock.sleep(timedelta(days=40).total_seconds())
    with pytest.raises(TryLater):
        judge().before(PAGE, Host(TryLater("no answer")).get)


def test_the_airplane_switch_is_told_as_it_is(judge: Judge) -> None:
    with pytest.raises(RefusedByPolicy, match="airplane"):
        judge().before(PAGE, Host(RefusedByPolicy("the airplane switch is on")).get)


def test_a_huge_or_broken_file_is_read_as_far_as_it_goes(judge: Judge) -> None:
    body = b"User-agent: *\nDisallow: /v1\n" + b"\xff#" * LONGEST
    with pytest.raises(RefusedByPolicy):
        judge().before(PAGE, Host(Reply(200, {}, body)).get)


def test_a_budget_holds_across_runs_and_ends_with_the_day(judge: Judge, clock: FixedClock) -> None:
    host = Host(Reply(404))
    for _ in range(4):
        judge(daily_requests=4).before(PAGE, host.get)
    with pytest.raises(TryLater, match="at most 4 times a day") as refused:
        judge(daily_requests=4).before(PAGE, host.get)
    assert refused.value.retry_at == datetime(2026, 11, 21, tzinfo=UTC)
    clock.sleep(16 * 3600)
    judge(daily_requests=4).before(PAGE, host.get)


def test_an_exemption_is_the_owner_s_choice_and_says_why(judge: Judge) -> None:
    host = Host(Reply(200, {}, b"User-agent: *\nDisallow: /"))
    why = "its owner documents the API for programs"
    assert judge(robots_exempt=why).judge(PAGE, host.get).reason == why
    assert host.asked == []


def test_a_client_slows_down_to_the_pause_that_is_asked_for(database: Database, clock: FixedClock) -> None:
    host = Host(Reply(200, {}, b"User-agent: *\nCrawl-delay: 7"))
    opened: list[float] = []
    policy = HostPolicy(frozenset({HOST}), spacing_seconds=1.0)

    def open_(wanted: HostPolicy) -> PatientHttp:
        opened.append(wanted.spacing_seconds)
        return PatientHttp(host, clock, lambda: 0.5, lambda *_: None)

    client = CourteousHttp(open_, policy, Courtesy(HostStore(database), clock, policy))
    client.get(PAGE)
    client.get(PAGE)
    client.post(PAGE, b"{}")
    assert opened == [1.0, 1.0, 7.0]
    assert client.requests == 3
    assert host.asked == [f"https://{HOST}/robots.txt", PAGE, PAGE, PAGE]
