"""How good spans are: strict and overlapping precision, recall and F1, as SkillSpan's authors count strict ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from jobbot.platform.inference.tagger.labelled import Sentence
from jobbot.platform.inference.tagger.spans import HEADS, Bounds, Span

Typed = set[tuple[str, int, int]]


def typed(spans: Iterable[Span]) -> Typed:
    return {(span.head, span.start, span.end) for span in spans}


def gold(sentence: Sentence) -> Typed:
    return {(head, *span) for head, spans in zip(HEADS, sentence.spans, strict=True) for span in spans or ()}


def f1(precise: int, recalled: int, found: int, wanted: int) -> float:
    precision, recall = precise / max(found, 1), recalled / max(wanted, 1)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def strict(pairs: Sequence[tuple[Typed, Typed]]) -> float:
    """F1 of (wanted, found) pairs where head, start and end must be the same."""
    right = sum(len(wanted & found) for wanted, found in pairs)
    return f1(right, right, sum(len(found) for _, found in pairs), sum(len(wanted) for wanted, _ in pairs))


def table(sentences: Sequence[Sentence], tag: Callable[[str], Iterable[Span]]) -> dict[str, float]:
    """Strict F1 of each head and of both together."""
    pairs = [(gold(sentence), typed(tag(sentence.text))) for sentence in sentences]
    rows = {head: strict([(_only(w, head), _only(f, head)) for w, f in pairs]) for head in HEADS}
    return {**rows, "pooled": strict(pairs)}


def _only(spans: Typed, head: str) -> Typed:
    return {span for span in spans if span[0] == head}


__all__ = ["Bounds", "Typed", "f1", "gold", "strict", "table", "typed"]
