"""Import a set: read, check, lay over the core for the report, keep. The same files again change nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Protocol

from jobbot.features.skills.imported.files import Part
from jobbot.features.skills.imported.gather import gather
from jobbot.features.skills.imported.keep import Imported, Shelf, compiled
from jobbot.features.skills.imported.merge import merge
from jobbot.features.skills.imported.model import SETS, SHOWN, Gathered, SetName, Skipped
from jobbot.features.skills.normal import squeeze
from jobbot.features.skills.taxonomy import load_core
from jobbot.kernel.errors import Failed, InvalidInput
from jobbot.kernel.report import Report, silent

_NAMED = re.compile(r"names \S+, which")


class _Dict(Protocol):
    def as_dict(self) -> dict[str, Any]: ...


def set_name(words: str) -> SetName:
    """
    >>> set_name("O*NET"), set_name("ESCO")
    ('onet', 'esco')
    """
    plain = re.sub("[^a-z]", "", words.lower())
    found = next((name for name in SETS if name == plain), None)
    if found is None:
        raise InvalidInput(f"there is no taxonomy called {words[:40]}; esco and onet can be imported")
    return found


def bring(
    parts: Iterable[Part], name: SetName, shelf: Shelf, now: datetime, *, dry_run: bool = False, report: Report = silent
) -> dict[str, Any]:
    """Import a set, in place of what was imported of it before; with `dry_run` nothing is kept.

    Raises InvalidInput naming file and line of what cannot be read; then nothing has changed.
    """
    found = gather(parts, name, report)
    one = compiled(found, now.isoformat(timespec="seconds"))
    known = _kept(shelf, name)
    changed = known is None or known.mark != one.mark
    if changed and not dry_run:
        shelf.write(found, one.imported_at)
    return {**_told(found, one), "dry_run": dry_run, "changed": changed}


def _kept(shelf: Shelf, name: SetName) -> Imported | None:
    try:
        return shelf.read(name)
    except Failed:
        return None  # a damaged one is what this import mends


def _told(found: Gathered, one: Imported) -> dict[str, Any]:
    core = load_core()
    laid = merge(core.skills, [one])
    known = {squeeze(occupation.label) for occupation in core.all_occupations}
    titles = [concept for concept in one.occupations if squeeze(concept.label()) in known]
    conflicts = [*found.conflicts, *laid.conflicts]
    return {
        "set": found.name,
        "version": found.version or None,
        "files": [file.as_dict() for file in found.files],
        "read": {
            "rows": sum(file.rows for file in found.files),
            "skills": len(one.skills),
            "occupations": len(one.occupations),
            "labels": sum(len(concept.names) for concept in one.concepts),
            "broader": sum(len(concept.broader) for concept in one.concepts),
            "related": sum(len(concept.related) for concept in one.concepts),
        },
        "merged": {"skills": len(laid.merged), "occupations": len(titles)},
        "new": {"skills": laid.new, "occupations": len(one.occupations) - len(titles)},
        "conflicts": _cut(conflicts),
        "conflict_counts": dict(Counter(conflict.reason for conflict in conflicts).most_common()),
        "skipped": _cut(found.skipped),
        "skipped_counts": [
            {"file": file, "reason": reason, "rows": count} for (file, reason), count in _reasons(found.skipped)
        ],
    }


def _cut(rows: Sequence[_Dict]) -> list[dict[str, Any]]:
    return [row.as_dict() for row in rows[:SHOWN]]


def _reasons(skipped: Iterable[Skipped]) -> list[tuple[tuple[str, str], int]]:
    return Counter((s.file, _NAMED.sub("names something", s.reason)) for s in skipped).most_common(SHOWN)
