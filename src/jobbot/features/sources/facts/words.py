"""Lists of words in text files: `## name`, then a regular expression a line."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def lists(file: str) -> dict[str, tuple[str, ...]]:
    """The lists of a file beside this one, in its order."""
    found: dict[str, list[str]] = {}
    for line in (Path(__file__).parent / file).read_text("utf-8").splitlines():
        if line.startswith("## "):
            found[line[3:]] = []
        elif line and not line.startswith("#"):
            next(reversed(found.values())).append(line)
    return {name: tuple(words) for name, words in found.items()}
