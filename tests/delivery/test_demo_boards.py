"""The bundled boards are what samples/build.py writes, and are as rich as the demo promises."""

from __future__ import annotations

import importlib.util
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbot.delivery.demo import replay

ROOT = Path(__file__).resolve().parents[2]
BOARDS = ROOT / "src" / "jobbot" / "delivery" / "demo" / "boards"


def build() -> Any:
    spec = importlib.util.spec_from_file_location("samples_build", ROOT / "samples" / "build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows(day: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for path in sorted((BOARDS / f"day{day}").iterdir()):
        content = json.loads(path.read_text("utf-8"))
        found += content if isinstance(content, list) else content["jobs"]
    return found


def test_the_files_are_what_the_script_writes() -> None:
    if not (ROOT / "samples" / "build.py").exists():
        pytest.skip("the samples' source is not part of this checkout")
    written = {f"{path.parent.name}/{path.name}": path.read_text("utf-8") for path in BOARDS.rglob("*.json")}
    assert written == build().files()


def test_there_are_enough_postings_of_enough_employers() -> None:
    assert len(rows(1)) >= 80
    assert len(replay.bundled()) >= 5
    assert {item.source for item in replay.bundled()} == {"greenhouse", "lever", "ashby"}


def test_the_second_day_changes_something_on_every_board() -> None:
    for item in replay.bundled():
        first, second = ((BOARDS / f"day{day}" / item.name).read_text() for day in (1, 2))
        assert first != second, item.name


def test_no_real_employer_or_person_is_named() -> None:
    text = " ".join(path.read_text("utf-8") for path in BOARDS.rglob("*.json"))
    assert "@" not in text.replace("@example", "")


@given(st.integers(-400, 4000))
def test_dates_move_together_and_by_whole_days(days: int) -> None:
    shift = timedelta(days=days)
    value = {"a": ["2026-11-20T08:00:00+00:00", 1_763_600_000_000, 5, "2026"], "b": None}
    result = replay.moved(value, shift)
    moment = datetime.fromisoformat(result["a"][0])
    assert moment - datetime(2026, 11, 20, 8, tzinfo=UTC) == shift
    assert result["a"][1] - 1_763_600_000_000 == days * 86_400_000
    assert result["a"][2:] == [5, "2026"]
