"""Places of postings against wishes, remote scope included."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from jobbot.features.matching.filters import clock
from jobbot.features.matching.model import Wishes
from jobbot.features.matching.where import judge, scene
from jobbot.features.places.model import RemoteScope
from jobbot.features.places.parse import parse

HOME = parse("Berlin, Germany")


@pytest.mark.parametrize(
    ("locations", "way", "wishes", "passed"),
    [
        (("Berlin",), None, Wishes(locations=("Berlin",)), True),
        (("Potsdam",), "onsite", Wishes(locations=("Berlin",)), True),
        (("Munich",), None, Wishes(locations=("Berlin",)), False),
        (("Berlin or Munich",), None, Wishes(locations=("Munich",)), True),
        (("Germany",), None, Wishes(locations=("Berlin",)), None),
        (("Hybrid",), None, Wishes(locations=("Berlin",)), None),
        (("Remote (US only)",), None, Wishes(locations=("Berlin",), remote=True), False),
        (("Remote (US only)",), None, Wishes(remote=True), False),
        (("Remote - EU",), None, Wishes(remote=True), True),
        (("Remote, EMEA",), None, Wishes(locations=("Remote within the EU",)), True),
        (("Remote",), None, Wishes(remote=True), None),
        (("Berlin",), "onsite", Wishes(remote=True), False),
        (("Berlin",), "onsite", Wishes(locations=("Berlin",), remote=True), True),
        (("Berlin",), None, Wishes(remote=True), None),
        (("Remote (Global)",), None, Wishes(remote=True), True),
        (("Oakland, CA",), None, Wishes(locations=("SF Bay Area",)), True),
        (("Austin, TX",), None, Wishes(locations=("SF Bay Area",)), False),
        (("Xyzzyville",), None, Wishes(locations=("xyzzyville",)), True),
        (("Berlin",), None, Wishes(locations=("Xyzzyville",)), None),
    ],
)
def test_does_it_suit(locations: tuple[str, ...], way: str | None, wishes: Wishes, passed: bool | None) -> None:
    verdict = judge(scene(locations, way), wishes, HOME)
    assert verdict.passed is passed, verdict.reason
    assert verdict.reason


def test_a_remote_scope_in_the_text_is_quoted() -> None:
    text = "A remote team. Candidates must be based in the United States for tax reasons."
    verdict = judge(scene(("Remote",), None, text), Wishes(remote=True), HOME)
    assert verdict.passed is False
    assert verdict.evidence is not None
    assert verdict.evidence.holds_in(text)
    assert "United States" in verdict.reason


def test_nothing_wished_is_unknown_not_wrong() -> None:
    verdict = judge(scene(("Tokyo",), None), Wishes(), HOME)
    assert verdict.x is None
    assert verdict.passed is None


def test_a_town_is_shown_as_it_was_written() -> None:
    verdict = judge(scene(("Malmö, Sweden",), "onsite"), Wishes(locations=("Malmo",)), parse("Malmö"))
    assert verdict.reason == "Malmö, onsite"


def test_a_wide_scope_is_named_as_the_posting_names_it() -> None:
    verdict = judge(scene(("Remote - Europe",), "remote"), Wishes(remote=True), parse("Berlin, Germany"))
    assert verdict.reason == "remote within Europe, which covers you"


def test_a_wished_place_nobody_knows_is_said_to_be_unknown() -> None:
    verdict = judge(scene(("Berlin",), None), Wishes(locations=("Xyzzyville",)), HOME)
    assert "Xyzzyville: no place that is known here" in verdict.reason


def test_work_from_anywhere_is_open_whatever_office_is_named() -> None:
    text = "You can work from anywhere in the world."
    verdict = judge(scene(("New York, NY",), "remote", text), Wishes(remote=True), HOME)
    assert verdict.passed is True
    assert verdict.evidence is not None
    assert verdict.evidence.holds_in(text)


def test_the_scope_that_a_posting_carries_is_taken() -> None:
    said = RemoteScope("countries", ("PL",), quote="Poland only")
    assert judge(scene(("Remote",), "remote", "", said), Wishes(remote=True), HOME).passed is False
    assert judge(scene(("Remote",), "remote", "", said), Wishes(remote=True), parse("Warsaw")).passed is True


@pytest.mark.parametrize(("line", "passed"), [("Remote, UTC-3 to UTC+2", True), ("Remote, UTC-8 to UTC-5", False)])
def test_hours_are_compared_with_the_zone_of_home(line: str, passed: bool) -> None:
    at_home: Any = SimpleNamespace(home=HOME, today=date(2026, 11, 20))
    row = clock(scene((line,), None), at_home)
    assert row is not None
    assert row.passed is passed
    assert "Europe/Berlin" in row.reason
    assert "UTC-" in row.reason
    nowhere: Any = SimpleNamespace(home=parse("Germany"), today=date(2026, 11, 20))
    assert clock(scene((line,), None), nowhere) is None
    assert clock(scene(("Berlin",), "onsite"), at_home) is None
