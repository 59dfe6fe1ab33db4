"""TF-IDF over names: words with pairs, or letters in runs of two to four. NumPy only, one inverted list per feature.

Weights as in scikit-learn's `TfidfVectorizer(sublinear_tf=True)`: (1 + ln tf) (1 + ln((1 + n) / (1 + df))), rows of
length 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Analyser = Callable[[str], Counter[str]]


def words(text: str) -> Counter[str]:
    """Words and neighbouring pairs."""
    found = [word for word in text.split() if len(word) > 1]
    return Counter([*found, *(f"{a} {b}" for a, b in pairwise(found))])


def letters(text: str) -> Counter[str]:
    """Runs of two to four letters inside each word, its edges as spaces."""
    counts: Counter[str] = Counter()
    for word in text.split():
        padded = f" {word} "
        for size in (2, 3, 4):
            counts.update(padded[at : at + size] for at in range(max(1, len(padded) - size + 1)))
    return counts


ANALYSERS: dict[str, Analyser] = {"word": words, "char": letters}


class Grams:
    """Cosine of a text with each of the names."""

    def __init__(
        self,
        kind: str,
        vocabulary: list[str],
        starts: NDArray[np.int64],
        rows: NDArray[np.int32],
        values: Floats,
        idf: Floats,
        size: int,
    ) -> None:
        self._analyse = ANALYSERS[kind]
        self._place = {feature: number for number, feature in enumerate(vocabulary)}
        self.vocabulary, self.starts, self.rows, self.values, self.idf, self.size = (
            vocabulary,
            starts,
            rows,
            values,
            idf,
            size,
        )

    def score(self, text: str) -> Floats:
        """float32 (names,), 0-1."""
        scores = np.zeros(self.size, np.float32)
        found = [(self._place[f], 1 + np.log(n)) for f, n in self._analyse(text).items() if f in self._place]
        weights = [float(tf * self.idf[number]) for number, tf in found]
        length = float(np.sqrt(sum(weight * weight for weight in weights))) or 1.0
        for (number, _), weight in zip(found, weights, strict=True):
            low, high = self.starts[number], self.starts[number + 1]
            scores[self.rows[low:high]] += self.values[low:high] * (weight / length)
        return scores


def build(kind: str, names: Sequence[str]) -> Grams:
    """The inverted lists of some names, already in the form texts are compared in."""
    analyse = ANALYSERS[kind]
    place: dict[str, int] = {}
    rows: list[int] = []
    features: list[int] = []
    counts: list[int] = []
    for row, name in enumerate(names):
        for feature, count in analyse(name).items():
            rows.append(row)
            features.append(place.setdefault(feature, len(place)))
            counts.append(count)
    row_of, feature_of = np.array(rows, np.int32), np.array(features, np.int64)
    spread = np.bincount(feature_of, minlength=len(place))
    idf = (1 + np.log((1 + len(names)) / (1 + spread))).astype(np.float32)
    values = (1 + np.log(np.array(counts, np.float64))) * idf[feature_of]
    lengths = np.sqrt(np.bincount(row_of, weights=values * values, minlength=len(names)))
    values = (values / np.maximum(lengths[row_of], 1e-12)).astype(np.float32)
    order = np.argsort(feature_of, kind="stable")
    starts = np.concatenate([[0], np.cumsum(spread)])
    return Grams(kind, list(place), starts, row_of[order], values[order], idf, len(names))
