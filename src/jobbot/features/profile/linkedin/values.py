"""What the text of a cell says: plain text, a partial date, a story with its bullets, links. Pure."""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from jobbot.features.profile import dates
from jobbot.features.profile.reading.lines import MARKS, marked, plain
from jobbot.features.profile.understanding import dateranges

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_GARBLED = re.compile("[ÂÃÄÅâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_SLASHED = re.compile(r"\d{1,2}/\d{1,2}/(?P<year>(?:19|20)\d\d)\b")
_STILL = frozenset({"present", "current", "now"})
_INLINE = re.compile(rf"[ \t]*[{re.escape(MARKS)}][ \t]*")
_KIND = re.compile(r"(?P<kind>[A-Z][A-Z ]{1,20}):(?!//)")
MAX_LINKS = 20
MAX_LINK = 300
MAX_NAME = 200
"""Characters of a place or a degree that are looked at; longer ones are kept whole and not taken apart."""
MAX_BULLETS = 100
_LEVELS = {
    "elementary": "Elementary proficiency",
    "limited working": "Limited working proficiency",
    "professional working": "Professional working proficiency",
    "full professional": "Full professional proficiency",
    "native or bilingual": "Native or bilingual proficiency",
}


class Told(NamedTuple):
    """One paragraph or bullet; `line` counts from the first line of the text (0)."""

    text: str
    line: int


def clean(text: str) -> str:
    """Entities decoded once, invisible and control characters gone, blanks at the ends of lines too.

    >>> clean("Research &amp; care \\x00 "), clean("R&D &not sure")
    ('Research & care', 'R&D &not sure')
    """
    decoded = plain(_ENTITY.sub(lambda match: html.unescape(match[0]), text)).replace("\r", "")
    return "\n".join(line.strip() for line in decoded.split("\n")).strip()


def mended(text: str) -> str:
    """The text before its UTF-8 was taken for Windows-1252; "" when it was not.

    >>> mended("MalmÃ¶"), mended("Malmö")
    ('Malmö', '')
    """
    if not _GARBLED.search(text):
        return ""
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return ""


def date(text: str) -> tuple[str, bool] | None:
    """The partial ISO date and whether it is sure; ("", True) for something that still runs; None for no date.

    >>> date("Jan 2020"), date("2019"), date("01 Jan 2024"), date("3/4/2021"), date("soon")
    (('2020-01', True), ('2019', True), ('2024-01-01', True), ('2021', False), None)
    """
    if text.casefold() in _STILL:
        return "", True
    if dates.valid(text):
        return text, True
    if match := _SLASHED.match(text):  # the day or the month first: nobody can tell
        return match["year"], False
    found = dateranges.find(text[:60])
    if found is None or not found.single or (found.first, found.last) != (0, len(text)):
        return None
    return found.start, found.sure


def story(text: str) -> tuple[list[Told], list[Told]]:
    """Paragraphs and bullets of a description. A single dash at the head of a line makes no list."""
    lines = [Told(part, number) for number, line in enumerate(text.split("\n")) for part in _apart(line)]
    marks = [marked(line.text) for line in lines]
    certain = any(mark[:1] in MARKS for mark, _ in marks if mark)
    if not certain and sum(bool(mark) for mark, _ in marks) < 2:
        return _paragraphs(lines), []
    prose: list[Told] = []
    items: list[Told] = []
    blank = False
    for line, (mark, rest) in zip(lines, marks, strict=True):
        if not line.text.strip():
            blank = True
            continue
        if mark:
            items.append(Told(rest, line.line))
        elif items and not blank and _goes_on(items[-1].text, line.text):
            items[-1] = Told(f"{items[-1].text} {line.text}", items[-1].line)
        else:
            prose.append(line)
        blank = False
    return _paragraphs(prose), [item for item in items if item.text]


def _apart(line: str) -> list[str]:
    """`• One. • Two.` in one line is two."""
    if len(_INLINE.findall(line)) < 2 or not _INLINE.match(line):
        return [line]
    return [f"• {part}" for part in _INLINE.split(line) if part.strip()]


def _goes_on(item: str, line: str) -> bool:
    return line[:1].islower() or not item.endswith((".", "!", "?", ";", ":"))


def _paragraphs(lines: list[Told]) -> list[Told]:
    return [line for line in lines if line.text.strip()]


def links(text: str) -> list[tuple[str, str]]:
    """Kind and address of each link in LinkedIn's list, at most `MAX_LINKS`.

    >>> links("[PERSONAL:https://a.example,COMPANY:b.example]")
    [('Personal', 'https://a.example'), ('Company', 'https://b.example')]
    """
    found = []
    for part in re.split(r"[\[\],\n]+", text):
        kind = _KIND.match(part.strip())
        url = whole(part.strip()[kind.end() if kind else 0 :].strip())
        if "://" in url[:10] and len(url) <= MAX_LINK:
            found.append((kind["kind"].capitalize() if kind else "", url))
    return found[:MAX_LINKS]


def whole(url: str) -> str:
    """A link with its scheme; what is no link stays as it is.

    >>> whole("mara.example/cv"), whole("=HYPERLINK(1)")
    ('https://mara.example/cv', '=HYPERLINK(1)')
    """
    return (
        f"https://{url}"
        if len(url) <= MAX_LINK and re.match(r"(?:[\w-]+\.)+[a-z]{2,}(?:[/?#]\S*)?$", url, re.IGNORECASE)
        else url
    )


def fluency(text: str) -> str:
    """A level as LinkedIn shows it, also from the spelling of its code.

    >>> fluency("NATIVE_OR_BILINGUAL"), fluency("C1")
    ('Native or bilingual proficiency', 'C1')
    """
    return _LEVELS.get(text.replace("_", " ").casefold(), text)
