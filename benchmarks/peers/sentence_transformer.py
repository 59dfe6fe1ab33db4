"""The peer of `encode`, run by the Python of .cache/bench: MODEL TEXTS.json OUT.npy -> figures as JSON on stdout."""

import json
import os
import sys
import time

import numpy as np
import psutil
import sentence_transformers
import torch


def main(model: str, texts_file: str, out: str) -> dict[str, float | str]:
    torch.set_num_threads(1)
    with open(texts_file, encoding="utf-8") as file:
        sets = json.load(file)
    encoder = sentence_transformers.SentenceTransformer(model, device="cpu")
    encoder.encode(["one text"])
    figures: dict[str, float | str] = {
        "start": time.time() - float(os.environ["BENCH_STARTED"]),
        "rss": psutil.Process().memory_info().rss / 1e6,
        "version": f"sentence-transformers {sentence_transformers.__version__}, torch {torch.__version__}",
    }
    encoder.max_seq_length = 128
    for name, batches in (("adverts", (8, 16, 32)), ("titles", (32, 64))):
        figures[name] = max(speed(encoder, sets[name], size) for size in batches)
    np.save(out, encoder.encode(sets["adverts"], batch_size=16, normalize_embeddings=True))
    return figures


def speed(encoder: sentence_transformers.SentenceTransformer, texts: list[str], size: int) -> float:
    """Texts per CPU second, the best of three."""
    best = float("inf")
    for _ in range(3):
        before = time.process_time()
        encoder.encode(texts, batch_size=size, normalize_embeddings=True)
        best = min(best, time.process_time() - before)
    return len(texts) / best


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:4])))
