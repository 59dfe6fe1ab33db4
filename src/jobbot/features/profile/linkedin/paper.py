"""LinkedIn's "Save to PDF" -> a JSON Resume. The main column tells who, where and what; the sidebar has the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from jobbot.features.profile.linkedin import experience
from jobbot.features.profile.linkedin.page import MAIN, SIDE, Headings, named
from jobbot.features.profile.reading.lines import Line, Pages
from jobbot.features.profile.understanding.assemble import ORDER, Understood, left_over
from jobbot.features.profile.understanding.blocks import Block, blocks, joined
from jobbot.features.profile.understanding.contacts import country_code
from jobbot.features.profile.understanding.found import Found, Source, Tree, found, settle
from jobbot.features.profile.understanding.heads import read_head
from jobbot.features.profile.understanding.lists import languages

NOTE = (
    "LinkedIn's PDF holds three skills at the most, and no dates of certificates; the archive (Settings & Privacy, "
    "Data privacy, Get a copy of your data) holds all: `jobbot import linkedin FILE.zip`"
)


def understand(pages: Pages) -> Understood | None:
    """The fields of the PDF; None when its type tells too little, so that the reader of any CV has to do."""
    main = [line for line in pages.lines if line.flow == 0]
    body = _body(main)
    sections = _cut(main, MAIN, body)
    beside = _cut([line for line in pages.lines if line.flow == 1], SIDE, 0.0)
    jobs = experience.work(sections.get("work", []), body)
    if sections.get("work") and not jobs:
        return None
    tree: dict[str, Any] = {
        "basics": _basics(sections, beside),
        "work": jobs,
        "education": experience.education(sections.get("education", []), body),
    }
    for section, make in _BESIDE.items():
        tree[section] = make(*_items(beside.get(section, [])))
    ordered = {name: tree[name] for name in ORDER if tree.get(name)}
    resume, reads = settle(ordered)
    return Understood(resume, tuple(reads), left_over(pages.lines, reads))


def _body(lines: list[Line]) -> float:
    """The size in which most of the main column is set, never more than that of its dates."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    dated = [line.size for line in lines if line.text.endswith(")") and any(map(str.isdigit, line.text))]
    common = sizes.most_common(1)[0][0] if sizes else 0.0
    return min([common, *dated])


def _cut(lines: Iterable[Line], headings: Headings, body: float) -> dict[str, list[Line]]:
    """Lines under their headings; those before the first under "". A heading is larger than what stands below it."""
    sections: dict[str, list[Line]] = {"": []}
    current = ""
    for line in lines:
        name = named(line.text, headings) if line.size > body + 1 else ""
        if name:
            current = name
            sections.setdefault(name, [])
        else:
            sections[current].append(line)
    return sections


def _basics(sections: dict[str, list[Line]], beside: dict[str, list[Line]]) -> dict[str, Tree]:
    made: dict[str, Tree] = dict(read_head([], beside.get("contact", []), []).basics)
    made.pop("name", None)
    made.pop("label", None)
    top = sections[""]
    largest = max((line.size for line in top), default=0.0)
    name = [line for line in top if line.size >= largest - 0.5]
    rest = [line for line in top if line not in name]
    if name:
        made["name"] = found(joined([line.text for line in name]), tuple(name), 0.95)
    if rest and (experience.place_like(rest[-1].text) or (len(rest) > 1 and rest[-1].text.count(",") == 2)):
        made["location"] = _location(rest.pop())
    if rest:
        made["label"] = found(joined([line.text for line in rest]), tuple(rest), 0.9)
    if parts := blocks(sections.get("summary", []), wrapped=True):
        made["summary"] = experience.paragraphs(parts)
    order = ("name", "label", "email", "phone", "url", "summary", "location", "profiles")
    return {key: made[key] for key in order if key in made}


def _location(line: Line) -> dict[str, Tree]:
    parts = [part.strip() for part in line.text.split(",")]
    made: dict[str, Tree] = {}
    if code := country_code(parts[-1]):
        made["countryCode"] = Found(code, found(parts.pop(), (line,)).source, 0.85)
    if parts:
        made["city"] = found(parts[0], (line,), 0.85)
    if parts[1:]:
        made["region"] = found(", ".join(parts[1:]), (line,), 0.85)
    return made


def _items(lines: list[Line]) -> tuple[list[Block], float]:
    """The entries of a list in the sidebar, and how sure they are: a line wrapped stands closer to the one above than
    the next entry does; where all stand alike nobody can tell one long entry from two."""
    gaps = [line.gap for line in lines[1:] if line.gap < 1.9]
    if not gaps or max(gaps) - min(gaps) < 0.25:
        return blocks(lines, wrapped=True, listed=True), 0.55 if len(lines) > 1 else 0.85
    middle = (max(gaps) + min(gaps)) / 2
    groups: list[list[Line]] = []
    for line in lines:
        if groups and line.gap < middle and line.page == groups[-1][-1].page:
            groups[-1].append(line)
        else:
            groups.append([line])
    return [Block(joined([line.text for line in group]), tuple(group), group[0].mark) for group in groups], 0.85


def _skills(parts: list[Block], sure: float) -> list[Tree]:
    if not parts:
        return []
    name = Found("Skills", Source(parts[0].first.page, None, None), 0.6)
    return [{"name": name, "keywords": [part.found(confidence=sure) for part in parts]}]


def _languages(parts: list[Block], _: float) -> list[Tree]:
    return languages(parts)


def _titled(key: str) -> Callable[[list[Block], float], list[Tree]]:
    return lambda parts, sure: [{key: part.found(confidence=min(sure, 0.7))} for part in parts]


_BESIDE: dict[str, Callable[[list[Block], float], list[Tree]]] = {
    "skills": _skills,
    "languages": _languages,
    "certificates": _titled("name"),
    "awards": _titled("title"),
    "publications": _titled("name"),
}
