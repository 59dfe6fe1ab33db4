"""Facts: exact words, right pointers, ids that stay."""

from __future__ import annotations

import copy
import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from jobbot.features.profile.facts import facts_of
from jobbot.features.profile.positions import resolve
from jobbot.features.profile.sentences import sentences, states_achievement
from jobbot.kernel.fact import Fact, FactKind

_SPEC = importlib.util.spec_from_file_location("resumes", Path(__file__).with_name("resumes.py"))
assert _SPEC is not None
assert _SPEC.loader is not None
resumes = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(resumes)

RESUME: dict[str, Any] = {
    "basics": {
        "name": "Ola Brandt",
        "label": "Baker",
        "email": "ola@example.org",
        "summary": "Baker with ten years at night. Runs a crew of 6, e.g. on market days.",
        "location": {"city": "Riga", "countryCode": "LV"},
        "profiles": [{"network": "LinkedIn", "url": "https://linkedin.example/ola"}],
    },
    "work": [
        {
            "name": "Rye & Co",
            "position": "Head baker",
            "startDate": "2019-02",
            "summary": "A family bakery. Cut waste by 40% in a year. Laid off when the shop closed.",
            "highlights": ["Baked 900 loaves a night", "Trained two apprentices"],
        },
        {
            "name": "Old Mill",
            "position": "Baker",
            "startDate": "2014",
            "endDate": "2019-01",
            "highlights": ["Opened the second shop"],
        },
    ],
    "education": [{"institution": "Trade School", "studyType": "Apprenticeship", "area": "Baking", "endDate": "2014"}],
    "skills": [{"name": "Baking", "level": "Master", "keywords": ["Sourdough", "Rye"]}, {"name": "Bookkeeping"}],
    "languages": [{"language": "Latvian", "fluency": "Native"}],
    "certificates": [{"name": "Food hygiene", "issuer": "City", "date": "2020-05"}],
}


def by_pointer(facts: tuple[Fact, ...]) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        found.setdefault(fact.pointer, []).append(fact)
    return found


def test_a_bullet_knows_its_role() -> None:
    fact = by_pointer(facts_of(RESUME))["/work/1/highlights/0"][0]
    assert fact.wording == "Opened the second shop"
    assert (fact.kind, fact.group, fact.organisation, fact.position) == (
        FactKind.BULLET,
        "/work/1",
        "Old Mill",
        "Baker",
    )
    assert (fact.start, fact.end) == ("2014", "2019-01")


def test_heads_skills_and_dated_things() -> None:
    facts = by_pointer(facts_of(RESUME))
    assert facts["/work/0"][0].wording == "Head baker, Rye & Co"
    assert facts["/work/0"][0].end == ""
    assert facts["/education/0"][0].wording == "Apprenticeship, Baking, Trade School"
    assert dict(facts["/skills/0/keywords/1"][0].attributes) == {"group": "Baking", "level": "Master"}
    assert facts["/skills/1/name"][0].wording == "Bookkeeping"
    certificate = facts["/certificates/0"][0]
    assert (certificate.organisation, certificate.start, certificate.end) == ("City", "2020-05", "2020-05")
    assert dict(facts["/basics/location"][0].attributes)["city"] == "Riga"


def test_sentences_of_a_summary_point_into_it() -> None:
    summary = by_pointer(facts_of(RESUME))["/basics/summary"]
    assert [fact.wording for fact in summary] == [
        "Baker with ten years at night.",
        "Runs a crew of 6, e.g. on market days.",
    ]
    for fact in summary:
        offsets = dict(fact.attributes)
        assert RESUME["basics"]["summary"][int(offsets["start"]) : int(offsets["end"])] == fact.wording


def test_achievements_of_a_role_are_bullets_and_its_end_is_no_fact() -> None:
    told = by_pointer(facts_of(RESUME))["/work/0/summary"]
    assert [(fact.kind, fact.wording) for fact in told] == [
        (FactKind.SUMMARY, "A family bakery."),
        (FactKind.BULLET, "Cut waste by 40% in a year."),
    ]
    assert all(fact.group == "/work/0" for fact in told)


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(resumes.RESUMES)
def test_wording_stands_at_its_pointer_and_ids_are_unique_and_stable(resume: dict[str, Any]) -> None:
    facts = facts_of(resume)
    assert len({fact.id for fact in facts}) == len(facts)
    for fact in facts:
        value = resolve(resume, fact.pointer)
        if isinstance(value, str):
            offsets = dict(fact.attributes)
            inside = value[int(offsets["start"]) : int(offsets["end"])] if "start" in offsets else value
            assert fact.wording == inside
    assert facts_of(resume, facts) == facts
    assert facts_of(json.loads(json.dumps(resume)), ()) == facts


