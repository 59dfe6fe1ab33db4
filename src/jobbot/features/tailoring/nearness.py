"""How well a fact answers a phrase of the posting, judged by the phrase itself and not by the requirement around it.

    nearness = SHARED for the first skill both name, + MORE for each further one (at most two)
             + WORD for each content word both hold, twice for an acronym (at most two) + MEANING x cosine above LEAST

Without an encoder the last part is nothing. A phrase and a fact that share neither a skill nor a word need a high
cosine to reach ANSWERS.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Protocol

from jobbot.features.skills.extract import Extractor
from jobbot.features.skills.model import SkillKind
from jobbot.features.tailoring.lexicon import word_set
from jobbot.features.tailoring.tell import deed, habit, listing
from jobbot.features.tailoring.weigh import quantified
from jobbot.kernel.fact import Fact
from jobbot.kernel.ids import FactId

ANSWERS = 0.4
"""From here on a fact answers a phrase."""

SHARED, MORE, WORD, MEANING, LEAST = 0.42, 0.1, 0.12, 0.9, 0.12
FAR = 0.24
"""Below this cosine a single shared skill is chance: two texts may name a skill and speak of different things."""

NOWHERE = 0.1
"""The same for a tool, which is a thing of its own."""

_WORD = re.compile(r"[^\W\d_]{4,}")
_ACRONYM = re.compile(r"\b[A-Z][A-Z0-9]{1,5}\b")
_EVERYDAY = word_set("AI EU US UK USA IT HR UI UX CEO CFO CTO PDF CV OK TV USD EUR ETB KES GBP B2B B2C NY LA SF")
_STEM = 5
_COMMON = word_set(
    """
    manag exper works worki team teams build built devel suppo provi respo skill knowl stron abili years inclu
    acros using with that from have will your role roles lead leadi ensur drive drivi high proce syste tools throu
    their them other about level relev track recor prove maint creat deliv compa busin proje oppor custo clien
    under where which while within well able help helpi need needs time times full multi envir quali excel
    """
)


class Encodes(Protocol):
    """Texts in, rows of length 1 out (`platform.inference.Encoder`)."""

    def encode(self, texts: Sequence[str], *, query: bool = False, max_tokens: int | None = None) -> Any: ...


class Nearness:
    """Over the facts of one profile; texts are encoded once each."""

    def __init__(self, extractor: Extractor, encoder: Encodes | None, facts: Sequence[Fact]) -> None:
        self._extractor, self._encoder = extractor, encoder
        self._skills: dict[str, frozenset[str]] = {}
        self._tools: set[str] = set()
        self._places = {fact.id: row for row, fact in enumerate(facts)}
        self._rows = encoder.encode([fact.wording for fact in facts]) if encoder and facts else None
        self._known: dict[str, Any] = {}

    def learn(self, phrases: Sequence[str]) -> None:
        """Encode phrases together; one that is asked for unlearnt has no meaning part."""
        new = [phrase for phrase in dict.fromkeys(phrases) if phrase not in self._known]
        if self._encoder and self._rows is not None and new:
            self._known.update(zip(new, self._encoder.encode(new), strict=True))

    def __call__(self, phrase: str, fact: Fact) -> float:
        both = self.skills(phrase) & self.skills(fact.wording)
        shared = len(both)
        words = len(stems(phrase) & stems(fact.wording)) + len(acronyms(phrase) & acronyms(fact.wording))
        named = SHARED + MORE * min(2, shared - 1) if shared else 0.0
        if self._rows is None:
            return named + WORD * min(2, words)
        meaning = self.meaning(phrase, fact.id)
        far = meaning < (NOWHERE if both & self._tools else FAR) and shared < 2
        return 0.0 if far else named + WORD * min(2, words) + MEANING * max(0.0, meaning - LEAST)

    def meaning(self, phrase: str, fact: FactId) -> float:
        """Cosine of phrase and fact, 0 where no encoder knows them."""
        if self._rows is None or phrase not in self._known or fact not in self._places:
            return 0.0
        return float(self._known[phrase] @ self._rows[self._places[fact]])

    def skills(self, text: str) -> frozenset[str]:
        """URIs of the skills a text names; languages are no skills here."""
        if text not in self._skills:
            found = self._extractor.skills(text)
            self._tools.update(m.skill.uri for m in found if m.skill.kind is SkillKind.TOOL)
            self._skills[text] = frozenset(m.skill.uri for m in found if m.skill.kind is not SkillKind.LANGUAGE)
        return self._skills[text]


def stems(text: str) -> frozenset[str]:
    """Beginnings of the content words, and acronyms as they stand.

    >>> sorted(stems("Recruiting for quotas")), sorted(stems("recruited to quota"))
    (['quota', 'recru'], ['quota', 'recru'])
    """
    words = (word.rstrip("s") if len(word) > 4 else word for word in _WORD.findall(text.casefold()))
    return (frozenset(word[:_STEM] for word in words) - _COMMON) | acronyms(text)


def acronyms(text: str) -> frozenset[str]:
    """Short names in capitals, which a taxonomy may not know and two texts seldom share by chance.

    >>> sorted(acronyms("Cost cut by DFM in the EU"))
    ['DFM']
    """
    return frozenset(_ACRONYM.findall(text)) - _EVERYDAY


def vigour(fact: Fact) -> float:
    """What makes a fact worth telling whatever it answers: a figure, a deed, a role that still runs, no
    mere list; about 0.4 to 1.5."""
    wording = fact.wording
    worth = 1.0 + 0.15 * (not fact.end) + 0.15 * quantified(wording) + 0.2 * (deed(wording) or habit(fact))
    return worth - 0.1 * (len(wording) > 220) - 0.5 * listing(wording) - 0.2 * (len(wording.split()) < 4)
