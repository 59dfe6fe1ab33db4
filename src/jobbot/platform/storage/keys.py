"""Keys: one key-encryption key (KEK) per installation wraps one data key (DEK) per user.

The database holds only wrapped keys, check values and a copy of the KEK sealed to the recovery key (see `wrapped`).
Deleting a user's row makes everything sealed for that user unreadable for good. A key is never made where sealed data
exists already.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobbot.kernel.errors import Failed, InvalidInput
from jobbot.kernel.ids import LOCAL_USER, new_id
from jobbot.platform.storage import kv
from jobbot.platform.storage.base import Base
from jobbot.platform.storage.database import Database
from jobbot.platform.storage.keyhomes import (
    KEY_BYTES,
    MADE_FILE,
    FileHome,
    KeyHome,
    KeyringHome,
    PassphraseHome,
    default_folder,
    installation_id,
    outside,
    real_keyring,
)
from jobbot.platform.storage.vault import SealedColumn, Vault
from jobbot.platform.storage.wrapped import (
    KekRow,
    UserKeyRow,
    describe,
    fingerprint,
    recovered,
    sealed_to,
    unwrap,
    wrap,
)
from jobbot.settings import Keys

RECORDS_FOLDER = "records"


@dataclass(frozen=True)
class KeyState:
    """What `doctor` tells: where the key is, and whether a recovery key was made."""

    place: str
    kind: str
    recovery: bool


def unlock(keys: Keys, home: Path, database: Database, user: str = LOCAL_USER, *, folder: Path | None = None) -> Vault:
    """The user's vault. Makes a key only where nothing is sealed yet.

    `folder` holds key files where neither setting nor keyring does (default: the user's configuration directory).
    Raises Failed or InvalidInput when the key is missing, wrong or readable by others.
    """
    ring = _Ring(keys, home, folder)
    with database.read() as session:
        if session.get(KekRow, _ONE) and session.get(UserKeyRow, user):
            return ring.vault(session, user)
    try:
        with database.write() as session:
            ring.make_missing(session, user)
            return ring.vault(session, user)
    except IntegrityError:  # another process was first
        with database.read() as session:
            return ring.vault(session, user)


def state(keys: Keys, home: Path, database: Database, *, folder: Path | None = None) -> KeyState | None:
    """Check every user's key; None where none was made yet. Raises as `unlock` does; makes nothing."""
    ring = _Ring(keys, home, folder)
    with database.read() as session:
        row = session.get(KekRow, _ONE)
        if row is None:
            return None
        for user in session.scalars(select(UserKeyRow.user_id)):
            ring.vault(session, user)
        return KeyState(ring.present_home(session, row).place, row.kind, row.recipient is not None)


def recipient(database: Database) -> str | None:
    """The public half of the recovery key, None before one was made."""
    with database.read() as session:
        row = session.get(KekRow, _ONE)
        return row.recipient if row else None


def make_recovery(keys: Keys, home: Path, database: Database, *, folder: Path | None = None) -> str:
    """A new recovery key (`AGE-SECRET-KEY-1...`), to be shown once; an older one opens only older backups.

    Raises as `unlock` does.
    """
    from pyrage import encrypt, x25519

    unlock(keys, home, database, folder=folder)
    identity = x25519.Identity.generate()
    with database.write() as session:
        row = session.get_one(KekRow, _ONE)
        kek = _Ring(keys, home, folder).kek(session, row)
        row.recipient = str(identity.to_public())
        row.recovery = encrypt(kek, [identity.to_public()])
    return str(identity)


def adopt(identity: str, keys: Keys, home: Path, database: Database, *, folder: Path | None = None) -> KeyState:
    """Give a restored database a new key home: open its KEK with the recovery key, wrap every data key anew.

    Raises InvalidInput for a recovery key that does not fit, Failed when the new home cannot be made.
    """
    ring = _Ring(keys, home, folder)
    with database.write() as session:
        row = session.get_one(KekRow, _ONE)
        old = recovered(row, identity)
        users = session.scalars(select(UserKeyRow)).all()
        plain = {user.user_id: unwrap(old, row.kek_id, user) for user in users}
        kv.put(session, kv.INSTALLATION, installation_id())
        new_home, kek = ring.new_home(session)
        describe(row, new_home, kek)
        row.recovery = sealed_to(row.recipient, kek)
        for user in users:
            wrap(kek, row.kek_id, user, plain[user.user_id])
    return KeyState(new_home.place, new_home.kind, True)


_ONE = "current"


class _Ring:
    """Finds the KEK's home by the order of the contract, and opens or makes what hangs on it."""

    def __init__(self, keys: Keys, home: Path, folder: Path | None) -> None:
        self._keys, self._home, self._folder = keys, home, folder

    def vault(self, session: Session, user: str) -> Vault:
        row = session.get_one(KekRow, _ONE)
        key = session.get_one(UserKeyRow, user)
        return Vault(unwrap(self.kek(session, row), row.kek_id, key), key.key_id)

    def kek(self, session: Session, row: KekRow) -> bytes:
        """The KEK that the database names. Raises Failed when its home is empty or holds another."""
        home = self.present_home(session, row)
        kek = home.read()
        if kek is None:
            raise Failed(
                f"the {home.place} is missing, and without it your sealed data cannot be opened. Put it back; or "
                "restore a backup into an empty directory with the recovery key: jobbot --home NEW restore FILE "
                "--key-file KEY"
            )
        if fingerprint(kek) != row.kek_id:
            wrong = "the passphrase is wrong" if home.kind == "passphrase" else "it holds another key"
            raise Failed(
                f"the {home.place} does not open this data: {wrong} (found {fingerprint(kek)[:8]}, needed "
                f"{row.kek_id[:8]}, last kept in: {row.kind}). Nothing was changed; give the right one"
            )
        return kek

    def present_home(self, session: Session, row: KekRow) -> KeyHome:
        explicit = self._explicit(row)
        if explicit:
            return explicit
        if row.kind == MADE_FILE:
            return self._key_file(session)
        if row.kind == "keyring":
            backend = real_keyring()
            if backend is None:
                raise Failed("the key is in the operating system's keyring, which cannot be reached from here")
            return KeyringHome(backend, kv.get(session, kv.INSTALLATION))
        setting = "JOBBOT_PASSPHRASE_FILE" if row.kind == "passphrase" else "JOBBOT_KEK_FILE"
        raise Failed(f"this data is sealed with a key from a {row.kind}: set {setting} to it")

    def new_home(self, session: Session) -> tuple[KeyHome, bytes]:
        """A home with a key in it: the one the settings name (its key is taken if there is one), keyring, key file."""
        home = self._explicit(None)
        if home:
            return home, home.read() or home.create()
        backend = real_keyring()
        if backend:
            try:
                ring = KeyringHome(backend, kv.get(session, kv.INSTALLATION))
                return ring, ring.create()
            except Failed:
                pass  # a keyring that does not keep what it is given is none; the key file is next in the order
        home = self._key_file(session)
        return home, home.create()

    def make_missing(self, session: Session, user: str) -> None:
        if kv.get(session, kv.ERASING) is not None:
            raise Failed("an erase of this data was interrupted; `jobbot erase` finishes it, then you can start anew")
        row = session.get(KekRow, _ONE)
        if row is None:
            self._refuse_sealed(session, None)
            if kv.get(session, kv.INSTALLATION) is None:
                kv.put(session, kv.INSTALLATION, installation_id())
            home, kek = self.new_home(session)
            row = describe(KekRow(name=_ONE), home, kek)
            session.add(row)
            session.flush()
        if session.get(UserKeyRow, user) is None:
            self._refuse_sealed(session, user)
            key = UserKeyRow(user_id=user, key_id=new_id())
            session.add(wrap(self.kek(session, row), row.kek_id, key, os.urandom(KEY_BYTES)))
            session.flush()

    def _explicit(self, row: KekRow | None) -> KeyHome | None:
        if self._keys.kek_file:
            return FileHome(outside(Path(self._keys.kek_file), self._home))
        if not self._keys.passphrase_file:
            return None
        if row and row.kind != "passphrase":
            raise InvalidInput(
                f"JOBBOT_PASSPHRASE_FILE is set, but this data is sealed with a key from: {row.kind}. Unset it"
            )
        path = outside(Path(self._keys.passphrase_file), self._home)
        return PassphraseHome(path, json.loads(row.parameters) if row else {})

    def _key_file(self, session: Session) -> FileHome:
        folder = self._folder or default_folder()
        return FileHome(outside(folder / f"{kv.get(session, kv.INSTALLATION)}.key", self._home), MADE_FILE)

    def _refuse_sealed(self, session: Session, user: str | None) -> None:
        """Never make a key over data that another key has sealed."""
        places = [f"table {name}" for name in _sealed_tables(session, user)]
        records = self._home / RECORDS_FOLDER
        if user is None and records.is_dir() and any(records.iterdir()):
            places.append(str(records))
        if places:
            raise Failed(
                f"there is sealed data ({', '.join(places)}) but no key for it: the key record was erased or the "
                "database replaced. No new key is made over it. Restore a backup into an empty directory, use another "
                "data directory, or remove the sealed data with `jobbot erase`"
            )


def _sealed_tables(session: Session, user: str | None) -> list[str]:
    found = []
    for table in Base.metadata.sorted_tables:
        sealed = [column for column in table.columns if isinstance(column.type, SealedColumn)]
        if not sealed:
            continue
        query = select(sealed[0]).limit(1)
        if user is not None and "user_id" in table.columns:
            query = query.where(table.columns["user_id"] == user)
        if session.execute(query).first():
            found.append(table.name)
    return found
