"""Documents at rest: what was made, for which posting, from which profile version, and every line with its proof."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from jobbot.kernel.fact import Line
from jobbot.kernel.ids import LOCAL_USER, PostingId, UserId, new_id
from jobbot.platform.storage import Base, Context, Database, Moment, SealedColumn, Vault


class DocumentRow(Base):
    """One CV or letter. The words are in its lines and its sealed record; `build_log` has figures only."""

    __tablename__ = "documents"
    __table_args__ = (Index("ix_documents_user_id_posting_id", "user_id", "posting_id"),)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(64))
    posting_id: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(8))
    template: Mapped[str] = mapped_column(String(32))
    persona: Mapped[str] = mapped_column(String(64))
    profile_version: Mapped[int] = mapped_column(Integer)
    pages: Mapped[int] = mapped_column(Integer)
    sha256: Mapped[str] = mapped_column(String(64))
    record: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime] = mapped_column(Moment())
    build_log: Mapped[str] = mapped_column(Text())
    artefact: Mapped[Any] = mapped_column(SealedColumn("documents", "artefact"))


class DocumentLineRow(Base):
    """One line; `body` holds its text, the facts it cites and the spans it quotes."""

    __tablename__ = "document_lines"
    document_id: Mapped[str] = mapped_column(
        String(32), ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True
    )
    ordinal: Mapped[int] = mapped_column(Integer, primary_key=True)
    user_id: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(8))
    body: Mapped[Any] = mapped_column(SealedColumn("document_lines", "body"))


@dataclass(frozen=True, slots=True)
class Document:
    """What is kept of a document: `artefact` is the path of the plain file, `record` the name of the sealed copy."""

    posting_id: PostingId
    kind: str
    template: str
    persona: str
    profile_version: int
    pages: int
    sha256: str
    record: str
    created_at: datetime
    build_log: str
    artefact: Path
    lines: tuple[Line, ...]
    id: str = ""


class DocumentStore:
    """Documents of users. Every read and write is filtered by user here, never by callers."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database, self._vault = database, vault

    @property
    def vault(self) -> Vault:
        return self._vault

    def save(self, documents: Sequence[Document], user: UserId = LOCAL_USER) -> tuple[str, ...]:
        """Keep documents that were made together, in one transaction; returns their ids."""
        ids = tuple(document.id or new_id() for document in documents)
        with self._database.write() as session:
            for identity, document in zip(ids, documents, strict=True):
                session.add(self._row(identity, document, user))
            session.flush()
            for identity, document in zip(ids, documents, strict=True):
                session.add_all(self._lines(identity, document, user))
        return ids

    def of_posting(self, posting: PostingId, user: UserId = LOCAL_USER) -> list[dict[str, Any]]:
        """All documents made for a posting, newest first: id, kind, template, profile version, moment, file, lines."""
        query = select(DocumentRow).where(DocumentRow.user_id == user, DocumentRow.posting_id == posting)
        with self._database.read() as session:
            rows = session.scalars(query.order_by(DocumentRow.created_at.desc(), DocumentRow.id.desc())).all()
            return [self._shown(row) | {"lines": self._opened(session, row)} for row in rows]

    def _row(self, identity: str, document: Document, user: UserId) -> DocumentRow:
        path = Context("documents", "artefact", identity, user)
        return DocumentRow(
            id=identity,
            user_id=user,
            posting_id=document.posting_id,
            kind=document.kind,
            template=document.template,
            persona=document.persona,
            profile_version=document.profile_version,
            pages=document.pages,
            sha256=document.sha256,
            record=document.record,
            created_at=document.created_at,
            build_log=document.build_log,
            artefact=self._vault.seal(str(document.artefact), path),
        )

    def _lines(self, identity: str, document: Document, user: UserId) -> list[DocumentLineRow]:
        return [
            DocumentLineRow(
                document_id=identity,
                ordinal=number,
                user_id=user,
                kind=line.kind.value,
                body=self._vault.seal_json(line.as_dict(), _place(identity, number, user)),
            )
            for number, line in enumerate(document.lines)
        ]

    def _shown(self, row: DocumentRow) -> dict[str, Any]:
        place = Context("documents", "artefact", row.id, row.user_id)
        return {
            "id": row.id,
            "kind": row.kind,
            "template": row.template,
            "persona": row.persona,
            "profile_version": row.profile_version,
            "pages": row.pages,
            "sha256": row.sha256,
            "record": row.record,
            "created_at": row.created_at,
            "build_log": row.build_log,
            "file": self._vault.open_text(row.artefact, place),
        }

    def _opened(self, session: Any, row: DocumentRow) -> list[dict[str, Any]]:
        query = select(DocumentLineRow).where(
            DocumentLineRow.document_id == row.id, DocumentLineRow.user_id == row.user_id
        )
        lines = session.scalars(query.order_by(DocumentLineRow.ordinal)).all()
        return [self._vault.open_json(line.body, _place(row.id, line.ordinal, row.user_id)) for line in lines]


def _place(document: str, ordinal: int, user: str) -> Context:
    return Context("document_lines", "body", f"{document}/{ordinal}", user)
