"""Folders and files that are their owner's alone, whatever the umask of the process."""

from __future__ import annotations

import os
from pathlib import Path


def private_folder(folder: Path) -> None:
    """Make a folder and those above it that are missing, each 0700: `mkdir` alone gives only the last one its mode.

    Their names are on the disk when this returns: what is kept in a folder is lost with the folder's own name. Raises
    OSError, FileExistsError where a file stands in the way.
    """
    above = [folder, *folder.parents]
    there = next((number for number, path in enumerate(above) if path.exists()), len(above))
    for path in reversed(above[:there]):
        path.mkdir(mode=0o700, exist_ok=True)
        sync_folder(path.parent)
    folder.mkdir(mode=0o700, exist_ok=True)


def private_file(path: Path) -> None:
    """Make an empty file, 0600, where there is none. Raises OSError."""
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable; Windows has no handle for a folder. Raises OSError."""
    if os.name == "nt":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except PermissionError:
        return  # a folder of somebody else's, whose names we may change and not list
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
