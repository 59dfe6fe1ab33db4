"""Which addresses in a mail or page are postings, what their stable id is, and how they read without tracking. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

from jobbot.kernel.ids import short_hash

BOARD = "by hand"
"""One board for all mails and pages: a posting of two mails, or of a mail and its saved page, is one posting."""


class Link(NamedTuple):
    """A posting's address: whose, the vendor's id, and the address to show (None where only a redirect was given)."""

    vendor: str
    id: str
    url: str | None


_TRACKING = re.compile(
    r"(?:utm_\w+|mc_\w+|mkt_tok|gclid|fbclid|msclkid|_hs\w+|vero_\w+|trk\w*|tracking\w*|track|refid|ref|referrer|source|"
    r"src|campaign|lipi|midtoken|midsig|eid|otptoken|loid|savedsearch\w*|alertid|email\w*|cid|pos|t|tk|from|guid|uid|s)",
    re.IGNORECASE,
)
_TARGETS = ("url", "u", "target", "redirect", "redirect_url", "dest", "destination", "link", "q")
_UNWRAPPED = 3
_LONGEST = 8_000
"""No address of a posting is longer, and reading one costs more than its length."""
_LINKEDIN = re.compile(r"/(?:comm/)?jobs/view/(?:[^/]*?-)?(\d{5,})(?:[/-]|$)")
_INDEED = re.compile(r"[0-9a-f]{16}")
_GLASSDOOR = re.compile(r"(?:jl=|jobListingId=|JV_.*?(?:_|=)jl)(\d{6,})", re.IGNORECASE)
_STEPSTONE = re.compile(r"--(\d{5,})(?:-inline)?\.html$|/job/(\d{5,})(?:/|$)")
_TRAILING = re.compile(r"[-/](\d{6,})(?:\.html?|/)?$")
_POSTING = re.compile(
    r"/(?:job|jobs|career|careers|karriere|stelle|stellen|stellenangebot\w*|vacanc(?:y|ies)|position|positions|opening|"
    r"openings|emploi|offre\w*|empleo|oferta\w*|job-?posting|viewjob|o|p|j)/[^/]",
    re.IGNORECASE,
)


def link_of(address: str) -> Link | None:
    """The posting that an address in a mail leads to, by its form alone; None for anything else.

    >>> link_of("https://www.linkedin.com/comm/jobs/view/4012345678/?trackingId=abc")
    Link(vendor='linkedin', id='4012345678', url='https://www.linkedin.com/jobs/view/4012345678/')
    """
    parts = _split(address)
    for _ in range(_UNWRAPPED):
        inner = parts and _inner(parts)
        if not inner:
            break
        parts = inner
    if parts is None:
        return None
    host = (parts.hostname or "").lower()
    for name, belongs, read in _VENDORS:
        if belongs(host):
            return read(name, parts)
    return _other(host, parts)


def plain(address: str) -> str:
    """An address without the parameters that only tell who came from where."""
    parts = _split(address)
    return _shown(parts) if parts else ""


def _split(address: str) -> SplitResult | None:
    if len(address) > _LONGEST:
        return None
    try:
        parts = urlsplit(address.strip())
        return parts if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def _inner(parts: SplitResult) -> SplitResult | None:
    """The address inside a redirect's own parameters."""
    values = dict(parse_qsl(parts.query, max_num_fields=100)) if parts.query.count("&") < 100 else {}
    for name in _TARGETS:
        found = _split(values.get(name, "")) if values.get(name, "").startswith("http") else None
        if found is not None:
            return found
    return None


def _shown(parts: SplitResult) -> str:
    kept = [(k, v) for k, v in parse_qsl(parts.query, max_num_fields=1000) if not _TRACKING.fullmatch(k)]
    return urlunsplit(("https", parts.netloc.rpartition("@")[2].lower(), parts.path or "/", urlencode(kept), ""))


def _linkedin(name: str, parts: SplitResult) -> Link | None:
    found = _LINKEDIN.search(parts.path)
    return Link(name, found[1], f"https://www.linkedin.com/jobs/view/{found[1]}/") if found else None


def _indeed(name: str, parts: SplitResult) -> Link | None:
    key = dict(parse_qsl(parts.query)).get("jk", "")
    host = parts.hostname or ""
    if _INDEED.fullmatch(key):
        return Link(name, key, f"https://{host}/viewjob?jk={key}")
    opaque = host.startswith("cts.") or "/rc/clk" in parts.path or "/pagead/clk" in parts.path
    return Link(name, "", None) if opaque else None


def _glassdoor(name: str, parts: SplitResult) -> Link | None:
    found = _GLASSDOOR.search(f"{parts.path}?{parts.query}")
    return Link(name, found[1], f"https://{parts.hostname}/job-listing/?jl={found[1]}") if found else None


def _stepstone(name: str, parts: SplitResult) -> Link | None:
    found = _STEPSTONE.search(parts.path)
    return Link(name, found[1] or found[2], _shown(parts)) if found else None


def _numbered(name: str, parts: SplitResult) -> Link | None:
    found = _TRAILING.search(parts.path)
    return Link(name, found[1], _shown(parts)) if found and "job" in parts.path else None


def _other(host: str, parts: SplitResult) -> Link | None:
    if not _POSTING.search(parts.path) or "unsubscribe" in parts.path.lower():
        return None
    return Link(host.removeprefix("www."), short_hash(_shown(parts)), _shown(parts))


def _of(*names: str) -> Callable[[str], bool]:
    """Whether a host is that site's in any country: linkedin.com, de.indeed.com, www.glassdoor.co.uk."""
    pattern = re.compile(rf"(?:[\w-]+\.)*(?:{'|'.join(names)})\.(?:[a-z]{{2,3}}\.)?[a-z]{{2,3}}")
    return lambda host: pattern.fullmatch(host) is not None


_VENDORS: tuple[tuple[str, Callable[[str], bool], Callable[[str, SplitResult], Link | None]], ...] = (
    ("linkedin", _of("linkedin"), _linkedin),
    ("indeed", _of("indeed"), _indeed),
    ("glassdoor", _of("glassdoor"), _glassdoor),
    ("stepstone", _of("stepstone", "totaljobs", "jobsite"), _stepstone),
    ("xing", _of("xing"), _numbered),
    ("naukri", _of("naukri"), _numbered),
)
