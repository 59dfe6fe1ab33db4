"""The web app in a real browser: from an empty data directory to a PDF, with the mouse, by touch, with the keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from jobbot.delivery.demo import replay

from .browser import DESKTOP, PHONE, Program, SlowBoard, Watch, accessible, fits, launched, pdf_text, tab_to

CV = """# Ada Njoroge

Data analyst

ada.njoroge@example.org | Nairobi

## Experience
### Data Analyst, Kibo Health
2019 - Present
- Built SQL reports for 12 clinics.
- Cleaned survey data with Python and pandas.

## Education
BSc Statistics, University of Nairobi, 2015 - 2018

## Skills
SQL, Python, Excel

## Languages
English (fluent), Swahili (native)
"""
WRITING_MS = 90_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as started:
        yield started


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Program]:
    """A stranger's machine: no data directory, no key; the bundled boards answer in the place of their hosts."""
    with replay.serve(replay.answers(1, datetime.now(UTC))) as boards:
        yield Program(tmp_path, boards=boards)


@pytest.fixture
def cv(tmp_path: Path) -> Path:
    file = tmp_path / "cv.md"
    file.write_text(CV, "utf-8")
    return file


STRANGERS: dict[str, dict[str, Any]] = {
    "mouse": {"viewport": DESKTOP, "color_scheme": "light"},
    "touch": {"viewport": PHONE, "color_scheme": "dark", "has_touch": True, "is_mobile": True},
}


@pytest.mark.parametrize("stranger", STRANGERS)
def test_from_nothing_to_a_pdf(browser: Browser, empty: Program, cv: Path, stranger: str) -> None:
    with empty.served() as link:
        context = browser.new_context(**STRANGERS[stranger])
        watch, page = Watch(context, link), context.new_page()
        page.goto(link)
        expect(page.get_by_role("heading", name="From your CV to the first application")).to_be_visible()
        assert "#token" not in page.url
        stands_at(page, "Your CV")
        accessible(page)
        fits(page)
        page.get_by_role("link", name="Import your CV").click()
        page.set_input_files("input[type=file]", str(cv))
        reviewed(page)
        page.get_by_role("link", name="Now connect a board").click()
        stands_at(page, "Postings")
        page.get_by_label("Company").fill("https://boards.greenhouse.io/halvardclinical")
        page.get_by_role("button", name="Fetch the postings").click()
        expect(page.get_by_text("13 new, 1 skipped")).to_be_visible()
        accessible(page)
        fits(page)
        page.get_by_role("link", name="See the postings").click()
        stands_at(page, "First document")
        page.locator("a[data-posting]").first.click()
        adds_up(page)
        page.get_by_role("link", name="Write the CV and letter").click()
        page.get_by_role("button", name="Write them").click()
        button = page.get_by_role("link", name="Download the PDF")
        expect(button).to_be_visible(timeout=WRITING_MS)
        expect(page.get_by_role("navigation", name="First steps")).to_have_count(0)
        shown_beside(page, touch=stranger == "touch")
        accessible(page)
        fits(page)
        with page.expect_download() as download:
            button.click()
        assert "Ada Njoroge" in pdf_text(download.value)
        watch.check()
        context.close()
    assert empty.run("profile", "export", "--format", "json")["basics"]["label"] == "Senior data analyst"


def stands_at(page: Page, step: str) -> None:
    expect(page.get_by_role("navigation", name="First steps").locator("[aria-current=step]")).to_contain_text(step)


def reviewed(page: Page) -> None:
    expect(page.get_by_role("heading", name="What was read from cv.md")).to_be_visible()
    accessible(page)
    fits(page)
    page.get_by_role("button", name="Correct Headline").click()
    page.get_by_label("Headline", exact=True).fill("Senior data analyst")
    page.get_by_role("button", name="Save as your CV").click()
    expect(page.get_by_role("heading", name="Your CV is kept")).to_be_visible()


def adds_up(page: Page) -> None:
    expect(page.get_by_text("How the score adds up")).to_be_visible()
    expect(page.locator("mark").first).to_be_attached()
    rows = [int(text.replace("−", "-")) for text in page.locator("tbody td").all_inner_texts()]
    assert sum(rows) == int(page.locator("tfoot td").inner_text())


