"""Dates as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbot.features.profile.dates import valid
from jobbot.features.profile.understanding.dateranges import find, has_date, is_duration, without

RANGES = [
    ("Analyst, Jan 2020 – Present", "2020-01", "", "Analyst"),
    ("01/2020-03/2022", "2020-01", "2022-03", ""),
    ("2019 — 2021", "2019", "2021", ""),
    ("2018-04 - 2019-08", "2018-04", "2019-08", ""),
    ("Krankenpfleger 03.2015 – heute", "2015-03", "", "Krankenpfleger"),
    ("Sept. 2019 to Mar 2021 (1 year 7 months)", "2019-09", "2021-03", ""),
    ("2019–21", "2019", "2021", ""),
    ("Mai–Juli 2020", "2020-05", "2020-07", ""),
    ("seit 04/2018", "2018-04", "", ""),
    ("1. Februar 2019 bis 31.12.2020", "2019-02-01", "2020-12-31", ""),
    ("Jan '20 - Feb '21", "2020-01", "2021-02", ""),
    ("depuis mars 2020", "2020-03", "", ""),
    ("desde enero de 2017", "2017-01", "", ""),
    ("augusti 2020 – pågående", "2020-08", "", ""),
    ("November 2025 - Present (6 months)", "2025-11", "", ""),
    ("Data Analyst (Trainee)\tNov 2025 – Present", "2025-11", "", "Data Analyst (Trainee)"),
    ("Summer 2019 - Fall 2020", "2019", "2020", ""),
    ("BSc (2013 - 2017)", "2013", "2017", "BSc"),
]


@pytest.mark.parametrize(("text", "start", "end", "rest"), RANGES)
def test_ranges(text: str, start: str, end: str, rest: str) -> None:
    found = find(text)
    assert found is not None
    assert (found.start, found.end, found.single) == (start, end, False)
    assert without(text, found) == rest


@pytest.mark.parametrize(
    "text", ["teams of 5-10 people", "+49 30 2019 2021", "Room 12/4", "grew 20%", "v2.0 - 3.1", "A4"]
)
def test_what_is_no_range(text: str) -> None:
    found = find(text)
    assert found is None or found.single


@pytest.mark.parametrize(("text", "start"), [("June 2015", "2015-06"), ("2015", "2015"), ("(05/2024)", "2024-05")])
def test_a_single_date(text: str, start: str) -> None:
    found = find(text)
    assert found is not None
    assert found.single
    assert found.start == start
    assert find(text, single=False) is None


def test_backwards_is_turned_and_marked() -> None:
    found = find("2021 - 2018")
    assert found is not None
    assert (found.start, found.end, found.sure) == ("2018", "2021", False)


def test_a_sentence_with_a_year_is_not_there_for_its_date() -> None:
    assert has_date("Mar 2019 – Present")
    assert not has_date("Introduced the register in 2019 and taught it to all four wards of the house")


def test_durations() -> None:
    assert is_duration("3 years 2 months")
    assert not is_duration("3 years of Python")


@given(st.text(max_size=80))
def test_any_text_gives_valid_dates_or_none(text: str) -> None:
    found = find(text)
    if found is not None:
        assert valid(found.start)
        assert not found.end or valid(found.end)
        assert 0 <= found.first < found.last <= len(text)
        without(text, found)


@given(
    st.integers(1950, 2049),
    st.integers(1, 12),
    st.sampled_from([" – ", "-", " to ", " bis "]),
    st.integers(0, 9),
    st.booleans(),
)
def test_numbers_come_back(year: int, month: int, dash: str, more: int, dots: bool) -> None:
    mark = "." if dots else "/"
    end = min(year + more, 2049)
    found = find(f"{month:02d}{mark}{year}{dash}12{mark}{end}")
    assert found is not None
    assert (found.start, found.end) == (f"{year}-{month:02d}", f"{end}-12")
