"""What a document is made of. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from jobbot.kernel.fact import Fact, Line


class UnitKind(StrEnum):
    """How the template sets a unit."""

    NAME = "name"
    LABEL = "label"
    CONTACT = "contact"
    SECTION = "section"
    ROLE = "role"
    BULLET = "bullet"
    ROW = "row"
    TEXT = "text"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Unit:
    """One block of a page: what the template gets (`parts`, `links`) and the lines it stands for.

    `section` is its heading's title, `group` the pointer of the role or entry it belongs to. `start` and `end` are the
    partial ISO dates of that group.
    """

    kind: UnitKind
    parts: tuple[str, ...]
    lines: tuple[Line, ...]
    section: str = ""
    group: str = ""
    links: tuple[tuple[str, str | None], ...] = ()
    start: str = ""
    end: str = ""

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def facts(self) -> tuple[Fact, ...]:
        return tuple(fact for line in self.lines for fact in line.facts)

    def as_data(self) -> dict[str, Any]:
        """What the template reads."""
        return {
            "kind": self.kind.value,
            "parts": list(self.parts),
            "links": [{"text": text, "url": url} for text, url in self.links],
        }


@dataclass(frozen=True, slots=True)
class LeftOut:
    text: str
    reason: str
    facts: tuple[Fact, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return {"text": self.text, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Fitted:
    """Units that stand on one page, in reading order, and what the measurements were (points)."""

    units: tuple[Unit, ...]
    left_out: tuple[LeftOut, ...]
    density: str
    air: float
    used: float
    available: float
    method: str

    @property
    def fill(self) -> float:
        """Share of the page's height that is used, 0-1."""
        return self.used / self.available if self.available else 0.0


@dataclass(frozen=True, slots=True)
class Check:
    """One thing the round trip through a text extractor showed."""

    name: str
    passed: bool
    detail: str

    def as_dict(self) -> dict[str, Any]:
        return {"name": self.name, "passed": self.passed, "detail": self.detail}


FILES = (
    "pdf",
    "txt",
    "md",
    "docx",
    "letter_pdf",
    "letter_txt",
    "letter_md",
    "letter_docx",
    "diff",
    "provenance",
    "build_log",
)


@dataclass(frozen=True, slots=True)
class Tailored:
    """Documents for one posting. `files` has a path for each name of FILES that was asked for."""

    posting_id: str
    pages: int
    template: str
    files: dict[str, Path]
    checks: tuple[Check, ...]
    lines: tuple[Line, ...] = field(repr=False)
    left_out: tuple[LeftOut, ...] = field(repr=False)
    fill: float
    notes: tuple[str, ...]
    profile_version: int
    document_id: str = ""

    @property
    def score(self) -> int:
        """Share of passed checks, 0-100."""
        return round(100 * sum(check.passed for check in self.checks) / len(self.checks)) if self.checks else 0

    def as_dict(self) -> dict[str, Any]:
        """The contract's `tailor` shape, and the page's fill, notes and profile version beside it."""
        return {
            "posting_id": self.posting_id,
            "pages": self.pages,
            "template": self.template,
            "files": {name: str(self.files[name]) if name in self.files else None for name in FILES},
            "ats": {"score": self.score, "checks": [check.as_dict() for check in self.checks]},
            "lines": [line.as_dict() for line in self.lines],
            "left_out": [item.as_dict() for item in self.left_out],
            "fill": round(self.fill, 3),
            "notes": list(self.notes),
            "profile_version": self.profile_version,
        }
