"""A profile as JSON Resume, Markdown, plain text or HTML: everything in it, in its own words."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from html import escape as html_escape
from typing import Any, NamedTuple

from jobbot.features.profile.resume import dump

WIDTH = 80

TITLES = {
    "work": "Experience",
    "projects": "Projects",
    "volunteer": "Volunteering",
    "education": "Education",
    "skills": "Skills",
    "certificates": "Certificates",
    "languages": "Languages",
    "awards": "Awards",
    "publications": "Publications",
    "interests": "Interests",
    "references": "References",
}


class Part(NamedTuple):
    """A piece of the document: kind is name, label, contact, heading, entry, meta, text or item."""

    kind: str
    text: str


def export(resume: dict[str, Any], form: str) -> str:
    """The document in one of `FORMATS`. `json` is value-equal to what was imported."""
    return FORMATS[form](resume)


def parts(resume: dict[str, Any]) -> Iterator[Part]:
    """The pieces of a resume in reading order; empty ones are left out."""
    basics = resume.get("basics") or {}
    yield from _kept("name", basics.get("name"))
    yield from _kept("label", basics.get("label"))
    yield from _kept("contact", " · ".join(contact_line(basics)))
    yield from _kept("text", basics.get("summary"))
    for section, title in TITLES.items():
        items = [item for item in resume.get(section) or [] if isinstance(item, dict)]
        if items:
            yield Part("heading", title)
            for item in items:
                yield from _item(section, item)


def contact_line(basics: dict[str, Any]) -> list[str]:
    """Place, e-mail, phone, links: what is there."""
    location = basics.get("location") or {}
    place = ", ".join(str(location[key]) for key in ("city", "region", "countryCode") if location.get(key))
    links = [str(profile.get("url") or "") for profile in basics.get("profiles") or [] if isinstance(profile, dict)]
    found = (place, basics.get("email"), basics.get("phone"), basics.get("url"), *links)
    return [str(part) for part in found if part]


def dates_of(item: dict[str, Any]) -> str:
    """`2019-03 – 2021`, `2021 – now`, or a single date."""
    start, end = item.get("startDate") or "", item.get("endDate") or ""
    single = item.get("date") or item.get("releaseDate") or ""
    if start:
        return f"{start} – {end or 'now'}"
    return str(end or single)


def headline(section: str, item: dict[str, Any]) -> str:
    """What an entry is called: title and organisation."""
    keys = {
        "work": ("position", "name"),
        "volunteer": ("position", "organization"),
        "education": ("studyType", "area", "institution"),
        "projects": ("name", "entity"),
        "certificates": ("name", "issuer"),
        "awards": ("title", "awarder"),
        "publications": ("name", "publisher"),
    }.get(section, ("name",))
    return ", ".join(str(item[key]) for key in keys if item.get(key))


def _item(section: str, item: dict[str, Any]) -> Iterator[Part]:
    if section in ("skills", "interests"):
        level = f" ({item['level']})" if item.get("level") else ""
        words = ", ".join(item.get("keywords") or [])
        name = f"{item.get('name') or ''}{level}"
        yield Part("item", f"{name}: {words}" if words and name else words or name)
    elif section == "languages":
        fluency = f": {item['fluency']}" if item.get("fluency") else ""
        yield Part("item", f"{item.get('language') or ''}{fluency}")
    elif section == "references":
        name = f"{item['name']}: " if item.get("name") else ""
        yield Part("item", f"{name}{item.get('reference') or ''}")
    else:
        yield from _entry(section, item)


def _entry(section: str, item: dict[str, Any]) -> Iterator[Part]:
    yield from _kept("entry", headline(section, item))
    yield from _kept(
        "meta", " · ".join(str(part) for part in (dates_of(item), item.get("location"), item.get("url")) if part)
    )
    for key in ("description", "summary"):
        yield from _kept("text", item.get(key))
    for text in item.get("highlights") or []:
        yield from _kept("item", text)
    if item.get("score"):
        yield Part("text", f"Grade: {item['score']}")
    for key, title in (("courses", "Courses"), ("keywords", "With"), ("roles", "As")):
        if item.get(key):
            yield Part("text", f"{title}: {', '.join(map(str, item[key]))}")


def _kept(kind: str, text: Any) -> Iterator[Part]:
    if text:
        yield Part(kind, str(text))


def _markdown(resume: dict[str, Any]) -> str:
    marks = {"name": "# {}", "label": "**{}**", "heading": "## {}", "entry": "### {}", "meta": "*{}*", "item": "- {}"}
    rows: list[str] = []
    last = ""
    for part in parts(resume):
        if rows and not (part.kind == last == "item"):
            rows.append("")
        flat = " ".join(part.text.split()) if part.kind != "text" else part.text
        rows.append(marks.get(part.kind, "{}").format(_escaped(flat)))
        last = part.kind
    return "\n".join(rows) + "\n"


def _escaped(text: str) -> str:
    for mark in ("\\", "*", "_", "`", "[", "]", "<"):
        text = text.replace(mark, f"\\{mark}")
    return text


def _text(resume: dict[str, Any]) -> str:
    rows: list[str] = []
    last = ""
    for part in parts(resume):
        if rows and part.kind in ("heading", "entry", "text") and last not in ("heading", "meta"):
            rows.append("")
        if part.kind == "heading":
            rows += [part.text.upper(), ""]
        elif part.kind == "item":
            rows += textwrap.wrap(part.text, WIDTH, initial_indent="- ", subsequent_indent="  ")
        else:
            rows += textwrap.wrap(part.text, WIDTH) or [""]
        last = part.kind
    return "\n".join(rows) + "\n"


def _html(resume: dict[str, Any]) -> str:
    tags = {"name": "h1", "heading": "h2", "entry": "h3", "item": "li"}
    rows = ['<!doctype html><html lang="en"><head><meta charset="utf-8"><title>CV</title></head><body>']
    listing = False
    for part in parts(resume):
        if listing != (part.kind == "item"):
            rows.append("</ul>" if listing else "<ul>")
            listing = not listing
        tag = tags.get(part.kind, "p")
        rows.append(f"<{tag}>{html_escape(part.text)}</{tag}>")
    return "\n".join([*rows, "</ul>" if listing else "", "</body></html>"]) + "\n"


FORMATS: dict[str, Callable[[dict[str, Any]], str]] = {"json": dump, "md": _markdown, "txt": _text, "html": _html}
