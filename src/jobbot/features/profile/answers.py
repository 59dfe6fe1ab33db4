"""The contract's shapes of the profile, as the API describes them."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from jobbot.platform.http.shapes import Fact, Shape


class ProfileFact(Fact):
    kind: str
    group: str | None


class VersionShape(Shape):
    version: int
    origin: str
    facts: int
    created_at: str | None


class ProfileShape(Shape):
    """`resume` is the JSON Resume; `version` is also the ETag."""

    persona: str
    version: int
    resume: dict[str, Any]
    facts: list[ProfileFact]
    history: list[VersionShape]
    personas: list[str]


class CheckRow(Shape):
    pointer: str
    line: int | None
    problem: str
    fix: str


class CheckShape(Shape):
    valid: bool
    problems: list[CheckRow]
    advice: list[CheckRow]


class Origin(Shape):
    """`line` and `column` are there for values of a table; `file` is then its name in the archive."""

    page: int | None
    start: int | None
    end: int | None
    file: str
    line: int | None = None
    column: str | None = None


class ReadRow(Shape):
    """A value that was read; `pointer` is null where the profile kept its own."""

    pointer: str | None
    wording: str
    origin: Origin = Field(alias="from")
    confidence: float


class ImportShape(Shape):
    """`version` is null for a dry run; `resume` is what was or would be kept."""

    read: list[ReadRow]
    conflicts: list[dict[str, str]]
    added: int
    changed: int
    removed: int
    unsure: list[ReadRow]
    unused: list[str]
    notes: list[str]
    kind: str
    persona: str
    version: int | None
    resume: dict[str, Any]
