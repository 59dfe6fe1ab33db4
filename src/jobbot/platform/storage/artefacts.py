"""Files of the data directory: 0600, written whole or not at all."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


class Artefacts:
    """A folder (0700) of files (0600); a write is temp file -> fsync -> rename -> fsync of the folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, name: str, data: bytes) -> Path:
        """Write `data` as `name` (one plain file name); an existing file is replaced at once or not at all."""
        target = self._place(name)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary = self.folder / f".{secrets.token_hex(8)}.tmp"
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        sync_folder(self.folder)
        return target

    def get(self, name: str) -> bytes:
        return self._place(name).read_bytes()

    def _place(self, name: str) -> Path:
        if not name or name in (".", "..") or Path(name).name != name or "\\" in name:
            raise ValueError(f"{name!r} is not a plain file name")
        return self.folder / name


def sync_folder(folder: Path) -> None:
    """Make a rename durable; Windows has no handle for a folder."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
