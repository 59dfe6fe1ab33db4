"""Where the labelled data is: JOBBOT_SHARED, or `../shared` beside the checkout."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def shared_folder() -> Path | None:
    """The folder, None where this checkout has none."""
    folder = Path(os.environ.get("JOBBOT_SHARED") or ROOT.parent / "shared")
    return folder if (folder / "data" / "judged").is_dir() else None
