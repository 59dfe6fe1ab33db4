"""The head of a CV: name, label, contacts, place, summary."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from jobbot.features.profile.reading.lines import Line
from jobbot.features.profile.understanding import contacts
from jobbot.features.profile.understanding.blocks import Block
from jobbot.features.profile.understanding.found import Found, Tree, found
from jobbot.features.profile.understanding.headings import is_title, section_of
from jobbot.features.profile.understanding.lexicon import organisation_score, position_score

_NAME = re.compile(
    r"^(?:(?:Dr|Prof|Dipl|Mr|Mrs|Ms|"
    r"Ing)\.?(?:-\w+\.?)?\s+)*[^\W\d_][\w'’.-]*(?:\s+(?:[^\W\d_][\w'’.-]*)){1,4}(?:,?\s+(?:PhD|MD|RN|MBA|CPA|"
    r"Jr\.?|Sr\.?|MSc|BSc|FCCA|M\.Sc\.|B\.Sc\.))*$"
)
_NAME_LABEL = re.compile(r"^(?:name|nom|nombre|namn|vor- und nachname)\s*:?\s+(?=\S)", re.IGNORECASE)
_PRIVATE = re.compile(
    r"^(?:date of birth|born|birth|dob|nationality|marital|geburts|geboren|staatsangehörigkeit|familienstand|"
    r"nationalität|"
    r"date de naissance|né|née|nationalité|fecha de nacimiento|nacionalidad|född|personnummer|driving|"
    r"führerschein|permis)",
    re.IGNORECASE,
)
MAX_CONTACT = 300
"""Characters of the longest line that can be contacts; longer ones are prose."""

_PARTS = re.compile(r"\t+|\s+[|•·●▪‖⋄◦✉☎✆]\s*|\s*\|\s*|\s{3,}|\s+[–—]\s+(?=[\w+])|;\s+")
_WRAPPED = re.compile(r"(?:https?://|www\.|linkedin\.com|github\.com)\S*[-/]$", re.IGNORECASE)
_NOTE = re.compile(r"\s*\((?:LinkedIn|Portfolio|Company|Personal|Other|Blog|Mobile|Home|Work|GitHub)\)$")


@dataclass(slots=True)
class Head:
    """What was found, as leaves of JSON Resume's `basics`; `rest` are lines that are prose."""

    basics: dict[str, Tree] = field(default_factory=dict)
    profiles: list[Tree] = field(default_factory=list)
    rest: list[Line] = field(default_factory=list)


def read_head(header: list[Line], contact: list[Line], everything: list[Line]) -> Head:
    """`header`: lines before any heading; `contact`: lines under a heading of contacts."""
    head = Head()
    name = _name(header, everything) or _name(contact, contact)
    if name:
        head.basics["name"] = found(_tidy_name(name.text), (name,), 0.95 if name.size else 0.9)
    after = [line for line in _unwrapped(header) if line.start != (name.start if name else -1) or line.page != 1]
    for line in after:
        if not _contact_line(head, line):
            _label_or_prose(head, line, name)
    for line in _unwrapped(contact):
        _contact_line(head, line)
    if "email" not in head.basics:
        _search(head, everything)
    if head.profiles:
        head.basics["profiles"] = head.profiles
    return head


