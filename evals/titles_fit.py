"""Makes `title_weights.json`: `python -m evals.titles_fit`. Not an eval itself.

Data: one half of the titles in ../shared/data/benchmarks/jobbert_eval (by a hash of the title, so that the
same title is never in both halves), with their ESCO occupations. Model: softmax over a weighted sum of the signals of
`imported.occupations`, 21 weights with an encoder; L2 1e-4 on weights of standardised signals, L-BFGS.
"""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from evals.shared import ROOT, data
from jobbot.features.skills.imported.files import parts
from jobbot.features.skills.imported.gather import gather
from jobbot.features.skills.imported.keep import Imported, compiled
from jobbot.features.skills.imported.merge import Occupations, occupations
from jobbot.features.skills.imported.model import SetName
from jobbot.features.skills.imported.occupations import LEXICAL, PRIORS, SIGNALS, TitleRanker, Weights
from jobbot.features.skills.normal import squeeze
from jobbot.features.skills.taxonomy import load_core
from jobbot.platform.inference import Encoder, load_encoder
from jobbot.settings import Models

Floats = NDArray[np.float32]
CANDIDATES = 150
BATCH = 256
PENALTY = 1e-4
FILE = ROOT / "src" / "jobbot" / "features" / "skills" / "imported" / "title_weights.json"
CACHE = ROOT / ".cache" / "titles"


class Titles(NamedTuple):
    """Titles with the uri of their occupation, and which half each is in (False: the weights were tuned on it)."""

    texts: list[str]
    gold: list[str]
    held: NDArray[np.bool_]


def titles() -> Titles:
    with (data() / "benchmarks" / "jobbert_eval" / "titles.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    texts = [row["vacancyTitle"].strip() for row in rows]
    held = [int(hashlib.sha256(squeeze(text).encode()).hexdigest(), 16) % 2 == 1 for text in texts]
    return Titles(texts, [row["conceptUri"] for row in rows], np.array(held))


def imported(*names: SetName) -> list[Imported]:
    return [compiled(gather(parts(data() / "taxonomies" / name), name), "") for name in names]


def ranker(
    sets: list[Imported], encoder: Encoder | None, learned: Weights | None = None, *, bridged: bool = True
) -> TitleRanker:
    """Vectors are kept in `.cache/titles` between runs."""
    found: Occupations = occupations(sets, load_core().all_occupations)
    CACHE.mkdir(parents=True, exist_ok=True)
    mark = "-".join([*(one.mark for one in sets), "bridged" if bridged else "alone"])
    return TitleRanker(found.answers, found.bridges if bridged else (), encoder, CACHE, mark, learned=learned)


def encoder() -> Encoder | None:
    return load_encoder(Models(), CACHE / "models")


def fit(one: TitleRanker, asked: Titles, names: tuple[str, ...]) -> dict[str, float]:
    """The weights by name, learned on the half that is not held out."""
    from scipy.optimize import minimize

    some = np.flatnonzero(~asked.held).tolist()
    place = {occupation.uri: number for number, occupation in enumerate(one.occupations)}
    x, y = _examples(one, [asked.texts[n] for n in some], np.array([place.get(asked.gold[n], -1) for n in some]))
    spread = x.reshape(-1, x.shape[2]).std(axis=0)
    spread[spread < 1e-6] = 1.0
    x /= spread

    def loss(weights: Any) -> tuple[float, Any]:
        scores = x @ weights.astype(np.float32)
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        right = shares[np.arange(len(y)), y]
        shares[np.arange(len(y)), y] -= 1
        slope = np.einsum("nc,ncf->f", shares, x) / len(y)
        value = -np.log(np.maximum(right, 1e-12)).mean() + PENALTY * float(weights @ weights)
        return float(value), slope + 2 * PENALTY * weights

    found = minimize(loss, np.zeros(x.shape[2]), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return dict(zip(names, (float(f"{w:.4g}") for w in found.x / spread), strict=True))


def _examples(one: TitleRanker, texts: list[str], gold: NDArray[np.intp]) -> tuple[Floats, NDArray[np.intp]]:
    """Signals and priors of each title's nearest occupations, and which is right; those without are left out."""
    prior, rows, right = one.priors(), [], []
    for start in range(0, len(texts), BATCH):
        signals = one.signals(texts[start : start + BATCH])
        rough = (signals / np.maximum(signals.std(axis=(1, 2), keepdims=True), 1e-6)).sum(axis=0)
        near = np.argpartition(-rough, CANDIDATES, axis=1)[:, :CANDIDATES]
        for row, (places, answer) in enumerate(zip(near, gold[start : start + BATCH], strict=True)):
            if answer in places:
                rows.append(np.concatenate([signals[:, row, places].T, prior[places]], axis=1))
                right.append(int(np.flatnonzero(places == answer)[0]))
    return np.stack(rows), np.array(right)


def main(file: Path = FILE) -> None:
    asked, sets = titles(), imported("esco")
    nothing = Weights(np.zeros(len(SIGNALS), np.float32), np.zeros(len(PRIORS), np.float32))
    plain = Weights(np.zeros(len(LEXICAL), np.float32), nothing.priors)
    found = {
        "with encoder": fit(ranker(sets, encoder(), nothing), asked, (*SIGNALS, *PRIORS)),
        "words only": fit(ranker(sets, None, plain), asked, (*LEXICAL, *PRIORS)),
    }
    file.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
