"""Texts in, vectors of length 1 out. The same text gives the same vector, alone or among a thousand others."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jobbot.kernel.ids import content_hash
from jobbot.platform.inference.card import ModelCard, Precision
from jobbot.platform.inference.tokens import Ids, Tokens

Vectors = NDArray[np.float32]

MAX_WORKERS = 4
_FEW = 4
"""Up to so many texts are encoded on the calling thread."""
_CHUNK = 512
"""Texts tokenised at a time, so that a long list costs no more memory than a short one."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Which precision runs and why; `cosine` is the least agreement of the self-test, None where none was needed."""

    precision: Precision
    reason: str
    cosine: float | None = None


class Encoder:
    """One text per run, several runs at once on threads: no padding, no mask, nothing shared between texts."""

    def __init__(
        self, card: ModelCard, decision: Decision, session: Any, tokens: Tokens, *, workers: int | None = None
    ) -> None:
        self.card = card
        self.decision = decision
        self._tokens = tokens
        self._session = session
        self._workers = max(1, min(workers or _cores(), MAX_WORKERS))

    def encode(self, texts: Sequence[str], *, query: bool = False, max_tokens: int | None = None) -> Vectors:
        """float32 (len(texts), dim), each row of length 1. `max_tokens` shortens the model's own limit.

        The card's query or passage prefix is put before each text. Empty texts and lone surrogates are safe.
        """
        limit = max(3, min(max_tokens or self.card.max_tokens, self.card.max_tokens))
        prefix = self.card.query_prefix if query else self.card.passage_prefix
        places: dict[str, int] = {}
        order = [places.setdefault(text, len(places)) for text in texts]
        distinct = list(places)
        found = np.empty((len(distinct), self.card.dim), dtype=np.float32)
        for start in range(0, len(distinct), _CHUNK):
            chunk = distinct[start : start + _CHUNK]
            self._fill(
                found[start : start + len(chunk)], self._tokens([prefix + text.strip() for text in chunk], limit)
            )
        return found[order] if texts else found

    def key(self, text: str, *, query: bool = False, max_tokens: int | None = None) -> str:
        """The content hash under which a vector of this text, encoded in this way, is kept."""
        return text_key(text, query=query, max_tokens=max_tokens)

    def _fill(self, rows: Vectors, ids: list[Ids]) -> None:
        def one(row: int) -> None:
            (vector,) = self._session.run(None, {"ids": ids[row]})
            rows[row] = vector / max(float(np.linalg.norm(vector)), 1e-12)

        longest_first = sorted(
            range(len(ids)), key=lambda row: -len(ids[row])
        )  # so that no thread ends with a long one
        if len(ids) <= _FEW or self._workers == 1:
            for row in longest_first:
                one(row)
            return
        with ThreadPoolExecutor(self._workers) as pool:
            for _ in pool.map(one, longest_first):
                pass


def text_key(text: str, *, query: bool = False, max_tokens: int | None = None) -> str:
    """SHA-256 of the text and of how it is encoded: a title cut at 32 tokens is not the same at 128.

    >>> text_key("Nurse") == text_key("Nurse", max_tokens=32)
    False
    """
    if not query and max_tokens is None:
        return content_hash(text)
    return content_hash(f"{'query' if query else 'passage'}\x1f{max_tokens or ''}\x1f{text}")


def open_session(graph: Path) -> Any:
    """An onnxruntime session on one thread; parallelism is ours, by text."""
    import onnxruntime

    onnxruntime.disable_telemetry_events()  # its Windows build reports use unless told not to
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])


def _cores() -> int:
    """Cores this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
