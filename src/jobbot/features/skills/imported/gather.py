"""From the rows of a set's tables to concepts: labels in their languages, what lies above what, what is related."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable

from jobbot.features.skills.corefile import slug
from jobbot.features.skills.imported.files import Part
from jobbot.features.skills.imported.layouts import Layout, Row, Table, decode, table, wrong
from jobbot.features.skills.imported.model import (
    ENGLISH,
    TITLES,
    Concept,
    Conflict,
    Gathered,
    Name,
    ReadFile,
    SetName,
    Skipped,
)
from jobbot.features.skills.normal import squeeze
from jobbot.kernel import strictjson
from jobbot.kernel.report import Report, silent

ESCO = "http://data.europa.eu/esco"
ONET = "urn:onet"
_GROUP = re.compile(r"/(?:isced-f|skill)/(?:[0-9]{2,4}|[SKTL][0-9.]*)$")
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_ORDER = ("O*NET occupations", "labels", "O*NET alternate titles", "O*NET technology skills", "hierarchy")
MAX_LABEL = 200
ENOUGH_ROWS, BELONG = 30, 0.25
"""From so many rows on a table is judged, by the share of rows whose alternative labels share a word with the label."""
_SECTIONS = (("essential_skills", "essential"), ("optional_skills", "optional"))


def gather(parts: Iterable[Part], wanted: SetName, report: Report = silent) -> Gathered:
    """Read every table of the set; whatever else lies there is named as not read.

    Raises InvalidInput where a table of the set cannot be read, or where there is none at all.
    """
    found = Gathered(wanted)
    tables, lists = _tables(parts, wanted, found)
    tables.sort(key=lambda one: (_rank(one.layout), -len([c for c, _ in one.columns if c]), one.name))
    ids: dict[str, str] = {}
    for done, one in enumerate(tables):
        report(f"Reading {TITLES[wanted]}", done, len(tables))
        _read(one, found, ids)
    for name, data in lists:
        _isco_list(name, data, found)
    if not found.files:
        known = "; ".join(f"{skip.file}: {skip.reason}" for skip in found.skipped[:3])
        raise wrong(
            "",
            None,
            f"no table of {TITLES[wanted]} is there ({known or 'no file'})",
            "see docs/howto/import-a-taxonomy.md",
        )
    found.version = next((one.version for one in tables if one.version), "")
    report(f"Reading {TITLES[wanted]}", len(tables), len(tables))
    break_cycles(found)
    _duplicates(found)
    return found


def _tables(parts: Iterable[Part], wanted: SetName, found: Gathered) -> tuple[list[Table], list[tuple[str, bytes]]]:
    tables: list[Table] = []
    lists: list[tuple[str, bytes]] = []
    for name, data in parts:
        if name.endswith(".json") and wanted == "esco":
            lists.append((name, data))
            continue
        one = table(name, data, wanted)
        if isinstance(one, str):
            found.skipped.append(Skipped(name, None, one))
        else:
            tables.append(one)
    return tables, lists


def _rank(layout: Layout) -> int:
    return _ORDER.index(layout.name) if layout.name in _ORDER else len(_ORDER)


def _read(one: Table, found: Gathered, ids: dict[str, str]) -> None:
    number, rows = len(found.files), 0
    take = _TAKERS[one.layout.name]
    strays = strayed(one)
    if strays:
        found.skipped.append(Skipped(one.name, None, strays))
    for row in one.rows():
        rows += 1
        if strays and isinstance(row, Row):
            row = row._replace(cells={key: cell for key, cell in row.cells.items() if key.partition(":")[0] != "alt"})
        reason = row[1] if not isinstance(row, Row) else take(row, one, number, found, ids)
        if reason:
            line = row.line if isinstance(row, Row) else row[0]
            found.skipped.append(Skipped(one.name, line, reason))
    digest = hashlib.sha256(one.text.encode()).hexdigest()
    found.files.append(ReadFile(one.name, one.layout.name, digest, rows, one.language))


def strayed(one: Table) -> str:
    """Why the alternative labels of a table are left out, "" where they are used.

    Tables are passed on whose columns were sorted apart, so that a row has the alternative labels of another. Where
    they belong to their rows, most share a word with the label; where they do not, next to none.
    """
    rows = belong = 0
    for row in one.rows() if one.layout.name == "labels" else ():
        if isinstance(row, Row) and "alt" in row.cells and "label" in row.cells:
            rows += 1
            belong += not _stems(row.cells["label"]).isdisjoint(_stems(row.cells["alt"]))
    if rows < ENOUGH_ROWS or belong >= BELONG * rows:
        return ""
    return f"its alternative labels stand in other rows than their labels ({belong} of {rows} share a word): left out"


def _stems(text: str) -> set[str]:
    return {word[:4] for word in squeeze(text).split() if len(word) > 3}


def _label(row: Row, one: Table, number: int, found: Gathered, ids: dict[str, str]) -> str:
    cells = row.cells
    uri = _uri(cells.get("uri", ""), cells.get("id", ""), "isco" in cells or "occupation" in one.name.lower())
    if not uri:
        return "no uri"
    if "id" in cells:
        ids[cells["id"]] = uri
    names = _names(row, one, number)
    if not any(name.preferred for name in names):
        return "no preferred label"
    concept = found.concepts.setdefault(uri, Concept(uri, _what(uri, cells, one)))
    _conflict(concept, names, one, found)
    known = {(squeeze(name.text), name.language) for name in concept.names}
    for name in names:
        key = (squeeze(name.text), name.language)
        if key not in known and key[0]:
            concept.names.append(name)
            known.add(key)
    concept.code = concept.code or cells.get("isco", "")
    concept.reuse = concept.reuse or cells.get("reuse", "")
    concept.about = concept.about or " ".join(cells.get("about", "").split())[:1000]
    return ""


def _uri(uri: str, name: str, occupation: bool) -> str:
    if uri:
        return uri if len(uri) <= 300 and not re.search(r"\s", uri) else ""
    return f"{ESCO}/{'occupation' if occupation else 'skill'}/{name}" if _UUID.fullmatch(name) else ""


def _what(uri: str, cells: object, one: Table) -> str:
    if "/esco/occupation/" in uri:
        return "occupation"
    if "/esco/isco/" in uri:
        return "isco"
    if _GROUP.search(uri):
        return "group"
    assert isinstance(cells, dict)
    kind = str(cells.get("kind", "")).lower()
    if "/esco/skill/" not in uri and ("isco" in cells or "occupation" in one.name.lower()):
        return "occupation"
    return {"knowledge": "knowledge", "language": "language", "skill/competence": "skill"}.get(kind, "")


def _names(row: Row, one: Table, number: int) -> list[Name]:
    """Preferred and alternative labels of a row; a cell's labels are separated by newlines or bars."""
    names: list[Name] = []
    for key, cell in row.cells.items():
        column, _, language = key.partition(":")
        if column in ("label", "alt"):
            texts = [cell] if column == "label" else re.split(r"[\n|]", cell)
            plain = [" ".join(text.split()) for text in texts]
            own = language or one.language
            names += [Name(t, own, column == "label", number, row.line) for t in plain if 0 < len(t) <= MAX_LABEL]
    names.sort(key=lambda name: not name.preferred)
    return names


