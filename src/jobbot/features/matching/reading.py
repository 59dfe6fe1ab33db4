"""An extraction as plain data and back: spans and uris only, the words come from the posting's text. Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jobbot.features.skills.model import (
    Extraction,
    Polarity,
    Requirement,
    RequirementKind,
    Skill,
    SkillMention,
)
from jobbot.kernel.text import Evidence

Find = Callable[[str], Skill | None]


class Stale(Exception):
    """The kept reading does not fit the text or the taxonomy any more; read again."""


def pack(extraction: Extraction) -> dict[str, Any]:
    return {
        "skills": [_mention(mention) for mention in extraction.skills],
        "requirements": [
            [
                *(r.evidence.start, r.evidence.end, r.polarity.value, r.kind.value, r.any_of, r.years, r.negated),
                *(r.confidence, r.level, [_mention(mention) for mention in r.skills]),
            ]
            for r in extraction.requirements
        ],
    }


def _mention(mention: SkillMention) -> list[Any]:
    evidence = mention.evidence
    return [evidence.start, evidence.end, mention.skill.uri, mention.confidence, mention.inferred]


def unpack(body: dict[str, Any], text: str, find: Find) -> Extraction:
    """Raises Stale when a span lies outside the text or a skill is unknown."""
    try:
        return Extraction(
            tuple(_skill(row, text, find) for row in body["skills"]),
            tuple(_requirement(row, text, find) for row in body["requirements"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise Stale(str(error)) from None


def _skill(row: list[Any], text: str, find: Find) -> SkillMention:
    start, end, uri, confidence, inferred = row
    skill = find(uri)
    if skill is None or end > len(text):
        raise Stale(f"{uri} at {start}..{end}")
    return SkillMention(Evidence(text[start:end], start, end), skill, confidence, inferred)


def _requirement(row: list[Any], text: str, find: Find) -> Requirement:
    start, end, polarity, kind, any_of, years, negated, confidence, level, mentions = row
    if end > len(text):
        raise Stale(f"a requirement at {start}..{end}")
    return Requirement(
        evidence=Evidence(text[start:end], start, end),
        polarity=Polarity(polarity),
        kind=RequirementKind(kind),
        skills=tuple(_skill(mention, text, find) for mention in mentions),
        any_of=any_of,
        years=years,
        negated=negated,
        confidence=confidence,
        level=level,
    )
