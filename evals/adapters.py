"""Every source on 10,000 answers with one thing wrong: each row is accounted for, and nothing is uncaught."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.frame import Row, Skipped
from tests.features.sources.boards.wire import SAMPLES

from evals import shared
from jobbot.features.sources.normalise import Unusable, normalise
from jobbot.platform.plugins import load
from jobbot.sdk import BoardRef, RawPosting, Source
from jobbot.sdk.contract.mutate import check_mutations
from jobbot.sdk.contract.sources import Recorded

MUTATIONS = 10_000
ROWS = 4
"""Rows that are kept of a genuine answer: enough to see that the others survive, few enough to be quick."""
EVERY = 10
"""One posting in so many is normalised too."""
BOARDS = {
    "workable": "southern-national",
    "recruitee": "manual",
    "pinpoint": "auroraer",
    "personio": "sample",
    "teamtailor": "sample",
    "lever": "GoToGroup",
    "ashby": "lightdash",
    "greenhouse": "codepath-content",
}
"""Boards that were recorded; of the other sources the made-up board is taken, feeds need no name."""
ONE_ANSWER = {*BOARDS, "remoteok", "remotive", "jobicy", "weworkremotely"}


def run() -> list[Row]:
    sources = load("jobbot.sources").loaded
    return [_row(name, sources[name], sample) for name, sample in _samples()]


def _samples() -> Iterator[tuple[str, Recorded]]:
    """Of each source a genuine answer cut to a few rows, or else the board that its tests made up."""
    try:
        root: Path | None = shared.data() / "boards"
    except Skipped:
        root = None
    for name, sample in SAMPLES.items():
        genuine = _genuine(root, name, sample.recorded) if root and name in ONE_ANSWER else None
        yield name, genuine or sample.recorded


def _genuine(root: Path, name: str, made_up: Recorded) -> Recorded | None:
    board = BOARDS.get(name, "")
    for row in csv.DictReader((root / "index.csv").open()):
        if row["vendor"] == name and row["status"] == "200" and board in row["url"] and "!" not in row["file"]:
            body = _few((root / row["file"]).read_bytes(), made_up.rows)
            if body is None:
                continue
            url = next(iter(made_up.bodies)).replace(made_up.board.board or "\0", board)
            return replace(made_up, board=BoardRef(name, board), bodies={url: body})
    return None


def _few(body: bytes, key: str) -> bytes | None:
    """The body with a few rows; None for one that is no list (a single posting)."""
    if body.lstrip()[:1] == b"<":
        text = body.decode()
        rows = list(re.finditer(rf"<{key}[\s>].*?</{key}>", text, re.DOTALL))
        return (text[: rows[min(ROWS, len(rows)) - 1].end()] + text[rows[-1].end() :]).encode()
    value: Any = json.loads(body)
    if not isinstance(value.get(key) if key and isinstance(value, dict) else value, list):
        return None
    if not key:
        return json.dumps(value[:ROWS]).encode()
    extra = {"meta": {"total": ROWS}} if "meta" in value else {}
    return json.dumps({**value, key: value[key][:ROWS], **extra}).encode()


def _row(name: str, source: Source, recorded: Recorded) -> Row:
    tally: Counter[str] = Counter()
    held, note = 1.0, ""
    try:
        tally = check_mutations(source, recorded, MUTATIONS, seed=11, then=_normalised(source, recorded.board))
    except AssertionError as broken:
        held, note = 0.0, str(broken)[:300]
    genuine = recorded is not SAMPLES[name].recorded and source.card.verified
    kind = "genuine" if genuine else "made-up"
    numbers = ", ".join(f"{tally[word]:,} {word}" for word in ("accepted", "skipped", "quarantined", "refused"))
    return Row(
        f"{name}: rows accounted for", held, bar=">= 1", note=note or f"{MUTATIONS:,} of a {kind} answer: {numbers}"
    )


def _normalised(source: Source, board: BoardRef) -> Callable[[RawPosting], None]:
    count = 0

    def then(posting: RawPosting) -> None:
        nonlocal count
        count += 1
        if count % EVERY == 0:
            try:
                normalise(posting, board, source.card, "Acme")
            except Unusable:  # a reason to quarantine it, and no failure
                return

    return then
