"""Facts of a JSON Resume: atoms with a pointer, the exact wording, and ids that survive a re-import.

`draft` is a walk over the sections; `identity.settle` gives the ids. A role, project or school is a fact of its own
(the head of its group); what stands under it carries the head's pointer, organisation, position and dates.

- highlights: one BULLET each. Sentences of a role's or project's summary and description that state an achievement are
  BULLETs too, with the pointer of that text and its offsets in the attributes `start` and `end`; other sentences of a
  role's summary are SUMMARY facts with a group. Why a job ended is no fact.
- the candidate's own summary: one SUMMARY per sentence, `group` empty.
- skills: one SKILL per keyword (attributes `group`, `level`); the group's name where it has no keywords.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from jobbot.features.profile import dates
from jobbot.features.profile.identity import settle
from jobbot.features.profile.sentences import misfortune, sentences, states_achievement
from jobbot.kernel.fact import Fact, FactKind
from jobbot.kernel.ids import FactId

Entry = dict[str, Any]
_NEW = FactId("")


def facts_of(resume: Any, previous: Iterable[Fact] = ()) -> tuple[Fact, ...]:
    """All facts in the order of the resume, with ids kept from `previous` where it is clearly the same fact.

    Never fails on an odd document: what is not of the expected type is passed over.
    """
    if not isinstance(resume, dict):
        return ()
    drafts = [fact for section in _SECTIONS for fact in section(resume) if fact.wording.strip()]
    return settle(drafts, tuple(previous))


def _basics(resume: Entry) -> Iterator[Fact]:
    basics = resume.get("basics")
    if not isinstance(basics, dict):
        return
    yield from _one(FactKind.NAME, "/basics/name", basics.get("name"))
    yield from _one(FactKind.LABEL, "/basics/label", basics.get("label"))
    for field in ("email", "phone", "url"):
        yield from _one(FactKind.CONTACT, f"/basics/{field}", basics.get(field), (("field", field),))
    yield from _location(basics.get("location"))
    for pointer, item in _entries(basics, "profiles", "/basics"):
        network = (("field", "profile"), ("network", _text(item, "network")), ("username", _text(item, "username")))
        yield from _one(FactKind.CONTACT, f"{pointer}/url", item.get("url"), network)
    summary = basics.get("summary")
    if isinstance(summary, str):
        yield from _sentences(FactKind.SUMMARY, "/basics/summary", summary, None)


def _location(location: object) -> Iterator[Fact]:
    if isinstance(location, dict):
        parts = tuple((key, _text(location, key)) for key in ("city", "region", "countryCode", "postalCode", "address"))
        wording = ", ".join(dict.fromkeys(value for key, value in parts[:3] if value))
        yield from _one(FactKind.CONTACT, "/basics/location", wording, (("field", "location"), *parts))


def _work(resume: Entry) -> Iterator[Fact]:
    for pointer, item in _entries(resume, "work"):
        head = _head(FactKind.ROLE, pointer, item, "name", "position", ("location", "description", "url"))
        yield head
        yield from _highlights(head, item)
        yield from _told(head, item, "summary", keep=True)
        yield from _told(head, item, "description", keep=False)


def _volunteer(resume: Entry) -> Iterator[Fact]:
    for pointer, item in _entries(resume, "volunteer"):
        head = _head(FactKind.VOLUNTEER, pointer, item, "organization", "position", ("url",))
        yield head
        yield from _highlights(head, item)
        yield from _told(head, item, "summary", keep=True)


def _projects(resume: Entry) -> Iterator[Fact]:
    for pointer, item in _entries(resume, "projects"):
        head = _head(FactKind.PROJECT, pointer, item, "entity", "name", ("description", "url", "type"))
        keywords = tuple(("keyword", word) for _, word in _strings(item, "keywords", ""))
        roles = tuple(("role", word) for _, word in _strings(item, "roles", ""))
        head = replace(head, wording=_text(item, "name"), attributes=head.attributes + keywords + roles)
        yield head
        yield from _highlights(head, item)
        text = item.get("description")
        if isinstance(text, str):
            yield from _sentences(FactKind.BULLET, f"{pointer}/description", text, head)


def _education(resume: Entry) -> Iterator[Fact]:
    for pointer, item in _entries(resume, "education"):
        degree = tuple(_text(item, key) for key in ("studyType", "area"))
        courses = tuple(("course", word) for _, word in _strings(item, "courses", ""))
        start, end = _dates(item)
        yield Fact(
            _NEW,
            FactKind.EDUCATION,
            pointer,
            ", ".join(part for part in (*degree, _text(item, "institution")) if part),
            group=pointer,
            organisation=_text(item, "institution"),
            position=", ".join(part for part in degree if part),
            start=start,
            end=end,
            attributes=_attributes(item, ("studyType", "area", "institution", "score", "url")) + courses,
        )


def _skills(resume: Entry) -> Iterator[Fact]:
    for pointer, item in _entries(resume, "skills"):
        name, level = _text(item, "name"), _text(item, "level")
        words = list(_strings(item, "keywords", pointer)) or [(f"{pointer}/name", name)]
        for place, word in words:
            yield Fact(
                _NEW, FactKind.SKILL, place, word, group=pointer, attributes=_filled(("group", name), ("level", level))
            )


def _languages(resume: Entry) -> Iterator[Fact]:
    for pointer, item in _entries(resume, "languages"):
        fluency = _filled(("language", _text(item, "language")), ("fluency", _text(item, "fluency")))
        wording = ", ".join(value for _, value in fluency)
        yield from _one(FactKind.LANGUAGE, pointer, wording, fluency)


def _dated(section: str, kind: FactKind, title: str, by: str, date: str) -> Callable[[Entry], Iterator[Fact]]:
    """Certificates, awards and publications: a title, who gave it, when. `start` and `end` are the same day."""

    def walk(resume: Entry) -> Iterator[Fact]:
        for pointer, item in _entries(resume, section):
            day = _date(item, date)
            rest = _attributes(item, ("summary", "url"))
            yield Fact(
                _NEW,
                kind,
                pointer,
                _text(item, title),
                group=pointer,
                organisation=_text(item, by),
                start=day,
                end=day,
                attributes=rest + _filled((by, _text(item, by)), (date, day)),
            )

    return walk


def _interests(resume: Entry) -> Iterator[Fact]:
    for pointer, item in _entries(resume, "interests"):
        words = list(_strings(item, "keywords", pointer)) or [(f"{pointer}/name", _text(item, "name"))]
        for place, word in words:
            yield from _one(FactKind.INTEREST, place, word, _filled(("group", _text(item, "name"))))


def _references(resume: Entry) -> Iterator[Fact]:
    for pointer, item in _entries(resume, "references"):
        attributes = _filled(("name", _text(item, "name")))
        yield from _one(FactKind.REFERENCE, f"{pointer}/reference", item.get("reference"), attributes)


_SECTIONS: tuple[Callable[[Entry], Iterator[Fact]], ...] = (
    _basics,
    _work,
    _volunteer,
    _projects,
    _education,
    _skills,
    _languages,
    _dated("certificates", FactKind.CERTIFICATE, "name", "issuer", "date"),
    _dated("awards", FactKind.AWARD, "title", "awarder", "date"),
    _dated("publications", FactKind.PUBLICATION, "name", "publisher", "releaseDate"),
    _interests,
    _references,
)


def _head(kind: FactKind, pointer: str, item: Entry, organisation: str, position: str, rest: tuple[str, ...]) -> Fact:
    start, end = _dates(item)
    title, firm = _text(item, position), _text(item, organisation)
    return Fact(
        _NEW,
        kind,
        pointer,
        ", ".join(part for part in (title, firm) if part),
        group=pointer,
        organisation=firm,
        position=title,
        start=start,
        end=end,
        attributes=_attributes(item, rest),
    )


def _highlights(head: Fact, item: Entry) -> Iterator[Fact]:
    for pointer, text in _strings(item, "highlights", head.pointer):
        yield _under(head, FactKind.BULLET, pointer, text)


def _told(head: Fact, item: Entry, key: str, *, keep: bool) -> Iterator[Fact]:
    """Sentences of a role's text: achievements as bullets, with `keep` the others as its summary."""
    text = item.get(key)
    if not isinstance(text, str):
        return
    for fact in _sentences(FactKind.BULLET, f"{head.pointer}/{key}", text, head):
        if states_achievement(fact.wording):
            yield fact
        elif keep and not misfortune(fact.wording):
            yield replace(fact, kind=FactKind.SUMMARY)


