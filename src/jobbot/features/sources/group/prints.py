"""What copies of a posting are looked for by: prints of its words, of its employer with its role, of its address. Pure.

A print is 24 hexadecimal characters of BLAKE2b. Two prints that are equal make a candidate; only the print of the
words is evidence by itself.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from jobbot.features.sources.byhand.links import plain
from jobbot.features.sources.company import folded, normal_name
from jobbot.features.sources.model import Posting

VERSION = 1
"""Raised when the same posting would get other prints; what is stored is then read again."""
FEWEST_WORDS = 40
"""A text with fewer words tells nothing: "apply on our site" stands under many adverts."""

_ASCII_BETWEEN = bytes(code for code in range(128) if not chr(code).isalnum())
_ASCII_APART = bytes(code if code > 127 or chr(code).isalnum() else 32 for code in range(256))
_ASCII, _NOT_ASCII = bytes(range(128)), bytes(range(128, 256))
_BETWEEN = _ASCII_BETWEEN + _NOT_ASCII
_APART = _ASCII_APART[:128] + b" " * 128
_SIGNS_BETWEEN = re.compile(rb"\xe2[\x80\x81\x96\x97][\x80-\xbf]|\xc2[\xa0-\xb4\xb6-\xbf]")
"""UTF-8 of general punctuation, box drawing and geometric shapes (bullets), Latin-1 signs (µ is a letter)."""
_WORD = re.compile(r"[\w+#]+")
_GENDERS = re.compile(
    r"[(\[]\s*(?:all genders|[mwfdxhgiv]\s*(?:[/|,*]\s*(?:[mwfdxhgiv]|divers|gn)\s*)+)[)\]]|\b[mfw]/[fwmd]/[dxmf]\b"
)
_SPELLED = {"sr": "senior", "jr": "junior", "snr": "senior", "mgr": "manager", "eng": "engineer"}
_ANYWHERE = """
remote hybrid onsite on site office home homeoffice us usa can uk eu emea apac latam mena dach nyc sf uae north south
latin central east west eastern western america americas europe european asia pacific global worldwide anywhere region
united states kingdom based bundesweit deutschlandweit in or and the
"""
_PLACES = frozenset(_ANYWHERE.split())
_SCHEME = re.compile(r"https?://(?:www\.)?", re.IGNORECASE)
_ODD = re.compile(r"[?#@\s]|^(?!https?://[a-z0-9])", re.IGNORECASE)
"""What makes an address worth taking apart; most have nothing to take away."""
_APPLY = re.compile(r"(?:/(?:apply|application|bewerben|apply-now|jobs/new))?/*$", re.IGNORECASE)


class Prints(NamedTuple):
    """None where too little is known to tell anything."""

    text: str | None
    role: str | None
    url: str | None


def prints_of(posting: Posting) -> Prints:
    return Prints(
        text_print(posting.text),
        role_print(posting.company, posting.title, posting.locations),
        url_print(posting.url),
    )


def text_print(text: str) -> str | None:
    """Of the letters and digits alone: layout, punctuation and case change nothing. None for a text that tells nothing.

    >>> text_print("Join us! " * 40) == text_print("JOIN US " * 40)
    True
    """
    if len(text) < 2 * FEWEST_WORDS or text.count(" ") + text.count("\n") < FEWEST_WORDS:
        return None
    return _digest(letters(text))


def letters(text: str) -> bytes:
    """The letters and digits of a text without case, as UTF-8."""
    data = text.encode("utf-8", "replace")
    if _is_plain(data):
        return data.translate(None, _BETWEEN).lower()
    return _folded(_SIGNS_BETWEEN.sub(b"", data.translate(None, _ASCII_BETWEEN)))


def words(text: str) -> list[bytes]:
    """The words of a text without case and punctuation, as UTF-8."""
    data = text.encode("utf-8", "replace")
    if _is_plain(data):
        return data.translate(_APART).lower().split()
    return _folded(_SIGNS_BETWEEN.sub(b" ", data.translate(_ASCII_APART))).split()


def _is_plain(data: bytes) -> bool:
    """Whether all letters are ASCII, as most texts are but for bullets and quotes: what is not ASCII is looked at
    alone."""
    return not _SIGNS_BETWEEN.sub(b"", data.translate(None, _ASCII))


def _folded(plain: bytes) -> bytes:
    """Without case; no sign that was taken out before could have come out of the folding, nor the other way round."""
    return plain.decode("utf-8").casefold().encode("utf-8")


def role_print(company: str, title: str, locations: Sequence[str]) -> str | None:
    """Of the employer and the role; None where nobody is named or nothing is left of the title."""
    words = role_words(title, tuple(locations))
    employer = employer_of(company)
    return _digest(f"{employer}\x1f{' '.join(words)}".encode()) if employer and words else None


def role_words(title: str, locations: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a title without the places of the posting, genders, and ways to write seniority.

    >>> role_words("Sr. Engineer (m/f/d) - Berlin", ("Berlin, Germany",))
    ('senior', 'engineer')
    """
    there = _PLACES.union(*(_words(place) for place in locations[:20]))
    kept = tuple(_SPELLED.get(word, word) for word in _title_words(title) if word not in there)
    return kept or _title_words(title)


def url_print(url: str | None) -> str | None:
    """Of where an address leads: without scheme, `www.`, tracking parameters and the last step to the form."""
    if url is None:
        return None
    address = url.strip() if url.isascii() and not _ODD.search(url) else plain(url)
    if not address:
        return None
    path, _, query = address.partition("?")
    shown = _APPLY.sub("", _SCHEME.sub("", path, count=1))
    return _digest(f"{shown}?{query}".casefold().encode("utf-8", "replace")) if "/" in shown or query else None


@lru_cache(maxsize=4_000)
def employer_of(company: str) -> str:
    """The normal form of an employer's name, "" where there is none."""
    return normal_name(company)


@lru_cache(maxsize=4_000)
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(folded(text)))


def _title_words(title: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(_GENDERS.sub(" ", folded(title))))


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=12).hexdigest()
