"""Sections that are lists: skills, languages, certificates, awards, publications, interests, references."""

from __future__ import annotations

import re
from collections.abc import Callable

from jobbot.features.profile.understanding import dateranges
from jobbot.features.profile.understanding.blocks import Block
from jobbot.features.profile.understanding.contacts import URL
from jobbot.features.profile.understanding.found import Found, Source, Tree
from jobbot.features.profile.understanding.lexicon import FLUENCY, language

_GROUP = re.compile(
    r"^(?P<name>[^:\t]{2,48}?)\s*(?:\((?P<level>[^()]{2,40})\))?\s*(?::\s*|\t+|\s+[–—]\s+)(?P<words>\S.*)$"
)
_LEVEL = re.compile(r"\s*\((?P<level>[^()]{3,40})\)$")
_OPENERS, _CLOSERS = "([{", ")]}"


def skills(blocks: list[Block]) -> list[Tree]:
    """Groups with their words. A line without words over a line of words names its group."""
    groups: list[dict[str, Tree]] = []
    loose: list[Found] = []
    title: Block | None = None
    for position, block in enumerate(blocks):
        match = _GROUP.match(block.text)
        if match and not (match["words"].startswith("//") or (len(match["name"].split()) > 6)):
            groups.append(_group(block, match["name"], match["level"], match["words"]))
            title = None
        elif _titles(block, blocks, position):
            title = block
        elif title is not None:
            name, level = _levelled(title.text)
            groups.append(_group(block, name, level, block.text, title))
            title = None if len(split_list(block.text)) > 1 else title
        else:
            loose += _words(block, block.text)
    if loose:
        groups.append({"name": Found("Skills", Source(loose[0].source.page, None, None), 0.6), "keywords": list(loose)})
    return _merged(groups)


def _titles(block: Block, blocks: list[Block], position: int) -> bool:
    """A bold or short line whose next line is a list."""
    after = blocks[position + 1] if position + 1 < len(blocks) else None
    if after is None or block.item or len(split_list(block.text)) > 1:
        return False
    return (
        len(split_list(after.text)) > 1
        or (block.first.bold and not after.first.bold)
        or (after.item and not block.item)
    )


def _merged(groups: list[dict[str, Tree]]) -> list[Tree]:
    """Groups of the same name in a row are one: items of a sidebar under their title."""
    result: list[Tree] = []
    last = ""
    for group in groups:
        name = group["name"].value if isinstance(group["name"], Found) else ""
        if result and name == last:
            result[-1]["keywords"] += group["keywords"]  # type: ignore[index, call-overload]
        else:
            result.append(group)
        last = name
    return result


def _group(block: Block, name: str, level: str | None, words: str, title: Block | None = None) -> dict[str, Tree]:
    group: dict[str, Tree] = {"name": (title or block).found(name.strip(), 0.85)}
    if level:
        group["level"] = (title or block).found(level.strip(), 0.8)
    group["keywords"] = list(_words(block, words))
    return group


def _levelled(text: str) -> tuple[str, str | None]:
    match = _LEVEL.search(text)
    return (text[: match.start()], match["level"]) if match else (text.rstrip(":"), None)


def _words(block: Block, text: str) -> list[Found]:
    return [block.found(word, 0.85) for word in split_list(text)]


def split_list(text: str) -> list[str]:
    """Words of a list: at the strongest of `|`, bullets, `;`, tabs, `,` that stands in it, never inside brackets.

    >>> split_list("Python (pandas, numpy), SQL, Power BI")
    ['Python (pandas, numpy)', 'SQL', 'Power BI']
    """
    for mark in (r"\s*\|\s*", r"\s+[•●·▪]\s*|\s*[•●▪]\s+", r"\s*;\s*", r"\t+", r",\s*(?!\d{3}\b)|\s*、\s*", r"\s+/\s+"):
        parts = outside(text, mark)
        if len(parts) > 1:
            if mark.startswith(",") or "•" in mark or "|" in mark:
                return [
                    word for part in parts for word in (split_list(part) if "|" in mark and "," in part else [part])
                ]
            return [word for part in parts for word in split_list(part)] if mark == r"\t+" else parts
    word = text.strip(" .,;|•·")
    return [word] if word else []


def outside(text: str, mark: str) -> list[str]:
    """Parts of the text between matches of `mark` that stand outside brackets."""
    depth, depths = 0, []
    for character in text:
        depth += character in _OPENERS
        depth = max(0, depth - (character in _CLOSERS))
        depths.append(depth)
    parts, start = [], 0
    for match in re.finditer(mark, text):
        if match.group() and depths[match.start()] == 0:
            parts.append(text[start : match.start()])
            start = match.end()
    parts.append(text[start:])
    cleaned = [part.strip(" \t,;|•·") for part in parts]
    if cleaned:
        cleaned[-1] = re.sub(r"(?<=[a-z)])\.$", "", cleaned[-1])
    return [part for part in cleaned if part]


_FLUENT = re.compile(
    r"^(?P<language>[^\W\d_]+(?:\s[^\W\d_]+)?)\s*(?:\((?P<one>[^()]+(?:\([^()]*\))?)\)|[:–—-]\s*(?P<two>.+)|"
    r"\t+(?P<tab>.+)|,\s*(?P<comma>.+)|\s+(?P<three>\S.*))?$"
)


def languages(blocks: list[Block]) -> list[Tree]:
    """Languages with what is said about them."""
    made: list[Tree] = []
    for block in blocks:
        for text in _by_language(block.text):
            match = _FLUENT.match(text)
            if match is None:
                continue
            name, fluency = _name_and_level(match)
            item: dict[str, Tree] = {"language": block.found(name, 0.9 if language(name) else 0.55)}
            if fluency:
                item["fluency"] = block.found(fluency, 0.9 if FLUENCY.search(fluency) else 0.6)
            made.append(item)
    if len(made) == 0 and blocks:
        return []
    return _paired(made)


