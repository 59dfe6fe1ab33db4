"""A posting whose text a person pasted, or that the bookmarklet brought: drafted for them to correct, then kept.

What the page states as schema.org's JobPosting is believed first, then what the person's own words and the page's title
say, last the first lines of the text. Pure: nothing is fetched, and an address only names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from jobbot.features.sources.byhand.cards import card_of
from jobbot.features.sources.byhand.links import Link, link_of, plain
from jobbot.features.sources.byhand.page import identity, names_in
from jobbot.kernel.errors import InvalidInput, Problem
from jobbot.kernel.ids import short_hash
from jobbot.platform.safety.canonical import canonical_line
from jobbot.platform.safety.sanitise import clean, from_text
from jobbot.sdk import RawPosting, Rejected
from jobbot.sdk.fields import web_url
from jobbot.sdk.schemaorg import nodes_in, posting_of

MOST_TEXT, MOST_DATA, MOST_BLOCKS = 200_000, 100_000, 5
"""Characters of a posting's text, and of one block of data; blocks of a page."""
LEAST = 200
"""A text of fewer characters is kept as a short posting, whose match says so."""
_HEAD_LINES, _HEAD_WIDTH = 5, 120
_LABELS = (
    ("title", re.compile(r"(?:job ?title|title|position|role|stelle|poste|puesto)\s*:\s*(\S.*)", re.IGNORECASE)),
    (
        "company",
        re.compile(r"(?:company|employer|firma|arbeitgeber|unternehmen|entreprise|empresa)\s*:\s*(\S.*)", re.I),
    ),
    (
        "location",
        re.compile(r"(?:location|place|ort|standort|arbeitsort|lieu|ubicaci[oó]n)\s*:\s*(\S.*)", re.IGNORECASE),
    ),
)
_AT = re.compile(r"(?P<title>.{3,100}?)\s+(?:at|bei|chez|@)\s+(?P<company>\S.{1,80})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a person gave; `page_title`, `heading`, `site` and `data` (blocks of JSON-LD) are the page's own words."""

    title: str = ""
    company: str = ""
    location: str = ""
    url: str = ""
    text: str = ""
    page_title: str = ""
    heading: str = ""
    site: str = ""
    data: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """What would be kept, for the person to correct."""

    title: str
    company: str
    location: str
    url: str
    text: str

    def as_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


def draft(pasted: Pasted) -> Draft:
    """What the words seem to say, "" where they say nothing. Never raises."""
    stated = _stated(pasted)
    text = pasted.text.strip() or (_text(stated) if stated else "")
    named = names_in(pasted.page_title)
    lines = _headed(text)
    first: dict[str, str] = {}
    site = pasted.site if link_of(pasted.url) is None else ""
    for source in (
        {"title": pasted.title, "company": pasted.company, "location": pasted.location},
        {"title": stated.title, "company": stated.company, "location": "; ".join(stated.locations)} if stated else {},
        named,
        {"title": pasted.heading, "company": site} if pasted.heading else {},
        lines,
    ):
        for name, value in source.items():
            if value and not first.get(name):
                first[name] = canonical_line(value, 300)
    title = first.get("title", "") or canonical_line(pasted.page_title, 300)
    link = link_of(pasted.url)
    url = (link.url if link else None) or _address(pasted.url)
    return Draft(title, first.get("company", ""), first.get("location", ""), url, text)


def posting(pasted: Pasted) -> RawPosting:
    """The posting as the person left it; pay, dates and places that the page states besides are kept with it.

    Raises InvalidInput naming each field that is missing or cannot be.
    """
    title, company = canonical_line(pasted.title, 300), canonical_line(pasted.company, 200)
    stated = _stated(pasted)
    text = pasted.text.strip() or (_text(stated) if stated else "")
    url = _address(pasted.url)
    problems = [Problem("is empty", "the posting's title", pointer="/title")] if not title else []
    problems += [Problem("is empty", "the text of the posting", pointer="/text")] if not from_text(text).text else []
    if pasted.url.strip() and not url:
        problems.append(Problem("is no web address", "https://…, or nothing", pointer="/url"))
    if problems:
        raise InvalidInput("; ".join(str(one) for one in problems), errors=problems)
    link = link_of(url) if url else None
    own = RawPosting(
        external_id=_known(link) or short_hash(url, title, company or text),
        title=title,
        text=text,
        url=(link.url if link else None) or url or None,
        company=company or None,
        locations=tuple(place for one in pasted.location.split(";") if (place := canonical_line(one, 200))),
        raw={"title": title, "company": company or None},
        complete=len(text) >= LEAST,
    )
    return _joined(own, stated, link) if stated else own


def _joined(own: RawPosting, stated: RawPosting, link: Link | None) -> RawPosting:
    """The person's words over what the page states; its markup stays where they left the text as it was."""
    same = own.text.strip() == _text(stated)
    return replace(
        stated,
        external_id=_known(link) or stated.external_id,
        title=own.title,
        company=own.company,
        locations=own.locations,
        url=own.url or stated.url,
        text="" if same else own.text,
        html=stated.html if same else "",
        complete=own.complete,
    )


def _known(link: Link | None) -> str:
    return f"{link.vendor}:{link.id}" if link and link.id else ""


def _stated(pasted: Pasted) -> RawPosting | None:
    """The page's own statement: its one JobPosting, or of several the one that its title names."""
    nodes = [node for block in pasted.data[:MOST_BLOCKS] for node in nodes_in(block[:MOST_DATA])]
    if len(nodes) > 1:
        about = f"{pasted.page_title} {pasted.heading}".casefold()
        nodes = [node for node in nodes if str(node.get("title") or "?").casefold() in about]
    if len(nodes) != 1:
        return None
    found = _of(nodes[0], _address(pasted.url))
    return found if isinstance(found, RawPosting) else None


def _of(node: Mapping[str, Any], address: str) -> RawPosting | Rejected:
    return posting_of(node, identity(node, address, 0), address or None)


def _text(stated: RawPosting) -> str:
    return clean(stated.html).text if stated.html else from_text(stated.text).text


def _address(url: str) -> str:
    """Without tracking; "" for what is no web address. A name without scheme is one of the web."""
    asked = url.strip()
    if asked and "://" not in asked and re.match(r"[\w-]+(?:\.[\w-]+)+(?:/|$)", asked):
        asked = f"https://{asked}"
    return plain(asked) if web_url(asked) else ""


def _headed(text: str) -> dict[str, str]:
    """Title, employer and place as the first lines of a text name them: labelled, or one below the other."""
    lines: list[str] = []
    found: dict[str, str] = {}
    for raw in text[:4_000].splitlines():
        line = canonical_line(raw, _HEAD_WIDTH + 1)
        if not line:
            continue
        if len(line) > _HEAD_WIDTH or len(lines) == _HEAD_LINES:
            break
        label = next(((name, match[1]) for name, pattern in _LABELS if (match := pattern.fullmatch(line))), None)
        if label:
            found.setdefault(*label)
        else:
            lines.append(line)
    if lines and "title" not in found:
        found = {**_listed(lines), **found}
    return found


def _listed(lines: list[str]) -> dict[str, str]:
    if whole := _AT.fullmatch(lines[0]):
        return whole.groupdict()
    short = [line for line in lines if not line.endswith((".", ":", "!", "?"))] if len(lines) > 1 else lines
    card = card_of(Link("", "", None), short[:4]) if short[:1] == lines[:1] else None
    if card is None:
        return {"title": lines[0]}
    return {"title": card.title, "company": card.company or "", "location": card.place or ""}
