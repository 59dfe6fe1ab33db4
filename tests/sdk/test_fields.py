"""Lenient readers: whatever comes in, no error and nothing made up."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbot.kernel.errors import InvalidInput
from jobbot.sdk import fields

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(anything)
def test_no_value_is_an_error(value: Any) -> None:
    assert isinstance(fields.text_of(value), str)
    assert fields.amount(value) is None or fields.amount(value) > 0
    for read in (fields.moment, fields.epoch):
        found = read(value)
        assert found is None or found.tzinfo is not None
    assert fields.workplace(value) in (None, "onsite", "hybrid", "remote")
    assert fields.employment(value) is None or isinstance(fields.employment(value), str)
    assert isinstance(fields.objects(value), list)
    assert fields.web_url(value) is None or str(fields.web_url(value)).lower().startswith("http")


def test_moments() -> None:
    assert fields.moment("2026-08-21T10:57:44-04:00") == datetime(2026, 8, 21, 14, 57, 44, tzinfo=UTC)
    assert fields.moment("2026-08-21T10:57:44.123Z") == datetime(2026, 8, 21, 10, 57, 44, 123000, tzinfo=UTC)
    assert fields.moment("21.08.2026") is None
    assert fields.epoch(1_758_000_000_000) == datetime.fromtimestamp(1_758_000_000, UTC)
    assert fields.epoch(0) is None


@pytest.mark.parametrize("name", ["acme", "Acme-2", "Two Words", "dotted.io", "Ähre", "50%"])
def test_names_become_one_path_segment(name: str) -> None:
    assert fields.token(name) == quote(name, safe="")
    assert "/" not in fields.token(name)


@pytest.mark.parametrize(
    "name", ["", " ", ".", "..", "a/b", "a?b", "a#b", "a@b", "a:1", "a\\b", "a\x00", " a", "x" * 101]
)
def test_names_that_could_be_anything_else(name: str) -> None:
    with pytest.raises(InvalidInput, match="name of a board"):
        fields.token(name)


@pytest.mark.parametrize(
    ("said", "kind"),
    [("Full-time", "full-time"), ("FullTime", "full-time"), ("EE Full-Time", "full-time"), ("Intern", "internship")],
)
def test_kinds_of_employment_in_one_spelling(said: str, kind: str) -> None:
    assert fields.employment(said) == kind
