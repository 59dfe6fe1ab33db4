"""From scores of words to spans of text, and back: BIO tags (Ramshaw and Marcus 1995), one row of them for each head.

SkillSpan's spans nest ("working in a *DevOps* culture"), so that abilities and knowledge each have tags of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

HEADS = ("skill", "knowledge")
"""What a span may be: an ability ("lead a team"), or something one knows (a tool, a field, a language, a licence)."""
TAGS = ("O", "B", "I")
OUTSIDE, BEGIN, INSIDE = range(3)
HEAD = "tags"
"""What the tensors of the last layer are called."""

OPENING, CLOSING = frozenset("([{<\"'“‘„•*–—-"), frozenset(")]}>\"'”’.,;:!?–—-")
"""Signs that are words of their own at the beginning and at the end of what stands together."""

Scores = NDArray[np.float32]
"""(words, heads, tags) logarithms of probabilities, each row of tags adding up to one."""
Bounds = tuple[int, int]


Bias = tuple[float, float]
"""What is taken off the score of O (above 0 finds more spans) and put on that of I (above 0 makes them longer)."""


class Span(NamedTuple):
    """One span: `text[start:end]`, which head saw it, and how sure (0-1, the geometric mean over its words)."""

    start: int
    end: int
    head: str
    confidence: float


class Words(NamedTuple):
    """The words of a text as the tokenizer splits it (punctuation apart): where they stand, their first tokens."""

    bounds: list[Bounds]
    first: list[int]


def words_of(encoding: Any, text: str) -> Words:
    """Read them from an encoding of `text` by `tokenizers`; special tokens are no words.

    What stands together without a blank is one word, signs at its edges apart: "CI/CD" and "C++," make three.
    """
    bounds: list[Bounds] = []
    first: list[int] = []
    last = None
    for at, (word, (start, end)) in enumerate(zip(encoding.word_ids, encoding.offsets, strict=True)):
        if word is None:
            continue
        if word == last:
            bounds[-1] = (bounds[-1][0], end)
        else:
            last = word
            bounds.append((start, end))
            first.append(at)
    return _joined(text, bounds, first)


def _joined(text: str, bounds: list[Bounds], first: list[int]) -> Words:
    joined = Words([], [])
    at = 0
    while at < len(bounds):
        end = at + 1
        while end < len(bounds) and bounds[end][0] == bounds[end - 1][1]:
            end += 1
        left, right = at, end
        while left < right - 1 and text[bounds[left][0] : bounds[left][1]] in OPENING:
            left += 1
        while right - 1 > left and text[bounds[right - 1][0] : bounds[right - 1][1]] in CLOSING:
            right -= 1
        for piece in (*((i, i + 1) for i in range(at, left)), (left, right), *((i, i + 1) for i in range(right, end))):
            joined.bounds.append((bounds[piece[0]][0], bounds[piece[1] - 1][1]))
            joined.first.append(first[piece[0]])
        at = end
    return joined


def log_softmax(logits: NDArray[np.float32]) -> Scores:
    """Over the last axis, shifted by the largest first so that nothing overflows."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    scores: Scores = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return scores


def decode(scores: Scores, bounds: Sequence[Bounds], bias: Sequence[Bias]) -> list[Span]:
    """The spans of the likeliest tags in which no span begins with an I, after each head's `bias`."""
    spans = []
    for head, name in enumerate(HEADS):
        rows = scores[:, head].copy()
        rows += (-bias[head][0], 0.0, bias[head][1])
        if (rows[:, OUTSIDE] >= rows[:, 1:].max(axis=1)).all():
            continue
        for first, last in runs(best_path(rows)):
            some = np.arange(first, last + 1)
            seen = scores[some, head, 1:].max(axis=1)
            spans.append(Span(bounds[first][0], bounds[last][1], name, float(np.exp(seen.mean()))))
    return sorted(spans)


def best_path(rows: NDArray[np.float32]) -> list[int]:
    """Viterbi over (words, tags) where I may not follow O nor come first; transitions have no other weight."""
    back: list[tuple[int, int, int]] = []
    out, begin, inside = float(rows[0, 0]), float(rows[0, 1]), float("-inf")
    for row in rows[1:].tolist():
        open_, before = (begin, BEGIN) if begin >= inside else (inside, INSIDE)
        any_, from_ = (out, OUTSIDE) if out >= open_ else (open_, before)
        back.append((from_, from_, before))
        out, begin, inside = any_ + row[0], any_ + row[1], open_ + row[2]
    tag = int(np.argmax((out, begin, inside)))
    path = [tag]
    for step in reversed(back):
        tag = step[tag]
        path.append(tag)
    return path[::-1]


def runs(tags: Sequence[int]) -> list[Bounds]:
    """First and last word of each span; an I that follows nothing begins one, as in labels that were cut."""
    found: list[Bounds] = []
    begin: int | None = None
    for at, tag in enumerate([*tags, OUTSIDE]):
        if begin is not None and tag != INSIDE:
            found.append((begin, at - 1))
            begin = None
        if tag == BEGIN or (tag == INSIDE and begin is None):
            begin = at
    return found


def tags_of(bounds: Sequence[Bounds], spans: Sequence[Bounds]) -> list[int]:
    """The tag of each word for spans that do not overlap; a word belongs where it begins."""
    tags = [OUTSIDE] * len(bounds)
    for start, end in spans:
        inside = [at for at, (first, _) in enumerate(bounds) if start <= first < end]
        for at in inside:
            tags[at] = INSIDE if at != inside[0] else BEGIN
    return tags
