"""Which language a posting and a profile are written in, as far as it matters for documents."""

from __future__ import annotations

import re

from jobbot.features.profile.model import Profile
from jobbot.features.sources.model import Posting
from jobbot.features.tailoring.lexicon import word_set
from jobbot.kernel.fact import FactKind

NAMES = {"de": "German", "fr": "French", "es": "Spanish", "sv": "Swedish"}
"""Languages that are told apart; everything else counts as English."""

LEAST = 0.12
"""Share of words that must be small words of a language."""

_SMALL = {
    "de": word_set("der die das und mit für von im zu den ein eine auf bei dem des als auch sie wir sich oder über"),
    "fr": word_set("le la les des et de du un une pour avec dans sur au aux par vous nous est en ou que qui votre"),
    "es": word_set("el la los las de del y en con para por un una que se su al como más o nuestro es tus"),
    "sv": word_set("och att det som en ett för med på av till är i den vi du om eller har hos inom samt"),
    "en": word_set("the and of to in for with a an on by at as from or is are you we our your that this be will"),
}
_WORD = re.compile(r"[^\W\d_]+")


def language(text: str) -> str:
    """The code of the language whose small words are most frequent; "en" where none is clear.

    >>> language("Sie planen die Touren und sprechen mit den Fahrern"), language("Planned routes in SQL")
    ('de', 'en')
    """
    words = [word.casefold() for word in _WORD.findall(text)]
    shares = {code: sum(word in small for word in words) / max(1, len(words)) for code, small in _SMALL.items()}
    best = max(shares, key=lambda code: (shares[code], code == "en"))
    return best if shares[best] >= LEAST else "en"


def differs(posting: Posting, profile: Profile) -> str:
    """The name of the posting's language where it is none of English and the profile's, else ""."""
    name = NAMES.get(language(posting.text), "")
    wordings = " ".join(fact.wording for fact in profile.of(FactKind.BULLET, FactKind.SUMMARY))
    return "" if not name or NAMES.get(language(wordings)) == name else name
