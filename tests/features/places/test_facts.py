"""Lines of places as facts: towns, areas, divisions, countries, time zones, and what stays open."""

from __future__ import annotations

from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbot.features.places.facts import country_named, facts_of
from jobbot.features.places.gazetteer import admin_of, areas, countries, subdivisions
from jobbot.features.places.metros import metros
from jobbot.features.places.model import CONFIDENCES
from jobbot.features.places.subdivisions import rows


def told(line: str, *stated: str) -> tuple[str | None, ...]:
    (place,) = facts_of(line, frozenset(stated))
    return place.city, place.metro, place.region_code, place.country, place.time_zone, place.confidence


@pytest.mark.parametrize(
    ("line", "fact"),
    [
        ("Oakland, CA", ("Oakland", "San Francisco Bay Area", "US-CA", "US", "America/Los_Angeles", "sure")),
        ("München, Deutschland", ("Munich", "Greater Munich", "DE-BY", "DE", "Europe/Berlin", "sure")),
        ("Frankfurt am Main", ("Frankfurt am Main", "Rhein-Main", "DE-HE", "DE", "Europe/Berlin", "sure")),
        ("Londres, Royaume-Uni", ("London", "Greater London", "GB-ENG", "GB", "Europe/London", "sure")),
        ("Sevilla, España", ("Sevilla", None, "ES-AN", "ES", "Europe/Madrid", "sure")),
        ("Bangalore, Karnataka, India", ("Bengaluru", "Greater Bengaluru", "IN-KA", "IN", "Asia/Kolkata", "sure")),
        ("Melbourne, Victoria", ("Melbourne", "Greater Melbourne", "AU-VIC", "AU", "Australia/Melbourne", "sure")),
        ("Toronto, ON", ("Toronto", "Greater Toronto Area", "CA-ON", "CA", "America/Toronto", "sure")),
        ("Birmingham", ("Birmingham", "West Midlands", "GB-ENG", "GB", "Europe/London", "likely")),
        ("Bay Area", (None, "San Francisco Bay Area", "US-CA", "US", "America/Los_Angeles", "sure")),
        ("Île-de-France", (None, "Île-de-France", "FR-IDF", "FR", "Europe/Paris", "sure")),
        ("Delhi NCR", (None, "Delhi NCR", None, "IN", "Asia/Kolkata", "sure")),
        ("California", (None, None, "US-CA", "US", "America/Los_Angeles", "sure")),
        ("Texas", (None, None, "US-TX", "US", None, "sure")),
        ("Bayern", (None, None, "DE-BY", "DE", "Europe/Berlin", "sure")),
        ("Deutschland", (None, None, None, "DE", "Europe/Berlin", "sure")),
        ("États-Unis", (None, None, None, "US", None, "sure")),
        ("Reino Unido", (None, None, None, "GB", "Europe/London", "sure")),
        ("EMEA", (None, None, None, None, None, "sure")),
    ],
)
def test_what_a_line_says(line: str, fact: tuple[str | None, ...]) -> None:
    assert told(line) == fact


@pytest.mark.parametrize(
    "line", ["Cambridge", "Valencia", "Georgia", "CA", "Springfield", "Remote", "Headquarters", ""]
)
def test_what_is_not_said_stays_open(line: str) -> None:
    (place,) = facts_of(line)
    assert place.confidence == "unsure"
    assert place.time_zone is None
    assert place.country in (None, "US")
    assert (place.country == "US") == (line == "Springfield"), "every Springfield is in the United States"


@pytest.mark.parametrize(
    ("line", "country", "region"),
    [("Cambridge", "GB", "GB-ENG"), ("Cambridge", "US", "US-MA"), ("Georgia", "GE", None), ("Dublin", "US", None)],
)
def test_the_country_of_the_board_decides(line: str, country: str, region: str | None) -> None:
    (place,) = facts_of(line, frozenset({country}))
    assert (place.country, place.confidence) == (country, "sure")
    assert region is None or place.region_code == region


def test_other_lines_help_where_a_line_leaves_it_open() -> None:
    (place,) = facts_of("Cambridge", beside=frozenset({"GB"}))
    assert (place.country, place.confidence) == ("GB", "likely")
    (paris,) = facts_of("Paris", beside=frozenset({"US"}))
    assert paris.country == "FR"


def test_several_places_of_one_line_are_several_facts() -> None:
    found = facts_of("Berlin or Paris, France")
    assert [(place.raw, place.city, place.country) for place in found] == [
        ("Berlin or Paris, France", "Berlin", "DE"),
        ("Berlin or Paris, France", "Paris", "FR"),
    ]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("DE", "DE"),
        ("deu", "DE"),
        ("Germany", "DE"),
        ("Allemagne", "DE"),
        ("Alemania", "DE"),
        ("UK", "GB"),
        ("the Netherlands", "NL"),
        ("Berlin", None),
        ("", None),
        ("Europe", None),
        ("Granada", None),
    ],
)
def test_countries_by_code_and_name(words: str, code: str | None) -> None:
    assert country_named(words) == code


def test_every_row_of_the_tables_is_found() -> None:
    codes = {division.code for division in subdivisions().values()}
    missing = [code for code, *_ in rows() if code not in codes]
    assert not missing
    assert len(areas()) > 90
    assert all(metro.definition for metro in metros())
    assert admin_of("munich", "DE") == "02"
    divisions = [code for code, *_ in rows()]
    assert len(divisions) == len(set(divisions))


@given(st.text(max_size=120), st.sampled_from(["", "DE", "US", "GB"]))
def test_any_line_gives_facts_whose_codes_are_valid(line: str, stated: str) -> None:
    found = facts_of(line, frozenset({stated} if stated else ()))
    assert found
    for place in found:
        assert place.raw == line
        assert place.country is None or place.country in countries()
        assert place.region_code is None or place.region_code.startswith(str(place.country))
        assert place.time_zone is None or place.time_zone in available_timezones()
        assert place.confidence in CONFIDENCES
