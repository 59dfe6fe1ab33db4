"""Boards added, brought in as a list, paused, removed and taken back; and what a check explains."""

from __future__ import annotations

import io
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from tests.features.sources import wire
from tests.features.sources.world import World

from jobbot.features.sources import connected
from jobbot.features.sources.connect import cli
from jobbot.features.sources.connect.change import OUTCOMES
from jobbot.features.sources.connect.lists import wishes
from jobbot.features.sources.courtesy.robots import HostRules, deciding_line, permission
from jobbot.features.sources.meter import Meter
from jobbot.kernel.answer import Answer
from jobbot.kernel.clock import FixedClock
from jobbot.kernel.errors import InvalidInput, JobbotError, NotFound, RefusedByPolicy
from jobbot.platform.storage import Database

URL = wire.ASHBY_URL.format("linden")


@pytest.fixture
def world(sqlite: Database, tmp_path: Path, clock: FixedClock) -> World:
    world = World(sqlite, tmp_path / "home", clock)
    world.serve(URL, wire.ashby(wire.ashby_job("id-1", "Teacher"), wire.ashby_job("id-2", "Cook")))
    return world


@pytest.fixture
def ctx(world: World) -> Any:
    app = SimpleNamespace(
        settings=world.settings,
        clock=world.clock,
        plugins=world.ingest.plugins,
        postings=world.store,
        ingest=world.ingest,
    )
    return SimpleNamespace(obj=app)


def shown(answer: Answer) -> str:
    json.dumps(answer.data, allow_nan=False)
    screen = Console(file=io.StringIO(), width=100, highlight=False)
    answer.show(screen)
    return screen.file.getvalue()  # type: ignore[attr-defined, no-any-return]


def refs(world: World) -> list[tuple[str, str]]:
    """What the next run would read, but for the feeds."""
    found, _ = connected.boards_of(world.settings, world.ingest.plugins, world.store.journal.boards())
    return [(ref.source, ref.board) for ref in found if ref.board]


def test_a_board_is_added_without_asking_it(ctx: Any, world: World) -> None:
    added = cli.add(ctx, "Ashby", "linden")
    assert (added.data["outcome"], added.data["health"], added.data["last_run"]) == ("added", "not read yet", None)
    assert "jobbot sources remove ashby linden" in shown(added)
    assert cli.add(ctx, "ashby", " LINDEN ").data["outcome"] == "already there"
    assert world.http.asked == []
    assert refs(world) == [("ashby", "linden")]
    world.ingest.all()
    entry = next(one for one in cli.list_sources(ctx).data if one["board"] == "linden")
    assert (entry["health"], entry["postings"]) == ("ok", 2)


def test_an_address_names_its_board_and_other_pages_are_looked_at(ctx: Any, world: World) -> None:
    assert cli.add(ctx, "https://jobs.ashbyhq.com/linden/id-1").data["board"] == "linden"
    assert cli.add(ctx, "jobs.lever.co/Harbourline").data["board"] == "Harbourline"
    assert world.http.asked == []
    world.serve("https://linden.example/careers", b'<a href="https://jobs.ashbyhq.com/linden">Jobs</a>')
    assert cli.add(ctx, "https://linden.example/careers").data["outcome"] == "already there"
    assert "https://linden.example/careers" in world.http.asked
    feed = cli.add(ctx, "https://linden.example/jobs.rss").data
    assert (feed["source"], feed["board"]) == ("rss", "https://linden.example/jobs.rss")
    world.serve("https://nobody.example/careers", b"<p>We hire.</p>")
    with pytest.raises(NotFound, match="no board that jobbot can read"):
        cli.add(ctx, "https://nobody.example/careers")


@pytest.mark.parametrize(
    ("words", "error", "says"),
    [
        (("linkedin", "acme"), RefusedByPolicy, "allowed way"),
        (("https://www.indeed.com/cmp/acme",), RefusedByPolicy, "allowed way"),
        (("greenhous", "acme"), NotFound, "did you mean greenhouse"),
        (("greenhouse", "../x"), InvalidInput, "cannot be the name"),
        (("greenhouse",), InvalidInput, "name"),
    ],
)
def test_what_cannot_be_added(words: tuple[str, ...], error: type[JobbotError], says: str, ctx: Any) -> None:
    with pytest.raises(error, match=says):
        cli.add(ctx, *words)


