"""The documents say what the program does: reference pages are fresh, links lead somewhere, shown commands exist."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import Any

import pytest

from jobbot.delivery.cli.commands import COMMANDS, find

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
SHOWN = re.compile(r"^(?:\$ )?(?:\./run )?jobbot (?:--home \S+ )?([a-z-]+)(.*)$", re.M)


def generator() -> Any:
    spec = importlib.util.spec_from_file_location("docs_generate", ROOT / "docs" / "generate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def broken_links(page: Path, text: str) -> list[str]:
    targets = [target for target in LINK.findall(text) if not re.match(r"[a-z]+:", target)]
    return [f"{page.name}: {target}" for target in targets if not (page.parent / target).exists()]


def unknown_commands(text: str) -> list[str]:
    blocks = "\n".join(re.findall(r"```(?:sh)?\n(.*?)```", text, re.S))
    return [name for name, _ in SHOWN.findall(blocks) if find(name) is None]


def test_reference_pages_are_what_the_code_says() -> None:
    assert generator().stale() == [], "run: python docs/generate.py"


def test_that_gate_can_fail(tmp_path: Path) -> None:
    module = generator()
    for name, page in module.PAGES.items():
        (tmp_path / name).write_text(page())
    assert module.stale(tmp_path) == []
    (tmp_path / "errors.md").write_text("old")
    assert module.stale(tmp_path) == ["errors.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    assert broken_links(page, page.read_text("utf-8")) == []


def test_the_link_gate_can_fail(tmp_path: Path) -> None:
    assert broken_links(tmp_path / "a.md", "[x](nowhere.md) [y](https://example.org)") == ["a.md: nowhere.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_shown_commands_exist(page: Path) -> None:
    assert unknown_commands(page.read_text("utf-8")) == []


def test_the_command_gate_can_fail() -> None:
    assert unknown_commands("```sh\njobbot conquer\n```") == ["conquer"]


def test_every_command_setting_and_error_has_its_place() -> None:
    from jobbot import settings
    from jobbot.kernel import errors

    cli, options, failures = (
        (ROOT / "docs" / "reference" / f"{name}.md").read_text("utf-8") for name in ("cli", "settings", "errors")
    )
    assert [c.name for c in COMMANDS if f"## jobbot {c.name}" not in cli] == []
    assert [variable for variable in settings.ENVIRONMENT if variable not in options] == []
    assert [e for e in ("InvalidInput", "NotFound", "RefusedByPolicy", "TryLater", "Failed") if e not in failures] == []
    assert errors.JobbotError.__name__ in failures


def test_every_decision_record_is_short_and_numbered() -> None:
    records = sorted((ROOT / "docs" / "adr").glob("*.md"))
    assert [int(record.name[:4]) for record in records] == list(range(1, len(records) + 1))
    assert all(len(record.read_text().splitlines()) <= 60 for record in records)
