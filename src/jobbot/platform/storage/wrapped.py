"""Keys as they lie in the database: data keys wrapped by the KEK, the KEK sealed to the recovery key.

The recovery key is an age identity that the person keeps; only its public half (`recipient`) is stored.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from jobbot.kernel.errors import Failed, InvalidInput
from jobbot.platform.storage.base import Base
from jobbot.platform.storage.keyhomes import KeyHome


class KekRow(Base):
    """The one KEK: which it is, where it lives, and its copy for the recovery key."""

    __tablename__ = "key_home"

    name: Mapped[str] = mapped_column(String(16), primary_key=True)
    kek_id: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(16))
    parameters: Mapped[str] = mapped_column(Text())
    recipient: Mapped[str | None] = mapped_column(String(120))
    recovery: Mapped[bytes | None] = mapped_column(LargeBinary())


class UserKeyRow(Base):
    """A user's data key, wrapped by the KEK, with a value that tells whether it was unwrapped rightly."""

    __tablename__ = "user_keys"

    user_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    key_id: Mapped[str] = mapped_column(String(32))
    wrapped: Mapped[bytes] = mapped_column(LargeBinary())
    check_value: Mapped[bytes] = mapped_column(LargeBinary())


def fingerprint(kek: bytes) -> str:
    """Names a KEK without telling anything about it."""
    return hmac.new(kek, b"jobbot/kek-id", hashlib.sha256).hexdigest()[:32]


def describe(row: KekRow, home: KeyHome, kek: bytes) -> KekRow:
    """Note in `row` which KEK it is and where it lives."""
    row.kek_id, row.kind, row.parameters = fingerprint(kek), home.kind, json.dumps(home.parameters())
    return row


def _aad(kek_id: str, row: UserKeyRow) -> bytes:
    return "\x1f".join(("v1", "user_keys", "wrapped", row.user_id, row.key_id, kek_id)).encode()


def wrap(kek: bytes, kek_id: str, row: UserKeyRow, dek: bytes) -> UserKeyRow:
    """Put the data key into `row`, bound to user and KEK."""
    nonce = os.urandom(12)
    row.wrapped = nonce + AESGCM(kek).encrypt(nonce, dek, _aad(kek_id, row))
    row.check_value = _check_value(dek, row.key_id)
    return row


def unwrap(kek: bytes, kek_id: str, row: UserKeyRow) -> bytes:
    """The data key. Raises Failed for a row that was changed or belongs to another user."""
    try:
        dek = AESGCM(kek).decrypt(row.wrapped[:12], row.wrapped[12:], _aad(kek_id, row))
    except (InvalidTag, ValueError):
        dek = b""
    if not hmac.compare_digest(_check_value(dek, row.key_id), row.check_value):
        raise Failed(
            "your data key cannot be unwrapped: its record was changed. Restore the last backup into an empty "
            "directory: jobbot --home NEW restore FILE --key-file KEY"
        )
    return dek


def _check_value(dek: bytes, key_id: str) -> bytes:
    return hmac.new(dek, b"jobbot/check\x1f" + key_id.encode(), hashlib.sha256).digest()


def sealed_to(public: str | None, kek: bytes) -> bytes | None:
    """The KEK for the holder of the recovery key, None where there is no recipient."""
    from pyrage import encrypt, x25519

    if public is None:
        return None
    sealed: bytes = encrypt(kek, [x25519.Recipient.from_str(public)])
    return sealed


def recovered(row: KekRow, identity: str) -> bytes:
    """The KEK, opened with the recovery key. Raises InvalidInput for another one's, Failed where none was made."""
    from pyrage import DecryptError, decrypt

    if row.recovery is None:
        raise Failed("this database was never given a recovery key")
    try:
        kek: bytes = decrypt(row.recovery, [parse_identity(identity)])
    except DecryptError:
        raise InvalidInput("this is not the recovery key of this backup") from None
    return kek


def parse_identity(text: str) -> object:
    """The age identity in `text` (comment lines and blanks are skipped). Raises InvalidInput."""
    from pyrage import IdentityError, x25519

    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    try:
        return x25519.Identity.from_str(lines[0] if len(lines) == 1 else "")
    except IdentityError:
        raise InvalidInput("a recovery key is one line that starts with AGE-SECRET-KEY-1") from None
