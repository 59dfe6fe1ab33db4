"""Progress on a terminal only, always on stderr."""

from __future__ import annotations

import sys
import time

from jobbot.kernel.report import Report, silent


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
        count = f" {done}/{total}" if total else ""
        end = "\r\x1b[K" if finished or not message else ""
        sys.stderr.write(f"\r\x1b[K{message}{count}{end}")
        sys.stderr.flush()

    return report
