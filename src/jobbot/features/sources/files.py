"""Postings from a file: a JSON list, an object with jobs, postings or items, JSON Lines; alert mails; a saved page.

In JSON only `title` and `description` must be there. Known names of fields are those of the contract, of our own
export, and a few that such files commonly use.
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from jobbot.features.sources.byhand import mail, page
from jobbot.features.sources.byhand.links import BOARD
from jobbot.features.sources.model import Reject
from jobbot.kernel import strictjson
from jobbot.kernel.errors import Failed, InvalidInput, NotFound, Problem
from jobbot.kernel.ids import short_hash
from jobbot.kernel.money import Salary
from jobbot.sdk import HostPolicy, RawPosting, Reply, SourceCard, Verdict, rows_of
from jobbot.sdk.dates import dated
from jobbot.sdk.fields import (
    amount,
    distinct,
    employment,
    mapping,
    objects,
    optional,
    text_of,
    web_url,
    workplace,
)

CARD = SourceCard(
    name="file",
    title="File",
    verdict=Verdict.ALLOWED,
    reason="postings you saved yourself",
    policy=HostPolicy(frozenset()),
)
MAX_BYTES = 512 * 1024 * 1024
LISTS = ("jobs", "postings", "items", "results", "data")
TEXTS = ("description", "html", "text", "content", "body")


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds: the name of its board, postings, and what in it is none."""

    name: str
    postings: tuple[RawPosting, ...]
    rejects: tuple[Reject, ...]
    skipped: tuple[Reject, ...] = ()
    """What was looked at and is left out with good reason, such as a mail that is no alert."""


