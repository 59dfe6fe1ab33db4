"""Saved pages of postings: a browser's "Save page as" as HTML or as one MHTML file. Their scripts are never run.

What a page states as schema.org's JobPosting is believed; without it the readable text of its main part is the posting.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Mapping
from email.message import Message
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from jobbot.features.sources.byhand.links import link_of, plain
from jobbot.features.sources.byhand.mail import content_of, decoded, parts_of
from jobbot.features.sources.model import Reject
from jobbot.kernel.ids import short_hash
from jobbot.platform.safety.canonical import canonical_line
from jobbot.platform.safety.sanitise import clean
from jobbot.sdk import RawPosting, Rejected
from jobbot.sdk.fields import web_url
from jobbot.sdk.schemaorg import identifier_of, posting_of, postings_in

LEAST = 200
"""A page with fewer characters of text holds no advert."""
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset=[\"']?([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://[^\s<>]+)\s*-->", re.IGNORECASE)
_MAIN = ("main article", "article", "main", "[role=main]", "#content", "body")
_LINKEDIN = (
    re.compile(r"(?:\(\d+\+?\) )?(?P<title>.+?) \| (?P<company>.+?) \| LinkedIn"),
    re.compile(r"(?:\(\d+\+?\) )?(?P<company>.+?) hiring (?P<title>.+?) in (?P<location>.+?) \| LinkedIn"),
)


class Page(NamedTuple):
    """A page's markup and the address it was saved from, "" where it does not say."""

    html: str
    address: str


def looks_like_page(data: bytes, name: str) -> bool:
    """By its first bytes, and its name where those say little."""
    start = data[:2048].lstrip(b"\xef\xbb\xbf\r\n\t ").lower()
    tag = start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<!--"))
    return _is_archive(data) or tag or name.lower().endswith((".html", ".htm"))


def _is_archive(data: bytes) -> bool:
    head = data[:4096].lower()
    return b"snapshot-content-location:" in head or (b"multipart/related" in head and b"from: <saved by" in head)


def read_page(data: bytes, address: str = "") -> tuple[list[RawPosting], list[Reject]]:
    """The postings that a page states, or the one that it is; a page that is none is a reject with the reason.

    `address` is where it was found, "" where only the page itself can say.
    """
    page = _archived(data) if _is_archive(data) else Page(_decoded(data), plain(address))
    address = page.address or _address(page.html)
    nodes = postings_in(page.html)
    found = [posting_of(node, identity(node, address, number), address or None) for number, node in enumerate(nodes)]
    good = [one for one in found if not isinstance(one, Rejected)]
    if good:
        return good, [Reject(one.ref, one.reason, "") for one in found if isinstance(one, Rejected)]
    read = _readable(page.html, address)
    if read is None:
        return [], [Reject("page", f"no posting in it, and less than {LEAST} characters of text to read as one", "")]
    return [read], []


def _archived(data: bytes) -> Page:
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    address = "".join(str(message.get("snapshot-content-location", "")).split())
    pages: list[Message] = [part for part in parts_of(message) if part.get_content_type() == "text/html"]
    return Page(content_of(pages[0]) if pages else "", plain(address))


def _decoded(data: bytes) -> str:
    stated = _CHARSET.search(data[:4096])
    return decoded(data, stated[1].decode() if stated else "utf-8").removeprefix("\ufeff")


def _address(html: str) -> str:
    """Where a page says it is from: the browser's remark, its canonical link, or what it tells those who share it."""
    saved = _SAVED_FROM.search(html[:4096])
    if saved:
        return plain(saved[1])
    tree = LexborHTMLParser(html)
    for selector, attribute in (("link[rel=canonical]", "href"), ("meta[property='og:url']", "content")):
        node = tree.css_first(selector)
        if node is not None and (found := web_url(node.attributes.get(attribute))):
            return plain(found)
    return ""


def identity(node: Mapping[str, object], address: str, number: int) -> str:
    """The id of a page's posting, the `number`th of it: the vendor's by the address, the employer's own, or a hash."""
    link = link_of(address) if address else None
    if link is not None and link.id and number == 0:
        return f"{link.vendor}:{link.id}"
    return identifier_of(node) or short_hash(address, str(node.get("title", "")), str(number))


def _readable(html: str, address: str) -> RawPosting | None:
    tree = LexborHTMLParser(html)
    main = next((node for selector in _MAIN if (node := tree.css_first(selector)) is not None), None)
    markup = (main.html or "") if main is not None else ""
    read = clean(markup)
    if len(read.text) < LEAST:
        read = clean(html)
    title, company, place = _headed(tree)
    if len(read.text) < LEAST or not title:
        return None
    link = link_of(address) if address else None
    return RawPosting(
        external_id=f"{link.vendor}:{link.id}" if link and link.id else short_hash(address, title, company or ""),
        title=title,
        html=read.html,
        url=(link.url if link else None) or address or None,
        company=company,
        locations=(place,) if place else (),
        raw={"title": title, "company": company},
    )


def _headed(tree: LexborHTMLParser) -> tuple[str, str | None, str | None]:
    """Title, employer and place of a page: LinkedIn's title line names them; else the first heading, and nobody."""
    node = tree.css_first("title")
    line = canonical_line(node.text(deep=True), 300) if node is not None else ""
    if names := names_in(line):
        return names["title"], names["company"], names.get("location")
    heading = next((h for h in tree.css("h1") if h.text(deep=True).strip()), None)
    return (canonical_line(heading.text(deep=True), 300) if heading is not None else line), _site(tree), None


def names_in(line: str) -> dict[str, str]:
    """Title, company and location that a page's title line names in a form that is known; {} for any other."""
    found = next(filter(None, (pattern.fullmatch(canonical_line(line, 300)) for pattern in _LINKEDIN)), None)
    return found.groupdict() if found else {}


def _site(tree: LexborHTMLParser) -> str | None:
    node = tree.css_first("meta[property='og:site_name']")
    return canonical_line(node.attributes.get("content") or "", 200) or None if node is not None else None
