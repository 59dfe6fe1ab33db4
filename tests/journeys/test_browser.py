"""The web app in a real browser: from an empty database to a PDF, every page in light, dark and on a phone."""

from __future__ import annotations

import io
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from .browser import DESKTOP, PHONE, Program, Watch, accessible, fits, launched

HOSTILE = '<img src=x onerror="window.owned=1"><script>window.owned=1</script>javascript:window.owned=1'
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
ASKED = "What you bring\n- Experience with SQL\n- Python 🧪🧪 for data cleaning\n- Kubernetes"
WANTED = f"We want a data analyst 🧪.\n\n{ASKED}"
POSTINGS = [
    {"id": "1", "title": "Data Analyst", "company": "Kilima Labs", "location": "Nairobi", "description": WANTED},
    {
        "id": "2",
        "title": HOSTILE,
        "company": HOSTILE,
        "location": HOSTILE,
        "url": "javascript:window.owned=1",
        "description": f"{HOSTILE}\n\nRequirements\n- SQL {HOSTILE}",
    },
    {"id": "3", "title": "N" * 200, "company": "L" * 200, "location": "Leeds", "description": "Long names " * 30},
]
SHOTS = Path(os.environ["SCREENSHOTS"]) if "SCREENSHOTS" in os.environ else None
"""Where the pictures of docs/design.md go: SCREENSHOTS=docs/images ./run test tests/journeys/test_browser.py"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as started:
        yield started


@pytest.fixture
def fresh(tmp_path: Path) -> Program:
    """No profile; three postings, one of them hostile in every field."""
    program = Program(tmp_path)
    file = tmp_path / "postings.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in POSTINGS), "utf-8")
    program.run("ingest", "file", str(file))
    return program


@pytest.fixture(scope="module")
def demo(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The bundled boards and candidate, documents for the best posting made."""
    folder = tmp_path_factory.mktemp("web")
    made = Program(folder).run("demo")
    return Program(folder, Path(made["home"]))


def test_from_an_empty_profile_to_a_pdf_with_the_mouse(browser: Browser, fresh: Program, tmp_path: Path) -> None:
    cv = tmp_path / "cv.md"
    cv.write_text(CV, "utf-8")
    with fresh.served() as link:
        context = browser.new_context(viewport=DESKTOP, color_scheme="light")
        watch, page = Watch(context, link), context.new_page()
        page.goto(link)
        expect(page.get_by_text("3 postings")).to_be_visible()
        assert "#token" not in page.url
        page.get_by_role("link", name="Import your CV").click()
        page.set_input_files("input[type=file]", str(cv))
        expect(page.get_by_role("heading", name="What was read from cv.md")).to_be_visible()
        accessible(page)
        page.get_by_role("button", name="Correct Headline").click()
        page.get_by_label("Headline", exact=True).fill("Senior data analyst")
        page.get_by_role("button", name="Save as your CV").click()
        expect(page.get_by_role("heading", name="Your CV is kept")).to_be_visible()
        assert fresh.run("profile", "export", "--format", "json")["basics"]["label"] == "Senior data analyst"
        page.get_by_role("link", name="See your jobs").click()
        page.get_by_role("link", name="Data Analyst").click()
        marked(page)
        page.get_by_role("link", name="Write the CV and letter").click()
        pdf = written(page)
        assert "Ada Njoroge" in pdf
        accessible(page)
        watch.check()
        context.close()


def marked(page: Page) -> None:
    """The quote is marked where it stands, behind characters that take two units."""
    expect(page.locator("mark", has_text="Python 🧪🧪 for data cleaning")).to_be_visible()
    expect(page.locator("mark", has_text="Kubernetes").first).to_be_visible()
    rows = [int(text.replace("−", "-")) for text in page.locator("tbody td").all_inner_texts()]
    assert sum(rows) == int(page.locator("tfoot td").inner_text())
    accessible(page)


def written(page: Page) -> str:
    """The text of the PDF that the page offers after writing."""
    page.get_by_role("button", name="Write them").click()
    button = page.get_by_role("link", name="Download the PDF")
    expect(button).to_be_visible(timeout=90_000)
    picture = page.get_by_role("img", name="Page 1 of the CV")
    expect(picture).to_be_visible()
    page.get_by_role("button", name=re.compile("Built SQL reports")).first.hover()
    expect(page.get_by_text("This line rests on")).to_be_visible()
    with page.expect_download() as download:
        button.click()
    data = Path(download.value.path()).read_bytes()
    assert data.startswith(b"%PDF-")
    return PdfReader(io.BytesIO(data)).pages[0].extract_text()


