"""One normal form for texts and aliases that keeps every code point in its place."""

from __future__ import annotations

import re
import unicodedata


def _table() -> bytes:
    """Byte table over Latin-1: lower case, accents dropped, everything but letters, digits, + and # a space."""
    table = bytearray(256)
    for code in range(256):
        base = unicodedata.normalize("NFD", chr(code).lower())[0]
        table[code] = ord(base) if (base.isalnum() and ord(base) < 256) or base in "+#" else 32
    return bytes(table)


_FOLD = _table()


def fold(text: str) -> str:
    """Normal form of `text`, code point for code point, so offsets carry over; beyond Latin-1 is a space.

    >>> fold("Résumé: C++/Node.js!")
    'resume  c++ node js '
    """
    return text.encode("latin-1", "replace").translate(_FOLD).decode("latin-1")


def squeeze(text: str) -> str:
    """Normal form with single spaces: what labels, aliases and headings are compared by.

    >>> squeeze("  Health & Safety ")
    'health safety'
    """
    plain = text.lower()
    if plain.isascii() and plain.replace(" ", "").isalnum() and "  " not in plain:
        return plain.strip()
    return " ".join(fold(text).split())


_BRITISH = (
    ("isation", "ization"), ("ising", "izing"), ("ise ", "ize "), ("ised", "ized"), ("iser", "izer"),
    ("modelling", "modeling"), ("labelling", "labeling"), ("counselling", "counseling"), ("travelling", "traveling"),
    ("signalling", "signaling"), ("tunnelling", "tunneling"), ("panelling", "paneling"), ("programme", "program"),
    ("licence", "license"), ("licensing", "licencing"), ("centre", "center"), ("behaviour", "behavior"),
    ("labour", "labor"), ("colour", "color"), ("favour", "favor"), ("harbour", "harbor"), ("catalogue", "catalog"),
    ("dialogue", "dialog"), ("paediatric", "pediatric"), ("anaesth", "anesth"), ("orthopaedic", "orthopedic"),
    ("gynaecolog", "gynecolog"), ("haemat", "hemat"), ("haemo", "hemo"), ("tyre", "tire"), ("aluminium", "aluminum"),
    ("mould", "mold"), ("plough", "plow"), ("defence", "defense"), ("fulfilment", "fulfillment"),
    ("enrolment", "enrollment"), ("jewellery", "jewelry"), ("analyse", "analyze"), ("fibre", "fiber"),
    ("metre", "meter"), ("sulph", "sulf"),
    ("kerb", "curb"), ("storey", "story"), ("specialis", "specializ"), ("organis", "organiz"), ("optimis", "optimiz"),
    ("artefact", "artifact"), ("judgement", "judgment"), ("per cent", "percent"),
)  # fmt: skip


_DIFFERS = re.compile("|".join(re.escape(british.strip()) for british, _ in _BRITISH))


def spellings(key: str) -> tuple[str, ...]:
    """The key and, where British and American spelling differ, its other spelling."""
    if not _DIFFERS.search(key):
        return (key,)
    other = f"{key} "
    for british, american in _BRITISH:
        if british in other:
            other = other.replace(british, american)
    other = other.rstrip()
    return (key,) if other == key else (key, other)


_INVARIANT = ("ss", "us", "is", "ics", "sis")
_UNCOUNTED = ("ing", "ed", "ness", "ment", "ity", *_INVARIANT)
_PERSONS = (
    "nurse mechanic accountant recruiter plumber electrician welder carpenter teacher physician pharmacist dentist "
    "therapist lawyer attorney architect translator interpreter chef cook cleaner driver buyer auditor tutor scientist "
    "chemist physicist biologist surveyor analyst developer engineer designer manager technician consultant marketer "
    "researcher tester writer editor coach counsellor counselor caregiver carer midwife machinist fabricator"
)
_PEOPLE = frozenset(_PERSONS.split())
"""In the plural they are colleagues, customers or whom one hires ("trained nurses"), not what is asked or known."""


def numbers(key: str) -> tuple[str, ...]:
    """The key with its last word in the other number, where English has a plain rule for it.

    A single word gains a plural but no singular: "controls" is a field, "control" is a word of every advert.
    """
    last = key.rpartition(" ")[2]
    if len(last) < 4 or last in _PEOPLE or not last.isalpha() or last.endswith(_UNCOUNTED):
        return (key,)
    if last.endswith("s"):
        if " " not in key:
            return (key,)
        return (key, key[:-3] + "y" if last.endswith("ies") else key[:-1])
    if last.endswith("y") and last[-2] not in "aeiou":
        return (key, key[:-1] + "ies") if " " in key else (key,)
    return (key, key + ("es" if last.endswith(("ch", "sh", "x", "z")) else "s"))
