"""A job title as adverts write it, made ready to be compared: what is no part of the profession is set aside."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_GENDER = re.compile(
    r"[(\[/|, -]*\b(?:all genders|gn|[mwfdxhvi]\s*(?:[/|.*]\s*[mwfdxhvi])(?:\s*[/|.*]\s*[mwfdxhvi])*)\b\s*[)\]*]*"
    r"|(?<=\w)(?:[*:_/]-?in(?:nen)?)\b|\(in\)",
    re.IGNORECASE,
)
"""(m/w/d), f/m/x, all genders; Entwickler*in, Entwickler:in, Entwickler/-in."""
_NUMBERED = re.compile(
    r"#\s?\w+|\b(?:req|ref|job|id|r|jr|position)[ .:#_-]*(?:id|no|nr|number)?[ .:#_-]*\d[\w-]*|\b\d{3,}\b|"
    r"\bno\.? ?\d+\b",
    re.IGNORECASE,
)
_HIRING = re.compile(
    r"\b(?:urgent(?:ly)?|(?:now |we are |we're )?hiring|vacanc(?:y|ies)(?: for)?|wanted|required|needed|"
    r"immediate(?:ly)?(?: start| hiring)?|job openings?|openings? for|full[ -]?time|part[ -]?time|fixed[ -]term|"
    r"permanent|contract(?: role)?|temporary|entry[ -]level|remote|hybrid|on-?site|work from home|"
    r"fresh graduates?(?: (?:are )?welcome)?|(?:fe)?male only)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[\w&+#.'’-]+")
_BRACKETS = re.compile(r"[()\[\]{}]")
MOST = 200


def plain(title: str) -> str:
    """The title without gender marks, reference numbers and hiring words; itself where nothing else is in it.

    >>> plain("Software Engineer (m/w/d) - Req 12345"), plain("URGENT HIRING: Night Nurse")
    ('Software Engineer', 'Night Nurse')
    """
    text = " ".join(title[:MOST].split())
    kept = text
    for pattern in (_GENDER, _NUMBERED, _HIRING):
        kept = pattern.sub(" ", kept)
    kept = " ".join(_BRACKETS.sub(" ", kept).split()).strip(" -–—:,|/;.!@")
    return kept if any(c.isalpha() for c in kept) else text


def core_words(title: str) -> str:
    """The words of the profession in lower case, short forms written out, level words dropped unless none is left.

    >>> core_words("Sr. HR Exec"), core_words("Senior")
    ('human resources executive', 'senior')
    """
    words = [word.strip(".'’-") for word in _WORD.findall(plain(title).lower())]
    short = _short()
    found = [short.get(word, word) for word in words if word and not word.isdigit()]
    return " ".join(word for word in found if word) or " ".join(words)


@cache
def _short() -> dict[str, str]:
    text = files("jobbot.features.skills.imported").joinpath("abbreviations.txt").read_text(encoding="utf-8")
    pairs = (line.split(" = ") for line in text.split("\n") if " = " in line and line[:1] != "#")
    return {short: "" if long == "-" else long for short, long in pairs}
