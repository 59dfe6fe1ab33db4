"""A task, what is wanted, how far it is, what follows from it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from jobbot.kernel.clock import iso
from jobbot.kernel.ids import UserId


class State(StrEnum):
    """WAITING -> RUNNING -> one of the final ones; RUNNING -> WAITING when it is to be tried again."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def final(self) -> bool:
        return self in (State.DONE, State.FAILED, State.CANCELLED)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be done. While a task of the same `key` has not ended there is no second one; with `once` there is
    none after that either. It is begun `after` so many seconds. `title` and `arguments` may be personal; they are
    sealed."""

    name: str
    title: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    key: str = ""
    once: bool = False
    after: float = 0.0


class Progress(NamedTuple):
    """`total` None where nobody knows it yet."""

    done: int = 0
    total: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """Something that follows from a task. `key` is its own for ever: the same key takes effect once."""

    kind: str
    key: str
    payload: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Task:
    """A task as it stands; `available_at` is when it may be worked on, `problem` the document of a failure."""

    id: str
    user: UserId
    name: str
    title: str
    arguments: Mapping[str, Any]
    state: State
    attempts: int
    version: int
    cancelling: bool
    created_at: datetime
    available_at: datetime
    started_at: datetime | None = None
    finished_at: datetime | None = None
    progress: Progress | None = None
    result: Any = None
    problem: Mapping[str, Any] | None = None

    @property
    def retry_at(self) -> datetime | None:
        """When it will be tried again, for one that waits for that."""
        return self.available_at if self.state is State.WAITING and self.attempts else None

    def as_dict(self) -> dict[str, Any]:
        """The contract's shape of a task."""
        return {
            "id": self.id,
            "name": self.name,
            "title": self.title,
            "state": self.state.value,
            "progress": self.progress._asdict() if self.progress else None,
            "attempts": self.attempts,
            "created_at": iso(self.created_at),
            "started_at": iso(self.started_at),
            "finished_at": iso(self.finished_at),
            "retry_at": iso(self.retry_at),
            "cancelling": self.cancelling,
            "result": self.result,
            "problem": dict(self.problem) if self.problem else None,
        }


class Claim(NamedTuple):
    """A task in somebody's hands; what is written for it counts only while `lease` is the row's."""

    task: Task
    lease: str


class Held(NamedTuple):
    """Who holds a running task since when."""

    id: str
    user: UserId
    lease: str
    owner: str
    heartbeat_at: datetime
    attempts: int


class Standing(NamedTuple):
    """How a claim stands: still ours, and asked to end?"""

    mine: bool
    cancelling: bool
