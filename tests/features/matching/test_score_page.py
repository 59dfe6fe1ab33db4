"""`docs/reference/score.md` says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from jobbot.features.matching import filters, show
from jobbot.features.matching.cover import MET, PARTLY
from jobbot.features.matching.weights import WEIGHTS
from jobbot.features.matching.worth import CREDITS

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "score.md").read_text("utf-8")
WORDS = " ".join(PAGE.split())


def test_the_table_holds_the_weights() -> None:
    table = re.search(r"<!-- weights -->\n(.*)<!-- /weights -->", PAGE, re.DOTALL)
    assert table is not None
    rows = []
    for name, weight in WEIGHTS.items():
        curve, part = ", ".join(f"{value:g}" for value in weight.curve), "yes" if weight.relevance else "no"
        rows.append(f"| {name} | {weight.points:g} | {curve} | {weight.neutral:g} | {part} |")
    assert table.group(1).splitlines()[2:] == rows


def test_caps_bands_and_credits_are_those_of_the_code() -> None:
    for name, limit in filters.CAPS.values():
        assert f"{name} {limit}" in WORDS
    for bound, word, _ in show.BANDS[:-1]:
        assert f"{word} from {bound}" in WORDS
    assert f"From {MET} on it is *met*, from {PARTLY} on *partly*" in WORDS
    assert all(f"{credit:g}" in WORDS for credit in CREDITS.values())
