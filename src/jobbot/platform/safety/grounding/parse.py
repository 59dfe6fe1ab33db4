"""Reading a line as pieces of facts and the few words that may join them.

Rules the reader holds to:
- a piece is a run of one source, word by word in order (synonyms handed in count as the same word), with its
  punctuation kept where it keeps clauses apart;
- two pieces need a separator or a joining word between them;
- within a sentence all pieces hang on one group (a role with its organisation and dates), with one free wording at
  most, and dates only beside titles, not beside deeds;
- only complete items (skills, languages, certificates) may be listed across groups.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from jobbot.platform.safety.grounding.phrases import Equal
from jobbot.platform.safety.grounding.sources import Material, Source
from jobbot.platform.safety.grounding.tokens import Tokens
from jobbot.platform.safety.grounding.words import GLUE, GLUE_WORDS, JOINING_DATES, MOST_GLUE, Phrase

MOST_STEPS = 20_000


@dataclass(frozen=True, slots=True)
class Piece:
    """Words `[start, end)` of the source stand in the line."""

    source: Source
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _State:
    """What the sentence so far binds the rest to."""

    anchor: str = ""
    listed: bool = False
    free: bool = False
    dated: bool = False
    label: str = ""
    glue: Phrase = ()
    touching: bool = False


class Reader:
    """All readings of one line. `farthest` is the word none of them got past, `left_out` what of a
    fact follows where the line ends too early."""

    def __init__(self, line: Tokens, facts: Material, equal: Equal, frames: tuple[Phrase, ...]) -> None:
        self._line = line
        self._openings = facts.openings()
        self._equal = equal
        self._frames = frames
        self._steps = 0
        self.farthest = 0
        self.left_out = ""

    def readings(self) -> Iterator[tuple[Piece, ...]]:
        yield from self._read(0, _State(), ())

    def _read(self, index: int, state: _State, pieces: tuple[Piece, ...]) -> Iterator[tuple[Piece, ...]]:
        self._steps += 1
        self.farthest = max(self.farthest, index)
        if self._steps > MOST_STEPS:
            return
        if index == len(self._line):
            if pieces and not state.glue:
                yield pieces
            return
        gap = self._line.gaps[index]
        if gap and state.glue:
            return
        if gap == 2:
            state = _State()
        yield from self._frame(index, state, pieces)
        yield from self._piece(index, state, pieces)
        word = self._line.words[index]
        if word in GLUE_WORDS and len(state.glue) < MOST_GLUE:
            yield from self._read(index + 1, replace(state, glue=(*state.glue, word), touching=False), pieces)

    def _frame(self, index: int, state: _State, pieces: tuple[Piece, ...]) -> Iterator[tuple[Piece, ...]]:
        """A phrase of the template at the beginning of a sentence."""
        if self._line.gaps[index] != 2:
            return
        for phrase in self._frames:
            end = index + len(phrase)
            if self._line.words[index:end] == phrase:
                yield from self._read(end, state, pieces)

    def _piece(self, index: int, state: _State, pieces: tuple[Piece, ...]) -> Iterator[tuple[Piece, ...]]:
        for source, start in self._candidates(index):
            if state.touching and not self._line.gaps[index] and source.tokens.words[0] not in JOINING_DATES:
                continue
            after = _bind(state, source, comma=bool(self._line.gaps[index]))
            if after is None or not _in_order(pieces, source, start):
                continue
            for line_end, source_end in self._runs(index, source, start):
                yield from self._read(line_end, after, (*pieces, Piece(source, start, source_end)))

    def _candidates(self, index: int) -> list[tuple[Source, int]]:
        found = list(self._openings.get(self._line.words[index], ()))
        for word in self._equal.other_openings(self._line.words, index):
            found += self._openings.get(word, ())
        return list(dict.fromkeys(found))

    def _runs(self, index: int, source: Source, start: int) -> list[tuple[int, int]]:
        """(end in the line, end in the source) of every run that ends where a cut is allowed, longest first."""
        ends: set[tuple[int, int]] = set()
        seen: set[tuple[int, int]] = set()
        stack = [(index, start)]
        while stack:
            here, there = state = stack.pop()
            if state in seen:
                continue
            seen.add(state)
            if there in source.ends and there > start:
                ends.add(state)
            elif here == len(self._line):
                self.left_out = source.tokens.raw(there, there + 6)
            if here > index and not self._gaps_agree(here, source.tokens, there):
                self.farthest = max(self.farthest, here)
                continue
            self.farthest = max(self.farthest, here)
            stack += self._equal.steps(self._line, here, source.tokens, there)
        return sorted(ends, reverse=True)

    def _gaps_agree(self, here: int, source: Tokens, there: int) -> bool:
        """Punctuation may weaken a sentence's end to a comma, but not come or go: it carries meaning."""
        if here >= len(self._line) or there >= len(source):
            return True
        ours, theirs = self._line.gaps[here], source.gaps[there]
        return ours == theirs or (theirs == 2 and ours == 1)


def _bind(state: _State, source: Source, *, comma: bool) -> _State | None:
    """The state after a piece of this source, or None where the sentence does not allow it."""
    if state.glue not in GLUE[source.kind]:
        return None
    free = source.kind == "free"
    dated = state.dated or source.kind == "date"
    if (free and state.free) or (dated and (free or state.free)):
        return None
    if state.label and source.anchor != state.label:
        return None
    listed = source.kind == "list" or (source.leads and source.kind == "field")
    if state.listed and listed and not (comma or "and" in state.glue):
        return None
    if state.anchor and source.anchor != state.anchor and not (state.listed and listed and source.leads):
        return None
    if state.anchor and free and state.listed:
        return None
    label = source.anchor if source.label else state.label
    keeps_list = listed if source.leads else state.listed
    return _State(source.anchor, keeps_list, state.free or free, dated, label, (), touching=True)


def _in_order(pieces: tuple[Piece, ...], source: Source, start: int) -> bool:
    """A source is told in its own order, and nothing of it twice."""
    return all(piece.end <= start for piece in pieces if piece.source is source)
