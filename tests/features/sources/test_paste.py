"""What a person pastes or the bookmarklet brings: guessed, corrected, kept; nothing in it acts."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbot.features.sources.byhand.given import pasted
from jobbot.features.sources.byhand.links import BOARD
from jobbot.features.sources.byhand.paste import Draft, Pasted, draft, posting
from jobbot.features.sources.files import Content
from jobbot.kernel.clock import FixedClock
from jobbot.kernel.errors import InvalidInput
from jobbot.kernel.ids import UserId
from jobbot.platform.safety.sanitise import from_text
from jobbot.platform.storage import Database

from .world import World

TEXT = "You open the bakery at four and bake two hundred loaves with a small team. " * 5
NODE: dict[str, Any] = {
    "@type": "JobPosting",
    "title": "Baker",
    "description": f"<p>{TEXT}</p><ul><li>Sourdough</li></ul>",
    "hiringOrganization": {"name": "Crumb & Co"},
    "jobLocation": {"address": {"addressLocality": "Porto", "addressCountry": "PT"}},
    "datePosted": "2026-11-02",
    "baseSalary": {"currency": "EUR", "value": {"minValue": 1800, "maxValue": 2100, "unitText": "MONTH"}},
}
DATA = (json.dumps(NODE),)


@pytest.mark.parametrize(
    ("text", "title", "company", "location"),
    [
        (f"Baker\nCrumb & Co · Porto\n\n{TEXT}", "Baker", "Crumb & Co", "Porto"),
        (f"Baker\n\nCrumb & Co\nPorto, Portugal\n2 days ago\n\n{TEXT}", "Baker", "Crumb & Co", "Porto, Portugal"),
        (f"Baker at Crumb & Co\n{TEXT}", "Baker", "Crumb & Co", ""),
        (f"Bäcker (m/w/d) bei Krume GmbH\n{TEXT}", "Bäcker (m/w/d)", "Krume GmbH", ""),
        (f"Company: Crumb & Co\nLocation: Porto\nTitle: Baker\n{TEXT}", "Baker", "Crumb & Co", "Porto"),
        (f"Firma: Krume\nBäcker\nOrt: Köln\n{TEXT}", "Bäcker", "Krume", "Köln"),
        (f"Baker\n{TEXT}", "Baker", "", ""),
        (TEXT, "", "", ""),
        ("", "", "", ""),
    ],
)
def test_the_first_lines_are_read(text: str, title: str, company: str, location: str) -> None:
    found = draft(Pasted(text=text))
    assert (found.title, found.company, found.location) == (title, company, location)


def test_what_the_page_states_comes_first_and_what_the_person_says_before_that() -> None:
    page = Pasted(page_title="Careers", heading="Join us", site="Crumbs Careers", data=DATA, text="x")
    assert draft(page) == Draft("Baker", "Crumb & Co", "Porto, PT", "", "x")
    assert draft(Pasted(company="Crumb Bakeries", data=DATA)).company == "Crumb Bakeries"
    assert "two hundred loaves" in draft(Pasted(data=DATA)).text


def test_a_page_of_a_walled_board_is_named_by_its_title_and_not_by_its_owner() -> None:
    url = "https://www.linkedin.com/jobs/view/4012345678/?trackingId=a&refId=b"
    page = Pasted(page_title="(2) Baker | Crumb Ltd | LinkedIn", site="LinkedIn", heading="", url=url, text=TEXT)
    assert draft(page) == Draft(
        "Baker", "Crumb Ltd", "", "https://www.linkedin.com/jobs/view/4012345678/", TEXT.strip()
    )
    other = Pasted(
        page_title="Jobs | Indeed",
        heading="Baker",
        site="Indeed",
        url="https://www.indeed.com/viewjob?jk=0123456789abcdef",
    )
    assert draft(other).company == ""


def test_of_several_statements_the_one_that_the_page_is_about() -> None:
    two = (json.dumps([NODE, {**NODE, "title": "Miller", "hiringOrganization": {"name": "Mill"}}]),)
    assert draft(Pasted(page_title="Miller - Mill", data=two, text="x")).company == "Mill"
    assert draft(Pasted(page_title="All jobs", data=two, text="x")).company == ""


def test_what_the_page_states_besides_is_kept_with_the_words_of_the_person() -> None:
    first = draft(Pasted(data=DATA))
    kept = posting(
        Pasted(title="Head Baker", company=first.company, location="Porto; Braga", text=first.text, data=DATA)
    )
    assert (kept.title, kept.locations, len(kept.salaries)) == ("Head Baker", ("Porto", "Braga"), 1)
    assert "<li>Sourdough" in kept.html
    assert kept.posted_at is not None
    changed = posting(Pasted(title="Baker", text="Mine.", data=DATA))
    assert (changed.html, changed.text, changed.complete) == ("", "Mine.", False)


@pytest.mark.parametrize(
    ("given_", "fields"),
    [
        (Pasted(), ["/title", "/text"]),
        (Pasted(title=" \u200b ", text=" \u200b "), ["/title", "/text"]),
        (Pasted(title="x", text="y", url="javascript:alert(1)"), ["/url"]),
        (Pasted(title="x", text="y", url="file:///etc/passwd"), ["/url"]),
        (Pasted(title="x", text="y", url="not an address"), ["/url"]),
    ],
)
def test_what_cannot_be_kept_is_named_field_by_field(given_: Pasted, fields: list[str]) -> None:
    with pytest.raises(InvalidInput) as told:
        posting(given_)
    assert [one.pointer for one in told.value.errors] == fields


def test_addresses_lose_what_tells_who_came() -> None:
    url = "http://jobs.example.org/jobs/7?utm_source=mail&gclid=1&id=7#apply"
    assert posting(Pasted(title="x", text="y", url=url)).url == "https://jobs.example.org/jobs/7?id=7"
    assert posting(Pasted(title="x", text="y", url="jobs.example.org/jobs/7")).url == "https://jobs.example.org/jobs/7"


def test_a_paste_completes_what_an_alert_told_and_nothing_is_asked(
    database: Database, home: Any, clock: FixedClock
) -> None:
    world = World(database, home, clock)
    alert = b'Subject: x\nContent-Type: text/html\n\n<a href="https://de.linkedin.com/jobs/view/4012345678">Baker</a>'
    mara = UserId("mara")
    first = world.ingest.brought(pasted(b"From: a\n" + alert, Pasted()), 0, mara)
    url = "https://www.linkedin.com/comm/jobs/view/4012345678/?trk=x"
    second = world.ingest.brought(Content(BOARD, (posting(Pasted(title="Baker", url=url, text=TEXT)),), ()), 0, mara)
    assert (first["new"], second["updated"], first["ids"]) == (1, 1, second["ids"])
    assert world.http.asked == []
    kept = world.store.get(first["ids"][0], mara)
    assert (kept.owner, kept.complete) == (mara, True)
    assert world.titles() == []  # the local user's list has none of it


def test_pasted_bytes_are_read_as_what_they_are() -> None:
    (page,) = pasted(f"<!doctype html><title>Baker</title><h1>Baker</h1><p>{TEXT}</p>".encode(), Pasted()).postings
    (text,) = pasted(f"Baker\nCrumb & Co\n\n{TEXT}".encode("cp1252"), Pasted(url="https://x.example/jobs/9")).postings
    assert (page.title, text.title, text.company) == ("Baker", "Baker", "Crumb & Co")
    with pytest.raises(InvalidInput, match="characters are no posting"):
        pasted(b"x" * 300_000, Pasted())
    with pytest.raises(InvalidInput, match="title"):
        pasted(TEXT.encode(), Pasted())


WORDS = st.text(max_size=60)


@given(WORDS, WORDS, WORDS, WORDS, WORDS, st.lists(st.one_of(WORDS, st.just(DATA[0])), max_size=3))
def test_any_words_give_a_draft_and_a_posting_or_a_reason(
    title: str, url: str, text: str, page_title: str, heading: str, data: list[str]
) -> None:
    given_ = Pasted(title=title, url=url, text=text, page_title=page_title, heading=heading, data=tuple(data))
    found = draft(given_)
    told = Pasted(found.title, found.company, found.location, found.url, found.text, data=tuple(data))
    if found.title and from_text(found.text).text:
        assert posting(told).title == found.title
        return
    with pytest.raises(InvalidInput) as refused:
        posting(told)
    assert refused.value.errors
