"""Lenient readers of single fields: what is missing or of the wrong type is None or empty, never an error."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from jobbot.kernel.errors import InvalidInput

_TOKEN = re.compile(r"[^\x00-\x1f\x7f/\\?#@:]{1,100}")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_THE_VENDORS_OWN = frozenset({"www", "api", "app", "docs", "help", "developers", "careers", "jobs", "support"})
_EARLIEST, _LATEST = 0, 4_102_444_800  # 1970 to 2100, in seconds


def text_of(value: Any) -> str:
    """A string without blanks around it; "" for anything else."""
    return value.strip() if isinstance(value, str) else ""


def optional(value: Any) -> str | None:
    """A string with something in it, or None."""
    return text_of(value) or None


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
    """ISO 8601 with offset (UTC where it has none), or None."""
    if not isinstance(value, str) or len(value) > 40:
        return None
    try:
        parsed = datetime.fromisoformat(value.strip())
        aware = parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return aware if _EARLIEST <= aware.timestamp() <= _LATEST else None


def epoch(milliseconds: Any) -> datetime | None:
    """Milliseconds since 1970, or None."""
    if not isinstance(milliseconds, int | float) or isinstance(milliseconds, bool):
        return None
    seconds = milliseconds / 1000
    return datetime.fromtimestamp(seconds, UTC) if _EARLIEST < seconds < _LATEST else None


def distinct(values: Iterable[str]) -> tuple[str, ...]:
    """Without repeats and empties, in their order."""
    return tuple(dict.fromkeys(value for value in (item.strip() for item in values) if value))


def web_url(value: Any) -> str | None:
    """An http(s) URL to show, or None; never fetched."""
    found = text_of(value)
    return found if found.lower().startswith(("https://", "http://")) and len(found) <= 2_000 else None


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
    "distributed": "remote",
    "hybrid": "hybrid",
    "onsite": "onsite",
    "inoffice": "onsite",
    "inperson": "onsite",
}
_EMPLOYMENTS = {
    **dict.fromkeys(("fulltime", "ft", "regularfulltime", "fulltimeemployee", "eefulltime"), "full-time"),
    **dict.fromkeys(("parttime", "pt", "regularparttime", "parttimeemployee", "eeparttime"), "part-time"),
    **dict.fromkeys(("intern", "internship", "trainee"), "internship"),
    **dict.fromkeys(("contract", "contractor", "directcontract", "fixedterm"), "contract"),
    **dict.fromkeys(("temporary", "temp", "seasonal"), "temporary"),
    **dict.fromkeys(("freelance", "freelancer"), "freelance"),
    **dict.fromkeys(("apprentice", "apprenticeship"), "apprenticeship"),
    "permanent": "permanent",
    "volunteer": "volunteer",
}
