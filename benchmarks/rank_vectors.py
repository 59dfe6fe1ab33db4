"""Ten thousand postings on two views: the store's matrices, two products and the best 50, beside FAISS flat."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.frame import Row

COUNT, DIM, BEST, CARD = 10_000, 384, 50, "benchmark-int8"


def run() -> list[Row]:
    from jobbot.platform.inference import VectorStore
    from jobbot.platform.storage import Database

    with tempfile.TemporaryDirectory() as folder:
        database = Database.open(Path(folder))
        database.migrate()
        dice = np.random.default_rng(1)
        for kind in ("title", "requirements"):
            _fill(VectorStore(database), kind, dice)
        query = _rows(dice, 2)
        cold = _cpu(lambda: _rank(VectorStore(database), query), 3)
        store = VectorStore(database)
        warm = _cpu(lambda: _rank(store, query), 20)
        index = store.index(CARD, "title")
        flat = _cpu(lambda: [store.index(CARD, kind).search(query[0], BEST) for kind in ("title", "requirements")], 20)
        database.close()
    note = f"{COUNT} postings x 2 views, best {BEST}"
    return [
        Row("ranking on vectors, warm", warm, "FAISS flat, two searches", flat, "<= 100", "ms", f"CPU; {note}"),
        Row("ranking on vectors, first time", cold, unit="ms", note=f"CPU; reads {len(index)} x 2 rows from SQLite"),
    ]


def _fill(store: Any, kind: str, dice: np.random.Generator) -> None:
    rows = _rows(dice, COUNT)
    hashes = {f"p{n:05}": f"{kind}-{n:05}" for n in range(COUNT)}
    store.add(CARD, dict(zip(hashes.values(), rows, strict=True)), kind=kind, hashes=hashes)


def _rows(dice: np.random.Generator, count: int) -> Any:
    rows = dice.normal(size=(count, DIM)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def _rank(store: Any, query: Any) -> list[tuple[str, float]]:
    """Both views of a posting, the better one counts."""
    ids, titles = store.matrix(CARD, "title")
    _, needs = store.matrix(CARD, "requirements")
    scores = np.maximum(titles @ query[0], needs @ query[1])
    best = np.argpartition(-scores, BEST)[:BEST]
    return [(ids[place], float(scores[place])) for place in best[np.argsort(-scores[best])]]


def _cpu(work: Callable[[], Any], rounds: int) -> float:
    """Milliseconds of CPU, the best of `rounds`."""
    best = float("inf")
    for _ in range(rounds):
        before = time.process_time()
        work()
        best = min(best, time.process_time() - before)
    return best * 1000