def shown_beside(page: Page, *, touch: bool) -> None:
    """A line shows its facts and its place on the page; its place on the page shows the line."""
    expect(page.get_by_role("img", name="Page 1 of the CV")).to_be_visible()
    line = page.get_by_role("button", name=re.compile("Built SQL reports"))
    expect(page.locator("[data-spot]").first).to_be_attached()
    (line.tap if touch else line.hover)()
    expect(page.get_by_text("This line rests on")).to_be_visible()
    lit = page.locator("[data-spot][data-lit]")
    expect(lit).to_have_count(1)
    number = lit.get_attribute("data-spot")
    other = page.locator(f"[data-spot]:not([data-spot='{number}'])").first
    (other.tap if touch else other.hover)()
    expect(page.locator("[data-line][data-here]")).to_have_attribute("data-line", str(other.get_attribute("data-spot")))


def test_from_nothing_to_a_pdf_with_the_keyboard_alone(browser: Browser, empty: Program, cv: Path) -> None:
    with empty.served() as link:
        context = browser.new_context(viewport=DESKTOP, reduced_motion="reduce")
        watch, page = Watch(context, link), context.new_page()
        keys = page.keyboard
        page.on(
            "filechooser", lambda _: None
        )  # from now on, so that the browser is told well before the key is pressed
        page.goto(link)
        tab_to(page, page.get_by_role("link", name="Import your CV"))
        keys.press("Enter")
        tab_to(page, page.locator("input[type=file]"))
        with page.expect_file_chooser() as chooser:
            keys.press("Enter")
        chooser.value.set_files(str(cv))
        tab_to(page, page.get_by_role("button", name="Correct Headline"))
        keys.press("Enter")
        keys.press("Control+a")
        keys.type("Senior data analyst")
        keys.press("Enter")
        expect(page.get_by_role("button", name="Correct Headline")).to_be_focused()
        tab_to(page, page.get_by_role("button", name="Save as your CV"))
        keys.press("Enter")
        tab_to(page, page.get_by_role("link", name="Now connect a board"))
        keys.press("Enter")
        tab_to(page, page.get_by_label("Company"))
        keys.type("halvardclinical")
        keys.press("Enter")
        tab_to(page, page.get_by_role("link", name="See the postings"))
        keys.press("Enter")
        expect(page.locator("a[data-posting]").first).to_be_visible()
        searched_and_read(page)
        keys.press("d")
        tab_to(page, page.get_by_role("button", name="Write them"))
        keys.press("Enter")
        expect(page.get_by_role("link", name="Download the PDF")).to_be_visible(timeout=WRITING_MS)
        with page.expect_download() as by_key:
            keys.press("p")
        tab_to(page, page.get_by_role("link", name="Download the PDF"))
        with page.expect_download() as by_link:
            keys.press("Enter")
        assert "Senior data analyst" in pdf_text(by_key.value) == pdf_text(by_link.value)
        commanded(page)
        watch.check()
        context.close()


def searched_and_read(page: Page) -> None:
    """Help, search, j and k, reading: the keys of every day."""
    keys = page.keyboard
    keys.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    accessible(page)
    keys.press("Escape")
    keys.press("/")
    keys.type("halvard data")
    keys.press("Enter")
    expect(page.get_by_text(re.compile(r"^[2-9] postings$"))).to_be_visible()
    for key in ("j", "j", "k"):
        keys.press(key)
    expect(page.locator("#posting-title")).to_be_visible()
    keys.press("Enter")
    expect(page.locator("#posting-title")).to_be_focused()


def commanded(page: Page) -> None:
    """The command bar finds postings and turns the airplane switch."""
    keys = page.keyboard
    keys.press("Control+k")
    expect(page.get_by_role("combobox")).to_be_focused()
    keys.type("clinical")
    expect(page.get_by_role("option", name=re.compile("Clinical")).first).to_be_visible()
    accessible(page)
    keys.press("Control+a")
    keys.type("airplane")
    expect(page.get_by_role("option", name=re.compile("nothing leaves"))).to_be_visible()
    keys.press("Enter")
    expect(page.get_by_role("link", name="Airplane mode")).to_be_visible()


