"""What int8 costs: order and quality of rankings with the bundled encoder in int8, float32 beside it, real postings."""

from __future__ import annotations

import gzip
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.encode import MODELS
from benchmarks.frame import Row, Skipped

from evals import shared
from jobbot.platform.inference import Encoder, load_encoder
from jobbot.settings import Models

TITLES, QUERIES, BEST = 5000, 300, 10


def run() -> list[Row]:
    data = shared.data()
    small, full = (load_encoder(Models(precision=name), MODELS) for name in ("int8", "fp32"))
    if small is None or full is None:
        raise Skipped("the bundled weights are not installed (requirements/models.txt)")
    postings = {path.stem: _lines(path) for path in sorted((data / "judged/postings").glob("*.jsonl"))}
    texts = [posting["description"] for rows in postings.values() for posting in rows]
    adverts = [encoder.encode(texts, max_tokens=128) for encoder in (small, full)]
    with gzip.open(data / "postings/greenhouse-metadata-112616.json.gz", "rt", encoding="utf-8") as file:
        names = list(dict.fromkeys(str(row["title"]) for row in json.load(file)))[::13][:TITLES]
    titles = [encoder.encode(names, max_tokens=32) for encoder in (small, full)]
    ours, theirs = (_judged(encoder, data, postings) for encoder in (small, full))
    return [
        *_agreement("adverts", adverts, len(texts)),
        *_agreement("titles", titles, QUERIES),
        Row(
            "NDCG@10 on judged fit, cosine",
            ours,
            "fp32",
            theirs,
            note="candidate's roles and summary to advert, 6 lists",
        ),
    ]


def _agreement(name: str, both: list[Any], queries: int) -> list[Row]:
    """Cosine of the two precisions, and how many of float32's best ten int8 finds in its best ten and best thirty."""
    small, full = both
    cosine = np.sum(small * full, axis=1)
    some = np.linspace(0, len(full) - 1, min(queries, len(full))).astype(int)
    kept, wide, top = [], [], []
    for at in some:
        exact, quick = ((-(rows @ rows[at])).argsort()[1 : 3 * BEST + 1] for rows in (full, small))
        kept.append(len(set(exact[:BEST]) & set(quick[:BEST])) / BEST)
        wide.append(len(set(exact[:BEST]) & set(quick)) / BEST)
        top.append(exact[0] == quick[0])
    note = f"{len(full)} {name}, {len(some)} queries"
    return [
        Row(f"{name}: cosine to fp32, mean", float(cosine.mean()), bar=">= 0.99", note=f"least {cosine.min():.4f}"),
        Row(f"{name}: best ten in best ten", float(np.mean(kept)), bar=">= 0.9", note=note),
        Row(f"{name}: best ten in best thirty", float(np.mean(wide)), bar=">= 0.99", note=note),
        Row(f"{name}: the same nearest", float(np.mean(top)), note=note),
    ]


def _judged(encoder: Encoder, data: Path, postings: dict[str, list[dict[str, Any]]]) -> float:
    grades: dict[tuple[str, str], float] = {}
    for row in _lines(data / "judged/judgments.jsonl"):
        grades[row["candidate"], row["id"]] = sum(row["fit"]) / len(row["fit"])
    wishes = json.loads((data / "judged/wishes.json").read_text("utf-8"))
    values = []
    for candidate, rows in postings.items():
        resume = json.loads((data / f"judged/candidates/{candidate}.json").read_text("utf-8"))
        about = ", ".join(wishes[candidate]["roles"]) + ". " + str(resume["basics"].get("summary", ""))
        query = encoder.encode([about], query=True)[0]
        scores = encoder.encode([f"{row['title']}. {row['description']}" for row in rows]) @ query
        values.append(_ndcg([grades[candidate, rows[at]["id"]] for at in (-scores).argsort()]))
    return float(np.mean(values))


def _ndcg(grades: list[float]) -> float:
    """Järvelin and Kekäläinen 2002, gain 2^grade - 1, cut at ten."""
    best = _gain(sorted(grades, reverse=True))
    return _gain(grades) / best if best else 0.0


def _gain(grades: list[float]) -> float:
    return sum((2**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(grades[:BEST]))


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
