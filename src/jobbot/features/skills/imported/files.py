"""Opens what the person points at: file or folder, plain, .xz or .zip; within limits, nothing is unpacked to disk."""

from __future__ import annotations

import lzma
import os
import stat
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from jobbot.kernel.errors import InvalidInput, NotFound, Problem

MAX_FILE = 96 * 2**20
MAX_TOTAL = 384 * 2**20
MAX_FILES = 400
MAX_DEPTH = 4
XZ_MEMORY = 128 * 2**20
_CHUNK = 2**20
_KINDS = (".csv", ".tsv", ".txt", ".json")
_XZ, _ZIP = b"\xfd7zXZ\x00", b"PK\x03\x04"


class Part(NamedTuple):
    """One table's bytes under the name a person knows it by (`esco.zip/skills_en.csv`)."""

    name: str
    data: bytes


class Budget:
    """What is left of `MAX_TOTAL` unpacked bytes and `MAX_FILES` files in one import."""

    def __init__(self, total: int = MAX_TOTAL, file: int = MAX_FILE) -> None:
        self._left, self._file, self._files = total, file, MAX_FILES

    def one_more(self, name: str) -> None:
        self._files -= 1
        if self._files < 0:
            raise _wrong(name, f"more than {MAX_FILES} files", "point at the folder of the taxonomy alone")

    def take(self, name: str, size: int, so_far: int) -> None:
        """Count `size` more bytes of a file that had `so_far`. Raises InvalidInput past a limit."""
        self._left -= size
        if so_far + size > self._file or self._left < 0:
            fits = f"{self._file // 2**20} MB a file and {MAX_TOTAL // 2**20} MB together are the limit"
            raise _wrong(name, "unpacks to more than a taxonomy has", fits)


def parts(path: Path, budget: Budget | None = None) -> Iterator[Part]:
    """Every table of a file or folder, by name. Raises NotFound, or InvalidInput naming what is wrong and where."""
    limits = budget or Budget()
    try:
        if path.is_dir():
            for inner in _walk(path):
                limits.one_more(inner.name)
                yield from of_bytes(inner.relative_to(path).as_posix(), _read(inner, limits), limits, counted=True)
        else:
            yield from of_bytes(path.name, _read(path, limits), limits, counted=True)
    except FileNotFoundError:
        raise NotFound(f"there is no {path}; give the file or folder of the taxonomy") from None
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error.strerror or error}") from None


def of_bytes(name: str, data: bytes, budget: Budget | None = None, *, counted: bool = False) -> Iterator[Part]:
    """The tables in one file's bytes: itself, what an .xz holds, or every table of a .zip."""
    limits = budget or Budget()
    if not counted:
        limits.take(name, len(data), 0)
    if data.startswith(_ZIP):
        yield from _zipped(name, data, limits)
    elif data.startswith(_XZ):
        yield Part(name.removesuffix(".xz"), _unxz(name, data, limits))
    else:
        yield Part(name, data)


def _walk(folder: Path) -> Iterator[Path]:
    """Tables below a folder in the order of their names; links are not followed."""
    found: list[Path] = []
    for above, folders, names in os.walk(folder, followlinks=False):
        depth = len(Path(above).relative_to(folder).parts)
        folders[:] = sorted(f for f in folders if not f.startswith(".")) if depth < MAX_DEPTH else []
        found += [Path(above) / name for name in sorted(names) if _table(name)]
    return iter(path for path in sorted(found) if not path.is_symlink())


def _table(name: str) -> bool:
    low = name.lower()
    return not low.startswith(".") and low.removesuffix(".xz").endswith((*_KINDS, ".zip"))


def _read(path: Path, limits: Budget) -> bytes:
    with path.open("rb") as file:
        about = os.fstat(file.fileno())
        if not stat.S_ISREG(about.st_mode):
            raise _wrong(path.name, "is no file", "give the file or folder of the taxonomy")
        limits.take(path.name, about.st_size, 0)
        return file.read(about.st_size + 1)


def _unxz(name: str, data: bytes, limits: Budget) -> bytes:
    """Unpack within the limits. Raises InvalidInput for a damaged or cut file."""
    found = BytesIO()
    rest = data
    try:
        while rest:
            reader = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=XZ_MEMORY)
            step = rest
            while not reader.eof:
                out = reader.decompress(step, _CHUNK)
                limits.take(name, len(out), found.tell())
                found.write(out)
                if not out and reader.needs_input and not reader.eof:
                    raise EOFError
                step = b""
            rest = reader.unused_data.lstrip(b"\0")
    except EOFError:
        raise _wrong(name, "the .xz file ends too early", "fetch it again: it was cut", _lines(found)) from None
    except lzma.LZMAError as error:
        raise _wrong(name, f"the .xz file is damaged ({error})", "fetch it again", _lines(found)) from None
    return found.getvalue()


def _lines(found: BytesIO) -> int:
    return found.getvalue().count(b"\n") + 1


def _zipped(name: str, data: bytes, limits: Budget) -> Iterator[Part]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for info in sorted(archive.infolist(), key=lambda info: info.filename):
                if info.is_dir() or not _table(PurePosixPath(info.filename).name):
                    continue
                limits.one_more(name)
                yield from _member(archive, info, f"{name}/{info.filename}", limits)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, RuntimeError) as error:
        raise _wrong(name, f"the .zip file cannot be read ({error})", "fetch it again, without a password") from None
    except Exception as error:  # zlib.error and its like from damaged members
        if isinstance(error, InvalidInput):
            raise
        raise _wrong(name, f"the .zip file is damaged ({type(error).__name__})", "fetch it again") from None


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, shown: str, limits: Budget) -> Iterator[Part]:
    """One table of a .zip. A name that climbs out of it is refused, although nothing is written."""
    place = PurePosixPath(info.filename.replace("\\", "/"))
    if place.is_absolute() or ".." in place.parts or ":" in place.parts[0]:
        raise _wrong(shown, "a name that leads out of the archive", "pack the taxonomy's own files")
    if place.suffix.lower() == ".zip":
        return
    found = BytesIO()
    with archive.open(info) as file:
        while chunk := file.read(_CHUNK):
            limits.take(shown, len(chunk), found.tell())
            found.write(chunk)
    inside = found.getvalue()
    if inside.startswith(_XZ):
        inside = _unxz(shown, inside, limits)
    yield Part(shown.removesuffix(".xz"), inside)


def _wrong(name: str, problem: str, fix: str, line: int | None = None) -> InvalidInput:
    found = Problem(problem, fix, name, line)
    return InvalidInput(str(found), errors=[found])