def read(path: Path) -> Content:
    """Raises NotFound for a file that is not there, InvalidInput for one of no known kind."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InvalidInput(f"{path} has more than {MAX_BYTES // 2**20} MiB; split it")
        data = path.read_bytes()
    except FileNotFoundError:
        raise NotFound(f"there is no file {path}") from None
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read ({error.strerror})") from None
    return read_bytes(data, str(path))


def read_bytes(data: bytes, name: str) -> Content:
    """The same of bytes that are here already; `name` tells the kind where the bytes say little."""
    path = Path(name)
    if page.looks_like_page(data, path.name):
        return _content(BOARD, page.read_page(data))
    if mail.looks_like_mail(data, path.name):
        return _content(BOARD, mail.read_mail(data))
    postings, rejects = [], []
    for place, value in _values(data, name):
        read_one = value if isinstance(value, Reject) else _posting(place, value)
        if isinstance(read_one, Reject):
            rejects.append(read_one)
        else:
            postings.append(read_one)
    return Content(path.stem[:200] or "file", tuple(postings), tuple(rejects))


def of_page(data: bytes, address: str) -> Content:
    """The posting, or postings, of a page that was fetched from `address`."""
    return _content(BOARD, page.read_page(data, address))


def _content(board: str, found: tuple[list[RawPosting], list[Reject]]) -> Content:
    return Content(board, tuple(found[0]), tuple(found[1]))


def _values(data: bytes, where: str) -> Iterable[tuple[str, Any]]:
    """Each value with its place (`line 7`, `item 3`): of one JSON document, or of one a line."""
    lines = [(number, line) for number, line in enumerate(data.splitlines(), 1) if line.strip()]
    start = data.removeprefix(codecs.BOM_UTF8).lstrip()[:1]
    if start == b"[":
        return _items(data, where)
    if len(lines) > 1 and (start != b"{" or _is_json(lines[0][1])) and any(line[:1] == b"{" for _, line in lines):
        return [(f"line {number}", _line(number, line)) for number, line in lines]
    if start == b"{":
        found = _listed(strictjson.loads(data, where=where))
        return [(f"item {number}", value) for number, value in enumerate(found, 1)]
    problem = Problem(
        "neither JSON of postings, nor a mail, nor a saved page",
        'a list of {"title": ..., "description": ...}, an .eml or .mbox file, or a page saved as .html or .mhtml',
        file=where,
    )
    raise InvalidInput(str(problem), errors=[problem])


def _items(data: bytes, where: str) -> list[tuple[str, Any]]:
    """The items of a JSON list; one that is wrong is set aside alone."""
    try:
        rows = rows_of(Reply(200, body=data, url=where), None)
    except Failed as error:
        raise InvalidInput(error.detail) from None
    wrong = [(row.ref, Reject(row.ref, row.reason, str(row.raw)[:20_000])) for row in rows.bad]
    return [*((f"item {number}", value) for number, value in enumerate(rows.good, 1)), *wrong]


def _listed(document: Mapping[str, Any]) -> list[Any]:
    lists = (document[name] for name in LISTS if isinstance(document.get(name), list))
    return next(lists, [document])


def _is_json(line: bytes) -> bool:
    try:
        return isinstance(strictjson.loads(line), dict)
    except InvalidInput:
        return line.rstrip().endswith(b"}")


def _line(number: int, line: bytes) -> Any:
    try:
        return strictjson.loads(line)
    except InvalidInput as error:
        reason = error.errors[0].problem if error.errors else error.detail
        return Reject(f"line {number}", reason, line[:20_000].decode("utf-8", "replace"))


def _posting(place: str, value: Any) -> RawPosting | Reject:
    if not isinstance(value, dict):
        return Reject(place, "not a JSON object", str(value)[:20_000])
    title = _unescaped(text_of(value.get("title"))) or ""
    body = next((found for name in TEXTS if (found := text_of(value.get(name)))), "")
    missing = [name for name, found in (("title", title), ("description", body)) if not found]
    if missing:
        return Reject(place, f"no {' and no '.join(missing)}", str(value)[:20_000])
    company = optional(value.get("company")) or optional(value.get("company_name"))
    company = _unescaped(company or optional(mapping(value.get("company")).get("name")))
    stated = value.get("external_id", value.get("id"))
    known = isinstance(stated, str | int) and not isinstance(stated, bool) and str(stated).strip()
    return RawPosting(
        external_id=str(stated).strip() if known else short_hash(title, company or "", body),
        title=title,
        text=body,
        url=web_url(value.get("url")),
        company=company,
        locations=_places(value),
        remote="remote" if value.get("remote") is True else workplace(value.get("remote")),
        salaries=_salaries(value),
        employment_type=employment(value.get("employment_type")),
        department=optional(value.get("department")),
        posted_at=_date(value),
        posted=_date_in_words(value),
        pay=_pay_in_words(value),
        language=optional(value.get("language")),
        raw=value,
    )


_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{2,5});")


def _unescaped(text: str | None) -> str | None:
    """A name that was saved as markup ("Crumb &amp; Co") as it is read."""
    return html.unescape(text) if text and _ENTITY.search(text) else text


def _places(value: Mapping[str, Any]) -> tuple[str, ...]:
    for name in ("locations", "location"):
        stated = value.get(name)
        if isinstance(stated, str):
            return distinct(stated.split(";"))
        if isinstance(stated, list):
            return distinct(text_of(item) or text_of(mapping(item).get("name")) for item in stated)
    return distinct([text_of(mapping(value.get("location")).get("name"))])


_DATES = ("date", "posted_at", "date_posted", "published_at")


def _date(value: Mapping[str, Any]) -> datetime | None:
    """The first date that can be read without knowing the time."""
    return next((found for name in _DATES if (found := dated(value.get(name))[0])), None)


def _date_in_words(value: Mapping[str, Any]) -> str:
    """`2 days ago`, or what else stands for the date where it could not be read."""
    return next((words for name in _DATES if (words := text_of(value.get(name)))), "")


def _pay_in_words(value: Mapping[str, Any]) -> str:
    return next((words for name in ("salary", "salaries", "pay") if (words := text_of(value.get(name)))), "")


def _salaries(value: Mapping[str, Any]) -> tuple[Salary, ...]:
    """`salaries` or `salary` as our own export writes them."""
    stated = objects(value.get("salaries")) or objects([value.get("salary")])
    return tuple(
        Salary(
            amount(item.get("min")),
            amount(item.get("max")),
            optional(item.get("currency")),
            optional(item.get("period")),
            optional(item.get("raw")),
            item.get("predicted") is True,
            optional(item.get("label")),
        )
        for item in stated
        if amount(item.get("min")) is not None or amount(item.get("max")) is not None
    )
