"""`jobbot --help` beside `python -c "import typer"`: what a person waits for before the first word."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.frame import Row, Skipped

ROUNDS = 15


def run() -> list[Row]:
    program = Path(sys.executable).with_name("jobbot.exe" if sys.platform == "win32" else "jobbot")
    if not program.exists():
        raise Skipped(f"no {program}")
    ours, peer = [], []
    for _ in range(ROUNDS):  # one after the other, so that a busy moment hits both
        ours.append(_seconds([str(program), "--help"]))
        peer.append(_seconds([sys.executable, "-c", "import typer"]))
    help_ms, typer_ms = (statistics.median(times) * 1000 for times in (ours, peer))
    bare = statistics.median(_seconds([sys.executable, "-c", "pass"]) for _ in range(ROUNDS)) * 1000
    return [
        Row("jobbot --help / import typer", help_ms / typer_ms, bar="<= 1.3", unit="x", note=f"median of {ROUNDS}"),
        Row("jobbot --help", help_ms, "import typer", typer_ms, unit="ms", note=f"bare Python {bare:.0f} ms"),
    ]


def _seconds(command: list[str]) -> float:
    before = time.perf_counter()
    subprocess.run(command, capture_output=True, check=True)
    return time.perf_counter() - before
