"""Postings of a shortlist made ready to be scored: requirements, and one vector for each. Read once, remembered."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from jobbot.features.matching import reading, score, views
from jobbot.features.matching.cover import Vectors
from jobbot.features.matching.score import Prepared
from jobbot.features.matching.store import MatchStore
from jobbot.features.matching.told import sentences
from jobbot.features.skills import rules
from jobbot.features.skills.extract import Extractor
from jobbot.features.skills.model import Extraction
from jobbot.features.sources.model import Posting
from jobbot.kernel.ids import content_hash
from jobbot.kernel.report import Report
from jobbot.platform.inference import Encoder, VectorStore

KEPT = 400
_BATCH = 64
READING = 1
"""Counts up when what is kept of a reading changes its meaning."""


class Preparer:
    """Public postings leave their reading and their sentence vectors in the store; a user's own stay in memory."""

    def __init__(
        self, extractor: Extractor, encoder: Encoder | None, vectors: VectorStore, store: MatchStore, report: Report
    ) -> None:
        self._extractor = extractor
        self._encoder = encoder
        self._vectors = vectors
        self._store = store
        self._report = report
        mark = extractor.taxonomy.over.mark or "core"
        self._name = f"{READING}-{len(extractor.taxonomy)}-{mark}-{rules.version()}"
        self._kept: OrderedDict[tuple[object, ...], Prepared] = OrderedDict()

    def __call__(self, postings: Sequence[Posting]) -> list[Prepared]:
        """In the order of the postings."""
        fresh = [posting for posting in postings if _key(posting) not in self._kept]
        extractions = self._read(fresh)
        asked = [[r.evidence.quote for r in extraction.requirements] for extraction in extractions]
        told = [sentences(p.text, e.requirements) for p, e in zip(fresh, extractions, strict=True)]
        foreign = [self._foreign(posting) for posting in fresh]
        texts = [[] if far else [*a, *t] for a, t, far in zip(asked, told, foreign, strict=True)]
        vectors = self._vectors_of(fresh, texts)
        for posting, extraction, a, t, far in zip(fresh, extractions, asked, told, foreign, strict=True):
            known = {} if far else vectors
            one = score.prepare(posting, extraction, _stack(known, a), _stack(known, t))
            self._kept[_key(posting)] = replace(one, unread=far)
        found = [self._kept[_key(posting)] for posting in postings]
        while len(self._kept) > max(KEPT, len(found)):
            self._kept.popitem(last=False)
        return found

    def _foreign(self, posting: Posting) -> str:
        """The posting's language where the encoder does not read it, else nothing."""
        if self._encoder is None or self._encoder.card.reads(posting.language):
            return ""
        return posting.language or ""

    def _read(self, postings: Sequence[Posting]) -> list[Extraction]:
        kept = self._store.readings(self._name, [posting.content_hash for posting in postings]) if postings else {}
        read: list[Extraction] = []
        new: dict[str, dict[str, Any]] = {}
        for done, posting in enumerate(postings):
            try:
                body = kept[posting.content_hash]
                read.append(reading.unpack(body, posting.text, self._extractor.taxonomy.get))
            except (KeyError, reading.Stale):
                self._report("Reading requirements", done, len(postings))
                read.append(self._extractor.extract(posting.text))
                if posting.owner is None:
                    new[posting.content_hash] = reading.pack(read[-1])
        self._store.keep(self._name, new)
        return read

    def _vectors_of(self, postings: Sequence[Posting], texts: Sequence[Sequence[str]]) -> dict[str, Vectors]:
        """Sentence -> vector."""
        if self._encoder is None or not postings:
            return {}
        public: dict[str, bool] = {}
        for posting, some in zip(postings, texts, strict=True):
            for text in some:
                public[text] = public.get(text, False) or posting.owner is None
        keys = {text: content_hash(f"{views.VIEW}\x1fsentence\x1f{text}") for text in public}
        known = self._vectors.get(self._encoder.card.card_id, keys.values())
        missing = [text for text in public if keys[text] not in known]
        for start in range(0, len(missing), _BATCH):
            self._report("Encoding sentences", start, len(missing))
            known |= self._encode(missing[start : start + _BATCH], keys, public)
        if missing:
            self._report("Encoding sentences", len(missing), len(missing))
        return {text: known[key] for text, key in keys.items()}

    def _encode(self, some: list[str], keys: dict[str, str], public: dict[str, bool]) -> dict[str, Vectors]:
        assert self._encoder is not None
        matrix = self._encoder.encode(some, max_tokens=views.SENTENCE_TOKENS)
        made = {keys[quote]: row for quote, row in zip(some, matrix, strict=True)}
        shared = {keys[quote]: made[keys[quote]] for quote in some if public[quote]}
        card = self._encoder.card.card_id
        self._vectors.add(card, shared, kind=views.SENTENCE_KIND, hashes={key: key for key in shared})
        return made


def _stack(vectors: dict[str, Vectors], texts: Sequence[str]) -> Vectors | None:
    return np.stack([vectors[text] for text in texts]) if vectors and texts else None


def _key(posting: Posting) -> tuple[object, ...]:
    seen = (posting.closed_at, posting.complete, posting.last_seen, posting.group, posting.copies)
    return (posting.id, posting.content_hash, *seen)
