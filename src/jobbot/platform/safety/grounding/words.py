"""The closed lexicons of the verifier: words that may join facts, and words that may never be lost from one."""

from __future__ import annotations

from jobbot.platform.safety.grounding.tokens import words_of

Phrase = tuple[str, ...]


def _glue(phrases: str) -> frozenset[Phrase]:
    return frozenset(tuple(phrase.split()) for phrase in phrases.split(", ")) | {()}


_OF_FIELDS = (
    "at, as, as a, as an, in, in the, for, for the, with, at the, and at, of, of the, my, the, a, an, and, from"
)
GLUE: dict[str, frozenset[Phrase]] = {
    "free": _glue("i, there i, here i, where i, and i, there i also, i also, and, also"),
    "field": _glue(f"{_OF_FIELDS}, from"),
    "list": _glue("and, in, with"),
    "title": _glue("as, as a, as an, as the, my, a, an, the, at, at the, in, and"),
    "date": _glue("in, from"),
}
"""Words that may stand before a piece of this kind without a fact behind them. They claim nothing by themselves."""
GLUE_WORDS = frozenset(word for phrases in GLUE.values() for phrase in phrases for word in phrase)
MOST_GLUE = 4
JOINING_DATES = frozenset({"since", "until"})
"""Words that begin a date and need no separator before them."""

CONNECTIVES = frozenset({"using", "while", "enabling", "thereby", "resulting", "leading", "allowing", "whereby"})
"""Words before which what follows may be left out: it tells means or effect of what is kept."""
NOT_MEANS = frozenset(
    {"pending", "during", "excluding", "barring", "including", "notwithstanding", "starting", "ending"}
)

_QUALIFIERS = """
assist|assisted|assisting|assists|helped|helping|help|helps|support|supported|supporting|contributed
contributing|contributor|participated|participating|participant|took part|involved|collaborated|jointly|joint
together|shared|sharing|part of|member of|one of|under|supervised by|guided by|guidance|mentored by|led by
directed by|alongside|team effort|as a team|as part|junior|trainee|intern|interns|internship|apprentice
apprenticeship|student|shadowed|shadowing|observed|attended|acting|interim|temporary|temp|substitute|locum
deputy|relief|standby|assistant|part-time|part time|half-time|half time|freelance|via|agency|volunteer
volunteered|voluntary|unpaid|honorary|visiting|co-author|cover|covered|covering|standing in|stood in|filling in
filled in|replacing|reporting to|reported to|answering to|seconded|on behalf|up to|about|around|approximately
approx|circa|ca|roughly|nearly|almost|some|at most|at least|estimated|estimate|estimates|less than|fewer than
more than|over|under|below|between|maximum|minimum|max|min|target|targeted|goal|projected|forecast|potential
potentially|possible|possibly|planned|planning to|plan to|expected|anticipated|proposed|aim|aimed|aiming
intended|attempted|tried|in progress|ongoing|unfinished|incomplete|uncompleted|not completed|pending|draft
prototype|pilot|piloted|trial run|test run|proof of concept|proof-of-concept|experimental|simulated|simulation
mock|hypothetical|coursework|class project|academic|school project|hobby|personal project|basic|basics|beginner
elementary|conversational|limited|introductory|familiar|familiarity|exposure|learning|rusty|passive|intermediate
reads|a1|a2|b1|b2|novice|fundamentals|foundation|not|no|never|none|without|neither|nor|except|excluding|only
just|but|although|though|however|despite|unless|if|until|yet|cannot|expired|lapsed|revoked|withdrawn|former
formerly|previously|failed|unsuccessful|unsuccessfully|rejected|declined|cancelled|canceled|nominated|nominee
shortlisted|finalist|runner-up|applied for|candidate for|equivalent|unverified|claimed|alleged|allegedly|once
occasionally|sometimes|partly|partially|mostly|mainly|rarely|seldom|during|may|might|could|would|should|hope
hoped|want|wanted|so-called|reportedly|supposedly|corrected|revised|reversed|retracted|discontinued|abandoned
withdrew|dropped out|before
""".strip()


def _phrases(lines: str) -> dict[str, tuple[Phrase, ...]]:
    """First word -> phrases, longest first."""
    found: dict[str, list[Phrase]] = {}
    for phrase in lines.replace("\n", "|").split("|"):
        words = words_of(phrase)
        found.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(group, key=len, reverse=True)) for first, group in found.items()}


QUALIFIERS = _phrases(_QUALIFIERS)
"""Words that make a claim smaller. Whoever keeps the claim keeps them."""

MONTHS = (
    ("jan", "january"),
    ("feb", "february"),
    ("mar", "march"),
    ("apr", "april"),
    ("may", "may"),
    ("jun", "june"),
    ("jul", "july"),
    ("aug", "august"),
    ("sep", "september", "sept"),
    ("oct", "october"),
    ("nov", "november"),
    ("dec", "december"),
)
PRESENT = ("present", "now", "today", "current")


def qualifiers_at(words: Phrase, index: int) -> int:
    """How many words from `index` on are a protected qualifier; 0 where none begins."""
    word = words[index]
    for phrase in QUALIFIERS.get(word, ()):
        if words[index : index + len(phrase)] == phrase:
            return len(phrase)
    return (
        1
        if word.startswith(("co-", "ex-", "non-", "semi-", "quasi-", "~")) or word.endswith("n't") or word in _SIGNS
        else 0
    )


_PREFIXES = ("co-", "ex-", "non-", "semi-", "quasi-")
_SIGNS = frozenset("<>≤≥±≈~")
