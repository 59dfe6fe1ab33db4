"""Search by words and by meaning, as the command line and the API need it. The search itself is made above this slice,
where vectors are (`matching.retrieve`); what finds by words alone is here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NamedTuple, Protocol

from jobbot.features.sources.model import Page, PostingFilter
from jobbot.features.sources.store import PostingStore
from jobbot.features.sources.tell import Listed, listed
from jobbot.kernel.ids import LOCAL_USER, PostingId, UserId

FoundBy = Literal["words", "meaning", "both"]


class Hits(NamedTuple):
    """A page of a search. `by` says of each posting what found it, `notes` what the search could not do."""

    page: Page
    by: Mapping[PostingId, FoundBy]
    notes: tuple[str, ...] = ()


class Searching(Protocol):
    def page(self, wanted: PostingFilter, user: UserId = LOCAL_USER, cursor: str = "", limit: int = 20) -> Hits: ...


@dataclass(frozen=True, slots=True)
class HitList(Listed):
    """A page of hits with the signs of each."""

    by: Mapping[PostingId, FoundBy] = field(default_factory=dict)
    notes: Sequence[str] = ()

    def as_dict(self) -> dict[str, Any]:
        """The contract's page of postings; `found_by` of each and `notes` besides."""
        told = Listed.as_dict(self)
        items = [{**item, "found_by": self.by.get(item["id"], "words")} for item in told["items"]]
        return {**told, "items": items, "notes": list(self.notes)}


def hits(
    search: Searching,
    store: PostingStore,
    wanted: PostingFilter,
    now: datetime,
    *,
    user: UserId = LOCAL_USER,
    cursor: str = "",
    limit: int = 20,
) -> HitList:
    """Raises what `PostingStore.page` raises."""
    page, by, notes = search.page(wanted, user, cursor, limit)
    shown = listed(store, page, now, user)
    return HitList(shown.page, shown.signs, by, notes)
