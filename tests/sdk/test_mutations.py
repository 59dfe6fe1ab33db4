"""The mutations of the kit refuse sources that break a promise: each breach on purpose."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from tests.sdk.test_contract import Acme

from jobbot.sdk import BoardRef, Http, Listing, RawPosting, Rejected, rows_of
from jobbot.sdk.contract.mutate import check_mutations, mutations
from jobbot.sdk.contract.sources import Recorded
from jobbot.sdk.fields import text_of

URL = "https://feed.example/demo"
ROWS = [{"id": str(number), "title": "Baker", "text": "Bread.", "pay": {"min": 1}} for number in range(4)]
RECORDED = Recorded(BoardRef("acme", "demo"), {URL: json.dumps(ROWS).encode()})


class Careful(Acme):
    """Reads each row leniently and counts all."""

    def list(self, board: BoardRef, http: Http, etag: str = "") -> Listing:
        rows = rows_of(http.get(URL), None)
        return Listing(board, *rows.read(self.row))

    def row(self, row: dict[str, Any], number: int) -> RawPosting | Rejected:
        identity, title, text = text_of(row.get("id")), text_of(row.get("title")), text_of(row.get("text"))
        if not identity or not title:
            return Rejected(f"row {number}", "no id or title", row, identified=False)
        return RawPosting(identity, title, text=text, complete=bool(text), raw=row)


class Trusting(Careful):
    def row(self, row: dict[str, Any], number: int) -> RawPosting | Rejected:
        return RawPosting(row["id"], row["title"], text=row["text"])


class Forgetful(Careful):
    def list(self, board: BoardRef, http: Http, etag: str = "") -> Listing:
        return replace(super().list(board, http), rejected=())


class Gullible(Careful):
    def list(self, board: BoardRef, http: Http, etag: str = "") -> Listing:
        try:
            return super().list(board, http)
        except Exception:
            return Listing(board)


class Hasty(Careful):
    def list(self, board: BoardRef, http: Http, etag: str = "") -> Listing:
        found = json.loads(http.get(URL).body)
        return Listing(board, tuple(RawPosting(str(row["id"]), str(row["title"]), text="x") for row in found))


def test_a_source_that_keeps_its_promises() -> None:
    tally = check_mutations(Careful(), RECORDED, 1_000)
    assert tally["accepted"] > 2_000
    assert tally["quarantined"] > 50
    assert tally["refused"] > 50


@pytest.mark.parametrize("broken", [Trusting, Forgetful, Gullible, Hasty])
def test_each_breach_is_found(broken: type[Careful]) -> None:
    with pytest.raises(AssertionError, match="mutation"):
        check_mutations(broken(), RECORDED, 1_000)


def test_the_same_seed_makes_the_same_mutations() -> None:
    first, again, other = (list(mutations(RECORDED, URL, 50, seed)) for seed in (1, 1, 2))
    assert first == again
    assert first != other
    assert len({mutation.body for mutation in first}) > 40
