"""Answers as a vendor might break them: a recorded body with one thing wrong, and how many rows it still has.

Each `Mutation` is made from a recording and a number, so that a failure can be made again. `check_mutations` holds a
source to what must be true of all of them: every row becomes a posting, a skipped or a rejected row, each posting keeps
the contract, and nothing is raised but the errors of the kernel.
"""

from __future__ import annotations

import copy
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from jobbot.kernel.errors import JobbotError
from jobbot.sdk.contract.sources import Breach, Recorded, RecordedHttp, check_posting, listed
from jobbot.sdk.source import Listing, RawPosting, Source

ANY = -1
"""Rows of a mutation that may be read or refused: a byte changed somewhere."""

_VALUES: tuple[Any, ...] = (
    *(
        None,
        True,
        False,
        0,
        -1,
        7,
        2**62,
        1e308,
        -1e-300,
        "",
        " ",
        "x",
        "0",
        "-5",
        "1e999",
        "NaN",
        [],
        {},
        [None],
        [[]],
    ),
    *({"a": 1}, [{}], [1, "two", None], {"id": {"id": []}}, "<script>alert(1)</script>", "&lt;p&gt;x", "javascript:x"),
    *("9" * 60, "\u202eabc", "\ufeff", "a\u0300" * 50, "\U0001f600", "\x7f", "\t\r\n", "2026-13-45", "0000-00-00"),
    *("9999-12-31T23:59:59+14:00", "2026-11-20T10:00:00-25:00", "Fri, 99 Foo 2026 99:99:99 +9999", "-" * 39),
    *("https://[::1", "http://", "//x", "https://user:pw@evil.example/", "file:///etc/passwd", "x" * 100_000),
)
_RAW = ("NaN", "Infinity", "-Infinity", "9" * 40, "1e99999", r'"\ud800"', r'"\u0000"', "[" * 200 + "]" * 200, "tru")
"""Text that takes a value's place: no JSON, or none that may be believed."""
_HOLE = "@@hole@@"
_TWICE = "@@twice@@"
_XML_TEXTS = (
    "",
    " ",
    "x" * 100_000,
    "&amp;lt;b&amp;gt;",
    "&nbsp;",
    "&",
    "\x01",
    "<b>",
    "<![CDATA[<p>]]>",
    "]]>",
    "\ud7ff",
)
_CDATA = re.compile(r"<!\[CDATA\[.*?\]\]>", re.DOTALL)
_BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&b;&x;</r>'
)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A row of XML, and where it stands."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Mutation:
    """`rows`: how many are in it, None where the whole may not be believed, `ANY` where either will do."""

    what: str
    body: bytes
    rows: int | None


def mutations(recorded: Recorded, url: str, count: int, seed: int = 0) -> Iterator[Mutation]:
    """`count` mutations of one body, the same for the same seed."""
    body = recorded.bodies[url]
    for number in range(count):
        chance = random.Random(f"{seed}:{number}:{url}")  # noqa: S311 - test data, not a secret
        yield _mutated(body, recorded, chance)


