"""Every page in light, dark and on a phone; and every page with postings and a CV that mean harm."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from .browser import DESKTOP, PHONE, Program, Watch, accessible, fits, launched, settled

SHOTS = Path(os.environ["SCREENSHOTS"]) if "SCREENSHOTS" in os.environ else None
"""Where the pictures of docs/design.md go: SCREENSHOTS=docs/images ./run test tests/journeys/test_browser_pages.py"""
SHOWN = ("welcome", "list", "jobs", "document", "sources", "save", "profile", "preferences", "privacy")
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"viewport": DESKTOP, "color_scheme": "light"},
    "dark": {"viewport": DESKTOP, "color_scheme": "dark"},
    "phone": {"viewport": PHONE, "color_scheme": "light", "has_touch": True, "device_scale_factor": 2},
}
HOSTILE = '<img src=x onerror="window.owned=1"><script>window.owned=1</script>javascript:window.owned=1'
PRINTED = HOSTILE.replace("<script>", " <script> ").replace("</script>", " </script> ")
"""In words that fit into a line of print."""
LONG = "N" * 200
NAME = "Long Name " * 20
"""As long, but a line of print can be broken in it."""
POSTINGS = [
    {
        "id": "1",
        "title": HOSTILE,
        "company": HOSTILE,
        "location": HOSTILE,
        "department": HOSTILE,
        "url": "javascript:window.owned=1",
        "description": f"{HOSTILE}\n\nRequirements\n- SQL {HOSTILE}\n- {HOSTILE}",
    },
    {
        "id": "2",
        "title": LONG,
        "company": "L" * 200,
        "location": "P" * 200,
        "description": f"Requirements\n- SQL {LONG}",
    },
]
RESUME = {
    "basics": {
        "name": NAME,
        "label": PRINTED,
        "email": "a@example.org",
        "summary": PRINTED,
        "url": "javascript:owned=1",
    },
    "work": [{"name": NAME, "position": PRINTED, "startDate": "2019", "highlights": [f"Built SQL {PRINTED}", NAME]}],
    "skills": [{"name": NAME, "keywords": ["SQL", PRINTED]}],
}

PREFERRED = {
    "points": {"place": 16, "recency": 6},
    "employers": [{"name": "Halvard Clinical", "prestige": 8}, {"name": "Brightmoor", "blocked": True}],
    "avoid": ["night shifts", "weapons"],
}
HARMFUL = {"employers": [{"name": HOSTILE, "blocked": False, "prestige": 3}, {"name": LONG}], "avoid": [HOSTILE, LONG]}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as started:
        yield started


@pytest.fixture(scope="module")
def demo(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The bundled boards and candidate."""
    folder = tmp_path_factory.mktemp("web")
    made = Program(folder).run("demo")
    return Program(folder, Path(made["home"]), switch=True)


