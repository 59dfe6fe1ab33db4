"""A place that only the text names: read where it is announced, left where it could be anything."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbot.features.matching.model import Wishes
from jobbot.features.matching.where import judge, scene
from jobbot.features.matching.whereabouts import stated
from jobbot.features.places.parse import parse


@pytest.mark.parametrize(
    ("text", "town", "quote"),
    [
        ("Our client located in Woburn MA is looking to add", "Woburn", "located in Woburn"),
        ("Software Engineer Location: Cambridge, MADuration: 6 months", "Cambridge", "Location: Cambridge, MA"),
        ("componentsBased in Woburn, MA, we go above", "Woburn", "in Woburn, MA"),
        ("for one of our clients in Palm Bay, FL.**Candidates", "Palm Bay", "in Palm Bay, FL"),
        ("Based in Berlin, we build lifts", "Berlin", "Based in Berlin"),
        ("our office in Los Angeles, California", "Los Angeles", "office in Los Angeles, California"),
    ],
)
def test_what_is_announced_is_read_with_its_quote(text: str, town: str, quote: str) -> None:
    places, evidence = stated(text)
    assert [place.name for place in places] == [town]
    assert evidence is not None
    assert evidence.quote == quote == text[evidence.start : evidence.end]


@pytest.mark.parametrize(
    "text",
    [
        "We believe in Kindness, Trust and Growth",
        "in Java, Go or Rust",
        "a degree in Business, Finance or",
        "headquartered in San Francisco, California with",
        "Based in part on merit",
        "",
    ],
)
def test_what_could_be_anything_is_left(text: str) -> None:
    assert stated(text) == ((), None)


@given(st.text(max_size=200))
def test_any_text_is_read_and_quoted_exactly(text: str) -> None:
    _, evidence = stated(f"{text} located in Woburn, MA {text}")
    assert evidence is not None
    whole = f"{text} located in Woburn, MA {text}"
    assert whole[evidence.start : evidence.end] == evidence.quote


def test_it_counts_only_where_the_board_names_no_place() -> None:
    text = "Our client located in Woburn, MA is looking"
    wishes = Wishes(locations=("Los Angeles, CA",))
    verdict = judge(scene((), None, text), wishes, parse(""))
    assert (verdict.passed, verdict.x) == (False, 0.0)
    assert 'the text says "located in Woburn, MA"' in verdict.reason
    assert judge(scene(("Los Angeles, CA",), None, text), wishes, parse("")).passed is True
    assert judge(scene((), "remote", text), wishes, parse("")).passed is not True
