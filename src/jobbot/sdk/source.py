"""What a source of postings is: a card that says who it is, and one call that lists a board.

A plugin turns bytes into `RawPosting`s and nothing more: no cleaning of text, no ids, no storage, no clock, no retry.
It raises `NotFound` for a board the vendor does not know, `Failed` for an answer that is no board, and hands on what
the `Http` raises.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from jobbot.kernel.money import Salary
from jobbot.sdk.http import HostPolicy, Http

API_VERSION = 1
"""The contract a plugin is written for; it states the number in its `api_version`."""


class Kind(StrEnum):
    """What a listing is of."""

    BOARD = "board"
    """One employer's: every open posting of it, so that what is missing may be closed."""
    WINDOW = "window"
    """The newest postings of many employers; the words of a search are looked for here, in what came."""
    SEARCH = "search"
    """Postings of many employers that the vendor itself searches."""
    ADDRESS = "address"
    """A window at an address that a person gives; the host of the address is the one that may be asked."""


class Verdict(StrEnum):
    """May the source be read by a program?"""

    ALLOWED = "allowed"
    ATTRIBUTION = "allowed with attribution"
    CONDITIONAL = "conditional"
    PROHIBITED = "prohibited"


@dataclass(frozen=True, slots=True)
class Option:
    """Something a user sets for a source, as `sources.NAME.options`; one that is `required` and missing turns it off.

    A `secret` may also stand in a file (`NAME_file`) or in the environment (`JOBBOT_SOURCE_<SOURCE>_<NAME>`).
    """

    name: str
    meaning: str
    required: bool = True
    secret: bool = False


@dataclass(frozen=True, slots=True)
class SourceCard:
    """Who a source is and what its vendor permits.

    `reason` is why the verdict stands; `attribution` is shown with every posting, beside the link to it ("" where none
    is due). `verified` is what genuine answers the reader was held to, "" where none were at hand and it was written
    from documents. `covers` says in words which work and which places a feed is for. `naming` says where a person finds
    a board's name. `case_sensitive`: two board names that differ only in case are two boards. `regions` are the
    instances a board may live on, the usual one first; "" where there is one. A source with `options` is a
    `Configurable`. `shows_days`: for how many days a feed says that it shows a posting, None where it says nothing.
    """

    name: str
    title: str
    verdict: Verdict
    reason: str
    policy: HostPolicy
    attribution: str = ""
    terms_url: str = ""
    case_sensitive: bool = True
    regions: tuple[str, ...] = ("",)
    kind: Kind = Kind.BOARD
    verified: str = ""
    options: tuple[Option, ...] = ()
    naming: str = "its name is in the URL of the careers page"
    covers: str = ""
    shows_days: int | None = None


@dataclass(frozen=True, slots=True)
class BoardRef:
    """A board: its source, its name as the vendor spells it, and the instance it lives on ("" while unknown).

    Of a feed (`Kind.WINDOW`, `Kind.SEARCH`) `board` is the words to search for, "" for all it has; of `Kind.ADDRESS`
    it is the address.
    """

    source: str
    board: str
    region: str = ""


@dataclass(frozen=True, slots=True)
class RawPosting:
    """One advert as the vendor gave it, in words that are the same for all vendors.

    `html` is markup as a browser would get it (entities decoded as often as this vendor encodes them, once at most),
    or `text` is plain; both are hostile input and are cleaned later. `remote` is onsite, hybrid or remote, None where
    nothing was stated. `posted_at` and `closes_at` (the end the vendor names) are aware, None where unknown, never
    "now". `complete` is False when the board gave no description, or only the beginning of one. `tags` are words of
    the vendor's that a search may look in. `posted` and `pay` are a date ("2 days ago") and pay ("80-95K") in the
    vendor's own words, for one that has no fields for them; they are read later. `raw` is the vendor's object without
    personal data of recruiters. Rows with one `external_id` are one posting and are grouped later.
    """

    external_id: str
    title: str
    html: str = ""
    text: str = ""
    url: str | None = None
    company: str | None = None
    locations: tuple[str, ...] = ()
    country: str | None = None
    remote: str | None = None
    salaries: tuple[Salary, ...] = ()
    employment_type: str | None = None
    department: str | None = None
    posted_at: datetime | None = None
    closes_at: datetime | None = None
    language: str | None = None
    complete: bool = True
    tags: tuple[str, ...] = ()
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False)
    posted: str = ""
    pay: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no vacancy (unlisted, talent pool): its id and why it was left out."""

    ref: str
    reason: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that cannot be read: the vendor's id, or `row N` where it has none, and what is wrong with it."""

    ref: str
    reason: str
    raw: Any = field(default=None, repr=False)
    identified: bool = True


@dataclass(frozen=True, slots=True)
class Listing:
    """One answer of a board. `complete`: every open posting is in it, so that what is missing may be closed.

    `board` carries the region that answered. `company` is the board's own name for its employer, None where the
    vendor gives none. With `not_modified` all else is empty.
    """

    board: BoardRef
    postings: tuple[RawPosting, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    not_modified: bool = False
    complete: bool = True
    etag: str = ""
    company: str | None = None


class Source(Protocol):
    """A source plugin, published as an entry point of the group `jobbot.sources`."""

    @property
    def api_version(self) -> int:
        """The `API_VERSION` it was written for."""

    @property
    def card(self) -> SourceCard: ...

    def list(self, board: BoardRef, http: Http, etag: str = "") -> Listing:
        """All open postings of one board. `etag` is that of the last complete listing, "" for none."""

    def recognise(self, url: str) -> BoardRef | None:
        """The board a careers or posting URL belongs to, None where it is not this vendor's."""


class Configurable(Source, Protocol):
    """A source with options on its card."""

    def configured(self, options: Mapping[str, str]) -> Source:
        """The same with these options; every required one is there. Raises InvalidInput for a value that is wrong."""
