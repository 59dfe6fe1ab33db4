"""Any-of: which skills of a sentence are alternatives, and where the sentence asks for something else besides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from jobbot.features.skills.model import Requirement, SkillKind, SkillMention
from jobbot.kernel.text import Evidence

CLOSE = 45
_SIGNS = " \t\r\n,;:-–—("


def alternatives(text: str, whole: Requirement, *, open_ended: bool) -> Sequence[Requirement]:
    """Mark any-of; where a sentence mixes alternatives with further demands, one requirement each.

    `open_ended`: words like "one of", "such as" or "or similar" stand in it.
    """
    if len(whole.skills) < 2:
        return (whole,)
    groups = _groups(text, whole.skills)
    if len(groups) == 1:
        several = sum(mention.skill.kind is not SkillKind.CREDENTIAL for mention in whole.skills) > 1
        return (replace(whole, any_of=True),) if groups[0][1] or (several and open_ended) else (whole,)
    groups = _apart(text, groups)
    if len(groups) == 1 or not any(alternative for _, alternative in groups):
        return (whole,)
    return _parts(text, whole, groups)


Group = tuple[list[SkillMention], bool]


def _apart(text: str, groups: Sequence[Group]) -> list[Group]:
    """Groups joined again where no "and", comma or semicolon parts them ("SMT/PCBA assembly" is one demand)."""
    apart: list[Group] = [groups[0]]
    for members, alternative in groups[1:]:
        before, either = apart[-1]
        between = text[before[-1].evidence.end : members[0].evidence.start].lower()
        if any(sign in between for sign in (",", ";", " and ", "&", "(", ".")):
            apart.append((members, alternative))
        else:
            apart[-1] = ([*before, *members], either and alternative)
    return apart


def _parts(text: str, whole: Requirement, groups: Sequence[Group]) -> list[Requirement]:
    parts: list[Requirement] = []
    at = whole.evidence.start
    for index, (members, alternative) in enumerate(groups):
        last = index == len(groups) - 1
        stop = whole.evidence.end if last else groups[index + 1][0][0].evidence.start
        start, end = edges(text, at, stop)
        years = whole.years if index == 0 else None
        evidence = Evidence(text[start:end], start, end)
        parts.append(replace(whole, evidence=evidence, skills=tuple(members), any_of=alternative, years=years))
        at = stop
    return parts


def _groups(text: str, mentions: Sequence[SkillMention]) -> list[Group]:
    """Runs of mentions joined by "or" or "/" (with the commas before it) against those that are all asked for."""
    joins = [_join(text, a.evidence.end, b.evidence.start) for a, b in pairwise(mentions)]
    for index in range(len(joins) - 2, -1, -1):
        if joins[index] == "," and joins[index + 1] == "or":
            joins[index] = "or"
    groups: list[Group] = [([mentions[0]], False)]
    for mention, join in zip(mentions[1:], joins, strict=True):
        members, alternative = groups[-1]
        if join == "or" and (alternative or len(members) == 1):
            groups[-1] = ([*members, mention], True)
        elif join != "or" and not alternative:
            members.append(mention)
        else:
            groups.append(([mention], False))
    return _detached(groups, joins)


def _detached(groups: list[Group], joins: list[str]) -> list[Group]:
    """An all-of run directly before "or" gives its last member to the alternatives."""
    result: list[Group] = []
    for members, alternative in groups:
        if result and not result[-1][1] and not alternative:
            previous = result[-1][0]
            at = sum(len(group) for group, _ in result)
            if joins[at - 1] == "or" and len(previous) > 1:
                result[-1] = (previous[:-1], False)
                result.append(([previous[-1], *members], True))
                continue
        result.append((members, alternative))
    return result


def _join(text: str, start: int, end: int) -> str:
    between = text[start:end].strip().lower()
    if end - start > CLOSE:
        return ""
    if (
        between in ("/", "|")
        or between.endswith((" or", "/or"))
        or between in ("or", "oder", "ou")
        or between.startswith("or ")
    ):
        return "or"
    return "," if between.startswith(",") or between == "" else ""


def edges(text: str, start: int, end: int) -> tuple[int, int]:
    """Signs and joining words at the edges dropped, and a closing bracket that was never opened."""
    while start < end and (text[start] in _SIGNS and not (text[start] == "(" and ")" in text[start:end])):
        start += 1
    for word in ("and ", "or "):
        start += len(word) if text.startswith(word, start, end) else 0
    before = -1
    while end != before:
        before = end
        while end > start and (text[end - 1] in _SIGNS or (text[end - 1] == ")" and "(" not in text[start:end])):
            end -= 1
        for word in (" and", " or"):
            end -= len(word) if text.endswith(word, start, end) else 0
    return start, end
