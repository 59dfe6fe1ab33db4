"""What a page shows of boards: each address in it that belongs to one, and traces of a vendor without a name. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import NamedTuple
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from jobbot.sdk import BoardRef

Recognise = Callable[[str], BoardRef | None]
MOST = 5_000
"""Addresses of one page that are looked at."""
_ADDRESS = re.compile(r"(?:https?:)?//[a-zA-Z0-9.-]{3,200}\.[a-z]{2,10}(?:/[^\s\"'<>\\`)]{0,400})?")
_ATTRIBUTES = ("href", "src", "action", "data-src", "data-url", "data-href", "content")
_REFRESH = re.compile(r"^\s*\d+\s*;\s*url=\s*", re.IGNORECASE)
TRACES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("greenhouse", re.compile(r"grnhse_app|Grnhse\.|[?&]gh_jid=|gh_src=")),
    ("lever", re.compile(r"lever-jobs(?:-container)?\b|[?&]lever-(?:origin|source)")),
    ("ashby", re.compile(r"ashby_embed|[?&]ashby_jid=")),
    ("workable", re.compile(r"whr_embed|whr\(document\)")),
    ("smartrecruiters", re.compile(r"smartrecruiters\.com/job-widget")),
    ("recruitee", re.compile(r"recruiteecdn\.com")),
    ("teamtailor", re.compile(r"teamtailor-cdn\.com")),
    ("bamboohr", re.compile(r"BambooHR-ATS|/jobs/embed2\.php")),
    ("breezy", re.compile(r"assets-cdn\.breezy\.hr")),
    ("workday", re.compile(r"\.myworkdayjobs\.com")),
)


class Evidence(NamedTuple):
    """A board, and the addresses that named it."""

    board: BoardRef
    seen: tuple[str, ...]


class Found(NamedTuple):
    """`boards` in the order of the page; `traces` are vendors that left marks without naming a board."""

    boards: tuple[Evidence, ...]
    traces: tuple[str, ...]


def evidence_in(html: str, address: str, recognise: Recognise) -> Found:
    """The boards that a page names in links, frames, forms and scripts."""
    seen: dict[tuple[str, str, str], list[str]] = {}
    boards: dict[tuple[str, str, str], BoardRef] = {}
    for url in _addresses(html, address):
        ref = recognise(url)
        if ref is not None:
            key = (ref.source, ref.board.casefold(), ref.region)
            boards.setdefault(key, ref)
            seen.setdefault(key, []).append(url[:200])
    named = {ref.source for ref in boards.values()}
    traces = tuple(name for name, mark in TRACES if name not in named and mark.search(html))
    return Found(tuple(Evidence(ref, tuple(dict.fromkeys(seen[key]))[:3]) for key, ref in boards.items()), traces)


def _addresses(html: str, address: str) -> Iterator[str]:
    """Absolute https addresses: of attributes, then of the text of scripts; each once."""
    found: dict[str, None] = {}
    for value in _stated(html):
        url = _absolute(address, value)
        if url.startswith("https://") and len(url) <= 2_000:
            found[url] = None
            if len(found) == MOST:
                break
    return iter(found)


def _absolute(address: str, value: str) -> str:
    try:
        url = urljoin(address, value)
    except ValueError:
        return ""
    return f"https{url[4:]}" if url.startswith("http://") else url


def _stated(html: str) -> Iterator[str]:
    for node in LexborHTMLParser(html).css("a, iframe, script, link, form, meta, div, frame, embed, object, img"):
        for name in _ATTRIBUTES:
            value = node.attributes.get(name)
            if value:
                yield _REFRESH.sub("", value.strip())
    for match in _ADDRESS.finditer(unescape(html.replace("\\/", "/").replace("\\u002F", "/"))):
        yield match[0] if match[0].startswith("http") else f"https:{match[0]}"
