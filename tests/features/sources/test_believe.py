"""Dates that are believed, and pay without a currency."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from jobbot.features.sources.boards.lever import SOURCE as LEVER
from jobbot.features.sources.model import Posting
from jobbot.features.sources.normalise import normalise
from jobbot.kernel.money import Salary
from jobbot.sdk import BoardRef, RawPosting

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
RAW = RawPosting("42", "Welder", html="<p>We build ferries.</p>", locations=("Gdańsk, Poland",))


def read(**more: Any) -> Posting:
    return normalise(replace(RAW, **more), BoardRef("lever", "Harbourline"), LEVER.card, "Harbourline", now=NOW)


@pytest.mark.parametrize(
    "moment", [datetime(1970, 1, 1, tzinfo=UTC), datetime(1, 1, 1, tzinfo=UTC), datetime(1994, 12, 31, tzinfo=UTC)]
)
def test_a_date_that_stands_for_none_is_none(moment: datetime) -> None:
    posting = read(posted_at=moment)
    assert posting.posted_at is None
    assert posting.notes == (f"its date, {moment.date()}, stands for none and was left out",)


@pytest.mark.parametrize("moment", [datetime(9999, 12, 31, tzinfo=UTC), NOW + timedelta(days=3)])
def test_what_is_still_to_come_has_not_been_posted(moment: datetime) -> None:
    posting = read(posted_at=moment)
    assert posting.posted_at is None
    assert "still to come" in posting.notes[0]


def test_a_day_that_began_earlier_elsewhere_is_believed() -> None:
    tomorrow = NOW + timedelta(days=1)
    assert read(posted_at=tomorrow).posted_at == tomorrow


def test_an_end_of_the_year_9999_is_no_end() -> None:
    assert read(closes_at=datetime(9999, 12, 31, tzinfo=UTC)).closes_at is None
    assert read(closes_at=NOW + timedelta(days=30)).closes_at == NOW + timedelta(days=30)


def test_words_count_back_from_when_the_board_was_read() -> None:
    assert read(posted="2 days ago").posted_at == datetime(2026, 11, 18, tzinfo=UTC)
    refused = read(posted="03/04/2026")
    assert refused.posted_at is None
    assert "may be two days" in refused.notes[0]


def test_pay_without_a_currency_gets_that_of_the_only_country_and_says_so() -> None:
    (salary,) = read(salaries=(Salary(8000, 9000, None, "month", "8-9k"),)).salaries
    assert (salary.currency, salary.predicted, salary.raw) == ("PLN", True, "8-9k")
    assert salary.label == "currency taken from the country, PL"


@pytest.mark.parametrize("locations", [(), ("Cambridge",), ("Gdańsk, Poland", "Berlin, Germany"), ("Remote",)])
def test_without_one_country_no_currency_is_made_up(locations: tuple[str, ...]) -> None:
    (salary,) = read(salaries=(Salary(25, 25, None, "hour", "25 per hour"),), locations=locations).salaries
    assert (salary.currency, salary.predicted, salary.label) == (None, False, None)


def test_a_currency_that_was_made_up_is_no_change_of_the_posting() -> None:
    pay = (Salary(8000, 9000, None, "month", "8-9k"),)
    one, other = read(salaries=pay), read(salaries=pay, country="PL")
    assert one.content_hash == other.content_hash


def test_pay_in_the_vendors_words() -> None:
    (salary,) = read(pay="80-95K").salaries
    assert (salary.min, salary.max, salary.currency, salary.raw) == (80_000, 95_000, "PLN", "80-95K")
    (dollars,) = read(pay="$80k", locations=("Toronto, Canada",)).salaries
    assert (dollars.currency, dollars.predicted) == ("CAD", False)


def test_pay_of_a_text_is_read_in_swiss_notation_and_in_the_dollars_of_the_country() -> None:
    (francs,) = read(html="<p>Your salary: CHF 120'000 - 140'000 a year</p>").salaries
    assert (francs.min, francs.max, francs.currency, francs.period) == (120_000, 140_000, "CHF", "year")
    toronto = read(html="<p>The salary is $90,000 - $110,000 a year</p>", locations=("Toronto, Canada",)).salaries
    assert [salary.currency for salary in toronto] == ["CAD"]


def test_facts_stand_beside_the_words() -> None:
    posting = read(title="Senior Welder (Vollzeit)", employment_type="Festanstellung")
    assert posting.locations == ("Gdańsk, Poland",)
    assert posting.employment_type == "Festanstellung"
    assert [place.country for place in posting.facts.places] == ["PL"]
    assert (posting.facts.seniority, posting.facts.employment) == ("senior", "full_time")
