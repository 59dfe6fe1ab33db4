"""When two runs of words are the same: word by word, or by a synonym handed in."""

from __future__ import annotations

from functools import lru_cache

from jobbot.platform.safety.grounding.model import Synonyms
from jobbot.platform.safety.grounding.tokens import Tokens, words_of
from jobbot.platform.safety.grounding.words import Phrase, qualifiers_at


class Equal:
    """Synonym groups, found by first word. A phrase that is a number or holds a qualifier is no synonym of anything."""

    def __init__(self, synonyms: Synonyms) -> None:
        self._groups: dict[str, list[tuple[Phrase, int]]] = {}
        self._members: list[tuple[Phrase, ...]] = []
        for name, others in synonyms.items():
            self._add([name, *others])

    def _add(self, names: list[str]) -> None:
        phrases = tuple(dict.fromkeys(phrase for name in names if _usable(phrase := _words(name))))
        if len(phrases) < 2:
            return
        for phrase in phrases:
            self._groups.setdefault(phrase[0], []).append((phrase, len(self._members)))
        self._members.append(phrases)

    def steps(self, line: Tokens, here: int, source: Tokens, there: int) -> list[tuple[int, int]]:
        """Where a match may go on from (here, there): by one equal word, or over one synonym."""
        if here >= len(line) or there >= len(source):
            return []
        steps = [(here + 1, there + 1)] if line.words[here] == source.words[there] else []
        for phrase, group in self._groups.get(line.words[here], ()):
            if not _stands(line, here, phrase):
                continue
            others = (other for other in self._members[group] if other != phrase and _stands(source, there, other))
            steps += [(here + len(phrase), there + len(other)) for other in others]
        return steps

    def other_openings(self, words: Phrase, index: int) -> list[str]:
        """First words of the synonyms of a phrase that begins here."""
        found = []
        for phrase, group in self._groups.get(words[index], ()):
            if words[index : index + len(phrase)] == phrase:
                found += [other[0] for other in self._members[group]]
        return found


NO_SYNONYMS = Equal({})


@lru_cache(maxsize=8192)
def _words(name: str) -> Phrase:
    return words_of(name)


def _usable(phrase: Phrase) -> bool:
    if not phrase or all(word[0].isdigit() or not word[0].isalnum() for word in phrase):
        return False
    return not any(qualifiers_at(phrase, index) for index in range(len(phrase)))


def _stands(tokens: Tokens, index: int, phrase: Phrase) -> bool:
    end = index + len(phrase)
    return tokens.words[index:end] == phrase and not any(tokens.gaps[index + 1 : end])
