"""The archive (ZIP) that LinkedIn hands out -> tables. Runs in the limited process only.

Nothing is written to disk; of all entries only the sheets of the allow-list are opened, by their last name, in whatever
folder they lie. Messages, invitations, connections and what else is about other people stay closed.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
from typing import Any, NamedTuple

from jobbot.features.profile.linkedin import table
from jobbot.features.profile.linkedin.sheets import NO_PLACE, SHEETS, sheet_of, spelling
from jobbot.features.profile.reading.pdf import Unreadable

MAX_ENTRIES = 5000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 100
SLACK = 1_000_000
"""Bytes of an entry that count for no ratio: a small text of blanks is no bomb."""
MAX_SHEET = 8 * 1024 * 1024
_SHOWN = 12


class _Found(NamedTuple):
    """An entry by its names: the whole path, the last part, and the sheet it is (or "")."""

    info: zipfile.ZipInfo
    path: str
    base: str
    sheet: str


def read(data: bytes) -> dict[str, Any]:
    """`{"tables": [...], "notes": [...]}`. Raises Unreadable with one of locked, unsafe, bomb, large, broken-zip,
    nested, foreign, headers."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            _bounded(infos, len(data))
            return _sheets(archive, _checked(infos))
    except (Unreadable, MemoryError):
        raise
    except Exception:  # whatever the library stumbles over, the file is broken
        raise Unreadable("broken-zip") from None


def _bounded(infos: list[zipfile.ZipInfo], size: int) -> None:
    """Sizes as the archive states them; reading stops at the stated size, so that a lie helps nobody."""
    tight = any(info.file_size > MAX_RATIO * max(info.compress_size, 1) + SLACK for info in infos)
    if tight or sum(info.compress_size for info in infos) > size:
        raise Unreadable("bomb")
    if len(infos) > MAX_ENTRIES or sum(info.file_size for info in infos) > MAX_UNPACKED:
        raise Unreadable("large")


def _checked(infos: list[zipfile.ZipInfo]) -> list[_Found]:
    """The files of the archive. An entry that no honest export holds condemns all of it."""
    seen: set[str] = set()
    found = []
    for info in infos:
        path = info.orig_filename.replace("\\", "/")
        if info.flag_bits & 0x1:
            raise Unreadable("locked")
        if why := _unsafe(info, path) or ("two entries of the same name" if path in seen else ""):
            raise Unreadable("unsafe", f"{why}: {path[:80]!r}")
        seen.add(path)
        if not path.endswith("/"):
            base = path.rpartition("/")[2]
            stem, _, suffix = base.rpartition(".")
            found.append(_Found(info, path, base, sheet_of(stem) if suffix.casefold() == "csv" else ""))
    return found


def _unsafe(info: zipfile.ZipInfo, path: str) -> str:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "a link or a device"
    if path.startswith("/") or re.match(r"[A-Za-z]:", path):
        return "an absolute path"
    if ".." in path.split("/"):
        return "a path that leads out of the archive"
    if "\x00" in path:
        return "a name with a NUL in it"
    return ""


def _sheets(archive: zipfile.ZipFile, files: list[_Found]) -> dict[str, Any]:
    chosen: dict[str, _Found] = {}
    notes: list[str] = []
    foreign: list[str] = []
    for file in sorted(files, key=lambda file: (file.path.count("/"), len(file.base), file.path)):
        if file.sheet in chosen:
            notes.append(f"{file.path[:120]} was not read: {chosen[file.sheet].path[:120]} is the same sheet")
        elif file.sheet:
            chosen[file.sheet] = file
    if not chosen:
        raise _nothing(files)
    tables = []
    for sheet in SHEETS:
        if sheet in chosen:
            text, more = _text(archive, chosen[sheet])
            notes += more
            try:
                tables.append(table.read(sheet, chosen[sheet].base, text).as_dict())
            except table.ForeignHeader as other:
                foreign.append(f"{chosen[sheet].base} has {', '.join(other.header)}")
    if foreign:
        raise Unreadable("headers", "; ".join(foreign))
    return {"tables": tables, "notes": [*notes, *_closed(files, chosen)]}


def _nothing(files: list[_Found]) -> Unreadable:
    names = [file.path[:60] for file in files]
    if names and all(name.casefold().endswith(".zip") for name in names):
        return Unreadable("nested", ", ".join(names[:3]))
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return Unreadable("foreign", (", ".join(names[:_SHOWN]) or "nothing") + more)


def _closed(files: list[_Found], chosen: dict[str, _Found]) -> list[str]:
    """What is in the archive and was left alone, in two sentences."""
    stems = {spelling(file.base.rpartition(".")[0]): file.base for file in files if not file.sheet}
    placeless = sorted(stems[name] for name in stems.keys() & NO_PLACE)
    notes = []
    if placeless:
        notes.append(f"{', '.join(placeless)}: not read, a JSON Resume has no section for it")
    rest = sum(not file.sheet for file in files) - len(placeless)
    if rest:
        notes.append(
            f"{rest} other {'file was' if rest == 1 else 'files were'} not opened (messages, connections, ...)"
        )
    return notes


def _text(archive: zipfile.ZipFile, file: _Found) -> tuple[str, list[str]]:
    """UTF-8, UTF-16 with its mark, else Windows-1252, which is said."""
    with archive.open(file.info) as stream:
        data = stream.read(MAX_SHEET + 1)
    if len(data) > MAX_SHEET:
        raise Unreadable("large")
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding).lstrip("\ufeff"), []
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), [f"{file.base} is not UTF-8; it was read as Windows-1252"]
