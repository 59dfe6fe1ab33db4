"""From a job title to occupations: shared words weighed by rarity, with the level of seniority set aside."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from jobbot.features.skills.model import Occupation
from jobbot.features.skills.normal import spellings, squeeze
from jobbot.kernel.report import Report, silent

_LEVELS = """
senior sr junior jr mid level entry trainee intern internship apprentice graduate staff principal lead head chief
associate assistant deputy vice president vp i ii iii iv v the of for and a an in to remote hybrid onsite full part
time fulltime parttime permanent temporary contract fixed term m f d w x h all genders experienced
"""
_LEVEL = frozenset(_LEVELS.split())
_SOFT = 0.25
_STEMS = ("ers", "er", "ing", "ists", "ist", "ors", "or", "ment", "s")
_NOISE = re.compile(r"\([^()]{0,60}\)|\[[^\[\]]{0,60}\]")


class TitleIndex:
    """Ranks occupations for a title by the cosine of rarity-weighed word vectors, best title of each occupation."""

    def __init__(self, occupations: Sequence[Occupation]) -> None:
        self._occupations = occupations
        rows: list[tuple[int, Counter[str]]] = []
        for number, occupation in enumerate(occupations):
            rows += [(number, _features(squeeze(name))) for name in (occupation.label, *occupation.titles)]
        spread = Counter(feature for _, features in rows for feature in features)
        self._idf = {feature: math.log(1 + len(rows) / count) for feature, count in spread.items()}
        self._unknown = math.log(1 + len(rows))
        self._postings: dict[str, list[tuple[int, float]]] = {}
        self._owner = [number for number, _ in rows]
        for row, (_, features) in enumerate(rows):
            weights = {feature: count * self._idf[feature] for feature, count in features.items()}
            length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
            for feature, weight in weights.items():
                self._postings.setdefault(feature, []).append((row, weight / length))
        self.rank = lru_cache(maxsize=20_000)(self._ranked)  # type: ignore[method-assign]

    def rank(self, title: str, limit: int = 10) -> list[tuple[str, str, float]]:
        """(uri, label, score 0-1), best first; replaced by a cached twin when the index is built."""
        return self._ranked(title, limit)

    def rank_many(
        self, titles: Sequence[str], limit: int = 10, report: Report = silent
    ) -> list[list[tuple[str, str, float]]]:
        """`rank` of each title; `report` is for rankers that take longer."""
        return [self.rank(title, limit) for title in titles]

    def _ranked(self, title: str, limit: int) -> list[tuple[str, str, float]]:
        scores = self._scores(_NOISE.sub(" ", title)) or self._scores(title)
        best: dict[int, float] = {}
        for row, score in scores.items():
            owner = self._owner[row]
            if score > best.get(owner, 0.0):
                best[owner] = score
        ranked = sorted(best.items(), key=lambda item: (-item[1], item[0]))[:limit]
        known = {number for number, _ in ranked}
        rest = (number for number in range(len(self._occupations)) if number not in known)
        ranked += [(number, 0.0) for number, _ in zip(rest, range(limit - len(ranked)), strict=False)]
        return [
            (self._occupations[n].uri, self._occupations[n].label, round(min(score, 1.0), 4)) for n, score in ranked
        ]

    def _scores(self, title: str) -> dict[int, float]:
        features = _features(squeeze(title))
        weights = {feature: count * self._idf.get(feature, self._unknown * 0.5) for feature, count in features.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        scores: dict[int, float] = {}
        for feature, weight in weights.items():
            for row, other in self._postings.get(feature, ()):
                scores[row] = scores.get(row, 0.0) + weight * other / length
        return scores


def _features(title: str) -> Counter[str]:
    """Weights of the stems and neighbouring pairs of a title; words of level count little."""
    words = [_stem(spellings(word)[-1]) for word in title.split() if not word.isdigit()]
    core = [word for word in words if word not in _LEVEL]
    features: Counter[str] = Counter()
    for word in words:
        features[word] += 1 if word not in _LEVEL else _SOFT  # type: ignore[assignment]
    for first, second in pairwise(core):
        features[f"{first} {second}"] += 0.5  # type: ignore[assignment]
    return features


def _stem(word: str) -> str:
    """
    >>> _stem("engineers"), _stem("nursing"), _stem("sales")
    ('engine', 'nurs', 'sale')
    """
    if word in _LEVEL:
        return word
    for ending in _STEMS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