def check_mutations(
    source: Source, recorded: Recorded, count: int, seed: int = 0, then: Callable[[RawPosting], object] | None = None
) -> Counter[str]:
    """Hold a source to every mutation of every body; how many ended how. `then` is done with each posting besides."""
    tally: Counter[str] = Counter()
    share = -(-count // len(recorded.bodies))
    for url in recorded.bodies:
        for number, mutation in enumerate(mutations(recorded, url, share, seed)):
            try:
                tally.update(_held(source, recorded, url, mutation, then))
            except JobbotError as error:
                if mutation.rows not in (None, ANY, 0) and _rows(recorded, url) is not None:
                    words = f"{url}: mutation {number} ({mutation.what}) is refused whole: {error}"
                    raise Breach(words) from error
                tally["refused"] += 1
            except AssertionError as error:
                raise Breach(f"{url}: mutation {number} ({mutation.what}): {error}") from error
            except Exception as error:
                told = f"{type(error).__name__}: {error}"[:300]
                raise Breach(
                    f"{url}: mutation {number} ({mutation.what}) raised {told}; read fields leniently (sdk.fields) "
                    "and reject the row that cannot be read"
                ) from error
    if not tally["accepted"]:
        raise Breach(f"no mutation of the recorded board gave a posting: {dict(tally)}")
    return tally


def _held(
    source: Source, recorded: Recorded, url: str, mutation: Mutation, then: Callable[[RawPosting], object] | None
) -> Counter[str]:
    http = RecordedHttp({**recorded.bodies, url: mutation.body}, recorded.media_type)
    listing = listed(source, recorded.board, http, "", "it")
    for posting in listing.postings:
        check_posting(posting)
        if then is not None:
            then(posting)
    found = _sorted(listing)
    if mutation.rows == ANY:
        return found
    believed = mutation.rows is None and url in http.asked and _rows(recorded, url) is not None
    if believed:
        raise Breach("an answer that cannot be believed was listed; raise Failed (sdk.rows_of does)")
    received = sum(
        (mutation.rows if asked == url else _rows(recorded, asked)) or 0
        for asked in http.asked
        if asked in recorded.bodies and _rows(recorded, asked) is not None
    )
    if sum(found.values()) != received:
        raise Breach(f"{received} rows came, and became {dict(found)}; a row that is left out is Skipped or Rejected")
    return found


def _sorted(listing: Listing) -> Counter[str]:
    return Counter(accepted=len(listing.postings), skipped=len(listing.skipped), quarantined=len(listing.rejected))


def _rows(recorded: Recorded, url: str) -> int | None:
    """How many rows a recorded body has; None for one that has no list of rows (a name, a search, a detail)."""
    body = recorded.bodies[url]
    if _is_xml(body):
        found = len(_pieces(body.decode("utf-8", "replace"), recorded.rows))
        return found or None
    rows = _list_of(json.loads(body), recorded.rows)
    return None if rows is None else len(rows)


def _list_of(value: Any, key: str) -> list[Any] | None:
    for part in key.split(".") if key else ():
        value = value.get(part) if isinstance(value, dict) else None
    return value if isinstance(value, list) else None


def _is_xml(body: bytes) -> bool:
    return body.lstrip()[:1] == b"<"


def _mutated(body: bytes, recorded: Recorded, chance: random.Random) -> Mutation:
    if chance.random() < 0.12:
        return _broken_whole(body, chance)
    if _is_xml(body):
        return _mutated_xml(body.decode("utf-8", "replace"), recorded.rows, chance)
    value = json.loads(body)
    rows = _list_of(value, recorded.rows)
    if rows is None:
        return Mutation("a value of an answer without rows", _text(_wrong(value, chance)), ANY)
    if not rows or chance.random() < 0.08:
        return _mutated_envelope(value, recorded.rows, chance)
    return _mutated_row(value, recorded.rows, chance)


def _broken_whole(body: bytes, chance: random.Random) -> Mutation:
    cut = chance.randrange(max(1, len(body) - 1))
    made: tuple[tuple[str, bytes, int | None], ...] = (
        ("cut off", body[:cut].rstrip(b"]}> \r\n"), None),
        ("UTF-16", body.decode("utf-8", "replace").encode("utf-16"), ANY),
        ("a web page", b"<!doctype html><html><title>Sorry</title></html>", None),
        ("nothing", b"", None),
        ("entities", _BOMB, None),
        ("a byte", body[:cut] + bytes([chance.randrange(256)]) + body[cut + 1 :], ANY),
        ("Latin-1", body[:cut] + b"\xe9\xff" + body[cut:], ANY),
    )
    return Mutation(*chance.choice(made))


def _mutated_envelope(value: Any, key: str, chance: random.Random) -> Mutation:
    """Something wrong beside the rows, or in their place."""
    if not key:
        return Mutation("no list", _text(chance.choice((42, "x", None, {"error": "try later"}))), None)
    changed = copy.deepcopy(value)
    holder, *_, last = changed, *key.split(".")
    for part in key.split(".")[:-1]:
        holder = holder[part]
    others = [name for name in holder if name != last]
    if others and chance.random() < 0.6:
        name = chance.choice(others)
        holder[name] = chance.choice(_VALUES)
        return Mutation(f"envelope {name}", _text(changed), ANY)
    holder[last] = chance.choice((None, 42, "x", {}, True))
    return Mutation("no list under its name", _text(changed), None)


def _mutated_row(value: Any, key: str, chance: random.Random) -> Mutation:
    changed = copy.deepcopy(value)
    here = _list_of(changed, key) or []
    index = chance.randrange(len(here))
    roll = chance.random()
    if roll < 0.06:
        here[index] = chance.choice((None, 42, "row", [], True))
        return Mutation("a row that is no object", _text(changed), len(here))
    if roll < 0.1:
        here.append(copy.deepcopy(here[index]))
        return Mutation("a row twice", _text(changed), len(here))
    if roll < 0.13:
        del here[index]
        return Mutation("a row less", _text(changed), len(here))
    if roll < 0.2 and isinstance(here[index], dict) and here[index]:
        name = chance.choice(list(here[index]))
        here[index][_TWICE] = here[index][name]
        return Mutation(f"{name} twice", _text(changed).replace(_TWICE.encode(), _inner(name)), len(here))
    if roll < 0.35:
        return _with_raw(changed, here, index, chance)
    here[index] = _wrong(here[index], chance)
    return Mutation("a field", _text(changed), len(here))


def _with_raw(changed: Any, here: list[Any], index: int, chance: random.Random) -> Mutation:
    raw = chance.choice(_RAW)
    here[index] = _wrong(here[index], chance, lambda: _HOLE)
    text = _text(changed).replace(f'"{_HOLE}"'.encode(), raw.encode())
    return Mutation(f"raw {raw[:12]}", text, ANY if raw == "tru" else len(here))


def _wrong(value: Any, chance: random.Random, make: Callable[[], Any] | None = None) -> Any:
    """A copy with one value, somewhere within, replaced, removed or added."""
    changed = copy.deepcopy(value)
    spots = list(_spots(changed))
    if not spots:
        return make() if make else chance.choice(_VALUES)
    holder, key = chance.choice(spots)
    if make is None and chance.random() < 0.25:
        del holder[key]
    elif make is None and isinstance(holder, dict) and chance.random() < 0.1:
        holder["surplus"] = chance.choice(_VALUES)
    else:
        holder[key] = make() if make else copy.deepcopy(chance.choice(_VALUES))
    return changed


def _spots(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place within a value where another could stand."""
    stack = [value]
    while stack:
        item = stack.pop()
        pairs = item.items() if isinstance(item, dict) else enumerate(item) if isinstance(item, list) else ()
        for key, child in list(pairs):
            yield item, key
            stack.append(child)


def _text(value: Any) -> bytes:
    return json.dumps(value).encode()


def _inner(name: str) -> bytes:
    return json.dumps(name)[1:-1].encode()


def _pieces(text: str, tag: str) -> list[_Piece]:
    """Where the rows stand; what a CDATA section holds is text, whatever it looks like."""
    masked = _CDATA.sub(lambda found: "." * len(found[0]), text)
    spans = [found.span() for found in re.finditer(rf"<{re.escape(tag)}[\s>].*?</{re.escape(tag)}>", masked, re.DOTALL)]
    return [_Piece(start, end, text[start:end]) for start, end in spans]


def _mutated_xml(text: str, tag: str, chance: random.Random) -> Mutation:
    pieces = _pieces(text, tag)
    if not pieces:
        return Mutation("an empty feed", text.encode(), ANY)
    piece = chance.choice(pieces)
    children = list(re.finditer(r"<([\w:.-]+)(?:\s[^<>]*)?>([^<]*)</\1>", piece.text))
    roll = chance.random()
    if roll < 0.05 or not children:
        return Mutation("a row less", _spliced(text, piece, ""), len(pieces) - 1)
    if roll < 0.1:
        return Mutation("a row twice", _spliced(text, piece, piece.text + piece.text), len(pieces) + 1)
    child = chance.choice(children)
    if roll < 0.35:
        return Mutation(f"without {child[1]}", _spliced(text, piece, piece.text.replace(child[0], "", 1)), len(pieces))
    if roll < 0.45:
        twice = piece.text.replace(child[0], child[0] * 2, 1)
        return Mutation(f"{child[1]} twice", _spliced(text, piece, twice), len(pieces))
    new = chance.choice(_XML_TEXTS)
    changed = piece.text.replace(child[0], f"<{child[1]}>{new}</{child[1]}>", 1)
    return Mutation(f"{child[1]} as {new[:12]!r}", _spliced(text, piece, changed), len(pieces))


def _spliced(text: str, piece: _Piece, new: str) -> bytes:
    return (text[: piece.start] + new + text[piece.end :]).encode("utf-8", "surrogatepass")
