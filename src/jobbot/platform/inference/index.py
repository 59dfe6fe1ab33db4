"""Exact nearest neighbours by inner product (FAISS IndexFlatIP): no training, no approximation, nothing to tune."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]


class ExactIndex:
    """Built once over fixed rows; `VectorStore.index` hands out a new one when the rows have changed."""

    def __init__(self, ids: Sequence[str], matrix: Matrix) -> None:
        """`matrix` is (len(ids), dim). Raises ValueError when the two do not fit."""
        if len(ids) != len(matrix):
            raise ValueError(f"{len(ids)} ids for {len(matrix)} rows")
        self.ids = tuple(ids)
        self._index = _flat(matrix) if len(matrix) else None

    def __len__(self) -> int:
        return len(self.ids)

    def search(self, query: Matrix, k: int) -> list[tuple[str, float]]:
        """The best min(k, n) ids with their inner products, best first, equal ones by id. `query` is (dim,)."""
        wanted = min(k, len(self.ids))
        if self._index is None or wanted < 1:
            return []
        row = np.ascontiguousarray(query, dtype=np.float32).reshape(1, -1)
        if row.shape[1] != self._index.d:
            raise ValueError(f"a query of {row.shape[1]} numbers for vectors of {self._index.d}")
        scores, places = self._index.search(row, wanted)
        found = [(self.ids[place], float(score)) for place, score in zip(places[0], scores[0], strict=True)]
        return sorted(found, key=lambda item: (-item[1], item[0]))


def _flat(matrix: Matrix) -> Any:
    import faiss

    index = faiss.IndexFlatIP(matrix.shape[1])
    index.add(np.ascontiguousarray(matrix, dtype=np.float32))
    return index
