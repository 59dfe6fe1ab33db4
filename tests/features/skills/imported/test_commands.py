"""`taxonomy import`, `remove` and `status`, and what the other commands then answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.features.skills.imported import made
from tests.features.skills.imported.made import job, skill

from jobbot.delivery.cli.root import main


def run(capsys: pytest.CaptureFixture[str], home: Path, *words: str) -> tuple[int, Any]:
    code = main(["--home", str(home), "--json", *words])
    return code, json.loads(capsys.readouterr().out)


def test_a_whole_round(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = str(made.folder(tmp_path / "esco", made.FOLDER))
    code, dry = run(capsys, home, "taxonomy", "import", "esco", place, "--dry-run")
    assert (code, dry["dry_run"], dry["changed"]) == (0, True, True)
    code, report = run(capsys, home, "taxonomy", "import", "esco", place)
    assert (code, report["set"], report["read"]["occupations"]) == (0, "esco", 3)
    code, status = run(capsys, home, "taxonomy", "status")
    assert (code, status["taxonomies"]) == (0, ["core", "esco"])
    assert status["imported"][0]["languages"] == ["de", "en"]
    lines = tmp_path / "lines.jsonl"
    lines.write_text('{"id": "1", "text": "Requirements\\n- bell tuning"}\n', encoding="utf-8")
    code, found = run(capsys, home, "skills", "extract", str(lines), "--jsonl", "--literal")
    assert [mention["uri"] for mention in found[0]["skills"]] == [skill(3)]
    lines.write_text('{"id": "1", "text": "Bell maker (m/w/d)"}\n', encoding="utf-8")
    code, found = run(capsys, home, "skills", "title", str(lines), "--jsonl")
    assert (found[0]["id"], found[0]["occupations"][0]["uri"]) == ("1", job(1))
    assert set(found[0]["occupations"][0]) == {"uri", "label", "score"}
    code, removed = run(capsys, home, "taxonomy", "remove", "esco")
    assert (code, removed) == (0, {"removed": "esco"})
    code, status = run(capsys, home, "taxonomy", "status")
    assert status["taxonomies"] == ["core"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["import", "esco", "NOWHERE"], 3, "there is no"),
        (["import", "wikidata", "PLACE"], 2, "esco and onet"),
        (["import", "onet", "PLACE"], 2, "no table of O*NET"),
        (["import", "esco", "BROKEN"], 2, "a.csv:1"),
        (["remove", "onet"], 3, "not imported"),
    ],
)
def test_what_is_refused_says_why(
    words: list[str], code: int, said: str, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made.folder(tmp_path / "PLACE", made.FOLDER)
    made.folder(tmp_path / "BROKEN", {"a.csv": made.LABELS.replace(",", ";")})
    found, failure = run(capsys, home, "taxonomy", *(str(tmp_path / w) if w.isupper() else w for w in words))
    assert found == code
    assert said in failure["detail"]


def test_a_damaged_set_is_seen_by_doctor(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, home, "taxonomy", "import", "esco", str(made.folder(tmp_path / "esco", made.FOLDER)))
    checks = {check["name"]: check for check in run(capsys, home, "doctor")[1]["checks"]}
    assert (checks["taxonomies"]["ok"], checks["taxonomies"]["detail"]) == (True, "core, esco")
    (home / "taxonomies" / "esco.json").write_text("{", encoding="utf-8")
    checks = {check["name"]: check for check in run(capsys, home, "doctor")[1]["checks"]}
    assert not checks["taxonomies"]["ok"]
    assert "jobbot taxonomy remove esco" in checks["taxonomies"]["detail"]


def test_a_person_reads_the_report(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = made.folder(tmp_path / "esco", {**made.FOLDER, "notes.txt": "x"})
    assert main(["--home", str(home), "taxonomy", "import", "esco", str(place)]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "ESCO imported: 7 skills, 3 occupations" in out
    assert "left out of notes.txt: its header is not that of a known table" in out
    assert "Undo: jobbot taxonomy remove esco" in out
    assert main(["--home", str(home), "taxonomy", "status"]) == 0
    assert "core + esco" in capsys.readouterr().out
