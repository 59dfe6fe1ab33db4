"""The extractor: exact quotes on any text, linear time, boundaries, cases and contexts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobbot.features.skills.extract import Extractor
from jobbot.features.skills.model import Extraction, Polarity
from jobbot.features.skills.taxonomy import load_core

EXTRACTOR = Extractor(load_core())
_PIECES = """
Requirements • - Python Go C++ C# .NET Node.js R&D 5+ years or and , ; . ( ) / ideally must preferred no required
Bachelor's degree fluent German B2 nurse İstanbul ﬁnance 护士 ß 3-5 Benefits: 401k
"""
WORDS = st.sampled_from([*_PIECES.split(), "\n", "\t", "\r\n", "\u200b", "\u00a0", "\U0001f600", ""])
LISTS = st.lists(WORDS, max_size=60)
ANY = st.one_of(st.text(max_size=400), LISTS.map(" ".join), LISTS.map("".join))


def labels(text: str) -> set[str]:
    return {mention.skill.label for mention in EXTRACTOR.skills(text)}


def assert_exact(text: str, extraction: Extraction) -> None:
    ends = 0
    for mention in extraction.skills:
        assert mention.evidence.holds_in(text)
        assert mention.evidence.quote
        assert mention.evidence.start >= ends
        ends = mention.evidence.end
    for requirement in extraction.requirements:
        assert requirement.evidence.holds_in(text)
        assert requirement.evidence.quote.strip()
        for mention in requirement.skills:
            assert requirement.evidence.start <= mention.evidence.start
            assert mention.evidence.end <= requirement.evidence.end
            assert mention.evidence.holds_in(text)


@settings(max_examples=400, deadline=None)
@given(ANY)
def test_every_quote_is_exactly_what_stands_there(text: str) -> None:
    extraction = EXTRACTOR.extract(text)
    assert_exact(text, extraction)
    assert [m.evidence for m in EXTRACTOR.skills(text)] == [m.evidence for m in extraction.skills]
    json.dumps(extraction.as_dict("x"))


@settings(max_examples=60, deadline=None)
@given(ANY)
def test_the_same_text_gives_the_same_answer(text: str) -> None:
    assert EXTRACTOR.extract(text) == EXTRACTOR.extract(text)


def adverts(shared: Path) -> Iterator[str]:
    for path in sorted((shared / "data" / "judged" / "postings").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)["description"]


@pytest.mark.shared
def test_quotes_hold_on_real_adverts(shared: Path) -> None:
    with_requirements = total = 0
    for text in adverts(shared):
        extraction = EXTRACTOR.extract(text)
        assert_exact(text, extraction)
        total += 1
        with_requirements += bool(extraction.requirements)
    assert with_requirements / total > 0.9


@pytest.mark.timeout(60)  # a second or two; what grows with the square would not come back
@pytest.mark.parametrize(
    "unit",  # what an advert may be stuffed with
    [
        "(",
        "((((a",
        "[",
        "• ",
        "Python or ",
        "5+ years ",
        "a. ",
        "A. B. ",
        " ",
        "\n",
        "must ",
        "ideally (",
        "Requirements: ",
        ":",
        "A: ",
        "AB ",
        "SKILLS YOU NEED ",
        "year ",
        "  A",
        "x",
    ],
)
def test_long_repetitions_come_back(unit: str) -> None:
    text = (unit * (200_000 // len(unit) + 1))[:200_000]
    found = EXTRACTOR.extract(text)
    assert all(r.evidence.holds_in(text) for r in found.requirements)


@pytest.mark.parametrize(
    ("text", "present", "absent"),
    [
        ("C++ and C#, .NET or Node.js.", {"C++", "C#", ".NET", "Node.js"}, {"C"}),
        ("Experience with C, Go and R.", {"C", "Go", "R"}, set()),
        ("Go to our site, R U ready, C you", set(), {"Go", "R", "C"}),
        ("go-to-market and R&D, C-level, C. Smith", set(), {"Go", "R", "C"}),
        ("Excel at work. Access to care. Swift answers. A word.", set(), {"Excel", "Microsoft Access", "Swift"}),
        ("Proficient in Word, Excel and Outlook", {"Microsoft Word", "Excel", "Microsoft Outlook"}, set()),
        ("it is our hr dream", set(), {"Information technology", "Human resources"}),
        ("JOIN US AND MAKE IT HAPPEN TODAY", set(), {"Information technology"}),
        ("IT and HR", {"Information technology", "Human resources"}, set()),
        ("javascripting, pythonic, goal, sapphire", set(), {"JavaScript", "Python", "SAP"}),
        ("Nurse and data pipelines", {"Nursing"}, set()),
        ("organisational design, labor law, aluminium mould", {"Organisational development", "Employment law"}, set()),
        ("Health & Safety", {"Health and safety"}, set()),
        ("R & D budgets", set(), {"R"}),
        ("the German market and our French office", set(), {"German", "French"}),
        ("Spring Boot, or Rust; Ray", {"Spring Boot"}, set()),
        ("Cafés, résumés: Buchführung, Krankenpflege", {"Nursing"}, set()),
    ],
)  # fmt: skip
def test_boundaries_cases_and_contexts(text: str, present: set[str], absent: set[str]) -> None:
    found = labels(text)
    assert present <= found
    assert not absent & found


def test_the_longest_name_wins() -> None:
    quotes = [m.evidence.quote for m in EXTRACTOR.skills("machine learning operations with Google Cloud Platform")]
    assert quotes == ["machine learning operations", "Google Cloud Platform"]


def test_names_do_not_run_across_lines() -> None:
    assert "Data analysis" not in labels("• data\nanalysis")


def test_headings_do_not_run_across_lines() -> None:
    (asked,) = EXTRACTOR.extract("Preferred Qualifications\n\u2022 Experience with SaaS").requirements
    assert asked.polarity is Polarity.NICE


def test_what_an_employer_says_of_itself_counts_half() -> None:
    extraction = EXTRACTOR.extract("Benefits\n• Python courses for everybody\nRequirements\n• Python")
    assert [m.confidence for m in extraction.skills if m.skill.label == "Python"] == [0.5, 1.0]


def test_an_empty_text_asks_for_nothing() -> None:
    assert EXTRACTOR.extract("") == Extraction()


@pytest.mark.parametrize(
    "text", ["Kubernetes is a plus.", "German B2 is a plus.", "You must have SQL. Kubernetes would be a plus."]
)
def test_a_skill_that_is_a_plus_is_nice_to_have_under_no_heading(text: str) -> None:
    asked = [r for r in EXTRACTOR.extract(text).requirements if r.polarity.value == "nice"]
    assert [r.evidence.quote for r in asked] == [text.rpartition("SQL. ")[2]]


def musts(text: str) -> list[str]:
    asked = EXTRACTOR.extract(text).requirements
    return [r.evidence.quote for r in asked if r.polarity is Polarity.MUST and not r.negated]


def test_lines_under_a_heading_are_items_without_signs() -> None:
    text = "Requirements\nReliable transportation\nProfessional appearance\nOur snacks are famous\nBenefits\nA desk"
    assert musts(text) == ["Reliable transportation", "Professional appearance"]


def test_an_employer_named_in_a_heading_tells_of_itself() -> None:
    listed = "Requirements:\n- Python\n"
    assert musts(f"{listed}About Acme Robotics\nWe sell Java and Kubernetes courses to schools.") == ["Python"]
    filler = "This role needs experience of three years with Python and SQL in a team that ships often. " * 4
    assert "Acme makes Docker images for ships" not in " ".join(
        musts(f"Requirements: {filler}About Acme Acme makes Docker images for ships.")
    )


@pytest.mark.parametrize("said", ["You will build pipelines in Python", "In this role Python is at the heart of it"])
def test_what_is_told_after_a_list_is_not_asked(said: str) -> None:
    assert not EXTRACTOR.extract(f"Preferred qualifications:\n- SQL\n\n{said}. It is a long day.").requirements[1:]


def test_a_right_to_work_without_sponsorship_is_asked_for() -> None:
    text = "Requirements:\n- You must have the legal right to work here, without the need for visa sponsorship"
    assert len(musts(text)) == 1


def test_what_you_should_be_in_running_text_is_asked() -> None:
    text = "Greet people. " * 24 + "You should: Be proficient in the local language. You can: Work in a team."
    assert len(musts(text)) == 2
