"""The command: what it asks of the application, what it prints, what it refuses."""

from __future__ import annotations

import io
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import typer
from rich.console import Console

from jobbot.features.tailoring import cli
from jobbot.features.tailoring.tailor import Tailor
from jobbot.kernel.errors import InvalidInput
from jobbot.platform.storage import Artefacts


@pytest.fixture
def context(samples: Any, tailor: Tailor, tmp_path: Path) -> typer.Context:
    person, advert = samples.profile(), samples.posting()
    app = SimpleNamespace(
        profiles=SimpleNamespace(current=lambda *, persona: person),
        postings=SimpleNamespace(get=lambda posting, user: advert),
        matcher=SimpleNamespace(one=lambda profile, wishes, posting: samples.match(profile, advert)),
        tailor=tailor,
        outputs=Artefacts(tmp_path / "outputs"),
    )
    return SimpleNamespace(obj=app)  # type: ignore[return-value]


def options(**changed: Any) -> dict[str, Any]:
    usual = {"template": "classic", "formats": "pdf,txt", "no_letter": False, "persona": "default", "output": None}
    return usual | changed


def test_it_shows_files_page_and_checks(context: typer.Context, tmp_path: Path) -> None:
    answer = cli.tailor(context, "abc", **options())
    out = io.StringIO()
    answer.show(Console(file=out, width=200))
    text = out.getvalue()
    assert "Transport Planner (m/f/d), Frescor" in text
    assert str(tmp_path / "outputs") in text
    assert "one page" in text
    assert "checks passed" in text
    assert json.dumps(answer.data)
    assert answer.exit_code == 0


def test_only_what_was_asked_is_written(context: typer.Context, tmp_path: Path) -> None:
    answer = cli.tailor(context, "abc", **options(formats="md", no_letter=True, output=tmp_path / "here"))
    files = {name for name, path in answer.data["files"].items() if path}
    assert files == {"md", "diff", "provenance", "build_log"}
    assert all(Path(path).parent == tmp_path / "here" for path in answer.data["files"].values() if path)


@pytest.mark.parametrize("words", ["", " , ", "pdf,rtf"])
def test_a_format_that_is_none_is_refused(context: typer.Context, words: str) -> None:
    with pytest.raises(InvalidInput, match="there are: pdf, docx, md, txt"):
        cli.tailor(context, "abc", **options(formats=words))
