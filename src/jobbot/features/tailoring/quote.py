"""Cut a short phrase out of a requirement's sentence, so that it can be quoted: always `posting.text[start:end]`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jobbot.kernel.text import Span

LONGEST = 88
"""Characters of a quoted phrase."""

_LEAD = re.compile(
    r"\s*(?:[•▪◦*·–—-]+\s*|(?:and|or|has|have|having|while|if|some|with|in|on|of)\s+|(?:a|an|the|any|some)\s+(?=[a-z])|your\s+|"
    r"you(?:['’](?:ll|re|ve)| will| are| have| must| should| bring| need| possess)?\s+"
    r"(?:(?:have|be|like|love|enjoy|bring|need|possess|hold|got|able to)\s+)*|"
    r"we(?:['’]re| are)? (?:looking for|seek(?:ing)?|expect|require)\s+(?:someone (?:with|who has)\s+)?|"
    r"(?:must[- ]haves?|must|required|requirements?|essential|desirable|preferred|nice to have|ideally|bonus)\b[:,]?\s*"
    r"(?:have\s+)?|"
    r"(?:proven|demonstrated|demonstrable|strong|solid|excellent|good|great|deep|in-depth|hands-on|extensive|"
    r"significant|outstanding|exceptional|advanced|practical|relevant|working|prior|previous|broad|basic|sound|some)"
    r"(?:\s+and)?,?\s+(?=[a-z])|"
    r"(?:the )?(?:ability|able|capable) (?:to|of)\s+|"
    r"(?:work(?:ing)? |professional |practical )?(?:experience|knowledge|understanding|familiarity|proficien(?:cy|t)|"
    r"expertise|fluen(?:cy|t)|skills?|background|command|competen(?:ce|cy)|skilled|comfort(?:able)?|familiar|experienced)\s+"
    r"(?:in|with|of|as|at|working with|working in|using|across)\s+|experience\s+)",
    re.IGNORECASE,
)
_BOUNDARY = re.compile(
    r",\s(?:we|you|please|then)\b|[;:\n(),.](?=\s|$|\()|\s[–—-]\s|"
    r"\s(?:such as|including|e\.g\.|i\.e\.|which|who|while|so that|in order to|"
    r"as well as|preferably|ideally|is (?:a|an|required|preferred|essential|desirable|nice)|"
    r"are (?:a|required|preferred|essential)|"
    r"would be|will be|required|preferred|a (?:plus|bonus|must))\b",
    re.IGNORECASE,
)
_SOFT = re.compile(r"\s(?:and|or|for|in|with|to|across|within|on|from|by)\s", re.IGNORECASE)
_TAIL = re.compile(
    r"(?:\s+and(?:\s+\w+)?\s+(?:proficiency|experience|knowledge|understanding|skills?))?"
    r"(?:[\s,;:.(–—-]|\b(?:and|or|with|the|a|an|of|in|for|to)$)*$",
    re.IGNORECASE,
)


def phrase(text: str, sentence: Span, mentions: Sequence[Span] = ()) -> Span | None:
    """The span of a quotable phrase inside `sentence`, around its first mention where one is named, or None.

    >>> text = "You have 3+ years of experience with GCP and monitoring plans, ideally abroad."
    >>> phrase(text, Span(0, len(text))).of(text)
    '3+ years of experience with GCP and monitoring plans'
    """
    clauses = [_clause(text, clause) for clause in _clauses(text, sentence)]
    usable = [clause for clause in clauses if clause is not None]
    inside = [m for m in mentions if sentence.start <= m.start and m.end <= sentence.end]
    for mention in inside:
        for clause in usable:
            if clause.start <= mention.start and mention.end <= clause.end:
                return clause
    if inside:
        return inside[0] if _fit(text, inside[0]) else None
    return next((clause for clause in usable if len(clause.of(text).split()) >= 2), None)


def opens_small(text: str, span: Span, mentions: Sequence[Span] = ()) -> bool:
    """Whether the phrase can follow in the middle of a sentence: a small letter, a figure, a name or an acronym."""
    first = span.of(text).split(" ", 1)[0].strip("“\"'(,")
    if text[: span.start].rstrip().endswith(" to"):
        return False
    if not first[:1].isupper():
        return True
    return any(c.isupper() or c.isdigit() for c in first[1:]) or any(m.start == span.start for m in mentions)


def _clauses(text: str, sentence: Span) -> list[Span]:
    """Pieces of the sentence; a comma splits only what would be too long otherwise."""
    cuts = [sentence.start]
    for match in _BOUNDARY.finditer(text, sentence.start, sentence.end):
        if match.group().strip() != "," or match.start() - cuts[-1] > LONGEST or sentence.end - cuts[-1] > LONGEST:
            cuts += [match.start(), match.end()]
    cuts.append(sentence.end)
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return [Span(start, max(start, end)) for start, end in pairs if text[end : end + 1] != ":"]


def _clause(text: str, clause: Span) -> Span | None:
    """A clause without what leads in, cut where it is too long, trimmed."""
    start, end = clause.start, clause.end
    while (match := _LEAD.match(text, start, end)) and match.end() > start:
        start = match.end()
    while start < end and text[start] in " \t•·*-–—,.;:)":
        start += 1
    if end - start > LONGEST:
        soft = [m.start() for m in _SOFT.finditer(text, start, start + LONGEST) if m.start() - start > 12]
        if not soft:
            return None
        end = soft[-1]
    tail = _TAIL.search(text[start:end])
    span = _balanced(text, Span(start, start + tail.start()) if tail else Span(start, end))
    return span if _fit(text, span) else None


def _balanced(text: str, span: Span) -> Span:
    """Up to a bracket that is opened and not closed."""
    words = span.of(text)
    place = words.rfind("(")
    if place <= 0 or ")" in words[place:]:
        return span
    return Span(span.start, span.start + len(words[:place].rstrip(" ,;:")))


def _fit(text: str, span: Span) -> bool:
    words = span.of(text)
    if words.count("(") != words.count(")"):
        return False
    return 2 < len(words) <= LONGEST and not re.search(r"[“”\"\n]", words) and any(c.isalpha() for c in words)
