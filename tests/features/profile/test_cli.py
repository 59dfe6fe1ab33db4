"""The commands, from the words typed to what is printed."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from evals import cv_layouts, cvs

from jobbot.delivery.cli.root import main

RESUME = {
    "basics": {"name": "Ola Brandt", "email": "ola@example.org", "summary": "Baker."},
    "work": [{"name": "Rye & Co", "position": "Baker", "startDate": "2019", "highlights": ["Baked 900 loaves"]}],
}


class Bench:
    """Runs jobbot over one data directory."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.home, self.capsys = home, capsys

    def json(self, *words: str, code: int = 0) -> Any:
        assert main(["--home", str(self.home), *words, "--json"]) == code
        return json.loads(self.capsys.readouterr().out)

    def text(self, *words: str, code: int = 0) -> str:
        assert main(["--home", str(self.home), *words]) == code
        captured = self.capsys.readouterr()
        return captured.out + captured.err


@pytest.fixture
def bench(home: Path, capsys: pytest.CaptureFixture[str]) -> Bench:
    return Bench(home, capsys)


@pytest.fixture
def cv(tmp_path: Path) -> Path:
    path = tmp_path / "cv.pdf"
    path.write_bytes(cv_layouts.chronological(cvs.NURSE)[1])
    return path


@pytest.fixture
def resume(tmp_path: Path) -> Path:
    path = tmp_path / "resume.json"
    path.write_text(json.dumps(RESUME), "utf-8")
    return path


def test_a_cv_is_imported_and_shown_with_its_sources(bench: Bench, cv: Path) -> None:
    answer = bench.json("import", "resume", str(cv))
    assert {"read", "conflicts", "added", "changed", "unsure"} <= set(answer)
    first = next(row for row in answer["read"] if row["pointer"] == "/work/0/name")
    assert first["wording"] == "St Aldwyn Hospital"
    assert first["from"]["file"] == "cv.pdf"
    assert first["from"]["page"] == 1
    assert set(first["from"]) == {"page", "start", "end", "file"}
    assert answer["version"] == 1
    assert bench.json("import", "resume", str(cv))["added"] == 0


def test_a_dry_run_keeps_nothing(bench: Bench, cv: Path) -> None:
    assert bench.json("import", "resume", str(cv), "--dry-run")["version"] is None
    assert bench.json("profile", "show", code=3)["exit_code"] == 3