@pytest.mark.parametrize("policy", [True, False], ids=["policy", "no policy"])
def test_a_hostile_posting_is_text(browser: Browser, fresh: Program, policy: bool) -> None:
    with fresh.served() as link:
        context = browser.new_context(viewport=PHONE, bypass_csp=not policy)
        watch, page = Watch(context, link), context.new_page()
        page.goto(link)
        page.locator("a[data-posting]", has_text="onerror").click()
        expect(page.locator("#posting-title")).to_contain_text("<img src=x")
        page.wait_for_timeout(300)
        assert page.evaluate("window.owned") is None
        assert page.locator("a[href^=javascript]").count() == 0
        fits(page)
        watch.check()
        context.close()


def test_the_keyboard_alone_goes_from_the_list_to_a_pdf(browser: Browser, demo: Program) -> None:
    with demo.served() as link:
        context = browser.new_context(viewport=DESKTOP, reduced_motion="reduce")
        page = context.new_page()
        page.goto(link)
        expect(page.locator("a[data-posting]").first).to_be_visible()
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
        accessible(page)
        page.keyboard.press("Escape")
        page.keyboard.press("/")
        page.keyboard.type("halvard clinical data")
        page.keyboard.press("Enter")
        expect(page.get_by_text(re.compile(r"^[1-9] postings?$"))).to_be_visible()
        for key in ("j", "j", "k"):
            page.keyboard.press(key)
        expect(page.locator("#posting-title")).to_be_visible()
        page.keyboard.press("Enter")
        expect(page.locator("#posting-title")).to_be_focused()
        page.keyboard.press("d")
        page.get_by_role("button", name="Write them").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("link", name="Download the PDF")).to_be_visible(timeout=90_000)
        page.keyboard.press("Control+k")
        expect(page.get_by_role("combobox")).to_be_focused()
        page.keyboard.type("clinical")
        expect(page.get_by_role("option", name=re.compile("Clinical")).first).to_be_visible()
        accessible(page)
        context.close()


LOOKS = {
    "light": {"viewport": DESKTOP, "color_scheme": "light"},
    "dark": {"viewport": DESKTOP, "color_scheme": "dark"},
    "phone": {"viewport": PHONE, "color_scheme": "light", "has_touch": True, "device_scale_factor": 2},
}


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_is_accessible_and_fits(browser: Browser, demo: Program, look: str) -> None:
    best = demo.run("match", "--limit", "1")[0]["posting_id"]
    with demo.served() as link:
        context = browser.new_context(reduced_motion="reduce", **LOOKS[look])
        watch, page = Watch(context, link), context.new_page()
        page.goto(link)
        expect(page.locator("a[data-posting]").first).to_be_visible()
        assert page.evaluate("document.documentElement.dataset.theme") == ("dark" if look == "dark" else "light")
        seen(page, f"list-{look}")
        base = link.partition("#")[0]
        page.goto(f"{base}?posting={best}")
        expect(page.get_by_text("How the score adds up")).to_be_visible()
        if look != "phone":
            expect(page.locator("a[data-posting]").first).to_be_attached()
        seen(page, f"jobs-{look}")
        page.goto(f"{base}documents/?posting={best}")
        expect(page.get_by_role("button", name="Write them")).to_be_visible()
        seen(page, f"write-{look}")
        page.get_by_role("button", name="Write them").click()
        expect(page.get_by_role("img", name="Page 1 of the CV")).to_be_visible(timeout=90_000)
        page.wait_for_load_state("networkidle")
        page.get_by_role("button", name=re.compile("Mapped four")).first.hover()
        seen(page, f"document-{look}")
        for name in ("documents", "import", "nowhere"):
            page.goto(f"{base}{name}/")
            expect(page.locator("h1")).to_be_visible()
            page.wait_for_load_state("networkidle")
            seen(page, f"{name}-{look}")
        watch.check()
        context.close()


def seen(page: Page, name: str) -> None:
    accessible(page)
    fits(page)
    if SHOTS is not None and name.partition("-")[0] in ("list", "jobs", "document"):
        page.screenshot(path=SHOTS / f"web-{name}.png")


def test_a_window_without_a_session_says_how_to_get_one(browser: Browser, fresh: Program) -> None:
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    with fresh.served() as link:
        page.goto(link)
        expect(page.get_by_text("3 postings")).to_be_visible()
        context.clear_cookies()
        page.get_by_role("button", name="All, newest").click()
        page.reload()
        expect(page.get_by_role("heading", name="This window has no session")).to_be_visible()
        accessible(page)
        page.goto(link)
        expect(page.get_by_role("heading", name="This window has no session")).to_be_visible()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    context.close()
