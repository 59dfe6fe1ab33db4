"""Read a vendor's JSON answer row by row, so that one bad row never sinks a board.

`rows_of` parses strictly. Where the whole does not pass (a NaN, a key twice, a lone surrogate in one posting), it
finds the rows again one at a time and refuses only those that are wrong. An answer that is no JSON at all, or ends in
the middle, is `Failed`: nothing of it may be believed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any, NamedTuple

from jobbot.kernel import strictjson
from jobbot.kernel.errors import Failed, InvalidInput
from jobbot.sdk.http import Reply
from jobbot.sdk.source import RawPosting, Rejected, Skipped

LONGEST_ID = 300
_BLANKS = " \t\r\n"
_CHARSET = re.compile(r"charset=\"?([A-Za-z0-9_.:-]{1,40})")
_decode = json.JSONDecoder().raw_decode


class Read(NamedTuple):
    """What became of the rows, in the order of `Listing`'s fields."""

    postings: tuple[RawPosting, ...]
    skipped: tuple[Skipped, ...]
    rejected: tuple[Rejected, ...]

    @property
    def company(self) -> str | None:
        """The employer that the first posting with one names."""
        return next((posting.company for posting in self.postings if posting.company), None)


def together(pages: Iterable[Read]) -> Read:
    """What became of the rows of several pages."""
    found = list(pages)
    return Read(
        tuple(item for page in found for item in page.postings),
        tuple(item for page in found for item in page.skipped),
        tuple(item for page in found for item in page.rejected),
    )


def refused(identity: str, title: str, number: int, row: Any) -> Rejected | None:
    """The refusal of a row that lacks an id or a title, None for one that has both. One whose id is none that could
    come again (longer than `LONGEST_ID`, not printable) may be any posting, as one without."""
    if not identity:
        return Rejected(f"row {number}", "no id", row, identified=False)
    if len(identity) > LONGEST_ID or not identity.isprintable():
        return Rejected(f"row {number}", "an id that is too long or not printable", row, identified=False)
    return None if title else Rejected(identity, "no title", row)


class Rows(NamedTuple):
    """Rows that are JSON objects, those that are not, and what stood beside the rows."""

    good: list[dict[str, Any]]
    bad: list[Rejected]
    rest: dict[str, Any]

    def are_all(self, total: Any) -> bool:
        """Whether these are as many as a board says it has; a `total` that is no number says nothing."""
        return not isinstance(total, int) or total <= len(self.good) + len(self.bad)

    def read(self, posting_of: Callable[[dict[str, Any], int], RawPosting | Skipped | Rejected]) -> Read:
        """Each good row through `posting_of` (the row and its number, from 1); the bad rows are rejected first."""
        found = [posting_of(row, number) for number, row in enumerate(self.good, 1)]
        return Read(
            tuple(item for item in found if isinstance(item, RawPosting)),
            tuple(item for item in found if isinstance(item, Skipped)),
            (*self.bad, *(item for item in found if isinstance(item, Rejected))),
        )


def rows_of(reply: Reply, key: str | None, identity: str = "id") -> Rows:
    """The rows of a 200 answer: a bare array, or the array under `key` of an object (`a.b`: under b in a).

    `rest` is what stands beside the array. `identity` is the field by which a row that is wrong elsewhere is known, so
    that it does not count as gone. Raises Failed with clear words.
    """
    if reply.content_type == "text/html" or reply.body.lstrip()[:1] == b"<":
        raise Failed(f"{reply.url} answered with a web page instead of JSON; nothing was changed")
    try:
        value = strictjson.loads(reply.body, where=reply.url)
    except InvalidInput as error:
        return _one_by_one(reply, key, error, identity)
    rest: dict[str, Any] = {}
    for part in _path(key):
        rest = value if isinstance(value, dict) else {}
        value = rest.get(part)
    if not isinstance(value, list):
        raise Failed(f"{reply.url} answered JSON without {_name(key)}; nothing was changed")
    last = _path(key)[-1:]
    return _sorted_out(enumerate(value, 1), {name: item for name, item in rest.items() if [name] != last})


def body_text(reply: Reply) -> str:
    """The text of a body that is no UTF-8 as a whole: in the charset that the answer names, where it is another; else
    what is not UTF-8 in it is replaced."""
    named = _CHARSET.search(reply.headers.get("content-type", ""))
    name = named[1].lower() if named else "utf-8"
    if name in ("utf-8", "utf8"):
        return reply.body.decode("utf-8-sig", "replace")
    with suppress(UnicodeDecodeError):
        return reply.body.decode("utf-8-sig")
    with suppress(UnicodeError, LookupError):
        return str(reply.body, name)
    return reply.body.decode("utf-8-sig", "replace")


