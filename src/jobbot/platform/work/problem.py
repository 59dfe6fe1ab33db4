"""A failure as it is kept with a task: our own words, never those of a bug."""

from __future__ import annotations

import traceback
from datetime import datetime
from pathlib import Path
from typing import Any

from jobbot.kernel.clock import iso
from jobbot.kernel.errors import Failed, JobbotError, OurBug


def problem_of(error: BaseException, retry_at: datetime | None = None) -> dict[str, Any]:
    """The problem document; of an error nobody meant its kind and place, since its words may be personal."""
    told = error if isinstance(error, JobbotError) else OurBug(f"{type(error).__name__} at {_place(error)}")
    document = told.problem()
    document.pop("exit_code")
    return {**document, "retry_at": iso(retry_at)}


def told(detail: str, retry_at: datetime | None = None) -> dict[str, Any]:
    """The problem document of a task that could not be completed for this reason."""
    return problem_of(Failed(detail), retry_at)


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "an unknown place"
