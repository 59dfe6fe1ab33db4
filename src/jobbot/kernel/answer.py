"""What a command answers: one JSON document, and a way to show it to a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol


class Screen(Protocol):
    """The part of a terminal console that a command may use (rich's Console fits)."""

    @property
    def width(self) -> int: ...

    def print(self, *objects: Any, soft_wrap: bool | None = None) -> None:
        """Draw; with `soft_wrap` long lines (paths, commands) are not broken."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`data` is printed with --json; `show` draws the same thing for a person. `exit_code` 0 unless part failed.

    `then` is what a command goes on doing after its answer is printed, and gives the exit code.
    """

    data: Any
    show: Callable[[Screen], None]
    exit_code: int = 0
    then: Callable[[], int] | None = None
