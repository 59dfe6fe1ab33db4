"""Where lines stand on a page, read back from pages whose layout is known."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas

from jobbot.features.tailoring.made.places import places

WIDTH, HEIGHT = 200, 100


def pdf(*pages: Sequence[tuple[float, float, str]]) -> bytes:
    """Pages of texts at (left, baseline) in points from the lower left corner."""
    sink = io.BytesIO()
    canvas = Canvas(sink, pagesize=(WIDTH, HEIGHT))
    for page in pages:
        canvas.setFont("Helvetica", 10)
        for left, baseline, text in page:
            canvas.drawString(left, baseline, text)
        canvas.showPage()
    canvas.save()
    return sink.getvalue()


def test_a_line_is_where_it_was_printed() -> None:
    (box,) = places(pdf([(20, 50, "Built SQL reports")]), [(7, "Built SQL reports")])
    assert (box["line"], box["page"]) == (7, 1)
    assert box["left"] == pytest.approx(20 / WIDTH, abs=0.01)
    assert box["top"] < 1 - 50 / HEIGHT < box["top"] + box["height"]
    assert 0.2 < box["width"] < 0.6


def test_a_wrapped_line_has_a_box_for_each_row_and_none_for_its_neighbours() -> None:
    page = [(20, 80, "Before"), (20, 60, "Cleaned survey"), (20, 45, "data with R."), (20, 30, "After")]
    rows = places(pdf(page), [(0, "Before"), (1, "Cleaned survey data with R."), (2, "After")])
    assert [row["line"] for row in rows] == [0, 1, 1, 2]
    tops = [row["top"] for row in rows]
    assert tops == sorted(tops)


def test_the_same_words_twice_are_two_places_in_their_order() -> None:
    first, second = places(pdf([(20, 80, "SQL"), (120, 30, "SQL")]), [(0, "SQL"), (1, "SQL")])
    assert (first["left"], second["left"]) == (pytest.approx(0.1, abs=0.01), pytest.approx(0.6, abs=0.01))


def test_bullets_capitals_and_dashes_do_not_count_and_pages_do() -> None:
    two = pdf([(20, 50, "EXPERIENCE")], [(20, 50, "- 2019 - 2021")])
    assert [(row["line"], row["page"]) for row in places(two, [(0, "Experience"), (1, "2019 – 2021")])] == [
        (0, 1),
        (1, 2),
    ]


@pytest.mark.parametrize("words", ["", "…", "not on this page"])
def test_what_is_not_printed_has_no_place_and_does_not_hide_the_rest(words: str) -> None:
    rows = places(pdf([(20, 50, "Here")]), [(0, words), (1, "Here")])
    assert [row["line"] for row in rows] == [1]


def test_a_page_without_text() -> None:
    assert places(pdf([]), [(0, "Here")]) == []