def test_the_notes_read_like_notes(bench: Bench, cv: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for columns in ("80", "120"):
        monkeypatch.setenv("COLUMNS", columns)
        shown = bench.text("import", "resume", str(cv), "--dry-run")
        assert max(map(len, shown.splitlines())) <= int(columns)
        for words in ("cv.pdf (PDF, 1 page)", "Senior Staff Nurse, St Aldwyn Hospital", "2019-03 – now", "4 lines"):
            assert words in shown


def test_a_paper_is_laid_over_a_profile_with_its_conflicts(bench: Bench, resume: Path, tmp_path: Path) -> None:
    bench.json("import", "resume", str(resume))
    paper = tmp_path / "cv.txt"
    paper.write_text("Ola Brandt\nola@other.example\n+371 20 000 111\n\nSKILLS\n\nRye, Sourdough\n", "utf-8")
    answer = bench.json("import", "resume", str(paper))
    assert [row["pointer"] for row in answer["conflicts"]] == ["/basics/email"]
    kept = next(row for row in answer["read"] if row["wording"] == "ola@other.example")
    assert kept["pointer"] is None
    exported = bench.json("profile", "export")
    assert exported["basics"]["email"] == "ola@example.org"
    assert exported["basics"]["phone"] == "+371 20 000 111"
    assert exported["work"] == RESUME["work"]
    assert bench.json("import", "resume", str(paper), "--replace")["removed"] > 0


def test_export_is_value_equal(bench: Bench, resume: Path, tmp_path: Path) -> None:
    bench.json("import", "resume", str(resume))
    assert bench.json("profile", "export") == RESUME
    assert json.loads(bench.text("profile", "export")) == RESUME
    target = tmp_path / "out.json"
    bench.text("profile", "export", "--output", str(target))
    assert json.loads(target.read_text("utf-8")) == RESUME
    if os.name == "posix":
        assert stat.S_IMODE(target.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("form", "words"), [("md", "## Experience"), ("txt", "EXPERIENCE"), ("html", "<h2>Experience</h2>")]
)
def test_other_formats_hold_every_word(bench: Bench, resume: Path, form: str, words: str) -> None:
    bench.json("import", "resume", str(resume))
    text = bench.json("profile", "export", "--format", form)["text"]
    assert words in text
    for value in ("Ola Brandt", "ola@example.org", "Baked 900 loaves"):
        assert value in text


def test_a_format_that_is_not_there_is_refused(bench: Bench, resume: Path) -> None:
    bench.json("import", "resume", str(resume))
    assert "json, md, txt, html" in bench.text("profile", "export", "--format", "pdf", code=2)


def test_html_export_escapes(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text('{"basics": {"name": "<script>alert(1)</script>"}}', "utf-8")
    bench.json("import", "resume", str(path))
    assert "<script>" not in bench.json("profile", "export", "--format", "html")["text"]


def test_check_names_line_and_field(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text('{"basics": null,\n"work": [{"startDate": "2021-13"}]}', "utf-8")
    answer = bench.json("profile", "check", str(path), code=2)
    assert answer["valid"] is False
    assert [(row["pointer"], row["line"]) for row in answer["problems"]] == [("/basics", 1), ("/work/0/startDate", 2)]
    assert set(answer["problems"][0]) == {"pointer", "line", "problem", "fix"}
    refused = bench.json("import", "resume", str(path), code=2)
    assert [(row["file"], row["line"]) for row in refused["errors"]] == [("r.json", 1), ("r.json", 2)]


def test_check_gives_advice(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    line = "Did a great many things " * 15
    path.write_text(
        json.dumps({"work": [{"name": "A", "position": "B", "highlights": [line, "Did more"]}], "hobbys": []}), "utf-8"
    )
    bench.json("import", "resume", str(path))
    answer = bench.json("profile", "check")
    advice = {row["pointer"]: row["problem"] for row in answer["advice"]}
    assert answer["valid"] is True
    assert "reach you" in advice["/basics/email"]
    assert "no start" in advice["/work/0/startDate"]
    assert "no figure" in advice["/work/0/highlights"]
    assert "characters" in advice["/work/0/highlights/0"]
    assert "/hobbys" in advice
    assert "valid JSON Resume" in bench.text("profile", "check")


def _editor(tmp_path: Path, code: str) -> str:
    import shlex
    import sys

    script = tmp_path / "editor.py"
    script.write_text(
        f"import sys, pathlib\npath = pathlib.Path(sys.argv[1])\ntext = path.read_text('utf-8')\n{code}\n", "utf-8"
    )
    return shlex.join([sys.executable, str(script)])


def test_edit_takes_what_the_editor_left(
    bench: Bench, resume: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.json("import", "resume", str(resume))
    check_mode = "assert __import__('os').name != 'posix' or path.stat().st_mode & 0o77 == 0"
    monkeypatch.setenv(
        "VISUAL", _editor(tmp_path, f"{check_mode}\npath.write_text(text.replace('900', '950'), 'utf-8')")
    )
    answer = bench.json("profile", "edit")
    assert (answer["version"], answer["changed"], answer["added"]) == (2, 1, 0)
    assert bench.json("profile", "export")["work"][0]["highlights"] == ["Baked 950 loaves"]
    assert list(bench.home.glob("*edit*")) == []


def test_a_wrong_edit_is_kept_for_another_try(
    bench: Bench, resume: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.json("import", "resume", str(resume))
    monkeypatch.setenv("EDITOR", _editor(tmp_path, "path.write_text(text.replace('2019', '2019-13'), 'utf-8')"))
    monkeypatch.delenv("VISUAL", raising=False)
    refused = bench.json("profile", "edit", code=2)
    assert refused["errors"][0]["pointer"] == "/work/0/startDate"
    assert refused["errors"][0]["line"] > 1
    assert bench.json("profile", "show")["version"] == 1
    monkeypatch.setenv("EDITOR", _editor(tmp_path, "path.write_text(text.replace('2019-13', '2019-12'), 'utf-8')"))
    assert bench.json("profile", "edit")["version"] == 2
    assert list(bench.home.glob("*edit*")) == []


def test_an_editor_that_fails_changes_nothing(
    bench: Bench, resume: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.json("import", "resume", str(resume))
    monkeypatch.setenv("VISUAL", _editor(tmp_path, "sys.exit(3)"))
    assert bench.json("profile", "edit", code=1)["exit_code"] == 1
    monkeypatch.setenv("VISUAL", "/no/such/editor")
    assert "VISUAL" in bench.text("profile", "edit", code=2)
    assert list(bench.home.glob("*edit*")) == []


def test_edit_without_a_change_is_no_version(
    bench: Bench, resume: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.json("import", "resume", str(resume))
    monkeypatch.setenv("VISUAL", _editor(tmp_path, ""))
    assert bench.json("profile", "edit")["saved"] is False


def test_personas_and_history(bench: Bench, resume: Path, cv: Path) -> None:
    bench.json("import", "resume", str(resume))
    bench.json("import", "resume", str(cv), "--persona", "Nurse")
    shown = bench.json("profile", "show", "--persona", "nurse")
    assert shown["resume"]["basics"]["name"] == "Imke Vandersloot"
    assert shown["personas"] == ["default", "nurse"]
    assert shown["history"][0]["origin"] == "pdf"
    assert bench.json("profile", "show")["resume"] == RESUME
    assert {"id", "pointer", "wording"} <= set(shown["facts"][0])
    assert "Imke" in bench.text("profile", "show", "--persona", "nurse", "--facts")


def test_control_characters_do_not_reach_the_terminal(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text(
        json.dumps({"basics": {"name": "A\x1b[31mB [red]C"}, "skills": [{"name": "\x1b]0;x\x07"}]}), "utf-8"
    )
    shown = bench.text("import", "resume", str(path))
    assert "\x1b" not in shown
    assert "[red]C" in shown


def test_a_paper_of_somebody_else_is_not_mixed_in(bench: Bench, resume: Path, cv: Path) -> None:
    bench.json("import", "resume", str(resume))
    refused = bench.json("import", "resume", str(cv), code=2)
    assert "--persona" in refused["detail"]
    assert "Imke" not in refused["detail"]
    assert bench.json("profile", "export") == RESUME
    assert bench.json("import", "resume", str(cv), "--replace")["version"] == 2


def test_an_export_that_cannot_be_written_says_so_and_leaves_nothing(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "cv.json").write_text(json.dumps(RESUME), "utf-8")
    bench.json("import", "resume", str(tmp_path / "cv.json"))
    long = tmp_path / f"{'x' * 250}.json"  # the temporary name beside it is longer than names may be
    assert "cannot be used" in bench.json("profile", "export", "--output", str(long), code=1)["detail"]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("content", ["{}", '{"name": "web", "scripts": {}}', '{"basics": {}}'])
def test_a_document_without_a_cv_in_it_does_not_take_its_place(bench: Bench, tmp_path: Path, content: str) -> None:
    (tmp_path / "cv.json").write_text(json.dumps(RESUME), "utf-8")
    (tmp_path / "other.json").write_text(content, "utf-8")
    bench.json("import", "resume", str(tmp_path / "cv.json"))
    assert "nothing of a CV" in bench.json("import", "resume", str(tmp_path / "other.json"), code=2)["detail"]
    assert bench.json("profile", "export") == RESUME