def _paired(made: list[Tree]) -> list[Tree]:
    """A line that is only a level belongs to the language above it."""
    result: list[Tree] = []
    for item in made:
        words = item["language"] if isinstance(item, dict) else None
        whole = words.value if isinstance(words, Found) else ""
        last = result[-1] if result else None
        if (
            isinstance(last, dict)
            and isinstance(item, dict)
            and not language(whole)
            and FLUENCY.search(whole)
            and "fluency" not in last
        ):
            source = words.source if isinstance(words, Found) else None
            rest = item.get("fluency")
            text = whole + (f" {rest.value}" if isinstance(rest, Found) else "")
            if source:
                last["fluency"] = Found(text, source, 0.8)
        else:
            result.append(item)
    return result


def _name_and_level(match: re.Match[str]) -> tuple[str, str]:
    name, fluency = (
        match["language"],
        next((match[key] for key in ("one", "two", "tab", "comma", "three") if match[key]), ""),
    )
    words = name.split()
    if len(words) == 2 and language(words[0]) and (FLUENCY.search(words[1]) or not language(words[1])):
        name, fluency = words[0], f"{words[1]} {fluency}".strip()
    return name, fluency.strip(" .")


_BRACKETED = re.compile(r"^[^\W\d_]+(?: [^\W\d_]+)? \(")


def _by_language(text: str) -> list[str]:
    """Cut at list marks where the next part begins with a language: `English, C1, daily; Spanish` is two."""
    parts = [
        part.strip() for part in re.split(r"\s*(?:[;|•·]|\t|,|\s/\s|\band\b|\bund\b|\bet\b|\by\b|\boch\b)\s*", text)
    ]
    marks = re.findall(r"\s*(?:[;|•·]|\t|,|\s/\s|\band\b|\bund\b|\bet\b|\by\b|\boch\b)\s*", text)
    result = [parts[0]]
    for mark, part in zip(marks, parts[1:], strict=False):
        inside = result[-1].count("(") > result[-1].count(")")
        known = language(part) or (result[-1].endswith(")") and bool(_BRACKETED.match(part)))
        if part and known and not inside:
            result.append(part)
        else:
            result[-1] += mark + part
    return [part.strip(" .,;|•·") for part in result if part.strip(" .,;|•·")]


def titled(title: str, by: str, date: str) -> Callable[[list[Block]], list[Tree]]:
    """A reader of certificates, awards or publications: title, who gave it, when, from one line or two."""

    def read(blocks: list[Block]) -> list[Tree]:
        made: list[Tree] = []
        for block in blocks:
            words = split_list(block.text)
            if len(blocks) == 1 and len(words) > 1 and not dateranges.find(block.text):
                return [{title: block.found(word, 0.7)} for word in words]
            dates = dateranges.find(block.text)
            text = dateranges.without(block.text, dates) if dates else block.text
            name, issuer = _title_and_issuer(text)
            last = made[-1] if made else None
            if isinstance(last, dict) and not block.item and _adds(last, name, issuer, dates, by, date):
                if name:
                    last[by] = block.found(name.strip("() "), 0.65)
                _add_date(last, block, dates, date)
                continue
            item: dict[str, Tree] = {title: block.found(name, 0.85)}
            _add_date(item, block, dates, date)
            if issuer:
                item[by] = block.found(issuer, 0.75)
            made.append(item)
        return made

    return read


def _adds(last: dict[str, Tree], name: str, issuer: str, dates: dateranges.Range | None, by: str, date: str) -> bool:
    """A line that only says when or by whom belongs to the title above it."""
    if dates and date not in last and by not in last:
        return not issuer and len(name.split()) <= 8
    return not name and dates is not None and date not in last


def _add_date(item: dict[str, Tree], block: Block, dates: dateranges.Range | None, date: str) -> None:
    if dates:
        source = block.found(block.text[dates.first : dates.last]).source
        item[date] = Found(dates.start, source, 0.85 if dates.single else 0.6)


def _title_and_issuer(text: str) -> tuple[str, str]:
    text = URL.sub("", text).strip(" \t,;|·•–—-")
    for mark in (r"\t+", r"\s+\|\s+", r"\s+[–—-]\s+", r"\s+[·•]\s+", r",\s+"):
        parts = outside(text, mark)
        if len(parts) > 1:
            cut = len(parts) - 1 if mark == r",\s+" else 1
            joiner = ", " if mark == r",\s+" else " – "
            return joiner.join(parts[:cut]), ", ".join(parts[cut:])
    return text, ""


def interests(blocks: list[Block]) -> list[Tree]:
    return [{"name": block.found(word, 0.8)} for block in blocks for word in split_list(block.text)]


def references(blocks: list[Block]) -> list[Tree]:
    """One reference per block; `available on request` is none."""
    kept = [
        block
        for block in blocks
        if not re.search(r"(?i)on request|auf anfrage|sur demande|a petición|på begäran|lämnas", block.text)
    ]
    return [{"reference": block.found(confidence=0.6)} for block in kept]


SECTIONS: dict[str, Callable[[list[Block]], list[Tree]]] = {
    "skills": skills,
    "languages": languages,
    "certificates": titled("name", "issuer", "date"),
    "awards": titled("title", "awarder", "date"),
    "publications": titled("name", "publisher", "releaseDate"),
    "interests": interests,
    "references": references,
}
