"""Lenient readers of single fields: what is missing or of the wrong type is None or empty, never an error."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote, urlsplit

from jobbot.kernel.errors import InvalidInput
from jobbot.sdk.dates import from_ticks

_TOKEN = re.compile(r"[^\x00-\x1f\x7f/\\?#@:]{1,100}")
_MOJIBAKE = re.compile("[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_ADDRESS = re.compile(r"[\w.+-]{1,64}(?:@|\s?[\[(]at[\])]\s?)[\w-]{1,63}(?:(?:\.|\s?[\[(]dot[\])]\s?)[\w-]{1,63}){1,5}")
LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
"""One label of a host name, lower case, as part of a pattern."""
_LABEL = re.compile(LABEL)
_THE_VENDORS_OWN = frozenset({"www", "api", "app", "docs", "help", "developers", "careers", "jobs", "support"})


def text_of(value: Any) -> str:
    """A string without blanks around it; "" for anything else."""
    return value.strip() if isinstance(value, str) else ""


def optional(value: Any) -> str | None:
    """A string with something in it, or None."""
    return text_of(value) or None


def identity_of(value: Any) -> str:
    """A vendor's id, which may be a number; "" where there is none."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return text_of(value)


def mapping(value: Any) -> Mapping[str, Any]:
    """An object, or an empty one."""
    return value if isinstance(value, dict) else {}


def objects(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; [] for anything else."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def amount(value: Any) -> float | None:
    """A positive number; 0, text and truth values are no pay."""
    good = isinstance(value, int | float) and not isinstance(value, bool) and value > 0
    return float(value) if good else None


def moment(value: Any) -> datetime | None:
    """ISO 8601 with offset or a closing " UTC" (UTC where it has neither), or None. Whether a day of the year 1 or 9999
    is meant is judged later, where there are words for it."""
    if not isinstance(value, str) or len(value) > 40:
        return None
    try:
        return _aware(datetime.fromisoformat(value.strip().removesuffix(" UTC")))
    except (ValueError, OverflowError):
        return None


def mail_moment(value: Any) -> datetime | None:
    """A date as mails and RSS write it (`Fri, 27 Mar 2026 20:20:27 +0000`), or ISO 8601; else None."""
    if not isinstance(value, str) or len(value) > 60:
        return None
    try:
        return _aware(parsedate_to_datetime(value.strip()))
    except (ValueError, OverflowError, IndexError):
        return moment(value)


def _aware(parsed: datetime) -> datetime:
    return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)


