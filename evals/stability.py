"""One ledger in a hundred runs: ten processes with ten seeds of hashing, the postings in another order each time."""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
from pathlib import Path

from benchmarks.frame import Row

from evals import shared
from evals.ledger import _match, _posting, _reader, _rows
from jobbot.features.skills.extract import Extractor
from jobbot.features.skills.taxonomy import load_core

PROCESSES, RUNS, POSTINGS = 10, 10, 48
_CODE = "from evals.stability import digests; print('\\n'.join(digests({seed})))"


def run() -> list[Row]:
    shared.data()  # says what is missing before ten processes do
    found: list[str] = []
    for seed in range(PROCESSES):
        told = subprocess.run(
            [sys.executable, "-c", _CODE.format(seed=seed)],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            cwd=Path(__file__).parent.parent,
            check=True,
            capture_output=True,
            text=True,
        )
        found += told.stdout.split()
    note = f"{len(found)} runs over {POSTINGS} postings, whole matches with every row, quote and counterfactual"
    return [Row("different answers in all runs", len(set(found)), bar="<= 1", note=note)]


def digests(seed: int) -> list[str]:
    """SHA-256 of all matches, sorted by posting, once a run."""
    folder = shared.data()
    extractor = Extractor(load_core())
    resume = json.loads(next((folder / "judged" / "candidates").glob("*.json")).read_text("utf-8"))
    reader = _reader(extractor, resume)
    postings = [_posting(row) for row in _rows(folder / "judged" / "postings")][::4][:POSTINGS]
    dice = random.Random(seed)
    found = []
    for _ in range(RUNS):
        dice.shuffle(postings)
        answers = {str(one.id): _match(one, reader, extractor).as_dict() for one in postings}
        found.append(hashlib.sha256(json.dumps(answers, sort_keys=True).encode()).hexdigest())
    return found
