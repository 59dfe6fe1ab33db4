"""`settings_kv`: what the program itself remembers between runs. Never anything personal."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import String, Text, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from jobbot.platform.storage.base import Base

INSTALLATION = "installation"
"""Random id of this database; names its key file or keyring entry, so that a moved directory keeps its key."""
LAST_BACKUP = "last_backup"
BACKUPS = "backups"
"""The backups that were made: when, SHA-256, whether in the data directory. No path: it may name a person."""
ERASING = "erasing"
"""What an erase that has begun must still find when it is run again; gone when it has ended."""
ERASED_KEYS = "erased_keys"
"""Ids of data keys that were destroyed: a program that still has one in memory may seal nothing with it."""
OFFLINE = "offline"
"""True while the airplane switch in the app is on; the one of the settings counts as well."""


class SettingRow(Base):
    __tablename__ = "settings_kv"

    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    value: Mapped[str] = mapped_column(Text())


def get(session: Session, name: str) -> Any:
    """The JSON value kept under `name`, None when there is none."""
    row = session.get(SettingRow, name)
    return json.loads(row.value) if row else None


def put(session: Session, name: str, value: Any) -> None:
    """Keep a JSON value; the caller's write transaction commits it."""
    session.merge(SettingRow(name=name, value=json.dumps(value)))


def drop(session: Session, *names: str) -> None:
    """Forget values; the caller's write transaction commits it."""
    session.execute(delete(SettingRow).where(SettingRow.name.in_(names)))


def moment(session: Session, name: str) -> datetime | None:
    """A moment kept as ISO 8601 under `name`."""
    value = get(session, name)
    return datetime.fromisoformat(value) if isinstance(value, str) else None
