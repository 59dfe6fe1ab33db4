"""Where a posting is by its own words, for those whose board names no place. Pure.

Staffing adverts often name the place in a sentence only ("our client located in Woburn MA"). Read are places after
words that announce one, and a town with its state; a name alone could be anything and is left.
"""

from __future__ import annotations

import re
from functools import lru_cache

from jobbot.features.places.parse import parse
from jobbot.features.places.place import Place, Scale
from jobbot.kernel.text import Evidence

_NAME = r"[A-Z][\w.'’-]*[a-z.](?:[ ](?:[A-Z][\w.'’-]*[a-z.]|of|de|am|an der)){0,3}"
_STATE = r"(?:[A-Z]{2}(?![a-z]*[A-Z]{2})(?=[A-Z][a-z]|\b)|[A-Z][a-z]+(?:[ ][A-Z][a-z]+)?)"
_ANNOUNCED = re.compile(
    rf"(?:\b[Ll]ocation\s*:|\b[Ll]ocated\s+(?:in|at)|\b[Bb]ased\s+(?:in|out\s+of)|\b[Oo]ffices?\s+in)\s*(?:the\s+|downtown\s+)?"
    rf"(?P<place>{_NAME}(?:,?[ ]*{_STATE})?)"
)
_TOWN_AND_STATE = re.compile(
    rf"(?<!quartered )(?<!quarters )(?<!founded )(?<!born )\b(?:in|at|near)\s+(?P<place>{_NAME},[ ]*{_STATE})"
)
_WINDOW = 4_000


@lru_cache(maxsize=4096)
def stated(text: str) -> tuple[tuple[Place, ...], Evidence | None]:
    """The first town that the text itself names as its place, with the quote; nothing where it names none for sure."""
    for pattern in (_ANNOUNCED, _TOWN_AND_STATE):
        for match in pattern.finditer(text, 0, _WINDOW):
            for words in _shorter(match["place"]):
                places = tuple(place for place in parse(words).places if place.scale is Scale.CITY)
                if places:
                    start = match.start("place")
                    return places, Evidence(text[match.start() : start + len(words)], match.start(), start + len(words))
    return (), None


def _shorter(words: str) -> list[str]:
    """The words, and without their last one: a name may run on into the next sentence."""
    cut = re.split(r"[ ,]+(?=\S+$)", words)[0]
    return [words] if cut == words else [words, cut]
