"""What every source does around its reading: ask, tell apart what came back, recognise a URL."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import unquote

from jobbot.kernel.errors import Failed, NotFound, TryLater
from jobbot.sdk.http import Http, Reply
from jobbot.sdk.source import BoardRef, Kind, Listing, SourceCard


def ask(
    card: SourceCard,
    board: BoardRef,
    http: Http,
    url: str,
    etag: str = "",
    *,
    purpose: str = "list postings",
    headers: Mapping[str, str] | None = None,
    unknown: Iterable[int] = (404,),
    limited: Iterable[int] = (),
    absent: Iterable[int] = (),
) -> Reply:
    """A 200 or a 304. Raises NotFound where the vendor does not know the board, Failed for any other status.

    `unknown` are the statuses by which this vendor says that it knows no such board; a feed has none. `limited` are
    those by which it says that it was asked too often, besides 429: TryLater. `absent` are those that a caller
    with another way to go wants as NotFound, of a feed too.
    """
    reply = http.get(url, etag=etag, purpose=purpose, headers=headers)
    if reply.status == 200 or reply.not_modified:
        return reply
    named = card.kind in (Kind.BOARD, Kind.ADDRESS)
    if reply.status in (unknown if named else absent):
        raise NotFound(f"{card.title} knows no board {board.board!r}; {card.naming}")
    if reply.status in limited:
        raise TryLater(
            f"{card.title} answered {reply.status}, which means that it was asked too often; in an hour again"
        )
    of = f" for the board {board.board!r}" if named else ""
    raise Failed(f"{card.title} answered {reply.status}{of}; nothing was changed")


def ask_each(
    card: SourceCard, board: BoardRef, http: Http, url_of: Callable[[BoardRef], str], etag: str = "", **how: Any
) -> tuple[BoardRef, Reply]:
    """The same of the first of the card's regions that knows the board, the one it was last seen in first.

    `how` are the rest of what `ask` takes.
    """
    first = board.region if board.region in card.regions else card.regions[0]
    for region in (first, *(other for other in card.regions if other != first)):
        here = BoardRef(card.name, board.board, region)
        try:
            return here, ask(card, here, http, url_of(here), etag if region == first else "", **how)
        except NotFound as error:
            missing = error
    raise missing


def unchanged(board: BoardRef, etag: str) -> Listing:
    """The listing of a 304."""
    return Listing(board, not_modified=True, etag=etag)


def recognised(card: SourceCard, patterns: Iterable[re.Pattern[str]], url: str) -> BoardRef | None:
    """The board that the first pattern finds in a URL, as its group `board`; its group `region`, where there is one."""
    found = next((match for pattern in patterns if (match := pattern.match(url))), None)
    if found is None:
        return None
    return BoardRef(card.name, unquote(found["board"]), (found.groupdict().get("region") or "").strip("."))