def test_removed_boards_rest_keep_their_postings_and_come_back(ctx: Any, world: World) -> None:
    world.ingest.board("ashby", "linden")
    gone = cli.remove(ctx, "ashby", "LINDEN")
    assert (gone.data["outcome"], gone.data["health"], gone.data["postings"]) == ("removed", "removed", 2)
    assert "2 open postings stay" in shown(gone)
    assert "jobbot sources add ashby linden" in shown(gone)
    assert cli.remove(ctx, "ashby", "linden").data["outcome"] == "already removed"
    assert refs(world) == []
    back = cli.add(ctx, "ashby", "linden")
    assert (back.data["outcome"], back.data["health"], back.data["postings"]) == ("back", "ok", 2)
    assert world.ingest.board("ashby", "linden")["not_modified"], "its ETag was kept"
    with pytest.raises(NotFound, match="of lever there is: none"):
        cli.remove(ctx, "lever", "acme")


def test_reading_a_removed_board_by_name_takes_it_back(ctx: Any, world: World) -> None:
    cli.add(ctx, "ashby", "linden")
    cli.remove(ctx, "ashby", "linden")
    world.ingest.board("ashby", "linden")
    assert refs(world) == [("ashby", "linden")]


def test_paused_boards_and_feeds_are_left_out(ctx: Any, world: World) -> None:
    cli.add(ctx, "ashby", "linden")
    assert cli.pause(ctx, "ashby", "linden").data["health"] == "paused"
    cli.pause(ctx, "remoteok")
    cli.remove(ctx, "jobicy")
    found, _ = connected.boards_of(world.settings, world.ingest.plugins, world.store.journal.boards())
    names = {ref.source for ref in found}
    assert "remotive" in names
    assert not names & {"ashby", "remoteok", "jobicy"}
    health = {one["source"]: one["health"] for one in cli.list_sources(ctx).data}
    assert (health["remoteok"], health["jobicy"], health["remotive"]) == ("paused", "removed", "not read yet")
    assert cli.resume(ctx, "ashby", "linden").data["outcome"] == "read again"
    assert refs(world) == [("ashby", "linden")]


LIST = """# my boards
https://jobs.ashbyhq.com/linden
greenhouse kestrelcare
lever,Harbourline
ashby LINDEN
https://www.linkedin.com/company/acme
https://somewhere.example/careers
nonsense
gren house
"""


