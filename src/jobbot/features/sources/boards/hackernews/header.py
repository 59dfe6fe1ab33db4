"""The first line of a comment: who, what, where. Pure, and rather silent than wrong."""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from jobbot.sdk.fields import distinct, employment, workplace_in

LONGEST = 300
_END = re.compile(r"<p>|\n", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_DASHES = re.compile(r"\s+(?:—|–|-|/)\s+|/\s+")
_HIRING = re.compile(
    r"(?P<company>[^,.:;()]{2,40}?)(?: \([^()]{1,40}\))? is (?:now )?(?:hiring|looking for)\b", re.IGNORECASE
)
_URL = re.compile(r"https?://\S+|\b[\w-]+\.(?:com|io|ai|dev|co|org|net|app|tech)(?:/\S*)?(?=\s|$|\))", re.IGNORECASE)
_KIND = re.compile(r"\b(?:full[- ]?time|part[- ]?time|contract(?:or)?|intern(?:ship)?s?|freelance)\b", re.IGNORECASE)
_WORKPLACE = re.compile(r"\b(?:remote|on-?site|hybrid|in-office|in-person|in office|in person|wfh)\b", re.IGNORECASE)
_PAY = re.compile(r"[$€£¥]\s?\d|\d\s?[kK]\b|\bequity\b|\bsalary\b", re.IGNORECASE)
_ROLE = re.compile(
    r"engineer|develop|design|scientist|manager|lead\b|head of|architect|analyst|research|founding|founder|"
    r"director|marketing|sales|product|operations|support|recruit|writer|programmer|admin|devops|\bsre\b|\bswe\b|\bcto\b|"
    r"\bqa\b|technical staff|full[- ]?stack|back[- ]?end|front[- ]?end|specialist|consultant|executive|roles?\b|"
    r"positions?\b|teacher|nurse|accountant|counsel|technician",
    re.IGNORECASE,
)
_JOB = re.compile(
    r"\b(?:engineers?|developers?|designers?|scientists?|analysts?|managers?|architects?|directors?|roles|positions)\b",
    re.IGNORECASE,
)
_NO_ROLE = re.compile(r"visa|relocat|sponsor", re.IGNORECASE)
_EMPTY = re.compile(r"\(\s*\)")
_NO_PLACE = re.compile(
    r"\d|visa|sponsor|relocat|time ?zone|stack|startup|series|seed|founded|b2b|saas|equity", re.IGNORECASE
)
_PLACE = re.compile(
    r"(?:in |near )?[A-ZÀ-Þ][\w.'’-]*(?:(?:\s*[,/&+]\s*|\s+(?:or|and|area|bay|in)?\s*)[(]?[A-ZÀ-Þa][\w.'’-]*[)]?){0,9}$"
)


class Header(NamedTuple):
    title: str
    company: str | None
    places: tuple[str, ...]
    remote: str | None
    employment: str | None


def header_of(markup: str) -> Header | None:
    """None for a comment that does not begin like an advert."""
    line = " ".join(html.unescape(_TAG.sub(" ", _END.split(markup, maxsplit=1)[0])).split())[: LONGEST * 2]
    parts = _parts(line)
    if not parts:
        return _sentence(line)
    company, rest = parts[0], parts[1:]
    roles = [part for part in rest if _is_role(part)]
    if not roles and _JOB.search(company):
        company, roles = "", [company]
    titles = ", ".join(_EMPTY.sub("", _URL.sub("", role)).strip(" -–—:,") for role in roles[:3])
    places = distinct(part for part in rest if part not in roles and _is_place(part))
    return Header(
        title=titles[:LONGEST] or f"Roles at {company}",
        company=company or None,
        places=tuple(place[:120] for place in places),
        remote=_workplace(line),
        employment=_kind(" | ".join(rest)),
    )


def _parts(line: str) -> list[str]:
    """The parts of a line of two or more; the first names the employer. [] for any other line."""
    split = [part.strip(" ,;*_") for part in line.split("|")]
    if len(split) < 2:
        split = [part.strip(" ,;*_") for part in _DASHES.split(line[:LONGEST])]
        split = split if len(split) >= 3 else []
    parts = [part for part in split if part]
    if len(parts) < 2 or len(parts[0]) > 80:
        return []
    return [_EMPTY.sub("", _URL.sub("", parts[0])).strip(" -–—:,") or parts[0], *parts[1:]]


def _sentence(line: str) -> Header | None:
    """`Acme (YC F24) is hiring a nurse in Leeds.`"""
    found = _HIRING.match(line)
    if not found or _JOB.search(found["company"]):
        return None
    company, rest = found["company"].strip(), line[found.end() :].split(". ")[0].strip(" .:")
    named = rest[:160] if _is_role(rest) else ""
    return Header(named or f"Roles at {company}", company, (), _workplace(line), _kind(line))


def _workplace(line: str) -> str | None:
    return workplace_in(" | ".join(_WORKPLACE.findall(line)).replace("wfh", "remote"))


def _kind(text: str) -> str | None:
    found = _KIND.search(text)
    return employment(found[0]) if found else None


def _is_role(part: str) -> bool:
    plain = _URL.sub("", part)
    return bool(_ROLE.search(plain)) and not _NO_ROLE.search(plain) and len(part) <= 160


def _is_place(part: str) -> bool:
    if _URL.search(part) or _PAY.search(part) or len(part) > 120:
        return False
    if _WORKPLACE.search(part):
        return True
    plain = _KIND.sub("", part).strip(" ,()")
    return bool(plain) and not _NO_PLACE.search(plain) and _PLACE.match(plain) is not None