def _name(lines: list[Line], everything: list[Line]) -> Line | None:
    """The labelled name, else the largest line of the first page that looks like a name, else the first that does."""
    for line in lines:
        if match := _NAME_LABEL.match(line.text):
            return replace(line, text=line.text[match.end() :], start=line.start + match.end())
    page = [line for line in everything if line.page == 1]
    sizes = [line.size for line in page if line.size]
    if sizes and page:
        largest = [line for line in page if line.size >= max(sizes) - 0.6 and _like_name(line.text)]
        if largest and max(sizes) > sorted(sizes)[len(sizes) // 2] + 1:
            return largest[0]
    titled = [line for line in page[:3] if line.level == 1 and _like_name(line.text)]
    return titled[0] if titled else next((line for line in _first_parts(lines[:4]) if _like_name(line.text)), None)


def _first_parts(lines: list[Line]) -> list[Line]:
    return [replace(line, text=_PARTS.split(line.text)[0].strip()) for line in lines]


def _like_name(text: str) -> bool:
    if not _NAME.match(text) or section_of(text) or is_title(text) or contacts.looks_like_contact(text):
        return False
    words = [word for word in text.split() if len(word) > 3 or word[:1].isupper()]
    capitals = all(word[:1].isupper() for word in words)
    return capitals and position_score(text) == 0 and not organisation_score(text)


def _tidy_name(text: str) -> str:
    return text.title() if text.isupper() and len(text) > 4 else text


def _unwrapped(lines: list[Line]) -> list[Line]:
    """Links broken over two lines are one line again."""
    result: list[Line] = []
    for line in lines:
        if result and _WRAPPED.search(result[-1].text) and " " not in _NOTE.sub("", line.text):
            result[-1] = replace(result[-1], text=result[-1].text + line.text)
        else:
            result.append(line)
    return result


def _contact_line(head: Head, line: Line) -> bool:
    """Take contacts out of a line; True when the line was nothing else."""
    if _PRIVATE.match(line.text):
        return True
    if len(line.text) > MAX_CONTACT:
        return False
    left = []
    parts = _PARTS.split(line.text)
    if len(parts) == 1 and "," in line.text and contacts.looks_like_contact(line.text):
        parts = line.text.split(",")
    for part in parts:
        text = _NOTE.sub("", part.strip())
        bare = contacts.LABELS.sub("", text).strip()
        if bare and not _take(head, line, bare, labelled=bare != text):
            left.append(part)
    if not left:
        return True
    return len(left) < len(parts) and all(len(part) < 3 for part in left)


def _take(head: Head, line: Line, text: str, *, labelled: bool) -> bool:
    if match := contacts.EMAIL.search(text):
        _once(head, "email", found(match.group(), (line,), 0.98))
        rest = (text[: match.start()] + text[match.end() :]).strip(" ,|:()")
        return not rest or _take(head, line, rest, labelled=labelled)
    if contacts.URL.search(text):
        return _take_urls(head, line, text)
    if contacts.is_phone(text) and not _wordy(text):
        match = contacts.PHONE.search(text)
        value = match.group().strip() if match else text
        value = "(" + value if text.startswith("(") and not value.startswith("(") and ")" in value else value
        _once(head, "phone", found(value, (line,), 0.95))
        rest = text.replace(value, " ").strip(" ,|:()")
        return len(rest) < 3 or _take(head, line, rest, labelled=labelled)
    return _take_place(head, line, text)


def _wordy(text: str) -> bool:
    return len(re.findall(r"[^\W\d_]{3,}", text)) > 4


def _take_urls(head: Head, line: Line, text: str) -> bool:
    rest = text
    for match in contacts.URL.finditer(text):
        url = match.group().rstrip(".,)")
        rest = rest.replace(match.group(), " ")
        whole = url if "://" in url else f"https://{url}"
        value = Found(whole, found(url, (line,)).source, 0.95)
        network = contacts.network_of(url)
        if network:
            profile: dict[str, Tree] = {"network": Found(network, value.source, 0.9), "url": value}
            username = contacts.username_of(whole)
            if username:
                profile["username"] = Found(username, value.source, 0.85)
            head.profiles.append({key: profile[key] for key in ("network", "username", "url") if key in profile})
        else:
            _once(head, "url", value)
    rest = rest.strip(" ,|:()-–")
    if not rest or rest.casefold() in ("linkedin", "github", "website", "web", "portfolio", "xing"):
        return True
    return not _wordy(rest) and _take(head, line, rest, labelled=False)


def _take_place(head: Head, line: Line, text: str) -> bool:
    if "location" in head.basics:
        known = head.basics["location"]
        more = contacts.location_of(text)
        if more and isinstance(known, dict) and not set(more) & set(known):
            known.update({key: found(value, (line,), 0.8) for key, value in more.items()})
            return True
        return bool(more) and len(text) < 60
    if position_score(text) and (match := re.search(r"\s+(?:based )?in\s+(?=[A-ZÄÖÜÅ])", text)):
        _once(head, "label", found(text[: match.start()], (line,), 0.8))
        return _take_place(head, line, text[match.end() :])
    place = contacts.location_of(text)
    if not place or position_score(text) > 1:
        return False
    made: dict[str, Tree] = {}
    for key, value in place.items():
        source = found(value, (line,)).source
        made[key] = Found(value, source, 0.85)
    head.basics["location"] = made
    return True


def _label_or_prose(head: Head, line: Line, name: Line | None) -> None:
    text = re.sub(r"^[|,–—-]\s*", "", line.text)
    if name is not None and text.startswith(name.text):
        text = text[len(name.text) :].strip(" ,|–—-\t")
    short = len(text) <= 110 and not text.endswith(".") and not line.mark
    if text and short and "label" not in head.basics and not head.rest and not _like_name_again(text, name):
        sure = 0.9 if position_score(text) else 0.65
        head.basics["label"] = found(text, (line,), sure)
    elif text:
        head.rest.append(line)


def _like_name_again(text: str, name: Line | None) -> bool:
    return name is not None and text.casefold() == name.text.casefold()


def _search(head: Head, lines: list[Line]) -> None:
    """The first e-mail address anywhere, when the head has none."""
    for line in lines:
        if match := contacts.EMAIL.search(line.text):
            head.basics["email"] = found(match.group(), (line,), 0.8)
            return


def _once(head: Head, key: str, value: Found) -> None:
    head.basics.setdefault(key, value)


def summary_of(blocks: list[Block], confidence: float) -> Found | None:
    """Paragraphs as one text."""
    if not blocks:
        return None
    lines = tuple(line for block in blocks for line in block.lines)
    return Block(" ".join(block.text for block in blocks), lines).found(confidence=confidence)
