"""What is known, for `taxonomy status`, and the report of an import in lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from jobbot.features.skills.extract import Extractor
from jobbot.features.skills.imported.keep import Shelf
from jobbot.features.skills.imported.model import TITLES
from jobbot.features.skills.model import SkillKind


def told(extractor: Extractor, shelf: Shelf) -> dict[str, Any]:
    """Every set in use, the sets that cannot be used, and how much there is of what."""
    taxonomy = extractor.taxonomy
    kinds = Counter(skill.kind for skill in taxonomy.skills)
    return {
        "taxonomies": ["core", *taxonomy.over.sets],
        "imported": [one.about() for one in shelf.sets()],
        "broken": shelf.broken(),
        "skills": len(taxonomy),
        "names": extractor.names,
        "kinds": {kind.value: kinds[kind] for kind in SkillKind},
        "fields": dict(sorted(Counter(field for skill in taxonomy.skills for field in skill.fields).items())),
        "occupations": len(taxonomy.all_occupations),
        "titles": sum(1 + len(occupation.titles) for occupation in taxonomy.all_occupations),
    }


def lines(data: dict[str, Any]) -> Iterator[str]:
    """The report in lines."""
    read, merged, new = data["read"], data["merged"], data["new"]
    title, version = TITLES[data["set"]], f" {data['version']}" if data["version"] else ""
    done = (
        "would be read (dry run)" if data["dry_run"] else "imported" if data["changed"] else "unchanged since last time"
    )
    held = f"{read['skills']} skills, {read['occupations']} occupations, {read['labels']} labels"
    yield f"{title}{version} {done}: {held}"
    yield f"the same as in the core, by name: {merged['skills']} skills, {merged['occupations']} occupations"
    yield f"new: {new['skills']} skills, {new['occupations']} occupations"
    yield f"above one another: {read['broader']}, related: {read['related']}"
    for file in data["files"]:
        yield f"  {file['name']}: {file['layout']}, {file['rows']} rows, {file['language']}"
    for reason, count in data["conflict_counts"].items():
        yield f"{count} x {reason}"
    for row in data["skipped_counts"]:
        yield f"{row['rows']} left out of {row['file']}: {row['reason']}"
    if not data["dry_run"]:
        yield f"Undo: jobbot taxonomy remove {data['set']}"
