"""Tables of a LinkedIn archive -> a JSON Resume whose every value names file, line and column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from jobbot.features.profile.linkedin.person import Tables, basics
from jobbot.features.profile.linkedin.row import NOTHING, Entry, Spoken, entries
from jobbot.features.profile.linkedin.table import Table
from jobbot.features.profile.linkedin.values import MAX_NAME, fluency, whole
from jobbot.features.profile.understanding.assemble import ORDER, Understood
from jobbot.features.profile.understanding.found import Found, Tree, settle
from jobbot.features.profile.understanding.schooling import split_degree


def understand(tables: Sequence[Table]) -> tuple[Understood, list[str]]:
    """The resume with the sources of its values, and notes for the person. Never fails: a row is read or named."""
    known = {table.sheet: table for table in tables}
    spoken = Spoken([note for table in tables for note in table.notes])
    tree: dict[str, Any] = {"basics": basics(known, spoken)}
    for section, sheet, needs, make in _SECTIONS:
        tree[section] = [make(entry) for entry in entries(known.get(sheet), spoken, *needs)]
    tree["skills"] = _skills(known, spoken)
    ordered = {name: tree[name] for name in ORDER if tree.get(name)}
    resume, reads = settle(ordered)
    return Understood(resume, tuple(reads), tuple(spoken.unused)), spoken.notes


def _work(entry: Entry) -> Tree:
    return {
        "name": entry.leaf("Company Name"),
        "location": entry.leaf("Location"),
        "position": entry.leaf("Title"),
        **entry.span("Started On", "Finished On"),
        **entry.told("Description", "summary"),
    }


def _volunteer(entry: Entry) -> Tree:
    name = "Company Name" if entry.text("Company Name") else "Organization Name"
    return {
        "organization": entry.leaf(name),
        "position": entry.leaf("Role"),
        **entry.span("Started On", "Finished On"),
        **entry.told("Description", "summary"),
        "x-cause": entry.leaf("Cause"),
    }


def _education(entry: Entry) -> Tree:
    """The field of study has no column; it is taken apart from the degree only where the degree is plain."""
    degree = entry.text("Degree Name")
    kind, area = split_degree(degree) if len(degree) <= MAX_NAME else ("", "")
    if not kind or not area:
        kind, area = degree, ""
    return {
        "institution": entry.leaf("School Name"),
        "area": entry.leaf("Degree Name", area, 0.85) if area else NOTHING,
        "studyType": entry.leaf("Degree Name", kind, 0.85 if area else 0.95),
        **entry.span("Start Date", "End Date"),
        "x-notes": entry.leaf("Notes"),
        "x-activities": entry.leaf("Activities"),
    }


def _award(entry: Entry) -> Tree:
    return {
        "title": entry.leaf("Title"),
        "date": entry.day("Issued On"),
        "summary": entry.leaf("Description"),
    }


def _certificate(entry: Entry) -> Tree:
    return {
        "name": entry.leaf("Name"),
        "date": entry.day("Started On"),
        "url": _link(entry, "Url"),
        "issuer": entry.leaf("Authority"),
        "x-license": entry.leaf("License Number"),
        "x-expires": entry.day("Finished On"),
    }


def _publication(entry: Entry) -> Tree:
    return {
        "name": entry.leaf("Name"),
        "publisher": entry.leaf("Publisher"),
        "releaseDate": entry.day("Published On"),
        "url": _link(entry, "Url"),
        "summary": entry.leaf("Description"),
    }


def _language(entry: Entry) -> Tree:
    return {
        "language": entry.leaf("Name"),
        "fluency": entry.leaf("Proficiency", fluency(entry.text("Proficiency"))),
    }


def _project(entry: Entry) -> Tree:
    return {
        "name": entry.leaf("Title"),
        **entry.told("Description", "description"),
        **entry.span("Started On", "Finished On"),
        "url": _link(entry, "Url"),
    }


def _link(entry: Entry, column: str) -> Found:
    return entry.leaf(column, whole(entry.text(column)))


def _skills(known: Tables, spoken: Spoken) -> list[Tree]:
    """One group: LinkedIn keeps none. A name for it is ours, so it has no source."""
    words: list[Tree] = [entry.leaf("Name") for entry in entries(known.get("skills"), spoken, "Name")]
    if not words:
        return []
    first = words[0].source if isinstance(words[0], Found) else None
    name = Found("Skills", first._replace(start=None, end=None, line=None, column=""), 0.9) if first else NOTHING
    return [{"name": name, "keywords": words}]


_SECTIONS: tuple[tuple[str, str, tuple[str, ...], Callable[[Entry], Tree]], ...] = (
    ("work", "positions", ("Company Name", "Title"), _work),
    ("volunteer", "volunteering", ("Company Name", "Organization Name", "Role"), _volunteer),
    ("education", "education", ("School Name",), _education),
    ("awards", "honors", ("Title",), _award),
    ("certificates", "certifications", ("Name",), _certificate),
    ("publications", "publications", ("Name",), _publication),
    ("languages", "languages", ("Name",), _language),
    ("projects", "projects", ("Title",), _project),
)