def epoch(value: Any) -> datetime | None:
    """Seconds, milliseconds or microseconds since 1970 (which, the size tells), or None."""
    return from_ticks(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def place(*parts: Any) -> str:
    """City, region, country as one place; a part that says what another said already is left out."""
    named = distinct(text_of(part) for part in parts)
    return ", ".join({part.casefold(): part for part in named}.values())


def escaped(text: Any) -> str:
    """Plain text as markup; "" for anything else."""
    return html.escape(text_of(text), quote=False)


def paragraphs(text: Any) -> str:
    """Plain text as markup, a paragraph a line; "" for anything else."""
    return "".join(f"<p>{escaped(line)}</p>" for line in text_of(text).splitlines() if line.strip())


def sections(parts: Iterable[tuple[Any, Any]]) -> str:
    """Markup of several parts, each under its heading (plain text, may be empty); parts without markup are left out."""
    found = []
    for heading, markup in parts:
        if not text_of(markup):
            continue
        if text_of(heading):
            found.append(f"<h3>{html.escape(text_of(heading), quote=False)}</h3>")
        found.append(text_of(markup))
    return "\n".join(found)


def repaired(text: str) -> str:
    """Text whose UTF-8 was taken for Latin-1 on its way (`donâ\x80\x99t`), put right where it is plainly so."""
    return _MOJIBAKE.sub(lambda found: found[0].encode("latin-1").decode("utf-8", "replace"), text)


def without_addresses(text: str) -> str:
    """Text without the e-mail addresses of people."""
    return _ADDRESS.sub("(address in the original)", text)


def each(value: Any) -> list[Any]:
    """A list as it is; a single thing as a list of one; nothing as none. Vendors write one of many in both ways."""
    return value if isinstance(value, list) else [] if value is None else [value]


def distinct(values: Iterable[str]) -> tuple[str, ...]:
    """Without repeats and empties, in their order."""
    return tuple(dict.fromkeys(value for value in (item.strip() for item in values) if value))


def web_url(value: Any) -> str | None:
    """An http(s) URL to show, or None; never fetched. One with a name and password, or a control character, is none."""
    found = text_of(value)
    try:
        parts = urlsplit(found)
    except ValueError:
        return None
    plain = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
    return found if plain and len(found) <= 2_000 and found.isprintable() else None


def token(board: str) -> str:
    """The board name as one path segment of a URL. Raises InvalidInput for a name that could be anything else."""
    if not _TOKEN.fullmatch(board) or board.strip() != board or not board.strip("."):
        raise InvalidInput(
            f"{board[:100]!r} cannot be the name of a board; give the name as it stands in the board's URL, as in acme"
        )
    return quote(board, safe="")


def subdomain(board: str) -> str:
    """The board name as one label of a host name. Raises InvalidInput for a name that cannot be one."""
    label = board.lower()
    if not _LABEL.fullmatch(label) or label in _THE_VENDORS_OWN:
        raise InvalidInput(
            f"{board[:100]!r} cannot be the name of a board here; give the first part of its address, as in acme"
        )
    return label


def workplace(value: Any) -> str | None:
    """onsite, hybrid or remote from a vendor's word for it, None for any other."""
    word = re.sub(r"[^a-z]", "", value.lower()) if isinstance(value, str) else ""
    return _WORKPLACES.get(word)


def employment(value: Any) -> str | None:
    """A kind of employment in one spelling; a word that is not known stays as it is."""
    stated = text_of(value)
    return _EMPLOYMENTS.get(re.sub(r"[^a-z]", "", stated.lower()), stated) or None


def workplace_in(text: str) -> str | None:
    """What the name of a place says about the workplace ("Remote - US", "Hybrid, Berlin"), or None."""
    found = {_WORKPLACES[re.sub(r"[^a-z]", "", word.lower())] for word in _WORKPLACE_WORDS.findall(text)}
    return "hybrid" if "hybrid" in found else next(iter(found)) if len(found) == 1 else None


def workplace_in_title(title: str) -> str | None:
    """The same for a title, which says it in brackets or at its end: a Remote Sensing Engineer may well be on site."""
    return workplace_in(" | ".join(_ASIDE.findall(title)))


_ASIDE = re.compile(r"[(\[][^)\]]*[)\]]|[-–—|,/]\s*[\w ]*$")
_WORKPLACE_WORDS = re.compile(r"(?<![\w-])(?:remote|hybrid|on-?site|in-office)(?![\w-])", re.IGNORECASE)
_WORKPLACES = {
    "remote": "remote",
    "fullyremote": "remote",
    "fully": "remote",
    "telecommute": "remote",
    "distributed": "remote",
    "hybrid": "hybrid",
    "onsite": "onsite",
    "inoffice": "onsite",
    "inperson": "onsite",
}
_EMPLOYMENTS = {
    **dict.fromkeys(("fulltime", "ft", "regularfulltime", "fulltimeemployee", "eefulltime"), "full-time"),
    **dict.fromkeys(("permanentfulltime", "fulltimepermanent", "salariedft", "hourlyft"), "full-time"),
    **dict.fromkeys(("parttime", "pt", "regularparttime", "parttimeemployee", "eeparttime"), "part-time"),
    **dict.fromkeys(("permanentparttime", "parttimepermanent", "salariedpt", "hourlypt"), "part-time"),
    **dict.fromkeys(("intern", "internship", "trainee"), "internship"),
    **dict.fromkeys(("contract", "contractor", "directcontract", "fixedterm"), "contract"),
    **dict.fromkeys(("fixedtermfulltime", "fulltimefixedterm", "fixedtermparttime"), "contract"),
    **dict.fromkeys(("temporary", "temp", "seasonal"), "temporary"),
    **dict.fromkeys(("freelance", "freelancer"), "freelance"),
    **dict.fromkeys(("apprentice", "apprenticeship"), "apprenticeship"),
    "permanent": "permanent",
    "volunteer": "volunteer",
}
