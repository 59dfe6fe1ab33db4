"""Sentences of a running text with their offsets, and whether one states an achievement."""

from __future__ import annotations

import re

from jobbot.kernel.text import Span

_END = re.compile(r"(?<=[.!?…])(?P<close>[\"'”’)\]]*)[^\S\n]+(?=[\"'“‘(\[]?[^\W_])|[^\S\n]*\n+\s*(?:[•–*▪-]\s+)?")
_MARK = re.compile(r"\s*(?:[•–*▪-]\s+)?")
_SHORT = re.compile(
    r"(?:^|[\s(])(?:[A-ZÄÖÜ]|e\.g|i\.e|incl|approx|ca|bzw|z\.B|u\.a|Dr|Prof|Mr|Mrs|Ms|St|Nr|No|vs|etc|Inc|Ltd|Co|"
    r"Corp|avg|"
    r"dept|Abs|Str|max|min|yrs|sq|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)\.$"
)
_NUMBER = re.compile(r"\d|\b(?:doubled|tripled|halved|twice|first|dozen|hundred|thousand|million)s?\b", re.IGNORECASE)
_DEED = re.compile(
    r"(?:^|\band |, )(?:\w+ly )?(?:I |we )?(?:\w{3,}(?:ed|elt)|led|built|wrote|ran|grew|cut|won|made|taught|sold|"
    r"set up|brought|took|kept|drew|gave|held|drove|began|spoke|rebuilt|oversaw|put|got|helped)\b",
    re.IGNORECASE,
)
_MISFORTUNE = re.compile(
    r"\b(?:laid off|made redundant|redundanc(?:y|ies)|terminated|dismissed|fired|resigned|quit|insolven\w+|"
    r"bankrupt\w*|"
    r"shut ?down|parental leave|maternity|paternity|sabbatical|career break|betriebsbedingt\w*|entlassen)\b",
    re.IGNORECASE,
)


def sentences(text: str) -> list[Span]:
    """Spans of the sentences of `text`, without the blanks between them; they hold all but list marks."""
    cuts = [_MARK.match(text).end()]  # type: ignore[union-attr]  # it matches the empty string too
    for match in _END.finditer(text):
        within = match.group("close") is not None
        if not within or not _SHORT.search(text[: match.start()][-12:]):
            cuts += [match.end("close") if within else match.start(), match.end()]
    cuts.append(len(text))
    return [span for start, end in zip(cuts[::2], cuts[1::2], strict=True) if (span := _trim(text, start, end))]


def states_achievement(sentence: str) -> bool:
    """Whether a sentence says what the person did: a deed, or a figure with one; never why a job ended.

    >>> states_achievement("Cut waiting times by 30%."), states_achievement("A family-run bakery.")
    (True, False)
    """
    if _MISFORTUNE.search(sentence):
        return False
    if _DEED.match(sentence):
        return True
    return bool(_NUMBER.search(sentence) and _DEED.search(sentence))


def misfortune(sentence: str) -> bool:
    """Whether a sentence says why a job ended or paused: never a line of a CV unless the person puts it there."""
    return bool(_MISFORTUNE.search(sentence))


def _trim(text: str, start: int, end: int) -> Span | None:
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    return Span(start, start + len(part.strip())) if part.strip() else None
