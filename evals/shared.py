"""Where the labelled data is: JOBBOT_SHARED, or `shared` beside this checkout. Not an eval itself."""

from __future__ import annotations

import os
from pathlib import Path

from benchmarks.frame import Skipped

ROOT = Path(__file__).resolve().parent.parent


def data() -> Path:
    """The folder of labelled data. Raises Skipped where there is none."""
    folder = Path(os.environ.get("JOBBOT_SHARED") or ROOT.parent / "shared") / "data"
    if not folder.is_dir():
        raise Skipped("no labelled data here (set JOBBOT_SHARED)")
    return folder


def judged() -> Path:
    return data() / "judged"
