"""When things go wrong in the browser: nothing answers, the session ends, two windows edit one thing, all is erased."""

from __future__ import annotations

import re
import shutil
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from jobbot.delivery.demo import replay

from .browser import DESKTOP, Program, Watch, accessible, launched

CV = """# Ada Njoroge

Data analyst

ada.njoroge@example.org

## Experience
### Data Analyst, Kibo Health
2019 - Present
- Built SQL reports for 12 clinics.
"""
LOST = "Failed to load resource: net::"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as started:
        yield started


@pytest.fixture(scope="module")
def boards() -> Iterator[str]:
    """The bundled boards, in the place of their hosts."""
    with replay.serve(replay.answers(1, datetime.now(UTC))) as prefix:
        yield prefix


@pytest.fixture(scope="module")
def prepared(boards: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a CV, a data directory that holds it, and its key; copy it, do not change it."""
    folder = tmp_path_factory.mktemp("prepared") / "folder"
    folder.mkdir()
    (folder / "cv.md").write_text(CV, "utf-8")
    Program(folder, boards=boards).run("import", "resume", str(folder / "cv.md"))
    return folder


@pytest.fixture
def program(prepared: Path, boards: str, tmp_path: Path) -> Program:
    """A CV, no postings."""
    folder = tmp_path / "folder"
    shutil.copytree(prepared, folder)
    return Program(folder, boards=boards)


@pytest.fixture
def cv(program: Program) -> Path:
    return program.home.parent / "cv.md"


def opened(context: BrowserContext, link: str, path: str) -> Page:
    page = context.new_page()
    page.goto(link)
    expect(page.get_by_role("heading", level=1, name="Now the postings")).to_be_visible()
    page.goto(link.partition("#")[0] + path)
    return page


def typed(page: Page, words: str) -> None:
    page.get_by_role("button", name="Correct Basics, headline").click()
    page.get_by_label("Basics, headline").fill(words)
    page.keyboard.press("Enter")


def saved(page: Page) -> None:
    """Nothing is left to save, and nothing is on its way."""
    expect(page.get_by_role("button", name=re.compile("^Sav(e 1 correction|ing)"))).to_have_count(0)


def headline(program: Program) -> str:
    return str(program.run("profile", "export", "--format", "json")["basics"]["label"])


def test_what_was_typed_outlives_a_server_that_was_away(browser: Browser, program: Program) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with program.served(port) as link:
        context = browser.new_context(viewport=DESKTOP)
        watch = Watch(context, link)
        watch.borne = [LOST]
        page = opened(context, link, "profile/")
        typed(page, "Senior data analyst")
        context.set_offline(True)
        expect(page.get_by_text("jobbot does not answer")).to_be_visible()
        accessible(page)
        context.set_offline(False)
        expect(page.get_by_text("jobbot does not answer")).to_have_count(0)
    page.get_by_role("button", name="Save 1 correction").click()
    expect(page.get_by_text("jobbot does not answer")).to_be_visible()
    expect(page.get_by_text("No answer")).to_be_visible()
    with program.served(port):
        expect(page.get_by_text("jobbot does not answer")).to_have_count(0)
        expect(page.get_by_text("Senior data analyst")).to_be_visible()
        page.get_by_role("button", name="Save 1 correction").click()
        saved(page)
        watch.check()
        context.close()
    assert headline(program) == "Senior data analyst"


def test_an_ended_session_says_how_to_get_back_and_keeps_what_was_typed(browser: Browser, program: Program) -> None:
    with program.served() as link:
        context = browser.new_context(viewport=DESKTOP)
        watch, page = Watch(context, link), opened(context, link, "privacy/")
        page.get_by_label("What a new one is for").fill("a way back")
        page.get_by_role("button", name="Make a token").click()
        token = page.get_by_role("status").locator("code").inner_text()
        page.get_by_role("link", name="Your CV").first.click()
        typed(page, "Senior data analyst")
        context.clear_cookies()
        page.get_by_role("button", name="Save 1 correction").click()
        expect(page.get_by_role("heading", name="This window has no session")).to_be_visible()
        accessible(page)
        page.get_by_label("Or paste the link here").fill("nonsense")
        page.get_by_role("button", name="Open the session").click()
        expect(page.get_by_text("This is no link of jobbot")).to_be_visible()
        page.get_by_label("Or paste the link here").fill(link)
        page.get_by_role("button", name="Open the session").click()
        expect(page.get_by_text("This link was used already")).to_be_visible()
        page.get_by_label("Or paste the link here").fill(token)
        page.get_by_role("button", name="Open the session").click()
        page.get_by_role("button", name="Save 1 correction").click()
        saved(page)
        watch.check()
        context.close()
    assert headline(program) == "Senior data analyst"


def test_the_second_of_two_windows_is_told_and_chooses(browser: Browser, program: Program) -> None:
    with program.served() as link:
        context = browser.new_context(viewport=DESKTOP)
        watch, first = Watch(context, link), opened(context, link, "profile/")
        second = context.new_page()
        second.goto(first.url)
        typed(first, "Senior data analyst")
        typed(second, "Head of data")
        second.get_by_role("button", name="Correct Basics, name").click()
        second.get_by_label("Basics, name").fill("Ada W. Njoroge")
        second.keyboard.press("Enter")
        first.get_by_role("button", name="Save 1 correction").click()
        saved(first)
        second.get_by_role("button", name="Save 2 corrections").click()
        expect(second.get_by_role("heading", name="Your CV was changed elsewhere")).to_be_visible()
        assert headline(program) == "Senior data analyst"
        for words in ("Senior data analyst", "Head of data", "Ada W. Njoroge"):
            expect(second.get_by_text(words)).to_be_visible()
        accessible(second)
        second.get_by_role("radio", name="Head of data").check()
        second.get_by_role("button", name="Save on top of the newer version").click()
        expect(second.get_by_role("heading", name="Your CV", exact=True)).to_be_visible()
        watch.check()
        context.close()
    kept = program.run("profile", "export", "--format", "json")["basics"]
    assert (kept["label"], kept["name"]) == ("Head of data", "Ada W. Njoroge")


def test_an_import_over_a_newer_cv_is_told(browser: Browser, program: Program, cv: Path) -> None:
    cv.write_text(CV + "- Cleaned survey data with Python.\n", "utf-8")
    with program.served() as link:
        context = browser.new_context(viewport=DESKTOP)
        watch, page = Watch(context, link), opened(context, link, "import/")
        page.set_input_files("input[type=file]", str(cv))
        expect(page.get_by_role("button", name="Save as your CV")).to_be_visible()
        other = context.new_page()
        other.goto(link.partition("#")[0] + "profile/")
        typed(other, "Senior data analyst")
        other.get_by_role("button", name="Save 1 correction").click()
        saved(other)
        page.get_by_role("button", name="Save as your CV").click()
        expect(page.get_by_text("Your CV was changed elsewhere since this file was read")).to_be_visible()
        accessible(page)
        page.get_by_role("button", name="Read it again").click()
        expect(page.get_by_text("Your CV was changed elsewhere")).to_have_count(0)
        page.get_by_role("button", name="Save as your CV").click()
        expect(page.get_by_role("heading", name="Your CV is kept")).to_be_visible()
        watch.check()
        context.close()
    kept = program.run("profile", "export", "--format", "json")
    assert kept["basics"]["label"] == "Senior data analyst"
    assert len(kept["work"][0]["highlights"]) == 2


def test_nothing_leaves_while_the_switch_is_on(browser: Browser, tmp_path: Path) -> None:
    with Program(tmp_path, switch=True).served() as link:
        context = browser.new_context(viewport=DESKTOP)
        watch, page = Watch(context, link), context.new_page()
        page.goto(link)
        expect(page.get_by_role("heading", name="From your CV to the first application")).to_be_visible()
        page.keyboard.press("5")
        expect(page.get_by_text("Nothing has left this machine")).to_be_visible()
        page.get_by_role("switch", name="Nothing leaves this machine").click()
        expect(page.get_by_role("link", name="Airplane mode")).to_be_visible()
        page.keyboard.press("3")
        page.get_by_label("Company").fill("halvardclinical")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Failed", exact=True)).to_be_visible()
        expect(page.get_by_text("See the postings")).to_have_count(0)
        accessible(page)
        page.get_by_role("link", name="Airplane mode").click()
        page.get_by_role("button", name="Refused").click()
        expect(page.get_by_role("region", name="Requests")).to_contain_text("Refused")
        accessible(page)
        page.get_by_role("switch", name="Nothing leaves this machine").click()
        expect(page.get_by_role("link", name="Airplane mode")).to_have_count(0)
        watch.check()
        context.close()


def test_a_switch_that_the_configuration_holds_says_so(browser: Browser, tmp_path: Path) -> None:
    with Program(tmp_path).served() as link:
        context = browser.new_context(viewport=DESKTOP)
        page = context.new_page()
        page.goto(link)
        page.get_by_role("link", name="Airplane mode").click()
        expect(page.get_by_role("switch", name="Nothing leaves this machine")).to_be_disabled()
        expect(page.get_by_text("The configuration holds it on")).to_be_visible()
        context.close()


def test_all_is_erased_by_typing_it_and_the_report_says_what(browser: Browser, program: Program) -> None:
    with program.served() as link:
        context = browser.new_context(viewport=DESKTOP)
        watch, page = Watch(context, link), opened(context, link, "privacy/")
        page.get_by_role("button", name="Erase …").click()
        button = page.get_by_role("button", name="Erase for good")
        expect(button).to_be_disabled()
        page.get_by_label("Type “erase everything”").fill("erase")
        expect(button).to_be_disabled()
        accessible(page)
        page.get_by_label("Type “erase everything”").fill("Erase everything")
        button.click()
        expect(page.get_by_role("heading", name="It is gone")).to_be_visible()
        expect(page.get_by_text("are gone")).to_be_visible()
        accessible(page)
        page.get_by_role("dialog").get_by_role("button", name="Close").click()
        expect(page.get_by_role("heading", name="This window has no session")).to_be_visible()
        watch.check()
        context.close()
    assert not [path for path in program.home.rglob("*.db") if b"Njoroge" in path.read_bytes()]
