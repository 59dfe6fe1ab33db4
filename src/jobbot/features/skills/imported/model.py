"""What an import holds: concepts with their names, and what it said of the files. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

SetName = Literal["esco", "onet"]
SETS: tuple[SetName, ...] = ("esco", "onet")
TITLES = {"esco": "ESCO", "onet": "O*NET"}
ENGLISH = "en"
LANGUAGES = (ENGLISH, "de", "fr", "es")
SHOWN = 200
"""Most rows of one list in a report; its length is always given."""


class Name(NamedTuple):
    """A label with its place: number of the file in the set, line in that file (1-based)."""

    text: str
    language: str
    preferred: bool
    file: int
    line: int


@dataclass(slots=True)
class Concept:
    """One entry of an imported taxonomy. `what`: skill, knowledge, tool, language, group or occupation; `broader` and
    `related` hold uris; `code` is the ISCO code of an occupation or of its group; `about` the description."""

    uri: str
    what: str
    names: list[Name] = field(default_factory=list)
    broader: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    code: str = ""
    reuse: str = ""
    about: str = ""

    def label(self, language: str = ENGLISH) -> str:
        """The preferred label in that language, else in any; "" where there is none."""
        preferred = [name for name in self.names if name.preferred]
        own = next((name.text for name in preferred if name.language == language), "")
        return own or next((name.text for name in preferred), "")

    def row(self) -> list[Any]:
        names = [list(name) for name in self.names]
        return [self.uri, self.what, names, self.broader, self.related, self.code, self.reuse, self.about]

    @classmethod
    def of(cls, row: list[Any]) -> Concept:
        uri, what, names, *rest = row
        return cls(uri, what, [Name(*name) for name in names], *rest)


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A table that was read: what it was recognised as, its rows without the header."""

    name: str
    layout: str
    sha256: str
    rows: int
    language: str = ENGLISH

    def as_dict(self) -> dict[str, Any]:
        return {"name": self.name, "layout": self.layout, "rows": self.rows, "language": self.language}


class Skipped(NamedTuple):
    """A row, or a whole file (line None), that was left out, and why."""

    file: str
    line: int | None
    reason: str

    def as_dict(self) -> dict[str, Any]:
        return {"file": self.file, "line": self.line, "reason": self.reason}


class Conflict(NamedTuple):
    """A name that two concepts, or a concept and the core, claim: whose it stays, and where the other stands."""

    name: str
    wins: str
    loses: str
    reason: str
    file: str = ""
    line: int | None = None

    def as_dict(self) -> dict[str, Any]:
        return self._asdict()


@dataclass(slots=True)
class Gathered:
    """Concepts by uri with everything that was wrong on the way."""

    name: SetName
    concepts: dict[str, Concept] = field(default_factory=dict)
    files: list[ReadFile] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    version: str = ""

    def occupations(self) -> list[Concept]:
        return [concept for concept in self.concepts.values() if concept.what == "occupation"]

    def skills(self) -> list[Concept]:
        return [c for c in self.concepts.values() if c.what not in ("occupation", "isco")]
