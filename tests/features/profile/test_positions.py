"""The map of positions against Python's own parser."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbot.features.profile.positions import escape, resolve, scan

SCALARS = st.none() | st.booleans() | st.integers(-(10**6), 10**6) | st.floats(allow_nan=False, allow_infinity=False)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
JSON = st.recursive(
    SCALARS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=25,
)


def pointers(value: Any, pointer: str = "") -> list[str]:
    found = [pointer]
    if isinstance(value, dict):
        for key, child in value.items():
            found += pointers(child, f"{pointer}/{escape(key)}")
    elif isinstance(value, list):
        for index, child in enumerate(value):
            found += pointers(child, f"{pointer}/{index}")
    return found


@given(JSON, st.sampled_from([None, 0, 2, "\t"]), st.booleans())
def test_every_value_is_found_where_it_stands(value: Any, indent: int | str | None, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    positions = scan(text)
    assert sorted(positions.places) == sorted(set(pointers(value)))
    for pointer, place in positions.places.items():
        assert json.loads(text[place.start : place.end]) == resolve(value, pointer)
        assert place.line == text.count("\n", 0, place.start) + 1
    assert positions.oddities == ()


@given(st.text(max_size=60))
def test_any_text_is_survived(text: str) -> None:
    scan(text)


@pytest.mark.parametrize(
    ("text", "pointer", "line", "word"),
    [
        ('{"a": 1,\n "b": 2,\n "a": 3}', "/a", 3, "twice"),
        ('{"a":\n [1, NaN]}', "/a/1", 2, "NaN"),
        ('{"a": "\\ud800"}', "/a", 1, "surrogate"),
        ('{\n"\\ud800": 1}', "", 2, "surrogate"),
        ('{"a~/b": {"x": -Infinity}}', "/a~0~1b/x", 1, "Infinity"),
    ],
)
def test_oddities_have_place_and_line(text: str, pointer: str, line: int, word: str) -> None:
    (odd,) = scan(text).oddities
    assert (odd.pointer, odd.line) == (pointer, line)
    assert word in odd.problem


def test_a_missing_value_has_the_line_of_what_is_around_it() -> None:
    positions = scan('{\n "work": [\n  {"name": "A"}\n ]\n}')
    assert positions.line("/work/0/startDate") == 3
    assert positions.line("/awards") == 1


def test_a_hundred_thousand_brackets_do_not_recurse() -> None:
    assert scan("[" * 100_000).places == {}


def test_resolve_refuses_what_is_not_there() -> None:
    with pytest.raises(KeyError):
        resolve({"a": [1]}, "/a/7")
