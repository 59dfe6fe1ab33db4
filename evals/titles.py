"""Job titles to ESCO occupations: the fused ranker beside TF-IDF, MiniLM cosine and their plain sum."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

import numpy as np
from benchmarks.frame import Row
from numpy.typing import NDArray

from evals.shared import Skipped
from evals.titles_fit import Titles, encoder, imported, ranker, titles
from jobbot.features.skills.imported.keep import Imported
from jobbot.features.skills.imported.occupations import SIGNALS, TitleRanker, weights
from jobbot.platform.inference import Encoder

Floats = NDArray[np.float32]
Score = Callable[[Floats], Floats]
BATCH = 256
_MEANING = {name: number for number, name in enumerate(SIGNALS)}


def run() -> list[Row]:
    asked, sets, found = titles(), imported("esco"), encoder()
    if found is None:
        raise Skipped("no encoder is installed")
    fused = ranker(sets, found)
    gold = _places(fused, asked)
    before = process_time()
    ranks = _ranks(fused, asked, gold, _baselines(fused))
    seconds = process_time() - before
    rows = _rows(asked, ranks)
    rows += _without(asked, gold, sets, found)
    return [*rows, Row("titles per CPU-second, eight baselines at once", len(asked.texts) / seconds)]


def _places(one: TitleRanker, asked: Titles) -> NDArray[np.intp]:
    place = {occupation.uri: number for number, occupation in enumerate(one.occupations)}
    return np.array([place.get(uri, -1) for uri in asked.gold])


def _baselines(one: TitleRanker) -> dict[str, Score]:
    learned = weights(meaning=True)
    prior = one.priors() @ learned.priors
    nearest, label, char = (_MEANING[name] for name in ("nearest name", "label", "char"))
    return {
        "fused": lambda s: np.tensordot(learned.signals, s, axes=1) + prior,
        "TF-IDF of letters, all names": lambda s: s[char],
        "MiniLM cosine, preferred label": lambda s: s[label],
        "MiniLM cosine, all names": lambda s: s[nearest],
        "sum of both as z": lambda s: _z(s[nearest]) + _z(s[char]),
        "core titles alone, as a bridge": lambda s: s[_MEANING["bridge"]],
    }


def _z(rows: Floats) -> Floats:
    return (rows - rows.mean(axis=1, keepdims=True)) / np.maximum(rows.std(axis=1, keepdims=True), 1e-6)


def _ranks(one: TitleRanker, asked: Titles, gold: NDArray[np.intp], scores: dict[str, Score]) -> dict[str, Floats]:
    """Rank of the right occupation by each score; equal scores share the middle rank, an unknown one has none."""
    found: dict[str, list[Floats]] = {name: [] for name in scores}
    for start in range(0, len(asked.texts), BATCH):
        signals, answers = one.signals(asked.texts[start : start + BATCH]), gold[start : start + BATCH]
        for name, score in scores.items():
            rows = score(signals)
            own = rows[np.arange(len(rows)), answers][:, None]
            rank = (rows > own).sum(axis=1) + ((rows == own).sum(axis=1) + 1) / 2
            found[name].append(np.where(answers >= 0, rank, np.inf))
    return {name: np.concatenate(some) for name, some in found.items()}


def _rows(asked: Titles, ranks: dict[str, Floats]) -> list[Row]:
    held, ours = asked.held, ranks["fused"]
    rows = []
    for part, mask in (("held-out half", held), ("all titles", np.ones_like(held))):
        note = (
            f"{int(mask.sum())} titles; weights tuned on the other half"
            if mask is held
            else f"{int(mask.sum())} titles"
        )
        best = max((name for name in ranks if name != "fused"), key=lambda name: _mrr(ranks[name][mask]))
        rows.append(Row(f"MRR, {part}", _mrr(ours[mask]), best, _mrr(ranks[best][mask]), ">= 0.4", note=note))
        rows += [
            Row(f"R@{k}, {part}", float((ours[mask] <= k).mean()), best, float((ranks[best][mask] <= k).mean()))
            for k in (1, 5, 10)
        ]
    return [*rows, *(Row(f"MRR, {name}", _mrr(ranks[name]), note="all titles") for name in ranks if name != "fused")]


def _without(asked: Titles, gold: NDArray[np.intp], sets: list[Imported], found: Encoder) -> list[Row]:
    """The same with less: no encoder, and O*NET imported beside ESCO."""
    learned = weights(meaning=False)
    plain = ranker(sets, None)
    prior = plain.priors() @ learned.priors
    words = _ranks(plain, asked, gold, {"fused": lambda s: np.tensordot(learned.signals, s, axes=1) + prior})["fused"]
    rows = [Row("MRR, no encoder (words and letters)", _mrr(words), note="all titles")]
    both = ranker([*sets, *imported("onet")], found)
    ranks = _ranks(both, asked, _places(both, asked), {"fused": _baselines(both)["fused"]})["fused"]
    return [*rows, Row("MRR, with O*NET's titles as a bridge too", _mrr(ranks), note="all titles")]


def _mrr(ranks: Floats) -> float:
    return float((1 / ranks).mean())
