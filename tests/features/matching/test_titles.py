"""Titles and levels."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbot.features.matching import seniority, titles
from jobbot.kernel.fact import Fact, FactKind
from jobbot.kernel.ids import FactId


@pytest.mark.parametrize(
    ("title", "role", "level"),
    [
        ("Sr. Front-End Developer (Berlin)", ("frontend", "engineer"), 3.0),
        ("Product Analyst Intern", ("product", "analyst"), 0.0),
        ("Manager, Technical Recruiting", ("technical", "recruiter", "manager"), 3.8),
        ("Account Executive | Mid-Market", ("account", "executive"), 2.0),
        ("Head of Finance", ("head", "finance"), 5.0),
        ("Chief Financial Officer", ("head", "finance"), 6.0),
        ("Senior Product Manager", ("product", "manager"), 3.0),
        ("Registered Nurse (RN) - ICU", ("registered", "nurse"), 2.0),
    ],
)
def test_role_and_level(title: str, role: tuple[str, ...], level: float) -> None:
    found = titles.read(title)
    assert (found.role, found.level) == (role, level)


def near(one: str, other: str) -> float:
    return titles.nearness(titles.read(one), titles.read(other))


def test_the_same_role_at_another_level_is_the_same_role() -> None:
    assert near("Senior Technical Recruiter", "Technical Recruiter") == 1.0
    assert near("HR Business Partner", "People Partner") == 1.0


def test_shared_everyday_words_count_less_than_the_craft() -> None:
    assert near("Manufacturing Engineer", "Production Engineer") > near("Manufacturing Engineer", "Software Engineer")


@given(st.text(max_size=250), st.text(max_size=60))
def test_any_title_is_read_and_nearness_is_symmetric_enough(one: str, other: str) -> None:
    assert 0.0 <= near(one, other) <= 1.0


def role(start: str, end: str = "", position: str = "Nurse") -> Fact:
    return Fact(FactId("f"), FactKind.ROLE, "/work/0", position, position=position, start=start, end=end)


def test_years_count_overlaps_once_and_open_roles_until_today() -> None:
    today = date(2026, 1, 31)
    assert seniority.years_worked([role("2024-02", "2026-01")], today) == 2
    assert seniority.years_worked([role("2024-02", "2026-01"), role("2025-01", "2026-01")], today) == 2
    assert seniority.years_worked([role("2025-02")], today) == 1
    assert seniority.years_worked([role("")], today) == 0
    assert seniority.years_worked([role("2025-02", position="Nursing intern")], today) == 0.5


def test_who_leads_is_not_offered_junior_posts_for_having_few_years() -> None:
    leader = seniority.standing([titles.read("Head of Finance")], [], 4.0)
    assert seniority.closeness(seniority.level_of(titles.read("Junior Accountant"), None)[0], leader) == 0.0
    assert seniority.closeness(seniority.level_of(titles.read("Finance Director"), None)[0], leader) == 1.0


def test_a_posting_without_a_level_is_open_to_a_range() -> None:
    (low, high), why = seniority.level_of(titles.read("Nurse"), 5.0)
    assert low < high
    assert "5 years asked" in why


def test_a_level_further_away_never_counts_more() -> None:
    own = seniority.Standing(2.0, 3.0, 5.0)
    up = [seniority.closeness((3.0 + step / 10,) * 2, own) for step in range(40)]
    down = [seniority.closeness((2.0 - step / 10,) * 2, own) for step in range(21)]
    assert up == sorted(up, reverse=True)
    assert down == sorted(down, reverse=True)
    assert up[0] == down[0] == 1.0
