"""What the page on coverage tells is what was counted, and each feed says what it is for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from evals import coverage
from evals.coverage_fields import ANYWHERE, FIELDS, NOWHERE, OTHER, STATES, field_of, regions_of

from jobbot.platform.plugins import load
from jobbot.sdk import Kind, RawPosting


@pytest.mark.shared
def test_the_counts_are_those_of_the_recordings(shared: Path) -> None:
    counted = coverage.feeds(shared / "data" / "boards")
    assert counted == json.loads(coverage.PAGE.read_text("utf-8")), "run: python -m evals.coverage"
    whole = coverage.together(counted.values())
    assert sum(whole["fields"].values()) == whole["postings"] >= 300
    software = whole["fields"]["software and data"] + whole["fields"][OTHER]
    assert (whole["postings"] - software) / whole["postings"] >= 1 / 3


def test_every_feed_says_what_it_is_for() -> None:
    cards = [source.card for source in load("jobbot.sources").loaded.values()]
    assert [card.name for card in cards if card.kind is not Kind.BOARD and not card.covers] == []


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("Registered Nurse", "health and care"),
        ("Senior Backend Engineer", "software and data"),
        ("Mechanical Engineer", "other engineering and science"),
        ("Truck Driver", "trades, production and transport"),
        ("Chef de partie", "hospitality, retail and personal services"),
        ("Maths tutor", "education and languages"),
        ("Multiple roles", OTHER),
        ("", OTHER),
    ],
)
def test_fields_by_words_of_the_title(title: str, field: str) -> None:
    assert field_of(title) == field
    assert field in (*FIELDS, OTHER)


@pytest.mark.parametrize(
    ("places", "country", "regions"),
    [
        (("Berlin",), None, {"Germany, Austria and Switzerland"}),
        (("El Segundo, CA",), None, {STATES}),
        (("Remote - USA or Canada",), None, {STATES, "Canada"}),
        (("Worldwide",), None, {ANYWHERE}),
        (("Hull",), "GB", {"United Kingdom and Ireland"}),
        (("Remote",), None, {NOWHERE}),
        ((), None, {NOWHERE}),
    ],
)
def test_regions_by_names(places: tuple[str, ...], country: str | None, regions: set[str]) -> None:
    assert regions_of(RawPosting("1", "Baker", locations=places, country=country)) == regions
