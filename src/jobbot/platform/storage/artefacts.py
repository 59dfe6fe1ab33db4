"""Files of the data directory: 0600, written whole or not at all."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from jobbot.kernel.errors import NotFound
from jobbot.kernel.private import private_folder, sync_folder
from jobbot.platform.storage.failures import disk


class Artefacts:
    """A folder (0700) of files (0600); a write is temp file -> fsync -> rename -> fsync of the folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, name: str, data: bytes) -> Path:
        """Write `data` as `name` (one plain file name); an existing file is replaced at once or not at all.

        Raises Failed when the disk is full or refuses.
        """
        target = self._place(name)
        try:
            private_folder(self.folder)
            write_whole(target, data)
        except OSError as error:
            raise disk(error, target) from None
        return target

    def get(self, name: str) -> bytes:
        """Raises NotFound, or Failed when the disk refuses."""
        target = self._place(name)
        try:
            return target.read_bytes()
        except FileNotFoundError:
            raise NotFound(f"{target} is not there") from None
        except OSError as error:
            raise disk(error, target) from None

    def _place(self, name: str) -> Path:
        if not name or name in (".", "..") or Path(name).name != name or "\\" in name:
            raise ValueError(f"{name!r} is not a plain file name")
        return self.folder / name


def write_whole(target: Path, data: bytes, *, replace: bool = True) -> None:
    """Temp file (0600) -> fsync -> rename -> fsync of the folder. Raises FileExistsError unless `replace`, OSError."""
    temporary = target.parent / f".{secrets.token_hex(8)}.tmp"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)  # without it Windows changes newlines
    descriptor = os.open(temporary, flags, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            temporary.replace(target)
        else:
            _rename_new(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def _rename_new(temporary: Path, target: Path) -> None:
    try:
        os.link(temporary, target)  # fails where the target exists, which a rename does not
    except FileExistsError:
        raise
    except OSError:  # no hard links on this file system
        if target.exists():
            raise FileExistsError(f"{target} exists") from None
        temporary.replace(target)
    temporary.unlink(missing_ok=True)


def overwrite(path: Path) -> None:
    """Zeros over a small file, before it is unlinked; a disk that writes elsewhere keeps the old bytes all the same."""
    with path.open("rb+") as file:
        file.write(bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())


def sync_file(path: Path) -> None:
    """Make what was written to `path` durable."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
