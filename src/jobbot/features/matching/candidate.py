"""The candidate as matching sees one: facts, skills and where each is evidenced, titles, level, home, languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from jobbot.features.matching import seniority, titles
from jobbot.features.matching.model import Wishes
from jobbot.features.matching.preferences.model import NONE, Preferences
from jobbot.features.places.gazetteer import countries
from jobbot.features.places.parse import Location, parse
from jobbot.features.profile.model import Profile
from jobbot.features.skills.model import SkillMention
from jobbot.kernel.fact import Fact, FactKind

EVIDENCE = frozenset(FactKind) - {FactKind.NAME, FactKind.CONTACT, FactKind.INTEREST, FactKind.REFERENCE}
"""Kinds of facts that can answer a requirement."""

_FLUENCY: tuple[tuple[str, float], ...] = (
    (r"native|mother tongue|muttersprache|bilingual|heritage speaker|first language", 6.0),
    (r"\bc2\b|proficient|near[- ]native|full professional", 5.5),
    (r"\bc1\b|fluent|fliessend|advanced|professional|excellent|business", 5.0),
    (r"\bb2\b|upper[- ]intermediate|good|working|conversational", 3.6),
    (r"\bb1\b|intermediate|limited", 3.0),
    (r"\ba2\b|elementary|basic|\ba1\b|beginner", 1.5),
)
_DEGREES: tuple[tuple[str, int], ...] = (
    (r"ph\.? ?d|doctor|dr\.", 4),
    (r"\bmaster|\bm\.? ?sc|\bmba\b|\bm\.? ?a\b|\bmeng\b|diplom\b|magister|\bm\.? ?eng|\bmphil|\bm\.? ?s\.?(?=\W|$)", 3),
    (r"bachelor|\bb\.? ?sc|\bb\.? ?a\b|\bb\.? ?s\.?(?=\W|$)|\bb\.? ?eng|\bb\.? ?com|\bbba\b|undergraduate|licence", 2),
    (r"associate|diploma|\bhnd\b|foundation|apprentice|vocational", 1),
)
DEGREE_NAMES = ("no degree", "a diploma", "a bachelor's degree", "a master's degree", "a doctorate")


_LISTED = "Skills: "
"""Stands before a listed skill when it is read: "Excel", "Go", "R" or "Word" alone could mean anything."""


class Skills(Protocol):
    """The cheap half of the extractor."""

    def skills(self, text: str) -> tuple[SkillMention, ...]: ...


@dataclass(frozen=True, slots=True)
class OwnTitle:
    """A title that describes the candidate, what it is (`wished role`, `position held`, `headline`) and its weight."""

    title: titles.Title
    source: str
    weight: float
    fact: Fact | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Read from one profile version and one set of wishes; the same for every posting of a run."""

    profile: Profile
    wishes: Wishes
    facts: tuple[Fact, ...]
    skills: Mapping[str, tuple[Fact, ...]]
    titles: tuple[OwnTitle, ...]
    standing: seniority.Standing
    home: Location
    languages: Mapping[str, float]
    degree: int
    today: date
    preferences: Preferences = NONE

    @property
    def country(self) -> str | None:
        """ISO 3166 code of where the candidate lives, when the profile says it."""
        return next(iter(sorted(self.home.countries)), None) if len(self.home.countries) == 1 else None

    @property
    def currency(self) -> str | None:
        """Of the wished salary: as wished, else that of the home country."""
        return self.wishes.currency or (countries()[self.country].currency if self.country else None)


def read(profile: Profile, wishes: Wishes, skills: Skills, today: date, preferences: Preferences = NONE) -> Candidate:
    """Read a profile once per run. Never fails on a thin profile."""
    facts = tuple(fact for fact in profile.facts if fact.kind in EVIDENCE)
    own = _titles(profile, wishes)
    held = [title.title for title in own if title.source == "position held"]
    wished = [title.title for title in own if title.source == "wished role"]
    years = seniority.years_worked(profile.roles, today)
    return Candidate(
        profile=profile,
        wishes=wishes,
        facts=facts,
        skills=_skills(facts, skills),
        titles=own,
        standing=seniority.standing(held, wished, years),
        home=_home(profile),
        languages=_languages(profile),
        degree=max((degree_of(fact.wording) for fact in profile.of(FactKind.EDUCATION)), default=0),
        today=today,
        preferences=preferences,
    )


