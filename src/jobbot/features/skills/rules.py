"""Which rules a reading was made with: what another version read is read again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

RULED = (".txt", ".py")
LENGTH = 16


@cache
def version() -> str:
    """Of this installation."""
    return digest(files("jobbot.features.skills"))


def digest(folder: Traversable) -> str:
    """Sixteen hex digits of the core's files, the phrases and the modules that read: any change of them counts."""
    total = hashlib.sha256()
    for name, body in sorted(_files(folder)):
        total.update(name.encode() + b"\0" + body)
    return total.hexdigest()[:LENGTH]


def _files(folder: Traversable) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _files(entry)
        elif entry.name.endswith(RULED):
            yield entry.name, entry.read_bytes()
