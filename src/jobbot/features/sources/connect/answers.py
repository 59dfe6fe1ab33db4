"""The shapes of connected boards, lists of them and what decides about asking, as the API describes them."""

from __future__ import annotations

from typing import Literal

from jobbot.features.sources.answers import SourceShape
from jobbot.platform.http.shapes import Shape

Line = Literal["added", "back", "already there", "to be looked up", "refused", "not understood", "not found"]


class ChangedSource(SourceShape):
    """A board after a change; `outcome` says what the change was."""

    outcome: Literal[
        "added", "back", "already there", "paused", "already paused", "read again", "removed", "already removed"
    ]


class ListLine(Shape):
    """What became of a line of a list; `url` where its page is to be looked at."""

    line: int
    text: str
    outcome: Line
    source: str | None
    board: str | None
    url: str | None
    reason: str | None


class ListReport(Shape):
    """Every line of a list, and how many of each kind there are."""

    dry_run: bool
    counts: dict[Line, int]
    lines: list[ListLine]


class RobotsShape(Shape):
    """`allowed` is null while robots.txt was not read; `line` and `rule` are what decides in it."""

    allowed: bool | None
    reason: str
    line: int | None
    rule: str | None
    read_at: str | None


class AnswerShape(Shape):
    at: str
    status: int | None
    reason: str | None


class CourtesyShape(Shape):
    """What would happen if the board were asked now; `next_request_at` is null where robots.txt forbids it."""

    address: str
    host: str
    robots: RobotsShape
    spacing_seconds: float
    asked_today: int
    daily_requests: int
    left_today: int
    paused_until: str | None
    paused_for: str | None
    last_answer: AnswerShape | None
    next_request_at: str | None


class CheckedSource(SourceShape):
    """`courtesy` is null where the source is off."""

    courtesy: CourtesyShape | None


class CheckPage(Shape):
    items: list[CheckedSource]
    next: None
