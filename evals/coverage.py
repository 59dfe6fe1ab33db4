"""What the feeds cover: recorded postings by field of work and by region, as `docs/reference/coverage.md` tells them.

`python -m evals.coverage` writes the counts to `docs/coverage.json`. The windows were recorded in 2024 and 2026; they
are what a first day gives.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from benchmarks.frame import Row

from evals import shared
from evals.coverage_fields import field_of, regions_of
from jobbot.platform.plugins import load
from jobbot.sdk import BoardRef, Kind, RawPosting, Reply
from jobbot.sdk.contract import RecordedHttp

PAGE = shared.ROOT / "docs" / "coverage.json"


class Recorded(RecordedHttp):
    """The last day that was recorded; the nearest query answers, as the replay server does it."""

    def __init__(self, root: Path, vendor: str) -> None:
        super().__init__({})
        self._files: dict[str, list[tuple[dict[str, list[str]], Path]]] = {}
        for row in csv.DictReader((root / "index.csv").open()):
            if row["vendor"] == vendor and row["status"] == "200" and "!" not in row["file"]:
                url = urlsplit(row["url"])
                place = f"{url.netloc}{url.path.rstrip('/')}"
                self._files.setdefault(place, []).append((parse_qs(url.query), root / row["file"]))

    @property
    def recorded(self) -> bool:
        return bool(self._files)

    def get(self, url: str, **_more: object) -> Reply:
        parts = urlsplit(url)
        wanted = parse_qs(parts.query)
        found = self._files.get(f"{parts.netloc}{parts.path.rstrip('/')}", [])
        if not found:
            return Reply(404, {}, b"{}", url)
        last_first = reversed(found)
        _, file = max(last_first, key=lambda item: sum(item[0].get(key) == value for key, value in wanted.items()))
        kind = "application/xml" if file.suffix == ".xml" else "application/json"
        return Reply(200, {"content-type": kind}, file.read_bytes(), url)


def counted(postings: Iterable[RawPosting]) -> dict[str, Any]:
    """`{postings, fields: {field: n}, regions: {region: n}}`; a posting that names two regions counts in both."""
    each = list(postings)
    fields, regions = Counter(field_of(posting.title) for posting in each), Counter[str]()
    for posting in each:
        regions.update(regions_of(posting))
    return {"postings": len(each), "fields": dict(sorted(fields.items())), "regions": dict(sorted(regions.items()))}


def feeds(root: Path) -> dict[str, Any]:
    """The same of each feed that is on by default and was recorded."""
    found = {}
    for name, source in sorted(load("jobbot.sources").loaded.items()):
        http = Recorded(root, name)
        if source.card.kind is Kind.WINDOW and http.recorded:
            found[name] = counted(source.list(BoardRef(name, ""), http, "").postings)
    return found


def together(parts: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The sum of several."""
    whole: dict[str, Any] = {"postings": 0, "fields": Counter(), "regions": Counter()}
    for part in parts:
        whole["postings"] += part["postings"]
        whole["fields"].update(part["fields"])
        whole["regions"].update(part["regions"])
    return whole


def run() -> list[Row]:
    found = feeds(shared.data() / "boards")
    whole = together(found.values())
    kept = json.loads(PAGE.read_text("utf-8")) if PAGE.exists() else None
    rows = [Row("recorded postings of the feeds", whole["postings"], note=f"{len(found)} feeds")]
    for what in ("fields", "regions"):
        rows += [Row(f"{what[:-1]}: {name}", count) for name, count in whole[what].most_common()]
    rows.append(Row("counts are those of docs/coverage.json", float(kept == found), bar=">= 1"))
    return rows


if __name__ == "__main__":
    PAGE.write_text(json.dumps(feeds(shared.data() / "boards"), indent=1, ensure_ascii=False, sort_keys=True) + "\n")
