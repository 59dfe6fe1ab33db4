"""Every write and sync of this program below a folder, in order: SQLite's through its VFS, ours through `os`.

Not an eval itself. SQLite's library is the one that Python's own `sqlite3` uses, so it is the real `Database` that is
recorded: a VFS of ours becomes the default one, opens files by the one before it, and puts functions of ours in place
of write, truncate and sync of each file it opened.
"""

from __future__ import annotations

import ctypes
import os
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, c_char_p, c_int, c_int64, c_void_p
from pathlib import Path, PurePath
from typing import Any

from benchmarks.frame import Skipped

from evals.power_disk import Acknowledged, Event, Name, Sync, SyncFolder, Write

OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, POINTER(c_int))
DELETE = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
WRITE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
TRUNCATE = CFUNCTYPE(c_int, c_void_p, c_int64)
SYNC = CFUNCTYPE(c_int, c_void_p, c_int)
OPEN_FOLDER = CFUNCTYPE(c_int, c_char_p, POINTER(c_int))
SET_CALL = CFUNCTYPE(c_int, c_void_p, c_char_p, c_void_p)
GET_CALL = CFUNCTYPE(c_void_p, c_void_p, c_char_p)
_VFS_HEAD = (("version", c_int), ("file_size", c_int), ("longest", c_int), ("next", c_void_p), ("name", c_char_p))
_VFS_CALLS = (
    "data open delete access full dl_open dl_error dl_sym dl_close randomness sleep time error time64 "
    "set_call get_call next_call"
)
_METHODS = "close read write truncate sync size lock unlock reserved control sector traits map shm_lock barrier unmap"


class Vfs(ctypes.Structure):
    """`sqlite3_vfs`, version 3."""

    _fields_ = (*_VFS_HEAD, *((name, c_void_p) for name in _VFS_CALLS.split()))


class Methods(ctypes.Structure):
    """`sqlite3_io_methods`, version 3."""

    _fields_ = (("version", c_int), *((name, c_void_p) for name in f"{_METHODS} fetch unfetch".split()))


class Log:
    """Events below `root`, with paths relative to it. Files are numbered as they appear."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.events: list[Event] = []
        self.files: dict[PurePath, int] = {}
        self._count = 0

    def below(self, path: str | bytes | os.PathLike[str]) -> PurePath | None:
        place = Path(os.fsdecode(path)).absolute()
        return PurePath(place.relative_to(self.root)) if place.is_relative_to(self.root) else None

    def appear(self, path: PurePath) -> int:
        """A name that was not there before."""
        self._count += 1
        self.files[path] = self._count
        self.events.append(Name(path, self._count))
        return self._count

    def known(self, path: PurePath) -> int:
        """The number of a file that was there before; its name is not an event."""
        if path not in self.files:
            self._count += 1
            self.files[path] = self._count
        return self.files[path]

    def gone(self, path: PurePath) -> None:
        self.files.pop(path, None)
        self.events.append(Name(path, None))

    def acknowledge(self, number: int) -> None:
        self.events.append(Acknowledged(number))


def library() -> Any:
    """The SQLite that `sqlite3` uses. Raises Skipped where it is hidden inside Python or of another kind."""
    try:
        maps = Path("/proc/self/maps").read_text()
    except OSError:
        raise Skipped("which SQLite Python uses cannot be told here (no /proc/self/maps)") from None
    found = re.search(r"(/\S*libsqlite3\.so\S*)", maps)
    if not found:
        raise Skipped("this Python carries SQLite inside, where its files cannot be recorded")
    sqlite = ctypes.CDLL(found[1])
    sqlite.sqlite3_libversion.restype = c_char_p
    sqlite.sqlite3_vfs_find.restype = c_void_p
    sqlite.sqlite3_vfs_find.argtypes = [c_char_p]
    sqlite.sqlite3_vfs_register.argtypes = [c_void_p, c_int]
    sqlite.sqlite3_vfs_unregister.argtypes = [c_void_p]
    if sqlite.sqlite3_libversion().decode() != sqlite3.sqlite_version:
        raise Skipped("two SQLite libraries are loaded")
    return sqlite


class _Recorder:
    """A copy of the default VFS with functions of ours; SQLite keeps pointers to them, so they are kept here."""

    def __init__(self, sqlite: Any, log: Log) -> None:
        self.log = log
        self.before = sqlite.sqlite3_vfs_find(None)
        real = ctypes.cast(self.before, POINTER(Vfs)).contents
        self.vfs = Vfs.from_buffer_copy(real)
        self.vfs.name = b"recorder"
        self._open, self._delete = OPEN(real.open), DELETE(real.delete)
        self._set, self._get = SET_CALL(real.set_call), GET_CALL(real.get_call)
        self._folder = OPEN_FOLDER(self._get(self.before, b"openDirectory"))
        self._tables: dict[int, Methods] = {}
        self._kept: list[Any] = []
        self._files: dict[int, int] = {}
        self.vfs.open, self.vfs.delete = self._keep(OPEN(self.open)), self._keep(DELETE(self.delete))
        self._hook = OPEN_FOLDER(self.open_folder)

    def on(self, sqlite: Any) -> None:
        sqlite.sqlite3_vfs_register(ctypes.addressof(self.vfs), 1)
        self._set(self.before, b"openDirectory", ctypes.cast(self._hook, c_void_p))

    def off(self, sqlite: Any) -> None:
        self._set(self.before, b"openDirectory", None)
        sqlite.sqlite3_vfs_unregister(ctypes.addressof(self.vfs))
        sqlite.sqlite3_vfs_register(self.before, 1)

    def _keep(self, function: Any) -> int | None:
        self._kept.append(function)
        return ctypes.cast(function, c_void_p).value

    def open(self, vfs: Any, place: int | None, file: int, flags: int, out: Any) -> int:
        """`place` is handed on as it came: SQLite's files keep the pointer to their name."""
        name = ctypes.string_at(place) if place else None
        path = self.log.below(name) if name else None
        there = name is not None and Path(os.fsdecode(name)).exists()
        answer: int = self._open(vfs, place, file, flags, out)
        self._files.pop(file, None)
        if answer == 0 and path is not None:
            self._files[file] = self.log.known(path) if there else self.log.appear(path)
            slot = ctypes.cast(file, POINTER(c_void_p))
            slot[0] = ctypes.addressof(self._table(int(slot[0] or 0)))
        return answer

    def delete(self, vfs: Any, name: bytes, sync: int) -> int:
        path = self.log.below(name)
        if path is not None and Path(os.fsdecode(name)).exists():
            self.log.gone(path)
        return int(self._delete(vfs, name, sync))

    def open_folder(self, name: bytes, out: Any) -> int:
        """SQLite opens the folder of a file in order to sync it, at once."""
        path = self.log.below(name)
        if path is not None:
            self.log.events.append(SyncFolder(path.parent))
        return int(self._folder(name, out))

    def _table(self, address: int) -> Methods:
        if address not in self._tables:
            real = ctypes.cast(address, POINTER(Methods)).contents
            write, truncate, sync = WRITE(real.write), TRUNCATE(real.truncate), SYNC(real.sync)
            made = Methods.from_buffer_copy(real)

            def on_write(file: int, data: int, size: int, offset: int) -> int:
                self.log.events.append(Write(self._files[file], offset, ctypes.string_at(data, size)))
                return int(write(file, data, size, offset))

            def on_truncate(file: int, size: int) -> int:
                self.log.events.append(Write(self._files[file], size, None))
                return int(truncate(file, size))

            def on_sync(file: int, flags: int) -> int:
                answer = int(sync(file, flags))
                self.log.events.append(Sync(self._files[file]))
                return answer

            made.write = self._keep(WRITE(on_write))
            made.truncate, made.sync = self._keep(TRUNCATE(on_truncate)), self._keep(SYNC(on_sync))
            self._tables[address] = made
        return self._tables[address]


