"""A round over boards and what each of them gave. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from jobbot.kernel.clock import iso
from jobbot.sdk import BoardRef

WAITING, RUNNING, DONE, FAILED, STOPPED = "waiting", "running", "done", "failed", "stopped"
NUMBERS = ("fetched", "new", "updated", "unchanged", "reopened", "closed", "aged_out", "skipped", "quarantined")
"""What a board gave, counted in postings."""
SUMMED = ("new", "updated", "reopened", "closed")


@dataclass(frozen=True, slots=True)
class Part:
    """One board of a round. `state`: waiting, running, done or failed; `gave` holds `NUMBERS`, `not_modified`, `window`
    (what it lacks is not gone), `notes` and `alarms`. `requests` and `bytes_in` count what was sent for it and came
    back, robots.txt among it."""

    position: int
    ref: BoardRef
    state: str = WAITING
    gave: Mapping[str, Any] = field(default_factory=dict)
    reason: str | None = None
    retry_at: datetime | None = None
    started_at: datetime | None = None
    seconds: float = 0.0
    requests: int = 0
    bytes_in: int = 0

    @property
    def over(self) -> bool:
        return self.state in (DONE, FAILED)

    @property
    def passing(self) -> bool:
        """Whether it failed for the time being: its host is busy, away or wants a pause."""
        return bool(self.gave.get("passing"))

    def as_dict(self) -> dict[str, Any]:
        """A line of the report."""
        return {
            "source": self.ref.source,
            "board": self.ref.board,
            "region": self.ref.region or None,
            "state": self.state,
            "not_modified": bool(self.gave.get("not_modified")),
            "window": bool(self.gave.get("window")),
            **{name: int(self.gave.get(name, 0)) for name in NUMBERS},
            "reason": self.reason,
            "retry_at": iso(self.retry_at),
            "notes": list(self.gave.get("notes", ())),
            "alarms": list(self.gave.get("alarms", ())),
            "started_at": iso(self.started_at),
            "seconds": self.seconds,
            "requests": self.requests,
            "bytes": self.bytes_in,
        }


@dataclass(frozen=True, slots=True)
class Round:
    """A run over many boards. `state`: running, done or stopped (asked to end, or killed: others see it as running
    until it is taken up). What is written for it counts only while `lease` is the row's."""

    id: str
    origin: str
    state: str
    lease: str
    started_at: datetime
    finished_at: datetime | None = None
    task_id: str | None = None
    warnings: Sequence[Mapping[str, Any]] = ()


def summary(one: Round, parts: Sequence[Part]) -> dict[str, Any]:
    """A round in a line: what its boards are at and what they gave together."""
    told: dict[str, Any] = {
        "id": one.id,
        "origin": one.origin,
        "state": one.state,
        "task_id": one.task_id,
        "started_at": iso(one.started_at),
        "finished_at": iso(one.finished_at),
        "seconds": round((one.finished_at - one.started_at).total_seconds(), 3) if one.finished_at else None,
        "boards": len(parts),
        "read": sum(part.state == DONE for part in parts),
        "failed": sum(part.state == FAILED for part in parts),
        "waiting": sum(not part.over for part in parts),
        "not_modified": sum(bool(part.gave.get("not_modified")) for part in parts),
    }
    sums = {name: sum(int(part.gave.get(name, 0)) for part in parts) for name in NUMBERS}
    return {
        **told,
        **sums,
        "alarms": sum(len(part.gave.get("alarms", ())) for part in parts),
        "requests": sum(part.requests for part in parts),
        "bytes": sum(part.bytes_in for part in parts),
    }


def report(one: Round, parts: Sequence[Part]) -> dict[str, Any]:
    """The whole report: the line, what paused until when, what was not to be read, and every board."""
    lines = [part.as_dict() for part in parts]
    return {
        "run": summary(one, parts),
        "paused": _paused(parts),
        "warnings": [dict(warning) for warning in one.warnings],
        "boards": lines,
    }


def _paused(parts: Iterable[Part]) -> list[dict[str, Any]]:
    """Each source that asked to be left alone, once for each moment: how many of its boards wait for that."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for part in parts:
        if part.retry_at is None:
            continue
        key = (part.ref.source, str(iso(part.retry_at)))
        entry = {"source": key[0], "until": key[1], "reason": part.reason, "boards": 0}
        found.setdefault(key, entry)["boards"] += 1
    return list(found.values())
