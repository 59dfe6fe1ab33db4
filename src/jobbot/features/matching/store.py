"""What was read from postings, kept by content: `posting_requirements`. The only SQLAlchemy of the slice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import JSON, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from jobbot.platform.storage import Base, Database

_CHUNK = 400


class RequirementsRow(Base):
    """One reading of one content: `reader` names the extractor and taxonomy, so a new one reads again."""

    __tablename__ = "posting_requirements"

    content_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    reader: Mapped[str] = mapped_column(String(64), primary_key=True)
    body: Mapped[dict[str, Any]] = mapped_column(JSON)


class MatchStore:
    """Readings of postings: nothing here belongs to a person, the same text reads the same for everybody."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def readings(self, reader: str, hashes: Sequence[str]) -> dict[str, dict[str, Any]]:
        """{content hash: body} of those that are kept."""
        found: dict[str, dict[str, Any]] = {}
        with self._database.read() as session:
            for start in range(0, len(hashes), _CHUNK):
                some = hashes[start : start + _CHUNK]
                query = select(RequirementsRow.content_hash, RequirementsRow.body).where(
                    RequirementsRow.reader == reader, RequirementsRow.content_hash.in_(some)
                )
                found.update((key, body) for key, body in session.execute(query))
        return found

    def keep(self, reader: str, bodies: Mapping[str, dict[str, Any]]) -> None:
        """Keep readings and drop those of older readers of the same contents; one short transaction."""
        if not bodies:
            return
        with self._database.write() as session:
            session.execute(delete(RequirementsRow).where(RequirementsRow.content_hash.in_(list(bodies))))
            session.add_all(RequirementsRow(content_hash=key, reader=reader, body=body) for key, body in bodies.items())
