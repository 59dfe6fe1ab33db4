"""Spans to ESCO labels, by meaning and by letters: techwolf's validation part. Printed by `skills`; no eval itself."""

from __future__ import annotations

import csv
import math
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from benchmarks.encode import MODELS
from benchmarks.frame import Row

from jobbot.features.skills.link import FLOOR, TOKENS
from jobbot.platform.inference import load_encoder
from jobbot.settings import Models

PARTS = ("tech_validation_annotations.csv", "house_validation_annotations.csv")
DEEP = 5

Scores = np.ndarray[tuple[int, int], np.dtype[np.float32]]


def rows(folder: Path) -> list[Row]:
    """R-precision@5 over the spans that have labels, and what the floor of our links lets through over all spans."""
    encoder = load_encoder(Models(), MODELS)
    if encoder is None:
        return []
    labels = [line.strip() for line in (folder / "skills_en_label.txt").read_text("utf-8").splitlines() if line.strip()]
    spans = _spans(folder, {label: at for at, label in enumerate(labels)})
    phrases, wanted = [phrase for _, phrase in spans], list(spans.values())
    near = encoder.encode(phrases, max_tokens=TOKENS) @ encoder.encode(labels, max_tokens=TOKENS).T
    some = [at for at, gold in enumerate(wanted) if gold]
    gold = [wanted[at] for at in some]
    ours, peer = r_precision(near[some], gold), r_precision(_letters([phrases[at] for at in some], labels), gold)
    linked = np.flatnonzero(near.max(axis=1) >= FLOOR)
    right = sum(int(near[at].argmax()) in wanted[at] for at in linked)
    return [
        Row(
            "techwolf validation: R-precision@5", ours, "TF-IDF", peer, note=f"{len(some)} spans, {len(labels)} labels"
        ),
        Row(
            "techwolf validation: links over the floor that are right",
            right / max(1, len(linked)),
            note=f"{len(linked)} of {len(spans)} spans linked",
        ),
    ]


def r_precision(scores: Scores, wanted: list[set[int]]) -> float:
    """Of the best five, how many are wanted, over how many could be (Decorte et al. 2022), mean of all rows."""
    best = np.argsort(-scores, axis=1)[:, :DEEP]
    hits = [len(set(row.tolist()) & gold) / min(DEEP, len(gold)) for row, gold in zip(best, wanted, strict=True)]
    return float(np.mean(hits))


def _spans(folder: Path, place: dict[str, int]) -> dict[tuple[str, str], set[int]]:
    """(sentence, span) -> labels; an empty set where the annotators found no label for it."""
    spans: dict[tuple[str, str], set[int]] = {}
    for name in PARTS:
        with (folder / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                found = spans.setdefault((row["sentence"], (row["sub_span"] or row["span"]).strip()), set())
                found |= {place[row["label"]]} if row["label"] in place else set()
    return spans


def _letters(phrases: list[str], labels: list[str]) -> Scores:
    """The peer: cosine of TF-IDF over groups of three letters."""
    seen = Counter(part for label in labels for part in _parts(label))
    weight = {part: math.log(len(labels) / count) for part, count in seen.items()}
    inverse: dict[str, list[int]] = defaultdict(list)
    for at, label in enumerate(labels):
        for part in _parts(label):
            inverse[part].append(at)
    length = np.array([math.sqrt(sum(weight[part] ** 2 for part in _parts(label))) for label in labels])
    scores = np.zeros((len(phrases), len(labels)), np.float32)
    for row, phrase in enumerate(phrases):
        for part in _parts(phrase) & weight.keys():
            scores[row, inverse[part]] += weight[part] ** 2
    return (scores / np.maximum(length, 1e-9)).astype(np.float32)


def _parts(text: str) -> set[str]:
    padded = f" {text.lower()} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}
