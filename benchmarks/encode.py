"""Encoding adverts: texts per CPU second on one thread, start and memory, beside sentence-transformers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.adverts import adverts
from benchmarks.frame import Row, Skipped

ROOT = Path(__file__).resolve().parent.parent
PEERS = Path(__file__).parent / "peers"
MODELS = ROOT / ".cache" / "bench-models"
STARTS = 5


def run() -> list[Row]:
    from jobbot.platform.inference import load_encoder
    from jobbot.platform.inference.load import BUNDLED, find
    from jobbot.settings import Models

    found = find(BUNDLED, MODELS)
    if found is None or load_encoder(Models(), MODELS) is None:
        raise Skipped("the bundled weights are not installed (requirements/models.txt)")
    with tempfile.TemporaryDirectory() as folder:
        texts = _texts(Path(folder))
        ours, vectors = _measure(Path(sys.executable), "jobbot_encoder.py", str(MODELS), texts)
        starts = [_start() for _ in range(STARTS)]
        rows = [
            Row(
                "start to first vector",
                min(s["start"] for s in starts),
                bar="<= 0.5",
                unit="s",
                note=f"whole new process, wall clock, best of {STARTS}",
            ),
            Row("start to first vector, CPU", min(s["cpu"] for s in starts), unit="s", note="the same processes"),
            Row(
                "memory after load",
                max(s["rss"] for s in starts),
                bar="<= 150",
                unit="MB",
                note="resident, whole process",
            ),
            Row("memory after 120 adverts", ours["peak"], unit="MB"),
            Row("adverts a second, all cores", ours["wall"], unit="/s", note="wall clock"),
        ]
        peer = _peer_python()
        if peer is None:
            print("  peer skipped: no .cache/bench (./run bench installs it)", file=sys.stderr)
            return [Row("adverts per CPU second", ours["adverts"], unit="/s", note=ours["decision"]), *rows]
        theirs, reference = _measure(peer, "sentence_transformer.py", str(found.description.folder), texts)
    return _beside(ours, theirs, np.sum(vectors * reference, axis=1)) + rows


def _beside(ours: dict[str, Any], theirs: dict[str, Any], cosine: Any) -> list[Row]:
    name = "sentence-transformers"
    return [
        Row(
            "times the peer, adverts",
            ours["adverts"] / theirs["adverts"],
            bar=">= 1.8",
            unit="x",
            note=theirs["version"],
        ),
        Row(
            "adverts per CPU second", ours["adverts"], name, theirs["adverts"], unit="/s", note="128 tokens, one thread"
        ),
        Row("titles per CPU second", ours["titles"], name, theirs["titles"], unit="/s", note="one thread"),
        Row("cosine to the peer, mean", float(cosine.mean()), bar=">= 0.99", note=ours["decision"]),
        Row("cosine to the peer, least", float(cosine.min()), note=f"{len(cosine)} adverts"),
        Row("start, beside the peer", ours["start"], name, theirs["start"], unit="s"),
        Row("memory after load, beside the peer", ours["rss"], name, theirs["rss"], unit="MB", note="after load"),
    ]


def _texts(folder: Path) -> str:
    made = adverts(120)
    path = folder / "texts.json"
    titles = [f"{advert.title} {n}" for n, advert in enumerate(made * 3)]  # distinct: equal texts are encoded once
    path.write_text(json.dumps({"adverts": [advert.text for advert in made], "titles": titles}), "utf-8")
    return str(path)


def _measure(python: Path, script: str, model: str, texts: str) -> tuple[dict[str, Any], Any]:
    out = str(Path(texts).with_name(f"{script}.npy"))
    return _call([str(python), str(PEERS / script), model, texts, out]), np.load(out)


def _start() -> dict[str, Any]:
    return _call([sys.executable, str(PEERS / "jobbot_encoder.py"), str(MODELS)])


def _call(command: list[str]) -> dict[str, Any]:
    quiet = {"OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false", "HF_HUB_OFFLINE": "1"}
    environment = {**os.environ, **quiet, "BENCH_STARTED": repr(time.time())}
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if done.returncode:
        raise Skipped(f"{Path(command[1]).name} failed: {done.stderr.strip().splitlines()[-1:]}")
    figures: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return figures


def _peer_python() -> Path | None:
    places = (ROOT / ".cache/bench/bin/python", ROOT / ".cache/bench/Scripts/python.exe")
    return next((place for place in places if place.exists()), None)
