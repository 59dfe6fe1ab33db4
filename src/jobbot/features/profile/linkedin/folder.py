"""An archive that was unpacked already (some browsers do): its folder, or one of its files, packed again in memory.

What it holds is then read like any other archive, in the limited process.
"""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

from jobbot.features.profile.linkedin.sheets import SHEETS, sheet_of

MAX_FILE = 8 * 1024 * 1024
MAX_LOOKED_AT = 5000


def is_sheet(name: str) -> bool:
    """Whether a file's name is that of a sheet: `Positions.csv`, `Email Addresses (1).csv`."""
    stem, _, suffix = name.rpartition(".")
    return suffix.casefold() == "csv" and bool(sheet_of(stem))


def of_folder(folder: Path) -> bytes | None:
    """The sheets that lie in a folder or one below it; None when there is none. Links are not followed."""
    found: dict[str, bytes] = {}
    for path in sorted([*folder.glob("*.[cC][sS][vV]"), *folder.glob("*/*.[cC][sS][vV]")])[:MAX_LOOKED_AT]:
        status = path.lstat()
        plain = stat.S_ISREG(status.st_mode) and status.st_size <= MAX_FILE
        if plain and is_sheet(path.name) and len(found) < 3 * len(SHEETS):
            found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return packed(found) if found else None


def packed(files: dict[str, bytes]) -> bytes:
    """A ZIP of the files as they are."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()