def _conflict(concept: Concept, names: list[Name], one: Table, found: Gathered) -> None:
    """A second file that labels a concept otherwise: the first label stays, the other becomes an alternative one."""
    for place, name in enumerate(names):
        other = next((n.text for n in concept.names if n.preferred and n.language == name.language), "")
        if name.preferred and other and squeeze(other) != squeeze(name.text):
            reason = "another preferred label of the same concept; kept as an alternative one"
            found.conflicts.append(Conflict(name.text, other, concept.uri, reason, one.name, name.line))
        if name.preferred and other:
            names[place] = name._replace(preferred=False)


def _above(row: Row, one: Table, number: int, found: Gathered, ids: dict[str, str]) -> str:
    child = row.cells.get("child") or row.cells.get("uri", "")
    return _link(row.cells.get("parent", ""), child, found, ids, lambda parent, own: own.broader.append(parent.uri))


def _beside(row: Row, one: Table, number: int, found: Gathered, ids: dict[str, str]) -> str:
    cells = row.cells
    return _link(cells.get("to", ""), cells.get("from", ""), found, ids, lambda to, own: own.related.append(to.uri))


def _link(to: str, own: str, found: Gathered, ids: dict[str, str], join: Callable[[Concept, Concept], None]) -> str:
    ends = [found.concepts.get(ids.get(end, end)) for end in (to, own)]
    for end, concept in zip((to, own), ends, strict=True):
        if concept is None:
            return f"names {end[:80] or 'nothing'}, which no label row has"
    other, concept = ends
    assert other is not None
    assert concept is not None
    if other is not concept and other.uri not in (*concept.broader, *concept.related):
        join(other, concept)
    return ""


def _needs(row: Row, one: Table, number: int, found: Gathered, ids: dict[str, str]) -> str:
    return "" if row.cells.get("occupation") and row.cells.get("skill") else "no occupation or no skill"


def _soc(row: Row, one: Table, number: int, found: Gathered, ids: dict[str, str]) -> str:
    code, label = row.cells.get("soc", ""), row.cells.get("label", "")
    if not re.fullmatch(r"\d\d-\d{4}\.\d\d", code) or not label:
        return "no O*NET-SOC code (as 11-1011.00) or no title"
    uri = f"{ONET}:{code}"
    about = row.cells.get("about", "")[:1000]
    if uri in found.concepts:
        return f"{code} stands there twice"
    found.concepts[uri] = Concept(
        uri, "occupation", [Name(label, ENGLISH, True, number, row.line)], code=code, about=about
    )
    return ""


