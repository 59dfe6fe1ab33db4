"""One pass over a text that finds every name of a skill, every cue and every heading phrase."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

import ahocorasick

from jobbot.features.skills.lexicon import CUES, HEADINGS, Cue, Section
from jobbot.features.skills.model import Skill, SkillKind
from jobbot.features.skills.normal import fold, numbers, spellings, squeeze
from jobbot.features.skills.taxonomy import Keys


class Claim(NamedTuple):
    """A skill with a name of this normal form. `written`: only that case counts; `context`: and the words around."""

    skill: Skill
    written: str = ""
    context: bool = False


class Word:
    """What a phrase of the automaton stands for: skills, a cue, a heading, several of them, or a decoy."""

    __slots__ = ("claims", "cues", "decoy", "length", "section")

    def __init__(self, length: int) -> None:
        self.length = length
        self.claims: tuple[Claim, ...] = ()
        self.cues: tuple[Cue, ...] = ()
        self.decoy = False
        self.section: Section | None = None


IMPORTED = ("esco",)
"""Field of skills that only ESCO knows: its abilities are phrases with a verb, which have no plural."""
_START = itemgetter(0)
Found = tuple[int, int, Word]
"""Start and end of a word, in code points of the text, and the word. A plain tuple: there are hundreds in an advert."""


class Finder:
    """The automaton over all names and phrases. Built once; reading is thread-safe."""

    def __init__(self, skills: tuple[Skill, ...], keys: Keys = ()) -> None:
        """`keys` are those of `named_keys(skills)` where they are known already."""
        words: dict[str, Word] = {}
        for key, claims in keys or named_keys(skills):
            _word(words, key).claims = tuple(Claim(skills[number], written, near) for number, written, near in claims)
        for cue, phrases in CUES.items():
            for phrase in phrases:
                word = _word(words, phrase)
                word.cues = (*word.cues, cue)
                word.decoy = word.decoy or cue is Cue.DECOY
        for section, headings in HEADINGS.items():
            for phrase in headings:
                for key in {phrase, phrase.replace(" and ", "   ")}:
                    _word(words, key).section = section
        automaton = ahocorasick.Automaton()
        for key, word in words.items():
            automaton.add_word(f" {key} ", word)
        automaton.make_automaton()
        self._automaton = automaton
        self.names = len(words)

    def find(self, text: str) -> list[Found]:
        """Every phrase in `text`, overlapping ones too, by start and then longest first. Linear in the text."""
        padded = f" {fold(text)} "
        found = [(last - 1 - word.length, last - 1, word) for last, word in self._automaton.iter(padded)]
        found.reverse()  # they come by their ends: of those with one start the longest is now first, and stays so
        found.sort(key=_START)
        return found


def _word(words: dict[str, Word], key: str) -> Word:
    word = words.get(key)
    if word is None:
        word = words[key] = Word(len(key))
    return word


def named_keys(skills: Sequence[Skill]) -> list[tuple[str, list[tuple[int, str, bool]]]]:
    """Every normal form a skill is looked for under, with the claims on it, in the order of the skills."""
    words: dict[str, list[tuple[int, str, bool]]] = {}
    for number, skill in enumerate(skills):
        for name in (skill.label, *skill.aliases):
            if name in skill.silent:
                continue
            marked = name in skill.exact or name in skill.context
            claim = (number, name if marked or not name[0].isalnum() else "", name in skill.context)
            fixed = marked or (skill.kind is SkillKind.SKILL and (" " not in name or skill.fields == IMPORTED))
            for key in keys_of(name, fixed):
                claims = words.setdefault(key, [])
                if not any(other == number and not written for other, written, _ in claims):
                    claims.append(claim)
    return list(words.items())


def keys_of(name: str, fixed: bool = False) -> set[str]:
    """The normal forms a name is looked for under: spelling variants, singular and plural, "and" as "&".

    `fixed` names (a certain case, or one word for an ability: "drive", "lead") have no other number.

    >>> sorted(keys_of("Health and safety"))
    ['health   safety', 'health and safety']
    """
    plain = squeeze(name)
    if not plain:
        return set()
    keys = {number for key in spellings(plain) for number in ((key,) if fixed else numbers(key))}
    if " and " in name or " & " in name:
        joined = fold(name).strip()
        keys |= {key.replace(" and ", "   ") for key in keys} | ({joined} if " & " in name else set())
        keys |= {squeeze(name.replace(" & ", " and "))}
    return keys
