"""Progress on a terminal only, always on stderr."""

from __future__ import annotations

import shutil
import sys
import time

from jobbot.kernel.report import Report, silent

BAR = 20
"""Cells of the bar."""


def terminal_report(*, quiet: bool) -> Report:
    """A one-line progress display, or silence when stderr is no terminal or output is for a program."""
    if quiet or not sys.stderr.isatty():
        return silent
    last = 0.0

    def report(message: str, done: int = 0, total: int = 0) -> None:
        nonlocal last
        finished = total and done >= total
        if time.monotonic() - last < 0.08 and not finished:
            return
        last = time.monotonic()
        end = "\r\x1b[K" if finished or not message else ""
        sys.stderr.write(f"\r\x1b[K{line(message, done, total, shutil.get_terminal_size().columns)}{end}")
        sys.stderr.flush()

    return report


def line(message: str, done: int, total: int, width: int) -> str:
    """A bar with how far it is, then the message, on one line of the terminal."""
    bar = ""
    if total:
        full = round(BAR * min(done, total) / total)
        bar = f"{'█' * full}{'░' * (BAR - full)} {done}/{total}  "
    clean = "".join(character if character.isprintable() else " " for character in message)
    room = max(width - len(bar) - 1, 0)
    return bar + (clean if len(clean) <= room else f"{clean[: max(room - 1, 0)]}…")
