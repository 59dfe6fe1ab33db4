"""The check of a JSON Resume: a table of v1.0.0 and 1.2.1, and findings with pointer, problem and fix.

Types, nulls and dates are problems. Formats that the schema only annotates (links, addresses) and keys that it does not
know are warnings: the document is kept as it is. Where the two versions differ the wider one counts (a certificate's
date may be partial; unknown keys may stand at the root).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from jobbot.features.profile import dates
from jobbot.features.profile.positions import escape

TEXT, URL, EMAIL, DATE = "text", "url", "email", "date"

_SPAN = {"startDate": DATE, "endDate": DATE}
_TEXTS = [TEXT]

TABLE: dict[str, Any] = {
    "$schema": TEXT,
    "basics": {
        **dict.fromkeys(("name", "label", "image", "phone", "summary"), TEXT),
        "email": EMAIL,
        "url": URL,
        "location": dict.fromkeys(("address", "postalCode", "city", "countryCode", "region"), TEXT),
        "profiles": [{"network": TEXT, "username": TEXT, "url": URL}],
    },
    "work": [
        {
            **dict.fromkeys(("name", "location", "description", "position", "summary"), TEXT),
            **_SPAN,
            "url": URL,
            "highlights": _TEXTS,
        }
    ],
    "volunteer": [
        {**dict.fromkeys(("organization", "position", "summary"), TEXT), **_SPAN, "url": URL, "highlights": _TEXTS}
    ],
    "education": [
        {**dict.fromkeys(("institution", "area", "studyType", "score"), TEXT), **_SPAN, "url": URL, "courses": _TEXTS}
    ],
    "awards": [{"title": TEXT, "date": DATE, "awarder": TEXT, "summary": TEXT}],
    "certificates": [{"name": TEXT, "date": DATE, "url": URL, "issuer": TEXT}],
    "publications": [{"name": TEXT, "publisher": TEXT, "releaseDate": DATE, "url": URL, "summary": TEXT}],
    "skills": [{"name": TEXT, "level": TEXT, "keywords": _TEXTS}],
    "languages": [{"language": TEXT, "fluency": TEXT}],
    "interests": [{"name": TEXT, "keywords": _TEXTS}],
    "references": [{"name": TEXT, "reference": TEXT}],
    "projects": [
        {
            **dict.fromkeys(("name", "description", "entity", "type"), TEXT),
            **_SPAN,
            "url": URL,
            **dict.fromkeys(("highlights", "keywords", "roles"), _TEXTS),
        }
    ],
    "meta": {"canonical": URL, "version": TEXT, "lastModified": TEXT},
}

_NAMES = {dict: "an object", list: "a list", str: "text", bool: "true or false", int: "a number", float: "a number"}
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")


class Finding(NamedTuple):
    """One thing found; `warning` when the document stays valid."""

    pointer: str
    problem: str
    fix: str
    warning: bool = False


def check(resume: object) -> tuple[Finding, ...]:
    """All findings in document order; the document is valid when none of them is more than a warning."""
    found = tuple(_value(resume, TABLE, ""))
    if isinstance(resume, dict) and resume and not set(resume) & (set(TABLE) - {"$schema", "meta"}):
        known = ", ".join(name for name in TABLE if name not in ("$schema", "meta"))
        found += (Finding("", "no section of JSON Resume in it", f"its sections are {known}", warning=True),)
    return found


def _value(value: object, shape: Any, pointer: str) -> Iterator[Finding]:
    if isinstance(shape, dict):
        yield from _object(value, shape, pointer)
    elif isinstance(shape, list):
        yield from _list(value, shape[0], pointer)
    elif not isinstance(value, str):
        yield _wrong(value, "text", pointer)
    else:
        yield from _scalar(value, shape, pointer)


def _object(value: object, shape: dict[str, Any], pointer: str) -> Iterator[Finding]:
    if not isinstance(value, dict):
        yield _wrong(value, "an object", pointer)
        return
    for key, child in value.items():
        place = f"{pointer}/{escape(key)}"
        if key in shape:
            yield from _value(child, shape[key], place)
        elif not key.startswith("x-"):
            yield Finding(place, "a key that JSON Resume does not know; kept as it is", _nearest(key, shape), True)
    yield from _order(value, pointer)


def _list(value: object, shape: Any, pointer: str) -> Iterator[Finding]:
    if not isinstance(value, list):
        yield _wrong(value, "a list", pointer)
        return
    for index, child in enumerate(value):
        yield from _value(child, shape, f"{pointer}/{index}")


def _scalar(value: str, shape: str, pointer: str) -> Iterator[Finding]:
    if shape == DATE and (wrong := dates.problem(value)):
        yield Finding(pointer, *wrong)
    elif shape == EMAIL and not _EMAIL.fullmatch(value):
        yield Finding(pointer, "does not look like an e-mail address", "write it like name@example.org", True)
    elif shape == URL and not _URL.fullmatch(value):
        yield Finding(pointer, "not a complete link", "begin it with https:// and leave no blanks in it", True)


def _order(value: dict[str, Any], pointer: str) -> Iterator[Finding]:
    start, end = value.get("startDate"), value.get("endDate")
    if dates.valid(start) and dates.valid(end) and dates.before(str(end), str(start)):
        yield Finding(f"{pointer}/endDate", "ends before it starts", "swap startDate and endDate, or correct one")


def _wrong(value: object, wanted: str, pointer: str) -> Finding:
    if value is None:
        return Finding(pointer, "null is not allowed", f"leave the key out, or give it {wanted}")
    is_name = isinstance(value, int | float) and not isinstance(value, bool) and wanted == "text"
    fix = "put it in quotes" if is_name else f"make it {wanted}"
    if wanted == "a list":
        fix = "wrap it in [ and ]"
    return Finding(pointer, f"{_NAMES[type(value)]} where {wanted} is expected", fix)


def _nearest(key: str, shape: dict[str, Any]) -> str:
    lowered = {name.casefold(): name for name in shape}
    near = difflib.get_close_matches(key.casefold(), lowered, 1, 0.6)
    return f"did you mean {lowered[near[0]]}?" if near else "keys of your own are best named x-..."
