"""Each requirement of a posting beside the facts that answer it. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jobbot.features.matching.candidate import DEGREE_NAMES, Candidate, degree_of, fluency
from jobbot.features.matching.curve import along
from jobbot.features.matching.model import Coverage, RequirementFit
from jobbot.features.matching.seniority import years_worked
from jobbot.features.matching.worth import WORDS, Value, Worth, WorthWith, is_craft
from jobbot.features.skills.model import Requirement, RequirementKind, SkillKind, SkillMention
from jobbot.kernel.fact import Fact, FactKind

Vectors = NDArray[np.float32]

MET, PARTLY = 0.66, 0.33
MEANING_KNOTS = ((0.22, 0.0), (0.36, 0.3), (0.48, 0.6), (0.62, 0.9), (0.75, 1.0))
"""Cosine of a requirement and a fact -> nearness in meaning, linear between."""
SKILL_SHARE = 0.7
"""Of a requirement that names skills: their share of its strength; the rest is nearness in meaning."""
MEANT = 0.55
"""Most that nearness in meaning alone gives a requirement whose named skills are not evidenced, as a factor."""
MEANT_IN_YEARS = 0.75
"""The same where years in a field are asked for: a field is wide, and its name is seldom that of a skill."""
NOTHING_NEAR = "nothing in your profile comes near"
UNTESTABLE = 0.5
"""Strength of a requirement a CV cannot evidence (communication, team spirit) and of years without a field."""
PARTLY_MOST = 0.6
"""Most that a skill without its years, or a degree in another field, gives a requirement: partly, never met."""
SHOWN_SHARE = 0.5
"""Share of the years asked that must stand in positions showing the skill; a CV does not repeat it at each."""
ROUNDED = 0.5
"""Half a year: who worked 7.6 years has the eight that are asked."""
_FLUENT = 4.5
_AS_GOOD = 0.8
_OBTAIN = re.compile(r"\b(?:obtain|eligib|able to (?:get|gain|hold)|acquire|willing)", re.IGNORECASE)
_SOFT = re.compile(
    r"\b(?:communicat|interpersonal|team ?(?:work|player|spirit)|collaborat|problem[- ]solv|attention to detail|"
    r"detail[- ]orient|self[- ](?:starter|motivat|direct|manag)|motivat|passion|curio|proactiv|enthusias|adaptab|"
    r"flexib|organi[sz]ed|organi[sz]ational skill|integrity|work ethic|positive|attitude|mindset|fast[- ]paced|"
    r"ambigu|ownership|time management|multi-?task|critical thinking|creativ|empath|resilien|reliab|punctual|"
    r"initiative|willing|eager|hunger|humble|trustworth|discretion)",
    re.IGNORECASE,
)
"""Words of virtues."""
_STRONG_KINDS = (FactKind.BULLET, FactKind.ROLE, FactKind.PROJECT, FactKind.CERTIFICATE)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a posting asks, with one vector per requirement (None without an encoder), and what else it tells."""

    requirements: tuple[Requirement, ...]
    vectors: Vectors | None = None
    told: Vectors | None = None


def nearness(cosine: float) -> float:
    """0-1 by `MEANING_KNOTS`."""
    return along(cosine, MEANING_KNOTS)


def cover(asked: Asked, candidate: Candidate, facts: Vectors | None, worth: Worth) -> tuple[RequirementFit, ...]:
    """One fit per requirement, in the order of the text. `facts` has a row per `candidate.facts`."""
    rows: list[tuple[float, int | None]] = [(0.0, None)] * len(asked.requirements)
    if asked.vectors is not None and facts is not None and len(facts) and len(asked.requirements):
        cosines = asked.vectors @ facts.T
        best = cosines.argmax(axis=1)
        rows = [(nearness(float(cosines[i, j])), int(j)) for i, j in enumerate(best)]
    known = facts is not None and asked.vectors is not None
    return tuple(
        _fit(requirement, meaning if known else None, candidate.facts[at] if at is not None else None, candidate, worth)
        for requirement, (meaning, at) in zip(asked.requirements, rows, strict=True)
    )


def refit(fits: tuple[RequirementFit, ...], candidate: Candidate, worth: WorthWith) -> tuple[RequirementFit, ...]:
    """The same requirements with one more skill; only those that name it or something near it are judged again."""
    return tuple(
        _fit(fit.requirement, fit.meaning, None, candidate, worth)
        if any(worth.touches(mention.skill.uri) for mention in fit.requirement.skills)
        else fit
        for fit in fits
    )


def told(asked: Asked, facts: Vectors | None) -> tuple[float, ...]:
    """Nearness in meaning of each further sentence to its nearest fact."""
    if asked.told is None or facts is None or not len(facts):
        return ()
    return tuple(nearness(float(cosine)) for cosine in (asked.told @ facts.T).max(axis=1))


