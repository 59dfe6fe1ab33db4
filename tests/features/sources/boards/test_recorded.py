"""Genuine answers through each reader: how many postings they hold, and that each keeps the contract."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from jobbot.platform.plugins import load
from jobbot.sdk import BoardRef, Reply
from jobbot.sdk.contract.sources import RecordedHttp, check_posting

pytestmark = pytest.mark.shared
SHIPPED = load("jobbot.sources").loaded


class Recordings(RecordedHttp):
    """One day of what was recorded of a vendor; the nearest query answers, as the replay server does it."""

    def __init__(self, shared: Path, vendor: str, day: int) -> None:
        super().__init__({})
        self.day = day
        self.files: dict[str, list[tuple[dict[str, list[str]], Path, int]]] = defaultdict(list)
        root = shared / "data" / "boards"
        for row in csv.DictReader((root / "index.csv").open()):
            if row["vendor"] == vendor:
                url = urlsplit(row["url"])
                entry = (parse_qs(url.query), root / row["file"], int(row["status"]))
                self.files[f"{url.netloc}{url.path.rstrip('/')}"].append(entry)

    def get(self, url: str, **more: object) -> Reply:
        self.asked.append(url)
        parts = urlsplit(url)
        wanted = parse_qs(parts.query)
        found = self.files.get(f"{parts.netloc}{parts.path.rstrip('/')}")
        if not found:
            return Reply(404, {}, b"{}", url)
        near = max(sum(query.get(key) == value for key, value in wanted.items()) for query, _, _ in found)
        best = [item for item in found if sum(item[0].get(key) == value for key, value in wanted.items()) == near]
        _, file, status = best[min(self.day, len(best) - 1)]
        kind = "application/xml" if file.suffix == ".xml" else "application/json"
        return Reply(status, {"content-type": kind}, file.read_bytes(), url)


@pytest.mark.parametrize(
    ("source", "board", "days"),
    [
        ("workable", "southern-national", (171,)),
        ("recruitee", "manual", (36, 35, 35, 36)),
        ("recruitee", "midas", (0, 18)),
        ("recruitee", "radishlab", (4, 4, 4)),
        ("pinpoint", "auroraer", (71, 96, 89)),
        ("pinpoint", "bathspa", (21, 11, 15)),
        ("smartrecruiters", "Gousto1", (15, 13, 10, 13)),
        ("bamboohr", "avidbots", (2, 4, 17, 15)),
        ("personio", "sample", (1,)),
        ("teamtailor", "sample", (2,)),
        ("remoteok", "", (97,)),
        ("jobicy", "", (10, 15, 8, 20, 19)),
        ("themuse", "", (202,)),
        ("himalayas", "", (200,)),
        ("hackernews", "", (313,)),
        ("remotive", "", (2,)),
        ("arbeitnow", "", (3,)),
        ("weworkremotely", "", (3,)),
    ],
)
def test_recordings(shared: Path, source: str, board: str, days: tuple[int, ...]) -> None:
    counts = []
    for day in range(len(days)):
        listing = SHIPPED[source].list(BoardRef(source, board), Recordings(shared, source, day), "")
        for posting in listing.postings:
            check_posting(posting)
        counts.append(len(listing.postings))
        assert len(listing.rejected) == (1 if source == "remoteok" else 0)
    assert tuple(counts) == days


def test_a_listing_that_says_it_has_more_is_not_complete(shared: Path) -> None:
    board = BoardRef("smartrecruiters", "Gousto1")
    whole = [SHIPPED[board.source].list(board, Recordings(shared, board.source, day), "").complete for day in range(4)]
    assert whole == [True, False, True, True]  # the second says 14 and lists 13


@pytest.mark.parametrize("source", ["recruitee", "pinpoint", "workable"])
def test_most_of_what_was_recorded_has_its_fields(shared: Path, source: str) -> None:
    board = {"recruitee": "manual", "pinpoint": "auroraer", "workable": "southern-national"}[source]
    postings = SHIPPED[source].list(BoardRef(source, board), Recordings(shared, source, 0), "").postings
    for field in ("html", "url", "locations", "employment_type", "department"):
        share = sum(bool(getattr(posting, field)) for posting in postings) / len(postings)
        assert share >= 0.75, (field, share)
