"""Everything a text asks for: skills with exact quotes, and requirements with their polarity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from jobbot.features.skills.asks import hints_of, requirements_of
from jobbot.features.skills.find import Finder
from jobbot.features.skills.lexicon import Section
from jobbot.features.skills.mentions import mentions_of
from jobbot.features.skills.model import Extraction, Skill, SkillMention
from jobbot.features.skills.segment import Piece, pieces_of
from jobbot.features.skills.taxonomy import Taxonomy
from jobbot.features.skills.tongue import tongue

BOILERPLATE = 0.5
_BOILERPLATE = (Section.BENEFITS, Section.LEGAL, Section.COMPANY)


class Extractor:
    """Reads texts with one taxonomy. Building it costs some ten milliseconds; reading is linear and thread-safe."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.taxonomy = taxonomy
        self._finder = Finder(taxonomy.skills, taxonomy.over.keys)
        self._spoken: dict[str, Finder] = {}

    @property
    def names(self) -> int:
        """How many phrases the automaton knows."""
        return self._finder.names

    def extract(self, text: str) -> Extraction:
        """Skills and requirements of an advert. Every quote is `text[start:end]`; nothing in `text` can make it fail.

        Mentions in what the employer says about itself, its benefits or the law have half the confidence.
        """
        return self.read(text)[0]

    def read(self, text: str) -> tuple[Extraction, list[Piece]]:
        """`extract`, and the sentences and list items it was read from."""
        found = self._finder_of(text).find(text)
        mentions = mentions_of(text, found)
        pieces = list(pieces_of(text, found))
        requirements = tuple(requirements_of(text, iter(pieces), hints_of(found), mentions))
        return Extraction(tuple(_weighed(mentions, pieces)), requirements), pieces

    def skills(self, text: str) -> tuple[SkillMention, ...]:
        """The mentions alone, for texts that are no adverts (a CV, a title); cheaper than `extract`."""
        return tuple(mentions_of(text, self._finder_of(text).find(text)))

    def _finder_of(self, text: str) -> Finder:
        """The finder for the language of a text; one more is built when a text first needs it."""
        spoken = self.taxonomy.over.spoken
        language = tongue(text, spoken) if spoken else ""
        if not language:
            return self._finder
        if language not in self._spoken:
            self._spoken[language] = Finder(in_language(self.taxonomy.skills, spoken[language]))
        return self._spoken[language]


def in_language(skills: Sequence[Skill], names: Mapping[str, tuple[str, ...]]) -> tuple[Skill, ...]:
    """The skills with their names in one language besides: technology is called the same in all."""
    return tuple(
        replace(skill, aliases=(*skill.aliases, *more)) if (more := names.get(skill.uri)) else skill for skill in skills
    )


def _weighed(mentions: list[SkillMention], pieces: list[Piece]) -> list[SkillMention]:
    weighed, at = [], 0
    for mention in mentions:
        while at < len(pieces) and pieces[at].end <= mention.evidence.start:
            at += 1
        inside = at < len(pieces) and pieces[at].start <= mention.evidence.start
        if inside and pieces[at].section in _BOILERPLATE:
            trust = mention.confidence * BOILERPLATE
            mention = SkillMention(mention.evidence, mention.skill, trust, mention.inferred)
        weighed.append(mention)
    return weighed
