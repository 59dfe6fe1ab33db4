"""One employer, however its name is written. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

_LEGAL = frozenset(
    [
        "ab",
        "ag",
        "aps",
        "as",
        "asa",
        "bv",
        "co",
        "corp",
        "corporation",
        "company",
        "gmbh",
        "inc",
        "incorporated",
        "kg",
        "kgaa",
        "limited",
        "llc",
        "llp",
        "lp",
        "ltd",
        "mbh",
        "nv",
        "oy",
        "oyj",
        "plc",
        "pte",
        "pty",
        "sa",
        "sarl",
        "sas",
        "se",
        "spa",
        "srl",
        "sro",
        "ug",
    ]
)
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}", re.IGNORECASE)
_SAMPLE = 40


def normal_name(name: str) -> str:
    """Casefolded words without accents, punctuation and legal form; never empty for a name with any letter.

    >>> normal_name("Björk & Söhne GmbH")
    'bjork sohne'
    """
    words = re.findall(r"\w+", folded(_DOTTED.sub(lambda match: match[0].replace(".", ""), name)))
    while len(words) > 1 and words[-1] in _LEGAL:
        words.pop()
    return " ".join(words) or name.casefold().strip()


def folded(text: str) -> str:
    """Casefolded and without accents, for comparing: what a person types without thinking of either."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))


def spelled(board: str, texts: Iterable[str]) -> str:
    """The employer's name of a board whose vendor gives none: the board's name as its own adverts write it.

    `brightwater-health` becomes "Brightwater Health" where the adverts say so at least twice; else words get capitals.
    """
    words = [word for word in re.split(r"[\s._-]+", board) if word]
    pattern = re.compile(r"(?<!\w)" + r"[\s._-]?".join(map(re.escape, words)) + r"(?!\w)", re.IGNORECASE)
    counts: Counter[str] = Counter()
    for number, text in enumerate(texts):
        if number >= _SAMPLE:
            break
        counts.update(" ".join(found.split()) for found in pattern.findall(text))
    named = [(count, name) for name, count in counts.items() if count > 1 and not name.islower()]
    if named:
        return max(named, key=lambda item: (item[0], item[1]))[1]
    return " ".join(word if not word.islower() else word.capitalize() for word in words) or board