@pytest.fixture(scope="module")
def harm(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A CV and postings that try to run code in every field, and names of 200 letters."""
    folder = tmp_path_factory.mktemp("harm")
    program = Program(folder)
    (folder / "postings.jsonl").write_text("\n".join(json.dumps(row) for row in POSTINGS), "utf-8")
    (folder / "cv.json").write_text(json.dumps(RESUME), "utf-8")
    program.run("import", "resume", str(folder / "cv.json"))
    program.run("ingest", "file", str(folder / "postings.jsonl"))
    return program


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
        expect(page.locator("[data-spot]").first).to_be_attached()
        settled(page)
        page.get_by_role("button", name=re.compile("Mapped four")).first.hover()
        seen(page, f"document-{look}")
        for name in ("documents", "import", "sources", "save", "profile", "privacy", "nowhere"):
            page.goto(f"{base}{name}/")
            expect(page.locator("h1")).to_be_visible()
            settled(page)
            seen(page, f"{name}-{look}")
        seen_choices(page, base, look)
        watch.check()
        context.close()


def seen_choices(page: Page, base: str, look: str) -> None:
    """The filters of the list, and what counts once something was chosen; nothing of it stays."""
    page.goto(f"{base}?order=newest&country=UK&employment=full_time")
    expect(page.locator("a[data-posting]").first).to_be_visible()
    page.get_by_role("button", name="Filters (2)").click()
    expect(page.get_by_label("Country")).to_be_focused()
    seen(page, f"filters-{look}")
    preferred(page, PREFERRED)
    page.goto(f"{base}preferences/")
    expect(page.get_by_label("Points for place")).to_have_value("16")
    seen(page, f"preferences-{look}")
    preferred(page, {})


def preferred(page: Page, body: dict[str, Any]) -> None:
    """As if the user had chosen this in another window."""
    sent = """async (body) => (await fetch("/api/v1/preferences", {
      method: "PUT", body: JSON.stringify(body),
      headers: { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID() },
    })).status"""
    assert page.evaluate(sent, body) == 200


@pytest.mark.parametrize("look", ["light", "phone"])
def test_the_first_page_of_all(browser: Browser, tmp_path: Path, look: str) -> None:
    with Program(tmp_path).served() as link:
        context = browser.new_context(reduced_motion="reduce", **LOOKS[look])
        watch, page = Watch(context, link), context.new_page()
        page.goto(link)
        expect(page.get_by_role("heading", name="From your CV to the first application")).to_be_visible()
        seen(page, f"welcome-{look}")
        base = link.partition("#")[0]
        for name, words in (
            ("documents", "No documents yet"),
            ("privacy", "Nothing has left this machine"),
            ("profile", "Drop a file"),
        ):
            page.goto(f"{base}{name}/")
            expect(page.get_by_text(words).first).to_be_visible()
            accessible(page)
            fits(page)
        expect(page.get_by_text("Import your CV")).to_be_visible()
        watch.check()
        context.close()


@pytest.mark.parametrize("policy", [True, False], ids=["policy", "no policy"])
def test_harmful_words_are_words_on_every_page(browser: Browser, harm: Program, policy: bool) -> None:
    with harm.served() as link:
        context = browser.new_context(viewport=PHONE, bypass_csp=not policy)
        watch, page = Watch(context, link), context.new_page()
        page.goto(link)
        expect(page.locator("a[data-posting]")).to_have_count(2)
        harmless(page)
        rows = page.locator("a[data-posting]").all()
        ids = {row.get_attribute("data-posting"): HOSTILE[:8] in row.inner_text() for row in rows}
        base = link.partition("#")[0]
        for posting, writable in ids.items():
            page.goto(f"{base}?posting={posting}")
            expect(page.get_by_text("How the score adds up")).to_be_visible()
            harmless(page)
            page.goto(f"{base}documents/?posting={posting}")
            expect(page.get_by_role("button", name="Write them")).to_be_visible()
            harmless(page)
            if writable:
                page.get_by_role("button", name="Write them").click()
                expect(page.get_by_role("heading", name="Downloads")).to_be_visible(timeout=90_000)
                harmless(page)
        preferred(page, HARMFUL)
        for name in ("preferences", "documents", "profile", "sources", "privacy"):
            page.goto(f"{base}{name}/")
            settled(page)
            harmless(page)
        page.keyboard.press("Control+k")
        expect(page.get_by_role("combobox")).to_be_focused()
        page.keyboard.type("window owned")
        expect(page.get_by_role("option", name=re.compile("onerror")).first).to_be_visible()
        harmless(page)
        watch.check()
        context.close()


def harmless(page: Page) -> None:
    page.wait_for_timeout(150)
    assert page.evaluate("window.owned") is None
    assert page.locator("a[href^=javascript]").count() == 0
    assert page.locator("img[src=x]").count() == 0
    fits(page)


def seen(page: Page, name: str) -> None:
    accessible(page)
    fits(page)
    if SHOTS is not None and name.partition("-")[0] in SHOWN:
        page.screenshot(path=SHOTS / f"web-{name}.png")
