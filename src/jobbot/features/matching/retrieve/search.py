"""Words a person types -> postings that hold them and postings that mean the same, merged by rank, page by page."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import astuple, replace
from threading import Lock
from typing import NamedTuple

import numpy as np

from jobbot.features.matching import views
from jobbot.features.matching.retrieve.fuse import merged
from jobbot.features.matching.retrieve.nearest import Near, Vectors, nearest
from jobbot.features.sources import rows
from jobbot.features.sources.find import FoundBy, Hits
from jobbot.features.sources.language import language_of
from jobbot.features.sources.model import Page, PostingFilter
from jobbot.features.sources.pages.store import Head
from jobbot.features.sources.store import PostingStore
from jobbot.kernel.errors import InvalidInput
from jobbot.kernel.ids import LOCAL_USER, UserId, short_hash
from jobbot.platform.inference import Encoder, Ephemeral, VectorStore

DEPTH = 50
"""So many of each ranking are merged; what else holds the words comes after them."""
NEAREST, NEAREST_FILTERED = 100, 500
"""How many near postings are looked at for those that pass: more where filters leave few."""
FLOOR = {views.TITLE_KIND: 0.42, views.ASKED_KIND: 0.35}
"""Cosine below which a posting is not near: letters without a sense reach 0.40 and 0.30 (all-MiniLM-L6-v2)."""
QUERY_TOKENS, QUERY_CHARACTERS = 64, 600
KEPT_ORDERS = 64

NO_ENCODER = "found by words alone: no encoder is installed (`jobbot doctor` says how to get it)"
NO_VECTORS = "found by words alone: no posting has its vectors yet; `jobbot match` or `jobbot worker` makes them"
UNREAD = "found by words alone: the encoder does not read {language}; `models.embedding` names another"
"""What a search says that could not look for meaning."""


class _Merged(NamedTuple):
    """The beginning of a search's list, and what of it words found and meaning; `every`: each of the words."""

    head: Head
    words: frozenset[int]
    near: frozenset[int]
    every: bool


class Search:
    """One for all threads. What is typed is personal: vectors of queries, and the orders of lists whose next page may
    be asked for, stay in memory."""

    def __init__(
        self,
        postings: PostingStore,
        encoder: Callable[[], Encoder | None],
        vectors: VectorStore,
        mark: Callable[[], str],
        otherwise: Callable[[str], Sequence[str]] = lambda _words: (),
    ) -> None:
        """`encoder` is asked for only where any posting has a vector, for it takes a moment to load; `mark` is "" where
        there is none. `otherwise` says the same in other words, see `wording`."""
        self._postings = postings
        self._encoder, self._mark, self._otherwise = encoder, mark, otherwise
        self._vectors = vectors
        self._queries: Ephemeral | None = None
        self._orders: OrderedDict[tuple[str, str], _Merged] = OrderedDict()
        self._lock = Lock()

    def page(self, wanted: PostingFilter, user: UserId = LOCAL_USER, cursor: str = "", limit: int = 20) -> Hits:
        """The best first. All pages of a list are of one order: one that was found by words alone goes on so.

        Raises InvalidInput for a foreign cursor, as `PostingStore.page` does; and for one whose list was made with
        vectors that are not there any more.
        """
        start, token = rows.merged_place_of(cursor)
        encoder, note = (None, "") if cursor and not token else self._reader(wanted.query, user)
        if token and encoder is None:
            raise InvalidInput("the list that this cursor continues cannot be made again; search anew without it")
        if encoder is None:
            return Hits(self._postings.page(wanted, user, cursor, limit), {}, (note,) if note else ())
        asked = short_hash(repr((astuple(replace(wanted, since=None)), wanted.since, user)))
        found = self._kept(asked, token) or self._merged(wanted, user, encoder)
        shown, more = self._postings.after(wanted, found.head, user, start, limit)
        rest = rows.merged_cursor(start + limit, self._keep(asked, found)) if more else None
        by = self._by(found, wanted.query, list(shown))
        return Hits(Page(tuple(shown.values()), rest), {posting.id: by[number] for number, posting in shown.items()})

    def _by(self, found: _Merged, words: str, numbers: list[int]) -> dict[int, FoundBy]:
        near = [number for number in numbers if number in found.near]
        alone = {number for number in near if number not in found.words}
        if alone and not found.head.whole:  # what holds the words, but is not among the best by them
            alone -= self._postings.holding(words, alone, every=found.every)
        both: dict[int, FoundBy] = {number: "meaning" if number in alone else "both" for number in near}
        return {number: both.get(number, "words") for number in numbers}

    def _reader(self, words: str, user: UserId) -> tuple[Encoder | None, str]:
        """The encoder, or why meaning is not looked for."""
        if not self._vectors.held(views.TITLE_KIND, user=user):
            return None, NO_VECTORS if self._mark() else NO_ENCODER
        encoder = self._encoder()
        if encoder is None:
            return None, NO_ENCODER
        if not self._vectors.made(encoder.card.card_id):
            return None, NO_VECTORS
        language = language_of(None, words[:QUERY_CHARACTERS])
        return (encoder, "") if encoder.card.reads(language) else (None, UNREAD.format(language=language))

    def _merged(self, wanted: PostingFilter, user: UserId, encoder: Encoder) -> _Merged:
        near = self.near(wanted, user, encoder)
        other = self._otherwise(wanted.query[:QUERY_CHARACTERS])
        found = self._postings.rankings(wanted, user, near, encoder.card.reads, DEPTH, other)
        order = merged(found.words, found.views, every=found.every, others=found.others)
        seen = frozenset(number for ranking in (*found.views, *found.others) for number in ranking)
        return _Merged(Head(order, found.whole), frozenset(found.words), seen, found.every)

    def near(self, wanted: PostingFilter, user: UserId, encoder: Encoder) -> list[list[str]]:
        """Ids near the words in meaning, open and closed, best first, for each view; filters are not looked at."""
        vector = self._vector(wanted.query, encoder)
        if not vector.any():
            return []
        filtered = replace(wanted, unique=False) != PostingFilter(wanted.query)
        most = NEAREST_FILTERED if filtered else NEAREST
        asked = [Near(kind, vector) for kind in FLOOR]
        found = nearest(self._vectors, encoder.card.card_id, asked, user, most, newest=False)
        floors = zip(FLOOR.values(), found, strict=True)
        return [[name for name, cosine in ranking if cosine >= floor] for floor, ranking in floors]

    def _vector(self, words: str, encoder: Encoder) -> Vectors:
        """Of the words (1, dim); zeros where nothing in them can be read."""
        text = " ".join(words[:QUERY_CHARACTERS].replace("\x00", " ").split())
        if not any(char.isalnum() for char in text):
            return np.zeros((1, encoder.card.dim), dtype=np.float32)
        with self._lock:
            if self._queries is None or self._queries.card != encoder.card:
                self._queries = Ephemeral(encoder)
            return self._queries.encode([text], query=True, max_tokens=QUERY_TOKENS)

    def _kept(self, asked: str, token: str) -> _Merged | None:
        with self._lock:
            return self._orders.get((asked, token)) if token else None

    def _keep(self, asked: str, found: _Merged) -> str:
        """The name under which the order is found again, for as long as the process lives and few others come."""
        token = short_hash(*map(str, found.head.numbers))[:8]
        with self._lock:
            self._orders[asked, token] = found
            self._orders.move_to_end((asked, token))
            while len(self._orders) > KEPT_ORDERS:
                self._orders.popitem(last=False)
        return token
