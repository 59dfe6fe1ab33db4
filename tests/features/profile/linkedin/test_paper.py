"""LinkedIn's own PDF: recognised, cut at its sidebar, read by the sizes of its type (papers.py says what it proves)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from evals import cv_layouts, cvs
from hypothesis import given, settings
from hypothesis import strategies as st

from jobbot.features.profile.importer import read_bytes
from jobbot.features.profile.linkedin.paper import understand
from jobbot.features.profile.merge import merge
from jobbot.features.profile.reading.lines import Line, Pages, placed
from jobbot.features.profile.schema import check

from .papers import ENGLISH, FRENCH, GERMAN, SPANISH, TOLD, Look, Words, awkward, paper, truth
from .samples import NAME, export

LOOKS = {
    "plain": Look(),
    "smaller": Look(name=22, heading=14, company=10.8, title=10.3, body=9.4),
    "two pages": Look(pages=2),
    "A4": Look(page=(595, 842)),
    "Times": Look(font="Times-Roman"),
    "no footer": Look(footer=False),
    "no address": Look(address=False),
}


def expected(look: Look, words: Words = ENGLISH) -> dict[str, Any]:
    resume = truth(words)
    if not look.address:
        del resume["basics"]["profiles"]
    return resume


@pytest.mark.parametrize("name", LOOKS)
def test_every_look_is_read_field_by_field(name: str) -> None:
    imported = read_bytes(paper(ENGLISH, LOOKS[name]), "Profile.pdf")
    assert imported.kind == "linkedin-pdf"
    assert imported.resume == expected(LOOKS[name])
    assert [finding for finding in check(imported.resume) if not finding.warning] == []
    assert imported.unused == ()


@pytest.mark.parametrize("words", [GERMAN, FRENCH, SPANISH], ids=["German", "French", "Spanish"])
def test_headings_and_months_of_other_languages(words: Words) -> None:
    imported = read_bytes(paper(words), "Profile.pdf")
    assert imported.kind == "linkedin-pdf"
    assert imported.resume == truth(words)


def test_every_value_says_its_page_and_the_archive_is_recommended() -> None:
    imported = read_bytes(paper(ENGLISH, Look(pages=2)), "Profile.pdf")
    pages = {read.pointer: read.source.page for read in imported.read}
    assert pages["/work/0/name"] == 1
    assert pages["/work/2/name"] == 2
    assert pages["/basics/email"] == 1
    assert any("three skills" in note for note in imported.notes)


def test_a_company_that_the_type_does_not_tell_is_unsure() -> None:
    imported = read_bytes(paper(ENGLISH, Look(title=12)), "Profile.pdf")
    assert [(item["name"], item["position"]) for item in imported.resume["work"]] == [
        ("Region Syd", "Team Lead"),
        ("Region Syd", "Staff Nurse, Stroke Unit"),
        ("Hill & Dale Clinic", "Nurse"),
    ]
    unsure = {read.pointer for read in imported.unsure}
    assert {"/work/2/name", "/work/2/position"} <= unsure
    assert "/work/0/name" not in unsure


def test_without_sizes_the_reader_of_any_cv_takes_over() -> None:
    flat = Look(company=10.5, title=10.5, body=10.5)
    imported = read_bytes(paper(ENGLISH, flat), "Profile.pdf")
    assert imported.kind == "pdf"
    assert imported.resume["basics"]["name"] == "Mara Lindqvist"


@pytest.mark.parametrize("layout", [cv_layouts.chronological, cv_layouts.sidebar])
def test_other_papers_are_not_taken_for_it(layout: Any) -> None:
    name, data = layout(cvs.NURSE)
    assert read_bytes(data, name).kind == "pdf"


def test_neither_address_nor_footer_is_not_enough() -> None:
    imported = read_bytes(paper(ENGLISH, Look(address=False, footer=False)), "Profile.pdf")
    assert imported.kind == "pdf"


def test_the_archive_after_the_pdf_completes_it() -> None:
    own = read_bytes(paper(), "Profile.pdf").resume
    made = merge(own, read_bytes(export(), NAME).resume)
    assert [item["position"] for item in made.resume["work"]][:2] == ["Team Lead", "Staff Nurse, Stroke Unit"]
    assert made.resume["work"][2]["startDate"] == "2016-05"
    assert len(made.resume["work"]) == 3
    assert len(made.resume["education"]) == 2
    kept = {row["pointer"]: (row["kept"], row["found"]) for row in made.conflicts}
    assert kept["/work/2/startDate"] == ("2016-05", "2016-02")
    assert made.resume["languages"][0]["fluency"] == "Native or Bilingual"
    assert not any(pointer.endswith("/fluency") for pointer in kept), "the same level, told longer, is no conflict"


def test_a_look_with_everything_tiny_is_still_a_look() -> None:
    look = replace(Look(), company=11, title=10.6, body=10.3)
    assert read_bytes(paper(ENGLISH, look), "Profile.pdf").resume["work"] == truth(ENGLISH)["work"]


TEXTS = [
    *("Experience", "Education", "Summary", "Contact", "Top Skills", "Languages", "Certifications", "Mara Lindqvist"),
    *("January 2020 - Present (2 years)", "2019 - 2017", "2013", "3 years 2 months", "Degree, Field · (2013 - 2016)"),
    *(
        "· (x 2013)",
        "Malmö, Sweden",
        "www.linkedin.com/in/a-",
        "(LinkedIn)",
        "mara@example.org",
        "did this and",
        "-",
        "(",
    ),
]
LINES = st.builds(
    Line,
    text=st.sampled_from(TEXTS),
    page=st.integers(1, 3),
    size=st.sampled_from([9.0, 10.5, 11.5, 12.0, 15.8, 26.0]),
    full=st.booleans(),
    gap=st.sampled_from([0.0, 0.3, 1.0, 2.0]),
    mark=st.sampled_from(["", "•", "-"]),
    flow=st.integers(0, 1),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=30))
def test_any_lines_are_read_or_left_to_the_other_reader(lines: list[Line]) -> None:
    made = understand(Pages(placed(lines), layout="linkedin"))
    if made is not None:
        assert [finding for finding in check(made.resume) if not finding.warning] == []
        assert merge(made.resume, made.resume).resume == made.resume


def test_what_breaks_simple_readers() -> None:
    imported = read_bytes(awkward(), "Profile.pdf")
    assert imported.kind == "linkedin-pdf"
    resume = imported.resume
    assert resume["basics"] == {
        "name": "Mara Elisabet Lindqvist-Ekström",
        "location": {"countryCode": "SE"},
        "profiles": [{"network": "LinkedIn", "username": "mara-l", "url": "https://www.linkedin.com/in/mara-l"}],
    }
    assert resume["work"] == [
        {
            "name": "The Regional Hospital Trust of Southern Scania and the Islands, Unit for Stroke",
            "position": "Deputy Head Nurse with Responsibility for the Night Teams of Three Wards",
            "startDate": "2019",
            "summary": "Education",
            "highlights": [
                "Taught 40 new colleagues to read an early warning score before the second night.",
                "Wrote the plan.",
            ],
        },
        {
            "name": "Clinic",
            "location": "Remote",
            "position": "Nurse",
            "startDate": "2018",
            "endDate": "2018",
            "summary": f"{TOLD} {TOLD.replace('Worked', 'I worked')}",
        },
    ]
    assert resume["education"] == [
        {"institution": "A School of Nursing and Midwifery with a Name that Needs Two Lines, Malmö"},
        {"institution": "Evening School", "studyType": "Certificate", "endDate": "2010"},
    ]
    assert resume["skills"] == [
        {"name": "Skills", "keywords": ["Early Recognition of Stroke and of Sepsis on Wards", "Experience"]}
    ]
    assert resume["certificates"] == [{"name": "Advanced Life Support"}]
