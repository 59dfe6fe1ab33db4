"""Lies about numbers, units, employers and dates: every one must be caught. Not an eval itself."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import pairwise

from evals.grounding_lies import Mutant, bullets, each, operator, swaps, table
from evals.grounding_lines import MONTHS, Case, Person
from jobbot.kernel.fact import FactKind

_NUMBER = re.compile(r"(?<![\w.,/-])\d+(?:[.,]\d+)*(?![\w/-]|[.,]\d)")
_MONTH = "|".join(MONTHS) + r"(?=[ u-y]* \d)"
_SPELLED = table("2>twelve, 3>thirteen, 4>fourteen, 5>fifty, 6>sixteen, 9>ninety, 40>fourteen")
_FULLWIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_UNITS = """
days>hours, minutes>seconds, kg>tonnes, years>months, EUR>GBP, NOK>EUR, USD>EUR, £>$, million>billion, month>week,
months>weeks, year>month, kW>MW, mm>cm, beds>wards, weeks>days, night>hour, shift>hour, minute>second
"""


def _whole(match: re.Match[str]) -> int:
    return int(match[0].replace(",", "").split(".")[0])


@operator(hard=True)
def number_raised(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    for text in each(_NUMBER, case.text, lambda m: str(_whole(m) + chance.randint(1, 9))):
        yield text, case.facts


@operator(hard=True)
def number_tenfold(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    for text in each(_NUMBER, case.text, lambda m: m[0] + "0"):
        yield text, case.facts


@operator(hard=True)
def number_lowered(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    for text in each(_NUMBER, case.text, lambda m: str(max(0, _whole(m) - 1))):
        yield text, case.facts


@operator(hard=True)
def number_of_another_fact(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    """Taken from a fact that is cited too."""
    others = [f for f in person.of(FactKind.BULLET) if f not in case.facts and _NUMBER.search(f.wording)]
    for other in chance.sample(others, min(2, len(others))):
        number = _NUMBER.search(other.wording)
        for text in each(_NUMBER, case.text, lambda _, n=number: n[0]):  # type: ignore[misc]
            yield text, (*case.facts, other)


@operator(hard=True)
def numbers_exchanged(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    found = list(_NUMBER.finditer(case.text))
    for a, b in pairwise(found):
        if a[0] != b[0]:
            middle = case.text[a.end() : b.start()]
            yield case.text[: a.start()] + b[0] + middle + a[0] + case.text[b.end() :], case.facts


@operator(hard=True)
def number_spelled(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    for text in each(_NUMBER, case.text, lambda m: _SPELLED.get(m[0], "hundreds")):
        yield text, case.facts


@operator(hard=True)
def number_homoglyph(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    """Another number in digits that look the same."""
    for text in each(_NUMBER, case.text, lambda m: (m[0] + "5").translate(_FULLWIDTH)):
        yield text, case.facts


@operator(hard=True)
def percent_changed(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    for text in each(r" ?%", case.text, lambda _: chance.choice([" times", " percentage points", "-fold", " ‰"])):
        yield text, case.facts


@operator(hard=True)
def percent_invented(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    if "%" not in case.text and bullets(case):
        for text in each(_NUMBER, case.text, lambda m: m[0] + " %"):
            yield text, case.facts


@operator(hard=True)
def unit_changed(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    yield from swaps(case, table(_UNITS))


@operator(hard=True)
def employer_of_another_role(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    roles = person.of(FactKind.ROLE, FactKind.EDUCATION)
    for other in roles:
        mine = case.facts[0].organisation
        if other.organisation != mine and mine and mine in case.text:
            yield case.text.replace(mine, other.organisation), (*case.facts, other)


@operator(hard=True)
def employer_invented(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    mine = case.facts[0].organisation
    if mine and mine in case.text:
        yield case.text.replace(mine, chance.choice(["Google", "Mayo Clinic", "Siemens AG", "NHS"])), case.facts
        yield case.text.replace(mine, f"{mine} Group"), case.facts


@operator(hard=True)
def deed_at_another_employer(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    fact = case.facts[0]
    if case.form == "verbatim" and bullets(case):
        small = fact.wording[0].lower() + fact.wording[1:]
        for role in person.of(FactKind.ROLE):
            if role.group != fact.group:
                yield f"At {role.organisation} I {small}.", (fact, role)
                yield f"{fact.wording}, {role.organisation}", (fact, role)
                yield f"As {role.position} at {role.organisation}, I {small}.", (role, fact)


@operator(hard=True)
def date_moved(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    if case.form == "dates":
        for text in each(r"\b(?:19|20)\d\d\b", case.text, lambda m: str(int(m[0]) + chance.choice([-2, -1, 1, 3]))):
            yield text, case.facts
        for text in each(_MONTH, case.text, lambda m: MONTHS[(MONTHS.index(m[0]) + 5) % 12]):
            yield text, case.facts


@operator(hard=True)
def dates_of_another_role(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    mine = case.facts[0]
    if case.form != "dates":
        return
    for other in person.of(FactKind.ROLE, FactKind.EDUCATION):
        if other.start != mine.start:
            head, last = f"{mine.position}, {mine.organisation}", other.end[:4] or "Present"
            yield f"{head}, {other.start[:4]} – {last}", (mine, other)
            yield f"{head}, {mine.start[:4]} – {last}", (mine, other)


@operator(hard=True)
def dates_stretched(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    fact = case.facts[0]
    if case.form == "dates" and fact.end:
        yield f"{fact.position}, {fact.organisation}, {fact.start[:4]} – Present", case.facts
        yield f"{fact.position}, {fact.organisation} since {fact.start[:4]}", case.facts
        yield f"{fact.position}, {fact.organisation}, {fact.end[:4]} – {fact.start[:4]}", case.facts
        yield f"{fact.position}, {fact.organisation}, {fact.start[:4]}", case.facts
