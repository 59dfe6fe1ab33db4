"""True lines of invented people: what an honest document could say, in the forms documents have. Not an eval itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jobbot.features.profile.facts import facts_of
from jobbot.kernel.fact import Fact, FactKind

FILE = Path(__file__).parent / "grounding_people.json"
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
FULL = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_LIMITS = """
about|nearly|roughly|up to|almost|fewer than|only|not|never|but|without|assisted|helped|supported|contributed|part of
jointly|co-\\w+|shared|under|supervis\\w+|guidance|as a|as an|acting|interim|deputy|agency|part-time|half-time|pilot
prototype|planned|expected|tried|abandoned|sometimes|once|of whom|of which|pending|observ\\w+|learned|two of them
in the absence|interns|trainee|member of|took part|for 3 months
"""
LIMITS = re.compile(rf"\b(?:{'|'.join(_LIMITS.split(chr(10))[1:-1])})\b", re.IGNORECASE)
"""The evaluation's own words that limit a claim, written apart from the verifier's."""


@dataclass(frozen=True)
class Case:
    """A true line, how it was made, and the facts it cites."""

    form: str
    text: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Person:
    facts: tuple[Fact, ...]

    def of(self, *kinds: FactKind) -> list[Fact]:
        return [fact for fact in self.facts if fact.kind in kinds]


def people() -> tuple[list[Person], dict[str, list[str]]]:
    """Everybody, and the synonyms handed to the verifier."""
    data: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return [Person(facts_of(resume)) for resume in data["people"]], data["synonyms"]


def true_lines(person: Person, synonyms: dict[str, list[str]]) -> Iterator[Case]:
    """Verbatim, reformatted, shortened, dated, listed, with synonyms: all true."""
    for fact in person.facts:
        yield Case("verbatim", fact.wording, (fact,))
    for fact in person.of(FactKind.BULLET):
        yield from _told(fact)
        yield from _shortened(fact)
    for fact in person.of(FactKind.ROLE, FactKind.EDUCATION):
        yield from _dated(fact)
    yield from _listed(person)
    yield from _renamed(person, synonyms)


def _told(fact: Fact) -> Iterator[Case]:
    said = fact.wording.rstrip(".")
    small = said[0].lower() + said[1:]
    yield Case("full stop", f"{said}.", (fact,))
    yield Case("small letter", small, (fact,))
    yield Case("letter", f"At {fact.organisation} I {small}.", (fact,))
    yield Case("letter", f"As {fact.position} at {fact.organisation}, I {small}.", (fact,))
    yield Case("letter", f"There I {small}.", (fact,))
    yield Case("headed", f"{fact.position}, {fact.organisation}: {said}.", (fact,))
    if " %" in said:
        yield Case("spacing", said.replace(" %", "%"), (fact,))


def _shortened(fact: Fact) -> Iterator[Case]:
    """Cut where a clause ends, when nothing that limits the claim is lost."""
    for match in re.finditer(r", |; | by (?=\w+ing\b)| using | leading to | resulting in |, which ", fact.wording):
        kept, lost = fact.wording[: match.start()], fact.wording[match.start() :]
        if not LIMITS.search(lost) and len(kept.split()) > 2 and ":" not in kept:
            yield Case("shortened", kept, (fact,))
            yield Case("letter", f"At {fact.organisation} I {kept[0].lower()}{kept[1:]}.", (fact,))


def _dated(fact: Fact) -> Iterator[Case]:
    head = f"{fact.position}, {fact.organisation}"
    for start, end in zip(date_forms(fact.start), date_forms(fact.end), strict=True):
        yield Case("dates", f"{head}, {start} – {end}", (fact,))
        yield Case("dates", f"{head} ({start} to {end})", (fact,))
    place = dict(fact.attributes).get("location", "")
    yield Case("fields", f"{head}, {place}".rstrip(", "), (fact,))
    yield Case("fields", f"{fact.organisation}: {fact.position}", (fact,))


def date_forms(date: str) -> list[str]:
    """A partial date as people write it; "" is the present."""
    if not date:
        return ["Present", "present", "today", "now"]
    year, month = date[:4], int(date[5:7])
    return [f"{MONTHS[month - 1]} {year}", f"{FULL[month - 1]} {year}", year, f"{month:02d}/{year}"]


def _listed(person: Person) -> Iterator[Case]:
    groups: dict[str, list[Fact]] = {}
    for fact in person.of(FactKind.SKILL):
        groups.setdefault(fact.group, []).append(fact)
    for facts in groups.values():
        words = [fact.wording for fact in facts]
        label = dict(facts[0].attributes)["group"]
        yield Case("skills", f"{label}: {', '.join(words)}", tuple(facts))
        yield Case("skills", ", ".join(reversed(words)), tuple(facts))
        yield Case("skills", " · ".join(words), tuple(facts))
        yield Case("skills", f"{', '.join(words[:-1])} and {words[-1]}", tuple(facts))
        yield Case("skills", words[0], (facts[0],))
    tongues = person.of(FactKind.LANGUAGE)
    spoken = [dict(fact.attributes) for fact in tongues]
    yield Case("languages", ", ".join(f"{t['language']} ({t['fluency']})" for t in spoken), tuple(tongues))
    yield Case("languages", "; ".join(fact.wording for fact in reversed(tongues)), tuple(tongues))
    for fact in person.of(FactKind.CERTIFICATE, FactKind.AWARD):
        yield Case("papers", f"{fact.wording}, {fact.organisation}", (fact,))
        yield Case("papers", f"{fact.wording} ({fact.organisation}, {fact.start[:4]})", (fact,))


def _renamed(person: Person, synonyms: dict[str, list[str]]) -> Iterator[Case]:
    pairs = [(a, b) for name, others in synonyms.items() for other in others for a, b in ((name, other), (other, name))]
    for fact in person.of(FactKind.BULLET, FactKind.SKILL):
        for name, other in pairs:
            if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", fact.wording) and other not in fact.wording:
                yield Case("synonym", fact.wording.replace(name, other), (fact,))
