"""Pictures of true pages: the right page, the right width, the right colours."""

from __future__ import annotations

import io
import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from jobbot.features.tailoring.made.picture import pages_of, picture, png
from jobbot.kernel.errors import NotFound


def pdf(*colours: tuple[float, float, float]) -> bytes:
    sink = io.BytesIO()
    canvas = Canvas(sink, pagesize=(200, 100))
    for colour in colours:
        canvas.setFillColorRGB(*colour)
        canvas.rect(0, 0, 200, 100, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return sink.getvalue()


TWO = pdf((1, 0, 0), (0, 0, 1))


@pytest.mark.parametrize(("page", "colour"), [(1, (255, 0, 0)), (2, (0, 0, 255))])
def test_the_page_asked_for(page: int, colour: tuple[int, int, int]) -> None:
    shown = Image.open(io.BytesIO(picture(TWO, page, 300)))
    assert shown.size == (300, 150)
    assert shown.convert("RGB").getpixel((150, 75)) == colour
    assert pages_of(TWO) == 2


@pytest.mark.parametrize("page", [0, 3, -1])
def test_a_page_that_is_not_there(page: int) -> None:
    with pytest.raises(NotFound, match="2 pages"):
        picture(TWO, page, 300)


def test_many_at_once() -> None:
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: picture(TWO, 1, 200), range(24)))
    assert len(made) == 1


@given(st.integers(1, 9), st.integers(1, 9), st.sampled_from([3, 4]), st.integers(0, 5), st.randoms())
def test_any_rows_become_the_same_picture(
    width: int, height: int, channels: int, padding: int, dice: random.Random
) -> None:
    stride = width * channels + padding
    pixels = bytes(dice.randrange(256) for _ in range(stride * height))
    shown = Image.open(io.BytesIO(png(pixels, width, height, stride, channels))).convert("RGB")
    for row in range(height):
        for column in range(width):
            start = row * stride + column * channels
            assert shown.getpixel((column, row)) == tuple(pixels[start : start + 3])
