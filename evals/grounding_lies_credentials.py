"""Lies about degrees, schools, titles, skills and years: every one must be caught. Not an eval itself."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from evals.grounding_lies import Mutant, bullets, operator, swaps, table
from evals.grounding_lines import Case, Person
from jobbot.kernel.fact import FactKind

_POSTED = (
    *("Rust", "Terraform", "Epic", "IFRS 17", "Forklift licence"),
    *("terraform", "HAZOP", "Six Sigma Black Belt", "Kotlin"),
)
_DEGREES = """
BSc>MSc, BA>MA, PGCE>MEd, Licence>Master, Diploma>Bachelor, Higher Diploma>Bachelor, Degree>Master,
Apprenticeship>Diploma, Journeyman's certificate>Master craftsman
"""


@operator(hard=True)
def years_summed(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    fact = case.facts[0]
    if fact.kind in (FactKind.ROLE, FactKind.SKILL) and case.form in ("verbatim", "fields", "skills"):
        years = chance.randint(3, 15)
        yield f"{years} years as {fact.wording}", case.facts
        yield f"{fact.wording} ({years} years)", case.facts
        yield f"{case.text}, over {years} years of experience", case.facts


@operator(hard=True)
def degree_raised(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    if case.facts[0].kind is FactKind.EDUCATION:
        yield from swaps(case, table(_DEGREES))
        study = dict(case.facts[0].attributes)["studyType"]
        yield case.text.replace(study, "PhD"), case.facts
        yield case.text.replace(f"{study}, ", ""), case.facts
        yield f"{case.text}, with distinction", case.facts
        yield case.text.replace(study, f"{study} (Hons)"), case.facts


@operator(hard=True)
def school_changed(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    fact = case.facts[0]
    if fact.kind is FactKind.EDUCATION:
        yield case.text.replace(fact.organisation, "University of Oxford"), case.facts
        yield case.text.replace(dict(fact.attributes)["area"], "Medicine"), case.facts


@operator(hard=True)
def title_of_another_role(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    mine = case.facts[0]
    for other in person.of(FactKind.ROLE):
        if mine.position and other.position != mine.position and mine.position in case.text:
            yield case.text.replace(mine.position, other.position), (*case.facts, other)


@operator(hard=True)
def skill_of_the_posting(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    if case.facts[0].kind is FactKind.SKILL:
        for skill in chance.sample(_POSTED, 3):
            yield f"{case.text}, {skill}", case.facts
            yield f"{skill}, {case.text}", case.facts
            yield case.text.replace(case.facts[0].wording, skill), case.facts


@operator(hard=True)
def skill_not_cited(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    if case.facts[0].kind is FactKind.SKILL and len(case.facts) > 1:
        yield case.text, case.facts[:-1]
        yield case.text, case.facts[1:]


@operator(hard=True)
def skill_put_into_a_deed(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    if bullets(case) and case.form == "verbatim":
        skills = person.of(FactKind.SKILL)
        for skill in chance.sample(skills, min(3, len(skills))):
            if skill.wording not in case.text:
                yield f"{case.text} using {skill.wording}", (*case.facts, skill)
                yield f"{case.text} with {skill.wording}", (*case.facts, skill)
                yield f"{case.text}, {skill.wording}", (*case.facts, skill)


@operator(hard=True)
def skill_widened(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    yield from swaps(case, table("C++>C, Go>Google Cloud, SQL>NoSQL, R>Rust, Excel>Excel VBA, PCR>NGS"))
    if case.facts[0].kind is FactKind.SKILL:
        bare = re.sub(r" \((basic|beginner|introductory|limited)\)", "", case.text)
        yield bare if bare != case.text else f"Expert {case.text}", case.facts
        yield re.sub(r"basic|beginner|introductory|limited", "expert", case.text) + " (expert)", case.facts
