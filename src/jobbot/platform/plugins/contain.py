"""A plugin that jobbot did not ship, so held that nothing it does wrong reaches further than its own board.

What it raises becomes `Failed` with its name, what it returns is looked through, and an address that it claims must be
one of its own. It is not locked in: a plugin is code that its user installed, and runs with that user's rights.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from jobbot.kernel.errors import Failed, InvalidInput, JobbotError
from jobbot.kernel.money import Salary
from jobbot.sdk import BoardRef, Configurable, Http, Listing, RawPosting, Rejected, Skipped, Source, SourceCard

_TEXTS = ("external_id", "title", "html", "text")
_MAYBE = ("url", "company", "country", "remote", "employment_type", "department", "language")
_MOMENTS = ("posted_at", "closes_at")


class Contained:
    """A `Source` around another; `who` is the package it came with, as people know it."""

    def __init__(self, plugin: Source, who: str) -> None:
        self._plugin = plugin
        self._who = who
        self.api_version = plugin.api_version
        self.card: SourceCard = plugin.card

    def list(self, board: BoardRef, http: Http, etag: str = "") -> Listing:
        """Raises Failed for all that the plugin itself does wrong, and hands on jobbot's own errors."""
        try:
            found = self._plugin.list(board, http, etag)
            return _sound(found, board)
        except JobbotError:
            raise
        except (Exception, SystemExit) as error:
            raise Failed(self._told(board, f"{type(error).__name__}: {error}")) from error

    def recognise(self, url: str) -> BoardRef | None:
        """None also where the plugin raises, or answers what is no board of its own."""
        try:
            found = self._plugin.recognise(url)
        except (Exception, SystemExit):
            return None
        good = isinstance(found, BoardRef) and found.source == self.card.name and isinstance(found.board, str)
        return found if good else None

    def configured(self, options: Mapping[str, str]) -> Source:
        """Raises InvalidInput for options that the plugin refuses, in its words, or breaks on."""
        plugin: Configurable = self._plugin  # type: ignore[assignment]  # it has options, so it was looked at for this
        try:
            return Contained(plugin.configured(options), self._who)
        except JobbotError:
            raise
        except (Exception, SystemExit) as error:
            words = f"{type(error).__name__}: {error}"[:300]
            raise InvalidInput(f"the options of {self.card.name} ({self._who}) made it break: {words}") from error

    def _told(self, board: BoardRef, what: str) -> str:
        of = f" on {board.board[:100]!r}" if board.board else ""
        told = f"the source plugin {self.card.name!r} ({self._who}) broke{of}: {what}"[:600]
        return f"{told}; nothing was changed"


def _sound(found: Any, board: BoardRef) -> Listing:
    """The listing with what cannot be a posting set aside. Raises TypeError for what is no listing at all."""
    if not isinstance(found, Listing):
        raise TypeError(f"it returned {type(found).__name__} instead of a Listing")
    if not isinstance(found.board, BoardRef) or found.board.source != board.source:
        raise TypeError("its listing is of another source")
    for name, kind in (("postings", RawPosting), ("skipped", Skipped), ("rejected", Rejected)):
        items = getattr(found, name)
        if not isinstance(items, tuple) or not all(isinstance(item, kind) for item in items):
            raise TypeError(f"its listing's {name} are not all a {kind.__name__}, in a tuple")
    if not isinstance(found.etag, str):
        raise TypeError("its listing's etag is no text")
    wrong = {number: fault for number, row in enumerate(found.postings, 1) if (fault := _fault(row))}
    if not wrong:
        return found
    kept = tuple(row for number, row in enumerate(found.postings, 1) if number not in wrong)
    aside = tuple(_aside(number, found.postings[number - 1], fault) for number, fault in wrong.items())
    return replace(found, postings=kept, rejected=(*found.rejected, *aside))


def _aside(number: int, row: RawPosting, fault: str) -> Rejected:
    known = isinstance(row.external_id, str) and bool(row.external_id)
    raw = {field.name: repr(getattr(row, field.name))[:500] for field in fields(row) if field.name != "raw"}
    return Rejected(row.external_id if known else f"row {number}", fault, raw, identified=known)


def _fault(row: RawPosting) -> str:
    """What is wrong with the types of a posting, "" where all is well."""
    for name in _TEXTS:
        if not isinstance(getattr(row, name), str):
            return f"its {name} is {type(getattr(row, name)).__name__}, not text"
    for name in _MAYBE:
        if not isinstance(getattr(row, name), str | None):
            return f"its {name} is {type(getattr(row, name)).__name__}, not text"
    for name in _MOMENTS:
        moment = getattr(row, name)
        if moment is not None and (not isinstance(moment, datetime) or moment.tzinfo is None):
            return f"its {name} is no moment with a time zone"
    for name, kind in (("locations", str), ("tags", str), ("salaries", Salary)):
        items = getattr(row, name)
        if not isinstance(items, tuple) or not all(isinstance(item, kind) for item in items):
            return f"its {name} are not all {kind.__name__}, in a tuple"
    return "" if isinstance(row.raw, Mapping) else "its raw is no object"
