"""The sentences of a posting that say most, quoted with their spans. Extractive: nothing is written anew. Pure."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import Any

from jobbot.features.sources.model import Posting
from jobbot.kernel.text import Evidence, Span

LONGEST = 320
SHORTEST = 25

_SENTENCE = re.compile(r"[^\n.!?]+(?:[.!?](?!\s|$)[^\n.!?]*)*[.!?]*")
_WORD = re.compile(r"[^\W\d_]{3,}")
_DUTIES = re.compile(
    r"\b(you(?:'ll|’ll| will)|responsib|lead|build|design|develop|manage|deliver|support|maintain|own\b|teach|care|"
    r"treat|sell|assess|analy[sz]|coordinat|ensure|operate|install|repair)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(\d+\+? years?|experience|degree|required?|must|qualif|certif|licen[cs]|knowledge|proficien|fluent|skills?)\b",
    re.IGNORECASE,
)
_TERMS = re.compile(
    r"\b(?:salary|pay|compensation|remote|hybrid|on-?site|shift|full-time|part-time)\b|[$€£]\s?\d", re.IGNORECASE
)
_BOILERPLATE = re.compile(
    r"equal opportunit|regardless of|race, |sexual orientation|reasonable accommodation|veteran|"
    r"privacy (?:policy|notice)|"
    r"recruitment (?:fraud|agenc)|scam|cookies|e-verify|unsolicited|applicants? with disabilit|we celebrate diversity|"
    r"apply (?:now|here|today|anyway|even)|benefits|perks|401\(?k|dental|paid time off|mission is|founded in|backed by|"
    r"investors|series [a-e]\b",
    re.IGNORECASE,
)


def summary_of(posting: Posting, most: int = 5) -> dict[str, Any]:
    """`{id, url, attribution, sentences}`: whoever lent the posting is named beside what is quoted of it."""
    sentences = [sentence.as_dict() for sentence in summarise(posting, most)]
    return {"id": posting.id, "url": posting.url, "attribution": posting.attribution, "sentences": sentences}


def summarise(posting: Posting, most: int = 5) -> list[Evidence]:
    """The `most` telling sentences in the order of the text; each quote equals `text[start:end]`."""
    spans = sentences(posting.text)
    if not spans:
        return []
    quotes = [span.of(posting.text) for span in spans]
    words = [frozenset(word.casefold() for word in _WORD.findall(quote)) for quote in quotes]
    common = Counter(word for bag in words for word in bag)
    title = frozenset(word.casefold() for word in _WORD.findall(posting.title))
    scored = [
        (_worth(quote, bag, common, title) - 0.5 * place / len(spans), place)
        for place, (quote, bag) in enumerate(zip(quotes, words, strict=True))
    ]
    chosen: list[int] = []
    for _, place in sorted(scored, reverse=True):
        if all(_overlap(words[place], words[other]) < 0.6 for other in chosen):
            chosen.append(place)
        if len(chosen) == most:
            break
    return [spans[place].evidence(posting.text) for place in sorted(chosen)]


def sentences(text: str) -> list[Span]:
    """Spans of sentences and list items that are long enough to say something; bullets and blanks are not in them."""
    found = []
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        while start < end and not text[start].isalnum() and text[start] not in '$€£("“':
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if SHORTEST <= end - start <= LONGEST and len(_WORD.findall(text, start, end)) >= 4:
            found.append(Span(start, end))
    return found


def _worth(quote: str, words: frozenset[str], common: Counter[str], title: frozenset[str]) -> float:
    """Duties, demands and terms count; so do words of the title and words the advert returns to."""
    central = sum(math.log(1 + common[word]) for word in words if common[word] > 1) / (3 + len(words))
    cues = 1.0 * bool(_DUTIES.search(quote)) + 1.2 * bool(_ASKS.search(quote)) + 0.8 * bool(_TERMS.search(quote))
    size = 0.5 if 60 <= len(quote) <= 220 else 0.0
    return central + cues + size + 0.4 * len(words & title) - 4.0 * bool(_BOILERPLATE.search(quote))


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))
