"""Where a board went that its vendor does not know any more: by what pages of its employer show, never by guessing.

The pages are those that are known: the address in the settings, and those of its postings on the employer's own site
with the pages that they stand below. What a page names is asked for itself before it is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from jobbot.features.sources.discover.evidence import Recognise
from jobbot.features.sources.policy import refusal_of_url
from jobbot.kernel.errors import JobbotError

PAGES = 4
"""Most pages that are looked at for one board."""
UNKNOWN = "no page of the employer's that is known here shows where it went; `jobbot sources discover URL` looks at one"


def own_pages(addresses: Iterable[str], recognise: Recognise) -> list[str]:
    """The pages at and above these addresses that are on no vendor's site, the first `PAGES` of them."""
    above = (page for address in addresses if _own(address, recognise) for page in _upwards(address))
    return list(islice(dict.fromkeys(above), PAGES))


def _own(address: str, recognise: Recognise) -> bool:
    return address.startswith("https://") and recognise(address) is None and refusal_of_url(address) is None


def _upwards(address: str) -> Iterator[str]:
    """An address without its query, and those above it; not the front page, unless it is the address itself."""
    parts = urlsplit(address)
    path = parts.path.rstrip("/")
    while True:
        yield urlunsplit(("https", parts.netloc, path or "/", "", ""))
        path = path.rpartition("/")[0]
        if not path:
            return


def moved(source: str, board: str, pages: Iterable[str], find: Callable[[str], dict[str, Any]]) -> str:
    """Where the first page that names another board says that it is now; `UNKNOWN` where none does.

    `find` is that of `Discovery`; a page that cannot be read shows nothing.
    """
    for page in pages:
        try:
            found = find(page)
        except JobbotError:
            continue
        others = [
            one for one in found["boards"] if (one["source"], one["board"].casefold()) != (source, board.casefold())
        ]
        if others:
            return _told(page, others)
        if walled := next((note for note in found["notes"] if "Workday" in note), None):
            return f"{page}: {walled}"
    return UNKNOWN


def _told(page: str, others: list[dict[str, Any]]) -> str:
    answering = [one for one in others if one["confirmed"]]
    named = ", ".join(f"{one['source']} {one['board']}" for one in answering or others)
    if not answering:
        return f"{page} names {named} now, which does not answer either"
    if len(answering) > 1:
        return f"{page} names several boards now that answer ({named}); connect the one you mean"
    (one,) = answering
    return (
        f"{page} names {named} now, which lists {one['postings']} postings: "
        f"`jobbot ingest {one['source']} --company {one['board']}`"
    )