def _path(key: str | None) -> list[str]:
    return key.split(".") if key is not None else []


def _name(key: str | None) -> str:
    return f'a list "{key}"' if key is not None else "a list of postings"


def _sorted_out(rows: Iterable[tuple[int, Any]], rest: dict[str, Any]) -> Rows:
    result = Rows([], [], rest)
    for number, row in rows:
        if isinstance(row, dict):
            result.good.append(row)
        else:
            result.bad.append(Rejected(f"row {number}", "not a JSON object", row, identified=False))
    return result


def _one_by_one(reply: Reply, key: str | None, error: InvalidInput, identity: str) -> Rows:
    text = body_text(reply)
    result = Rows([], [], {})
    try:
        for number, piece in enumerate(_pieces(text, _path(key), result.rest), 1):
            try:
                one = _sorted_out([(number, strictjson.loads(piece))], {})
            except InvalidInput as wrong:
                result.bad.append(_wrong(number, piece, wrong, identity))
                continue
            result.good.extend(one.good)
            result.bad.extend(one.bad)
    except (ValueError, RecursionError, IndexError):
        raise Failed(
            f"{reply.url} answered something that is not whole JSON ({_short(error)}); nothing was changed"
        ) from None
    return result


def _wrong(number: int, piece: str, error: InvalidInput, field: str) -> Rejected:
    identity = _identity(piece, field)
    return Rejected(identity or f"row {number}", _short(error), piece[:20_000], identified=bool(identity))


def _identity(piece: str, field: str) -> str:
    """The id of a row that is wrong elsewhere."""
    value, _ = _decode(piece)
    found = value.get(field) if isinstance(value, dict) else None
    known = isinstance(found, str | int) and not isinstance(found, bool)
    return str(found).encode("utf-8", "replace").decode() if known else ""


def _short(error: InvalidInput) -> str:
    return error.errors[0].problem if error.errors else error.detail


def _pieces(text: str, path: list[str], rest: dict[str, Any]) -> Iterator[str]:
    """The text of each element of the array; `rest` is filled with what stands beside it.

    Raises ValueError or IndexError where the JSON breaks off.
    """
    at = _skip(text, 0)
    for key in path:
        rest.clear()
        at = _value_of(text, at, key, rest)
    if text[at] != "[":
        raise ValueError("no array")
    at = _skip(text, at + 1)
    while text[at] != "]":
        _, end = _decode(text, at)
        yield text[at:end]
        at = _skip(text, end)
        if text[at] == ",":
            at = _skip(text, at + 1)
        elif text[at] != "]":
            raise ValueError("neither comma nor bracket")
    at = _past(text, at + 1)
    for depth in range(len(path)):
        at = _to_the_end(text, at, rest if depth == 0 else {})
    if text[at:].strip(_BLANKS):
        raise ValueError("more than one document")


def _to_the_end(text: str, at: int, rest: dict[str, Any]) -> int:
    """Past the end of an object, from behind one of its values. Raises ValueError or IndexError."""
    while text[at] == ",":
        name, at = _named(text, _skip(text, at + 1))
        at = _skip(text, _kept(text, at, name, rest))
    if text[at] != "}":
        raise ValueError("the object does not end")
    return _past(text, at + 1)


def _value_of(text: str, at: int, key: str, rest: dict[str, Any]) -> int:
    """Where the value of `key` begins in the object that begins here."""
    if text[at] != "{":
        raise ValueError("no object")
    at = _skip(text, at + 1)
    while True:
        name, at = _named(text, at)
        if name == key:
            return at
        at = _skip(text, _kept(text, at, name, rest))
        if text[at] != ",":
            raise ValueError("no such key")
        at = _skip(text, at + 1)


def _named(text: str, at: int) -> tuple[Any, int]:
    """A name of an object, and where its value begins."""
    name, at = _decode(text, at)
    at = _skip(text, at)
    if text[at] != ":":
        raise ValueError("no colon")
    return name, _skip(text, at + 1)


def _kept(text: str, at: int, name: Any, rest: dict[str, Any]) -> int:
    """Where a value ends; one that may be believed goes to `rest`."""
    _, end = _decode(text, at)
    with suppress(InvalidInput):
        rest[str(name)] = strictjson.loads(text[at:end])
    return end


def _past(text: str, at: int) -> int:
    """As `_skip`, and no error at the end of the text."""
    while at < len(text) and text[at] in _BLANKS:
        at += 1
    return at


def _skip(text: str, at: int) -> int:
    while text[at] in _BLANKS:
        at += 1
    return at
