"""Places that a program must not read, and the allowed way to their postings. Pure."""

from __future__ import annotations

import re

from jobbot.kernel.errors import RefusedByPolicy

_BY_HAND = "save the posting or its alert mail by hand and run `jobbot ingest file PATH`"
PROHIBITED = {
    "linkedin": ("LinkedIn", "its User Agreement forbids automated access"),
    "indeed": ("Indeed", "its terms forbid automated access and its public search API was retired"),
    "glassdoor": ("Glassdoor", "its terms forbid bots and there is no public API"),
    "workday": ("Workday", "its career sites have no public API and their terms differ by employer"),
}
_HOSTS = re.compile(
    r"https?://(?:[^/?#@]*\.)?(?:(linkedin)\.com|(indeed)\.[a-z.]+|(glassdoor)\.[a-z.]+|my(workday)(?:jobs|site)\.com)(?:[/:?#]|$)",
    re.IGNORECASE,
)


def refusal(source: str) -> RefusedByPolicy | None:
    """The refusal of a source that must not be automated, None for any other."""
    entry = PROHIBITED.get(source.strip().lower())
    if entry is None:
        return None
    title, why = entry
    return RefusedByPolicy(f"{title} is not read by a program: {why}. The allowed way: {_BY_HAND}")


def refusal_of_url(url: str) -> RefusedByPolicy | None:
    """The same for a URL."""
    found = _HOSTS.match(url.strip())
    return refusal(next(name for name in found.groups() if name)) if found else None
