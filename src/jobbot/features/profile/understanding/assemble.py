"""A JSON Resume from the lines of a CV, each value with its source; what found no place is named, never dropped "
"unseen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from jobbot.features.profile.reading.lines import Line, Pages
from jobbot.features.profile.understanding import lists, roles, schooling
from jobbot.features.profile.understanding.blocks import Block, blocks
from jobbot.features.profile.understanding.contacts import location_of
from jobbot.features.profile.understanding.dateranges import has_date
from jobbot.features.profile.understanding.entries import Entry, entries, heads_entry
from jobbot.features.profile.understanding.found import Read, Tree, settle
from jobbot.features.profile.understanding.headings import is_title, section_of
from jobbot.features.profile.understanding.heads import read_head, summary_of
from jobbot.features.profile.understanding.lexicon import degree, position_score, school
from jobbot.features.profile.understanding.sections import Section, cut

ORDER = (
    *("basics", "work", "volunteer", "education", "awards", "certificates", "publications"),
    *("skills", "languages", "interests", "references", "projects"),
)
DATED: dict[str, Callable[[list[Entry]], list[Tree]]] = {**roles.SECTIONS, "education": schooling.education}


LISTED = ("skills", "languages", "certificates", "interests")


@dataclass(frozen=True, slots=True)
class Understood:
    """`unused` are the lines that stand in no field."""

    resume: dict[str, Any] = field(repr=False)
    reads: tuple[Read, ...] = field(repr=False)
    unused: tuple[str, ...] = field(repr=False)


def understand(pages: Pages) -> Understood:
    """Fields of a CV. Never fails: a text that is no CV gives few fields."""
    sections = _with_headless(cut(pages.lines), pages)
    header = [line for section in sections if section.name == "header" for line in section.lines]
    contact = [line for section in sections if section.name == "contact" for line in section.lines]
    head = read_head(header, contact, list(pages.lines))
    tree: dict[str, Any] = {"basics": head.basics}
    _summarise(tree, sections, head.rest, pages)
    for section in sections:
        _fill(tree, section, pages)
    ordered = {name: tree[name] for name in ORDER if tree.get(name)}
    resume, reads = settle(ordered)
    return Understood(resume, tuple(reads), left_over(pages.lines, reads))


def left_over(lines: Iterable[Line], reads: Iterable[Read]) -> tuple[str, ...]:
    """The lines of which too little came into any field."""
    known = set(_words(" ".join(read.wording for read in reads)))
    return tuple(line.text for line in lines if _unused(line.text, known))


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", text.casefold()) if len(word) > 2]


def _unused(text: str, known: set[str]) -> bool:
    """Whether fewer than half the words of a line came into any field; headings and bare dates need not."""
    if section_of(text) or is_title(text) or has_date(text) or location_of(text):
        return False
    words = _words(text)
    return bool(words) and 2 * sum(word in known for word in words) < len(words)


def _fill(tree: dict[str, Any], section: Section, pages: Pages) -> None:
    parts = blocks(section.lines, wrapped=pages.wrapped, listed=section.name in LISTED)
    if section.name in DATED:
        made = _dated(section.name, parts)
    elif section.name in lists.SECTIONS:
        made = {section.name: lists.SECTIONS[section.name](parts)}
    else:
        return
    for name, items in made.items():
        tree[name] = tree.get(name, []) + items


def _dated(name: str, parts: list[Block]) -> dict[str, list[Tree]]:
    """Entries of a section; what is plainly a school among jobs goes to the schools."""
    found = entries(parts, single=name in ("education", "projects"))
    schools = [entry for entry in found if name == "work" and _is_school(entry)]
    made = {name: DATED[name]([entry for entry in found if entry not in schools])}
    if schools:
        made["education"] = schooling.education(schools)
    return made


def _is_school(entry: Entry) -> bool:
    text = " ".join(piece.text for piece in entry.pieces)
    return school(text) and degree(text) and position_score(text) == 0


def _summarise(tree: dict[str, Any], sections: list[Section], rest: list[Line], pages: Pages) -> None:
    """The section of that name, else the prose of the head."""
    lines = [line for section in sections if section.name == "summary" for line in section.lines]
    summary = summary_of(blocks(lines or rest, wrapped=pages.wrapped), 0.9 if lines else 0.7)
    if summary is not None:
        tree["basics"]["summary"] = summary


def _with_headless(sections: list[Section], pages: Pages) -> list[Section]:
    """A CV without headings: from its first dated entry on, the head is work history."""
    if any(section.name == "work" for section in sections):
        return sections
    result: list[Section] = []
    for section in sections:
        at = _first_entry(section, pages) if section.name in ("header", "summary") else None
        if at is None:
            result.append(section)
        else:
            result += [Section(section.name, section.lines[:at]), Section("work", section.lines[at:])]
    return result


def _first_entry(section: Section, pages: Pages) -> int | None:
    """Index of the line where the heading of the first dated entry begins."""
    parts = blocks(section.lines, wrapped=pages.wrapped)
    dated = [i for i, block in enumerate(parts) if heads_entry(block, single=False)]
    if not dated or len(parts) - dated[0] < 2:
        return None
    first = dated[0]
    own = parts[first].text
    if first and position_score(parts[first - 1].text) and len(parts[first - 1].text) < 60 and not position_score(own):
        first -= 1
    line = parts[first].first
    return section.lines.index(line) if section.lines.index(line) >= 1 else None
