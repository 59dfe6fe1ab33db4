"""schema.org's JobPosting, as employers' pages and some feeds carry it.

https://developers.google.com/search/docs/appearance/structured-data/job-posting. Real pages write one thing in many
ways (a text, an object, a list of either); whatever is of another shape is left out, never an error.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from jobbot.kernel import strictjson
from jobbot.kernel.errors import InvalidInput
from jobbot.kernel.money import Salary
from jobbot.sdk.fields import (
    distinct,
    each,
    employment,
    mapping,
    moment,
    optional,
    place,
    text_of,
    web_url,
    workplace_in,
)
from jobbot.sdk.pay import salaries
from jobbot.sdk.source import RawPosting, Rejected

TYPE = "JobPosting"
SCRIPT = "script[type^='application/ld+json' i]"
_TRAILING_COMMA = re.compile(r",(?=\s*[\]}])")
_TAG = re.compile(r"<[a-zA-Z/!]")
_MOST_NODES = 10_000


def postings_in(page: str) -> list[dict[str, Any]]:
    """Every JobPosting of a page's JSON-LD, wherever it is nested. A block that is no JSON is passed over."""
    found = []
    for block in LexborHTMLParser(page).css(SCRIPT):
        found += nodes_in(block.text(deep=True))
    return found


def nodes_in(block: str) -> list[dict[str, Any]]:
    """Every JobPosting of one block of JSON-LD; none where it is no JSON."""
    return list(_nodes(_parsed(block)))


def _parsed(block: str) -> Any:
    """Strictly, then with what pages get wrong put right: raw line breaks in strings, commas before a bracket."""
    text = block.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    try:
        return strictjson.loads(text)
    except InvalidInput:
        pass
    try:
        value = json.loads(_TRAILING_COMMA.sub("", text), strict=False)
        return strictjson.loads(json.dumps(value, ensure_ascii=False))
    except (ValueError, RecursionError, InvalidInput):
        return None


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """JobPostings in a value, in the order of the text, without recursion."""
    stack, seen = [value], 0
    while stack and seen < _MOST_NODES:
        seen += 1
        item = stack.pop()
        if isinstance(item, list):
            stack.extend(reversed(item))
        elif isinstance(item, dict):
            if TYPE in [text_of(kind).rpartition("/")[2] for kind in each(item.get("@type"))]:
                yield item
            else:
                stack.extend(reversed([child for child in item.values() if isinstance(child, dict | list)]))


def posting_of(node: Mapping[str, Any], identity: str, url: str | None = None) -> RawPosting | Rejected:
    """One JobPosting. `identity` is its id on the board; `url` is where it was found, for one that names no other."""
    title = html.unescape(text_of(node.get("title")) or text_of(node.get("name")))
    if not title:
        return Rejected(identity, "no title", dict(node))
    markup = description_of(node)
    locations = _locations(node)
    return RawPosting(
        external_id=identity,
        title=title,
        html=markup,
        url=web_url(node.get("url")) or url,
        company=_organisation(node),
        locations=locations,
        country=next((code for code in map(_country, _addresses(node)) if code), None),
        remote=_remote(node, locations),
        salaries=_salaries(node),
        pay=_pay(node),
        employment_type=next((kind for kind in map(employment, each(node.get("employmentType"))) if kind), None),
        department=optional(node.get("industry")) if isinstance(node.get("industry"), str) else None,
        posted_at=moment(node.get("datePosted")),
        closes_at=moment(node.get("validThrough")),
        language=optional(node.get("inLanguage")),
        complete=bool(markup),
        raw=node,
    )


def identifier_of(node: Mapping[str, Any]) -> str:
    """The employer's own id of the posting, "" where it states none."""
    for item in each(node.get("identifier")):
        stated = item.get("value") if isinstance(item, dict) else item
        if isinstance(stated, str | int) and not isinstance(stated, bool) and str(stated).strip():
            return str(stated).strip()
    return ""


def description_of(node: Mapping[str, Any]) -> str:
    """Markup; entities are decoded once, and only where there is no tag before that."""
    stated = text_of(node.get("description"))
    return stated if _TAG.search(stated) else html.unescape(stated)


def _organisation(node: Mapping[str, Any]) -> str | None:
    for item in each(node.get("hiringOrganization")):
        name = item.get("name") if isinstance(item, dict) else item
        if found := optional(name):
            return html.unescape(found)
    return None


def _addresses(node: Mapping[str, Any]) -> list[Any]:
    """Addresses of all places; a place that is a text is its own address."""
    found: list[Any] = []
    for item in each(node.get("jobLocation")):
        found += each(item.get("address")) or [item.get("name")] if isinstance(item, dict) else [item]
    return found


def _locations(node: Mapping[str, Any]) -> tuple[str, ...]:
    """Places of work; for remote work also the countries or states an applicant has to live in."""
    lived = each(node.get("applicantLocationRequirements"))
    named = (text_of(item.get("name")) if isinstance(item, dict) else text_of(item) for item in lived)
    return distinct([*map(_named, _addresses(node)), *named])


def _named(address: Any) -> str:
    if not isinstance(address, dict):
        return text_of(address)
    return place(address.get("addressLocality"), address.get("addressRegion"), _country(address))


def _country(address: Any) -> str | None:
    stated = mapping(address).get("addressCountry")
    return optional(stated.get("name")) if isinstance(stated, dict) else optional(stated)


def _remote(node: Mapping[str, Any], locations: tuple[str, ...]) -> str | None:
    kinds = [text_of(kind).upper() for kind in each(node.get("jobLocationType"))]
    return "remote" if "TELECOMMUTE" in kinds else workplace_in(" | ".join(locations))


def _salaries(node: Mapping[str, Any]) -> tuple[Salary, ...]:
    """`baseSalary`: an amount with a currency, whose value is a number, a range, or a text."""
    found: tuple[Salary, ...] = ()
    for item in each(node.get("baseSalary")):
        code = mapping(item).get("currency") or node.get("salaryCurrency")
        for value in each(item.get("value") if isinstance(item, dict) else item):
            inner = mapping(value)
            plain = inner.get("value") if inner else value
            low, high = inner.get("minValue", plain), inner.get("maxValue", plain)
            found += salaries(low, high, inner.get("currency") or code, inner.get("unitText") or _unit(item))
    return tuple(dict.fromkeys(found))


def _pay(node: Mapping[str, Any]) -> str:
    """`baseSalary` where it is words (`"80-95K"`), with the currency and unit that stand beside them."""
    for item in each(node.get("baseSalary")):
        value = mapping(item).get("value") if isinstance(item, dict) else item
        words = text_of(mapping(value).get("value")) if isinstance(value, dict) else text_of(value)
        unit = text_of(mapping(value).get("unitText")) or text_of(_unit(item))
        if words:
            code = text_of(mapping(item).get("currency")) or text_of(node.get("salaryCurrency"))
            return " ".join(part for part in (code, words, f"per {unit.lower()}" if unit else "") if part)
    return ""


def _unit(item: Any) -> Any:
    return mapping(item).get("unitText")