def _alternate(row: Row, one: Table, number: int, found: Gathered, ids: dict[str, str]) -> str:
    concept = found.concepts.get(f"{ONET}:{row.cells.get('soc', '')}")
    title = " ".join(row.cells.get("alternate", "").split())
    if concept is None:
        return f"names {row.cells.get('soc', '')[:20]}, which no occupation row has"
    if not title or len(title) > MAX_LABEL:
        return "no title, or one that is too long"
    if all(name.text != title for name in concept.names):
        concept.names.append(Name(title, ENGLISH, False, number, row.line))
    return ""


def _technology(row: Row, one: Table, number: int, found: Gathered, ids: dict[str, str]) -> str:
    product, code = " ".join(row.cells.get("example", "").split()), row.cells.get("commodity", "")
    if not product or len(product) > MAX_LABEL or not code:
        return "no product, or no commodity code"
    group = f"{ONET}:commodity:{code[:20]}"
    title = row.cells.get("commodity title", "")
    found.concepts.setdefault(group, Concept(group, "group", [Name(title, ENGLISH, True, number, row.line)]))
    uri = f"{ONET}:technology:{slug(product)}"
    own = found.concepts.setdefault(uri, Concept(uri, "tool", [Name(product, ENGLISH, True, number, row.line)]))
    if group not in own.broader:
        own.broader.append(group)
    return ""


_TAKERS: dict[str, Callable[[Row, Table, int, Gathered, dict[str, str]], str]] = {
    "labels": _label,
    "hierarchy": _above,
    "skill relations": _beside,
    "occupation skills": _needs,
    "O*NET occupations": _soc,
    "O*NET alternate titles": _alternate,
    "O*NET technology skills": _technology,
}


def _isco_list(name: str, data: bytes, found: Gathered) -> None:
    """Essential and optional skills by ISCO group: `{"7422": {"essential_skills": [{"uri", "label"}]}}`."""
    value = strictjson.loads(decode(name, data), where=name)
    if not isinstance(value, dict) or not all(isinstance(one, dict) and "isco_title" in one for one in value.values()):
        found.skipped.append(Skipped(name, None, "not a list of skills by ISCO group"))
        return
    number, rows = len(found.files), 0
    for group in value.values():
        listed = [entry for section, _ in _SECTIONS for entry in group.get(section) or ()]
        for entry in listed:
            rows += 1
            uri, label = (str(entry.get(key, "")) for key in ("uri", "label")) if isinstance(entry, dict) else ("", "")
            if not uri.startswith(f"{ESCO}/skill/") or not label:
                found.skipped.append(Skipped(name, None, "an entry without uri and label"))
            elif uri not in found.concepts:
                found.concepts[uri] = Concept(uri, "", [Name(label[:MAX_LABEL], ENGLISH, True, number, 1)])
    digest = hashlib.sha256(data).hexdigest()
    found.files.append(ReadFile(name, "skills by ISCO group", digest, rows))


def break_cycles(found: Gathered) -> None:
    """Drop the links that close a circle of broader concepts, in the order of the uris, and say so."""
    state: dict[str, int] = {}
    for start in sorted(found.concepts):
        stack = [(start, iter(tuple(found.concepts[start].broader)))] if start not in state else []
        state.setdefault(start, 1)
        while stack:
            uri, parents = stack[-1]
            parent = next(parents, None)
            if parent is None:
                state[uri] = 2
                stack.pop()
            elif state.get(parent) == 1:
                own = found.concepts[uri]
                own.broader.remove(parent)
                top = found.concepts[parent].label()
                found.conflicts.append(Conflict(own.label(), top, uri, "lies above itself; this link was left out"))
            elif parent not in state and parent in found.concepts:
                state[parent] = 1
                stack.append((parent, iter(tuple(found.concepts[parent].broader))))


def _duplicates(found: Gathered) -> None:
    """Two concepts of one kind with one label: the first by uri is found under it; both keep their uris."""
    first: dict[tuple[str, bool], Concept] = {}
    for concept in sorted(found.concepts.values(), key=lambda one: (one.what in ("group", "isco"), one.uri)):
        key = (squeeze(concept.label()), concept.what == "occupation")
        other = first.setdefault(key, concept)
        if other is not concept and concept.what != "isco":
            name = next((n for n in concept.names if n.preferred), None)
            file = found.files[name.file].name if name else ""
            why = "the same label twice; texts are read as the first"
            found.conflicts.append(
                Conflict(concept.label(), other.uri, concept.uri, why, file, name.line if name else None)
            )