def _sentences(kind: FactKind, pointer: str, text: str, head: Fact | None) -> Iterator[Fact]:
    for span in sentences(text):
        where = (("start", str(span.start)), ("end", str(span.end)))
        if head is None:
            yield Fact(_NEW, kind, pointer, span.of(text), attributes=where)
        else:
            yield _under(head, kind, pointer, span.of(text), where)


def _under(head: Fact, kind: FactKind, pointer: str, text: str, more: tuple[tuple[str, str], ...] = ()) -> Fact:
    return replace(head, kind=kind, pointer=pointer, wording=text, attributes=more)


def _one(kind: FactKind, pointer: str, value: object, attributes: tuple[tuple[str, str], ...] = ()) -> Iterator[Fact]:
    if isinstance(value, str):
        yield Fact(_NEW, kind, pointer, value, attributes=tuple(pair for pair in attributes if pair[1]))


def _entries(resume: Entry, section: str, base: str = "") -> Iterator[tuple[str, Entry]]:
    value = resume.get(section)
    for index, item in enumerate(value if isinstance(value, list) else ()):
        if isinstance(item, dict):
            yield f"{base}/{section}/{index}", item


def _strings(item: Entry, key: str, base: str) -> Iterator[tuple[str, str]]:
    value = item.get(key)
    for index, text in enumerate(value if isinstance(value, list) else ()):
        if isinstance(text, str) and text.strip():
            yield f"{base}/{key}/{index}", text


def _text(item: Entry, key: str) -> str:
    value = item.get(key)
    return value if isinstance(value, str) else ""


def _date(item: Entry, key: str) -> str:
    value = item.get(key)
    return str(value) if dates.valid(value) else ""


def _dates(item: Entry) -> tuple[str, str]:
    return _date(item, "startDate"), _date(item, "endDate")


def _attributes(item: Entry, keys: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return _filled(*((key, _text(item, key)) for key in keys))


def _filled(*pairs: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(pair for pair in pairs if pair[1])
