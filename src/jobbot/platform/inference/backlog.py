"""Embedding what is not embedded yet; and vectors of personal texts, which never reach a disk."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from jobbot.kernel.report import Report, silent
from jobbot.platform.inference.encoder import Encoder, text_key
from jobbot.platform.inference.store import PUBLIC, VectorStore

Vectors = NDArray[np.float32]

BATCH = 128
"""Texts per transaction: what an interruption can cost is about a second."""


def embed_missing(
    encoder: Encoder,
    store: VectorStore,
    kind: str,
    items: Iterable[tuple[str, str]],
    report: Report = silent,
    *,
    max_tokens: int | None = None,
    user: str = PUBLIC,
) -> int:
    """Give each (id, text) a vector of this encoder under `kind`; returns how many texts were encoded.

    Equal texts are encoded once and every id resolves. Each batch is committed, so an interrupted run is resumed by
    running it again, and a run with nothing new writes nothing.
    """
    texts = dict(items)
    keys = {ref: text_key(text, max_tokens=max_tokens) for ref, text in texts.items()}
    ids_of: dict[str, list[str]] = {}
    for ref, key in keys.items():
        ids_of.setdefault(key, []).append(ref)
    missing = store.missing(encoder.card.card_id, ids_of)
    waiting = set(missing)
    store.refer(kind, {ref: key for ref, key in keys.items() if key not in waiting}, user=user)
    missing.sort(key=lambda key: len(texts[ids_of[key][0]]))
    for start in range(0, len(missing), BATCH):
        report("Embedding", start, len(missing))
        some = missing[start : start + BATCH]
        vectors = encoder.encode([texts[ids_of[key][0]] for key in some], max_tokens=max_tokens)
        hashes = {ref: key for key in some for ref in ids_of[key]}
        store.add(encoder.card.card_id, dict(zip(some, vectors, strict=True)), kind=kind, hashes=hashes, user=user)
    if missing:
        report("Embedding", len(missing), len(missing))
    return len(missing)


class Ephemeral:
    """An encoder that remembers in memory only: for what a profile says. Oldest entries leave first."""

    def __init__(self, encoder: Encoder, *, keep: int = 2000) -> None:
        self.card = encoder.card
        self._encoder = encoder
        self._keep = keep
        self._known: OrderedDict[str, Vectors] = OrderedDict()

    def encode(self, texts: Sequence[str], *, query: bool = False, max_tokens: int | None = None) -> Vectors:
        """As `Encoder.encode`, encoding only what was not asked before."""
        keys = [text_key(text, query=query, max_tokens=max_tokens) for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        made = self._encoder.encode(list(new.values()), query=query, max_tokens=max_tokens)
        known = {**self._known, **dict(zip(new, made, strict=True))}
        for key in dict.fromkeys(keys):
            self._known[key] = known[key]
            self._known.move_to_end(key)
        while len(self._known) > self._keep:
            self._known.popitem(last=False)
        return np.array([known[key] for key in keys], dtype=np.float32).reshape(len(keys), self.card.dim)
