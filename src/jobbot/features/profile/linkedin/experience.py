"""Roles and schools of LinkedIn's PDF: the size of the type tells a company from a title from what is told of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from jobbot.features.profile.reading.lines import Line
from jobbot.features.profile.understanding import dateranges
from jobbot.features.profile.understanding.blocks import Block, blocks, joined
from jobbot.features.profile.understanding.contacts import country_code, is_place
from jobbot.features.profile.understanding.found import Found, Tree, found

STEP = 0.2
"""Points by which two sizes of type differ."""

MAX_DETAIL = 4
MAX_STUDY = 600
"""Lines and characters below a school that can be its degree; LinkedIn tells nothing else there."""

_BRACKET = re.compile(r"\s*\([^()]*\)$")
_AREA = re.compile(r"^Greater \w|(?:\bArea|\bRegion|\bund Umgebung|\bet périphérie|\by alrededores)$")
_DETAIL = re.compile(r"^(?P<study>.*?)\s*·?\s*(?:\((?P<dates>[^()]*\d{4}[^()]*)\))?$")


@dataclass(slots=True)
class _Role:
    """A role's lines: what stands above the dates, the dates, what is told below."""

    head: list[Line]
    dates: Line
    told: list[Line]


def work(lines: list[Line], body: float) -> list[Tree]:
    """JSON Resume's `work`. A company with several roles stands once, above the first of them."""
    made: list[Tree] = []
    company: Found | None = None
    title_size = 0.0
    for role in _roles(lines, body):
        above, title, sure = _named(role.head, company is not None, title_size)
        if above:
            company = _joined(above, sure)
        elif company is not None:
            company = replace(company, confidence=0.8)
        title_size = title[0].size if title else title_size
        place, told = _placed(role.told)
        item: dict[str, Tree] = {"name": company} if company else {}
        if place:
            item["location"] = found(place.text, (place,), 0.8)
        if title:
            item["position"] = _joined(title, sure)
        made.append(item | _span(role.dates) | _told(told))
    return made


def _roles(lines: list[Line], body: float) -> Iterator[_Role]:
    """A line of dates below a line of larger type begins a role; larger lines above it are its head."""
    starts: list[tuple[int, int]] = []
    for at, line in enumerate(lines):
        if _dates(line.text) is None or line.size > body + 1:
            continue
        top, floor = at, starts[-1][1] if starts else -1
        while top - 1 > floor and _heads(lines, top - 1, body):
            top -= 1
        if top < at:
            starts.append((top, at))
    for number, (top, at) in enumerate(starts):
        end = starts[number + 1][0] if number + 1 < len(starts) else len(lines)
        yield _Role(lines[top:at], lines[at], lines[at + 1 : end])


def _heads(lines: list[Line], at: int, body: float) -> bool:
    total = dateranges.is_duration(lines[at].text) and at > 0 and lines[at - 1].size > body + STEP
    return total or (lines[at].size > body + STEP and not lines[at].mark)


def _named(head: list[Line], known: bool, title_size: float) -> tuple[list[Line], list[Line], float]:
    """Company and title; where the type does not tell them apart the first line is the company, which is a guess,
    unless it is full: then it is a title that goes on."""
    total = next((at for at, line in enumerate(head) if dateranges.is_duration(line.text)), None)
    if total is not None:
        return head[:total], head[total + 1 :], 0.9
    largest = max(line.size for line in head)
    title = [line for line in head if line.size < largest - STEP]
    if title:
        return [line for line in head if line.size >= largest - STEP], title, 0.9
    if known and abs(head[0].size - title_size) <= STEP and (len(head) == 1 or head[0].full):
        return [], head, 0.9
    return head[:1], head[1:], 0.55


def _placed(lines: list[Line]) -> tuple[Line | None, list[Line]]:
    """The grey line of the place, which comes first if at all."""
    if lines and not lines[0].mark and place_like(lines[0].text):
        return lines[0], lines[1:]
    return None, lines


def place_like(text: str) -> bool:
    """A place as LinkedIn writes them: `Town, Region, Country`, `Greater Town Area`, `Town`."""
    if len(text) > 80 or text.endswith((".", ":")):
        return False
    last = text.rpartition(",")[2].strip()
    return is_place(text) or bool(_AREA.search(text)) or ("," in text and bool(country_code(last)))


def _told(lines: list[Line]) -> dict[str, Tree]:
    """List items are highlights, paragraphs the summary."""
    parts = _whole(blocks(lines, wrapped=True))
    made: dict[str, Tree] = {}
    if prose := [part for part in parts if not part.item]:
        made["summary"] = paragraphs(prose)
    if items := [part for part in parts if part.item]:
        made["highlights"] = [part.found(confidence=0.85) for part in items]
    return made


def _whole(parts: list[Block]) -> list[Block]:
    """A list item goes on in a line that begins small right below it: LinkedIn sets no hanging indent."""
    result: list[Block] = []
    for part in parts:
        above = result[-1] if result else None
        if above and above.item and not part.item and part.text[:1].islower() and part.first.gap < 1.0:
            result[-1] = Block(joined([above.text, part.text]), above.lines + part.lines, above.mark)
        else:
            result.append(part)
    return result


def paragraphs(parts: list[Block]) -> Found:
    lines = tuple(line for part in parts for line in part.lines)
    return Block("\n".join(part.text for part in parts), lines).found(confidence=0.8)


def _dates(text: str) -> dateranges.Range | None:
    """The range of a line that holds nothing else but, perhaps, how long it lasted."""
    bare = _BRACKET.sub("", text)
    span = dateranges.find(bare)
    return span if span and (span.first, span.last) == (0, len(bare)) else None


def _span(line: Line) -> dict[str, Tree]:
    span = _dates(line.text)
    return _ends(span, line, _BRACKET.sub("", line.text)) if span else {}


def _ends(span: dateranges.Range, line: Line, words: str) -> dict[str, Tree]:
    source = found(words, (line,)).source
    sure = 0.9 if span.sure else 0.5
    if span.single:
        return {"endDate": Found(span.start, source, 0.55)}
    made: dict[str, Tree] = {"startDate": Found(span.start, source, sure)}
    return made | ({"endDate": Found(span.end, source, sure)} if span.end else {})


def education(lines: list[Line], body: float) -> list[Tree]:
    """JSON Resume's `education`: a school in larger type, below it `Degree, Field · (2013 - 2017)`."""
    schools: list[tuple[list[Line], list[Line]]] = []
    for line in lines:
        if line.size > body + STEP:
            if schools and not schools[-1][1] and schools[-1][0][-1].full:
                schools[-1][0].append(line)
            else:
                schools.append(([line], []))
        elif schools:
            schools[-1][1].append(line)
    return [{"institution": _joined(name, 0.9)} | _studied(detail) for name, detail in schools]


def _studied(lines: list[Line]) -> dict[str, Tree]:
    if not lines:
        return {}
    lines = lines[:MAX_DETAIL]
    text = joined([line.text for line in lines])[:MAX_STUDY]
    match = _DETAIL.match(text)
    study, dates = (match["study"].strip(" ·,"), match["dates"] or "") if match else (text, "")
    kind, _, area = study.partition(", ")
    whole = Block(text, tuple(lines))
    made: dict[str, Tree] = {}
    if area:
        made["area"] = whole.found(area, 0.8)
    if kind:
        made["studyType"] = whole.found(kind, 0.85)
    span = dateranges.find(dates) if dates else None
    return made | (_ends(span, lines[-1], dates) if span else {})


def _joined(lines: list[Line], sure: float) -> Found:
    return found(joined([line.text for line in lines]), tuple(lines), sure)
