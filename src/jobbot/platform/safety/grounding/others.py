"""Lines that rest on no fact: quotes of the posting, and the template's own words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jobbot.kernel.fact import Line, LineKind
from jobbot.platform.safety.canonical import invisible
from jobbot.platform.safety.grounding.model import PROVEN, Synonyms, Verdict, refused
from jobbot.platform.safety.grounding.sources import material
from jobbot.platform.safety.grounding.tokens import tokenise
from jobbot.platform.safety.grounding.verify import verify

_QUOTED = re.compile(r"[“\"«„]([^“”\"«»„]*)[”\"»“]")


def verify_posting(line: Line, text: str, frames: Iterable[str] = (), synonyms: Synonyms | None = None) -> Verdict:
    """Whether each quote of the line is the posting's `text` at one of its spans, and what stands beside it is proven.

    Beside a quote there may be one of `frames` (with `{}` where the quote stands), nothing, or words that the cited
    facts prove.
    """
    if line.kind is not LineKind.POSTING:
        return refused(f"a line of kind {line.kind.value} is not judged by the posting")
    if not line.spans or any(span.end > len(text) for span in line.spans):
        return refused("it names no place in the posting")
    said = {span.of(text) for span in line.spans}
    if line.text in said:
        return PROVEN
    quotes = _QUOTED.findall(line.text)
    if not quotes:
        return refused("it quotes nothing")
    if loose := [quote for quote in quotes if quote not in said]:
        return refused(*(f"“{quote}” is not what the posting says at the cited place" for quote in loose))
    return _beside(line, frames, synonyms)


def _beside(line: Line, frames: Iterable[str], synonyms: Synonyms | None) -> Verdict:
    bare = re.sub(r"\s+", " ", _QUOTED.sub("{}", line.text)).strip()
    if bare in {re.sub(r"\s+", " ", frame).strip() for frame in frames}:
        return PROVEN
    rest = bare.replace("{}", " ").strip()
    if not tokenise(rest).words:
        return PROVEN
    if not line.facts:
        return refused("the words around the quote are not the template's, and no fact is cited for them")
    return verify(Line(line.document, LineKind.FACT, rest, line.facts), synonyms, tuple(frames))


def verify_frame(line: Line, lexicon: Iterable[str]) -> Verdict:
    """Whether the words are the template's: one of `lexicon`, or the dates of a cited fact. Figures only in dates."""
    if line.kind is not LineKind.FRAME:
        return refused(f"a line of kind {line.kind.value} is not a frame")
    if invisible(line.text):
        return refused("it holds characters that cannot be seen")
    words = tokenise(line.text).words
    dates = {source.tokens.words for source in material(line.facts).sources if source.kind == "date"}
    starts = {tokenise(fact.start[:4]).words for fact in line.facts if fact.start}
    if words in dates | starts:
        return PROVEN
    if any(character.isdigit() for character in line.text):
        return refused("a figure in a frame: figures come from facts")
    if line.text.strip() in {phrase.strip() for phrase in lexicon}:
        return PROVEN
    return refused("these words are not the template's")
