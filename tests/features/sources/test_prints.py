"""The quick way to the letters of a text gives what its definition says, for every character there is."""

from __future__ import annotations

import re

from jobbot.features.sources.group.prints import letters, words

_SIGNS = re.compile(rb"\xe2[\x80\x81\x96\x97][\x80-\xbf]|\xc2[\xa0-\xbf]")
EVERY = [chr(code) for code in range(0x110000)]


def _by_definition(text: str, instead: bytes) -> bytes:
    """Fold the case of all, then take out what is no letter: slow, and plain to see."""
    folded = text.casefold().encode("utf-8", "replace")
    apart = b"".join(bytes([code]) if code > 127 or chr(code).isalnum() else instead for code in folded)
    return _SIGNS.sub(instead, apart)


def test_letters_of_every_character() -> None:
    for start in range(0, len(EVERY), 4096):
        text = "x".join(EVERY[start : start + 4096])
        assert letters(text) == _by_definition(text, b"")
        assert words(text) == _by_definition(text, b" ").split()


def test_letters_of_plain_text() -> None:
    for text in ("", "Nurse (m/f/d)", "• You’ll HEAL – 5\u00a0µg\n", "STRASSE Straße İ K"):
        assert letters(text) == _by_definition(text, b"")
        assert words(text) == _by_definition(text, b" ").split()
