"""Postings in the lines of an alert mail: a title that is a link, and who, where and how much in the lines beside it.

Alert mails follow no published format. What they share is used and nothing else: one posting is one run of lines with
links to one address, its first line is the title, employer and place follow, on one line with a dot between them or on
two. Lines that such mails add for everybody ("Easily apply", "3 days ago") are left out of both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from jobbot.features.sources.byhand.links import Link

LONGEST = 8
"""Lines that one posting of a mail has at most; what follows belongs to the mail."""
_NOISE = re.compile(
    r"(?:view (?:job|all|more|details)|see (?:all|more|job)|apply|apply now|easy apply|easily apply|promoted|new|hot|"
    r"save|jetzt bewerben|zum job|job ansehen|mehr erfahren|voir l.offre|postuler|ver (?:oferta|empleo)|"
    r"actively (?:recruiting|hiring)|be (?:an early applicant|among the first).*|fast growing|high skills match|"
    r"responds? within.*|responsive employer|(?:urgently )?hiring.*|hiring multiple.*|\d[\d.,]* .*(?:alumni|alumnus|"
    r"connections?|applicants?|reviews?|bewerber\w*)|\d[.,]\d(?: ?(?:★|/ ?5).*)?|[★☆]+|this job is.*|matches your.*|"
    r"top applicant.*|your profile.*|reactivated.*|schnellbewerbung|einfach bewerben)[:.!→»> ]*",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"(?:posted |vor |il y a |hace )?(?:(?P<now>just (?:posted|now)|today|heute|aujourd.hui|hoy)|"
    r"(?P<days>yesterday|gestern|hier|ayer)|(?P<n>\d{1,3})\+? ?(?P<unit>h|hours?|hrs?|stunden?|heures?|horas?|d|"
    r"days?|tag(?:en|e)?|jours?|d[ií]as?|w|weeks?|wochen?|semaines?|semanas?|months?|monat(?:en|e)?|mois|mes(?:es)?)"
    r"(?: ago)?)",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"(?:this (?:e-?mail|message)|you(?:.re| are) receiving|you received|unsubscribe|intended for|"
    r"manage (?:your )?alert|diese e-?mail|abmelden|abbestellen|cet e-?mail|se d[ée]sabonner|"
    r"este (?:correo|e-?mail)|©).*",
    re.IGNORECASE,
)
_MODE = re.compile(r"\s*[(\[]?\b(remote|hybrid|on-?site)\b[)\]]?\s*$", re.IGNORECASE)
_RATING = re.compile(r"\s+\d[.,]\d(?:\s*(?:★|/ ?5|\d).*)?$")
_DOT = re.compile(r"\s+[·•|]\s+")
_PAY = re.compile(r"[$€£]\s?\d|\d[\d.,]*\s?(?:k\b|€|EUR|USD|GBP|CHF)|per (?:hour|year|annum)|pro (?:Jahr|Stunde)", re.I)
_DAYS = {"h": 0, "s": 0, "d": 1, "t": 1, "j": 1, "w": 7, "m": 30}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a mail as a person sees it, the postings it links to, and whether it leads elsewhere."""

    text: str
    links: tuple[Link, ...] = ()
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A posting as a mail shows it; `lines` are what it says of it, `age` how long ago it says it was posted."""

    link: Link
    title: str
    company: str | None = None
    place: str | None = None
    remote: str | None = None
    age: timedelta | None = None
    lines: tuple[str, ...] = field(default=())

    def posted(self, sent: datetime | None) -> datetime | None:
        """When it was posted, where both the mail's date and the age are known."""
        return sent - self.age if sent is not None and self.age is not None else None


def cards_of(lines: Sequence[Line]) -> Iterator[Card]:
    """The postings of a mail in their order, each once; a link without any title beside it gives none."""
    seen: set[tuple[str, str, str]] = set()
    for link, found in _runs(lines):
        card = card_of(link, found)
        if card is None:
            continue
        key = (link.vendor, link.id, "" if link.id else f"{card.title} {card.company}".casefold())
        if key not in seen:
            seen.add(key)
            yield card


def _runs(lines: Sequence[Line]) -> Iterator[tuple[Link, list[str]]]:
    """Each link with its lines: those up to the next link, or before it where the link itself says nothing."""
    start = 0
    at = 0
    while at < len(lines):
        link = next(iter(lines[at].links), None)
        if link is None:
            at += 1
            continue
        end = _end(lines, at, link)
        own = [line.text for line in lines[at:end] if line.links and not _noise(line.text)]
        if own:
            after = _until_gap(lines, end)
            yield link, [line.text for line in lines[at:after] if line.text]
            start = at = after
        else:
            yield link, _before(lines, start, at)
            start = at = end


def _end(lines: Sequence[Line], at: int, link: Link) -> int:
    """Behind the last line that links to the same posting, with no other posting between."""
    end = at + 1
    for index in range(at + 1, min(len(lines), at + LONGEST + 1)):
        if lines[index].links:
            if lines[index].links[0] != link or not link.id:
                break
            end = index + 1
    return end


def _until_gap(lines: Sequence[Line], end: int) -> int:
    """Lines after a linked title belong to it up to the next posting, a gap, or a handful."""
    stop = end
    while stop < min(len(lines), end + LONGEST) and _belongs(lines[stop]):
        stop += 1
    return stop


def _belongs(line: Line) -> bool:
    return bool(line.text) and not line.links and not line.elsewhere and _FOOTER.match(line.text) is None


def _before(lines: Sequence[Line], start: int, at: int) -> list[str]:
    """The lines right above a bare link ("View job: ..."), up to a gap."""
    found: list[str] = []
    for line in reversed(lines[start:at]):
        if not line.text or set(line.text) <= set("-=_* "):
            if found:
                break
            continue
        found.append(line.text)
        if len(found) == LONGEST:
            break
    return found[::-1]


def _noise(text: str) -> bool:
    return not text or _NOISE.fullmatch(text) is not None or _AGE.fullmatch(text) is not None


def card_of(link: Link, lines: Sequence[str]) -> Card | None:
    """The posting that a run of lines names; None where there is no title among them."""
    parts: list[str] = []
    age: timedelta | None = None
    for line in lines:
        for part in _DOT.split(line):
            age = age if age is not None else _age(part)
            if not _noise(part) and not (parts and _PAY.search(part)):
                parts.append(part.strip())
    if not parts or not any(character.isalpha() for character in parts[0]):
        return None
    company = _RATING.sub("", parts[1]) if len(parts) > 1 else None
    stated = parts[2] if len(parts) > 2 and len(parts[2]) <= 80 else None
    mode = _MODE.search(stated or "")
    place = _MODE.sub("", stated).strip(" ,") if stated else None
    title = parts[0].removeprefix("New ").strip() if parts[0].startswith("New  ") else parts[0]
    remote = mode[1].lower().replace("-", "") if mode else None
    shown = tuple(line for line in lines if not _noise(line))
    return Card(link, title, company or None, place or (stated if stated and not mode else None), remote, age, shown)


def _age(text: str) -> timedelta | None:
    found = _AGE.fullmatch(text.strip())
    if found is None:
        return None
    if found["now"]:
        return timedelta(0)
    if found["days"]:
        return timedelta(days=1)
    return timedelta(days=int(found["n"]) * _days(found["unit"].lower()))


def _days(unit: str) -> int:
    if unit.startswith(("se", "sem")):
        return 7
    if unit.startswith(("st", "hor", "heu", "h")):
        return 0
    return _DAYS[unit[0]]
