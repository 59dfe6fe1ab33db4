"""A sample of `./run bench load`: the real server under an open loop, here for the answers and not for their speed."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from benchmarks import load
from benchmarks.many_postings import filled

from jobbot.features.sources.store import PostingStore
from jobbot.platform.storage import Database

POSTINGS, REQUESTS = 600, 90


def test_every_kind_of_question_is_answered_while_others_are_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("psutil")
    monkeypatch.setenv("JOBBOT_SHARED", str(tmp_path / "none"))  # the bundled boards are small enough for a test
    home = filled(POSTINGS, tmp_path)
    assert filled(POSTINGS, tmp_path) == home
    database = Database.open(home)
    assert PostingStore(database).counts()["open"] == POSTINGS
    database.close()
    with load.served(home) as server:
        asked = load.mix(server, load.words_of(home), random.Random(1))
        told = load.campaign(server, asked, load.Plan(rate=60, requests=REQUESTS, connections=16))
    assert [status for _, _, status in told["seen"]] == [200] * REQUESTS
    kinds = [one.kind for kind in load.KINDS for one in asked[kind]]
    assert {kinds[number] for number, _, _ in told["seen"]} == set(load.KINDS)
    assert server.peak > 0
