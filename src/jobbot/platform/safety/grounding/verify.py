"""Lines of kind `fact`: every word comes, in order, from a cited fact, and nothing that limits a claim is lost."""

from __future__ import annotations

from collections.abc import Iterable

from jobbot.kernel.fact import Fact, FactKind, Line, LineKind
from jobbot.platform.safety.canonical import invisible
from jobbot.platform.safety.grounding.model import PROVEN, Synonyms, Verdict, refused
from jobbot.platform.safety.grounding.parse import Piece, Reader
from jobbot.platform.safety.grounding.phrases import NO_SYNONYMS, Equal
from jobbot.platform.safety.grounding.sources import FREE, Material, material, needed
from jobbot.platform.safety.grounding.tokens import Tokens, tokenise
from jobbot.platform.safety.grounding.words import Phrase

MOST_WORDS = 400


def verify(line: Line, synonyms: Synonyms | Equal | None = None, frames: Iterable[str] = ()) -> Verdict:
    """Whether the cited facts prove the line.

    `synonyms` may be handed in prepared (`phrases.Equal`) where many lines are judged. `frames` are phrases of the
    template that may open a sentence; they hold no figure and claim nothing, which is the template's duty.
    """
    if line.kind is not LineKind.FACT:
        return refused(f"a line of kind {line.kind.value} is not judged by facts")
    if not line.facts:
        return refused("it cites no fact")
    tokens = tokenise(line.text)
    if reason := _unfit(line, tokens):
        return refused(reason)
    if len(line.facts) == 1 and _verbatim(tokens, line.facts[0]):
        return PROVEN
    return _judge(tokens, material(line.facts), _equal(synonyms), tuple(tokenise(frame).words for frame in frames))


def _equal(synonyms: Synonyms | Equal | None) -> Equal:
    if isinstance(synonyms, Equal):
        return synonyms
    return Equal(synonyms) if synonyms else NO_SYNONYMS


def _unfit(line: Line, tokens: Tokens) -> str:
    if not len(tokens):
        return "it says nothing"
    if len(tokens) > MOST_WORDS:
        return f"it has more than {MOST_WORDS} words"
    hidden = invisible(line.text)
    if hidden and not all(any(chr(code) in fact.wording for fact in line.facts) for code in hidden):
        return "it holds characters that cannot be seen"
    return ""


def _verbatim(tokens: Tokens, fact: Fact) -> bool:
    wording = tokenise(fact.wording)
    return tokens.words == wording.words and tokens.gaps == wording.gaps


def _judge(tokens: Tokens, facts: Material, equal: Equal, frames: tuple[Phrase, ...]) -> Verdict:
    reader = Reader(tokens, facts, equal, frames)
    lost: tuple[str, ...] = ()
    for pieces in reader.readings():
        lost = _lost(facts, pieces)
        if not lost:
            return PROVEN
    if lost:
        return refused(*lost)
    return refused(_unproven(tokens, reader))


def _unproven(tokens: Tokens, reader: Reader) -> str:
    shown = tokens.raw(reader.farthest, reader.farthest + 4)
    if not shown and reader.left_out:
        return f"“{reader.left_out}” was left out, and the rest may not stand without it"
    if not shown:
        return "it ends where its facts do not"
    return f"“{shown}” is not what the cited facts say there"


def _lost(facts: Material, pieces: tuple[Piece, ...]) -> tuple[str, ...]:
    """What was left out that makes a kept claim smaller, and degrees without which a school claims too much."""
    reasons = []
    for number in sorted({piece.source.fact for piece in pieces}):
        fact = facts.facts[number]
        mine = [piece for piece in pieces if piece.source.fact == number]
        reasons += _lost_qualifiers(fact, mine)
        reasons += _lost_degree(fact, mine)
    return tuple(dict.fromkeys(reasons))


def _lost_qualifiers(fact: Fact, pieces: list[Piece]) -> list[str]:
    wording = tokenise(fact.wording)
    told = [piece for piece in pieces if piece.source.tokens.words == wording.words]
    used = {index for piece in told for index in range(piece.start, piece.end)}
    said = _words(pieces) if fact.kind not in FREE else set()
    missing = [
        wording.raw(start, end)
        for start, end in needed(fact, used)
        if not used.issuperset(range(start, end)) and not said.issuperset(wording.words[start:end])
    ]
    return [f"“{words}” was left out, which makes the claim larger" for words in missing]


def _words(pieces: list[Piece]) -> set[str]:
    return {word for piece in pieces for word in piece.source.tokens.words[piece.start : piece.end]}


def _lost_degree(fact: Fact, pieces: list[Piece]) -> list[str]:
    degree = dict(fact.attributes).get("studyType", "")
    if fact.kind is not FactKind.EDUCATION or _words(pieces).issuperset(tokenise(degree).words):
        return []
    return [f"“{degree}” was left out, so the school claims too much"]
