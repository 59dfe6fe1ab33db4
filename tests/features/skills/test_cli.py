"""`jobbot skills` and `jobbot taxonomy` through the program's own entry point."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from jobbot.delivery.cli.root import main

ADVERT = "Requirements\n• 3+ years as a [nurse]\n• Fluent German\n"


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(list(words))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.fixture(autouse=True)
def without_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Links by meaning are tested with the tagger; here a new data directory must not build an encoder each time."""
    monkeypatch.setenv("JOBBOT_EMBEDDING_MODEL", "none")


@pytest.fixture
def advert(tmp_path: Path) -> Path:
    path = tmp_path / "advert.txt"
    path.write_text(ADVERT, encoding="utf-8")
    return path


def test_extract_as_json(home: Path, advert: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--home", str(home), "skills", "extract", str(advert), "--json")
    data = json.loads(out)
    assert code == 0
    assert set(data) == {"id", "skills", "requirements"}
    assert data["id"] == "advert.txt"
    for row in (*data["skills"], *data["requirements"]):
        assert ADVERT[row["start"] : row["end"]] == row["quote"]
    assert {"start", "end", "quote", "skill", "uri", "kind", "confidence", "inferred"} <= set(data["skills"][0])
    assert {"start", "end", "quote", "polarity", "any_of", "years", "skills"} <= set(data["requirements"][0])
    assert data["requirements"][0]["years"] == 3
    assert "language" in {row["kind"] for row in data["skills"]}


def test_literal_names_alone(home: Path, advert: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--home", str(home), "skills", "extract", str(advert), "--literal", "--json")
    assert code == 0
    rows = json.loads(out)["skills"]
    assert {(row["quote"], row["kind"]) for row in rows} == {("nurse", "knowledge"), ("German", "language")}
    assert not any(row["inferred"] for row in rows)


def test_without_a_tagger_it_says_so(home: Path, advert: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home.mkdir()
    (home / "config.yaml").write_text("models: {tagger: none}\n", encoding="utf-8")
    code, out, _ = run(capsys, "--home", str(home), "skills", "extract", str(advert))
    assert code == 0
    assert "no tagger: literal names only" in out
    (home / "config.yaml").write_text("models: {tagger: elsewhere}\n", encoding="utf-8")
    code, _, err = run(capsys, "--home", str(home), "skills", "extract", str(advert))
    assert code == 3
    assert "models.tagger" in err


def test_extract_for_a_person_keeps_brackets(home: Path, advert: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--home", str(home), "skills", "extract", str(advert))
    assert code == 0
    assert "[nurse]" in out
    assert "German" in out


def test_lines_in_lines_out(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "many.jsonl"
    long = "Requirements\n" + "• Python and [red]SQL[/red] and reporting to many people in many places\n" * 5
    path.write_text(
        f"{json.dumps({'id': 'a', 'text': ADVERT})}\n\n{json.dumps({'id': 7, 'text': long})}\n", encoding="utf-8"
    )
    code, out, _ = run(capsys, "--home", str(home), "skills", "extract", str(path), "--jsonl")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [row["id"] for row in rows] == ["a", "7"]
    assert "[red]SQL[/red]" in rows[1]["requirements"][0]["quote"]
    code, out, _ = run(capsys, "--home", str(home), "--json", "skills", "extract", str(path), "--jsonl")
    assert json.loads(out) == rows


def test_standard_input(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ADVERT.encode())))
    code, out, _ = run(capsys, "--home", str(home), "skills", "extract", "-", "--json")
    assert code == 0
    assert json.loads(out)["requirements"]


@pytest.mark.parametrize(
    ("content", "words", "code"),
    [
        (b'{"id": "a"}', "/text", 2),
        (b'{"id": "a", "text": 5}', "/text", 2),
        (b"[1]", "/text", 2),
        (b'{"text": "a", "text": "b"}', "twice", 2),
        (b'{"text": NaN}', "NaN", 2),
        (b'{"text"', "not JSON", 2),
        (b"\xff\xfe", "UTF-8", 2),
    ],
)
def test_bad_lines_are_named(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, words: str, code: int
) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_bytes(content)
    got, _, err = run(capsys, "--home", str(home), "skills", "extract", str(path), "--jsonl")
    assert got == code
    assert words in err
    assert "bad.jsonl" in err


def test_no_such_file(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "--home", str(home), "skills", "extract", "nowhere.txt")
    assert code == 3
    assert "nowhere.txt" in err


def test_a_folder_is_no_text(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--home", str(home), "skills", "extract", str(tmp_path))[0] == 2


def test_title(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--home", str(home), "skills", "title", "Senior", "Nurse", "--json")
    data = json.loads(out)
    assert code == 0
    assert data["occupations"][0]["label"] == "Registered nurse"
    assert len(data["occupations"]) >= 10
    assert set(data["occupations"][0]) == {"uri", "label", "score"}
    path = tmp_path / "titles.jsonl"
    path.write_text('{"id": "1", "text": "Welder"}\n{"id": "2", "text": "CFO"}\n', encoding="utf-8")
    code, out, _ = run(capsys, "--home", str(home), "skills", "title", str(path), "--jsonl")
    labels = [json.loads(line)["occupations"][0]["label"] for line in out.splitlines()]
    assert labels == ["Welder", "Chief financial officer"]
    assert "Registered nurse" in run(capsys, "--home", str(home), "skills", "title", "RN")[1]


def test_taxonomy_status(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--home", str(home), "taxonomy", "status", "--json")
    data = json.loads(out)
    assert code == 0
    assert data["taxonomies"] == ["core"]
    assert sum(data["kinds"].values()) == data["skills"]
    assert "occupations" in run(capsys, "--home", str(home), "taxonomy", "status")[1]


@pytest.mark.parametrize("words", ["", "  ", "!?"])
def test_a_title_without_words_is_refused(words: str, home: Path) -> None:
    assert main(["--home", str(home), "skills", "title", words]) == 2
