"""Taking a CV into a profile: read, lay over what is there, check, keep as a new version."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jobbot.features.profile.facts import facts_of
from jobbot.features.profile.importer import Imported, read_file
from jobbot.features.profile.merge import Merged, merge
from jobbot.features.profile.model import DEFAULT_PERSONA, Profile
from jobbot.features.profile.positions import escape
from jobbot.features.profile.store import ProfileStore
from jobbot.features.profile.understanding.found import Read
from jobbot.kernel.errors import InvalidInput
from jobbot.kernel.fact import Fact
from jobbot.kernel.ids import LOCAL_USER, UserId


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import did, or with `version` None would do. Facts are counted against the version before."""

    imported: Imported
    resume: dict[str, Any] = field(repr=False)
    conflicts: list[dict[str, str]] = field(repr=False)
    persona: str = DEFAULT_PERSONA
    version: int | None = None
    added: int = 0
    changed: int = 0
    removed: int = 0

    def as_dict(self) -> dict[str, Any]:
        """The contract's `import resume`, what a person wants to know beside it, and the resume that was or would be
        kept."""
        where = _Places(self.resume)
        file = self.imported.file
        rows = {read: _row(read, where.of(read), file) for read in self.imported.read}
        return {
            "read": list(rows.values()),
            "conflicts": self.conflicts,
            "added": self.added,
            "changed": self.changed,
            "removed": self.removed,
            "unsure": [rows[read] for read in self.imported.unsure],
            "unused": list(self.imported.unused),
            "notes": list(self.imported.notes),
            "kind": self.imported.kind,
            "persona": self.persona,
            "version": self.version,
            "resume": self.resume,
        }


def take(
    store: ProfileStore,
    path: Path,
    *,
    user: UserId = LOCAL_USER,
    persona: str = DEFAULT_PERSONA,
    dry_run: bool = False,
    replace: bool = False,
) -> Taken:
    """Import a file. A JSON Resume becomes the profile; any other CV is laid over it, unless `replace` is set.

    Raises NotFound and InvalidInput as `read_file` does; nothing is kept then.
    """
    return lay(store, read_file(path), user=user, persona=persona, dry_run=dry_run, replace=replace)


def lay(
    store: ProfileStore,
    imported: Imported,
    *,
    user: UserId = LOCAL_USER,
    persona: str = DEFAULT_PERSONA,
    dry_run: bool = False,
    replace: bool = False,
    expected: int | None = None,
) -> Taken:
    """Like `take`, for what was read already. Raises Outdated where the profile is not at the `expected` version."""
    before = store.find(user, persona)
    fresh = before is None or imported.complete or replace
    if not fresh and before is not None and _somebody_else(before.resume, imported.resume):
        raise InvalidInput(
            f"the name in {imported.file} is not the name in your profile; `--persona NAME` keeps this CV beside it, "
            "`--replace` starts over from the file"
        )
    merged = Merged(imported.resume) if fresh or before is None else merge(before.resume, imported.resume)
    facts = facts_of(merged.resume, before.facts if before else ())
    if not facts:  # an empty document or somebody else's JSON would put an empty profile in the place of a full one
        raise InvalidInput(
            f"{imported.file} holds nothing of a CV (no name, role, school, skill); nothing was changed. Give a CV, or "
            "fill in the JSON Resume that `jobbot init` made"
        )
    if dry_run:
        return _taken(imported, merged, persona, None, facts, before)
    after = store.save(merged.resume, user, persona, imported.kind, expected=expected)
    return _taken(imported, merged, after.persona, after.version, after.facts, before)


def _somebody_else(own: dict[str, Any], paper: dict[str, Any]) -> bool:
    """Whether two names that are both there share no word."""
    names = [str((resume.get("basics") or {}).get("name") or "").casefold() for resume in (own, paper)]
    first, second = (set(re.findall(r"\w{2,}", name)) for name in names)
    return bool(first and second) and not first & second


def _taken(
    imported: Imported,
    merged: Merged,
    persona: str,
    version: int | None,
    facts: tuple[Fact, ...],
    before: Profile | None,
) -> Taken:
    added, changed, removed = compare(before.facts if before else (), facts)
    return Taken(imported, merged.resume, merged.conflicts, persona, version, added, changed, removed)


def compare(before: tuple[Fact, ...], after: tuple[Fact, ...]) -> tuple[int, int, int]:
    """How many facts are new, say something else, are gone."""
    old, new = {fact.id: fact for fact in before}, {fact.id: fact for fact in after}
    changed = sum(_says(old[key]) != _says(new[key]) for key in old.keys() & new.keys())
    return len(new.keys() - old.keys()), changed, len(old.keys() - new.keys())


def _says(fact: Fact) -> tuple[str, ...]:
    return fact.wording, fact.organisation, fact.position, fact.start, fact.end


def _row(read: Read, pointer: str | None, file: str) -> dict[str, Any]:
    source = read.source
    origin = {"page": source.page, "start": source.start, "end": source.end, "file": source.file or file}
    if source.file:
        origin |= {"line": source.line, "column": source.column or None}
    return {"pointer": pointer, "wording": read.wording, "from": origin, "confidence": read.confidence}


class _Places:
    """Where a value that was read stands in the profile that was made; nowhere when the profile kept its own."""

    def __init__(self, resume: dict[str, Any]) -> None:
        self.pointers: dict[str, list[str]] = defaultdict(list)
        stack: list[tuple[Any, str]] = [(resume, "")]
        while stack:
            value, pointer = stack.pop()
            if isinstance(value, dict):
                stack += [(child, f"{pointer}/{escape(key)}") for key, child in reversed(value.items())]
            elif isinstance(value, list):
                stack += [(child, f"{pointer}/{index}") for index, child in reversed(list(enumerate(value)))]
            elif isinstance(value, str):
                self.pointers[value].append(pointer)

    def of(self, read: Read) -> str | None:
        found = self.pointers.get(read.wording, [])
        if read.pointer in found:
            return read.pointer
        section = read.pointer.split("/")[1:2]
        near = [
            pointer
            for pointer in found
            if pointer.split("/")[1:2] == section and _field(pointer) == _field(read.pointer)
        ]
        return near[0] if near else None


def _field(pointer: str) -> str:
    return next((step for step in reversed(pointer.split("/")) if not step.isdecimal()), "")
