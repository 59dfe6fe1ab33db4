"""Lines cut into sections at their headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from jobbot.features.profile.reading.lines import Line
from jobbot.features.profile.understanding import dateranges
from jobbot.features.profile.understanding.headings import is_title, section_of
from jobbot.features.profile.understanding.lexicon import language

_INLINE = re.compile(r"^(?P<name>[^:\t]{3,40}?)\s*(?::\s*|\t+)(?P<rest>\S.*)$")
_INLINE_SECTIONS = ("languages", "certificates", "interests", "summary", "skills", "references", "awards", "contact")


@dataclass(slots=True)
class Section:
    """`name` as in JSON Resume, or `header` (before any heading), `contact`, `other`."""

    name: str
    lines: list[Line] = field(default_factory=list)
    title: str = ""


def cut(lines: Iterable[Line]) -> list[Section]:
    """Sections in reading order; two of the same name stay two."""
    kept = [line for line in lines if not (is_title(line.text) and line.page == 1)]
    styles = _styles(kept)
    result = [Section("header")]
    for line in kept:
        name = section_of(line.text) if line is kept[0] else _heading(line, styles)
        if name:
            result.append(Section(name, title=line.text))
        elif inline := _inline(line, result[-1].name, bool(styles)):
            result += [Section(inline[0], [inline[1]]), Section(result[-1].name)]
        else:
            result[-1].lines.append(line)
    return [section for section in result if section.lines]


def _style(line: Line) -> tuple[float, bool, bool, int]:
    return (round(line.size), line.bold, line.text.isupper(), line.level)


def _styles(lines: list[Line]) -> Counter[tuple[float, bool, bool, int]]:
    """How the headings that we know look."""
    return Counter(_style(line) for line in lines if not line.mark and section_of(line.text))


def _heading(line: Line, styles: Counter[tuple[float, bool, bool, int]]) -> str:
    if line.mark:
        return ""
    name = section_of(line.text)
    style = _style(line)
    if name:
        usual = styles.most_common(1)[0]
        odd = usual[1] >= 3 and style != usual[0] and styles[style] == 1
        return "" if odd and _weaker(style, usual[0]) else name
    distinct = style[1] or style[2] or style[3]
    if styles[style] >= 2 and distinct and len(line.text.split()) <= 5 and line.text[-1:].isalnum() and line.indent < 3:
        level = style[3] or style[2] or _only_style(style, styles)
        return "other" if level and not dateranges.find(line.text) and line.gap >= 0.3 else ""
    return ""


def _only_style(style: tuple[float, bool, bool, int], styles: Counter[tuple[float, bool, bool, int]]) -> bool:
    """Bold alone marks roles as well as headings; a heading is larger than them."""
    return style[0] >= 12 and styles[style] >= 3


def _weaker(style: tuple[float, bool, bool, int], usual: tuple[float, bool, bool, int]) -> bool:
    """A word like `Projects` in plain small print among bold headings is no heading."""
    return (
        style[0] < usual[0] - 1
        or (usual[1] and not style[1] and style[0] <= usual[0])
        or (usual[3] > 0 and not style[3])
    )


def _inline(line: Line, current: str, has_headings: bool) -> tuple[str, Line] | None:
    """`Languages: English, Polish` outside a section of labels: the name of the section and the line without it."""
    match = _INLINE.match(line.text)
    name = section_of(match["name"]) if match else ""
    if match is None or name not in _INLINE_SECTIONS:
        return None
    human = name == "languages" and language(match["rest"])
    if current in ("work", "projects", "education", "volunteer") and has_headings:
        return None
    if current == "skills" and not human:
        return None
    if name == "contact" and current == "contact":
        return None
    start = line.start + match.start("rest")
    return name, replace(line, text=match["rest"], start=start, level=0)
