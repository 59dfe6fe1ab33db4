"""From where remote work may be done, and at which hours."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbot.features.places.clocks import offset_of, offsets_in
from jobbot.features.places.model import KINDS, RemoteScope, scope_from
from jobbot.features.places.scope import scope_of


def known(lines: list[str], text: str = "", title: str = "") -> RemoteScope:
    found = scope_of(lines, title, text)
    assert found is not None
    if found.start is not None:
        assert text[found.start : found.end] == found.quote
    return found


@pytest.mark.parametrize(
    ("line", "kind", "countries", "regions"),
    [
        ("Remote - US only", "countries", ("US",), ()),
        ("Remote, United Kingdom or Ireland", "countries", ("GB", "IE"), ()),
        ("Remote in California", "regions", ("US",), ("US-CA",)),
        ("Télétravail, France", "countries", ("FR",), ()),
        ("Teletrabajo - España", "countries", ("ES",), ()),
        ("Homeoffice, Deutschland", "countries", ("DE",), ()),
        ("Remote (Global)", "anywhere", (), ()),
        ("Remote - EST", "time zones", ("US",), ()),
        ("Remote, UTC-3 to UTC+2", "time zones", (), ()),
    ],
)
def test_lines_of_places(line: str, kind: str, countries: tuple[str, ...], regions: tuple[str, ...]) -> None:
    found = known([line])
    assert (found.kind, found.countries, found.regions) == (kind, countries, regions)
    assert found.start is None


def test_a_wide_region_has_its_countries() -> None:
    found = known(["Remote (EMEA)"])
    assert (found.kind, found.regions) == ("regions", ("EMEA",))
    assert {"DE", "ZA", "AE"} <= set(found.countries)
    assert "US" not in found.countries


@pytest.mark.parametrize(
    ("text", "kind", "countries"),
    [
        ("You must be based in Germany to apply.", "countries", ("DE",)),
        ("Candidates must be located in the US or Canada. We love them.", "countries", ("CA", "US")),
        ("Applicants need to reside in Portugal, Spain or Italy.", "countries", ("ES", "IT", "PT")),
        ("Wohnsitz in Deutschland ist Voraussetzung.", "countries", ("DE",)),
        ("Vous devez résider en France.", "countries", ("FR",)),
        ("Imprescindible residir en España.", "countries", ("ES",)),
        ("This role is remote (UK only).", "countries", ("GB",)),
        ("We are only hiring people in Poland.", "countries", ("PL",)),
        ("You can work from anywhere in the world.", "anywhere", ()),
        ("Working hours: CET ± 2 hours.", "time zones", ()),
    ],
)
def test_sentences_of_a_text(text: str, kind: str, countries: tuple[str, ...]) -> None:
    found = known(["Remote"], f"Who we are\n{text}\nWhat we do")
    assert (found.kind, found.countries) == (kind, countries)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["Remote"], ""),
        (["Berlin"], "We like our office."),
        (["Remote"], "Our company is based in France."),
        (["Remote"], "Our clients are located in Japan."),
        (["Remote - CA"], ""),
        (["Remote, Georgia"], ""),
    ],
)
def test_what_says_nothing_is_nothing(lines: list[str], text: str) -> None:
    assert scope_of(lines, "", text) is None


def test_a_title_says_it_too() -> None:
    assert known(["Remote"], title="Nurse (Remote, Poland)").countries == ("PL",)


@pytest.mark.parametrize(
    ("words", "least", "most"),
    [
        ("UTC-3 to UTC+2", -3, 2),
        ("between UTC-8 and UTC-5", -8, -5),
        ("GMT to GMT+3", 0, 3),
        ("UTC+5:30 to UTC+9", 5.5, 9),
        ("UTC−3 – UTC+2", -3, 2),
        ("CET ± 2 hours", -1, 3),
        ("UTC+1 (+/- 3h)", -2, 4),
        ("within 3 hours of EST", -8, -2),
        ("4 hours of overlap with CET", -3, 5),
        ("European time zones", 0, 2),
        ("Eastern Time zone", -5, -5),
        ("PST hours", -8, -8),
    ],
)
def test_offsets(words: str, least: float, most: float) -> None:
    found = offsets_in(words)
    assert found is not None
    assert (found.least, found.most) == (least, most)
    assert found.quote in words


@pytest.mark.parametrize("words", ["the best test", "call 1-800-555", "5-10 years", "UTC+99 to UTC+98", "", "9 to 5"])
def test_no_offsets(words: str) -> None:
    assert offsets_in(words) is None


def test_the_offset_of_a_zone_is_that_of_the_day() -> None:
    winter, summer = datetime(2026, 1, 15, tzinfo=UTC), datetime(2026, 7, 15, tzinfo=UTC)
    assert (offset_of("Europe/Berlin", winter), offset_of("Europe/Berlin", summer)) == (1.0, 2.0)
    assert offset_of("Asia/Kolkata", winter) == 5.5
    assert offset_of("Nowhere/Town", winter) is None


WORDS = st.sampled_from(
    [
        "Remote",
        "remote",
        "must be based in",
        "Germany",
        "the US",
        "UTC",
        "-3",
        "+2",
        "to",
        "CET",
        "±",
        "2 hours",
        "anywhere",
        "\n",
        "(",
        ")",
        "only",
        "overlap",
        "EMEA",
        "İ",
        "ß",
        ".",
    ]
)


@given(st.lists(st.text(max_size=60), max_size=3), st.text(max_size=80), st.lists(WORDS, max_size=30).map(" ".join))
def test_anything_is_read_without_error(lines: list[str], title: str, text: str) -> None:
    found = scope_of(lines, title, text)
    if found is None:
        return
    assert found.kind in KINDS
    assert scope_from(found.as_dict()) == found
    assert found.utc is None or -12 <= found.utc.least <= found.utc.most <= 14
    if found.start is not None:
        assert text[found.start : found.end] == found.quote
