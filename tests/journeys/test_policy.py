"""The policy of the pages in a real browser: text never becomes script, markup or a script's address, on any page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from .browser import DESKTOP, OUT, Program, launched

TOLD = """
window.told = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.told.push([event.violatedDirective, event.blockedURI, event.sample].join(" "));
});
window.addEventListener("unhandledrejection", (event) => window.told.push(String(event.reason)));
"""
ATTEMPTS = {
    "markup": "document.body.innerHTML = '<b>text</b>'",
    "parsed markup": "new DOMParser().parseFromString('<b>text</b>', 'text/html')",
    "code": "eval('1')",
    "a function": "new Function('return 1')",
    "a timer": "setTimeout('1')",
    "a script from elsewhere": "document.createElement('script').src = 'https://example.org/_next/static/a.js'",
    "a script of ours that is no page's": "document.createElement('script').src = '/api/v1/jobs'",
    "a way out of the folder": "document.createElement('script').src = '/_next/static/../../api/v1/jobs'",
    "a script's text": "document.createElement('script').text = '1'",
    "a policy of its own": "trustedTypes.createPolicy('mine', { createHTML: (text) => text })",
    "the default policy again": "trustedTypes.createPolicy('default', { createHTML: (text) => text })",
}
TRY = """(work) => new Promise((told) => setTimeout(() => {
  try { window.attempt(work); told("done"); } catch (error) { told(error.name); }
}))"""
"""In a turn of its own, because what a debugger evaluates may use `eval` whatever the policy says."""
ATTEMPT = "window.attempt = (work) => ({%s})[work]();" % ",".join(  # noqa: UP031
    f"{name!r}: () => {{ {code} }}" for name, code in ATTEMPTS.items()
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as started:
        yield started


@pytest.fixture(scope="module")
def link(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    program = Program(tmp_path_factory.mktemp("policy"))
    program.run("init")
    with program.served() as address:
        yield address


@pytest.fixture(scope="module")
def context(browser: Browser, link: str) -> Iterator[BrowserContext]:
    """Opened by the link, every page telling what the policy stopped."""
    opened = browser.new_context(viewport=DESKTOP)
    opened.add_init_script(TOLD + ATTEMPT)
    page = opened.new_page()
    page.goto(link)
    expect(page.locator("h1")).to_be_visible()
    page.close()
    yield opened
    opened.close()


def addresses() -> list[str]:
    """Every page of the export."""
    folders = (path.parent.relative_to(OUT.parent).as_posix() for path in OUT.parent.rglob("index.html"))
    return sorted(f"{folder}/" if folder != "." else "" for folder in folders)


@pytest.mark.parametrize("address", addresses() or [""])
def test_no_page_breaks_its_own_policy(address: str, context: BrowserContext, link: str) -> None:
    page = context.new_page()
    page.goto(link.partition("#")[0] + address)
    expect(page.locator("h1")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.told") == []
    page.close()


def test_going_from_page_to_page_loads_what_it_needs(context: BrowserContext, link: str) -> None:
    page = context.new_page()
    page.goto(link.partition("#")[0])
    places = page.locator("nav a[href^='/']")
    expect(places.first).to_be_visible()
    for target in dict.fromkeys(str(place.get_attribute("href")) for place in places.all()):
        page.locator(f"nav a[href='{target}']").first.click()
        page.wait_for_url(f"**{target}")
        expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("window.told") == []
    page.close()


def outcomes(page: Page) -> dict[str, str]:
    return {name: page.evaluate(TRY, name) for name in ATTEMPTS}


def test_text_becomes_nothing_that_runs(context: BrowserContext, link: str) -> None:
    page = context.new_page()
    page.goto(link.partition("#")[0])
    expect(page.locator("h1")).to_be_visible()
    assert {name: told for name, told in outcomes(page).items() if told == "done"} == {}
    page.close()


def test_without_the_policy_it_would(browser: Browser, tmp_path: Path) -> None:
    """The attempts are real ones: an empty page lets every one of them through."""
    page = browser.new_context().new_page()
    (tmp_path / "empty.html").write_text("<!doctype html><title>x</title>")
    page.goto((tmp_path / "empty.html").as_uri())
    page.evaluate(f"() => {{ {ATTEMPT} }}")
    assert set(outcomes(page).values()) == {"done"}
    page.close()
