"""Our side of `encode` in a process of its own: MODELS TEXTS.json OUT.npy -> figures as JSON on stdout."""

import json
import os
import sys
import time
from pathlib import Path

from jobbot.platform.inference import Encoder, load_encoder
from jobbot.settings import Models


def main(models: str, texts_file: str, out: str) -> dict[str, float | str]:
    encoder = load_encoder(Models(), Path(models), workers=1)
    assert encoder is not None
    encoder.encode(["one text"])
    ready, busy = time.time(), time.process_time()
    import numpy as np
    import psutil  # not part of what is timed

    figures: dict[str, float | str] = {"start": ready - float(os.environ["BENCH_STARTED"]), "cpu": busy}
    figures["rss"] = psutil.Process().memory_info().rss / 1e6
    figures["decision"] = f"{encoder.decision.precision}: {encoder.decision.reason}"
    if texts_file:
        sets = json.loads(Path(texts_file).read_text("utf-8"))
        figures |= {name: speed(encoder, sets[name], limit) for name, limit in (("adverts", 128), ("titles", 32))}
        figures["peak"] = psutil.Process().memory_info().rss / 1e6
        np.save(out, encoder.encode(sets["adverts"], max_tokens=128))
        figures["wall"] = on_all_cores(models, sets["adverts"])
    return figures


def speed(encoder: Encoder, texts: list[str], limit: int) -> float:
    """Texts per CPU second, the best of three."""
    best = float("inf")
    for _ in range(3):
        before = time.process_time()
        encoder.encode(texts, max_tokens=limit)
        best = min(best, time.process_time() - before)
    return len(texts) / best


def on_all_cores(models: str, texts: list[str]) -> float:
    """Texts per second of wall clock with the usual number of threads."""
    encoder = load_encoder(Models(), Path(models))
    assert encoder is not None
    best = float("inf")
    for _ in range(3):
        before = time.perf_counter()
        encoder.encode(texts, max_tokens=128)
        best = min(best, time.perf_counter() - before)
    return len(texts) / best


if __name__ == "__main__":
    print(json.dumps(main(*[*sys.argv[1:], "", ""][:3])))
