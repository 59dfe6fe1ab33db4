"""Odds from ratings: said from twenty on, rising with the score, the same in any order, wide where little is known."""

from __future__ import annotations

import io
import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from tests.features.matching.sample import RESUME, TEXT

from jobbot import settings
from jobbot.bootstrap import App
from jobbot.features.matching import show
from jobbot.features.matching.match import Matcher
from jobbot.features.matching.model import Wishes
from jobbot.features.matching.odds import ISOTONIC, LEAST, Rated, calibrate
from jobbot.features.matching.store import MatchStore
from jobbot.kernel.clock import FixedClock

ONE = st.builds(Rated, st.floats(0, 100, allow_nan=False), st.booleans())
SCALE = range(0, 101, 5)


def drawn(n: int, seed: int = 3) -> list[Rated]:
    dice = np.random.default_rng(seed)
    scores = dice.uniform(0, 100, n)
    return [Rated(float(s), bool(dice.uniform() < 0.02 + 0.9 * (s / 100) ** 3)) for s in scores]


def test_below_twenty_nothing_is_said() -> None:
    assert calibrate(drawn(LEAST - 1)) is None
    assert calibrate(drawn(LEAST)) is not None


@given(st.lists(ONE, min_size=LEAST, max_size=60), st.randoms(use_true_random=False))
def test_any_ratings_give_rising_odds_inside_their_interval_in_any_order(rated: list[Rated], dice: object) -> None:
    curve = calibrate(rated)
    assert curve is not None
    found = [curve(score) for score in SCALE]
    assert all(0 <= one.low <= one.p <= one.high <= 1 and one.n == len(rated) for one in found)
    assert all(b.p >= a.p - 1e-9 for a, b in pairwise(found))
    shuffled = list(rated)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    again = calibrate(shuffled)
    assert again is not None
    assert [again(score).p for score in SCALE] == pytest.approx([one.p for one in found], abs=1e-6)


@pytest.mark.parametrize("n", [20, 100, ISOTONIC, 3000])
@pytest.mark.parametrize("liked", [True, False])
def test_who_likes_everything_or_nothing_gets_no_certainty(n: int, liked: bool) -> None:
    curve = calibrate([Rated(score, liked) for score in np.linspace(0, 100, n)])
    assert curve is not None
    for score in SCALE:
        one = curve(score)
        assert (one.low if liked else 1 - one.high) < 1


def test_more_ratings_make_the_interval_narrower() -> None:
    widths = []
    for n in (20, 100, 900):
        curve = calibrate(drawn(n))
        assert curve is not None
        widths.append(curve(60).high - curve(60).low)
    assert widths == sorted(widths, reverse=True)


@pytest.mark.parametrize("n", [999, 1000, 5000])
def test_many_ratings_come_near_the_truth(n: int) -> None:
    curve = calibrate(drawn(n))
    assert curve is not None
    wrong = [abs(curve(score).p - (0.02 + 0.9 * (score / 100) ** 3)) for score in range(5, 96, 5)]
    assert sum(wrong) / len(wrong) < 0.08


def test_a_match_carries_the_odds_of_its_score_and_shows_them(tmp_path: Path) -> None:
    values = settings.load(
        tmp_path / "home", {"JOBBOT_KEK_FILE": str(tmp_path / "kek"), "JOBBOT_EMBEDDING_MODEL": "none"}
    )
    app = App(values, clock=FixedClock())
    try:
        source = tmp_path / "one.jsonl"
        source.write_text(json.dumps({"title": "Data analyst", "description": TEXT}), "utf-8")
        app.ingest.file(source)
        profile = app.profiles.save(RESUME)
        curve = calibrate(drawn(50))
        assert curve is not None
        parts = (app.postings, app.extractor, None, app.vectors, MatchStore(app.database), app.clock)
        with_odds = Matcher(*parts, odds=lambda _user: curve).match(profile, Wishes())[0]
        assert with_odds.as_dict()["odds"] == curve(with_odds.score).as_dict()
        without = Matcher(*parts).match(profile, Wishes())[0]
        assert without.as_dict() == {**with_odds.as_dict(), "odds": None}
        console = Console(file=io.StringIO(), width=160)
        show.draw(console, [with_odds], explain=False)
        assert "n 50) you would like it" in console.file.getvalue()  # type: ignore[attr-defined]
    finally:
        app.close()
