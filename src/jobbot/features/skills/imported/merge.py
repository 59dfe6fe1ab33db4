"""Lays imported sets over the core: the same thing by name becomes one skill, everything else is added. Pure.

The core's names, marks and relations stay as they are; the merged skill takes the imported uri, so that results can be
held against ESCO. Names that the core gives to something else stay with the core.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from jobbot.features.skills.imported.keep import Imported
from jobbot.features.skills.imported.model import ENGLISH, TITLES, Concept, Conflict, Name
from jobbot.features.skills.imported.names import kind_of, sought
from jobbot.features.skills.model import Occupation, Skill, SkillKind
from jobbot.features.skills.normal import squeeze

TRANSVERSAL = ("transversal",)
GENERAL = ("general",)
CORE = "urn:jobbot:"
SPOKEN_LETTERS = 6


@dataclass(slots=True)
class Merged:
    """Skills and occupations of the core with the imported sets over them.

    `merged` maps a core uri to the imported one that took its place, `spoken` a language to the names that count only
    in texts of that language (uri -> names), `notes` a (uri, normal name) to what the name is.
    """

    skills: list[Skill]
    merged: dict[str, str] = field(default_factory=dict)
    new: int = 0
    spoken: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    notes: dict[tuple[str, str], str] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    hierarchy: set[str] = field(default_factory=set)


def merge(core: Sequence[Skill], sets: Iterable[Imported]) -> Merged:
    """The core first, then each set over what is there."""
    found = Merged(list(core))
    for one in sets:
        _lay(found, one)
    return found


def _lay(found: Merged, one: Imported) -> None:
    by_name = _names(found.skills)
    place = {skill.uri: number for number, skill in enumerate(found.skills)}
    same = _same(one, found, by_name)
    uris = {old: concept.uri for old, concept in same.items() if old.startswith(CORE)}
    stays = {concept.uri: old for old, concept in same.items() if not old.startswith(CORE)}
    taken = {concept.uri for concept in same.values()}
    for old, concept in same.items():
        found.skills[place[old]] = _joined(found.skills[place[old]], concept, one, found, by_name)
    for concept in one.skills:
        if concept.uri not in taken and concept.label():
            found.skills.append(_new(concept, one, found, by_name))
            found.new += 1
    found.merged |= {old: concept.uri for old, concept in same.items()}
    _rename(found, uris | stays)
    found.hierarchy |= {stays.get(concept.uri, concept.uri) for concept in one.skills if concept.broader}


def _names(skills: Sequence[Skill]) -> dict[str, str]:
    """Normal name -> uri; labels win over aliases."""
    names: dict[str, str] = {}
    for skill in skills:
        for alias in skill.aliases:
            names.setdefault(squeeze(alias), skill.uri)
    labels: dict[str, str] = {}
    for skill in skills:
        labels.setdefault(squeeze(skill.label), skill.uri)
    return names | labels


def _same(one: Imported, found: Merged, by_name: Mapping[str, str]) -> dict[str, Concept]:
    """Uri of a skill that is there -> the concept with its name: by label, then by the label without its qualifier."""
    same: dict[str, Concept] = {}
    taken: set[str] = set()
    for plain in (False, True):
        for concept in one.skills:
            label = concept.label()
            uri = by_name.get(squeeze(label.partition(" (")[0] if plain else label)) if label else None
            if uri is None or (plain and " (" not in label) or concept.what == "group" or concept.uri in taken:
                continue
            if uri in same:
                found.conflicts.append(
                    Conflict(label, same[uri].uri, concept.uri, "names a skill that is taken already")
                )
                continue
            same[uri] = concept
            taken.add(concept.uri)
    return same


def _joined(skill: Skill, concept: Concept, one: Imported, found: Merged, by_name: dict[str, str]) -> Skill:
    names, exact, context = _found_by(concept, skill.kind, one, found, by_name, skill.uri)
    known = {squeeze(name) for name in (skill.label, *skill.aliases)}
    more = tuple(name for name in names if squeeze(name) not in known)
    kept = frozenset(more)
    uri = concept.uri if skill.uri.startswith(CORE) else skill.uri
    for name in (concept.label(), *more):
        by_name.setdefault(squeeze(name), uri)
    for name in more:
        found.notes.setdefault((uri, squeeze(name)), f"alternative label, {TITLES[one.name]}")
    return replace(
        skill,
        uri=uri,
        aliases=(*skill.aliases, *more),
        broader=(*skill.broader, *(uri for uri in concept.broader if uri not in skill.broader)),
        related=(*skill.related, *(uri for uri in concept.related if uri not in skill.related)),
        exact=skill.exact | (exact & kept),
        context=skill.context | (context & kept),
    )


def _new(concept: Concept, one: Imported, found: Merged, by_name: dict[str, str]) -> Skill:
    label = concept.label()
    kind = kind_of(concept.what, label, concept.reuse)
    names, exact, context = _found_by(concept, kind, one, found, by_name, concept.uri)
    for name in (label, *names):
        by_name.setdefault(squeeze(name), concept.uri)
    for name in names:
        if name != label:
            found.notes.setdefault((concept.uri, squeeze(name)), f"alternative label, {TITLES[one.name]}")
    aliases = tuple(name for name in names if name != label)
    fields = GENERAL if concept.reuse in TRANSVERSAL else (one.name,)
    return Skill(
        uri=concept.uri,
        label=label,
        kind=kind,
        aliases=aliases,
        broader=tuple(concept.broader),
        related=tuple(concept.related),
        fields=fields,
        exact=exact,
        context=context,
        silent=frozenset() if label in names else frozenset((label,)),
    )


def _found_by(
    concept: Concept, kind: SkillKind, one: Imported, found: Merged, by_name: Mapping[str, str], own: str
) -> tuple[tuple[str, ...], frozenset[str], frozenset[str]]:
    """The English names a text is searched for, those that need their case, those that need company.

    A group of skills is a shelf and no skill: no text is searched for it.
    """
    if concept.what == "group":
        return (), frozenset(), frozenset()
    names: dict[str, None] = {}
    exact, context = set[str](), set[str]()
    for name in concept.names:
        if name.language != ENGLISH:
            _speak(concept, name, kind, one, found)
            continue
        for one_name in sought(name.text, kind, preferred=name.preferred):
            holder = by_name.get(squeeze(one_name.text))
            if holder not in (None, own, concept.uri):
                _clash(one_name.text, str(holder), concept, name, one, found)
                continue
            names[one_name.text] = None
            exact |= {one_name.text} if one_name.exact else set()
            context |= {one_name.text} if one_name.context else set()
    return tuple(names), frozenset(exact - context), frozenset(context)


def _clash(text: str, holder: str, concept: Concept, name: Name, one: Imported, found: Merged) -> None:
    reason = "stands for another skill already, which keeps it"
    found.conflicts.append(Conflict(text, holder, concept.uri, reason, one.files[name.file].name, name.line))


def _speak(concept: Concept, name: Name, kind: SkillKind, one: Imported, found: Merged) -> None:
    """Keep a name in another language; one short word is too likely to be a word of every advert there."""
    plain = name.text.partition(" (")[0]
    if " " not in plain and (len(plain) < SPOKEN_LETTERS or not name.preferred):
        return
    if " " in plain and not sought(plain.lower(), kind, preferred=name.preferred):
        return
    spoken = found.spoken.setdefault(name.language, {})
    spoken[concept.uri] = (*spoken.get(concept.uri, ()), plain)
    note = f"{name.language.upper()} label, {TITLES[one.name]}"
    found.notes.setdefault((concept.uri, squeeze(plain)), note)


def _rename(found: Merged, uris: Mapping[str, str]) -> None:
    """Let what pointed at a core uri point at the imported one that took its place."""
    for number, skill in enumerate(found.skills):
        if any(uri in uris for uri in (*skill.broader, *skill.related)):
            found.skills[number] = replace(
                skill,
                broader=tuple(dict.fromkeys(uris.get(uri, uri) for uri in skill.broader)),
                related=tuple(dict.fromkeys(uris.get(uri, uri) for uri in skill.related)),
            )


def occupations(sets: Iterable[Imported], core: Sequence[Occupation]) -> Occupations:
    """ESCO's occupations where ESCO is imported, else the core's and O*NET's; those left over lead to them by name."""
    by_set = {one.name: [_occupation(concept) for concept in one.occupations] for one in sets}
    esco, onet = by_set.get("esco") or [], by_set.get("onet") or []
    if esco:
        return Occupations(tuple(esco), (*core, *onet))
    return Occupations((*core, *onet), ())


class Occupations(NamedTuple):
    """What titles are read as, and occupations of other sets whose titles lead there."""

    answers: tuple[Occupation, ...]
    bridges: tuple[Occupation, ...]


def _occupation(concept: Concept) -> Occupation:
    label = concept.label()
    titles = tuple(dict.fromkeys(name.text for name in concept.names if name.text != label))
    return Occupation(concept.uri, label, titles, concept.code, concept.about)
