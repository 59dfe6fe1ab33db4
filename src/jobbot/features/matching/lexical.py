"""Words: the share of the posting's skills that the profile names, stuffing, and the terms to search with. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from jobbot.features.matching.candidate import Candidate
from jobbot.features.matching.worth import Worth, is_craft
from jobbot.features.skills.model import Extraction, Polarity, SkillMention

_MUST, _NICE, _TOLD = 2.0, 1.0, 1.0
_SURE = 0.5
_ENOUGH = 0.9
STUFFED_SKILLS = 40
STUFFED_PER_100_WORDS = 22.0
STUFFED_REPEATS = 30
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Overlap:
    """`share` 0-1 of the posting's skills, each counted once and must-haves twice; None where it names none."""

    share: float | None
    have: tuple[str, ...]
    lack: tuple[str, ...]


def overlap(extraction: Extraction, worth: Worth) -> Overlap:
    """A set, not a count: naming a skill a hundred times changes nothing."""
    weights = _weights(extraction)
    if not weights:
        return Overlap(None, (), ())
    have = [uri for uri in weights if worth.of(uri).credit >= _ENOUGH]
    labels = {mention.skill.uri: mention.skill.label for mention in _mentions(extraction)}
    total = sum(weights[uri] for uri in sorted(weights))
    share = sum(weights[uri] for uri in sorted(have)) / total
    lack = tuple(labels[uri] for uri in weights if uri not in have)
    return Overlap(share, tuple(labels[uri] for uri in have), lack)


def _mentions(extraction: Extraction) -> Iterable[SkillMention]:
    yield from extraction.skills
    for requirement in extraction.requirements:
        yield from requirement.skills


def _weights(extraction: Extraction) -> dict[str, float]:
    weights: dict[str, float] = {}
    for mention in extraction.skills:
        if mention.confidence > _SURE and is_craft(mention.skill):
            weights.setdefault(mention.skill.uri, _TOLD)
    for requirement in extraction.requirements:
        weight = _MUST if requirement.polarity is Polarity.MUST else _NICE
        crafts = [mention for mention in requirement.skills if is_craft(mention.skill)]
        for mention in () if requirement.negated else crafts:
            weights[mention.skill.uri] = max(weight, weights.get(mention.skill.uri, 0.0))
    return weights


def stuffing(text: str, mentions: Sequence[SkillMention]) -> str:
    """What is absurd about the density of skills in a text, "" when nothing is."""
    if not mentions:
        return ""
    words = max(1, len(_WORD.findall(text)))
    counts = Counter(mention.skill.label for mention in mentions)
    label, most = max(counts.items(), key=lambda item: (item[1], item[0]))
    if most >= STUFFED_REPEATS and 100 * most / words > 3:
        return f'names "{label}" {most} times in {words} words'
    if len(counts) >= STUFFED_SKILLS and 100 * len(counts) / words > STUFFED_PER_100_WORDS:
        return f"names {len(counts)} skills in {words} words"
    return ""


def query_terms(candidate: Candidate, rarity: Mapping[str, float] | None = None, limit: int = 10) -> tuple[str, ...]:
    """6-10 terms for full-text search: words of the wished roles first, then the rarest of the profile's skills."""
    roles = [word for own in candidate.titles if own.weight >= 0.9 for word in own.title.role]
    named = [fact.wording for fact in candidate.facts if fact.kind == "skill" and len(fact.wording.split()) <= 2]
    words = list(dict.fromkeys(w.lower() for name in named for w in re.findall(r"[\w+#]{3,}", name)))
    words.sort(key=lambda word: -(rarity or {}).get(word, float(len(word))))
    return tuple(dict.fromkeys([*roles[:6], *words]))[:limit]
