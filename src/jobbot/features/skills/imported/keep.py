"""The compiled sets in the data directory: `taxonomies/esco.json`, `taxonomies/onet.json`, written whole or not at all.

Public data, in private files like everything else there. What is read back is checked: a file that was changed by hand
or written by another version is named and left out, and jobbot goes on with the core.
"""

from __future__ import annotations

import json
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from jobbot.features.skills.imported.model import SETS, Concept, Gathered, ReadFile, SetName
from jobbot.kernel.errors import Failed, NotFound
from jobbot.kernel.ids import short_hash
from jobbot.kernel.private import private_file, private_folder, sync_folder

FOLDER = "taxonomies"
FORMAT = 1


@dataclass(frozen=True)
class Imported:
    """One set as it is kept. `mark` changes with its content."""

    name: SetName
    version: str
    imported_at: str
    mark: str
    files: tuple[ReadFile, ...]
    rows: list[list[Any]]

    @cached_property
    def concepts(self) -> list[Concept]:
        return [Concept.of(row) for row in self.rows]

    @property
    def skills(self) -> list[Concept]:
        return [concept for concept in self.concepts if concept.what not in ("occupation", "isco")]

    @property
    def occupations(self) -> list[Concept]:
        return [concept for concept in self.concepts if concept.what == "occupation"]

    def about(self) -> dict[str, Any]:
        """What `taxonomy status` says of it."""
        labels = sum(len(concept.names) for concept in self.concepts)
        languages = sorted({name.language for concept in self.concepts for name in concept.names})
        return {
            "name": self.name,
            "version": self.version or None,
            "imported_at": self.imported_at,
            "skills": len(self.skills),
            "occupations": len(self.occupations),
            "labels": labels,
            "languages": languages,
            "files": [file.as_dict() for file in self.files],
        }


class Shelf:
    """The sets of one data directory."""

    def __init__(self, home: Path) -> None:
        self.folder = home / FOLDER

    def file(self, name: SetName) -> Path:
        return self.folder / f"{name}.json"

    def read(self, name: SetName) -> Imported | None:
        """The set, or None where it was not imported. Raises Failed for a file that jobbot did not write."""
        try:
            text = self.file(name).read_text("utf-8")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise self._broken(name, str(error)) from None
        try:
            value = json.loads(text)
            if value["format"] != FORMAT or value["name"] != name:
                raise ValueError("another format")
            files = tuple(ReadFile(**file) for file in value["files"])
            return Imported(name, value["version"], value["imported_at"], value["mark"], files, value["concepts"])
        except (ValueError, KeyError, TypeError) as error:
            raise self._broken(name, str(error)) from None

    def sets(self) -> list[Imported]:
        """Every imported set that can be used, ESCO before O*NET."""
        found = []
        for name in SETS:
            with suppress(Failed):  # `broken` names it, and jobbot goes on without it
                one = self.read(name)
                found += [one] if one else []
        return found

    def broken(self) -> list[str]:
        """Why a kept set cannot be used; empty where all can."""
        reasons = []
        for name in SETS:
            try:
                self.read(name)
            except Failed as error:
                reasons.append(error.detail)
        return reasons

    def marks(self) -> tuple[tuple[str, int, int], ...]:
        """What tells, without reading, whether a set came, went or changed: name, size and time of each file."""
        found = []
        for name in SETS:
            try:
                about = self.file(name).stat()
            except FileNotFoundError:
                continue
            found.append((name, about.st_size, about.st_mtime_ns))
        return tuple(found)

    def write(self, found: Gathered, imported_at: str) -> Imported:
        """Keep a set in place of the one of that name. Raises Failed where the disk refuses."""
        one = compiled(found, imported_at)
        value = {
            "format": FORMAT,
            "name": one.name,
            "version": one.version,
            "imported_at": one.imported_at,
            "mark": one.mark,
            "files": [
                {"name": f.name, "layout": f.layout, "sha256": f.sha256, "rows": f.rows, "language": f.language}
                for f in one.files
            ],
            "concepts": one.rows,
        }
        self.put(self.file(one.name), value)
        return one

    def remove(self, name: SetName) -> None:
        """Undo an import. Raises NotFound where there is none."""
        try:
            self.file(name).unlink()
        except FileNotFoundError:
            raise NotFound(f"{name} is not imported; jobbot taxonomy status lists what is") from None
        for made in (*self.folder.glob("titles-*.npy"), self.folder / "laid.json"):
            made.unlink(missing_ok=True)
        sync_folder(self.folder)

    def put(self, file: Path, value: dict[str, Any]) -> None:
        """Write a file whole, 0600, in place of the one that is there. Raises Failed where the disk refuses."""
        data = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        temporary = self.folder / f".{secrets.token_hex(8)}.tmp"
        try:
            private_folder(self.folder)
            private_file(temporary)
            with temporary.open("rb+") as open_file:
                open_file.write(data)
                open_file.flush()
                os.fsync(open_file.fileno())
            temporary.replace(file)
            sync_folder(self.folder)
        except OSError as error:
            raise Failed(f"the taxonomy cannot be kept in {self.folder}: {error.strerror or error}") from None
        finally:
            temporary.unlink(missing_ok=True)

    def _broken(self, name: SetName, why: str) -> Failed:
        return Failed(
            f"{self.file(name)} cannot be used ({why}); import it again, or undo it: jobbot taxonomy remove {name}"
        )


def compiled(found: Gathered, imported_at: str) -> Imported:
    """What `write` keeps: concepts in the order of their uris."""
    rows = [found.concepts[uri].row() for uri in sorted(found.concepts)]
    return Imported(found.name, found.version, imported_at, mark_of(rows), tuple(found.files), rows)


def mark_of(rows: list[list[Any]]) -> str:
    """A hash of the content, the same for the same files in any order of import."""
    return short_hash(json.dumps(rows, ensure_ascii=False, separators=(",", ":")))
