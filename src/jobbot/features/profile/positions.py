"""Where each value of a JSON text stands, so that a problem can name a line.

Python's parser forgets positions. This scan runs over a text that parses (or fails only by what `kernel.strictjson`
refuses beyond grammar) and maps every JSON pointer to its line and code-point span. It does not recurse.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

_TOKEN = re.compile(r'\s*(?:("(?:[^"\\]++|\\.)*+")|([{}\[\],:])|([^\s{}\[\],:"]+))', re.DOTALL)


MAX_DEPTH = 200
"""Pointers grow with depth; what is nested deeper is refused anyway."""


class Place(NamedTuple):
    """1-based line of the first character and the half-open code-point span of a value."""

    line: int
    start: int
    end: int


class Oddity(NamedTuple):
    """Something that parses but is refused: where and what."""

    pointer: str
    line: int
    problem: str


@dataclass(frozen=True, slots=True)
class Positions:
    """`places` maps JSON pointers (RFC 6901; "" is the whole document) to places."""

    places: dict[str, Place] = field(default_factory=dict)
    oddities: tuple[Oddity, ...] = ()

    def line(self, pointer: str) -> int | None:
        """The line of the value, or of the nearest value around it that the text has."""
        while pointer and pointer not in self.places:
            pointer = pointer.rpartition("/")[0]
        place = self.places.get(pointer)
        return place.line if place else None


@dataclass(slots=True)
class _Frame:
    pointer: str
    start: int
    is_object: bool
    step: str | int = 0
    wants_key: bool = False
    keys: set[str] = field(default_factory=set)

    def child(self) -> str:
        return f"{self.pointer}/{escape(str(self.step))}"


def escape(step: str) -> str:
    """One reference token of a JSON pointer."""
    return step.replace("~", "~0").replace("/", "~1")


def resolve(document: object, pointer: str) -> object:
    """The value a pointer names. Raises KeyError when the document has no such place."""
    value = document
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict):
            value = value[name]
        elif isinstance(value, list) and name.isdecimal() and int(name) < len(value):
            value = value[int(name)]
        else:
            raise KeyError(pointer)
    return value


def scan(text: str) -> Positions:
    """Positions of all values. A text with broken grammar gives the positions up to the break."""
    return _Scan(text).run()


class _Scan:
    def __init__(self, text: str) -> None:
        self.text = text
        self.breaks = [match.start() for match in re.finditer("\n", text)]
        self.places: dict[str, Place] = {}
        self.odd: list[Oddity] = []
        self.stack: list[_Frame] = []

    def run(self) -> Positions:
        for piece, start, end in self._tokens():
            if piece in "{[" and len(self.stack) >= MAX_DEPTH:
                break
            if piece in "{[":
                self.stack.append(_Frame(self._here(), start, piece == "{", wants_key=piece == "{"))
            elif piece in "}]":
                if self.stack:
                    frame = self.stack.pop()
                    self._place(frame.pointer, frame.start, end)
            elif piece == ",":
                self._next()
            elif piece != ":":
                self._scalar(piece, start, end)
        return Positions(self.places, tuple(self.odd))

    def _tokens(self) -> Iterator[tuple[str, int, int]]:
        at = 0
        while match := _TOKEN.match(self.text, at):
            at = match.end()
            group = match.lastindex or 1
            yield match.group(group), match.start(group), at

    def _here(self) -> str:
        return self.stack[-1].child() if self.stack else ""

    def _next(self) -> None:
        if not self.stack:
            return
        frame = self.stack[-1]
        if frame.is_object:
            frame.wants_key = True
        else:
            frame.step = int(frame.step) + 1

    def _scalar(self, piece: str, start: int, end: int) -> None:
        frame = self.stack[-1] if self.stack else None
        if frame and frame.is_object and frame.wants_key:
            self._key(frame, piece, start)
            return
        self._check(piece, start, self._here())
        self._place(self._here(), start, end)

    def _key(self, frame: _Frame, piece: str, start: int) -> None:
        self._check(piece, start, frame.pointer)
        key = _text(piece)
        frame.step, frame.wants_key = key, False
        if key in frame.keys:
            self._odd(frame.child(), start, "this key stands twice in one object")
        frame.keys.add(key)

    def _check(self, piece: str, start: int, pointer: str) -> None:
        if piece in ("NaN", "Infinity", "-Infinity"):
            self._odd(pointer, start, f"{piece} is not a JSON value")
        elif piece[0] == '"' and "\\u" in piece:
            value = _text(piece)
            if "\x00" in value:
                self._odd(pointer, start, "a NUL character in a string")
            if any("\ud800" <= character <= "\udfff" for character in value):
                self._odd(pointer, start, "a lone surrogate (half of a character) in a string")

    def _odd(self, pointer: str, start: int, problem: str) -> None:
        clean = pointer.encode("utf-8", "replace").decode()
        self.odd.append(Oddity(clean, self._line(start), problem))

    def _place(self, pointer: str, start: int, end: int) -> None:
        self.places[pointer] = Place(self._line(start), start, end)

    def _line(self, offset: int) -> int:
        return bisect_right(self.breaks, offset - 1) + 1 if offset else 1


def _text(piece: str) -> str:
    try:
        return str(json.loads(piece, strict=False))
    except ValueError:
        return piece
