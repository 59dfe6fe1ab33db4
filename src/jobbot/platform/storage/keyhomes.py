"""Where the key-encryption key (KEK) lives. Never in the data directory, never in a backup.

The order of the contract: JOBBOT_KEK_FILE, JOBBOT_PASSPHRASE_FILE (Argon2id), a real keyring of the operating system,
a 0600 key file per installation in the user's configuration directory.
"""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from jobbot.kernel.errors import Failed, InvalidInput
from jobbot.kernel.private import private_folder, sync_folder
from jobbot.platform.storage.artefacts import overwrite, write_whole
from jobbot.platform.storage.failures import disk
from jobbot.platform.storage.health import exposed

KEY_BYTES = 32
MADE_FILE = "key-file"
"""Kind of a key file that jobbot made by itself."""
ARGON2 = {"m": 64 * 1024, "t": 3, "p": 1}
"""Argon2id: memory in KiB, passes, lanes. Stored beside the salt, so that they can be raised later."""
_ARGON2_LIMITS = {"m": 1024 * 1024, "t": 32, "p": 16}
_REAL_KEYRINGS = ("macOS", "SecretService", "Windows", "kwallet", "libsecret")
_MIN_PASSPHRASE = 8


class KeyHome(Protocol):
    """One place for the KEK: `kind` is stored, `place` is shown to people."""

    @property
    def kind(self) -> str: ...

    @property
    def place(self) -> str: ...

    def read(self) -> bytes | None:
        """The 32 bytes, None where there is no key yet. Raises InvalidInput or Failed for one that cannot be used."""

    def create(self) -> bytes:
        """Make a key and keep it; never replaces one. Raises Failed."""

    def parameters(self) -> dict[str, Any]:
        """What must be stored in the database to read the key again (no secret)."""

    def destroy(self) -> str | None:
        """Take away a key that jobbot made and keeps here; safe to repeat. The reason where it stays. Raises Failed."""


@dataclass(frozen=True)
class FileHome:
    """A file that holds 32 bytes: raw, as base64 or as hexadecimal digits."""

    path: Path
    kind: str = "file"

    @property
    def place(self) -> str:
        return f"key file {self.path}"

    def read(self) -> bytes | None:
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise disk(error, self.path) from None
        _refuse_exposed(self.path)
        key = _decode(data)
        if key is None:
            raise InvalidInput(f"{self.path} holds no key: 32 bytes, as base64 or 64 hexadecimal digits, are expected")
        return key

    def create(self) -> bytes:
        key = secrets.token_bytes(KEY_BYTES)
        try:
            private_folder(self.path.parent)
            write_whole(self.path, base64.b64encode(key) + b"\n", replace=False)
        except OSError as error:
            raise disk(error, self.path) from None
        return key

    def parameters(self) -> dict[str, Any]:
        return {}

    def destroy(self) -> str | None:
        """A file that a setting names stays: it may open other things."""
        if self.kind != MADE_FILE:
            return "you named this file in a setting; it opens nothing of the erased data any more"
        try:
            if self.path.exists():
                overwrite(self.path)
                self.path.unlink()
                sync_folder(self.path.parent)
        except OSError as error:
            raise disk(error, self.path) from None
        return None


