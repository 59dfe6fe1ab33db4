"""Folders and files that are their owner's alone, whatever the umask of the process."""

from __future__ import annotations

import os
from pathlib import Path


def private_folder(folder: Path) -> None:
    """Make a folder and those above it that are missing, each 0700: `mkdir` alone gives only the last one its mode.

    Raises OSError, FileExistsError where a file stands in the way.
    """
    above = [folder, *folder.parents]
    there = next((number for number, path in enumerate(above) if path.exists()), len(above))
    for path in reversed(above[:there]):
        path.mkdir(mode=0o700, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)


def private_file(path: Path) -> None:
    """Make an empty file, 0600, where there is none. Raises OSError."""
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
