"""A data directory with as many postings as a keen person gathers. Not a benchmark itself.

Texts, pay and workplaces are those of recorded boards; titles, places and employers those of a recorded list of
openings. Where neither is there, the bundled boards stand in, varied. All of it goes through the real store, once: the
folder is kept under `.cache/bench-load` by what it was made of.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import random
import shutil
import sys
import tarfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from jobbot.delivery.demo.replay import answers, bundled
from jobbot.features.sources.boards.ashby import SOURCE as ASHBY
from jobbot.features.sources.model import Board, Posting, Run
from jobbot.features.sources.normalise import group, hash_of, normalise
from jobbot.features.sources.store import CHUNK, PostingStore
from jobbot.kernel.ids import new_id, posting_id
from jobbot.platform.storage import Database, migrations
from jobbot.sdk import BoardRef
from jobbot.sdk.contract.sources import RecordedHttp

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
DAYS = 90
"""Postings are spread over so many days before `NOW`."""
VERSION = 2
ROOT = Path(__file__).resolve().parent.parent
_LEVELS = ("", "Senior ", "Junior ", "Lead ", "Principal ", "Staff ", "Associate ", "Interim ")
_PLACES = ("Berlin, Germany", "Hamburg, Germany", "Munich, Germany", "Vienna, Austria", "Zürich, Switzerland", "London")


class Opening(NamedTuple):
    title: str
    place: str
    company: str


class Body(NamedTuple):
    posting: Posting
    packed: bytes


def filled(count: int, place: Path | None = None) -> Path:
    """A data directory with `count` open postings; made when it is not there yet."""
    folder = (place or ROOT / ".cache" / "bench-load") / _key(count)
    if (folder / "complete").exists():
        return folder
    for before in folder.parent.glob(f"{count}-*"):  # made of something else; a gigabyte each
        shutil.rmtree(before, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    print(f"  making {count:,} postings, once ...", file=sys.stderr)
    database = Database.open(folder)
    database.migrate()
    _fill(PostingStore(database), count)
    database.close()
    (folder / "complete").touch(mode=0o600)
    return folder


def _key(count: int) -> str:
    digest = hashlib.sha256(f"{VERSION} {count} {migrations.head()}".encode())
    for path in (_archive(), _openings_file()):
        digest.update(path.read_bytes() if path.exists() else b"-")
    return f"{count}-{digest.hexdigest()[:12]}"


def _shared() -> Path:
    return Path(os.environ.get("JOBBOT_SHARED") or ROOT.parent / "shared") / "data"


def _archive() -> Path:
    return _shared() / "boards" / "ashby" / "ashby-boards.tar.xz"


def _openings_file() -> Path:
    return _shared() / "postings" / "greenhouse-metadata-112616.json.gz"


def _fill(store: PostingStore, count: int) -> None:
    board = Board(new_id(), ASHBY.card.name, "many", connected_at=NOW)
    store.journal.keep(board, "many")
    run = Run(new_id(), board.id, ASHBY.card.name, "many", None, NOW)
    store.journal.begin(run)
    bodies, dice = [body for name, data in _boards() for body in _read(name, data)], random.Random(50)
    openings = _openings(bodies, dice)
    rows = [(_varied(bodies[n % len(bodies)], openings[n % len(openings)], n, dice)) for n in range(count)]
    for start in range(0, count, CHUNK):
        store.save(run, rows[start : start + CHUNK])
    store.finish(run, "complete", {}, [])


def _boards() -> Iterator[tuple[str, bytes]]:
    """Ashby's answers by board name: those recorded, else those the demo brings."""
    if not _archive().exists():
        bodies = answers(1, NOW)
        yield from ((item.board, bodies[item.path]) for item in bundled() if item.source == ASHBY.card.name)
        return
    with tarfile.open(_archive()) as tar:
        for member in tar:
            file = tar.extractfile(member) if member.isfile() else None
            if file is not None and "%" not in member.name:
                yield member.name.removesuffix(".json"), file.read()


def _read(name: str, data: bytes) -> Iterator[Body]:
    ref = BoardRef(ASHBY.card.name, name)
    http = RecordedHttp({f"https://api.ashbyhq.com/posting-api/job-board/{name}?includeCompensation=true": data})
    for row in group(ASHBY.list(ref, http, "").postings):
        packed = zlib.compress(json.dumps(dict(row.raw), ensure_ascii=False).encode(), 1)
        yield Body(normalise(row, ref, ASHBY.card, name), packed)


def _openings(bodies: Sequence[Body], dice: random.Random) -> list[Opening]:
    """Titles, places and employers, in an order that keeps no employer together."""
    if _openings_file().exists():
        rows = json.loads(gzip.decompress(_openings_file().read_bytes()))
        found = [
            Opening((row["title"] or "").strip()[:300], (row["location"] or "").strip()[:200], row["company"])
            for row in rows
        ]
    else:
        found = [
            Opening(level + body.posting.title, place, f"{body.posting.company} {number}")
            for body in bodies
            for number, level in enumerate(_LEVELS)
            for place in _PLACES
        ]
    dice.shuffle(found)
    return [one for one in found if one.title]


def _varied(body: Body, opening: Opening, number: int, dice: random.Random) -> tuple[Posting, bytes]:
    external = f"{body.posting.external_id}-{number}"
    posting = replace(
        body.posting,
        id=posting_id(ASHBY.card.name, "", "many", external),
        board="many",
        external_id=external,
        title=opening.title,
        company=opening.company,
        locations=(opening.place,) if opening.place else body.posting.locations,
        posted_at=NOW - timedelta(seconds=dice.randrange(DAYS * 86_400)),
    )
    return replace(posting, content_hash=hash_of(posting)), body.packed
