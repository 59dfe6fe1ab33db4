"""What can be said about the ground we stand on: SQLite's version, the file system, file modes, free space."""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path
from typing import NamedTuple

WAL_RESET_FIXED = (3, 51, 3)
"""First SQLite without the defect by which two connections that checkpoint at once can damage a WAL database."""

_NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ncpfs", "fuse.sshfs", "fuse.s3fs", "fuse.rclone"})


class Verdict(NamedTuple):
    ok: bool
    detail: str


def sqlite_verdict(version: tuple[int, int, int] | None = None) -> Verdict:
    """What the SQLite in use means for the data. A version with the WAL defect is safe here because of the lock.

    >>> sqlite_verdict((3, 51, 3)).detail
    '3.51.3'
    """
    found = version or sqlite3.sqlite_version_info
    name = ".".join(str(part) for part in found)
    if found >= WAL_RESET_FIXED:
        return Verdict(True, name)
    return Verdict(
        True,
        f"{name} has the WAL-reset defect (fixed in 3.51.3); it needs two writers at once, and jobbot's write lock "
        "allows one. Do not let other programs write to the file",
    )


def network_filesystem(folder: Path, mounts: Path = Path("/proc/self/mountinfo")) -> str:
    """The kind of network file system `folder` is on, "" for a local one or where it cannot be told."""
    try:
        lines = mounts.read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    best, kind = -1, ""
    for line in lines:
        left, _, right = line.partition(" - ")
        fields, where = left.split(" "), right.split(" ")
        if len(fields) < 5:
            continue
        point = fields[4].replace("\\040", " ")
        if folder.absolute().is_relative_to(point) and len(point) >= best:
            best, kind = len(point), where[0]
    return kind if kind in _NETWORK else ""


def exposed(path: Path) -> bool:
    """True when group or others may read or write `path`; False on Windows, where modes say nothing."""
    return os.name != "nt" and bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


def open_to_others(home: Path) -> list[Path]:
    """The directory and those of its files that others may read; logs and built models included."""
    if os.name == "nt" or not home.is_dir():
        return []
    found = [home] if exposed(home) else []
    for root, folders, files in os.walk(home):
        for name in (*folders, *files):
            path = Path(root) / name
            if not path.is_symlink() and path.exists() and exposed(path):
                found.append(path)
    return found
