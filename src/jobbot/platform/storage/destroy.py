"""Crypto-erase: destroy a user's data key, and with the last user's the key that wrapped it.

First the rows, in one transaction that also notes what is still to do; then the log of the database, so that the
wrapped key is in no byte of it; then the key's home. Killed anywhere in between, the data cannot be opened any more and
the next call goes on from the note.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobbot.kernel.errors import JobbotError
from jobbot.platform.storage import kv
from jobbot.platform.storage.database import Database
from jobbot.platform.storage.keyhomes import (
    MADE_FILE,
    FileHome,
    KeyHome,
    KeyringHome,
    PassphraseHome,
    default_folder,
    real_keyring,
)
from jobbot.platform.storage.wrapped import KekRow, UserKeyRow
from jobbot.settings import Keys


@dataclass(frozen=True)
class Destroyed:
    """`wrapping` is gone, other (other people's data hangs on it), kept, or none; `reason` says why it stays where it
    does. `resumed`: an earlier erase had begun."""

    data_key: bool
    wrapping: str
    place: str | None = None
    reason: str | None = None
    resumed: bool = False


def destroy(keys: Keys, database: Database, user: str, *, folder: Path | None = None) -> Destroyed:
    """Make everything that is sealed for the user unreadable, for good. Needs no key. Safe to repeat.

    `folder` holds key files that jobbot made, as in `keys.unlock`. Raises Failed where the database cannot be written.
    """
    with database.write() as session:
        before = kv.get(session, kv.ERASING)
        note = before or {"user": user, "home": None, "last": False}
        gone = _end_key(session, user)
        if not session.scalar(select(func.count()).select_from(UserKeyRow)):
            note = {**note, **_end_wrapping(session), "last": True} if not note["home"] else note
        kv.put(session, kv.ERASING, note)
    database.checkpoint()
    home = _home(note, keys, folder)
    wrapping, reason = _emptied(home, note)
    return Destroyed(gone or before is not None, wrapping, home.place if home else None, reason, before is not None)


def _end_key(session: Session, user: str) -> bool:
    row = session.get(UserKeyRow, user)
    if row is None:
        return False
    kv.put(session, kv.ERASED_KEYS, [*(kv.get(session, kv.ERASED_KEYS) or ()), row.key_id])
    session.delete(row)
    session.flush()
    return True


def _end_wrapping(session: Session) -> dict[str, Any]:
    """Take out the record of the wrapping key, with its copy for the recovery key; what finds its home stays noted."""
    row = session.scalar(select(KekRow))
    if row is None:
        return {}
    found = {"home": row.kind, "installation": kv.get(session, kv.INSTALLATION)}
    session.delete(row)
    kv.drop(session, kv.INSTALLATION)
    return found


def _home(note: dict[str, Any], keys: Keys, folder: Path | None) -> KeyHome | None:
    """Where the wrapping key was, None where there is nothing to look for."""
    kind, name = note["home"], str(note.get("installation"))
    if kind == MADE_FILE:
        made = (folder or default_folder()) / f"{name}.key"
        return FileHome(made, MADE_FILE) if made.exists() or not keys.kek_file else FileHome(Path(keys.kek_file))
    if kind == "keyring":
        backend = real_keyring()
        return KeyringHome(backend, name) if backend else None
    if kind == "passphrase" and keys.passphrase_file:
        return PassphraseHome(Path(keys.passphrase_file))
    return FileHome(Path(keys.kek_file)) if kind == "file" and keys.kek_file else None


def _emptied(home: KeyHome | None, note: dict[str, Any]) -> tuple[str, str | None]:
    if home is None:
        if note["home"] is None:
            return ("none", None) if note["last"] else ("other", "other people's data hangs on it")
        return "kept", f"the {note['home']} that holds it cannot be reached from here; it opens nothing any more"
    try:
        reason = home.destroy()
    except JobbotError as error:
        return "kept", f"{error.detail}; it opens nothing any more"
    return ("kept", reason) if reason else ("gone", None)
