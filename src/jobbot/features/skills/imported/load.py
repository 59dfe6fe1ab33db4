"""The taxonomy of one data directory: the core, and over it what was imported.

Laying sets over the core takes seconds, so the result is kept beside them (`laid.json`) and made again when a set, the
core or these rules changed.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import Any

from jobbot.features.skills import rules
from jobbot.features.skills.find import named_keys
from jobbot.features.skills.imported.keep import Imported, Shelf
from jobbot.features.skills.imported.merge import Merged, Occupations, merge, occupations
from jobbot.features.skills.imported.titletext import core_words
from jobbot.features.skills.model import Skill, SkillKind
from jobbot.features.skills.taxonomy import Over, Taxonomy, load_core
from jobbot.kernel.errors import Failed
from jobbot.kernel.ids import short_hash

LAID = "laid.json"
SHARED = 3
"""Occupations that one name may stand for and still tell what somebody does."""


def load(home: Path) -> Taxonomy:
    """The core alone where nothing was imported; nothing else is read then."""
    shelf = Shelf(home)
    if not shelf.marks():
        return load_core()
    with _many_objects():
        laid = _kept(shelf) or _made(shelf)
        return _taxonomy(laid, Titles(shelf)) if laid else load_core()


def over_core(sets: list[Imported]) -> Taxonomy:
    """The core with these sets over it, kept nowhere."""
    with _many_objects():
        laid = _laid(merge(load_core().skills, sets), sets)
        found = occupations(sets, load_core().all_occupations)
        return _taxonomy(laid, found)


class Titles:
    """Occupations of a shelf, read when first asked for."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    @cached_property
    def _found(self) -> Occupations:
        with _many_objects():
            return occupations(self._shelf.sets(), load_core().all_occupations)

    @property
    def answers(self) -> Any:
        return self._found.answers

    @property
    def bridges(self) -> Any:
        return self._found.bridges


def _taxonomy(laid: dict[str, Any], titles: Titles | Occupations) -> Taxonomy:
    skills = [_skill(row) for row in laid["skills"]]
    over = Over(
        mark=laid["mark"],
        sets=tuple(laid["sets"]),
        spoken=laid["spoken"],
        notes={(uri, name): note for note, uri, name in laid["notes"]},
        hierarchy=frozenset(laid["hierarchy"]),
        titles=laid["titles"],
        keys=laid["keys"],
        bridges=lambda: titles.bridges,
    )
    return Taxonomy(skills, lambda: titles.answers, over=over)


def _laid(found: Merged, sets: list[Imported]) -> dict[str, Any]:
    return {
        "mark": short_hash(*(one.mark for one in sets)),
        "sets": [one.name for one in sets],
        "skills": [_row(skill) for skill in found.skills],
        "keys": named_keys(found.skills),
        "spoken": found.spoken,
        "notes": [(note, uri, name) for (uri, name), note in found.notes.items()],
        "hierarchy": sorted(found.hierarchy),
        "titles": _titles(sets),
    }


def _titles(sets: list[Imported]) -> dict[str, dict[str, str]]:
    """Normal form of each name of an imported occupation -> uri -> label; a name that many share tells nothing."""
    names: dict[str, dict[str, str]] = {}
    for concept in (concept for one in sets for concept in one.occupations):
        for name in concept.names:
            names.setdefault(core_words(name.text), {})[concept.uri] = concept.label()
    return {name: uris for name, uris in names.items() if name and len(uris) <= SHARED}


def _kept(shelf: Shelf) -> dict[str, Any] | None:
    """What was laid over earlier, None where that is out of date or unreadable."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        value: dict[str, Any] = json.loads((shelf.folder / LAID).read_text("utf-8"))
        if value["stamp"] == _stamp(shelf):
            return value
    return None


def _made(shelf: Shelf) -> dict[str, Any] | None:
    sets = shelf.sets()
    if not sets:
        return None
    laid = _laid(merge(load_core().skills, sets), sets)
    with suppress(Failed):  # a full disk costs seconds, not the answer
        shelf.put(shelf.folder / LAID, {**laid, "stamp": _stamp(shelf)})
    return laid


def _stamp(shelf: Shelf) -> str:
    """What `laid.json` was made from: the sets, the core and the rules."""
    return short_hash(rules.version(), repr(shelf.marks()))


def _row(skill: Skill) -> list[Any]:
    marks = [sorted(skill.exact), sorted(skill.context), sorted(skill.silent)]
    return [skill.uri, skill.label, skill.kind.value, skill.aliases, skill.broader, skill.related, skill.fields, *marks]


def _skill(row: list[Any]) -> Skill:
    uri, label, kind, aliases, broader, related, fields, exact, context, silent = row
    return Skill(
        uri,
        label,
        SkillKind(kind),
        tuple(aliases),
        tuple(broader),
        tuple(related),
        tuple(fields),
        frozenset(exact),
        frozenset(context),
        frozenset(silent),
    )


@contextmanager
def _many_objects() -> Iterator[None]:
    """Without looks for garbage while a hundred thousand small objects that all stay are made."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
