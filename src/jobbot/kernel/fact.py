"""Facts of a profile and the lines of a document that cite them.

They stand in the kernel because the profile makes them, tailoring and rehearsal cite them, and the verifier
(`platform.safety.grounding`) compares the two without knowing any slice.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from jobbot.kernel.ids import FactId
from jobbot.kernel.text import Span


class FactKind(StrEnum):
    """What a fact is about, after the section of JSON Resume it comes from."""

    NAME = "name"
    LABEL = "label"
    SUMMARY = "summary"
    CONTACT = "contact"
    ROLE = "role"
    BULLET = "bullet"
    EDUCATION = "education"
    SKILL = "skill"
    LANGUAGE = "language"
    CERTIFICATE = "certificate"
    AWARD = "award"
    PUBLICATION = "publication"
    PROJECT = "project"
    VOLUNTEER = "volunteer"
    INTEREST = "interest"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Fact:
    """An atom of the profile.

    `wording` is exactly what the person wrote (for a role or education: the parts joined by ", ");
    `pointer` is the JSON pointer (RFC 6901) of its value in the profile's JSON Resume; `group` is the pointer of
    the role, project or school it belongs to. `start` and `end` are partial ISO dates of that group
    (`2021`, `2021-04`, `2021-04-30`), "" where unknown; an empty `end` with a `start` means current.
    """

    id: FactId
    kind: FactKind
    pointer: str
    wording: str
    group: str = ""
    organisation: str = ""
    position: str = ""
    start: str = ""
    end: str = ""
    attributes: tuple[tuple[str, str], ...] = ()

    def cite(self) -> dict[str, Any]:
        """The contract's `F`: id, pointer and the words it had."""
        return {"id": self.id, "pointer": self.pointer, "wording": self.wording}


class LineKind(StrEnum):
    FACT = "fact"
    POSTING = "posting"
    FRAME = "frame"


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of a document: kind `fact` cites facts, `posting` quotes the posting, `frame` claims nothing."""

    document: str
    kind: LineKind
    text: str
    facts: tuple[Fact, ...] = ()
    spans: tuple[Span, ...] = field(default=())

    def as_dict(self) -> dict[str, Any]:
        return {
            "document": self.document,
            "kind": self.kind.value,
            "text": self.text,
            "facts": [fact.cite() for fact in self.facts],
            "spans": [{"start": span.start, "end": span.end} for span in self.spans],
        }
