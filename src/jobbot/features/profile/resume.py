"""A JSON Resume from bytes to a checked document and back."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from jobbot.features.profile.positions import Positions, scan
from jobbot.features.profile.schema import Finding, check
from jobbot.kernel import strictjson
from jobbot.kernel.errors import InvalidInput, Problem

MAX_BYTES = 5 * 1024 * 1024
"""A JSON Resume is some kilobytes; five million is somebody's picture in it or a mistake."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A parsed document: the value with its key order, where everything stands, and what was found."""

    resume: Any = field(repr=False)
    positions: Positions = field(repr=False)
    findings: tuple[Finding, ...]
    where: str = ""

    @property
    def valid(self) -> bool:
        return not any(not finding.warning for finding in self.findings)

    def problems(self, *, warnings: bool = False) -> tuple[Problem, ...]:
        """Findings that break the schema (or, with `warnings`, those that do not), each with its line."""
        return tuple(
            Problem(f.problem, f.fix, self.where, self.positions.line(f.pointer), f.pointer)
            for f in self.findings
            if f.warning is warnings
        )


def load(data: bytes, where: str = "") -> Loaded:
    """Parse strictly and check. Raises InvalidInput for bytes that are no JSON we accept; findings are returned.

    `where` is shown in errors; values never are.
    """
    if len(data) > MAX_BYTES:
        raise InvalidInput(f"{where or 'the resume'} has {len(data) / 1e6:.1f} MB; a JSON Resume has at most 5 MB")
    try:
        resume = strictjson.loads(data, where=where)
    except InvalidInput as refused:
        raise _with_line(refused, data, where) from None
    return Loaded(resume, scan(data.decode("utf-8-sig")), check(resume), where)


def load_valid(data: bytes, where: str = "") -> Loaded:
    """Like `load`, and raises InvalidInput with every problem when the document breaks the schema."""
    loaded = load(data, where)
    require_valid(loaded)
    return loaded


def require_valid(loaded: Loaded) -> None:
    """Raises InvalidInput with every problem when the document breaks the schema."""
    if not loaded.valid:
        problems = loaded.problems()
        count = "one problem" if len(problems) == 1 else f"{len(problems)} problems"
        raise InvalidInput(f"{loaded.where or 'the resume'} is not a valid JSON Resume: {count}", errors=problems)


def dump(resume: Any) -> str:
    """The document as JSON text, keys in their order, two blanks of indent, a newline at the end."""
    return json.dumps(resume, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _with_line(refused: InvalidInput, data: bytes, where: str) -> InvalidInput:
    """The strict reader knows no line for what is more than grammar; the scan does."""
    if any(error.line for error in refused.errors):
        return refused
    try:
        oddities = scan(data.decode("utf-8-sig")).oddities
    except UnicodeDecodeError:
        return refused
    if not oddities:
        return refused
    fix = "correct or remove this value and import the file again"
    problems = [Problem(odd.problem, fix, where, odd.line, odd.pointer) for odd in oddities]
    return InvalidInput(str(problems[0]), errors=problems)
