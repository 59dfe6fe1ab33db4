"""Occupations of job titles."""

from __future__ import annotations

import pytest

from jobbot.features.skills.taxonomy import Taxonomy, load_core


@pytest.fixture(scope="module")
def core() -> Taxonomy:
    return load_core()


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("Senior Frontend Engineer (m/f/d)", "Front-end developer"),
        ("Staff Nurse - ICU, Nights", "Critical care nurse"),
        ("RN", "Registered nurse"),
        ("Sr. Technical Recruiter (Temporary)", "Recruiter"),
        ("HGV Class 1 Driver", "Truck driver"),
        ("Head of Finance", "Finance manager"),
        ("Junior Data Analyst, Marketing", "Data analyst"),
        ("Kfz-Mechatroniker (m/w/d)", "Automotive mechanic"),
        ("Enterprise Account Executive, DACH", "Account executive"),
        ("Hospital Pharmacist", "Pharmacist"),
        ("Mechanical Design Engineer II", "Mechanical engineer"),
        ("Programme Officer", "Programme manager"),
        ("organisational change consultant", "Change manager"),
    ],
)
def test_the_best_occupation(core: Taxonomy, title: str, label: str) -> None:
    ranked = core.occupations(title)
    assert ranked[0][1] == label
    assert 0.5 < ranked[0][2] <= 1.0


def test_ten_or_more_best_first_for_anything(core: Taxonomy) -> None:
    for title in ("Registered Nurse", "zzz", "", "(" * 5000, "護士"):
        ranked = core.occupations(title)
        assert len(ranked) >= 10
        scores = [score for _, _, score in ranked]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)
        assert len({uri for uri, _, _ in ranked}) == len(ranked)


def test_level_counts_little(core: Taxonomy) -> None:
    plain, senior = core.occupations("Pharmacist")[0], core.occupations("Lead Pharmacist")[0]
    assert plain[:2] == senior[:2]
    assert senior[2] > 0.8


def test_every_title_finds_its_own_occupation_among_the_best_three(core: Taxonomy) -> None:
    missed = [
        (title, occupation.label)
        for occupation in core.all_occupations
        for title in (occupation.label, *occupation.titles)
        if occupation.label not in [label for _, label, _ in core.occupations(title)[:3]]
    ]
    assert len(missed) <= 8, missed


def test_an_occupation_by_uri(core: Taxonomy) -> None:
    uri, label, _ = core.occupations("Nanny")[0]
    occupation = core.occupation(uri)
    assert occupation is not None
    assert occupation.label == label
    assert occupation.field
    assert core.occupation("urn:jobbot:occupation:none") is None