def _titles(profile: Profile, wishes: Wishes) -> tuple[OwnTitle, ...]:
    found = [OwnTitle(titles.read(role), "wished role", 1.0) for role in wishes.roles if role.strip()]
    share = 0.9 if found else 1.0
    for fact in profile.of(FactKind.LABEL):
        found += [OwnTitle(titles.read(part), "headline", share, fact) for part in _parts(fact.wording)]
    newest_first = sorted(profile.roles, key=lambda fact: (fact.end == "", fact.end, fact.start), reverse=True)
    for age, fact in enumerate(newest_first):
        weight = share * max(0.5, 1.0 - 0.15 * age)
        found += [OwnTitle(titles.read(part), "position held", weight, fact) for part in _parts(fact.position)]
    return tuple(title for title in found if title.title.role)


def _parts(words: str) -> list[str]:
    """Several titles in one line: `Mechanical / Manufacturing Engineer`, `SDR, then Inside Sales Rep`, `A & B`."""
    plain = re.sub(r"\([^)]*\)", " ", words)
    parts = [part.strip() for part in re.split(r"\s*(?://|\||;|\bthen\b|·)\s*|\s+/\s+|\s+&\s+", plain)]
    parts = [part.strip(" ,") for part in parts if len(part.strip(" ,")) > 1][:5]
    last = parts[-1].split()[-1] if parts else ""
    return [part if " " in part or part == last or not _adjective(part) else f"{part} {last}" for part in parts]


def _adjective(part: str) -> bool:
    return part.lower().endswith(("al", "ing", "ical", "ive", "end", "ial"))


def _skills(facts: Iterable[Fact], skills: Skills) -> dict[str, tuple[Fact, ...]]:
    found: dict[str, dict[str, Fact]] = {}
    for fact in facts:
        keywords = [value for key, value in fact.attributes if key in ("keyword", "course")]
        words = "; ".join([fact.wording, *keywords])
        for mention in skills.skills(f"{_LISTED}{words}" if fact.kind is FactKind.SKILL else words):
            found.setdefault(mention.skill.uri, {}).setdefault(fact.id or fact.pointer, fact)
    return {uri: tuple(hits.values()) for uri, hits in found.items()}


def _home(profile: Profile) -> Location:
    for fact in profile.of(FactKind.CONTACT):
        parts = dict(fact.attributes)
        if parts.get("field") == "location":
            named = [parts.get(key, "") for key in ("city", "region", "countryCode")]
            code = parts.get("countryCode", "")
            country = countries().get(code.upper())
            named[2] = country.names[0] if country else code
            return parse(", ".join(part for part in named if part))
    return parse("")


def _languages(profile: Profile) -> dict[str, float]:
    """Lower-case language -> 0-6 (A1 1 ... C2 5.5, native 6); an unstated level counts as good."""
    found: dict[str, float] = {}
    for fact in profile.of(FactKind.LANGUAGE):
        parts = dict(fact.attributes)
        name = parts.get("language") or fact.wording
        found[name.split("(")[0].split(",")[0].strip().lower()] = fluency(parts.get("fluency", ""))
    return found


def fluency(words: str) -> float:
    """>>> fluency("Native"), fluency("C1, daily"), fluency("A2"), fluency("")
    (6.0, 5.0, 1.5, 4.0)
    """
    plain = words.lower()
    return next((level for pattern, level in _FLUENCY if re.search(pattern, plain)), 4.0)


def degree_of(words: str) -> int:
    """0 none, 1 diploma, 2 bachelor, 3 master, 4 doctorate; an unfinished one counts one less."""
    plain = words.lower()
    level = next((level for pattern, level in _DEGREES if re.search(pattern, plain)), 0)
    unfinished = re.search(r"not finish|unfinished|incomplete|dropped|credits|in progress", plain)
    return max(0, level - 1) if unfinished else level