def test_every_line_of_a_list_is_answered(ctx: Any, world: World, tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text(LIST)
    dry = cli.import_list(ctx, str(tmp_path / "list.txt"), dry_run=True)
    assert [(line["line"], line["outcome"]) for line in dry.data["lines"]] == [
        (2, "added"),
        (3, "added"),
        (4, "added"),
        (5, "already there"),
        (6, "refused"),
        (7, "to be looked up"),
        (8, "not understood"),
        (9, "not understood"),
    ]
    assert refs(world) == []
    assert world.http.asked == []
    told = cli.import_list(ctx, str(tmp_path / "list.txt"))
    assert told.data["lines"][5]["outcome"] == "not found"
    assert world.http.asked == ["https://somewhere.example/careers"]
    assert refs(world) == [("ashby", "linden"), ("greenhouse", "kestrelcare"), ("lever", "Harbourline")]
    assert told.exit_code == 0
    assert sum(told.data["counts"].values()) == len(told.data["lines"])
    text = shown(told)
    assert "3 added, 1 already there, 1 refused, 2 not understood, 1 not found" in text
    again = cli.import_list(ctx, str(tmp_path / "list.txt")).data["counts"]
    assert (again["added"], again["already there"]) == (0, 4)


OPML = """<?xml version="1.0"?><opml version="2.0"><body><outline text="Jobs">
<outline text="a" xmlUrl="https://a.example/feed"/>
<outline htmlUrl="https://jobs.lever.co/Acme"/></outline></body></opml>"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("source;board\nlever;Acme\n\nashby;acme corp\n", [("lever", "Acme"), ("ashby", "acme corp")]),
        ("Company,Careers URL\nAcme,https://jobs.lever.co/Acme\n", ["https://jobs.lever.co/Acme"]),
        ("ats\tcompany\ngreenhouse\tacme\n", [("greenhouse", "acme")]),
        ('lever,"Acme, Inc"\n', [("lever", "Acme, Inc")]),
        (
            "jobs.lever.co/Acme\nhttp://boards.greenhouse.io/acme",
            ["https://jobs.lever.co/Acme", "https://boards.greenhouse.io/acme"],
        ),
        ("\ufeffgreenhouse acme", [("greenhouse", "acme")]),
        (
            OPML,
            [("rss", "https://a.example/feed"), "https://jobs.lever.co/Acme"],
        ),
    ],
)
def test_lists_as_people_keep_them(text: str, found: list[Any]) -> None:
    assert [wish.url or (wish.source, wish.name) for wish in wishes(text)] == found


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<html><body>no</body></html>", "OPML, CSV or a line each"),
        ("<opml><body>", "cannot be read as XML"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><opml><body>&a;</body></opml>', "cannot be read as XML"),
        ("x\n" * 5001, "5,000 are the most"),
    ],
)
def test_no_list_at_all(text: str, says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        wishes(text)


@given(st.text(max_size=300))
def test_any_text_is_a_list_or_refused(text: str) -> None:
    try:
        found = wishes(text)
    except InvalidInput:
        return
    assert all(wish.problem or wish.url or (wish.source and wish.name) for wish in found)
    assert [wish.line for wish in found] == sorted(wish.line for wish in found)


def test_a_list_of_nothing_but_mistakes_is_one(ctx: Any, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("nonsense\n")
    assert cli.import_list(ctx, str(tmp_path / "list.csv")).exit_code == 2
    with pytest.raises(NotFound, match="no file"):
        cli.import_list(ctx, str(tmp_path / "missing.csv"))
    assert set(cli.import_list(ctx, str(tmp_path / "list.csv")).data["counts"]) == set(OUTCOMES)


ROBOTS = b"""User-agent: *
Disallow: /

User-agent: jobbot
User-agent: other
Crawl-delay: 3
Disallow: /posting-api/
Allow: /posting-api/job-board/ # boards
"""


def test_a_check_says_what_decides_and_when(ctx: Any, world: World) -> None:
    cli.add(ctx, "ashby", "linden")
    before = cli.check_sources(ctx, "ashby", "linden", ask=False).data[0]["courtesy"]
    assert (before["robots"]["allowed"], before["last_answer"], before["asked_today"]) == (None, None, 0)
    assert (before["host"], before["address"]) == ("api.ashbyhq.com", URL)
    assert world.http.asked == []
    world.http.robots = ROBOTS
    checked = cli.check_sources(ctx, "ashby", "linden")
    told = checked.data[0]["courtesy"]
    assert (told["robots"]["allowed"], told["robots"]["line"]) == (True, 8)
    assert told["robots"]["rule"] == "Allow: /posting-api/job-board/"
    assert (told["spacing_seconds"], told["asked_today"]) == (3.0, 1)
    assert told["left_today"] == told["daily_requests"] - 1
    text = " ".join(shown(checked).split())
    for words in ("line 8: Allow: /posting-api/job-board/", "one request every 3 s", "1 of", "next request: from"):
        assert words in text, words
    world.store.journal.close_host("api.ashbyhq.com", world.clock.now().replace(hour=23), "answered 429")
    rest = cli.check_sources(ctx, "ashby", "linden", ask=False).data[0]["courtesy"]
    assert rest["paused_until"] == rest["next_request_at"] == "2026-11-20T23:00:00+00:00"


def test_a_check_says_what_forbids(ctx: Any, world: World) -> None:
    cli.add(ctx, "ashby", "linden")
    world.http.robots = b"User-agent: *\nDisallow: /posting-api/\n"
    checked = cli.check_sources(ctx, "ashby", "linden")
    told = checked.data[0]["courtesy"]
    assert (told["robots"]["allowed"], told["robots"]["line"], told["next_request_at"]) == (False, 2, None)
    assert "none is allowed" in shown(checked)


paths = st.sampled_from(["/", "/a", "/a/", "/a/b", "/a*b", "/*", "/a/b$", "/%61", ""])
groups = st.lists(st.tuples(st.sampled_from(["Allow", "Disallow"]), paths), max_size=6)


@given(groups, st.sampled_from(["/", "/a", "/a/b", "/a/b/c", "/x", "/aXb"]))
def test_the_line_that_is_shown_is_the_one_that_decides(rules: list[tuple[str, str]], path: str) -> None:
    body = "User-agent: *\n" + "".join(f"{verb}: {where}\n" for verb, where in rules)
    file = HostRules("h.example", FixedClock().now(), 200, body)
    line = deciding_line(file, f"https://h.example{path}")
    allowed = permission(file, f"https://h.example{path}").allowed
    assert allowed is (line is None or line[1].startswith("Allow"))


def test_a_board_that_is_paused_or_removed_while_it_is_read_stays_so(ctx: Any, world: World) -> None:
    cli.add(ctx, "ashby", "linden")
    known = world.store.journal.boards()[0]
    cli.pause(ctx, "ashby", "linden")
    world.store.journal.keep(known, "linden")
    assert world.store.journal.boards()[0].paused_at
    cli.remove(ctx, "ashby", "linden")
    world.ingest.board("ashby", "linden", meter=Meter(world.http))
    assert world.store.journal.boards()[0].removed_at, "a run reads what it has begun, and changes nobody's mind"
