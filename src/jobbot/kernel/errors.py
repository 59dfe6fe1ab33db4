"""Every error jobbot raises on purpose.

    JobbotError
    +-- YoursToFix               the person can act on it
    |   +-- InvalidInput         exit 2, HTTP 422   (file, line, field, what would be right)
    |   +-- NotFound             exit 3, HTTP 404
    |   +-- RefusedByPolicy      exit 4, HTTP 403   (the rule and the allowed way)
    |   +-- Failed               exit 1, HTTP 409   (a run that could not be completed as asked)
    |   +-- Outdated             exit 1, HTTP 412   (what was edited has changed meanwhile)
    +-- TryLater                 exit 5, HTTP 503   (when)
    +-- OurBug                   exit 1, HTTP 500

Exit code, HTTP status and problem type live on the class; `problem()` is the one JSON shape of a failure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where, what, and what would be right."""

    problem: str
    fix: str = ""
    file: str = ""
    line: int | None = None
    pointer: str = ""

    def as_dict(self) -> dict[str, Any]:
        return {
            "file": self.file or None,
            "line": self.line,
            "pointer": self.pointer or None,
            "problem": self.problem,
            "fix": self.fix or None,
        }

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line) if part)
        where = " ".join(part for part in (place, self.pointer) if part)
        return f"{where + ': ' if where else ''}{self.problem}{' - ' + self.fix if self.fix else ''}"


class JobbotError(Exception):
    """Base of the tree above. `title` is fixed per class, `detail` says what happened this time."""

    type: ClassVar[str] = "urn:jobbot:error"
    title: ClassVar[str] = "Something went wrong"
    exit_code: ClassVar[int] = 1
    status: ClassVar[int] = 500

    def __init__(self, detail: str, *, errors: Sequence[Problem] = (), retry_at: datetime | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = tuple(errors)
        self.retry_at = retry_at

    def problem(self) -> dict[str, Any]:
        """The failure document of the command line and, with `status`, of the API (RFC 9457)."""
        return {
            "type": self.type,
            "title": self.title,
            "detail": self.detail,
            "errors": [error.as_dict() for error in self.errors],
            "retry_at": self.retry_at.astimezone(UTC).isoformat() if self.retry_at else None,
            "exit_code": self.exit_code,
        }


class YoursToFix(JobbotError):
    """The person in front of the screen can put it right."""

    title = "Needs your attention"
    status = 400


class InvalidInput(YoursToFix):
    """Input that cannot be used; `errors` name file, line, field and what would be right."""

    type = "urn:jobbot:invalid-input"
    title = "Invalid input"
    exit_code = 2
    status = 422


class NotFound(YoursToFix):
    type = "urn:jobbot:not-found"
    title = "Not found"
    exit_code = 3
    status = 404


class RefusedByPolicy(YoursToFix):
    """A rule forbids it; `detail` names the rule and the allowed way."""

    type = "urn:jobbot:refused-by-policy"
    title = "Refused by policy"
    exit_code = 4
    status = 403


class Failed(YoursToFix):
    """The run could not be completed as asked, and nothing was half done."""

    type = "urn:jobbot:failed"
    title = "Could not be completed"
    exit_code = 1
    status = 409


class Outdated(YoursToFix):
    """Somebody else changed it since it was read; nothing was overwritten."""

    type = "urn:jobbot:outdated"
    title = "Changed meanwhile"
    exit_code = 1
    status = 412


class TryLater(JobbotError):
    """It will work later; `retry_at` says when, if anybody said."""

    type = "urn:jobbot:try-later"
    title = "Try again later"
    exit_code = 5
    status = 503


class OurBug(JobbotError):
    type = "urn:jobbot:bug"
    title = "A bug in jobbot"
    exit_code = 1
    status = 500