@dataclass(frozen=True)
class PassphraseHome:
    """A passphrase in a file; the key is Argon2id of it with the stored salt and cost."""

    path: Path
    kdf: dict[str, Any] = field(default_factory=dict)
    kind: str = "passphrase"

    @property
    def place(self) -> str:
        return f"passphrase file {self.path}"

    def read(self) -> bytes | None:
        return self._derive(self.kdf) if self.kdf else None

    def create(self) -> bytes:
        self.kdf.update(ARGON2, salt=secrets.token_hex(16))
        return self._derive(self.kdf)

    def parameters(self) -> dict[str, Any]:
        return dict(self.kdf)

    def destroy(self) -> str | None:
        """The key is nowhere; the salt went with its row."""
        return "the passphrase is yours; without the salt, which is gone, it gives no key"

    def _derive(self, kdf: dict[str, Any]) -> bytes:
        from argon2.low_level import Type, hash_secret_raw

        cost = {name: int(kdf[name]) for name in ARGON2}
        if any(not 1 <= cost[name] <= limit for name, limit in _ARGON2_LIMITS.items()):
            raise Failed("the stored cost of the passphrase is out of bounds: the database was changed by others")
        salt = bytes.fromhex(kdf["salt"])
        return hash_secret_raw(self._passphrase(), salt, cost["t"], cost["m"], cost["p"], KEY_BYTES, Type.ID)

    def _passphrase(self) -> bytes:
        try:
            text = self.path.read_text("utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "not UTF-8 text"
            raise InvalidInput(f"the passphrase file {self.path} cannot be read ({reason})") from None
        _refuse_exposed(self.path)
        if len(text) < _MIN_PASSPHRASE:
            raise InvalidInput(f"the passphrase in {self.path} has fewer than {_MIN_PASSPHRASE} characters")
        return text.encode()


class Backend(Protocol):
    """The part of a `keyring` backend that is used."""

    def get_password(self, service: str, username: str) -> str | None: ...
    def set_password(self, service: str, username: str, password: str) -> None: ...
    def delete_password(self, service: str, username: str) -> None: ...


@dataclass(frozen=True)
class KeyringHome:
    """An entry of the operating system's keyring."""

    backend: Backend
    name: str
    kind: str = "keyring"

    @property
    def place(self) -> str:
        return f"keyring of the operating system, entry jobbot/{self.name}"

    def read(self) -> bytes | None:
        try:
            value = self.backend.get_password("jobbot", self.name)
        except Exception as error:  # backends raise what their platform raises
            raise Failed(
                f"the {self.place} cannot be opened ({type(error).__name__}); unlock it and try again"
            ) from None
        return _decode(value.encode()) if value else None

    def create(self) -> bytes:
        key = secrets.token_bytes(KEY_BYTES)
        try:
            self.backend.set_password("jobbot", self.name, base64.b64encode(key).decode())
        except Exception as error:
            raise Failed(f"the {self.place} does not take a key ({type(error).__name__})") from None
        if self.read() != key:
            raise Failed(f"the {self.place} does not give back what it was given")
        return key

    def parameters(self) -> dict[str, Any]:
        return {}

    def destroy(self) -> str | None:
        try:
            if self.backend.get_password("jobbot", self.name) is not None:
                self.backend.delete_password("jobbot", self.name)
        except Exception as error:
            raise Failed(
                f"the {self.place} cannot be removed ({type(error).__name__}); unlock it and try again"
            ) from None
        return None


def real_keyring(candidate: Any = None) -> Backend | None:
    """The operating system's own keyring, None where there is none: never a plaintext, null or failing backend.

    `candidate`: a backend to judge, by default the one `keyring` would use.
    """
    if candidate is None:
        import keyring

        candidate = keyring.get_keyring()
    for backend in _unchained(candidate):
        module = type(backend).__module__
        if module.startswith("keyring.backends.") and module.rpartition(".")[2] in _REAL_KEYRINGS:
            found: Backend = backend
            return found
    return None


def default_folder() -> Path:
    """Where key files go. A folder of its own, because on macOS and Windows the configuration directory of `jobbot`
    is also its data directory."""
    import platformdirs

    return Path(platformdirs.user_config_dir("jobbot-keys", appauthor=False))


def outside(path: Path, home: Path) -> Path:
    """`path`, absolute. Raises InvalidInput inside the data directory: a thief would find key and data together."""
    absolute = path.expanduser().absolute()
    if absolute.resolve().is_relative_to(home.resolve()):
        raise InvalidInput(f"the key must not live in the data directory it protects: move {absolute} out of {home}")
    return absolute


def _unchained(backend: Any) -> Iterator[Any]:
    if type(backend).__module__ == "keyring.backends.chainer":
        yield from backend.backends
    else:
        yield backend


def _refuse_exposed(path: Path) -> None:
    if exposed(path):
        raise InvalidInput(f"others can read {path}, and it guards your data: chmod 600 {path}")


def _decode(data: bytes) -> bytes | None:
    if len(data) == KEY_BYTES:
        return data
    text = data.strip()
    try:
        key = (
            bytes.fromhex(text.decode("ascii")) if len(text) == 2 * KEY_BYTES else base64.b64decode(text, validate=True)
        )
    except (ValueError, binascii.Error):
        return None
    return key if len(key) == KEY_BYTES else None


def installation_id() -> str:
    """A random name for a database, 16 hexadecimal digits."""
    return os.urandom(8).hex()
