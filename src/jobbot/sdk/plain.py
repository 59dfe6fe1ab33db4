"""The shortest way to a source: say which URL lists a board, and read the answer."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping

from jobbot.sdk.ask import ask_each, recognised, unchanged
from jobbot.sdk.http import Http, Reply
from jobbot.sdk.source import API_VERSION, BoardRef, Listing, SourceCard


class PlainSource(ABC):
    """A `Source` whose listing begins with the answer to one GET, sent with its ETag.

    `patterns` find a board in a careers or posting URL, as their group `board` (and `region`); a feed has none.
    `headers`, `unknown` and `limited` are as for `ask`.
    """

    api_version = API_VERSION
    card: SourceCard
    patterns: tuple[re.Pattern[str], ...] = ()
    headers: Mapping[str, str] | None = None
    unknown: Iterable[int] = (404,)
    limited: Iterable[int] = ()

    @abstractmethod
    def address(self, board: BoardRef) -> str:
        """The URL that lists a board in its region. Raises InvalidInput for a name that no board can have."""

    @abstractmethod
    def read(self, board: BoardRef, reply: Reply, http: Http) -> Listing:
        """The listing of a 200, with its ETag; `http` is for what else it takes. Raises Failed."""

    def list(self, board: BoardRef, http: Http, etag: str = "") -> Listing:
        here, reply = ask_each(
            self.card,
            board,
            http,
            self.address,
            etag,
            headers=self.headers,
            unknown=self.unknown,
            limited=self.limited,
        )
        return unchanged(here, etag) if reply.not_modified else self.read(here, reply, http)

    def recognise(self, url: str) -> BoardRef | None:
        return recognised(self.card, self.patterns, url)
