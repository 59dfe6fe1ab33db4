"""The shapes of `jobbot taxonomy`, as the API describes them."""

from __future__ import annotations

from jobbot.platform.http.shapes import Shape


class FileShape(Shape):
    name: str
    layout: str
    rows: int
    language: str


class SetShape(Shape):
    name: str
    version: str | None
    imported_at: str
    skills: int
    occupations: int
    labels: int
    languages: list[str]
    files: list[FileShape]


class TaxonomyShape(Shape):
    """`broken` says why a set that was imported cannot be used."""

    taxonomies: list[str]
    imported: list[SetShape]
    broken: list[str]
    skills: int
    names: int
    kinds: dict[str, int]
    fields: dict[str, int]
    occupations: int
    titles: int


class ReadShape(Shape):
    rows: int
    skills: int
    occupations: int
    labels: int
    broader: int
    related: int


class CountShape(Shape):
    skills: int
    occupations: int


class ConflictShape(Shape):
    """`name` stays with `wins`; `loses` claimed it too, in that line."""

    name: str
    wins: str
    loses: str
    reason: str
    file: str
    line: int | None


class SkippedShape(Shape):
    file: str
    line: int | None
    reason: str


class SkippedCount(Shape):
    file: str
    reason: str
    rows: int


class TaxonomyReport(Shape):
    """What an import read. `conflicts` and `skipped` hold the first 200; their counts are whole."""

    set: str
    version: str | None
    files: list[FileShape]
    read: ReadShape
    merged: CountShape
    new: CountShape
    conflicts: list[ConflictShape]
    conflict_counts: dict[str, int]
    skipped: list[SkippedShape]
    skipped_counts: list[SkippedCount]
    dry_run: bool
    changed: bool


class RemovedShape(Shape):
    removed: str
