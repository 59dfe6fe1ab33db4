"""Rank a profile's postings: two views, shortlist, ledger, explanation. One `Matcher` per process; it remembers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

import numpy as np

from jobbot.features.matching import candidate as candidates
from jobbot.features.matching import copies, explain, filters, lexical, score, shortlist, views
from jobbot.features.matching.cover import Vectors
from jobbot.features.matching.model import Match, Reranker, Wishes
from jobbot.features.matching.occupations import Occupations
from jobbot.features.matching.odds import Curve, uncalibrated
from jobbot.features.matching.preferences import NONE, Preferences
from jobbot.features.matching.prepare import Preparer
from jobbot.features.matching.rerank import reranked
from jobbot.features.matching.retrieve.fuse import fuse
from jobbot.features.matching.retrieve.nearest import Near, nearest
from jobbot.features.matching.score import Prepared, Reader, Scored
from jobbot.features.matching.signals import Views
from jobbot.features.matching.store import MatchStore
from jobbot.features.matching.worth import Worth
from jobbot.features.profile.model import Profile
from jobbot.features.skills.extract import Extractor
from jobbot.features.sources.model import LightPosting, Posting
from jobbot.features.sources.store import PostingStore
from jobbot.kernel.clock import Clock
from jobbot.kernel.ids import PostingId, UserId
from jobbot.kernel.report import Report, silent
from jobbot.platform.inference import Encoder, Ephemeral, VectorStore

_ID, _CONTENT = attrgetter("id"), attrgetter("content_hash")


@dataclass(frozen=True, slots=True)
class Query:
    """A candidate with the vectors a run compares with: one per own title, and one per view of the profile."""

    reader: Reader
    occupations: Occupations
    titles: Vectors | None = None
    own: Vectors | None = None

    @property
    def user(self) -> UserId:
        return self.reader.candidate.profile.user


class Matcher:
    """`match` ranks, `one` judges a single posting; both give the same score for the same posting and profile."""

    def __init__(
        self,
        postings: PostingStore,
        extractor: Extractor,
        encoder: Encoder | None,
        vectors: VectorStore,
        store: MatchStore,
        clock: Clock,
        report: Report = silent,
        reranker: Reranker | None = None,
        preferences: Callable[[UserId], Preferences] = lambda _user: NONE,
        odds: Callable[[UserId], Curve | None] = uncalibrated,
    ) -> None:
        self._postings = postings
        self._extractor = extractor
        self._encoder = encoder
        self._personal = Ephemeral(encoder) if encoder else None
        self._vectors = vectors
        self._clock = clock
        self._report = report
        self._reranker = reranker
        self._preferences = preferences
        self._odds = odds
        self._prepare = Preparer(extractor, encoder, vectors, store, report)
        self._embedded: dict[UserId, int] = {}

    def match(self, profile: Profile, wishes: Wishes, limit: int = 20) -> list[Match]:
        """The best `limit` open postings, best first; with `wishes.strict` none that misses a wish. An employer that
        the user blocked is left out."""
        query = self.query(profile, wishes)
        ids = self.candidates(query, shortlist.size_for(limit))
        return self.ledger(query, ids, limit)

    def one(self, profile: Profile, wishes: Wishes, posting_id: str) -> Match:
        """One posting, open or closed, by its id or an unambiguous beginning of it. Raises NotFound."""
        posting = self._postings.get(posting_id, profile.user)
        query = self.query(profile, replace(wishes, strict=False))
        if self._encoder is not None:
            self._embed([posting], profile.user)
        return self.ledger(query, [posting.id], 1)[0]

    def query(self, profile: Profile, wishes: Wishes) -> Query:
        """Read the profile; its vectors are kept in memory only."""
        chosen = self._preferences(profile.user)
        candidate = candidates.read(profile, wishes, self._extractor, self._clock.now().date(), chosen)
        worth = Worth(candidate.skills, self._extractor.taxonomy)
        same = Occupations(candidate.titles, self._extractor.taxonomy)
        if self._personal is None:
            return Query(Reader(candidate, worth, weights=chosen.weights()), same)
        encode = self._personal.encode
        facts = encode([views.fact_text(fact) for fact in candidate.facts], max_tokens=views.SENTENCE_TOKENS)
        titles = encode([own.title.raw for own in candidate.titles], max_tokens=views.TITLE_TOKENS)
        own = encode(views.own_texts(candidate), max_tokens=views.ASKED_TOKENS)
        return Query(Reader(candidate, worth, facts, chosen.weights()), same, titles, own)

    def candidates(self, query: Query, size: int) -> list[PostingId]:
        """Ids worth a full look, best first: both views and the words merged by rank, wished places before others."""
        light = self._postings.light(query.user)
        blocked = query.reader.candidate.preferences.blocked({one.company for one in light})
        light = [one for one in light if one.company not in blocked] if blocked else light
        self._refresh(light, query.user)
        rankings = [*self._nearest(query), self._by_words(query)]
        chosen = shortlist.choose(fuse(rankings), light, query.reader.candidate, size)
        return [PostingId(name) for name in chosen]

    def ledger(self, query: Query, ids: Sequence[PostingId], limit: int) -> list[Match]:
        """Score these postings in full, and explain the best `limit` of them; of the copies of an advert the best."""
        judged = self.scored(query, ids)
        if query.reader.candidate.wishes.strict:
            judged = [one for one in judged if not filters.misses_a_wish(one.filters)]
        best = copies.one_of_each(score.order(judged))[:limit]
        signs = self._postings.signs([one.prepared.posting for one in best], self._clock.now(), query.user)
        matches = (copies.noted(explain.match(one, query.reader), signs) for one in best)
        curve = self._odds(query.user)
        ranked = (reranked(match, self._reranker) for match in matches)
        return [replace(match, odds=curve(match.score)) if curve else match for match in ranked]

    def scored(self, query: Query, ids: Sequence[PostingId]) -> list[Scored]:
        """Signals, filters and ledger of these postings, in their order."""
        prepared = self._prepare(self._postings.many(ids, query.user))
        near = query.occupations
        seen = [
            replace(views_, occupations=near.of(one.posting.title), named=near.named(one.posting.title))
            for one, views_ in zip(prepared, self._views(query, prepared), strict=True)
        ]
        return [score.score(one, query.reader, views_) for one, views_ in zip(prepared, seen, strict=True)]

    def _refresh(self, light: Sequence[LightPosting], user: UserId) -> None:
        """Embed what is new or changed since this process last looked."""
        mark = hash((tuple(map(_ID, light)), tuple(map(_CONTENT, light))))
        if self._encoder is not None and self._embedded.get(user) != mark:
            self._embed(light, user)
            self._embedded[user] = mark

    def _embed(self, some: Sequence[LightPosting | Posting], user: UserId) -> None:
        def load(stale: Sequence[LightPosting | Posting]) -> list[Posting]:
            return self._postings.many([posting.id for posting in stale], user)

        if self._encoder is not None:
            views.embed(some, load, self._extractor.extract, self._encoder, self._vectors, user, self._report)

    def _nearest(self, query: Query) -> list[list[str]]:
        """One exact ranking per view: by the best inner product with any own title (by its weight), any own view."""
        if self._encoder is None:
            return []
        weights = np.array([own.weight for own in query.reader.candidate.titles], dtype=np.float32)
        titles = query.titles if query.titles is None else query.titles * weights[:, None]
        views_ = Near(views.TITLE_KIND, titles), Near(views.ASKED_KIND, query.own)
        found = nearest(self._vectors, self._encoder.card.card_id, views_, query.user, shortlist.NEAREST)
        return [[name for name, _ in ranking] for ranking in found]

    def _by_words(self, query: Query) -> list[str]:
        terms = lexical.query_terms(query.reader.candidate)
        found = self._postings.search(terms, query.user, shortlist.NEAREST) if terms else []
        return [str(posting_id) for posting_id, _ in found]

    def _views(self, query: Query, prepared: Sequence[Prepared]) -> list[Views]:
        """Cosines of each posting's title with own titles."""
        if self._encoder is None or query.titles is None:
            return [Views() for _ in prepared]
        keys = [views.title_key(one.posting.title) for one in prepared]
        known = self._vectors.get(self._encoder.card.card_id, keys)
        return [
            Views(tuple((query.titles @ known[key]).tolist()) if key in known and not one.unread else None)
            for one, key in zip(prepared, keys, strict=True)
        ]
