"""Skill spans on human-labelled sentences: our rules beside a plain case-insensitive dictionary of the same names."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import ahocorasick
from benchmarks.frame import Row

from evals.shared import data
from jobbot.features.skills.extract import Extractor
from jobbot.features.skills.taxonomy import Taxonomy, load_core

Spans = set[tuple[int, int]]


class Sentence(NamedTuple):
    text: str
    skill: Spans
    knowledge: Spans


def run() -> list[Row]:
    folder, core = data() / "benchmarks", load_core()
    ours, plain = _ours(Extractor(core)), _plain(core)
    rows: list[Row] = []
    for name, path in (("SkillSpan dev", "skillspan/dev.json"), ("Green dev", "nnose/green/dev.json")):
        sentences = list(_sentences(folder / path))
        rows += _rows(f"{name}, pooled", sentences, lambda s: s.skill | s.knowledge, ours, plain)
        if any(s.knowledge for s in sentences):
            rows += _rows(f"{name}, knowledge", sentences, lambda s: s.knowledge, ours, plain)
    return rows


def _rows(
    name: str,
    sentences: list[Sentence],
    gold: Callable[[Sentence], Spans],
    ours: Callable[[str], Spans],
    plain: Callable[[str], Spans],
) -> list[Row]:
    pairs = [(gold(s), ours(s.text)) for s in sentences]
    peer = [(gold(s), plain(s.text)) for s in sentences]
    note = f"{sum(len(spans) for spans, _ in pairs)} spans; literal matching only"
    return [
        Row(f"{name}: strict F1", strict(pairs), "plain", strict(peer), note=note),
        Row(f"{name}: overlap F1", overlap(pairs), "plain", overlap(peer)),
    ]


def strict(pairs: list[tuple[Spans, Spans]]) -> float:
    right = sum(len(gold & found) for gold, found in pairs)
    return f1(right, right, sum(len(f) for _, f in pairs), sum(len(g) for g, _ in pairs))


def overlap(pairs: list[tuple[Spans, Spans]]) -> float:
    precise = sum(any(a < d and c < b for c, d in gold) for gold, found in pairs for a, b in found)
    recalled = sum(any(a < d and c < b for c, d in found) for gold, found in pairs for a, b in gold)
    return f1(precise, recalled, sum(len(f) for _, f in pairs), sum(len(g) for g, _ in pairs))


def f1(precise: int, recalled: int, found: int, gold: int) -> float:
    precision, recall = precise / max(found, 1), recalled / max(gold, 1)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _ours(extractor: Extractor) -> Callable[[str], Spans]:
    return lambda text: {(mention.evidence.start, mention.evidence.end) for mention in extractor.skills(text)}


def _plain(core: Taxonomy) -> Callable[[str], Spans]:
    """The peer: every label and alias in lower case, longest match, between non-letters; no case, context or plural."""
    automaton = ahocorasick.Automaton()
    for skill in core.skills:
        for name in (skill.label, *skill.aliases):
            automaton.add_word(name.lower(), len(name))
    automaton.make_automaton()

    def find(text: str) -> Spans:
        low = text.lower()
        if len(low) != len(text):
            return set()
        spans, done = set(), 0
        found = sorted((end + 1 - size, -(end + 1)) for end, size in automaton.iter(low))
        for start, minus in found:
            end = -minus
            whole = not (start and low[start - 1].isalnum()) and not (end < len(low) and low[end].isalnum())
            if start >= done and whole:
                spans.add((start, end))
                done = end
        return spans

    return find


def _sentences(path: Path) -> Iterator[Sentence]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        starts, at = [], 0
        for token in row["tokens"]:
            starts.append(at)
            at += len(token) + 1
        text = " ".join(row["tokens"])
        yield Sentence(text, _spans(row, "tags_skill", starts), _spans(row, "tags_knowledge", starts))


def _spans(row: dict[str, list[str]], key: str, starts: list[int]) -> Spans:
    spans: Spans = set()
    begin: int | None = None
    tags = [*row.get(key, []), "O"]
    for index, tag in enumerate(tags):
        if begin is not None and tag[:1] != "I":
            spans.add((starts[begin], starts[index - 1] + len(row["tokens"][index - 1])))
            begin = None
        if tag[:1] == "B":
            begin = index
    return spans
