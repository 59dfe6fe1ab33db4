"""Answers that no board should give, through the real way out and the whole program: clear words, and nothing lost."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.features.sources import wire
from tests.features.sources.boards.wire import PERSONIO, recruitee_offer
from tests.features.sources.replayed import Program, Replayed, replaying
from tests.features.sources.world import World

from jobbot.kernel.clock import FixedClock
from jobbot.kernel.errors import TryLater
from jobbot.platform.storage import Database
from jobbot.sdk import Reply

ASHBY = wire.ASHBY_URL.format("linden").removeprefix("https://")
FEED = "https://news.acme.example/jobs.rss"
ITEM = "<item><guid>1</guid><title>{}</title><link>https://news.acme.example/1</link><description>Bake.</description></item>"
RSS = '<?xml version="1.0"?>{}<rss version="2.0"><channel>{}</channel></rss>'
LAUGHS = " ".join(f'<!ENTITY {name} "{f"&{of};" * 10}">' for name, of in ("ba", "cb", "dc", "ed"))
DOCTYPES = {
    "of a file": '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    "of another host": '<!DOCTYPE rss [<!ENTITY x SYSTEM "https://evil.example/x">]>',
    "of laughter": f'<!DOCTYPE rss [<!ENTITY a "ha"> {LAUGHS} <!ENTITY x "&e;">]>',
    "of parameters": '<!DOCTYPE rss [<!ENTITY % far SYSTEM "https://evil.example/x.dtd"> %far;]>',
}
PAGE = b"<!doctype html><html><title>Sign in</title><form action=/login><input type=password></form></html>"


@pytest.fixture
def replayed() -> Iterator[Replayed]:
    with replaying() as server:
        yield server


@pytest.fixture
def program(
    replayed: Replayed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Program:
    return Program(tmp_path / "home", replayed.url, monkeypatch, capsys)


@pytest.fixture
def world(sqlite: Database, tmp_path: Path, clock: FixedClock) -> World:
    return World(sqlite, tmp_path / "home", clock)


def titles(program: Program) -> list[str]:
    return sorted(item["title"] for item in program.run("postings", "list", "--limit", "500")[1]["items"])


def job(number: Any, title: str = "Teacher", **more: Any) -> dict[str, Any]:
    return wire.ashby_job(number, title, **more)


# -- feeds -----------------------------------------------------------------------------------------------------------


def test_a_feed_with_entities_of_its_own_is_refused_and_nothing_is_lost(program: Program, replayed: Replayed) -> None:
    replayed.serve(FEED, RSS.format("", ITEM.format("Baker")).encode(), Content_Type="application/rss+xml")
    assert program.run("ingest", "rss", FEED)[1]["new"] == 1
    for name, doctype in DOCTYPES.items():
        body = RSS.format(doctype, ITEM.format("Baker" if "parameters" in name else "&x;"))
        replayed.serve(FEED, body.encode(), Content_Type="application/rss+xml")
        code, problem = program.run("ingest", "rss", FEED)
        assert (code, "entities of its own" in problem["detail"]) == (1, True), name
    assert titles(program) == ["Baker"]
    assert not any("evil" in address for address in replayed.asked)


def test_a_board_in_xml_with_entities_too(program: Program, replayed: Replayed) -> None:
    board = "nordlicht.jobs.personio.de/xml?language=en"
    replayed.serve(board, PERSONIO.encode(), Content_Type="application/xml")
    code, run = program.run("ingest", "personio", "--company", "nordlicht")
    assert (code, run["new"]) == (0, 2)
    head, _, rest = PERSONIO.partition("?>")
    replayed.serve(board, f"{head}?>{DOCTYPES['of a file']}{rest}".encode(), Content_Type="application/xml")
    code, problem = program.run("ingest", "personio", "--company", "nordlicht")
    assert (code, "entities of its own" in problem["detail"]) == (1, True)
    assert len(titles(program)) == 2


SWITCHED_OFF = {
    "weworkremotely": "weworkremotely.com/remote-jobs.rss",
    "remoteok": "remoteok.com/api",
    "jobicy": "jobicy.com/api/v2/remote-jobs?count=100",
    "remotive": "remotive.com/api/remote-jobs",
    "arbeitnow": "www.arbeitnow.com/api/job-board-api?page=1",
}


def test_a_feed_that_was_switched_off_answers_with_a_page(program: Program, replayed: Replayed) -> None:
    for source, address in SWITCHED_OFF.items():
        for kind in ("text/html", "application/json"):
            replayed.serve(address, b"<html><body>This feed is no longer there.</body></html>", Content_Type=kind)
            code, problem = program.run("ingest", source)
            assert (code, "answered with a web page" in problem["detail"]) == (1, True), (source, kind)
    assert titles(program) == []


# -- a board that answers something else -----------------------------------------------------------------------------


def whole() -> bytes:
    return wire.ashby(job("a"), job("b", "Cook"))


GZIPPED = gzip.compress(whole(), mtime=0)
ODD: dict[str, tuple[dict[str, Any], str]] = {
    "a login page": ({"body": PAGE, "Content_Type": "text/html; charset=utf-8"}, "web page instead of JSON"),
    "a login page called JSON": ({"body": PAGE}, "web page instead of JSON"),
    "an error with status 200": ({"body": {"error": {"message": "try later"}}}, 'JSON without a list "jobs"'),
    "a list of errors": ({"body": [{"error": "busy"}]}, 'JSON without a list "jobs"'),
    "an empty body": ({"body": b""}, "not whole JSON"),
    "no gzip": ({"body": b"{}", "Content_Encoding": "gzip"}, "not the gzip it claims to be"),
    "half a document": ({"body": whole()[:-90]}, "not whole JSON"),
    "two documents": ({"body": whole() + whole()}, "not whole JSON"),
    "another host": ({"status": 302, "Location": "https://evil.example/board"}, "answered 302"),
    "another host, for ever": ({"status": 308, "Location": "https://127.0.0.1:1/"}, "answered 308"),
    "forbidden": ({"status": 403}, "answered 403"),
    "gone": ({"status": 410}, "answered 410"),
}


def test_an_answer_that_is_no_board_says_what_it_is_and_changes_nothing(program: Program, replayed: Replayed) -> None:
    replayed.serve(ASHBY, whole())
    assert program.run("ingest", "ashby", "--company", "linden")[1]["new"] == 2
    for name, (answer, words) in ODD.items():
        replayed.serve(ASHBY, **answer)
        code, problem = program.run("ingest", "ashby", "--company", "linden")
        assert (code, words in problem["detail"]) == (1, True), (name, problem["detail"])
        assert titles(program) == ["Cook", "Teacher"], name
    shown = next(entry for entry in program.run("sources", "list")[1] if entry["board"] == "linden")
    assert "answered 410" in shown["problem"]
    assert not any(address.startswith(("evil.example", "127.")) for address in replayed.asked)
    replayed.serve(ASHBY, whole())
    assert program.run("ingest", "ashby", "--company", "linden")[0] == 0


@pytest.mark.parametrize(
    "answer",
    [{"body": GZIPPED[:-20], "Content_Encoding": "gzip"}, {"body": whole()[:-90], "length": len(whole())}],
    ids=["half a gzip", "less than it promised"],
)
def test_an_answer_that_breaks_off_is_asked_for_again_and_then_later(
    program: Program, replayed: Replayed, answer: dict[str, Any]
) -> None:
    replayed.serve(ASHBY, **answer)
    code, problem = program.run("ingest", "ashby", "--company", "linden")
    assert (code, "did not answer 3 times" in problem["detail"]) == (5, True)
    assert titles(program) == []
    assert replayed.asked.count(ASHBY) == 3


def test_a_charset_that_is_named_wrongly_spoils_no_letter(program: Program, replayed: Replayed) -> None:
    text = json.dumps({"apiVersion": "1", "jobs": [job("a", "Bäcker – Müller")]}, ensure_ascii=False)
    for number, charset in enumerate(("iso-8859-1", "windows-1252", "no-such-charset", "utf-16", "rot13")):
        body = text.replace('"a"', f'"a{number}"')
        replayed.serve(ASHBY, body.encode("utf-8"), Content_Type=f"application/json; charset={charset}")
        code, run = program.run("ingest", "ashby", "--company", "linden")
        assert (code, run["new"], run["quarantined"]) == (0, 1, []), charset
    body = text.replace('"a"', '"b"').encode("windows-1252")
    replayed.serve(ASHBY, body, Content_Type='application/json; charset="windows-1252"')
    assert program.run("ingest", "ashby", "--company", "linden")[1]["new"] == 1
    assert titles(program) == ["Bäcker – Müller"]


def test_bytes_of_no_charset_are_replaced_and_lose_no_row(program: Program, replayed: Replayed) -> None:
    body = wire.ashby(job("a"), job("b", "B@cker")).replace(b"B@cker", b"B\xe4cker")
    replayed.serve(ASHBY, body)
    code, run = program.run("ingest", "ashby", "--company", "linden")
    assert (code, run["new"], run["quarantined"]) == (0, 2, [])
    assert titles(program) == ["B\ufffdcker", "Teacher"]


# -- rows that are odd -----------------------------------------------------------------------------------------------


def test_an_id_twice_is_one_posting_with_the_places_of_both(program: Program, replayed: Replayed) -> None:
    replayed.serve(ASHBY, wire.ashby(job("a", location="Utrecht"), job("a", location="Delft"), job("b", "Cook")))
    run = program.run("ingest", "ashby", "--company", "linden")[1]
    assert (run["fetched"], run["new"]) == (2, 2)
    items = {item["title"]: item for item in program.run("postings", "list")[1]["items"]}
    assert items["Teacher"]["locations"] == ["Utrecht", "Delft"]


def test_an_id_that_was_a_number_and_becomes_text_is_the_same_posting(program: Program, replayed: Replayed) -> None:
    board = "saltmarsh.recruitee.com/api/offers/"
    replayed.serve(board, {"offers": [recruitee_offer(id=41), recruitee_offer(id=42, title="Baker")]})
    assert program.run("ingest", "recruitee", "--company", "saltmarsh")[1]["new"] == 2
    before = {item["id"] for item in program.run("postings", "list")[1]["items"]}
    replayed.serve(board, {"offers": [recruitee_offer(id="41"), recruitee_offer(id="42", title="Baker")]})
    run = program.run("ingest", "recruitee", "--company", "saltmarsh")[1]
    assert (run["new"], run["unchanged"], run["closed"]) == (0, 2, 0)
    assert {item["id"] for item in program.run("postings", "list")[1]["items"]} == before


def test_an_id_that_is_none_is_set_aside_and_closes_nothing(program: Program, replayed: Replayed) -> None:
    replayed.serve(ASHBY, wire.ashby(job("a"), job("b", "Cook")))
    program.run("ingest", "ashby", "--company", "linden")
    odd = [4.5, True, None, [], {}, "", " ", "\u200b", "a\nb", "x" * 400]
    replayed.serve(ASHBY, wire.ashby(job("a"), *(job(identity, "Cook") for identity in odd)))
    code, run = program.run("ingest", "ashby", "--company", "linden")
    assert (code, run["unchanged"], len(run["quarantined"]), run["closed"]) == (0, 1, len(odd), 0)
    assert "had no id and may be any posting" in run["notes"][0]
    assert titles(program) == ["Cook", "Teacher"]
    replayed.serve(ASHBY, wire.ashby(job("a"), job("\u200b", "Cook")))
    assert program.run("ingest", "ashby", "--company", "linden")[1]["closed"] == 0


def test_a_description_of_five_megabytes_is_kept_within_bounds(program: Program, replayed: Replayed) -> None:
    long = "<p>" + "Teach a class of twenty. " * 200_000 + "</p>"
    replayed.serve(ASHBY, wire.ashby(job("a", descriptionHtml=long), job("b", "Cook")))
    code, run = program.run("ingest", "ashby", "--company", "linden")
    assert (code, run["new"], run["quarantined"]) == (0, 2, [])
    posting = next(item for item in program.run("postings", "list")[1]["items"] if item["title"] == "Teacher")
    shown = program.run("postings", "show", posting["id"])[1]
    assert shown["text"].startswith("Teach a class")
    assert len(shown["text"]) <= 5_000_000


DAYS = {
    "2026-10-30T16:47:27+00:00": "2026-10-30T16:47:27+00:00",
    "2026-10-30T23:30:00-05:00": "2026-10-31T04:30:00+00:00",
    "2026-10-30": "2026-10-30T00:00:00+00:00",
    "0001-01-01T00:00:00Z": None,
    "9999-12-31T23:59:59+14:00": None,
    "1899-12-30T00:00:00Z": None,
    "2026-10-30T10:00:00+25:00": None,
    "Heisei 30": None,
    "30/10/2569": None,
    "": None,
}


def test_a_day_of_another_era_or_zone_is_right_or_none(program: Program, replayed: Replayed) -> None:
    rows = [job(f"id-{number}", f"Job {number}", publishedAt=day) for number, day in enumerate(DAYS)]
    replayed.serve(ASHBY, wire.ashby(*rows, job("seconds", "Seconds", publishedAt=1761842847463)))
    assert program.run("ingest", "ashby", "--company", "linden")[1]["new"] == len(DAYS) + 1
    items = {item["title"]: item["posted_at"] for item in program.run("postings", "list", "--limit", "50")[1]["items"]}
    assert items == {"Seconds": None, **{f"Job {number}": day for number, day in enumerate(DAYS.values())}}


# -- a host that asks to be left alone -------------------------------------------------------------------------------


def test_a_pause_that_is_asked_for_as_a_date_is_kept(program: Program, replayed: Replayed) -> None:
    replayed.serve(ASHBY, b"", status=429, Retry_After="Fri, 31 Dec 2100 23:59:59 GMT")
    code, problem = program.run("ingest", "ashby", "--company", "linden")
    assert (code, bool(problem["retry_at"])) == (5, True)
    asked = len(replayed.asked)
    code, again = program.run("ingest", "ashby", "--company", "other")
    assert (code, again["retry_at"], len(replayed.asked)) == (5, problem["retry_at"], asked)


@pytest.mark.parametrize("said", ["soon", "-1", "Thu, 01 Jan 1970 00:00:00 GMT", "99999999999999999999", "1e9"])
def test_a_pause_that_says_nothing_sensible_holds_no_host_for_long(world: World, clock: FixedClock, said: str) -> None:
    world.http.queue.extend([Reply(429, {"retry-after": said})] * 3)
    with pytest.raises(TryLater, match="answered 429"):
        world.ingest.board("ashby", "linden")
    world.serve(f"https://{ASHBY}", whole())
    assert world.ingest.board("ashby", "linden")["new"] == 2
