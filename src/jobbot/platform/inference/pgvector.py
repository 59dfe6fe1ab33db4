"""Nearest neighbours in PostgreSQL, by pgvector's inner product of 16-bit vectors.

Every row of the card and kind is looked at, so the answer is that of the exact index but for the last bits: there the
query is rounded to 16 bits too. An approximate index is not made: it takes minutes to build and misses rows at the
number of postings that a person gathers (ADR 4).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import text
from sqlalchemy.orm import Session

Matrix = NDArray[np.float32]

_STATEMENT = """
SELECT r.ref_id AS ref_id, {best} AS best
FROM vector_refs r JOIN vectors v ON v.content_hash = r.content_hash AND v.card_id = :card
WHERE r.kind = :kind AND (r.user_id = :user OR (r.user_id = '' AND NOT EXISTS (
    SELECT 1 FROM vector_refs own WHERE own.kind = r.kind AND own.user_id = :user AND own.ref_id = r.ref_id
    AND own.user_id <> '' AND EXISTS (
        SELECT 1 FROM vectors w WHERE w.content_hash = own.content_hash AND w.card_id = :card))))
ORDER BY best DESC, ref_id COLLATE "C" LIMIT :most
"""


class Rows(NamedTuple):
    """Which rows are searched: of a card and kind, those that are public and the user's."""

    card_id: str
    kind: str
    user: str


def nearest(session: Session, rows: Rows, queries: Matrix, k: int) -> list[tuple[str, float]]:
    """The best min(k, n) ids by their highest inner product with any of `queries` (m, dim), best first, equal ones by
    id. An own row of an id stands in place of the public one."""
    if k < 1 or not len(queries):
        return []
    asked: dict[str, Any] = {f"q{number}": _literal(query) for number, query in enumerate(queries)}
    products = [f"-(v.vector <#> CAST(:{name} AS halfvec))" for name in asked]  # <#> is the negative inner product
    best = f"GREATEST({', '.join(products)})" if len(products) > 1 else products[0]
    values = {"card": rows.card_id, "kind": rows.kind, "user": rows.user, "most": k, **asked}
    found = session.execute(text(_STATEMENT.format(best=best)), values)
    return [(str(row.ref_id), float(row.best)) for row in found]


def _literal(query: Matrix) -> str:
    half = np.asarray(query, dtype=np.float32).astype("<f2")
    if half.ndim != 1 or not np.isfinite(half).all():
        raise ValueError("a query is one row of finite numbers")
    return f"[{','.join(map(repr, half.tolist()))}]"