def _fit(
    requirement: Requirement, meaning: float | None, near: Fact | None, candidate: Candidate, worth: Worth
) -> RequirementFit:
    special = _SPECIAL.get(requirement.kind)
    judged = special(requirement, candidate, worth, meaning or 0.0) if special else None
    strength, facts, reason = judged or _by_skills(requirement, meaning, near, worth)
    if requirement.years is not None and not requirement.negated:
        strength, reason = _with_years(strength, reason, requirement, facts, candidate, worth)
    if requirement.negated:
        strength, reason = 1.0, "the text says it is not required"
    grade = Coverage.MET if strength >= MET else Coverage.PARTLY if strength >= PARTLY else Coverage.MISSING
    return RequirementFit(requirement, grade, round(strength, 4), facts, meaning, reason)


_Judged = tuple[float, tuple[Fact, ...], str]


def _by_skills(requirement: Requirement, meaning: float | None, near: Fact | None, worth: Worth) -> _Judged:
    """Named skills weigh most; without any the meaning decides; what a CV cannot show counts half."""
    named = [mention for mention in requirement.skills if is_craft(mention.skill)]
    if is_soft(requirement):
        said = (near,) if near and (meaning or 0.0) >= MET else ()
        return max(UNTESTABLE, meaning or 0.0), said, "" if said else "a CV can hardly show this; have a story ready"
    if not named:
        said = (near,) if near and (meaning or 0.0) >= PARTLY else ()
        least = UNTESTABLE if requirement.kind is RequirementKind.EXPERIENCE else 0.0
        return max(least, meaning or 0.0), said, "by meaning" if said else "" if requirement.years else NOTHING_NEAR
    values = [worth.of(mention.skill.uri) for mention in named]
    soft = [] if requirement.any_of else [UNTESTABLE] * (len(requirement.skills) - len(named))
    credits_ = [*(value.credit for value in values), *soft]
    skilled = max(credits_) if requirement.any_of else sum(credits_) / len(credits_)
    facts = _evidence(tuple(fact for value in values for fact in value.facts), near, meaning)
    strength = skilled if meaning is None else SKILL_SHARE * skilled + (1 - SKILL_SHARE) * meaning
    broad = requirement.kind is RequirementKind.EXPERIENCE
    strength = max(strength, (MEANT_IN_YEARS if broad else MEANT) * (meaning or 0.0))
    return min(1.0, strength), facts, _which(named, values, requirement.any_of, worth)


def is_soft(requirement: Requirement) -> bool:
    """A virtue, not a craft: it names abilities of every profession only, or none and speaks of virtues."""
    if requirement.years is not None or any(is_craft(mention.skill) for mention in requirement.skills):
        return False
    return bool(requirement.skills) or bool(_SOFT.search(requirement.evidence.quote))


def _which(named: Sequence[SkillMention], values: Sequence[Value], any_of: bool, worth: Worth) -> str:
    """What is evidenced, under which name; what only something near is there for, with that; what is not."""
    rows = list(zip(named, values, strict=True))
    have = [worth.known_as(m) for m, value in rows if value.relation == "exact"]
    near = [f"{m.skill.label} ({_near(value)})" for m, value in rows if value.relation and value.relation != "exact"]
    lacking = [m.skill.label for m, value in rows if not value.relation]
    parts = [", ".join(dict.fromkeys([*have, *near]))] if have or near else []
    if lacking and not (any_of and have):
        parts.append("no " + ", ".join(dict.fromkeys(lacking)))
    return "; ".join(parts)


def _near(value: Value) -> str:
    """`related: PostgreSQL`, with the words of the profile where they are a skill's name."""
    said = value.facts[0].wording if value.facts and value.facts[0].kind is FactKind.SKILL else ""
    return f"{WORDS[value.relation]}: {said}" if said else WORDS[value.relation]


def _evidence(found: tuple[Fact, ...], near: Fact | None, meaning: float | None) -> tuple[Fact, ...]:
    """Best first: what was done before what is only listed, and the fact near in meaning before the others."""
    unique = list(dict.fromkeys(found))
    if near is not None and near not in unique and (meaning or 0.0) >= MET:
        unique.append(near)
    return tuple(sorted(unique, key=lambda fact: (fact.kind not in _STRONG_KINDS, fact != near)))[:4]


def _with_years(
    strength: float,
    reason: str,
    requirement: Requirement,
    answers: tuple[Fact, ...],
    candidate: Candidate,
    worth: Worth,
) -> tuple[float, str]:
    """Years of all positions set the strength; what positions hardly show, or only a list names, is partly met."""
    asked, have = requirement.years or 0.0, candidate.standing.years
    strength *= 0.25 + 0.75 * min(1.0, (have + ROUNDED) / asked) ** 1.5
    words = f"{have:.0f} worked" if have >= 1 else ""
    shown = _years_shown(requirement, answers, candidate, worth)
    if shown is not None and strength >= PARTLY:
        words = f"{shown:.0f} in positions that show it" if shown >= 0.5 else "listed, but no position shows it"
        strength = strength if shown >= SHOWN_SHARE * asked else min(strength, PARTLY_MOST)
    return strength, "; ".join(part for part in (reason, ", ".join(filter(None, [_asked(asked), words]))) if part)


