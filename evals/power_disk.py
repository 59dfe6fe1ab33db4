"""What a disk may hold after the power went: all that was synced, and of the rest what is worst. Not an eval itself.

A file keeps what was written before its last sync; of later writes any subset may be there, the last of them torn at a
sector. A name is kept once its folder was synced; of later changes of a folder a beginning is there. Pure.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import NamedTuple

SECTORS = (512, 4096)
WORSTS = ("nothing", "beginning", "some", "torn", "everything")
"""What is left of the writes that were not synced."""


class Write(NamedTuple):
    """`data` at `offset`; data of None cuts the file there."""

    file: int
    offset: int
    data: bytes | None


class Sync(NamedTuple):
    """The file is on the disk as it is now."""

    file: int


class Name(NamedTuple):
    """A name of a folder stands for a file from now on, `file` None: for none any more, 0: for a folder."""

    path: PurePath
    file: int | None


class SyncFolder(NamedTuple):
    path: PurePath


class Acknowledged(NamedTuple):
    """The program was told that its write is kept."""

    number: int


Event = Write | Sync | Name | SyncFolder | Acknowledged


@dataclass
class File:
    kept: bytearray = field(default_factory=bytearray)
    pending: list[Write] = field(default_factory=list)


@dataclass
class Image:
    """Files by path, folders, and whether anything that was written is missing."""

    files: dict[PurePath, bytes]
    folders: set[PurePath]
    dropped: bool

    def write(self, target: Path) -> None:
        """Put it under `target`, which is empty."""
        for folder in sorted(self.folders):
            (target / folder).mkdir(mode=0o700, parents=True, exist_ok=True)
        for path, data in self.files.items():
            (target / path).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            (target / path).write_bytes(data)
            (target / path).chmod(0o600)


class Disk:
    """Takes events in their order. `deaf` are names of files whose syncs it ignores, for a control."""

    def __init__(self, deaf: Iterable[str] = ()) -> None:
        self.files: dict[int, File] = {}
        self.names: dict[PurePath, int] = {}
        self.changes: dict[PurePath, list[Name]] = {}
        self._deaf = frozenset(deaf)
        self._called: dict[int, str] = {}

    def take(self, event: Event) -> None:
        if isinstance(event, Write):
            self.files.setdefault(event.file, File()).pending.append(event)
        elif isinstance(event, Sync):
            if self._called.get(event.file) not in self._deaf:
                self._sync(self.files.setdefault(event.file, File()))
        elif isinstance(event, Name):
            self.changes.setdefault(event.path.parent, []).append(event)
            if event.file:
                self._called[event.file] = event.path.name
        elif isinstance(event, SyncFolder):
            for change in self.changes.pop(event.path, []):
                _rename(self.names, change)

    def holds(self, path: PurePath, file: int, data: bytes) -> None:
        """It was there, whole, before anything happened."""
        self.names[path] = file
        if file:
            self._called[file] = path.name
            self.files[file] = File(bytearray(data))

    @property
    def unsynced(self) -> bool:
        return any(file.pending for file in self.files.values()) or bool(self.changes)

    def image(self, worst: str, dice: random.Random) -> Image:
        """One state that the disk may be in now."""
        names, dropped = dict(self.names), False
        for changes in self.changes.values():
            left = changes[: _share(worst, len(changes), dice)]
            dropped |= len(left) < len(changes)
            for change in left:
                _rename(names, change)
        folders = {path for path, file in names.items() if file == 0}
        files = {}
        for path, number in names.items():
            if number and all(above in folders for above in list(path.parents)[:-1]):
                file = self.files.setdefault(number, File())
                left_writes = _left(file.pending, worst, dice)
                dropped |= left_writes != file.pending
                files[path] = _applied(file.kept, left_writes)
        return Image(files, folders, dropped)

    @staticmethod
    def _sync(file: File) -> None:
        file.kept = bytearray(_applied(file.kept, file.pending))
        file.pending.clear()


def _rename(names: dict[PurePath, int], change: Name) -> None:
    if change.file is None:
        names.pop(change.path, None)
    else:
        names[change.path] = change.file


def _share(worst: str, count: int, dice: random.Random) -> int:
    return {"nothing": 0, "everything": count}.get(worst, dice.randint(0, count))


def _left(pending: list[Write], worst: str, dice: random.Random) -> list[Write]:
    """Which writes are there; those that cut a file are kept or not like any other."""
    if worst in ("nothing", "everything", "beginning"):
        return pending[: _share(worst, len(pending), dice)]
    left = [write for write in pending if dice.random() < 0.5]
    if worst == "torn" and pending:
        whole = dice.choice(pending)
        left = [_torn(write, dice) if write is whole else write for write in pending if write in left or write is whole]
    return left


def _torn(write: Write, dice: random.Random) -> Write:
    """Some sectors of it, from the front or from the back."""
    if write.data is None or len(write.data) < 2:
        return write
    sector = dice.choice(SECTORS)
    sectors = -(-len(write.data) // sector)
    cut = min(dice.randint(0, sectors) * sector, len(write.data))
    if dice.random() < 0.5:
        return write._replace(data=write.data[:cut])
    return Write(write.file, write.offset + cut, write.data[cut:])


def _applied(kept: bytes | bytearray, writes: Iterable[Write]) -> bytes:
    """What was never written between two writes is zeros."""
    made = bytearray(kept)
    for _, offset, data in writes:
        if data is None:
            del made[offset:]
            made.extend(bytes(max(0, offset - len(made))))
        elif data:
            made.extend(bytes(max(0, offset - len(made))))
            made[offset : offset + len(data)] = data
    return bytes(made)
