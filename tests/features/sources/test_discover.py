"""A careers page gives its board by what stands on it; nothing is guessed, and the board itself confirms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbot.features.sources.discover.evidence import evidence_in
from jobbot.features.sources.discover.find import Discovery
from jobbot.kernel.clock import FixedClock
from jobbot.kernel.errors import Failed, InvalidInput, JobbotError, NotFound, RefusedByPolicy, TryLater
from jobbot.kernel.ids import LOCAL_USER
from jobbot.platform.plugins import load
from jobbot.platform.storage import Database
from jobbot.sdk import BoardRef, Listing, RawPosting, Reply

from .world import World

PAGE = "https://www.acme.example/careers"


def recognise(url: str) -> BoardRef | None:
    found = (source.recognise(url) for source in load("jobbot.sources").loaded.values())
    return next((ref for ref in found if ref), None)


def boards(html: str) -> list[tuple[str, str]]:
    return [(one.board.source, one.board.board) for one in evidence_in(html, PAGE, recognise).boards]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="https://boards.greenhouse.io/acme/jobs/12">Baker</a>', [("greenhouse", "acme")]),
        ('<script src="https://boards.greenhouse.io/embed/job_board/js?for=acme"></script>', [("greenhouse", "acme")]),
        ('<iframe src="//jobs.lever.co/acme"></iframe>', [("lever", "acme")]),
        ("<a href='http://jobs.lever.co/acme/5ac21346-8e0c-4494-8e7a-3eb92ff77902'>x</a>", [("lever", "acme")]),
        ('<script>{"url":"https:\\/\\/jobs.ashbyhq.com\\/Acme%20Labs\\/1"}</script>', [("ashby", "Acme Labs")]),
        (
            '<meta http-equiv="refresh" content="0; url=https://apply.workable.com/acme/">',
            [("workable", "acme")],
        ),
        ('<a href="https://acme.recruitee.com/o/baker">x</a>', [("recruitee", "acme")]),
        ('<a href="https://jobs.lever.co/acme/1"></a><a href="https://jobs.lever.co/acme">', [("lever", "acme")]),
        (
            '<a href="https://jobs.lever.co/acme"></a><a href="https://jobs.ashbyhq.com/labs">',
            [("lever", "acme"), ("ashby", "labs")],
        ),
        ('<a href="/jobs/12">Baker</a><a href="https://www.lever.co/">Lever</a>', []),
        ("jobs.lever.co/acme without a scheme", []),
        ('<a href="https://jobs.lever.co.evil.example/acme">x</a>', []),
        ("", []),
    ],
)
def test_what_a_page_names(html: str, expected: list[tuple[str, str]]) -> None:
    assert boards(html) == expected


def test_marks_without_a_name_are_told_and_name_nothing() -> None:
    found = evidence_in('<a href="/jobs?gh_jid=4411">Baker</a><script src="//cdn/whr_embed.js">', PAGE, recognise)
    assert found.boards == ()
    assert found.traces == ("greenhouse", "workable")


@given(st.text(max_size=300), st.lists(st.sampled_from(["<a href='", "https://", "//[", "\\/", "'>", "&#", "\x00"])))
def test_any_page_gives_an_answer(text: str, parts: list[str]) -> None:
    evidence_in(text.join(parts), PAGE, recognise)


Answers = Mapping[str, Reply]
Look = Callable[[BoardRef], Listing]


def listed(ref: BoardRef) -> Listing:
    return Listing(ref, (RawPosting(external_id="1", title="Baker", company="Acme Ltd"),))


def nobody(ref: BoardRef) -> Listing:
    raise NotFound(f"no board {ref.board}")


def discovery(answers: Answers, look: Look = listed) -> Discovery:
    return Discovery(recognise, lambda url: answers[url], look)


def test_one_board_that_answers_is_verified() -> None:
    page = Reply(200, {}, b'<a href="https://jobs.lever.co/acme">Jobs</a>', PAGE)
    found = discovery({PAGE: page}).find(f" {PAGE} ")
    assert found["verdict"] == "verified"
    (board,) = found["boards"]
    assert (board["source"], board["board"], board["company"], board["postings"]) == ("lever", "acme", "Acme Ltd", 1)
    assert board["evidence"] == ["https://jobs.lever.co/acme"]


def test_an_address_of_a_board_needs_no_page() -> None:
    assert discovery({}).find("https://jobs.lever.co/acme/5ac21346")["verdict"] == "verified"


def test_two_that_answer_are_for_the_user_to_choose_and_none_is_unresolved() -> None:
    html = b'<a href="https://jobs.lever.co/acme">a</a><a href="https://jobs.ashbyhq.com/acme-labs">b</a>'
    page = {PAGE: Reply(200, {}, html, PAGE)}
    both = discovery(page).find(PAGE)
    assert (both["verdict"], len(both["notes"])) == ("ambiguous", 1)
    none = discovery(page, nobody).find(PAGE)
    assert none["verdict"] == "unresolved"
    assert {board["problem"] for board in none["boards"]} == {"no board acme", "no board acme-labs"}


def test_redirects_are_followed_by_hand_a_few_times() -> None:
    to_board = {PAGE: Reply(301, {"location": "https://jobs.lever.co/acme"}, b"", PAGE)}
    assert discovery(to_board).find(PAGE)["boards"][0]["evidence"] == [f"{PAGE} leads to https://jobs.lever.co/acme"]
    onward = "https://acme.example/jobs"
    two = {PAGE: Reply(302, {"location": onward}), onward: Reply(200, {}, b'<a href="https://jobs.lever.co/acme">')}
    assert discovery(two).find(PAGE)["verdict"] == "verified"
    with pytest.raises(Failed, match="leads on and on"):
        discovery({PAGE: Reply(302, {"location": PAGE})}).find(PAGE)
    with pytest.raises(RefusedByPolicy):
        discovery({PAGE: Reply(302, {"location": "https://www.linkedin.com/company/acme/jobs"})}).find(PAGE)


def test_what_cannot_be_resolved_says_what_to_do() -> None:
    workday = Reply(200, {}, b'<a href="https://acme.wd5.myworkdayjobs.com/External">Jobs</a>', PAGE)
    assert "Workday" in discovery({PAGE: workday}).find(PAGE)["notes"][0]
    plain = Reply(200, {}, b"<p>Write to us</p>", PAGE)
    assert "jobbot ingest file" in discovery({PAGE: plain}).find(PAGE)["notes"][0]
    marked = Reply(200, {}, b"<script>Grnhse.load()</script>", PAGE)
    assert "greenhouse" in discovery({PAGE: marked}).find(PAGE)["notes"][0]


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("https://www.linkedin.com/company/acme", RefusedByPolicy),
        ("http://acme.example/careers", InvalidInput),
        ("acme", InvalidInput),
        ("file:///etc/passwd", InvalidInput),
        ("https://", InvalidInput),
    ],
)
def test_what_is_no_careers_page(url: str, error: type[JobbotError]) -> None:
    with pytest.raises(error):
        discovery({}).find(url)


@pytest.mark.parametrize(("status", "error"), [(404, NotFound), (403, Failed), (500, Failed)])
def test_a_page_that_cannot_be_read(status: int, error: type[JobbotError]) -> None:
    with pytest.raises(error):
        discovery({PAGE: Reply(status)}).find(PAGE)


def test_a_page_that_cannot_be_reached_is_passed_on() -> None:
    def away(_url: str) -> Reply:
        raise TryLater("no answer")

    with pytest.raises(TryLater):
        Discovery(recognise, away, listed).find(PAGE)


@pytest.fixture
def world(database: Database, home: Path, clock: FixedClock) -> World:
    return World(database, home, clock)


LEVER = "https://api.lever.co/v0/postings/acme?mode=json"


def test_a_careers_page_is_ingested_through_the_board_behind_it(world: World) -> None:
    world.serve(PAGE, b'<a href="https://jobs.lever.co/acme">Jobs</a>')
    world.serve(LEVER, b'[{"id": "1", "text": "Baker", "descriptionPlain": "You bake."}]')
    found = world.ingest.discover(PAGE)
    assert (found["verdict"], found["boards"][0]["postings"]) == ("verified", 1)
    assert world.titles() == []
    run = world.ingest.url(PAGE)
    assert (run["source"], run["board"], run["new"]) == ("lever", "acme", 1)


def test_a_page_with_one_posting_becomes_its_finder_s_own(world: World) -> None:
    page = "https://www.acme.example/team/baker?utm_source=x"
    stated = (
        '{"@type": "JobPosting", "title": "Baker", "description": "<p>You bake.</p>", "hiringOrganization": "Acme"}'
    )
    world.serve(page, f'<html><script type="application/ld+json">{stated}</script></html>'.encode())
    run = world.ingest.url(page)
    assert (run["source"], run["new"], run["requests"]) == ("file", 1, 1)
    (baker,) = world.store.all()
    assert (baker.title, baker.company, baker.owner) == ("Baker", "Acme", LOCAL_USER)
    assert baker.url == "https://www.acme.example/team/baker"


def test_a_page_that_shows_neither_says_so(world: World) -> None:
    world.serve(PAGE, b"<p>Write to us.</p>")
    with pytest.raises(NotFound, match="the page itself shows no posting"):
        world.ingest.url(PAGE)
    world.serve(PAGE, b'<a href="https://jobs.lever.co/acme">a</a><a href="https://jobs.ashbyhq.com/labs">b</a>')
    with pytest.raises(InvalidInput, match="lever acme; ashby labs"):
        world.ingest.url(PAGE)


def test_robots_of_a_careers_page_are_obeyed(world: World) -> None:
    world.http.robots = b"User-agent: *\nDisallow: /careers"
    with pytest.raises(RefusedByPolicy, match="asks programs not to read"):
        world.ingest.discover(PAGE)