def _asked(years: float) -> str:
    return f"{years:g} year{'' if years == 1 else 's'} asked"


def _years_shown(
    requirement: Requirement, answers: tuple[Fact, ...], candidate: Candidate, worth: Worth
) -> float | None:
    """Years of the positions whose facts evidence a skill it names or answer it; None where no fact evidences one."""
    named = [mention.skill.uri for mention in requirement.skills if is_craft(mention.skill)]
    facts = [fact for uri in dict.fromkeys(named) for fact in worth.shown(uri)]
    groups = {fact.group for fact in (*facts, *answers) if fact.kind in (FactKind.BULLET, FactKind.ROLE) and fact.group}
    roles = [role for role in candidate.profile.roles if role.group in groups]
    return years_worked(roles, candidate.today) if facts else None


def _language(requirement: Requirement, candidate: Candidate, _: Worth, meaning: float) -> _Judged | None:
    asked = [m.skill.label for m in requirement.skills if m.skill.kind is SkillKind.LANGUAGE]
    if not asked:
        return None
    need = min(5.5, fluency(requirement.level)) if requirement.level else _FLUENT
    scores = [_speaks(label, need, candidate) for label in asked]
    strength = max(scores) if requirement.any_of else sum(scores) / len(scores)
    facts = tuple(f for f in candidate.facts if f.kind is FactKind.LANGUAGE and _names(f, asked))
    lacking = [label for label, score in zip(asked, scores, strict=True) if score < PARTLY]
    return strength, facts, f"no {', '.join(lacking)} in your profile" if lacking else "languages of your profile"


def _speaks(label: str, need: float, candidate: Candidate) -> float:
    if not candidate.languages:
        return 0.75 if label.lower() == "english" else 0.2
    have = candidate.languages.get(label.lower(), 0.0)
    return 1.0 if have >= need - 0.5 else max(0.0, have / need - 0.15)


def _names(fact: Fact, labels: Sequence[str]) -> bool:
    return any(label.lower() in fact.wording.lower() for label in labels)


def _degree(requirement: Requirement, candidate: Candidate, worth: Worth, meaning: float) -> _Judged | None:
    need = degree_of(requirement.level) or 2
    facts = tuple(fact for fact in candidate.facts if fact.kind is FactKind.EDUCATION)
    if candidate.degree >= need:
        held = f"{DEGREE_NAMES[candidate.degree]} in your profile"
        fields = _other_fields(requirement, worth) if meaning < MET else ""
        return (PARTLY_MOST, facts, f"{held}; not in {fields}") if fields else (1.0, facts, held)
    words = requirement.evidence.quote.lower()
    if "equivalent" in words or "or related experience" in words or "experience in lieu" in words:
        return (0.8 if candidate.standing.years >= 4 else 0.5), facts, "equivalent experience is accepted"
    lacking = f"{DEGREE_NAMES[need]} asked, {DEGREE_NAMES[candidate.degree]} in your profile"
    return (0.4 if candidate.degree == need - 1 and candidate.degree else 0.1), facts, lacking


def _other_fields(requirement: Requirement, worth: Worth) -> str:
    """The fields a degree is asked in, when the profile evidences none of them nor anything near."""
    named = [m.skill for m in requirement.skills if is_craft(m.skill) and m.skill.kind is not SkillKind.CREDENTIAL]
    if any(worth.of(skill.uri).credit for skill in named):
        return ""
    return ", ".join(dict.fromkeys(skill.label for skill in named))


def _credential(requirement: Requirement, candidate: Candidate, worth: Worth, meaning: float) -> _Judged | None:
    named = [mention for mention in requirement.skills if mention.skill.kind is SkillKind.CREDENTIAL]
    if not named:
        return None
    values = [worth.of(mention.skill.uri) for mention in named]
    best = max(values, key=lambda value: value.credit)
    held = tuple(fact for fact in candidate.facts if fact.kind is FactKind.CERTIFICATE)
    if best.credit < meaning * _AS_GOOD and held:
        return meaning * _AS_GOOD, held[:3], "by meaning, from your certificates"
    labels = ", ".join(mention.skill.label for mention in named)
    return best.credit, best.facts, labels if best.credit >= PARTLY else f"no {labels} in your profile"


def _clearance(requirement: Requirement, candidate: Candidate, _: Worth, meaning: float) -> _Judged | None:
    held = tuple(fact for fact in candidate.facts if "clearance" in fact.wording.lower())
    if not held and _OBTAIN.search(requirement.evidence.quote):
        return 0.5, (), "to be obtained: whether you can, your profile does not say"
    return (1.0, held, "a clearance in your profile") if held else (0.0, (), "no clearance in your profile")


_SPECIAL = {
    RequirementKind.LANGUAGE: _language,
    RequirementKind.DEGREE: _degree,
    RequirementKind.LICENCE: _credential,
    RequirementKind.CLEARANCE: _clearance,
}
