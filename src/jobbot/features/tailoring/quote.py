"""Cut a phrase out of a requirement's sentence, so that it can be quoted: always `posting.text[start:end]`.

And judge it: what is worth quoting, what can stand inside a sentence, what one would talk about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jobbot.features.tailoring.lexicon import word_set
from jobbot.kernel.text import Span

LONGEST = 104
"""Characters of a quoted phrase."""

_LEAD = re.compile(
    r"\s*(?:['’](?:ll|re|ve|d)\s+|[•▪◦*·–—-]+\s*|(?:and|or|has|have|having|while|if|some|with|in|on|of)\s+|(?:a|an|the|any|some)\s+(?=[a-z])|your\s+|"
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
_LETTERS = re.compile(r"[^\W\d_][\w+#.'’-]*")
_LABEL = re.compile(
    r"(?:average|avg\.?|mean|median|total|number of|no\. of|days|hours|time|volume|percent\w*|%)\b|"
    r"(?:[\w-]+\s){0,3}(?:rates?|size|length|volume|counts?|time|ratio|score)$",
    re.IGNORECASE,
)
_VOID = re.compile(
    r"^as an?\b|salary|compensation|benefits|equity|bonus\b|insurance|vacation|equal opportunit|\bvisa\b|401|"
    r"\bapply\b|cover letter|résumé|\bresume\b|\bCV\b",
    re.IGNORECASE,
)
_EVERYWHERE = re.compile(
    r"presentation|team player|collaborat|communicat|interpersonal|detail|passion|fast[- ]\w+|"
    r"self[- ](?:starter|motivated)|motivated|environment|ambigu|thriv|proactive|"
    r"positive attitude|work ethic|independently|mindset|curio|obsess|excit|delight|startup|your\b",
    re.IGNORECASE,
)
_PITCH = re.compile(r"\b(?:we|us|our|ours|join|investors?|mission|customers love|you(?:['’]\w+)?)\b", re.IGNORECASE)
_UNSAID = re.compile(r"\betc\b|\d|\bmore$", re.IGNORECASE)
_YEARS = re.compile(r"\byears?\b", re.IGNORECASE)
_QUALITY = re.compile(
    r"experience|years|record|abilit|\bable\b|skill|knowledge|proficien|familiar|comfort|expert|understand|background|"
    r"histor|success|degree|focus|level|capab|confiden|willing|prefer|command of|equivalent|qualif|competen",
    re.IGNORECASE,
)
_LESS = ((_EVERYWHERE, 0.3), (_PITCH, 0.35), (_YEARS, 0.12), (re.compile(r"\betc\b|\bmore$", re.IGNORECASE), 0.5))
_NO_THING = word_set(
    """
    led managed built worked having owned grown run own owns manage lead drive develop design reconcile create
    support collaborate extend maintain integrate run build write work help provide deliver ensure handle define
    identify execute partner act serve take make use implement improve optimise optimize conduct perform prepare
    analyse analyze monitor track report coordinate source recruit close negotiate sell prospect train coach mentor
    teach review test document contribute scale grow translate communicate present establish oversee plan set meet
    exceed hit generate understand know be have join shape ship solve turn think learn stay keep find evaluate
    assist participate accomplish achieve apply assess bring consult demonstrate engage facilitate follow guide
    investigate launch leverage operate organise organize process produce promote recommend research resolve respond
    select supervise troubleshoot update validate comfortable excited able willing proficient highly experienced
    familiar passionate fluent ready eager keen skilled curious using can will very well how what when where who
    that this it to as not no if from at by continue seek driven combine other others all both each several various
    most many some
    """
)
"""Words that begin something other than a thing one can ask for."""
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


def phrases(text: str, sentence: Span) -> list[Span]:
    """Every quotable clause of a sentence or list item, in its order."""
    return [found for clause in _clauses(text, sentence) if (found := _clause(text, clause)) is not None]


def opens_small(text: str, span: Span, mentions: Sequence[Span] = ()) -> bool:
    """Whether the phrase can be what somebody asks for inside a sentence: a thing, not a verb, feeling or sentence,
    that begins with a small letter, a figure, a name or an acronym."""
    first = next(iter(span.of(text).split()), "").strip("“\"'(,")
    if text[: span.start].rstrip().endswith(" to") or first.casefold() in _NO_THING or _clausal(span.of(text)):
        return False
    if not first[:1].isupper():
        return True
    return any(c.isupper() or c.isdigit() for c in first[1:]) or any(m.start == span.start for m in mentions)


def worth(text: str, span: Span, *, names_skill: bool) -> float:
    """0-1: how good a quote the phrase is. A whole clause about the work is best; a label or a commonplace is none.

    >>> text = "Average deal size; You close complex deals in Salesforce with several buyers"
    >>> worth(text, Span(0, 17), names_skill=False), worth(text, Span(23, 76), names_skill=True)
    (0.0, 1.0)
    """
    words = span.of(text)
    count = min(len(_LETTERS.findall(words)), len(words.split()))
    if (_LABEL.match(words) and count <= 4) or _VOID.search(words):
        return 0.0
    value = (0.1, 0.1, 0.25, 0.6)[min(count, 3)] if count <= 3 else 1.0
    value *= 1.0 if names_skill else 0.15 if count <= 3 else 0.8
    for pattern, share in _LESS:
        value *= share if pattern.search(words) else 1.0
    return value * (0.6 if _torn(text, span) else 1.0)


def hollow(words: str) -> bool:
    """Something that every advert has."""
    return bool(_EVERYWHERE.search(words))


def topic(words: str) -> bool:
    """Whether one would talk about it: a subject of the work, not a qualification, a verb or a condition."""
    return not (_QUALITY.search(words) or _EVERYWHERE.search(words) or _PITCH.search(words) or _UNSAID.search(words))


def _clausal(words: str) -> bool:
    return bool(re.match(r"\w+(?:ly)\s+\w+|[\w ]{3,40}\s(?:is|are)\s", words))


def _torn(text: str, span: Span) -> bool:
    """Cut in the middle of what belongs together: before "and ..." or inside a compound."""
    rest = text[span.end : span.end + 6]
    return bool(re.match(r"\s(?:and|or)\s|[/-]\w|\s\w", rest)) and not text[span.end :].startswith("\n")


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
