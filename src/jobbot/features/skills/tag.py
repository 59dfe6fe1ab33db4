"""Skills that no name of the taxonomy covers: spans that a trained tagger sees, merged with the names found literally.

The tagger is optional. It costs some 25 times the literal reading, so that it runs where somebody asks for it
(`skills extract`, a shortlist), never while postings are fetched.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from jobbot.features.skills.extract import Extractor
from jobbot.features.skills.model import Extraction, Skill, SkillKind, SkillMention
from jobbot.features.skills.segment import SILENT, Piece
from jobbot.kernel.text import Evidence

WHOLE = 600
"""A text of one line up to so many characters is tagged as it stands, under whatever heading it may look like."""
NAMES_TO_KEEP = frozenset((SkillKind.TOOL,))
"""Literal names that stay where the tagger sees nothing: tools, which are exact. Others are mostly everyday words."""


class Span(Protocol):
    """`text[start:end]`, seen as a "skill" or as "knowledge", and how sure (0-1)."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def head(self) -> str: ...
    @property
    def confidence(self) -> float: ...


class Tags(Protocol):
    """What finds spans inside the given lines of a text."""

    def tag(self, text: str, lines: Sequence[tuple[int, int]] | None = None) -> Sequence[Span]: ...


class Links(Protocol):
    """Finds the entry of the taxonomy that means the same as each phrase, None where nothing comes near enough."""

    def link(self, phrases: Sequence[str]) -> Sequence[tuple[Skill, float] | None]: ...


class TaggingExtractor:
    """An extractor whose skills are those of the tagger and those named literally; requirements stay as they are."""

    def __init__(self, extractor: Extractor, tags: Tags, links: Links | None = None) -> None:
        self._extractor, self._tags, self._links = extractor, tags, links

    def extract(self, text: str) -> Extraction:
        """As `Extractor.extract`; spans without an entry have their own words as label and no uri."""
        extraction, pieces = self._extractor.read(text)
        spans = self._tags.tag(text, lines_of(text, pieces))
        skills = merge(text, extraction.skills, spans)
        return Extraction(tuple(self._linked(skills)), extraction.requirements)

    def _linked(self, skills: Sequence[SkillMention]) -> list[SkillMention]:
        loose = list(dict.fromkeys(mention.skill.label for mention in skills if not mention.skill.uri))
        found = dict(zip(loose, self._links.link(loose), strict=True)) if self._links and loose else {}
        return [_named(mention, found.get(mention.skill.label)) for mention in skills]


def _named(mention: SkillMention, link: tuple[Skill, float] | None) -> SkillMention:
    """The entry's label and uri on a loose span, if it is of the span's own sort (ability or knowledge)."""
    if mention.skill.uri or link is None:
        return mention
    skill, nearness = link
    if (skill.kind is SkillKind.SKILL) is not (mention.skill.kind is SkillKind.SKILL):
        return mention
    return SkillMention(mention.evidence, skill, mention.confidence * nearness, inferred=True)


def lines_of(text: str, pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    """What is worth tagging: a short text whole, else the sentences that speak of the work and the person."""
    if len(text) <= WHOLE and "\n" not in text.strip():
        return [(0, len(text))]
    return [(piece.start, piece.end) for piece in pieces if piece.section not in SILENT]


def merge(text: str, literal: Sequence[SkillMention], spans: Sequence[Span]) -> list[SkillMention]:
    """One list in reading order: spans where the tagger sees some, exact names where it does not.

    A span that holds a literal name of its own sort takes that name's entry. Measured on SkillSpan (ADR 18).
    """
    used: set[int] = set()
    found = []
    for span in spans:
        inside = [at for at, mention in enumerate(literal) if _holds(span, mention)]
        used.update(inside)
        found.append(_mention(text, span, [literal[at] for at in inside]))
    tagged = [(span.start, span.end) for span in spans if span.head != "skill"]
    for at, mention in enumerate(literal):
        if at not in used and mention.skill.kind in NAMES_TO_KEEP:
            start, end = mention.evidence.start, mention.evidence.end
            if not any(a < end and start < b for a, b in tagged):
                found.append(mention)
    return sorted(found, key=lambda mention: (mention.evidence.start, mention.evidence.end))


def _holds(span: Span, mention: SkillMention) -> bool:
    same = (span.head == "skill") is (mention.skill.kind is SkillKind.SKILL)
    return same and span.start <= mention.evidence.start and mention.evidence.end <= span.end


def _mention(text: str, span: Span, inside: Sequence[SkillMention]) -> SkillMention:
    """The literal name's entry where the span holds just one and little else, else a loose entry of its own words."""
    evidence = Evidence(text[span.start : span.end], span.start, span.end)
    whole = [m for m in inside if 2 * len(m.evidence.quote) > len(evidence.quote)]
    if whole:
        return SkillMention(evidence, whole[0].skill, max(whole[0].confidence, span.confidence))
    kind = SkillKind.SKILL if span.head == "skill" else SkillKind.KNOWLEDGE
    label = " ".join(evidence.quote.split())
    return SkillMention(evidence, Skill("", label, kind), span.confidence, inferred=True)
