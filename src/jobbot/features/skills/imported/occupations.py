"""From job titles to imported occupations: words, letters and meaning of every name, weighed by what was learned once.

Each occupation gets eight signals for a title (`SIGNALS`) and what is known of it alone (`PRIORS`); their weighted sum
orders the occupations, and its softmax is the score. The weights are in `title_weights.json`; `evals/titles_fit.py`
makes them, and docs/reference/figures.md says on which titles and how well they do on others.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jobbot.features.skills.imported.keep import Shelf
from jobbot.features.skills.imported.ngrams import Grams, build
from jobbot.features.skills.imported.titletext import core_words, plain
from jobbot.features.skills.model import Occupation
from jobbot.features.skills.taxonomy import Taxonomy
from jobbot.features.skills.titles import TitleIndex
from jobbot.kernel.ids import short_hash
from jobbot.kernel.report import Report, silent
from jobbot.platform.inference import Encoder

Floats = NDArray[np.float32]
NAME_TOKENS, ABOUT_TOKENS = 32, 96
SHARP, BRIDGE = 25.0, 20.0
"""How sharply a bridge's title leads to the nearest occupation, and a title to the nearest bridge."""
LEXICAL = ("char", "char label", "word")
SIGNALS = (*LEXICAL, "nearest name", "label", "all names", "description", "bridge")
PRIORS = ("names", "label words", "label letters", *(f"isco {digit}" for digit in "0123456789"))
_BATCH = 256
_CHUNK = 2048
FORMAT = "1"


class Weights(NamedTuple):
    """Weight of each signal and prior."""

    signals: Floats
    priors: Floats


def weights(*, meaning: bool) -> Weights:
    """The learned weights, with an encoder or without."""
    text = files("jobbot.features.skills.imported").joinpath("title_weights.json").read_text(encoding="utf-8")
    found = json.loads(text)["with encoder" if meaning else "words only"]
    signals = [found.get(name, 0.0) for name in (SIGNALS if meaning else LEXICAL)]
    return Weights(np.array(signals, np.float32), np.array([found.get(name, 0.0) for name in PRIORS], np.float32))


class TitleRanker:
    """Ranks occupations for titles; what it knows of the names is made once and kept in `folder`."""

    def __init__(
        self,
        occupations: Sequence[Occupation],
        bridges: Sequence[Occupation] = (),
        encoder: Encoder | None = None,
        folder: Path | None = None,
        mark: str = "",
        report: Report = silent,
        learned: Weights | None = None,
    ) -> None:
        self.occupations = occupations
        self.encoder = encoder
        self._weights = learned or weights(meaning=encoder is not None)
        self._names = [(number, name) for number, one in enumerate(occupations) for name in _names(one)]
        self._starts = np.flatnonzero(np.diff([number for number, _ in self._names], prepend=-1))
        words = [core_words(name) for _, name in self._names]
        self._grams: dict[str, Grams] = {kind: build(kind, words) for kind in ("char", "word")}
        self._prior = self.priors() @ self._weights.priors
        self._meaning = Meaning(self, bridges, folder, mark, report) if encoder else None
        self.rank = lru_cache(maxsize=20_000)(self._one)

    def _one(self, title: str, limit: int = 10) -> list[tuple[str, str, float]]:
        return self.rank_many([title], limit)[0]

    def rank_many(
        self, titles: Sequence[str], limit: int = 10, report: Report = silent
    ) -> list[list[tuple[str, str, float]]]:
        """(uri, label, score 0-1) of each title, best first; scores of all occupations add up to 1."""
        found: list[list[tuple[str, str, float]]] = []
        for start in range(0, len(titles), _BATCH):
            report("Reading titles", start, len(titles))
            some = titles[start : start + _BATCH]
            totals = np.tensordot(self._weights.signals, self.signals(some), axes=1) + self._prior
            found += [self._best(row, limit) for row in totals]
        report("Reading titles", len(titles), len(titles))
        return found

    def signals(self, titles: Sequence[str]) -> Floats:
        """float32 (signals, titles, occupations)."""
        found = np.zeros((len(self._weights.signals), len(titles), len(self.occupations)), np.float32)
        for row, title in enumerate(titles):
            words = core_words(title)
            char, word = self._grams["char"].score(words), self._grams["word"].score(words)
            found[0, row] = np.maximum.reduceat(char, self._starts)
            found[1, row] = char[self._starts]
            found[2, row] = np.maximum.reduceat(word, self._starts)
        if self._meaning is not None:
            self._meaning.fill(found[len(LEXICAL) :], titles)
        return found

    def priors(self) -> Floats:
        """float32 (occupations, priors): how many names, how long the label, which of ISCO's major groups."""
        rows = np.zeros((len(self.occupations), len(PRIORS)), np.float32)
        for row, one in zip(rows, self.occupations, strict=True):
            row[0] = np.log(1 + len(one.titles))
            row[1], row[2] = len(one.label.split()), len(one.label) / 10
            if "/esco/" in one.uri and one.field[:1].isdigit():
                row[3 + int(one.field[0])] = 1.0
        return rows

    def _best(self, totals: Floats, limit: int) -> list[tuple[str, str, float]]:
        shares = np.exp(totals - totals.max())
        shares /= shares.sum()
        count = min(limit, len(shares))
        top: list[int] = np.argpartition(-totals, count - 1)[:count].tolist() if count else []
        order = sorted(top, key=lambda n: (-float(totals[n]), self.occupations[n].uri))
        return [(self.occupations[n].uri, self.occupations[n].label, round(float(shares[n]), 4)) for n in order]

    @property
    def names(self) -> list[str]:
        return [name for _, name in self._names]

    @property
    def starts(self) -> NDArray[np.intp]:
        return self._starts


