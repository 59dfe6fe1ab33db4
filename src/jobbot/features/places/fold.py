"""One spelling for place names: lower case, no accents, no dots, single spaces."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPECIAL = str.maketrans({"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "’": "'"})


@lru_cache(maxsize=20_000)
def fold(name: str) -> str:
    """>>> fold("São  Paulo"), fold("St. Louis"), fold("Washington, D.C.")
    ('sao paulo', 'st louis', 'washington dc')
    """
    plain = name.lower()
    if not plain.isascii():
        apart = unicodedata.normalize("NFKD", plain.translate(_SPECIAL))
        plain = "".join(mark for mark in apart if not unicodedata.combining(mark))
    words = re.sub(r"[^\w\s]+", " ", plain.replace(".", "").replace("'", "")).split()
    return " ".join("st" if word == "saint" else word for word in words)
