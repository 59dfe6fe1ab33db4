"""A dated section cut into its entries: the lines that head each, and what stands under them."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field, replace

from jobbot.features.profile.understanding import dateranges
from jobbot.features.profile.understanding.blocks import Block
from jobbot.features.profile.understanding.dateranges import Range
from jobbot.features.profile.understanding.lexicon import MODES

MAX_HEAD = 130
"""Characters of the longest line that can head an entry; longer ones are prose."""


@dataclass(slots=True)
class Piece:
    """A part of a heading that stands by itself: `block` says where; `rank` grows with every line."""

    text: str
    block: Block = field(repr=False)
    rank: int = 0
    bold: bool = False


@dataclass(slots=True)
class Entry:
    """Pieces of its heading without the dates, the dates with their block, and the blocks under it."""

    pieces: list[Piece] = field(default_factory=list)
    dates: Range | None = None
    dated: Block | None = None
    body: list[Block] = field(default_factory=list)


_STRONG = re.compile(r"\t+|\s+[|•·●▪‖]\s+|\s{3,}|\s*\|\s*")


def entries(blocks: list[Block], *, single: bool = False) -> list[Entry]:
    """Entries in order; with `single` a lone date heads an entry too (schools, certificates)."""
    heads = [i for i, block in enumerate(blocks) if heads_entry(block, single=single)]
    if not heads:
        return _undated(blocks)
    above = _above(blocks, heads)
    bounds = [max(head - count, 0) for head, count in zip(heads, above, strict=True)] + [len(blocks)]
    result = [
        _entry(blocks[start:end], head - start, above[0], single=single)
        for start, end, head in zip(bounds, bounds[1:], heads, strict=False)
    ]
    if bounds[0] > 0:
        _lead(result, blocks[: bounds[0]])
    return result


def heads_entry(block: Block, *, single: bool) -> bool:
    """Whether a block holds the dates of an entry."""
    found = dateranges.find(block.text, single=single) if len(block.text) <= MAX_HEAD else None
    if found is None:
        return False
    rest = dateranges.without(block.text, found)
    if found.single:
        return not block.item and (found.first == 0 or len(block.text) - found.last <= 2 or "\t" in block.text)
    edge = found.first <= 2 or len(block.text) - found.last <= 28
    if block.item:
        return edge and len(rest) < 70 and not rest.endswith(".") and block.text[-1:] not in ".;"
    return edge and ("\t" in block.text or len(rest) < 40 or not _sentence(rest))


_ABBREVIATED = re.compile(r"\b(?:Inc|Ltd|Co|Corp|co|Pvt|Dept|St|Bros|a\.s|s\.r\.o)\.$|\b\w\.\w\.$")


def _sentence(text: str) -> bool:
    """Whether a text ends like one."""
    return bool(re.search(r"[.;!?]$", text)) and not _ABBREVIATED.search(text)


def headlike(block: Block) -> bool:
    """Whether a block can be part of a heading: short, no list item, no sentence, no label with values."""
    text = block.text
    if block.item or len(text) > 100 or len(block.lines) > 2:
        return False
    if _sentence(text):
        return False
    return not re.match(r"^[^:()]{2,30}:\s+\S", text) and not text[:1].islower()


def _above(blocks: list[Block], heads: list[int]) -> list[int]:
    """How many blocks above each dated one belong to its heading."""
    usual = _run_above(blocks, heads[0], -1)
    counts = [usual]
    for before, head in itertools.pairwise(heads):
        run = _run_above(blocks, head, before)
        between = head - before - 1
        counts.append(min(run, usual) if run == between else min(run, 2))
    return counts


def _run_above(blocks: list[Block], head: int, floor: int) -> int:
    run = 0
    while head - run - 1 > floor and run < 3 and headlike(blocks[head - run - 1]):
        run += 1
    return run


def _entry(blocks: list[Block], at: int, usual: int, *, single: bool) -> Entry:
    entry = Entry(dated=blocks[at], dates=dateranges.find(blocks[at].text, single=single))
    own = dateranges.without(blocks[at].text, entry.dates) if entry.dates else blocks[at].text
    below = 0
    room = 2 if at == 0 or not own else 1
    if at and usual >= 2 and not own:
        room = 1
    while below < room and at + 1 + below < len(blocks) and _below(blocks, at + 1 + below, entry):
        below += 1
    for block in (*blocks[:at], replace(blocks[at], text=own), *blocks[at + 1 : at + 1 + below]):
        _add(entry, block)
    entry.body = blocks[at + 1 + below :]
    return entry


def _below(blocks: list[Block], at: int, entry: Entry) -> bool:
    """A short line under the dates is heading, unless it is prose of its own (nothing but it under the heading)."""
    block = blocks[at]
    alone = at == 1 and not any(piece.text for piece in entry.pieces) and entry.dated is blocks[0]
    if alone and not block.item and len(block.lines) == 1 and len(block.text) <= MAX_HEAD and not _own(entry):
        return True
    if not headlike(block) or heads_entry(block, single=False):
        return False
    return len(block.text) <= 75


def _own(entry: Entry) -> str:
    """What stands beside the dates of an entry."""
    return dateranges.without(entry.dated.text, entry.dates) if entry.dated and entry.dates else ""


def _add(entry: Entry, block: Block) -> None:
    rank = entry.pieces[-1].rank + 1 if entry.pieces else 0
    for part in _STRONG.split(block.text):
        text = part.strip(" \t,;|·•–—")
        if text.count("(") < text.count(")"):
            text = text.strip(")").strip()
        if text and not dateranges.is_duration(text) and not MODES.match(text):
            entry.pieces.append(Piece(text, block, rank, block.first.bold))


def _undated(blocks: list[Block]) -> list[Entry]:
    """No dates at all: every heading-like block over others opens an entry."""
    result: list[Entry] = []
    for block in blocks:
        fresh = headlike(block) and (
            not result or bool(result[-1].body) or (block.first.bold and not _bold_only(result[-1]))
        )
        if fresh:
            result.append(Entry())
        if not result:
            result.append(Entry(body=[block]))
        elif fresh or (headlike(block) and not result[-1].body and len(result[-1].pieces) < 2):
            _add(result[-1], block)
        else:
            result[-1].body.append(block)
    return result


def _bold_only(entry: Entry) -> bool:
    return all(piece.bold for piece in entry.pieces)


def _lead(result: list[Entry], blocks: list[Block]) -> None:
    """What stands before the first heading of a section is text of the first entry's section, kept as its body."""
    result.insert(0, Entry(body=blocks))
