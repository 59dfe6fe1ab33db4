"""What is remembered of hosts between runs: their robots.txt, and how often each was asked on a day."""

from __future__ import annotations

import zlib
from datetime import datetime, timedelta

from sqlalchemy import Integer, LargeBinary, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from jobbot.features.sources.courtesy.robots import LONGEST, HostRules
from jobbot.platform.storage import Base, Database, Moment

KEPT = timedelta(days=7)


class RulesRow(Base):
    __tablename__ = "host_rules"

    host: Mapped[str] = mapped_column(String(253), primary_key=True)
    read_at: Mapped[datetime] = mapped_column(Moment)
    status: Mapped[int] = mapped_column(Integer)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class DayRow(Base):
    __tablename__ = "host_days"

    host: Mapped[str] = mapped_column(String(253), primary_key=True)
    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    requests: Mapped[int] = mapped_column(Integer)


class HostStore:
    """Each write is one short transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def rules(self, host: str) -> HostRules | None:
        """The robots.txt of `host` as it was last read."""
        with self._database.read() as session:
            row = session.get(RulesRow, host)
        if row is None:
            return None
        return HostRules(row.host, row.read_at, row.status, zlib.decompress(row.body).decode())

    def keep(self, rules: HostRules) -> None:
        body = zlib.compress(rules.body[:LONGEST].encode("utf-8", "replace"), 6)
        with self._database.write() as session:
            session.merge(RulesRow(host=rules.host, read_at=rules.read_at, status=rules.status, body=body))

    def asked(self, host: str, day: datetime) -> int:
        """How many requests `host` was sent on that day (UTC)."""
        query = select(DayRow.requests).where(DayRow.host == host, DayRow.day == f"{day:%Y-%m-%d}")
        with self._database.read() as session:
            return session.scalar(query) or 0

    def count(self, host: str, day: datetime, most: int) -> bool:
        """Count one more request, unless it would be more than `most`: then False, and nothing is counted."""
        with self._database.write() as session:
            row = session.get(DayRow, (host, f"{day:%Y-%m-%d}"))
            if row is None:
                session.execute(delete(DayRow).where(DayRow.day < f"{day - KEPT:%Y-%m-%d}"))
                row = DayRow(host=host, day=f"{day:%Y-%m-%d}", requests=0)
                session.add(row)
            if row.requests >= most:
                return False
            row.requests += 1
            return True