def test_reordered_content_keeps_its_ids() -> None:
    before = facts_of(RESUME)
    moved = copy.deepcopy(RESUME)
    moved["work"].reverse()
    moved["work"][1]["highlights"].reverse()
    moved["skills"].reverse()
    after = facts_of(moved, before)
    assert {fact.id: fact.wording for fact in after} == {fact.id: fact.wording for fact in before}


def test_an_edited_line_keeps_its_id_and_a_new_one_gets_one() -> None:
    before = facts_of(RESUME)
    edited = copy.deepcopy(RESUME)
    edited["work"][0]["highlights"] = ["Founded a night school", "Baked 950 loaves a night", "Trained two apprentices"]
    after = by_pointer(facts_of(edited, before))
    old = by_pointer(before)
    assert after["/work/0/highlights/1"][0].id == old["/work/0/highlights/0"][0].id
    assert after["/work/0/highlights/2"][0].id == old["/work/0/highlights/1"][0].id
    assert after["/work/0/highlights/0"][0].id not in {fact.id for fact in before}


def test_a_similar_line_of_another_role_is_another_fact() -> None:
    before = facts_of(RESUME)
    changed = copy.deepcopy(RESUME)
    changed["work"][0]["highlights"] = []
    changed["work"][1]["highlights"].append("Baked 950 loaves a night")
    after = by_pointer(facts_of(changed, before))
    assert after["/work/1/highlights/1"][0].id not in {fact.id for fact in before}


def test_a_renamed_employer_keeps_the_ids_of_its_role() -> None:
    before = facts_of(RESUME)
    renamed = copy.deepcopy(RESUME)
    renamed["work"][0]["name"] = "Rye and Company Ltd"
    after = facts_of(renamed, before)
    assert [fact.id for fact in after] == [fact.id for fact in before]


def test_a_line_that_was_edited_and_written_anew_are_two() -> None:
    before = facts_of(RESUME)
    edited = copy.deepcopy(RESUME)
    edited["work"][0]["highlights"][0] = "Baked 950 loaves a night"
    middle = facts_of(edited, before)
    edited["work"][0]["highlights"].append("Baked 900 loaves a night")
    after = facts_of(edited, middle)
    assert len({fact.id for fact in after}) == len(after)


def test_the_same_line_twice_is_two_facts() -> None:
    facts = facts_of({"work": [{"name": "A", "highlights": ["Same", "Same"]}]})
    assert len({fact.id for fact in facts}) == len(facts) == 3


@pytest.mark.timeout(60)
def test_three_hundred_edited_bullets_are_told_apart() -> None:
    lines = [f"Did thing number {n} for team {n % 7} with {n * 3} people in place {n % 11}" for n in range(300)]
    before = facts_of({"work": [{"name": "A", "position": "B", "highlights": lines}]})
    edited = [line.replace("people", "persons") if n % 5 else line for n, line in enumerate(lines)]
    after = facts_of({"work": [{"name": "A", "position": "B", "highlights": edited}]}, before)
    assert len(after) == 301


def test_odd_documents_give_no_facts_and_no_error() -> None:
    for odd in (None, [], "x", {"work": {}}, {"work": [None, 3, {"name": 4, "highlights": {}}]}, {"basics": []}):
        assert all(fact.kind is FactKind.ROLE for fact in facts_of(odd))


def test_sentences_do_not_break_at_abbreviations() -> None:
    text = "Worked with Dr. Vane at approx. 3.5 MW plants. Won twice!\n• Second line"
    assert [span.of(text) for span in sentences(text)] == [
        "Worked with Dr. Vane at approx. 3.5 MW plants.",
        "Won twice!",
        "Second line",
    ]


def test_what_states_an_achievement() -> None:
    assert states_achievement("Led a team of nine")
    assert states_achievement("Together we reduced scrap and saved 200k")
    assert not states_achievement("Series C company, 280 people")
    assert not states_achievement("Laid off with 40% of the team")
