"""Postings as the command line and the API answer them: with their signs; one alone with its copies and changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jobbot.features.sources.changes.model import Change
from jobbot.features.sources.group.store import Copy
from jobbot.features.sources.model import Page, Posting
from jobbot.features.sources.signs.model import Sign
from jobbot.features.sources.store import PostingStore
from jobbot.kernel.ids import LOCAL_USER, UserId


@dataclass(frozen=True, slots=True)
class Whole:
    """A posting with all that is known of its life."""

    posting: Posting
    copies: Sequence[Copy]
    changes: Sequence[Change]
    signs: Sequence[Sign]

    def as_dict(self) -> dict[str, Any]:
        return {
            **self.posting.as_dict(body=True),
            "signals": [sign.as_dict() for sign in self.signs],
            "also_on": [copy.as_dict() for copy in self.copies],
            "changes": [change.as_dict() for change in self.changes],
        }


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of postings with the signs of each."""

    page: Page
    signs: dict[str, tuple[Sign, ...]]

    def as_dict(self) -> dict[str, Any]:
        return {"items": [self._row(item) for item in self.page.items], "next": self.page.next}

    def _row(self, posting: Posting) -> dict[str, Any]:
        return {**posting.as_dict(), "signals": [sign.as_dict() for sign in self.signs.get(posting.id, ())]}


def listed(store: PostingStore, page: Page, now: datetime, user: UserId = LOCAL_USER) -> Listed:
    return Listed(page, store.signs(page.items, now, user))


def whole(store: PostingStore, posting: Posting, now: datetime, user: UserId = LOCAL_USER) -> Whole:
    """Of a posting that the store gave to this user."""
    signs = store.signs([posting], now, user).get(posting.id, ())
    return Whole(posting, store.copies(posting, user), store.changes(posting.id), signs)
