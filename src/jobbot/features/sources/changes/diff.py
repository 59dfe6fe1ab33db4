"""Two versions of a text as a diff to be read: what stands in both shortened, words that differ marked. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any, NamedTuple

CONTEXT = 80
"""Code points of what is the same that are shown beside what is not."""
MOST_WORDS = 3_000
"""Of a stretch of more words than these that differs, the whole is shown as taken away and as added."""
_WORD = re.compile(r"\s+|[^\s\w]|\w+")


class Op(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    GAP = "gap"
    """What is the same and left out; has no text."""


class Piece(NamedTuple):
    op: Op
    text: str


@dataclass(frozen=True, slots=True)
class Diff:
    """`added` and `removed` count lines that are not empty; a line that differs counts in both."""

    added: int
    removed: int
    pieces: tuple[Piece, ...]

    def as_dict(self) -> dict[str, Any]:
        told = [{"op": piece.op.value, "text": piece.text} for piece in self.pieces]
        return {"added": self.added, "removed": self.removed, "diff": told}


def diff(before: str, after: str) -> Diff:
    """It has no gaps: what is the same and what was removed is `before`, the same and what was added `after`."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    pieces: list[Piece] = []
    counts = {Op.ADDED: 0, Op.REMOVED: 0}
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Op.SAME, "".join(old[a:b])))
            continue
        counts[Op.REMOVED] += sum(bool(line.strip()) for line in old[a:b])
        counts[Op.ADDED] += sum(bool(line.strip()) for line in new[c:d])
        pieces += _words("".join(old[a:b]), "".join(new[c:d]))
    return Diff(counts[Op.ADDED], counts[Op.REMOVED], tuple(_joined(pieces)))


def shortened(found: Diff) -> Diff:
    """With gaps in place of what is the same and stands far from what is not."""
    last = len(found.pieces) - 1
    pieces = (cut for place, piece in enumerate(found.pieces) for cut in _cut(piece, place == 0, place == last))
    return Diff(found.added, found.removed, tuple(pieces))


def _cut(piece: Piece, first: bool, last: bool) -> Iterator[Piece]:
    if piece.op is not Op.SAME or len(piece.text) <= 2 * CONTEXT + 20:
        yield piece
        return
    if not first:
        yield Piece(Op.SAME, _whole_words(piece.text[:CONTEXT], at_end=True))
    yield Piece(Op.GAP, "")
    if not last:
        yield Piece(Op.SAME, _whole_words(piece.text[-CONTEXT:], at_end=False))


def _whole_words(text: str, *, at_end: bool) -> str:
    kept = text.rpartition(" ")[0] if at_end else text.partition(" ")[2]
    return kept or text


def _words(before: str, after: str) -> list[Piece]:
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) + len(new) > MOST_WORDS:
        return [Piece(Op.REMOVED, before), Piece(Op.ADDED, after)]
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[a:b]), "".join(new[c:d])
        pieces += [Piece(Op.SAME, gone)] if tag == "equal" else [Piece(Op.REMOVED, gone), Piece(Op.ADDED, come)]
    return _readable(pieces)


def _readable(pieces: Sequence[Piece]) -> list[Piece]:
    """A blank or a comma between two words that differ is read with them: what differs is one stretch, not crumbs."""
    found: list[Piece] = []
    for piece in pieces:
        crumb = piece.op is Op.SAME and len(piece.text.strip()) < 3 and "\n" not in piece.text
        found += [Piece(Op.REMOVED, piece.text), Piece(Op.ADDED, piece.text)] if crumb else [piece]
    return found


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbours of a kind as one; between two stretches that are the same, first all that went, then all that came."""
    gone, come, same = "", "", ""
    for op, text in pieces:
        if op is Op.SAME:
            yield from _flushed(gone, come)
            gone, come, same = "", "", same + text
            continue
        if same and text:
            yield Piece(Op.SAME, same)
            same = ""
        gone, come = (gone + text, come) if op is Op.REMOVED else (gone, come + text)
    yield from _flushed(gone, come)
    if same:
        yield Piece(Op.SAME, same)


def _flushed(gone: str, come: str) -> Iterator[Piece]:
    if gone == come:
        if gone:
            yield Piece(Op.SAME, gone)
        return
    if gone:
        yield Piece(Op.REMOVED, gone)
    if come:
        yield Piece(Op.ADDED, come)
