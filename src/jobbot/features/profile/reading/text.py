"""Lines of plain text, Markdown and HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jobbot.features.profile.reading.lines import Line, Pages, marked, placed, plain

_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_UNDERLINE = re.compile(r"^\s*([=\-~_*]){3,}\s*$")
_LINK = re.compile(r"!?\[([^\]]*)\]\((<?[^)\s>]+>?)(?:\s+\"[^\"]*\")?\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=\S)(.+?)(?<=\S)\1(?![\w*])")
_CONTACTS = re.compile(r"\S@\S+\.\w|\+\d[\d ()-]{6,}|\s[|·•]\s")
WRAPPED = 45
"""Nobody wraps text in fewer characters; a shorter line that is followed by another is a line of its own."""
_RULE = re.compile(r"^\s*(?:[-*_]\s*){3,}$|^\|?\s*:?-{3,}:?\s*(?:\|\s*:?-{3,}:?\s*)*\|?$")


def read_text(text: str) -> Pages:
    """Plain text: blank lines are gaps, a line near the longest may go on, dashes under a line make it a heading."""
    raw = [plain(line).rstrip() for line in text.expandtabs(4).splitlines()]
    longest = sorted((len(line) for line in raw if line), reverse=True)[: max(1, len(raw) // 10)]
    width = longest[-1] if longest and longest[0] >= 60 else 10_000
    return Pages(placed(_text_lines(raw, width)), wrapped=width <= 130)


def _text_lines(raw: list[str], width: int) -> Iterator[Line]:
    gap = 2.0
    for number, line in enumerate(raw):
        if not line.strip() or _UNDERLINE.match(line):
            gap += 0.0 if _UNDERLINE.match(line) else 2.0
            continue
        below = raw[number + 1] if number + 1 < len(raw) else ""
        mark, rest = marked(line)
        rest = re.sub(r"\s{3,}", "\t", rest)
        indent = len(line) - len(line.lstrip())
        level = 2 if _UNDERLINE.match(below) and not mark and len(rest) < 50 else 0
        yield Line(rest, 1, 0, 0.0, False, float(indent), len(line) >= 0.85 * width, gap, mark, level)
        gap = 0.0


def read_markdown(text: str) -> Pages:
    """Markdown: one block per line; soft-wrapped lines are joined."""
    return Pages(placed(_markdown_lines(text.splitlines())), wrapped=False)


def _markdown_lines(raw: list[str]) -> Iterator[Line]:
    waiting: Line | None = None
    for source in [*_setext(raw), ""]:
        text = plain(source).rstrip()
        line = None if not text.strip() or _RULE.match(text) else _markdown_line(text)
        soft = (
            waiting is not None
            and line is not None
            and not (line.mark or line.level or waiting.level)
            and not _broken(waiting)
            and _goes_on(waiting.text, line.text)
        )
        if soft and waiting and line and not line.bold and not waiting.bold:
            waiting = Line(f"{waiting.text} {line.text}", bold=waiting.bold, mark=waiting.mark, indent=waiting.indent)
            continue
        if waiting is not None:
            yield Line(waiting.text.rstrip("\\ "), bold=waiting.bold, mark=waiting.mark, level=waiting.level, gap=0.5)
        waiting = line
        if line is not None and source.endswith("  "):
            waiting = Line(line.text + "\\", bold=line.bold, mark=line.mark, level=line.level)


def _setext(raw: list[str]) -> Iterator[str]:
    """Underlined headings as `#` headings."""
    for line, below in zip(raw, [*raw[1:], ""], strict=True):
        if (
            line.strip()
            and re.fullmatch(r"\s*=+\s*|\s*-{2,}\s*", below)
            and not line.lstrip().startswith(("|", "-", "#", "*"))
        ):
            yield f"{'#' if '=' in below else '##'} {line.strip()}"
        elif not re.fullmatch(r"\s*=+\s*", line):
            yield line


def _goes_on(above: str, below: str) -> bool:
    """Whether a line is the rest of a wrapped one: that is long, or it goes on in lower case. Contacts stand alone."""
    if _CONTACTS.search(above) or _CONTACTS.search(below):
        return False
    return len(above) >= WRAPPED or below[:1].islower()


def _broken(line: Line) -> bool:
    """A hard line break."""
    return line.text.endswith("\\")


def _markdown_line(text: str) -> Line:
    heading = _HEADING.match(text.strip())
    body = heading.group(2) if heading else text
    bold = bool(_STRONG.match(body.strip())) and not heading
    if body.strip().startswith("|"):
        body = "\t".join(cell.strip() for cell in body.strip().strip("|").split("|") if cell.strip())
    mark, rest = ("", body.strip()) if heading or bold else marked(body)
    rest = _LINK.sub(_link, rest)
    rest = _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", rest))
    rest = re.sub(r"`\s+`", "`, `", rest)
    rest = re.sub(r"`([^`]+)`", r"\1", re.sub(r"\\([\\`*_{}\[\]()#+\-.!|])", r"\1", rest))
    rest = re.sub(r"<(https?://[^>]+|[^>\s]+@[^>\s]+)>", r"\1", rest)
    return Line(rest, bold=bold, mark=mark, level=len(heading.group(1)) if heading else 0)


def _link(match: re.Match[str]) -> str:
    label, target = match.group(1), match.group(2).strip("<>")
    address = re.sub(r"^mailto:|^tel:", "", target)
    return label if label in address or address in label or not label else f"{label} {address}"


def read_html(html: str) -> Pages:
    """HTML through the sanitiser: what a reader would see, block by block."""
    from jobbot.platform.safety.sanitise import clean

    rows = []
    for text in clean(html).text.splitlines():
        if text.strip():
            mark, rest = marked(plain(text))
            rows.append(Line(rest, mark=mark, gap=0.5))
    return Pages(placed(rows), wrapped=False)
