"""What an employer changed, from what is stored and what was just read. Pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from jobbot.features.sources.brief import pay
from jobbot.features.sources.changes.model import POSTED, TEXT, FieldChange
from jobbot.features.sources.model import Posting
from jobbot.kernel.clock import iso

READ_ANEW = FieldChange("", None, None)
"""The words are others, and both the employer and a new version of ours may have changed them: shown to nobody, and it
ends what may be called unchanged."""


class Dated(Protocol):
    @property
    def posted_at(self) -> datetime | None: ...


def changed(before: Posting, after: Posting) -> tuple[FieldChange, ...]:
    """The fields that say something else now, in words; the text whole. Empty where nothing a candidate cares for did.

    A description that was not there before, or is not there any more, tells of the board's answer and not of the
    advert, and pay that we read out of the text is told by the text.
    """
    found = [_field(name, words(before), words(after)) for name, words in _FIELDS.items()]
    if before.complete and after.complete and before.text != after.text:
        found.append(FieldChange(TEXT, before.text, after.text))
    return tuple(item for item in found if item is not None)


def moved(before: Dated, after: Posting) -> tuple[FieldChange, ...]:
    """The day it was posted, where the board names another one than before."""
    item = _field(POSTED, iso(before.posted_at), iso(after.posted_at))
    return (item,) if item and item.before and item.after else ()


def _field(name: str, before: str | None, after: str | None) -> FieldChange | None:
    return None if (before or None) == (after or None) else FieldChange(name, before or None, after or None)


def _places(posting: Posting) -> str:
    return "; ".join(sorted(posting.locations))


def _pay(posting: Posting) -> str:
    stated = (salary for salary in posting.salaries if not salary.predicted)
    return "; ".join(sorted(f"{salary.label or ''} {pay([salary])}".strip() for salary in stated))


_FIELDS: dict[str, Callable[[Posting], Any]] = {
    "title": lambda posting: posting.title,
    "company": lambda posting: posting.company,
    "locations": _places,
    "remote": lambda posting: posting.remote,
    "salary": _pay,
    "employment_type": lambda posting: posting.employment_type,
    "department": lambda posting: posting.department,
    "url": lambda posting: posting.url,
}
