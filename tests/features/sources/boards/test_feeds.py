"""Feeds, through ingest: words, windows that close nothing, sources that are off, options."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from tests.features.sources.boards import wire
from tests.features.sources.world import World

from jobbot.features.sources import connected, show
from jobbot.features.sources.choose import chosen
from jobbot.features.sources.kinds import kinds
from jobbot.features.sources.model import Page
from jobbot.features.sources.tell import Listed
from jobbot.kernel.clock import FixedClock
from jobbot.kernel.errors import InvalidInput, NotFound, RefusedByPolicy
from jobbot.platform.plugins import Plugins, load
from jobbot.platform.storage import Database
from jobbot.sdk import BoardRef, HostPolicy, Http, Kind, Listing, Option, SourceCard, Verdict
from jobbot.settings import JobSource, PluginSection, Settings
from jobbot.settings import load as load_settings

API = "https://remoteok.com/api"


@pytest.fixture
def world(database: Database, tmp_path: Path, clock: FixedClock) -> World:
    return World(database, tmp_path / "home", clock)


def feed(*titles: str) -> bytes:
    jobs = [wire.remoteok_job(id=str(number), position=title) for number, title in enumerate(titles, 1)]
    return json.dumps([wire.REMOTEOK_TERMS, *jobs]).encode()


def test_words_are_looked_for_in_what_came(world: World) -> None:
    world.serve(API, feed("Maths tutor", "Night nurse", "Welder"))
    run = world.ingest.board("remoteok", "  Night \n NURSES ")
    assert (run["board"], run["new"]) == ("Night NURSES", 0)
    run = world.ingest.board("remoteok", "nigh Nurse")
    assert (run["new"], run["notes"]) == (1, ["2 of 3 postings do not hold the words"])
    assert world.titles() == ["Night nurse"]


def test_a_posting_is_one_whatever_words_found_it(world: World) -> None:
    world.serve(API, feed("Maths tutor", "Night nurse"))
    assert world.ingest.board("remoteok", "nurse")["new"] == 1
    run = world.ingest.board("remoteok", "")
    assert (run["new"], run["unchanged"]) == (1, 1)
    assert len({posting.board for posting in world.store.all()}) == 1


def test_what_a_feed_lacks_is_not_gone_and_an_unchanged_one_costs_one_request(world: World) -> None:
    world.serve(API, feed("Maths tutor", "Night nurse"))
    world.ingest.board("remoteok", "")
    assert world.ingest.board("remoteok", "")["not_modified"]
    world.serve(API, feed("Maths tutor"))
    run = world.ingest.board("remoteok", "")
    assert (run["unchanged"], run["closed"], run["notes"]) == (1, 0, [])
    assert all(posting.closed_at is None for posting in world.store.all())
    board = next(board for board in world.store.journal.boards() if board.source == "remoteok")
    assert (board.health, board.reason) == ("ok", None)


def test_attribution_and_link_stand_on_the_posting(world: World) -> None:
    world.serve(API, feed("Maths tutor"))
    world.ingest.board("remoteok", "")
    posting = next(iter(world.store.all()))
    assert posting.attribution == "Remote OK"
    assert posting.url == "https://remoteOK.com/remote-jobs/remote-tutor-fernway-77"
    assert posting.company == "Fernway & Co"


def test_a_feed_that_names_no_employer_makes_none_up(world: World) -> None:
    world.serve(API, json.dumps([wire.REMOTEOK_TERMS, wire.remoteok_job(company="")]).encode())
    world.ingest.board("remoteok", "")
    assert [posting.company for posting in world.store.all()] == [""]


def test_feeds_are_on_by_default_and_saved_searches_replace_the_whole(
    sqlite: Database, tmp_path: Path, clock: FixedClock
) -> None:
    sources = (JobSource(name="remoteok", search_terms=("nurse", "tutor")),)
    world = World(sqlite, tmp_path / "home", clock, job_sources=sources)
    refs, _ = connected.boards_of(world.settings, world.ingest.plugins, [])
    feeds = {name for name, source in world.ingest.plugins.loaded.items() if source.card.kind is Kind.WINDOW}
    assert {ref.source for ref in refs} == feeds
    assert [ref.board for ref in refs if ref.source == "remoteok"] == ["nurse", "tutor"]
    assert all(ref.board == "" for ref in refs if ref.source != "remoteok")


@pytest.mark.parametrize(
    ("source", "company", "words", "name"),
    [
        ("remoteok", "", "night nurse", "night nurse"),
        ("remoteok", "Fernway", "", "Fernway"),
        ("ashby", "a b", "", "a b"),
    ],
)
def test_what_is_asked_for(world: World, source: str, company: str, words: str, name: str) -> None:
    assert connected.asked_for(world.ingest.plugins, source, company, words)[1] == name


@pytest.mark.parametrize(("company", "words"), [("", ""), ("", "nurse"), ("acme", "nurse"), ("a/b", "")])
def test_a_board_needs_a_name_and_has_no_search(world: World, company: str, words: str) -> None:
    with pytest.raises(InvalidInput):
        connected.asked_for(world.ingest.plugins, "ashby", company, words)


def test_a_feed_at_an_address(world: World) -> None:
    world.serve(wire.RSS_URL, wire.RSS.encode())
    run = world.ingest.board("rss", f" {wire.RSS_URL} ")
    assert (run["board"], run["new"], run["notes"]) == (wire.RSS_URL, 2, [])
    assert world.ingest.board("rss", wire.RSS_URL)["not_modified"]
    world.serve(wire.RSS_URL, wire.RSS.replace("job-7", "job-9").encode())
    run = world.ingest.board("rss", wire.RSS_URL)
    assert (run["new"], run["unchanged"], run["closed"]) == (1, 1, 0)
    assert {posting.company for posting in world.store.all()} == {""}
    with pytest.raises(RefusedByPolicy):
        world.ingest.board("rss", "https://www.linkedin.com/jobs.rss")
    with pytest.raises(InvalidInput, match="no address of a feed"):
        world.ingest.board("rss", "council")


def test_a_feed_of_the_settings(sqlite: Database, tmp_path: Path, clock: FixedClock) -> None:
    sources = (JobSource(name="rss", url=wire.RSS_URL),)
    world = World(sqlite, tmp_path / "home", clock, job_sources=sources)
    refs, _ = connected.boards_of(world.settings, world.ingest.plugins, [])
    assert BoardRef("rss", wire.RSS_URL) in refs


# Which sources there are


def test_sources_on_conditions_are_off_until_turned_on(tmp_path: Path) -> None:
    there = load("jobbot.sources")
    conditional = {name for name, source in there.loaded.items() if source.card.verdict is Verdict.CONDITIONAL}
    assert conditional == {"smartrecruiters", "bamboohr", "breezy", "rippling", "freehire", "jobseek"}
    plugins = chosen(there, settings(tmp_path))
    assert conditional <= set(plugins.off)
    for name in conditional:
        with pytest.raises(RefusedByPolicy, match=f"sources.{name}.enabled: true"):
            connected.source_named(plugins, name)
    with pytest.raises(RefusedByPolicy, match="off until you turn it on"):
        connected.board_of_url(plugins, "https://rowanhall.bamboohr.com/careers")
    shown = {entry["source"]: entry for entry in connected.unconnected(plugins, set())}
    assert shown["rippling"]["health"] == "off"
    assert "documentation went behind a sign-in" in shown["rippling"]["reason"]
    assert {entry["source"]: entry["reason"] for entry in kinds(plugins)}["breezy"].startswith("Breezy is off")
    on = chosen(there, settings(tmp_path, breezy=PluginSection(enabled=True)))
    assert connected.source_named(on, "breezy").card.name == "breezy"


def test_options_alone_do_not_turn_a_source_on(tmp_path: Path) -> None:
    plugins = chosen(load("jobbot.sources"), settings(tmp_path, rippling=PluginSection(options={"x": 1})))
    assert "rippling" in plugins.off


def test_every_source_says_how_it_was_verified(tmp_path: Path) -> None:
    plugins = chosen(load("jobbot.sources"), settings(tmp_path))
    shown = {entry["source"]: entry["verification"] for entry in connected.unconnected(plugins, set())}
    assert shown["personio"].startswith("unverified")
    assert "recorded" in shown["workable"]
    assert shown["linkedin"] is None


@pytest.mark.parametrize("name", ["linkedin", "indeed", "glassdoor", "workday"])
def test_walled_sources_are_recognised_and_refused_with_the_allowed_way(world: World, name: str) -> None:
    with pytest.raises(RefusedByPolicy, match=r"The allowed way: .*ingest file"):
        connected.source_named(world.ingest.plugins, name)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.linkedin.com/jobs/view/1",
        "https://de.indeed.com/viewjob?jk=1",
        "https://www.glassdoor.co.uk/job-listing/x",
        "https://acme.wd3.myworkdayjobs.com/en-US/Careers",
        "https://wd5.myworkdaysite.com/recruiting/acme/Careers",
    ],
)
def test_their_addresses_too(world: World, url: str) -> None:
    with pytest.raises(RefusedByPolicy):
        connected.board_of_url(world.ingest.plugins, url)


class Keyed:
    """A source with a key, as a plugin would write it."""

    api_version = 1
    card = SourceCard(
        "keyed",
        "Keyed",
        Verdict.ALLOWED,
        "made for it",
        HostPolicy(frozenset({"keyed.example"})),
        terms_url="https://keyed.example/terms",
        options=(Option("key", "the key of your account", secret=True), Option("land", "a country", required=False)),
    )

    def __init__(self, options: Any = None) -> None:
        self.options = dict(options or {})

    def configured(self, options: Any) -> Keyed:
        return Keyed(options)

    def list(self, board: BoardRef, http: Http, etag: str = "") -> Listing:
        raise NotFound("nothing here")

    def recognise(self, url: str) -> BoardRef | None:
        return None


def settings(home: Path, **sections: PluginSection) -> Settings:
    return load_settings(home, {}).model_copy(update={"sources": sections})


def keyed(home: Path, **options: Any) -> Plugins[Any]:
    return chosen(Plugins({"keyed": Keyed()}), settings(home, keyed=PluginSection(options=options)))


def test_a_source_without_its_key_says_where_to_put_it(tmp_path: Path) -> None:
    plugins = keyed(tmp_path, land="se")
    with pytest.raises(InvalidInput, match=r"Keyed needs key .*JOBBOT_SOURCE_KEYED_KEY_FILE.*keyed\.example/terms"):
        connected.source_named(plugins, "keyed")


def test_options_reach_the_source(tmp_path: Path) -> None:
    secret = tmp_path / "key"
    secret.write_text("s3cret\n")
    assert keyed(tmp_path, key_file=str(secret), land="se").loaded["keyed"].options == {"key": "s3cret", "land": "se"}
    assert keyed(tmp_path, key=12).loaded["keyed"].options == {"key": "12"}
    with pytest.raises(InvalidInput, match="cannot be read"):
        connected.source_named(keyed(tmp_path, key_file=str(tmp_path / "gone")), "keyed")


def test_the_environment_brings_options_and_secrets(tmp_path: Path) -> None:
    secret = tmp_path / "key"
    secret.write_text("from a file\n")
    variables = {"JOBBOT_SOURCE_KEYED_KEY_FILE": str(secret), "JOBBOT_SOURCE_KEYED_LAND": "no"}
    read = load_settings(tmp_path, variables)
    assert read.sources["keyed"].options == {"key": "from a file", "land": "no"}
    assert "from a file" not in repr(read)
    assert chosen(Plugins({"keyed": Keyed()}), read).loaded["keyed"].options["land"] == "no"


def drawn(draw: Callable[[Any], None]) -> str:
    out = io.StringIO()
    draw(Console(file=out, width=400))
    return out.getvalue()


def test_a_list_names_whom_its_postings_are_from(world: World) -> None:
    world.serve(API, feed("Maths tutor"))
    world.ingest.board("remoteok", "")
    items = list(world.store.all())
    text = drawn(
        lambda screen: show.draw_postings(screen, Listed(Page(tuple(items), None), {}), world.clock.now(), "list")
    )
    assert "From Remote OK: each title links to the page there." in text


def test_sources_show_verdict_reason_attribution_and_verification(tmp_path: Path, clock: FixedClock) -> None:
    entries = connected.unconnected(chosen(load("jobbot.sources"), settings(tmp_path)), set())
    lines = {line.split()[0]: line for line in drawn(lambda s: show.draw_boards(s, entries, clock.now())).splitlines()}
    assert "allowed with attribution: a public API whose terms ask" in lines["remoteok"]
    assert "shown as Remote OK" in lines["remoteok"]
    assert lines["personio"].rstrip().endswith("unverified")
    assert "conditional: BambooHR is off until you turn it on" in lines["bamboohr"]
    assert "Adzuna needs app_id and app_key" in lines["adzuna"]
