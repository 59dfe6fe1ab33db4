"""Own weights, employers and words to avoid: from the rules to the ranked list."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from tests.features.matching.sample import RESUME, TEXT, posting

from jobbot import settings
from jobbot.bootstrap import App
from jobbot.features.matching import ledger
from jobbot.features.matching.ledger import Signal
from jobbot.features.matching.model import Match, Wishes
from jobbot.features.matching.preferences import NONE, Preferences
from jobbot.features.matching.preferences.model import (
    avoided,
    read,
    with_avoided,
    with_employer,
    with_points,
)
from jobbot.features.matching.preferences.show import draw, shown
from jobbot.features.matching.preferences.store import PreferencesRow, PreferenceStore
from jobbot.features.matching.weights import OFFERED, WEIGHTS
from jobbot.kernel.clock import FixedClock
from jobbot.kernel.errors import InvalidInput
from jobbot.kernel.ids import UserId
from jobbot.platform.storage import Database, Vault

NAMES = (*WEIGHTS, *OFFERED)
POINTS = st.dictionaries(st.sampled_from(NAMES), st.floats(0, 1000, allow_nan=False), max_size=len(NAMES))
ROWS = [
    {"id": "1", "title": "Data analyst", "company": "Akmé GmbH", "location": "Berlin", "description": TEXT},
    {"id": "2", "title": "Data analyst", "company": "Bolt Inc.", "location": "Berlin", "description": TEXT},
    {
        "id": "3",
        "title": "Data analyst",
        "company": "Casino One",
        "location": "Berlin",
        "description": f"{TEXT}\nWe build on-line betting platforms.",
    },
]


@given(POINTS)
def test_own_weights_are_never_negative_and_sum_to_a_hundred(points: dict[str, float]) -> None:
    if sum(points.get(name, weight.points) for name, weight in WEIGHTS.items()) <= 0:
        with pytest.raises(InvalidInput, match="at least one"):
            with_points(NONE, points)
        return
    weights = with_points(NONE, points).weights()
    assert sum(weight.points for weight in weights.values()) == pytest.approx(100)
    assert all(weight.points >= 0 for weight in weights.values())
    signals = [Signal(name, 1.0, "") for name in weights]
    total, rows = ledger.rows(signals, weights)
    assert sum(row.points for row in rows) == total == 100


def test_nothing_chosen_is_the_shipped_score() -> None:
    assert NONE.weights() is WEIGHTS
    assert with_employer(NONE, "Bolt", blocked=True).weights() == WEIGHTS


@given(POINTS.filter(lambda points: points.get("title", 1) > 0), st.sampled_from(["pay", "title"]))
def test_more_points_for_a_signal_never_count_less(points: dict[str, float], name: str) -> None:
    before = with_points(NONE, points)
    more = with_points(before, {name: min(1000.0, before.points.get(name, WEIGHTS[name].points) + 5)})
    assert more.weights()[name].points >= before.weights()[name].points - 1e-9


@pytest.mark.parametrize(
    ("points", "says"),
    [
        ({"pya": 3.0}, "did you mean pay"),
        ({"pay": -1.0}, "from 0 to 1000"),
        ({"pay": float("nan")}, "from 0 to 1000"),
        ({"pay": float("inf")}, "from 0 to 1000"),
        (dict.fromkeys(WEIGHTS, 0.0), "at least one"),
    ],
)
def test_wrong_weights_are_refused_in_words(points: dict[str, float], says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        with_points(NONE, points)


def test_an_employer_is_known_however_its_name_is_written() -> None:
    held = with_employer(NONE, "Akmé GmbH", blocked=True)
    assert held.blocked(["Akme", "AKMÉ gmbh", "Akmeon"]) == {"Akme", "AKMÉ gmbh"}
    held = with_employer(held, "akme", prestige=7)
    said = held.of("Akmé")
    assert said is not None
    assert (said.name, said.blocked, said.prestige) == ("Akmé GmbH", True, 7)
    assert with_employer(held, "AKME", forget=True) == NONE


@pytest.mark.parametrize(("name", "prestige"), [("", None), ("x" * 201, None), ("Bolt", 0), ("Bolt", 11)])
def test_wrong_employers_are_refused(name: str, prestige: int | None) -> None:
    with pytest.raises(InvalidInput):
        with_employer(NONE, name, prestige=prestige)


@pytest.mark.parametrize(
    ("words", "text", "quote"),
    [
        ("night shift", "Some Night  shifts a month", "Night  shifts"),
        ("night shift", "night-shift work", "night-shift"),
        ("bet", "we bettered ourselves", None),
        ("c++", "no C++ here", "C++"),
        ("a.b*", "aXbbb", None),
    ],
)
def test_avoided_words_stand_at_the_bounds_of_words(words: str, text: str, quote: str | None) -> None:
    found = avoided(with_avoided(NONE, [words]), replace(posting(), text=text))
    assert found is not None
    assert found.passed is (quote is None)
    if quote:
        assert found.evidence is not None
        assert found.evidence.quote == quote == text[found.evidence.start : found.evidence.end]


@given(st.lists(st.text(max_size=30), max_size=5), st.text(max_size=80))
def test_any_words_and_any_text_are_read_or_refused(words: list[str], text: str) -> None:
    try:
        held = with_avoided(NONE, words)
    except InvalidInput:
        return
    found = avoided(held, replace(posting(), text=text))
    if found is not None and found.evidence is not None:
        assert text[found.evidence.start : found.evidence.end] == found.evidence.quote


def test_they_are_kept_sealed_per_user_on_both_engines(database: Database, vault: Vault) -> None:
    store = PreferenceStore(database, vault, FixedClock())
    other = UserId("somebody")
    chosen = with_avoided(with_employer(with_points(NONE, {"pay": 10}), "Bolt", prestige=9), ["gambling"])
    assert store.change(lambda _held: chosen) == chosen
    assert (store.of(), store.of(other)) == (chosen, NONE)
    with database.read() as session:
        body = session.query(PreferencesRow).one().body
    assert b"Bolt" not in body
    assert b"gambling" not in body
    assert store.change(lambda _held: NONE) == store.of() == NONE
    with database.read() as session:
        assert session.query(PreferencesRow).count() == 0


@given(POINTS.filter(lambda points: points.get("title", 1) > 0), st.integers(1, 10), st.booleans())
def test_what_is_kept_is_read_back(points: dict[str, float], prestige: int, blocked: bool) -> None:
    held = with_employer(with_points(NONE, points), "Bolt", prestige=prestige, blocked=blocked)
    assert read(json.loads(json.dumps(with_avoided(held, ["x"]).as_dict()))) == with_avoided(held, ["x"])


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    values = settings.load(
        tmp_path / "home", {"JOBBOT_KEK_FILE": str(tmp_path / "kek"), "JOBBOT_EMBEDDING_MODEL": "none"}
    )
    app = App(values, clock=FixedClock())
    source = tmp_path / "rows.jsonl"
    source.write_text("\n".join(json.dumps(row) for row in ROWS), "utf-8")
    app.ingest.file(source)
    app.profiles.save(RESUME)
    yield app
    app.close()


def ranked(app: App, chosen: Preferences, wishes: Wishes | None = None) -> list[Match]:
    app.preferences.change(lambda _held: chosen)
    found = app.matcher.match(app.profiles.current(), wishes or Wishes())
    assert all(sum(row.points for row in one.contributions) == one.score for one in found)
    return found


def test_a_blocked_employer_is_left_out_and_can_still_be_looked_at(app: App) -> None:
    found = ranked(app, with_employer(NONE, "AKME", blocked=True))
    assert {one.posting.company for one in found} == {"Bolt Inc.", "Casino One"}
    named = next(one for one in app.postings.light() if one.company.startswith("Akm"))
    looked = app.matcher.one(app.profiles.current(), Wishes(), named.id)
    assert [(item.name, item.passed) for item in looked.filters if item.name == "employer"] == [("employer", False)]


def test_what_is_avoided_comes_last_with_its_quote_and_strict_drops_it(app: App) -> None:
    chosen = with_avoided(NONE, ["betting platform"])
    last = ranked(app, chosen)[-1]
    said = next(item for item in last.filters if item.name == "avoid")
    assert (last.posting.company, said.passed) == ("Casino One", False)
    assert said.evidence is not None
    assert said.evidence.quote == "betting platforms"
    assert len(ranked(app, chosen, Wishes(strict=True))) == 2


def test_a_number_for_an_employer_is_a_row_that_orders_equals(app: App) -> None:
    found = ranked(app, with_employer(with_employer(NONE, "Bolt", prestige=10), "Casino One", prestige=1))
    assert [one.posting.company for one in found] == ["Bolt Inc.", "Akmé GmbH", "Casino One"]
    rows = [next(row for row in one.contributions if row.signal == "employer") for one in found]
    assert [row.points for row in rows] == sorted((row.points for row in rows), reverse=True)
    assert "you gave Bolt 10 of 10" in rows[0].reason
    assert rows[1].reason.startswith("unknown")


def test_own_weights_change_rows_and_a_reset_brings_them_back(app: App) -> None:
    before = [one.as_dict() for one in ranked(app, NONE)]
    changed = ranked(app, with_points(NONE, {"recency": 500}))
    assert {row.signal: row.points for row in changed[0].contributions}["recency"] > 50
    assert [one.as_dict() for one in ranked(app, NONE)] == before


def test_the_page_shows_what_counts_what_is_shipped_and_what_is_own() -> None:
    held = with_avoided(with_employer(with_points(NONE, {"pay": 10}), "Bolt", blocked=True, prestige=3), ["nights"])
    console = Console(file=io.StringIO(), width=80)
    draw(console, held)
    page = console.file.getvalue()  # type: ignore[attr-defined]
    assert "Bolt: blocked, prestige 3 of 10" in page
    assert "avoid: nights" in page
    assert sum(row["points"] for row in shown(held)["weights"]) == pytest.approx(100, abs=0.1)
