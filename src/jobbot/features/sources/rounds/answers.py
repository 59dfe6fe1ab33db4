"""The shapes of runs over all boards, as the API describes them."""

from __future__ import annotations

from typing import Literal

from jobbot.platform.http.shapes import Shape


class RunShape(Shape):
    """A run in a line; counts are of postings. `task_id` names the task that made it, if one did."""

    id: str
    origin: str
    state: Literal["running", "done", "stopped"]
    task_id: str | None
    started_at: str
    finished_at: str | None
    seconds: float | None
    boards: int
    read: int
    failed: int
    waiting: int
    not_modified: int
    fetched: int
    new: int
    updated: int
    unchanged: int
    reopened: int
    closed: int
    aged_out: int
    skipped: int
    quarantined: int
    alarms: int
    requests: int
    bytes: int


class RunPage(Shape):
    items: list[RunShape]
    next: str | None


class RunBoard(Shape):
    """What one board gave. Of a `window` what is absent is not closed. `requests` count robots.txt too."""

    source: str
    board: str
    region: str | None
    state: Literal["waiting", "running", "done", "failed"]
    not_modified: bool
    window: bool
    fetched: int
    new: int
    updated: int
    unchanged: int
    reopened: int
    closed: int
    aged_out: int
    skipped: int
    quarantined: int
    reason: str | None
    retry_at: str | None
    notes: list[str]
    alarms: list[str]
    started_at: str | None
    seconds: float
    requests: int
    bytes: int


class PauseShape(Shape):
    """A source that asked to be left alone until then, and how many of its boards wait for that."""

    source: str
    until: str
    reason: str | None
    boards: int


class WarningShape(Shape):
    source: str
    reason: str


class RunReport(Shape):
    run: RunShape
    paused: list[PauseShape]
    warnings: list[WarningShape]
    boards: list[RunBoard]