def test_boards_tell_what_came_of_them(browser: Browser, empty: Program) -> None:
    with empty.served() as link:
        context = browser.new_context(viewport=DESKTOP)
        watch, page = Watch(context, link), context.new_page()
        page.goto(link)
        expect(page.get_by_role("heading", name="From your CV to the first application")).to_be_visible()  # it listens
        page.keyboard.press("3")
        page.get_by_label("Source", exact=True).select_option("linkedin")
        expect(page.get_by_text("The allowed way")).to_be_visible()
        expect(page.get_by_role("button", name="Fetch the postings")).to_have_count(0)
        accessible(page)
        page.get_by_label("Source", exact=True).select_option(label="Lever")
        page.get_by_role("button", name="Fetch the postings").click()
        expect(page.get_by_text("Which company? Its name on the board is needed.")).to_be_visible()
        page.get_by_label("Company").fill("https://www.linkedin.com/company/acme")
        page.get_by_role("button", name="Fetch the postings").click()
        expect(page.get_by_text("Refused by policy")).to_be_visible()
        page.get_by_label("Company").fill("nobody-at-all")
        page.get_by_role("button", name="Fetch the postings").click()
        expect(page.get_by_text("Not found", exact=True)).to_be_visible()
        accessible(page)
        page.get_by_label("Company").fill("Brightmoor")
        page.keyboard.press("Enter")
        expect(page.get_by_text(re.compile(r"^\d+ new\.$"))).to_be_visible()
        expect(page.get_by_role("heading", name="Lately")).to_be_visible()
        page.get_by_role("button", name="Read them all again").click()
        expect(page.get_by_text(re.compile(r"^1 board read, \d+ failed: nothing new\.$")).first).to_be_visible()
        page.get_by_role("button", name=re.compile(r"^1 board read")).first.click()
        expect(page.get_by_text("unchanged", exact=True)).to_be_visible()
        accessible(page)
        watch.check()
        context.close()


def test_boards_are_brought_in_paused_removed_and_taken_back(browser: Browser, empty: Program) -> None:
    with empty.served() as link:
        context = browser.new_context(viewport=PHONE)
        watch, page = Watch(context, link), context.new_page()
        page.goto(link)
        page.get_by_role("link", name="Connect a board").click()
        page.get_by_text("Bring in a list of boards").click()
        page.get_by_role("textbox", name="One on each line").fill("lever Brightmoor\nindeed x\nnonsense")
        page.get_by_role("button", name="Look it over").click()
        expect(page.get_by_text("3 lines: 1 added, 1 refused, 1 not understood. Nothing was kept yet.")).to_be_visible()
        page.get_by_role("button", name="Connect them").click()
        expect(page.get_by_text("3 lines: 1 added, 1 refused, 1 not understood.", exact=True)).to_be_visible()
        page.get_by_role("button", name="May it be read?").click()
        expect(page.get_by_text("was not read yet; it is read before the first request")).to_be_visible()
        accessible(page)
        page.get_by_role("button", name="Pause: Brightmoor").click()
        expect(page.get_by_role("button", name="Read again: Brightmoor")).to_be_visible()
        page.get_by_role("button", name="Remove: Brightmoor").click()
        expect(page.get_by_role("button", name="Remove: Brightmoor")).to_have_count(0)
        page.get_by_role("button", name="Take back").click()
        expect(page.get_by_role("button", name="Pause: Brightmoor")).to_be_visible()
        accessible(page)
        watch.check()
        context.close()


def test_a_board_that_takes_long_can_be_stopped(browser: Browser, tmp_path: Path) -> None:
    board = next(item.path for item in replay.bundled() if item.source == "greenhouse")
    slow = SlowBoard(replay.answers(1, datetime.now(UTC))[board])
    with slow.served() as boards, Program(tmp_path, boards=boards).served() as link:
        context = browser.new_context(viewport=DESKTOP)
        page = context.new_page()
        page.goto(link)
        page.get_by_role("link", name="Connect a board").click()
        page.get_by_label("Company").fill("acme")
        page.keyboard.press("Enter")
        expect(page.get_by_role("progressbar")).to_be_visible()
        assert slow.asked.wait(30)
        expect(page.get_by_text("Running")).to_be_visible()
        accessible(page)
        page.get_by_role("button", name="Stop").click()
        expect(page.get_by_text("Stopping")).to_be_visible()
        slow.go.set()
        expect(page.get_by_text("Stopped")).to_be_visible()
        context.close()
