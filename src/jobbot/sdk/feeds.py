"""What feeds need beyond boards: words looked for in what came, and pages read one after the other."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from jobbot.sdk.http import Reply
from jobbot.sdk.rows import Read, Rows, rows_of, together
from jobbot.sdk.source import RawPosting, Rejected, Skipped

MOST_WORDS = 20
_TAG = re.compile(r"<[^<>]*>")


def holds(words: str, posting: RawPosting) -> bool:
    """Whether every word begins a word of the posting: of its title, employer, places, tags or text. No words: True."""
    wanted = words.casefold().split()[:MOST_WORDS]
    if not wanted:
        return True
    named = (posting.title, posting.company or "", posting.department or "", *posting.locations, *posting.tags)
    text = " ".join((*named, _TAG.sub(" ", posting.html), posting.text)).casefold()
    return all(re.search(rf"(?<!\w){re.escape(word)}", text) for word in wanted)


def query_text(words: str) -> str:
    """Words as they stand in the query of a URL: no more than a search may hold, and nothing that could end it."""
    return quote(" ".join(words.split()[:MOST_WORDS])[:200].encode("utf-8", "replace"), safe="")


def walk(
    first: Reply,
    key: str,
    posting_of: Callable[[dict[str, Any], int], RawPosting | Skipped | Rejected],
    following: Callable[[Rows, int], str | None],
    get: Callable[[str], Reply],
    most: int,
    identity: str = "id",
) -> tuple[Read, bool]:
    """The pages from `first` on, their rows under `key`, and whether the last one was reached.

    `following` names the URL after a page and the number of pages read, None after the last. Also ends where a page
    holds nothing that was not there before, after `most` pages, and before a page that is the last one again (a vendor
    that ignores the number).
    """
    found: list[Read] = []
    seen: set[str] = set()
    reply = first
    while True:
        rows = rows_of(reply, key, identity)
        found.append(rows.read(posting_of))
        new = {posting.external_id for posting in found[-1].postings} - seen
        url = following(rows, len(found))
        if url is None:
            return together(found), True
        if not new or len(found) >= most:
            return together(found), False
        seen |= new
        before, reply = reply, get(url)
        if reply.body == before.body:
            return together(found), False
