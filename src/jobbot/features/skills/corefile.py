"""The core taxonomy's files: one plain text file per field of work.

    # comment
    k Databases: database systems                  kind, label, synonyms
      t PostgreSQL: Postgres ~ SQL                 indented: under Databases; after ~ related labels
    s Welding: welder > MIG welding = GMAW, brazing     after > narrower skills, each with its synonyms after =

Kinds: s skill, k knowledge, t tool, l language, c credential, o occupation (in `occupations.txt`). Before a name, `!`
means "only in exactly this case" (HR, IT), `?` means "and only where the context speaks for it" (Go, R, Word).
A label that appears again gains aliases, a field and another parent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from jobbot.features.skills.model import Occupation, Skill, SkillKind
from jobbot.features.skills.normal import squeeze

KINDS = {
    "s": SkillKind.SKILL,
    "k": SkillKind.KNOWLEDGE,
    "t": SkillKind.TOOL,
    "l": SkillKind.LANGUAGE,
    "c": SkillKind.CREDENTIAL,
}
OCCUPATIONS = "occupations"
_WORD = re.compile(r"[A-Za-z]?[a-z0-9&/]+")
_SPELT = (("+", " plus"), ("#", " sharp"))


@dataclass(slots=True)
class Entry:
    """One label while the files are read. `marked` holds the names with ! or ?."""

    label: str
    kind: str
    aliases: list[str] = field(default_factory=list)
    broader: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    exact: set[str] = field(default_factory=set)
    context: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Core:
    skills: tuple[Skill, ...]
    occupations: tuple[Occupation, ...]


def read_core() -> Core:
    """Read every file of the bundled core. Raises ValueError naming file and line where one is malformed."""
    entries: dict[str, Entry] = {}
    occupations: list[Occupation] = []
    for name, text in _texts():
        if name == OCCUPATIONS:
            occupations.extend(_occupations(text))
        else:
            read_file(name, text, entries)
    return Core(skills_of(entries), tuple(occupations))


def read_file(name: str, text: str, entries: dict[str, Entry]) -> None:
    """Add the lines of one file to `entries`, keyed by the label in lower case."""
    chain: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        body = line.lstrip(" ")
        if not body or body[0] == "#":
            continue
        depth = (len(line) - len(body)) // 2
        if depth > len(chain) or body[0] not in KINDS or body[1:2] != " ":
            raise ValueError(f"core/{name}.txt:{number}: expected a kind, a space and a label, at most one step deeper")
        key = _line(body, name, entries, chain[depth - 1] if depth else "")
        chain[depth:] = [key]


def _line(body: str, field_name: str, entries: dict[str, Entry], parent: str) -> str:
    names, _, related = body[2:].partition(" ~ ")
    own, _, narrower = names.partition(" > ")
    label, _, aliases = own.partition(": ")
    key = _entry((label, *aliases.split(", ")) if aliases else (label,), body[0], field_name, entries, parent)
    for group in narrower.split(", ") if narrower else ():
        first, *others = group.split(" = ")
        _entry((_shown(first), *others), body[0], field_name, entries, key)
    if related:
        entries[key].related += [other.strip().lower() for other in related.split(", ")]
    return key


def _entry(names: tuple[str, ...], kind: str, field_name: str, entries: dict[str, Entry], parent: str) -> str:
    plain = names[0].lstrip("!?").strip()
    key = plain.lower()
    entry = entries.get(key)
    if entry is None:
        entry = entries[key] = Entry(plain, kind)
    for name in names:
        _name(entry, name)
    if parent and parent not in entry.broader and parent != key:
        entry.broader.append(parent)
    if field_name not in entry.fields:
        entry.fields.append(field_name)
    return key


def _shown(name: str) -> str:
    """A narrower skill's label as people read it: "hplc" as HPLC, "brazing" as Brazing."""
    if not name[0].islower():
        return name
    first = name.split(" ", 1)[0]
    if len(first) < 6 and not any(vowel in first for vowel in "aeiouy"):
        return first.upper() + name[len(first) :]
    return name[0].upper() + name[1:]


def _name(entry: Entry, marked: str) -> None:
    plain = marked.strip()
    if plain[:1] == "!":
        plain = plain[1:]
        entry.exact.add(plain)
    elif plain[:1] == "?":
        plain = plain[1:]
        entry.context.add(plain)
    if plain and plain != entry.label and plain not in entry.aliases:
        entry.aliases.append(plain)


def skills_of(entries: dict[str, Entry]) -> tuple[Skill, ...]:
    """Skills with uris for labels. Raises ValueError for a related label that is nowhere."""
    uris = {key: f"urn:jobbot:skill:{slug(entry.label)}" for key, entry in entries.items()}
    try:
        return tuple(
            Skill(
                uri=uris[key],
                label=_cased(entry),
                kind=KINDS[entry.kind],
                aliases=tuple(entry.aliases),
                broader=tuple([uris[parent] for parent in entry.broader]),
                related=tuple([uris[other] for other in entry.related]),
                fields=tuple(entry.fields),
                exact=frozenset(entry.exact),
                context=frozenset(entry.context),
            )
            for key, entry in entries.items()
        )
    except KeyError as missing:
        raise ValueError(f"a related label of the core is nowhere: {missing}") from None


def _cased(entry: Entry) -> str:
    """The label as people write it, by `casing.txt`; one with a capital inside, or marked, stays as it is."""
    if entry.label in entry.exact | entry.context:
        return entry.label
    return _WORD.sub(lambda match: _casing().get(match.group().lower(), match.group()), entry.label)


@cache
def _casing() -> dict[str, str]:
    lines = files("jobbot.features.skills").joinpath("casing.txt").read_text(encoding="utf-8").split("\n")
    words = " ".join(line for line in lines if line[:1] != "#").split()
    return {word.lower(): word for word in words}


def slug(label: str) -> str:
    """
    >>> slug("C++"), slug("Node.js"), slug("Wound care")
    ('c-plus-plus', 'node-js', 'wound-care')
    """
    for sign, word in _SPELT:
        label = label.replace(sign, word)
    label = f"dot {label[1:]}" if label.startswith(".") else label
    return re.sub(r"[^a-z0-9]+", "-", squeeze(label)).strip("-")


def _occupations(text: str) -> Iterator[Occupation]:
    area = ""
    for line in text.split("\n"):
        if line.startswith("## "):
            area = line[3:].strip()
        elif line and line[0] != "#":
            label, _, titles = line.partition(": ")
            names = tuple(title.strip() for title in titles.split(", ") if title.strip())
            yield Occupation(f"urn:jobbot:occupation:{slug(label)}", label, names, area)


def _texts() -> Iterator[tuple[str, str]]:
    folder = files("jobbot.features.skills").joinpath("core")
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.name.endswith(".txt"):
            yield item.name[: -len(".txt")], item.read_text(encoding="utf-8")
