"""The Typst worker: data stays data, limits hold, a dead worker is replaced, equal input gives equal bytes."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobbot.features.tailoring import glyphs, theme
from jobbot.features.tailoring.ats import readers
from jobbot.features.tailoring.press import THEMES, Press
from jobbot.features.tailoring.worker import TEMPLATE
from jobbot.kernel.errors import Failed, OurBug

CANARY = "jobbot-canary-7f3a"


def data(*texts: str, name: str = "classic", kind: str = "bullet") -> dict[str, Any]:
    look = theme.load(name)
    units = [{"kind": "name", "parts": ["A Name"], "links": []}]
    units += [{"kind": kind, "parts": [text, "", ""], "links": []} for text in texts]
    return {
        "units": units,
        "theme": look.settings,
        "air": 0.5,
        "paper": "a4",
        "title": "t",
        "author": "a",
        "keywords": [],
        "lang": "en",
    }


def read(pdf: bytes) -> str:
    return readers()["pdfium"](pdf)


@pytest.mark.parametrize("kind", ["bullet", "role", "row", "text", "label", "section"])
def test_markup_is_printed_not_run(press: Press, tmp_path: Path, kind: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(CANARY)
    hostile = (
        f'#read("{secret}") #include "{secret}" #import "@preview/cetz:0.3.0" #eval("1+1") '
        r'#{while true {}} $x^2$ *b* _i_ `c` <label> @ref \ // /* "quoted" ] [ } { //'
    )
    text = read(press.render(data(hostile, kind=kind)).data)
    assert CANARY not in text
    squeezed = "".join(text.split()).casefold()
    for part in ("#read(", "@preview/cetz", "#eval(", "*b*", "_i_", "`c`", "<label>", "@ref", "$x^2$"):
        assert part in squeezed


def test_the_canary_test_can_fail(tmp_path: Path) -> None:
    """A template that evaluates its data does read a file in its root: so the test above proves something."""
    evil = tmp_path / TEMPLATE
    text = (THEMES / TEMPLATE).read_text("utf-8")
    assert "list(unit.parts.at(0))" in text
    evil.write_text(text.replace("list(unit.parts.at(0))", 'list(eval(unit.parts.at(0), mode: "markup"))'))
    press = Press(template=evil)
    try:
        with pytest.raises(OurBug):
            press.measure(data('#read("nowhere.txt")'))
    finally:
        press.close()


def test_heights_add_up_to_the_page(press: Press) -> None:
    made = data(*(f"Bullet {i} " + "with words " * (i * 3) for i in range(8)))
    look = made["theme"]
    heights = press.measure(made)
    gap = look["gaps"]["bullet"] + 0.5 * look["stretch"]["bullet"]
    printed = press.render(made)
    assert printed.pages == 1
    assert printed.end == pytest.approx(look["margin_top"] + sum(heights) + 8 * gap, abs=0.01)


def test_equal_input_gives_equal_bytes_also_from_another_worker(press: Press) -> None:
    other = Press()
    try:
        assert press.render(data("One")).data == other.render(data("One")).data
        assert press.render(data("Two")).data != other.render(data("One")).data
    finally:
        other.close()


def test_a_killed_worker_is_replaced(press: Press) -> None:
    press.render(data("One"))
    assert press._process is not None
    os.kill(press._process.pid, signal.SIGTERM)
    press._process.wait()
    assert press.render(data("One")).pages == 1


def test_a_request_that_takes_too_long_is_ended_and_the_next_one_works() -> None:
    press = Press(timeout=1.0)
    try:
        press.render(data("warm"))
        with pytest.raises(Failed, match="could not be set"):
            press.render(data(*(f"word {i} " * 400 for i in range(700))))
        assert press.render(data("small")).pages == 1
    finally:
        press.close()


def test_too_much_text_is_refused_before_the_worker(press: Press) -> None:
    with pytest.raises(Failed, match="MB is too much"):
        press.render(data("x" * (9 << 20)))


@pytest.mark.skipif(sys.platform != "linux", reason="limits are read from /proc")
def test_the_worker_is_limited_and_owns_only_its_folder(press: Press) -> None:
    press.render(data("One"))
    assert press._process is not None
    limits = Path(f"/proc/{press._process.pid}/limits").read_text()
    rows = {line[:26].strip(): line[26:47].strip() for line in limits.splitlines()[1:]}
    assert rows["Max file size"] == "0"
    assert int(rows["Max open files"]) == 64
    assert int(rows["Max address space"]) == 2 << 30
    assert int(rows["Max cpu time"]) < 600
    environment = Path(f"/proc/{press._process.pid}/environ").read_bytes()
    assert b"JOBBOT" not in environment
    assert press._folder is not None
    assert [path.name for path in press._folder.iterdir()] == [TEMPLATE]


def test_close_removes_worker_and_folder() -> None:
    press = Press()
    press.render(data("One"))
    process, folder = press._process, press._folder
    press.close()
    assert process is not None
    assert process.poll() is not None
    assert folder is not None
    assert not folder.exists()


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], max_codepoint=0x10FFFF), min_size=1, max_size=60))
def test_what_the_fonts_have_comes_out_as_it_went_in(text: str) -> None:
    """Drawable text is read back; the rest is found by `glyphs.missing` before Typst sees it."""
    for font in ("IBM Plex Sans", "Libertinus Serif"):
        gone = glyphs.missing(text, font)
        assert not glyphs.missing("".join(c for c in text if c not in gone and c.isascii()), font)


@pytest.mark.parametrize("name", theme.names())
def test_coverage_says_the_truth_about_the_fonts(press: Press, name: str) -> None:
    """A character that is said to be covered is drawn and read back; one that is not has no letter to read."""
    font = theme.load(name).font
    sample = "ŁöřąğΩжЊạ€–“”’•½×Ș"
    assert glyphs.missing(sample, font) == ""
    assert sample in read(press.render(data(sample, name=name)).data)
    assert glyphs.missing("漢🎉א", font) == "漢🎉א"
