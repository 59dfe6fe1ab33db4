"""Levels and kinds of employment in titles and vendors' words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbot.features.sources.facts.employment import employment_of
from jobbot.features.sources.facts.model import EMPLOYMENTS, SENIORITIES, facts_from
from jobbot.features.sources.facts.read import read
from jobbot.features.sources.facts.seniority import seniority_of


@pytest.mark.parametrize(
    ("title", "level", "words"),
    [
        ("Sr. Software Engineer", "senior", "Sr."),
        ("Senior Product Manager", "senior", "Senior"),
        ("Junior Recruiter", "junior", "Junior"),
        ("Werkstudent (m/w/d) Marketing", "intern", "Werkstudent"),
        ("Stagiaire communication", "intern", "Stagiaire"),
        ("Summer Intern, Design", "intern", "Intern"),
        ("Graduate Engineer", "junior", "Graduate"),
        ("Mid-Level Developer", "mid", "Mid-Level"),
        ("Software Engineer II", "mid", "II"),
        ("Software Engineer III, Data", "senior", "III"),
        ("Staff Engineer", "lead", "Staff"),
        ("Tech Lead", "lead", "Tech Lead"),
        ("Principal Designer", "lead", "Principal"),
        ("Engineering Manager", "manager", "Manager"),
        ("Teamleiterin Vertrieb", "manager", "Teamleiterin"),
        ("Shift Supervisor", "manager", "Supervisor"),
        ("Director, Sales", "director", "Director"),
        ("Head of People", "director", "Head of"),
        ("Assistant Vice President, Risk", "director", "Assistant Vice President"),
        ("VP Sales", "executive", "VP"),
        ("Geschäftsführer (m/w/d)", "executive", "Geschäftsführer"),
        ("Chief Financial Officer", "executive", "Chief Financial Officer"),
        ("Consultor Sênior", "senior", "Sênior"),
    ],
)
def test_levels(title: str, level: str, words: str) -> None:
    assert seniority_of(title) == (level, words)


@pytest.mark.parametrize(
    "title",
    [
        "Nurse",
        "Product Manager",
        "Key Account Manager",
        "Staff Nurse",
        "Lead Generation Specialist",
        "Chief of Staff",
        "Executive Assistant to the CEO",
        "Internal Auditor",
        "International Buyer",
        "Senior Living Aide",
        "Vitamin I",
        "",
    ],
)
def test_trades_are_no_levels(title: str) -> None:
    assert seniority_of(title) in ((None, None), ("junior", "I"))


@pytest.mark.parametrize(
    ("stated", "title", "kind"),
    [
        ("FullTime", "", "full_time"),
        ("FULL_TIME", "", "full_time"),
        ("Vollzeit", "", "full_time"),
        ("Temps plein", "", "full_time"),
        ("Jornada completa", "", "full_time"),
        ("Teilzeit", "", "part_time"),
        ("Contract", "", "contract"),
        ("CDD", "", "contract"),
        ("Befristet", "", "contract"),
        ("Temporary", "", "temporary"),
        ("Per diem", "", "temporary"),
        ("Intern", "", "internship"),
        ("Praktikum", "", "internship"),
        ("Ausbildung", "", "apprenticeship"),
        ("Alternance", "", "apprenticeship"),
        ("Freelance", "", "freelance"),
        ("Ehrenamtlich", "", "volunteer"),
        ("Full-time, Contract", "", "contract"),
        (None, "Nurse (part-time)", "part_time"),
        (None, "Praktikant (m/w/d)", "internship"),
        (None, "Developer (Contract)", "contract"),
        ("Full-time", "Marketing Intern", "full_time"),
        ("Vollzeit oder Teilzeit", "", None),
        ("Permanent", "", None),
        ("Other", "", None),
        (None, "Contract Manager", None),
        (None, "Volunteer Coordinator", None),
        (None, "Stage Manager", None),
        (None, "Internal Auditor", None),
        (None, "", None),
    ],
)
def test_kinds_of_employment(stated: str | None, title: str, kind: str | None) -> None:
    assert employment_of(stated, title) == kind


@given(st.text(max_size=120), st.one_of(st.none(), st.text(max_size=60)), st.lists(st.text(max_size=60), max_size=4))
def test_any_words_give_facts(title: str, stated: str | None, locations: list[str]) -> None:
    facts = read(title, tuple(locations), employment_type=stated, country="Germany")
    assert facts.seniority in (None, *SENIORITIES)
    assert facts.employment in (None, *EMPLOYMENTS)
    assert (facts.seniority is None) == (facts.seniority_words is None)
    assert facts.seniority_words is None or facts.seniority_words in title
    assert {place.raw for place in facts.places} == set(locations)
    assert facts_from(facts.as_dict()) == facts
