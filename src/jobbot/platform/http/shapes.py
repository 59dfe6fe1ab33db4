"""How answers and questions are described to clients: strict models, nothing beyond their fields."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

NO_NUL = r"^[^\x00]*$"
Words = Annotated[str, StringConstraints(max_length=200, pattern=NO_NUL)]
Short = Annotated[str, StringConstraints(max_length=80, pattern=NO_NUL)]
Persona = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
Identity = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]{1,32}$")]


class Shape(BaseModel):
    """An answer or a question: unknown fields are an error on both sides."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


class Evidence(Shape):
    """`quote` equals `text[start:end]` of the posting's text, in code points."""

    quote: str
    start: int
    end: int


class Fact(Shape):
    """A fact of the cited profile version."""

    id: str
    pointer: str
    wording: str


class ProgressShape(Shape):
    """`total` is null while nobody knows it."""

    done: int
    total: int | None
    note: str


class FieldProblem(Shape):
    """One thing that is wrong: where, what, and what would be right."""

    file: str | None
    line: int | None
    pointer: str | None
    problem: str
    fix: str | None


class ProblemDocument(Shape):
    """Every failure (RFC 9457). `error_id` finds the line in the program's log."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldProblem]
    retry_at: str | None
    error_id: str


class TaskProblem(Shape):
    """Why a task failed, or why it is tried again."""

    type: str
    title: str
    detail: str
    errors: list[FieldProblem]
    retry_at: str | None


class TaskShape(Shape):
    """Background work. `result` is what the command of the same work prints with --json."""

    id: str
    name: str
    title: str
    state: Literal["waiting", "running", "done", "failed", "cancelled"]
    progress: ProgressShape | None
    attempts: int
    created_at: str
    started_at: str | None
    finished_at: str | None
    retry_at: str | None
    cancelling: bool
    result: dict[str, Any] | None
    problem: TaskProblem | None
