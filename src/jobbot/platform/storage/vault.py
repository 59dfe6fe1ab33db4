"""Personal columns as boxes: AES-256-GCM bound to table, column, row and user.

A plain string does not bind to a `SealedColumn`; a box made for another column does not either; a ciphertext moved to
another row does not open. Format: 1 byte version, 12 bytes nonce, ciphertext with a 16-byte tag.
"""

from __future__ import annotations

import json
import os
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import LargeBinary, TypeDecorator

from jobbot.kernel.errors import Failed

_VERSION = b"\x01"
BOUND: ContextVar[set[str] | None] = ContextVar("jobbot_bound", default=None)
"""Ids of the keys whose boxes the present transaction has bound: its end asks whether they still hold."""


class Context(NamedTuple):
    """Where a sealed value lives; part of what is authenticated."""

    table: str
    column: str
    row: str
    user: str

    def aad(self, key_id: str) -> bytes:
        return "\x1f".join(("v1", *self, key_id)).encode()


@dataclass(frozen=True, slots=True)
class Sealed:
    """A ciphertext and the place it was made for. Its repr shows neither."""

    ciphertext: bytes = field(repr=False)
    context: Context = field(repr=False)
    key_id: str = field(default="", repr=False)


class SealedColumn(TypeDecorator[Sealed]):
    """Binds only `Sealed` boxes made for this table and column; reading gives the raw bytes for `Vault.open`."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, table: str, column: str) -> None:
        super().__init__()
        self.table, self.column = table, column

    def process_bind_param(self, value: Any, dialect: Any) -> bytes | None:
        if value is None:
            return None
        if not isinstance(value, Sealed):
            raise TypeError(f"{self.table}.{self.column} is personal: seal it, {type(value).__name__} does not bind")
        if (value.context.table, value.context.column) != (self.table, self.column):
            raise TypeError(f"a box for {value.context.table}.{value.context.column} in {self.table}.{self.column}")
        bound = BOUND.get()
        if bound is not None:
            bound.add(value.key_id)
        return value.ciphertext

    def process_result_value(self, value: Any, dialect: Any) -> Any:
        return None if value is None else bytes(value)


class Vault:
    """Seals and opens with one 32-byte data key; sub-keys are separated by purpose (HKDF-SHA-256)."""

    def __init__(self, key: bytes, key_id: str) -> None:
        if len(key) != 32:
            raise ValueError("the data key has 32 bytes")
        self.key_id = key_id
        self._key = key
        self._fields = AESGCM(self.derive("fields"))

    def derive(self, purpose: str) -> bytes:
        """A 32-byte key for one purpose: fields, files, index."""
        return HKDF(hashes.SHA256(), 32, salt=None, info=f"jobbot/{purpose}".encode()).derive(self._key)

    def seal(self, value: str | bytes, context: Context) -> Sealed:
        data = value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value
        nonce = os.urandom(12)
        ciphertext = _VERSION + nonce + self._fields.encrypt(nonce, data, context.aad(self.key_id))
        return Sealed(ciphertext, context, self.key_id)

    def open(self, ciphertext: bytes, context: Context) -> bytes:
        """The plain bytes. Raises Failed for a wrong key, a tampered or a moved value."""
        try:
            return self._fields.decrypt(ciphertext[1:13], ciphertext[13:], context.aad(self.key_id))
        except (InvalidTag, ValueError):
            raise Failed(
                f"{context.table}.{context.column} of row {context.row} cannot be opened: wrong key or changed data; "
                "`jobbot doctor` tells which key home is in use"
            ) from None

    def seal_json(self, value: Any, context: Context) -> Sealed:
        return self.seal(json.dumps(value, ensure_ascii=False, separators=(",", ":")), context)

    def open_json(self, ciphertext: bytes, context: Context) -> Any:
        return json.loads(self.open(ciphertext, context))

    def open_text(self, ciphertext: bytes, context: Context) -> str:
        return self.open(ciphertext, context).decode("utf-8", "surrogatepass")
