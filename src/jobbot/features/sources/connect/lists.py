"""A list of boards as people keep them: OPML, CSV with or without a header, or a line each. Pure.

A line is an address, `source name` or `source,name`; what follows a `#` at its beginning is a remark.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from jobbot.kernel.errors import InvalidInput

LONGEST = 1024 * 1024
"""Characters of a list."""
MOST = 5_000
"""Lines of a list."""
_SHOWN = 200
_SOURCE = frozenset({"source", "vendor", "ats", "type", "provider", "feed"})
_NAME = frozenset(
    {"board", "company", "name", "slug", "token", "org", "organisation", "organization", "employer", "query"}
)
_URL = frozenset(
    {
        "url",
        "link",
        "address",
        "website",
        "careers",
        "careers page",
        "careers url",
        "careers_url",
        "board_url",
        "xmlurl",
    }
)
_ADDRESS = re.compile(
    r"(?:https?://|[\w-]+(?:\.[\w-]+)+/)\S+|https?://\S+|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|co|de|eu|jobs|work)",
    re.IGNORECASE,
)
_FEED = re.compile(r"(?:\.(?:rss|atom|xml|rdf)|/(?:feed|rss|atom)/?)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wish:
    """A line of a list: an address, or a source with a name there; `problem` where it is neither."""

    line: int
    text: str
    url: str = ""
    source: str = ""
    name: str = ""
    problem: str = ""


def wishes(text: str) -> list[Wish]:
    """The boards that a list names, in its order. Raises InvalidInput for a list that is too long, or XML that is no
    OPML; a single line that says nothing is a wish with its problem."""
    if len(text) > LONGEST:
        raise InvalidInput(f"the list has {len(text):,} characters; {LONGEST:,} are the most, cut it in parts")
    plain = text.removeprefix("\ufeff")
    found = list(_outlines(plain) if plain.lstrip().startswith("<") else _rows(plain))
    if len(found) > MOST:
        raise InvalidInput(f"the list names {len(found):,} boards; {MOST:,} are the most, cut it in parts")
    return found


def is_address(word: str) -> bool:
    """Whether a word is an address, with or without its `https://`."""
    return bool(_ADDRESS.fullmatch(word))


def is_feed(url: str) -> bool:
    """Whether an address has the form of a feed's."""
    try:
        return bool(_FEED.search(urlsplit(url).path))
    except ValueError:
        return False


def address(word: str) -> str:
    """The address with https, which is the only way that is read."""
    bare = re.sub(r"^https?://", "", word, flags=re.IGNORECASE)
    return f"https://{bare}"


def _outlines(text: str) -> Iterator[Wish]:
    try:
        top = fromstring(text, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except (DefusedXmlException, ParseError, ValueError, LookupError, RecursionError) as error:
        raise InvalidInput(f"the list looks like OPML and cannot be read as XML ({str(error)[:100]})") from None
    if top.tag.lower() != "opml":
        raise InvalidInput(f"the list is XML of the kind <{top.tag[:40]}>; OPML, CSV or a line each can be read")
    at = 0
    for outline in top.iter("outline"):
        value = next(
            (outline.get(name, "") for name in ("xmlUrl", "xmlurl", "htmlUrl", "url") if outline.get(name)), ""
        )
        if not value:
            continue  # a folder
        seen = text.find(value, at)
        at = seen if seen >= 0 else at
        feed = bool(outline.get("xmlUrl") or outline.get("xmlurl"))
        yield _of(text.count("\n", 0, at) + 1, value, "rss" if feed else "", value.strip())


def _rows(text: str) -> Iterator[Wish]:
    """Quotes may span no lines here: the number of a row is that of its line."""
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
    lines = [(number, line) for number, line in lines if line and not line.startswith("#")]
    mark = _delimiter([line for _, line in lines[:20]])
    columns = _header(_cells(lines[0][1], mark)) if lines and mark else None
    for number, line in lines[1 if columns else 0 :]:
        cells = _cells(line, mark) if mark else [line]
        yield _chosen(number, line, cells, columns) if columns else _free(number, line, cells)


def _delimiter(lines: Sequence[str]) -> str:
    """What most lines are divided by, "" where it is nothing; commas within an address divide nothing."""
    counts = {mark: sum(mark in line for line in lines) for mark in ("\t", ";", ",")}
    best = max(counts, key=lambda mark: counts[mark])
    return best if counts[best] else ""


def _cells(line: str, mark: str) -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader(io.StringIO(line), delimiter=mark), [])]
    except csv.Error:
        return [line]


def _header(cells: Sequence[str]) -> dict[str, int] | None:
    """Where source, name and address stand, if the first row says so."""
    names = [cell.casefold() for cell in cells]
    found = {
        kind: next((place for place, name in enumerate(names) if name in known), -1)
        for kind, known in (("source", _SOURCE), ("name", _NAME), ("url", _URL))
    }
    known = found["url"] >= 0 or (found["source"] >= 0 and found["name"] >= 0)
    return found if known and not any(map(is_address, cells)) else None


def _chosen(number: int, line: str, cells: Sequence[str], columns: dict[str, int]) -> Wish:
    def cell(kind: str) -> str:
        return cells[columns[kind]] if 0 <= columns[kind] < len(cells) else ""

    if cell("url"):
        return _of(number, line, "", cell("url"))
    return _of(number, line, cell("source"), cell("name"))


def _free(number: int, line: str, cells: Sequence[str]) -> Wish:
    there = [cell for cell in cells if cell]
    if where := next((cell for cell in there if is_address(cell)), ""):
        named = there[0] if there[0] != where and there[0].isalnum() else ""
        return _of(number, line, named if named.casefold() == "rss" else "", where)
    if len(there) > 1:
        return _of(number, line, there[0], there[1])
    first, _, rest = (there[0] if there else line).partition(" ")
    return _of(number, line, first, rest.strip())


def _of(number: int, line: str, source: str, name: str) -> Wish:
    shown, named = line[:_SHOWN], source.strip().lower()
    if is_address(name) and (named in ("", "rss") or not named.isalnum()):
        url = address(name)
        if named == "rss" or is_feed(url):
            return Wish(number, shown, source="rss", name=url)
        return Wish(number, shown, url=url)
    if named and name.strip():
        return Wish(number, shown, source=named, name=name.strip())
    if named and is_address(source):
        return Wish(number, shown, url=address(source.strip()))
    return Wish(number, shown, source=named, problem="neither an address nor a source with a name")
