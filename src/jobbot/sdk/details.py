"""Descriptions that a listing lacks, fetched posting by posting.

A listing counts without them: where one cannot be had the posting stays incomplete, and where the vendor refuses or
does not answer any more the rest is not asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jobbot.kernel import strictjson
from jobbot.kernel.errors import InvalidInput
from jobbot.sdk.http import Http, Reply
from jobbot.sdk.rows import Read
from jobbot.sdk.source import RawPosting, Skipped

MOST = 200
"""Details of one listing; a larger board gets the rest of its texts never, and says so by incomplete postings."""
_GONE = frozenset({404, 410})


def completed(
    read: Read,
    http: Http,
    url_of: Callable[[RawPosting], str],
    complete: Callable[[RawPosting, Reply], RawPosting | Skipped],
    *,
    most: int = MOST,
    headers: Mapping[str, str] | None = None,
) -> Read:
    """`complete` reads a detail's 200 into the posting. One request for each id, `most` in all."""
    replies: dict[str, Reply | None] = {}
    refused = False
    kept: list[RawPosting] = []
    skipped = list(read.skipped)
    for posting in read.postings:
        identity = posting.external_id
        if identity not in replies:
            asked = not refused and len(replies) < most
            replies[identity] = http.get(url_of(posting), purpose="read a posting", headers=headers) if asked else None
        reply = replies[identity]
        refused = refused or (reply is not None and reply.status not in (200, *_GONE))
        found = complete(posting, reply) if reply is not None and reply.status == 200 else posting
        (kept if isinstance(found, RawPosting) else skipped).append(found)  # type: ignore[arg-type]
    return Read(tuple(kept), tuple(skipped), read.rejected)


def object_of(reply: Reply) -> dict[str, Any]:
    """The JSON object of a detail; an empty one for anything else."""
    try:
        value = strictjson.loads(reply.body, where=reply.url)
    except InvalidInput:
        return {}
    return value if isinstance(value, dict) else {}
