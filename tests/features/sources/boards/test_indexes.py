"""Indexes that publish what they found on boards: off until turned on, named, and nobody else's name lost."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.features.sources.boards import wire
from tests.features.sources.world import World

from jobbot.features.sources.boards.freehire import SOURCE as FREEHIRE
from jobbot.features.sources.boards.jobseek import SOURCE as JOBSEEK
from jobbot.features.sources.choose import chosen
from jobbot.features.sources.connect.lists import wishes
from jobbot.kernel.clock import FixedClock
from jobbot.kernel.errors import Failed, RefusedByPolicy
from jobbot.platform.plugins import Plugins, load
from jobbot.platform.storage import Database
from jobbot.sdk import BoardRef, HostPolicy, Listing
from jobbot.sdk.contract import RecordedHttp
from jobbot.settings import PluginSection
from jobbot.settings import load as load_settings


def freehire(*rows: dict[str, Any], meta: Any = None, words: str = "") -> Listing:
    address = wire.FREEHIRE + (f"&q={words}" if words else "")
    http = RecordedHttp({address: json.dumps({"data": rows, "meta": meta}).encode()})
    return FREEHIRE.list(BoardRef("freehire", words), http, "")


def jobseek(*companies: dict[str, Any], detail: Any = None) -> Listing:
    bodies = {wire.JOBSEEK: json.dumps({"companies": companies}).encode()}
    if detail is not None:
        bodies[f"https://jseek.co/api/v1/job?id={wire.JOBSEEK_DETAIL['id']}"] = json.dumps(detail).encode()
    return JOBSEEK.list(BoardRef("jobseek", ""), RecordedHttp(bodies), "")


@pytest.mark.parametrize("name", ["freehire", "jobseek"])
def test_it_is_off_until_turned_on_and_says_its_terms(
    database: Database, tmp_path: Path, clock: FixedClock, name: str
) -> None:
    settings = load_settings(tmp_path / "home", {})
    off = chosen(load("jobbot.sources"), settings)
    assert name not in off.loaded
    card = off.off[name].plugin.card
    assert card.terms_url.startswith("https://")
    assert not card.verified
    world = World(database, tmp_path / "home", clock, off)
    with pytest.raises(RefusedByPolicy, match=rf"sources\.{name}\.enabled: true"):
        world.ingest.board(name, "nurse")
    assert world.http.asked == []
    on = settings.model_copy(update={"sources": {name: PluginSection(enabled=True)}})
    assert name in chosen(load("jobbot.sources"), on).loaded


def test_freehire_is_read_with_its_pay_marked_as_a_guess() -> None:
    (nurse,) = freehire(wire.freehire_job(), words="dental").postings
    assert (nurse.title, nurse.company, nurse.country, nurse.remote) == ("Dental nurse", "Fernway", "GB", "onsite")
    assert (nurse.employment_type, nurse.department, nurse.complete) == ("full-time", "healthcare", True)
    (pay,) = nurse.salaries
    assert (pay.min, pay.max, pay.currency, pay.period, pay.predicted) == (24000, 27000, "GBP", "year", True)
    assert "my_vote" not in nurse.raw


def test_freehire_without_a_link_of_the_employer_links_to_its_own_page() -> None:
    (nurse,) = freehire(wire.freehire_job(url="javascript:alert(1)")).postings
    assert nurse.url == "https://freehire.me/jobs/dental-nurse-fernway-1a2b"


def test_a_feed_that_asks_to_be_named_is_left_to_its_own_reader() -> None:
    listing = freehire(
        wire.freehire_job(source="Himalayas"), wire.freehire_job(public_slug="b", closed_at="2026-11-01")
    )
    assert listing.postings == ()
    assert [skip.reason for skip in listing.skipped] == [
        "from himalayas, which asks to be named: read it there",
        "closed",
    ]


def test_words_that_were_not_searched_for_are_no_answer() -> None:
    with pytest.raises(Failed, match="did not search for the words"):
        freehire(wire.freehire_job(), meta={"ignored_params": [{"param": "q"}]}, words="dental")
    assert freehire(wire.freehire_job(), meta={"ignored_params": [{"param": "limit"}, 7]}, words="dental").postings


def test_jobseek_takes_what_the_detail_states_and_no_day_it_does_not() -> None:
    (glazier,) = jobseek(wire.jobseek_company(), detail=wire.JOBSEEK_DETAIL).postings
    assert (glazier.company, glazier.locations, glazier.remote) == ("Alpenglas", ("Chur, Switzerland",), "onsite")
    assert (glazier.salaries[0].min, glazier.salaries[0].max, glazier.salaries[0].currency) == (62000, None, "CHF")
    assert (glazier.posted_at, glazier.complete, glazier.tags) == (None, False, ("CAD",))


def test_jobseek_without_the_detail_keeps_the_posting() -> None:
    (glazier,) = jobseek(wire.jobseek_company()).postings
    assert (glazier.title, glazier.locations, glazier.salaries) == ("Glazier", ("Chur",), ())


@pytest.mark.parametrize("shown", [[], None, "x", [None], [1, "two"], {}])
def test_an_employer_without_postings_is_set_aside(shown: Any) -> None:
    listing = jobseek(wire.jobseek_company(topPostings=shown), wire.jobseek_company())
    assert (len(listing.postings), len(listing.rejected)) == (1, 1)


def test_a_plugin_for_a_walled_place_is_refused_with_the_allowed_way(tmp_path: Path) -> None:
    class Reader:
        api_version = 1
        card = replace(FREEHIRE.card, name="walls", policy=HostPolicy(frozenset({"*.linkedin.com"})))

    class Named(Reader):
        card = replace(FREEHIRE.card, name="indeed")

    settings = load_settings(tmp_path / "home", {}).model_copy(
        update={"sources": {"walls": PluginSection(enabled=True), "indeed": PluginSection(enabled=True)}}
    )
    found: Any = chosen(Plugins({"walls": Reader(), "indeed": Named()}), settings)  # type: ignore[dict-item]
    assert not found.loaded
    assert all("jobbot ingest file" in entry.error.detail for entry in found.off.values())


def test_the_list_of_boards_that_job_seek_publishes_can_be_brought_in() -> None:
    header = "company_slug,board_slug,board_url,monitor_type,monitor_config,scraper_type,scraper_config"
    row = 'fernway,fernway-careers,https://boards.greenhouse.io/fernway,greenhouse,"{""token"":""fernway""}",greenhouse_api,'
    (wish,) = wishes(f"{header}\n{row}\n")
    assert (wish.url, wish.problem) == ("https://boards.greenhouse.io/fernway", "")