def ranker(
    taxonomy: Taxonomy, home: Path, encoder: Callable[[], Encoder | None], report: Report = silent
) -> TitleIndex | TitleRanker:
    """What reads titles in a data directory: the core's index where nothing was imported; then no encoder is opened."""
    over = taxonomy.over
    if not over.sets:
        return taxonomy.titles
    folder = Shelf(home).folder
    return TitleRanker(taxonomy.all_occupations, over.bridges(), encoder(), folder, over.mark, report)


class Meaning:
    """The signals that need an encoder: vectors of names and descriptions, and the way over other sets' titles."""

    def __init__(
        self, ranker: TitleRanker, bridges: Sequence[Occupation], folder: Path | None, mark: str, report: Report
    ) -> None:
        assert ranker.encoder is not None
        self._encoder = ranker.encoder
        self._starts = ranker.starts
        made = Vectors(folder, short_hash(FORMAT, mark, self._encoder.card.card_id), self._encoder, report)
        self._vectors = made.of("names", ranker.names, NAME_TOKENS)
        about = [f"{one.label}. {one.about}" if one.about else one.label for one in ranker.occupations]
        self._about = made.of("about", about, ABOUT_TOKENS)
        sums = np.add.reduceat(self._vectors, self._starts, axis=0)
        self._middle = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12)
        titles = [(number, name) for number, one in enumerate(bridges) for name in _names(one)]
        self._bridge_starts = np.flatnonzero(np.diff([number for number, _ in titles], prepend=-1))
        self._bridge = made.of("bridges", [name for _, name in titles], NAME_TOKENS) if titles else None
        self._leads = made.kept("leads", len(self._bridge_starts), self._crosswalk) if titles else None

    def fill(self, found: Floats, titles: Sequence[str]) -> None:
        """Put the five signals into `found` (5, titles, occupations)."""
        vectors = self._encoder.encode([plain(title) for title in titles], max_tokens=NAME_TOKENS)
        close = vectors @ self._vectors.T
        found[0] = np.maximum.reduceat(close, self._starts, axis=1)
        found[1] = close[:, self._starts]
        found[2] = vectors @ self._middle.T
        found[3] = vectors @ self._about.T
        if self._bridge is not None and self._leads is not None:
            near = np.maximum.reduceat(vectors @ self._bridge.T, self._bridge_starts, axis=1)
            found[4] = np.log(_softmax(near, BRIDGE) @ self._leads + 1e-6)

    def _crosswalk(self) -> Floats:
        """Where the titles of each bridge lead, (bridges, occupations), each row adding up to 1."""
        assert self._bridge is not None
        leads = np.zeros((len(self._bridge_starts), len(self._starts)), np.float32)
        sizes = np.diff([*self._bridge_starts, len(self._bridge)])
        owner = np.repeat(np.arange(len(sizes)), sizes)
        for start in range(0, len(self._bridge), _CHUNK):
            close = self._bridge[start : start + _CHUNK] @ self._vectors.T
            np.add.at(
                leads, owner[start : start + _CHUNK], _softmax(np.maximum.reduceat(close, self._starts, axis=1), SHARP)
            )
        return np.asarray(leads / sizes[:, None], np.float32)


class Vectors:
    """Vectors of lists of texts: made once, kept as float16 beside the sets, keyed by model card and content."""

    def __init__(self, folder: Path | None, key: str, encoder: Encoder, report: Report) -> None:
        self._folder, self._key, self._encoder, self._report = folder, key, encoder, report

    def of(self, what: str, texts: Sequence[str], tokens: int) -> Floats:
        """float32 (texts, dim)."""
        return self.kept(what, len(texts), lambda: self._encode(texts, tokens))

    def kept(self, what: str, size: int, make: Callable[[], Floats]) -> Floats:
        """float32, of `size` rows: what was made once under this key, else made now and kept."""
        if self._folder is None:
            return make()
        file = self._folder / f"titles-{what}-{self._key}.npy"
        found = _read(file, size)
        if found is None:
            found = make().astype(np.float16)
            _write(file, found)
        return found.astype(np.float32)

    def _encode(self, texts: Sequence[str], tokens: int) -> Floats:
        rows = []
        for start in range(0, len(texts), _CHUNK):
            self._report("Encoding the names of occupations, once", start, len(texts))
            rows.append(self._encoder.encode(texts[start : start + _CHUNK], max_tokens=tokens))
        self._report("Encoding the names of occupations, once", len(texts), len(texts))
        return np.concatenate(rows)


def _read(file: Path, size: int) -> NDArray[Any] | None:
    try:
        found: NDArray[Any] = np.load(file, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    return found if found.ndim == 2 and len(found) == size and np.isfinite(found).all() else None


def _write(file: Path, vectors: NDArray[np.float16]) -> None:
    """Whole or not at all; a full disk costs the time to make them again."""
    from jobbot.kernel.private import private_file

    temporary = file.with_name(f".{file.name}.tmp")
    try:
        private_file(temporary)
        with temporary.open("wb") as open_file:
            np.save(open_file, vectors, allow_pickle=False)
        temporary.replace(file)
    except OSError:
        temporary.unlink(missing_ok=True)


def _names(one: Occupation) -> Iterable[str]:
    return dict.fromkeys((one.label, *one.titles))


def _softmax(rows: Floats, sharp: float) -> Floats:
    found = np.exp((rows - rows.max(axis=1, keepdims=True)) * sharp)
    return np.asarray(found / found.sum(axis=1, keepdims=True), np.float32)
