"""How long work tells how far it is: a function that is handed in."""

from __future__ import annotations

from typing import Protocol


class Report(Protocol):
    def __call__(self, message: str, done: int = 0, total: int = 0) -> None:
        """Say what is being done and how far; `done == total` ends it."""


def silent(message: str, done: int = 0, total: int = 0) -> None:
    """The report nobody reads."""
