"""The three built-in sources: the kit, and what each vendor's format means."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.features.sources import wire

from jobbot.features.sources.boards.ashby import SOURCE as ASHBY
from jobbot.features.sources.boards.greenhouse import SOURCE as GREENHOUSE
from jobbot.features.sources.boards.lever import SOURCE as LEVER
from jobbot.kernel.errors import NotFound
from jobbot.kernel.money import Salary
from jobbot.sdk import BoardRef, Listing, Source
from jobbot.sdk.contract.sources import Recorded, RecordedHttp, check_source

NURSE = wire.greenhouse_job(4101, "Night Nurse")
WELDER = wire.lever_posting("11111111-2222-3333-4444-555555555555", "Welder")
TEACHER = wire.ashby_job("aaaaaaaa-0000-0000-0000-000000000001", "Class Teacher")

BOARDS = {
    "greenhouse": (GREENHOUSE, "kestrelcare", wire.GREENHOUSE_URL, wire.greenhouse(NURSE)),
    "lever": (LEVER, "Harbourline", wire.LEVER_URL, wire.lever(WELDER)),
    "ashby": (ASHBY, "linden-school", wire.ASHBY_URL, wire.ashby(TEACHER)),
}


def read(source: Source, url: str, body: bytes, board: str = "acme", **more: bytes) -> Listing:
    http = RecordedHttp({url.format(board): body, **more})
    return source.list(BoardRef(source.card.name, board), http, "")


def one_greenhouse(**more: Any) -> Any:
    return read(GREENHOUSE, wire.GREENHOUSE_URL, wire.greenhouse({**NURSE, **more})).postings[0]


def one_lever(**more: Any) -> Any:
    return read(LEVER, wire.LEVER_URL, wire.lever({**WELDER, **more})).postings[0]


def one_ashby(**more: Any) -> Any:
    return read(ASHBY, wire.ASHBY_URL, wire.ashby({**TEACHER, **more})).postings[0]


@pytest.mark.parametrize("name", BOARDS)
def test_the_kit(name: str) -> None:
    source, board, url, body = BOARDS[name]
    check_source(source, Recorded(BoardRef(name, board), {url.format(board): body}))


@pytest.mark.parametrize("name", BOARDS)
def test_an_empty_board_is_a_complete_listing(name: str) -> None:
    source, _, url, _ = BOARDS[name]
    empty = {"greenhouse": wire.greenhouse(), "lever": wire.lever(), "ashby": wire.ashby()}[name]
    listing = read(source, url, empty)
    assert listing.complete
    assert not listing.postings


@pytest.mark.parametrize("name", BOARDS)
def test_rows_that_cannot_be_read_are_set_aside_alone(name: str) -> None:
    source, _, url, _ = BOARDS[name]
    good = {"greenhouse": NURSE, "lever": WELDER, "ashby": TEACHER}[name]
    title = "text" if name == "lever" else "title"
    rows: list[Any] = [good, {**good, "id": None}, {**good, "id": "9", title: " "}, "not a row", None]
    body = json.dumps(rows if name == "lever" else {"jobs": rows, "meta": {"total": 5}}).encode()
    listing = read(source, url, body)
    assert [posting.title for posting in listing.postings] == [good[title]]
    assert {row.ref for row in listing.rejected if row.identified} == {"9"}
    assert sum(not row.identified for row in listing.rejected) == 3


# Greenhouse


def test_greenhouse_decodes_entities_exactly_once() -> None:
    posting = one_greenhouse(content="&lt;p&gt;R&amp;amp;D, a &amp;lt; b&lt;/p&gt;")
    assert posting.html == "<p>R&amp;D, a &lt; b</p>"


def test_greenhouse_without_content_is_incomplete() -> None:
    row = {key: value for key, value in NURSE.items() if key not in ("content", "departments", "offices")}
    posting = read(GREENHOUSE, wire.GREENHOUSE_URL, wire.greenhouse(row)).postings[0]
    assert not posting.complete
    assert posting.html == ""
    assert posting.department is None


def test_greenhouse_skips_prospect_posts() -> None:
    listing = read(GREENHOUSE, wire.GREENHOUSE_URL, wire.greenhouse(NURSE, {**NURSE, "id": 5, "internal_job_id": None}))
    assert [skip.ref for skip in listing.skipped] == ["5"]
    assert len(listing.postings) == 1


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            {"min_cents": 5000000, "max_cents": 7000000, "currency_type": "USD", "title": "Annual salary"},
            (5e4, 7e4, "year"),
        ),
        ({"min_cents": 2150, "max_cents": 2600, "currency_type": "GBP", "title": "Hourly rate"}, (21.5, 26.0, "hour")),
        ({"min_cents": 5000, "max_cents": 7000, "currency_type": "USD", "title": "Pay range"}, (50.0, 70.0, None)),
        ({"min_cents": 0, "max_cents": 9000, "currency_type": "USD", "title": ""}, (None, 90.0, None)),
    ],
)
def test_greenhouse_pay_is_cents_and_names_no_period_unless_it_does(row: dict[str, Any], expected: Any) -> None:
    salary = one_greenhouse(pay_input_ranges=[row]).salaries[0]
    assert (salary.min, salary.max, salary.period) == expected
    assert salary.currency == row["currency_type"]


def test_greenhouse_pay_of_nothing_is_no_pay() -> None:
    assert one_greenhouse(pay_input_ranges=[{"min_cents": 0, "max_cents": 0, "currency_type": "USD"}]).salaries == ()


def test_greenhouse_recovers_a_city_from_the_offices() -> None:
    assert one_greenhouse(location={"name": "Hybrid"}).locations == ("Hybrid", "Leeds, United Kingdom")
    assert one_greenhouse(location={"name": "Leeds; York"}).locations == ("Leeds", "York")


@pytest.mark.parametrize(
    ("place", "title", "expected"),
    [
        ("Remote - US", "Nurse", "remote"),
        ("Hybrid", "Nurse", "hybrid"),
        ("Leeds", "Nurse (Remote)", "remote"),
        ("Leeds", "Remote Sensing Scientist", None),
        ("Leeds", "Nurse", None),
    ],
)
def test_greenhouse_workplace_is_only_what_is_said(place: str, title: str, expected: str | None) -> None:
    assert one_greenhouse(location={"name": place}, title=title).remote == expected


def test_greenhouse_reads_the_employers_fields_and_keeps_no_person() -> None:
    fields = [
        {"id": 1, "name": "Employment Type", "value_type": "single_select", "value": "Full-Time"},
        {"id": 2, "name": "Recruiter", "value_type": "user", "value": {"name": "Invented Person"}},
    ]
    posting = one_greenhouse(metadata=fields)
    assert posting.employment_type == "full-time"
    assert "Invented Person" not in json.dumps(dict(posting.raw))


def test_greenhouse_asks_for_the_employers_name_only_when_the_rows_lack_it() -> None:
    row = {key: value for key, value in NURSE.items() if key != "company_name"}
    url = wire.GREENHOUSE_URL.format("acme")
    root = "https://boards-api.greenhouse.io/v1/boards/acme"
    http = RecordedHttp({url: wire.greenhouse(row), root: b'{"name": "Kestrel Care", "content": ""}'})
    assert GREENHOUSE.list(BoardRef("greenhouse", "acme"), http, "").company == "Kestrel Care"
    assert http.asked == [url, root]
    silent = RecordedHttp({url: wire.greenhouse(row)})
    assert GREENHOUSE.list(BoardRef("greenhouse", "acme"), silent, "").company is None


def test_greenhouse_that_says_it_has_more_is_not_complete() -> None:
    body = json.dumps({"jobs": [NURSE], "meta": {"total": 2}}).encode()
    assert not read(GREENHOUSE, wire.GREENHOUSE_URL, body).complete


# Lever


def test_lever_text_is_description_lists_and_additional() -> None:
    html = one_lever().html
    assert html.index("ferries") < html.index("What you bring") < html.index("ISO 9606") < html.index("eight hours")
    assert "<ul><li>MIG/MAG welding</li>" in html


def test_lever_falls_back_to_the_other_region() -> None:
    http = RecordedHttp({wire.LEVER_EU_URL.format("Harbourline"): wire.lever(WELDER)})
    listing = LEVER.list(BoardRef("lever", "Harbourline"), http, "")
    assert listing.board.region == "eu"
    assert len(http.asked) == 2
    http.asked.clear()
    LEVER.list(BoardRef("lever", "Harbourline", "eu"), http, "")
    assert http.asked == [wire.LEVER_EU_URL.format("Harbourline")]


def test_lever_never_changes_the_case_of_a_name() -> None:
    http = RecordedHttp({wire.LEVER_URL.format("Harbourline"): wire.lever(WELDER)})
    with pytest.raises(NotFound, match="upper and lower case count"):
        LEVER.list(BoardRef("lever", "harbourline"), http, "")


def test_lever_dates_places_and_kinds() -> None:
    posting = one_lever()
    assert posting.posted_at == datetime.fromtimestamp(1_758_000_000, UTC)
    assert posting.locations == ("Gdańsk", "Gdynia")
    assert posting.employment_type == "full-time"
    assert (posting.country, posting.remote, posting.department) == ("PL", "onsite", "Yard")
    assert one_lever(createdAt=None).posted_at is None
    assert one_lever(workplaceType="unspecified").remote is None
    assert one_lever(categories={"location": "Gdańsk", "team": "-"}).department is None


@pytest.mark.parametrize(
    ("interval", "period"), [("per-year-salary", "year"), ("per-hour-wage", "hour"), ("bi-week", None), (None, None)]
)
def test_lever_pay_intervals(interval: str | None, period: str | None) -> None:
    stated = {"min": 20, "max": 25, "currency": "EUR", "interval": interval}
    salary = one_lever(salaryRange=stated).salaries[0]
    assert (salary.min, salary.max, salary.currency, salary.period) == (20, 25, "EUR", period)


# Ashby


def test_ashby_keeps_every_tier_with_its_label() -> None:
    equity = {"compensationType": "EquityPercentage", "minValue": 1, "maxValue": 2, "interval": "NONE"}
    tiers = [
        wire.tier("Zone 1", equity, wire.salary(50_000, 60_000)),
        wire.tier("Zone 2", wire.salary(18.5, 22, "1 HOUR", "USD"), wire.salary(None, None)),
    ]
    salaries = one_ashby(compensation={"compensationTiers": tiers}).salaries
    assert salaries == (
        Salary(50_000, 60_000, "EUR", "year", "EUR 50000 – 60000", label="Zone 1"),
        Salary(18.5, 22, "USD", "hour", "USD 18.5 – 22", label="Zone 2"),
    )


def test_ashby_skips_unlisted_postings() -> None:
    listing = read(ASHBY, wire.ASHBY_URL, wire.ashby(TEACHER, {**TEACHER, "id": "hidden", "isListed": False}))
    assert [skip.ref for skip in listing.skipped] == ["hidden"]


@pytest.mark.parametrize(
    "secondary",
    [
        {"location": "Delft", "address": {"postalAddress": {"addressLocality": "Delft"}}},
        {"location": "", "address": {"addressLocality": "Delft"}},
        {"address": {"postalAddress": {"addressLocality": "Delft"}}},
        "Delft",
    ],
)
def test_ashby_secondary_places_nested_or_flat(secondary: Any) -> None:
    assert one_ashby(secondaryLocations=[secondary, {}, None]).locations == ("Utrecht", "Delft")


@pytest.mark.parametrize(
    ("workplace", "is_remote", "place", "expected"),
    [
        ("OnSite", True, "Utrecht", "onsite"),
        ("Hybrid", None, "Utrecht", "hybrid"),
        (None, True, "Utrecht", "remote"),
        (None, False, "Utrecht", None),
        (None, False, "Hybrid, Utrecht", "hybrid"),
        ("Moon", None, "Utrecht", None),
    ],
)
def test_ashby_workplace_type_wins(workplace: Any, is_remote: Any, place: str, expected: str | None) -> None:
    assert one_ashby(workplaceType=workplace, isRemote=is_remote, location=place).remote == expected


def test_ashby_unknown_words_stay_and_missing_ones_are_missing() -> None:
    assert one_ashby(employmentType="Sabbatical").employment_type == "Sabbatical"
    bare = read(ASHBY, wire.ASHBY_URL, wire.ashby({"id": "x", "title": "Teacher"})).postings[0]
    assert (bare.locations, bare.remote, bare.posted_at, bare.salaries, bare.complete) == ((), None, None, (), False)


# Addresses


@pytest.mark.parametrize(
    ("url", "source", "board", "region"),
    [
        ("https://boards.greenhouse.io/kestrelcare", GREENHOUSE, "kestrelcare", ""),
        ("https://job-boards.eu.greenhouse.io/kestrelcare/jobs/4101", GREENHOUSE, "kestrelcare", ""),
        ("https://boards.greenhouse.io/embed/job_board?for=kestrelcare", GREENHOUSE, "kestrelcare", ""),
        ("https://jobs.lever.co/Harbourline/11111111-2222-3333-4444-555555555555", LEVER, "Harbourline", ""),
        ("https://jobs.eu.lever.co/Harbourline", LEVER, "Harbourline", "eu"),
        ("https://jobs.ashbyhq.com/Linden%20School", ASHBY, "Linden School", ""),
    ],
)
def test_recognised_addresses(url: str, source: Source, board: str, region: str) -> None:
    assert source.recognise(url) == BoardRef(source.card.name, board, region)


@pytest.mark.parametrize(
    "url", ["https://boards.greenhouse.io/embed/", "http://jobs.lever.co/acme", "https://jobs.lever.co.evil.example/a"]
)
def test_addresses_of_nobody(url: str) -> None:
    assert [source.recognise(url) for source in (GREENHOUSE, LEVER, ASHBY)] == [None, None, None]
