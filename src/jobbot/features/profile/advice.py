"""What would make a profile stronger: never a problem, always with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from jobbot.features.profile.facts import facts_of
from jobbot.features.profile.schema import Finding
from jobbot.kernel.fact import Fact, FactKind

LONG = 240
"""Characters: more than two lines on a page."""

FIGURE = re.compile(r"\d|\b(?:doubled|tripled|halved|first|twice|dozens?|hundreds|thousands)\b", re.IGNORECASE)


def advise(resume: Any) -> tuple[Finding, ...]:
    """Findings in the order of their weight: what stops an application first."""
    facts = facts_of(resume)
    return (*_contact(facts), *_head(facts), *_roles(facts), *_bullets(facts), *_skills(facts))


def _contact(facts: tuple[Fact, ...]) -> Iterator[Finding]:
    fields = {dict(fact.attributes).get("field") for fact in facts if fact.kind is FactKind.CONTACT}
    if not any(fact.kind is FactKind.NAME for fact in facts):
        yield _say("/basics/name", "there is no name", "a CV without a name cannot be sent")
    if not fields & {"email", "phone"}:
        yield _say("/basics/email", "there is no way to reach you", "add an e-mail address or a phone number")
    if "location" not in fields:
        yield _say("/basics/location", "no place is named", "add at least the town; postings are filtered by place")


def _head(facts: tuple[Fact, ...]) -> Iterator[Finding]:
    kinds = {fact.kind for fact in facts}
    if FactKind.LABEL not in kinds:
        yield _say("/basics/label", "no label", "name in a few words what you are; titles are matched against it")
    if not any(fact.kind is FactKind.SUMMARY and not fact.group for fact in facts):
        yield _say("/basics/summary", "no summary", "two or three sentences of your own; the letter draws on them")
    if FactKind.ROLE not in kinds:
        yield _say("/work", "no position", "add at least one, with what you achieved in it")


def _roles(facts: tuple[Fact, ...]) -> Iterator[Finding]:
    for fact in facts:
        if fact.kind is not FactKind.ROLE:
            continue
        if not fact.start:
            yield _say(f"{fact.pointer}/startDate", "no start", "a year is enough; without it years cannot be counted")
        if not fact.position or not fact.organisation:
            missing = "position" if not fact.position else "name"
            yield _say(f"{fact.pointer}/{missing}", f"no {missing}", "a role needs a title and an employer")
        if not any(other.group == fact.pointer and other.kind is FactKind.BULLET for other in facts):
            yield _say(f"{fact.pointer}/highlights", "nothing under this role", "add what you did and what came of it")


def _bullets(facts: tuple[Fact, ...]) -> Iterator[Finding]:
    bullets = [fact for fact in facts if fact.kind is FactKind.BULLET]
    for pointer, group in groupby(bullets, lambda fact: fact.group):
        rows = list(group)
        bare = [fact for fact in rows if not FIGURE.search(fact.wording)]
        if len(rows) >= 2 and len(bare) == len(rows):
            yield _say(f"{pointer}/highlights", "no figure in any line", "how many, how much, how often, how fast?")
    for fact in bullets:
        if len(fact.wording) > LONG:
            yield _say(
                fact.pointer, f"a line of {len(fact.wording)} characters", f"cut it in two; {LONG} fit two lines"
            )
    for fact in _repeated(bullets):
        yield _say(fact.pointer, "the same line stands twice", "leave one out")


def _repeated(bullets: list[Fact]) -> Iterator[Fact]:
    seen: set[str] = set()
    for fact in bullets:
        words = " ".join(fact.wording.casefold().split())
        if words in seen:
            yield fact
        seen.add(words)


def _skills(facts: tuple[Fact, ...]) -> Iterator[Finding]:
    skills = [fact for fact in facts if fact.kind is FactKind.SKILL]
    if not skills:
        yield _say("/skills", "no skills", "list the tools, methods and licences you would want to be found by")
    seen: set[str] = set()
    for fact in skills:
        word = fact.wording.casefold().strip()
        if word in seen:
            yield _say(fact.pointer, "the same skill stands twice", "leave one out")
        seen.add(word)


def _say(pointer: str, problem: str, fix: str) -> Finding:
    return Finding(pointer, problem, fix, warning=True)
