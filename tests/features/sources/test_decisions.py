"""Policies as tables: asking again, closing, refusing, one name for one employer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbot.features.sources.company import normal_name, spelled
from jobbot.features.sources.lifecycle import Known, Outcome, judge, may_close
from jobbot.features.sources.policy import refusal, refusal_of_url
from jobbot.features.sources.retry import ATTEMPTS, ENOUGH, PATIENCE, asked_pause, decide

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("attempt", "status", "retry_after", "action", "seconds", "until"),
    [
        (1, 200, "", None, 0, None),
        (1, 404, "", None, 0, None),
        (1, 403, "60", None, 0, None),
        (1, 500, "", None, 0, None),
        (1, 429, "", "wait", 1.0, None),
        (2, 429, "", "wait", 2.0, None),
        (3, 429, "", "give_up", 0, None),
        (1, 503, "5", "wait", 5.0, None),
        (3, 503, "5", "give_up", 0, 5),
        (1, 429, "11", "give_up", 0, 11),
        (1, 429, "83276", "give_up", 0, 83_276),
        (1, None, "", "wait", 1.0, None),
        (3, None, "", "give_up", 0, None),
        (1, 502, "Fri, 20 Nov 2026 09:10:00 GMT", "give_up", 0, 600),
        (1, 504, "nonsense", "wait", 1.0, None),
    ],
)
def test_asking_again(
    attempt: int, status: int | None, retry_after: str, action: str | None, seconds: float, until: int | None
) -> None:
    decision = decide(attempt, status, retry_after, NOW, 0.5)
    assert (decision.action if decision else None) == action
    if decision:
        assert decision.seconds == seconds
        assert decision.closed_until == (NOW + timedelta(seconds=until) if until else None)
        assert decision.reason


@given(st.integers(1, 9), st.none() | st.integers(100, 599), st.text(max_size=40), st.floats(0, 1, exclude_max=True))
def test_nobody_waits_long_and_nobody_asks_for_ever(attempt: int, status: int | None, said: str, jitter: float) -> None:
    decision = decide(attempt, status, said, NOW, jitter)
    if decision is not None and decision.action == "wait":
        assert 0 <= decision.seconds <= PATIENCE
        assert attempt < ATTEMPTS


def test_pauses_are_capped_and_never_negative() -> None:
    assert asked_pause("999999999", NOW) == 7 * 86_400
    assert asked_pause("Fri, 20 Nov 2020 09:10:00 GMT", NOW) == 0
    assert asked_pause("-5", NOW) is None


def test_what_a_listed_posting_is() -> None:
    assert judge(None, "a") is Outcome.NEW
    assert judge(Known("a", None), "a") is Outcome.UNCHANGED
    assert judge(Known("a", None), "b") is Outcome.UPDATED
    assert judge(Known("a", NOW), "a") is Outcome.REOPENED
    assert judge(Known("a", NOW), "b") is Outcome.REOPENED


@pytest.mark.parametrize(
    ("complete", "listed", "unidentified", "open_before", "empty_before", "close", "hold"),
    [
        (True, 5, 0, 9, False, True, False),
        (False, 5, 0, 9, False, False, False),
        (True, 5, 1, 9, False, False, False),
        (True, 0, 0, 9, False, True, False),
        (True, 0, 0, 10, False, False, True),
        (True, 0, 0, 10, True, True, False),
    ],
)
def test_closing(
    complete: bool, listed: int, unidentified: int, open_before: int, empty_before: bool, close: bool, hold: bool
) -> None:
    decision = may_close(
        complete=complete, listed=listed, unidentified=unidentified, open_before=open_before, empty_before=empty_before
    )
    assert (decision.close, decision.hold) == (close, hold)
    assert bool(decision.reason) is not close


@pytest.mark.parametrize(
    "url",
    [
        "https://www.linkedin.com/jobs/view/1",
        "https://de.indeed.com/viewjob?jk=1",
        "https://www.glassdoor.co.uk/Job/x",
        "https://acme.wd3.myworkdayjobs.com/en-US/Careers",
    ],
)
def test_prohibited_addresses_name_the_allowed_way(url: str) -> None:
    refused = refusal_of_url(url)
    assert refused is not None
    assert "jobbot ingest file" in refused.detail


def test_other_addresses_are_not_refused() -> None:
    assert refusal_of_url("https://jobs.lever.co/linkedin") is None
    assert refusal_of_url("https://notlinkedin.com/") is None
    assert refusal("lever") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kestrel Care Ltd.", "KESTREL CARE"),
        ("Harbourline S.A.", "Harbourline"),
        ("Björk & Söhne GmbH", "Bjork Sohne"),
        ("Inc", "inc"),
    ],
)
def test_one_employer_however_written(one: str, other: str) -> None:
    assert normal_name(one) == normal_name(other)


def test_different_employers_stay_different() -> None:
    assert normal_name("Kestrel Care") != normal_name("Kestrel Cars")


@pytest.mark.parametrize(
    ("board", "texts", "name"),
    [
        (
            "brightwater-health",
            ["Brightwater Health cares", "Brightwater Health"],
            "Brightwater Health",
        ),
        ("opentide", ["OpenTide builds", "join OpenTide", "opentide"], "OpenTide"),
        ("linden", [], "Linden"),
        ("GoFar", ["no name here"], "GoFar"),
        ("c++", ["c++"], "C++"),
    ],
)
def test_a_name_as_its_own_adverts_write_it(board: str, texts: list[str], name: str) -> None:
    assert spelled(board, texts) == name


def test_a_host_that_hangs_is_not_waited_for_three_times() -> None:
    again = decide(1, None, "", NOW, 0.5, spent=ENOUGH - 1)
    enough = decide(1, None, "", NOW, 0.5, spent=ENOUGH)
    assert again is not None
    assert enough is not None
    assert (again.action, enough.action, enough.reason) == ("wait", "give_up", "did not answer")