_ALIVE: list[_Recorder] = []
"""A connection that somebody forgot to close still points into them."""


@contextmanager
def recorded(root: Path) -> Iterator[Log]:
    """Everything that happens below `root` inside the block. Raises Skipped."""
    sqlite, log = library(), Log(root.absolute())
    recorder = _Recorder(sqlite, log)
    _ALIVE.append(recorder)
    recorder.on(sqlite)
    try:
        with _python(log):
            yield log
    finally:
        recorder.off(sqlite)


@contextmanager
def _python(log: Log) -> Iterator[None]:
    """The calls of `os` by which our own code writes; a file's content is taken when it is synced."""
    names = ("open", "fsync", "replace", "rename", "link", "unlink", "remove", "mkdir")
    real: dict[str, Callable[..., Any]] = {name: getattr(os, name) for name in names}
    calls = _Calls(log, real)
    for name in names:
        setattr(os, name, getattr(calls, {"rename": "replace", "remove": "unlink"}.get(name, name)))
    try:
        yield
    finally:
        for name, function in real.items():
            setattr(os, name, function)


class _Calls:
    """What stands in for the functions of `os`."""

    def __init__(self, log: Log, real: Mapping[str, Callable[..., Any]]) -> None:
        self._log = log
        self._real = real

    def open(self, path: Any, flags: int, *rest: Any, **more: Any) -> int:
        place = self._log.below(path) if isinstance(path, str | bytes | os.PathLike) else None
        there = place is None or Path(os.fsdecode(path)).exists()
        descriptor: int = self._real["open"](path, flags, *rest, **more)
        if place is not None and not there:
            self._log.appear(place)
        return descriptor

    def fsync(self, descriptor: int) -> None:
        self._real["fsync"](descriptor)
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        place = self._log.below(path)
        if place is None:
            return
        if path.is_dir():
            self._log.events.append(SyncFolder(place))
            return
        file = self._log.known(place)
        self._log.events += [Write(file, 0, None), Write(file, 0, path.read_bytes()), Sync(file)]

    def replace(self, source: Any, target: Any, **more: Any) -> None:
        self._real["replace"](source, target, **more)
        before, after = self._log.below(source), self._log.below(target)
        if before is not None and after is not None:
            file = self._log.known(before)
            self._log.files.pop(before)
            self._log.files[after] = file
            self._log.events += [Name(after, file), Name(before, None)]

    def link(self, source: Any, target: Any, **more: Any) -> None:
        self._real["link"](source, target, **more)
        before, after = self._log.below(source), self._log.below(target)
        if before is not None and after is not None:
            self._log.files[after] = self._log.known(before)
            self._log.events.append(Name(after, self._log.files[after]))

    def unlink(self, path: Any, **more: Any) -> None:
        self._real["unlink"](path, **more)
        place = self._log.below(path)
        if place is not None:
            self._log.gone(place)

    def mkdir(self, path: Any, *rest: Any, **more: Any) -> None:
        self._real["mkdir"](path, *rest, **more)
        place = self._log.below(path)
        if place is not None:
            self._log.events.append(Name(place, 0))
