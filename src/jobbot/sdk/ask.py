"""What every source does around its reading: ask, tell apart what came back, recognise a URL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from jobbot.kernel.errors import Failed, NotFound
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
) -> Reply:
    """A 200 or a 304. Raises NotFound where the vendor does not know the board, Failed for any other status.

    `unknown` are the statuses by which this vendor says that it knows no such board; a feed has none.
    """
    reply = http.get(url, etag=etag, purpose=purpose, headers=headers)
    if reply.status == 200 or reply.not_modified:
        return reply
    if card.kind is Kind.BOARD and reply.status in unknown:
        raise NotFound(f"{card.title} knows no board {board.board!r}; {card.naming}")
    of = f" for the board {board.board!r}" if card.kind is Kind.BOARD else ""
    raise Failed(f"{card.title} answered {reply.status}{of}; nothing was changed")


def unchanged(board: BoardRef, etag: str) -> Listing:
    """The listing of a 304."""
    return Listing(board, not_modified=True, etag=etag)


def recognised(card: SourceCard, patterns: Iterable[re.Pattern[str]], url: str) -> BoardRef | None:
    """The board that the first pattern finds in a URL, as its group `board`; its group `region`, where there is one."""
    found = next((match for pattern in patterns if (match := pattern.match(url))), None)
    if found is None:
        return None
    return BoardRef(card.name, unquote(found["board"]), (found.groupdict().get("region") or "").strip("."))
