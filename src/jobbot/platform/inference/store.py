"""Vectors keyed by (card, content), and ids that point at content: equal texts share one vector and both resolve.

Only texts that are not personal belong here; what comes from a profile is kept by `Ephemeral`, in memory.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Integer, Select, String, delete, exists, func, select, type_coerce
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.types import LargeBinary

from jobbot.platform.inference import pgvector
from jobbot.platform.inference.column import Embedding, rows
from jobbot.platform.inference.index import ExactIndex
from jobbot.platform.storage import Base, Database

Matrix = NDArray[np.float32]
T = TypeVar("T")

PUBLIC = ""
"""The owner of references that everybody may see."""
_BATCH = 400
_KEPT_MATRICES, _KEPT_INDEXES = 2, 8


class VectorRow(Base):
    __tablename__ = "vectors"
    card_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    content_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    vector: Mapped[Any] = mapped_column(Embedding, nullable=False)


class ReferenceRow(Base):
    __tablename__ = "vector_refs"
    kind: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    ref_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    content_hash: Mapped[str] = mapped_column(String(64), nullable=False, index=True)


class StampRow(Base):
    """One number per kind that grows whenever a matrix of that kind may have changed."""

    __tablename__ = "vector_stamps"
    kind: Mapped[str] = mapped_column(String(32), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, nullable=False)


class _Of(NamedTuple):
    """What is kept in memory, by card, kind and user."""

    card_id: str
    kind: str
    user: str


@dataclass(frozen=True, slots=True)
class _Kept:
    version: int
    ids: tuple[str, ...]
    matrix: Matrix


class VectorStore:
    """All methods are safe to repeat and may be called by several threads; every write is one short transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: OrderedDict[_Of, _Kept] = OrderedDict()
        self._indexes: OrderedDict[_Of, tuple[int, ExactIndex]] = OrderedDict()
        self._building, self._keeping = Lock(), Lock()

    def put(self, card_id: str, vectors: Mapping[str, Matrix]) -> None:
        """Keep {content hash: vector (dim,)}; a hash that is there already stays as it is."""
        self.add(card_id, vectors)

    def refer(self, kind: str, hashes: Mapping[str, str], *, user: str = PUBLIC) -> None:
        """Let ids point at content: {id: content hash}. Many ids may point at one hash; an id may be pointed anew."""
        self.add("", {}, kind=kind, hashes=hashes, user=user)

    def add(
        self,
        card_id: str,
        vectors: Mapping[str, Matrix],
        *,
        kind: str = "",
        hashes: Mapping[str, str] | None = None,
        user: str = PUBLIC,
    ) -> None:
        """`put` and `refer` in one transaction; nothing is written when nothing is new."""
        new = {key: vectors[key] for key in self.missing(card_id, vectors)}
        moved = self._moved(kind, hashes or {}, user)
        if not new and not moved:
            return
        with self._database.write() as session:
            touched = self._put(session, card_id, new)
            if moved:
                self._refer(session, kind, moved, user)
                touched.add(kind)
            self._stamp(session, touched)

    def get(self, card_id: str, hashes: Iterable[str]) -> dict[str, Matrix]:
        """Those of the hashes that have a vector of this card."""
        found: dict[str, Matrix] = {}
        with self._database.read() as session:
            for some in _chunks(dict.fromkeys(hashes)):
                query = select(VectorRow.content_hash, self._bytes()).where(
                    VectorRow.card_id == card_id, VectorRow.content_hash.in_(some)
                )
                pairs = session.execute(query).all()
                matrix = rows([blob for _, blob in pairs], self._database.dialect)
                found.update(zip((key for key, _ in pairs), matrix, strict=True))
        return found

    def missing(self, card_id: str, hashes: Iterable[str]) -> list[str]:
        """Those of the hashes, in order and once each, that have no vector of this card."""
        asked = dict.fromkeys(hashes)
        known: set[str] = set()
        with self._database.read() as session:
            for some in _chunks(asked):
                query = select(VectorRow.content_hash).where(
                    VectorRow.card_id == card_id, VectorRow.content_hash.in_(some)
                )
                known.update(session.scalars(query))
        return [key for key in asked if key not in known]

    def pointers(self, card_id: str, kind: str, *, user: str = PUBLIC) -> dict[str, str]:
        """{id: content hash} of what is public and what is `user`'s, where the content has a vector of this card."""
        with self._database.read() as session:
            return {row[0]: row[1] for row in session.execute(_visible(card_id, kind, user))}

    def matrix(self, card_id: str, kind: str, *, user: str = PUBLIC) -> tuple[tuple[str, ...], Matrix]:
        """(ids, float32 (n, dim)) of what is public and what is `user`'s, in the order of ids; read-only.

        Ids without a vector of this card are left out. Kept in memory until another write touches `kind`.
        """
        kept = self._load(card_id, kind, user)
        return kept.ids, kept.matrix

    def nearest(
        self, card_id: str, kind: str, queries: Matrix, k: int, *, user: str = PUBLIC, newest: bool = True
    ) -> list[tuple[str, float]]:
        """The best min(k, n) ids by their highest inner product with any of `queries` (m, dim), best first, equal ones
        by id: on PostgreSQL by pgvector, which looks at every row; else by `index`."""
        if self._database.dialect != "postgresql":
            return self.index(card_id, kind, user=user, newest=newest).nearest(queries, k)
        with self._database.read() as session:
            return pgvector.nearest(session, pgvector.Rows(card_id, kind, user), queries, k)

    def held(self, kind: str, *, user: str = PUBLIC) -> bool:
        """Whether any id that `user` sees points at content of this kind, of whatever card."""
        seen = exists().where(ReferenceRow.kind == kind, ReferenceRow.user_id.in_({PUBLIC, user}))
        with self._database.read() as session:
            return session.scalar(select(seen)) is True

    def made(self, card_id: str) -> bool:
        """Whether there is any vector of this card."""
        with self._database.read() as session:
            return session.scalar(select(exists().where(VectorRow.card_id == card_id))) is True

    def index(self, card_id: str, kind: str, *, user: str = PUBLIC, newest: bool = True) -> ExactIndex:
        """The exact index over what `matrix` has, built again only when that has changed. With `newest` False one that
        is out of date is given while another thread builds the next."""
        key, version = _Of(card_id, kind, user), self._version(kind)
        if (index := self._built(key, version)) is not None:
            return index
        old = None if newest else self._built(key)
        if not self._building.acquire(blocking=old is None):
            assert old is not None
            return old
        try:
            version = self._version(kind)
            return self._built(key, version) or self._build(key, version)
        finally:
            self._building.release()

    def _built(self, key: _Of, version: int | None = None) -> ExactIndex | None:
        with self._keeping:
            known, index = self._indexes.get(key, (None, None))
        return index if version is None or known == version else None

    def _build(self, key: _Of, version: int) -> ExactIndex:
        with self._database.read() as session:
            kept = self._read(session, *key, version)
        index = ExactIndex(kept.ids, kept.matrix, half=True)
        with self._keeping:
            self._indexes[key] = version, index
            self._indexes.move_to_end(key)
            while len(self._indexes) > _KEPT_INDEXES:
                self._indexes.popitem(last=False)
        return index

    def drop(self, kind: str, ids: Collection[str], *, user: str = PUBLIC) -> None:
        """Forget references; their vectors go with the next `collect`."""
        with self._database.write() as session:
            for some in _chunks(ids):
                session.execute(delete(ReferenceRow).where(*_owned(kind, user), ReferenceRow.ref_id.in_(some)))
            self._stamp(session, {kind})

    def forget(self, user: str) -> None:
        """Drop every reference of one user."""
        with self._database.write() as session:
            kinds = set(session.scalars(select(ReferenceRow.kind).where(ReferenceRow.user_id == user).distinct()))
            session.execute(delete(ReferenceRow).where(ReferenceRow.user_id == user))
            self._stamp(session, kinds)

    def collect(self, *, card_id: str = "") -> int:
        """Delete vectors no reference points at and, with `card_id`, those of every other card. Returns how many."""
        orphan = ~exists().where(ReferenceRow.content_hash == VectorRow.content_hash)
        stale = orphan | (VectorRow.card_id != card_id) if card_id else orphan
        with self._database.write() as session:
            before = session.scalar(select(func.count()).select_from(VectorRow)) or 0
            session.execute(delete(VectorRow).where(stale))
            after = session.scalar(select(func.count()).select_from(VectorRow)) or 0
            self._stamp(session, set(session.scalars(select(StampRow.kind))))
        return before - after

    def _load(self, card_id: str, kind: str, user: str) -> _Kept:
        key = _Of(card_id, kind, user)
        with self._database.read() as session:
            version = session.scalar(select(StampRow.version).where(StampRow.kind == kind)) or 0
            kept = self._kept.get(key)
            if kept is None or kept.version != version:
                kept = self._read(session, card_id, kind, user, version)
        with self._keeping:
            self._kept[key] = kept
            self._kept.move_to_end(key)
            while len(self._kept) > _KEPT_MATRICES:
                self._kept.popitem(last=False)
        return kept

    def _version(self, kind: str) -> int:
        with self._database.read() as session:
            return session.scalar(select(StampRow.version).where(StampRow.kind == kind)) or 0

    def _read(self, session: Session, card_id: str, kind: str, user: str, version: int) -> _Kept:
        query = _visible(card_id, kind, user).with_only_columns(ReferenceRow.ref_id, self._bytes())
        blobs: dict[str, bytes] = {ref: blob for ref, blob in session.execute(query)}  # noqa: C416
        ids = tuple(sorted(blobs))
        matrix = rows([blobs[key] for key in ids], self._database.dialect)
        matrix.flags.writeable = False
        return _Kept(version, ids, matrix)

    def _moved(self, kind: str, hashes: Mapping[str, str], user: str) -> dict[str, str]:
        known: dict[str, str] = {}
        with self._database.read() as session:
            for some in _chunks(hashes):
                query = select(ReferenceRow.ref_id, ReferenceRow.content_hash).where(
                    *_owned(kind, user), ReferenceRow.ref_id.in_(some)
                )
                known.update({ref: key for ref, key in session.execute(query)})  # noqa: C416
        return {key: value for key, value in hashes.items() if known.get(key) != value}

    def _put(self, session: Session, card_id: str, vectors: Mapping[str, Matrix]) -> set[str]:
        """Insert; returns the kinds whose references were waiting for one of these vectors."""
        waiting: set[str] = set()
        for some in _chunks(sorted(vectors)):  # in one order everywhere: two writers must not wait for each other
            values = [{"card_id": card_id, "content_hash": key, "vector": vectors[key]} for key in some]
            session.execute(self._insert(VectorRow).on_conflict_do_nothing(), values)
            kinds = select(ReferenceRow.kind).where(ReferenceRow.content_hash.in_(some)).distinct()
            waiting.update(session.scalars(kinds))
        return waiting

    def _refer(self, session: Session, kind: str, hashes: Mapping[str, str], user: str) -> None:
        statement = self._insert(ReferenceRow)
        statement = statement.on_conflict_do_update(
            index_elements=["kind", "user_id", "ref_id"], set_={"content_hash": statement.excluded.content_hash}
        )
        for some in _chunks(sorted(hashes)):
            values = [{"kind": kind, "user_id": user, "ref_id": key, "content_hash": hashes[key]} for key in some]
            session.execute(statement, values)

    def _stamp(self, session: Session, kinds: set[str]) -> None:
        statement = self._insert(StampRow)
        statement = statement.on_conflict_do_update(index_elements=["kind"], set_={"version": StampRow.version + 1})
        for kind in sorted(kinds):
            session.execute(statement, {"kind": kind, "version": 1})

    def _insert(self, table: type[Base]) -> Any:
        """INSERT with ON CONFLICT in the database's own dialect."""
        if self._database.dialect == "postgresql":
            from sqlalchemy.dialects import postgresql

            return postgresql.insert(table)
        from sqlalchemy.dialects import sqlite

        return sqlite.insert(table)

    def _bytes(self) -> Any:
        """The stored vector as bytes, for `rows`."""
        if self._database.dialect == "postgresql":
            return func.halfvec_send(VectorRow.vector, type_=LargeBinary)
        return type_coerce(VectorRow.vector, LargeBinary)


def _owned(kind: str, user: str) -> tuple[Any, Any]:
    return ReferenceRow.kind == kind, ReferenceRow.user_id == user


def _visible(card_id: str, kind: str, user: str) -> Select[str, str]:
    """(id, content hash), public rows first: a user's own row of the same id comes later, and so replaces it."""
    return (
        select(ReferenceRow.ref_id, ReferenceRow.content_hash)
        .join(VectorRow, VectorRow.content_hash == ReferenceRow.content_hash)
        .where(VectorRow.card_id == card_id, ReferenceRow.kind == kind)
        .where(ReferenceRow.user_id.in_({PUBLIC, user}))
        .order_by(ReferenceRow.user_id)
    )


def _chunks(items: Iterable[T]) -> Iterator[list[T]]:
    some = list(items)
    for start in range(0, len(some), _BATCH):
        yield some[start : start + _BATCH]
