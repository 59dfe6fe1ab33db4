"""The self-test of a quantised graph: eight texts, and how close their vectors come to the float32 ones."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

INT8_BAR = 0.985
"""Least cosine each golden text must reach, else float32 is used."""
FP32_BAR = 0.9999
"""What a float32 graph must reach against the shipped vectors: below, the graph or the CPU is wrong."""

_DATA = files("jobbot.platform.inference") / "data"


def texts() -> tuple[str, ...]:
    """Eight short texts from different fields of work, in three languages."""
    return tuple(json.loads((_DATA / "golden_texts.json").read_text("utf-8")))


def bundled() -> Vectors:
    """(8, 384) float32 vectors of the texts by the bundled weights, made with sentence-transformers on torch."""
    with (_DATA / "golden_vectors.npy").open("rb") as file:
        vectors: Vectors = np.load(file, allow_pickle=False)
    return vectors


def least_cosine(encode: Callable[[Sequence[str]], Vectors], reference: Vectors) -> float:
    """The worst agreement over the golden texts; both sides have rows of length 1."""
    return float(np.sum(encode(texts()) * reference, axis=1).min())
