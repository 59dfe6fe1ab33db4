"""Encrypted record copies: what was made, kept beside the plain files that are the user's to change or delete."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from jobbot.kernel.errors import Failed
from jobbot.platform.storage.artefacts import Artefacts
from jobbot.platform.storage.vault import Vault

_MAGIC = b"jbr1"
SUFFIX = ".sealed"


def _always(_key_id: str) -> None:
    """Any key will do."""


class Records:
    """A folder of sealed files. Format: `jbr1`, 12 bytes nonce, AES-256-GCM bound to the name and the key's id."""

    def __init__(self, folder: Path, vault: Vault, allow: Callable[[str], None] = _always) -> None:
        self._allow = allow
        self._files = Artefacts(folder)
        self._cipher = AESGCM(vault.derive("files"))
        self._key_id = vault.key_id

    def put(self, name: str, data: bytes) -> Path:
        """Seal `data` as `name` (one plain file name); whole or not at all. Raises Failed when the disk is full, and
        what `allow` raises, which is asked with the key's id first."""
        self._allow(self._key_id)
        nonce = os.urandom(12)
        return self._files.put(name + SUFFIX, _MAGIC + nonce + self._cipher.encrypt(nonce, data, self._aad(name)))

    def get(self, name: str) -> bytes:
        """Raises NotFound; Failed for a wrong key, a changed file or one that was renamed."""
        sealed = self._files.get(name + SUFFIX)
        try:
            if not sealed.startswith(_MAGIC):
                raise ValueError
            return self._cipher.decrypt(sealed[4:16], sealed[16:], self._aad(name))
        except (InvalidTag, ValueError):
            raise Failed(f"the record {name} cannot be opened: wrong key, changed or renamed file") from None

    def names(self) -> list[str]:
        """What is kept, by name."""
        folder = self._files.folder
        found = folder.glob(f"*{SUFFIX}") if folder.is_dir() else ()
        return sorted(path.name.removesuffix(SUFFIX) for path in found)

    def _aad(self, name: str) -> bytes:
        return "\x1f".join(("v1", "files", name, self._key_id)).encode()
