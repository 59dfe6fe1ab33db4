"""Strategies of valid JSON Resumes."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from jobbot.features.profile.schema import DATE, TABLE

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
DAYS = st.dates().filter(lambda day: 1000 <= day.year < 3000).map(lambda day: day.isoformat())
PARTIAL = st.tuples(DAYS, st.sampled_from([4, 7, 10])).map(lambda pair: pair[0][: pair[1]])
EXTRA = st.dictionaries(
    st.text("xyz-", min_size=2, max_size=6).map(lambda name: f"x-{name}"),
    st.recursive(WORDS | st.integers(-9, 9) | st.none(), lambda inner: st.lists(inner, max_size=2), max_leaves=3),
    max_size=1,
)


def of(shape: Any) -> st.SearchStrategy[Any]:
    """Values of one shape of the schema's table."""
    if isinstance(shape, list):
        return st.lists(of(shape[0]), max_size=2)
    if isinstance(shape, dict):
        known = st.fixed_dictionaries({}, optional={key: of(child) for key, child in shape.items()})
        return st.builds(_joined, known, EXTRA).map(_ordered)
    return PARTIAL if shape == DATE else WORDS


def _joined(known: dict[str, Any], extra: dict[str, Any]) -> dict[str, Any]:
    return {**known, **extra}


def _ordered(value: dict[str, Any]) -> dict[str, Any]:
    """Start before end, so that the document is valid."""
    start, end = value.get("startDate"), value.get("endDate")
    if isinstance(start, str) and isinstance(end, str):
        size = min(len(start), len(end))
        if end[:size] < start[:size]:
            value["startDate"], value["endDate"] = end, start
    return value


RESUMES = of(TABLE)
