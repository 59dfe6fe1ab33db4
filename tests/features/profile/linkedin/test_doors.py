"""From the words typed, and from the API, to what is kept."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from jobbot.bootstrap import App
from jobbot.delivery.api.app import create_app
from jobbot.delivery.cli.root import main
from jobbot.features.accounts.model import Kind
from jobbot.kernel.clock import FixedClock
from jobbot.platform.http.body import MAX_UPLOAD
from jobbot.settings import Keys, Models, Network, Settings

from .papers import paper
from .samples import NAME, SKILLS, export, packed, snapshot

GOLDEN = Path(__file__).parents[3] / "golden" / "imports" / "linkedin.json"


class Bench:
    """Runs jobbot over one data directory."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.home, self.capsys = home, capsys

    def text(self, *words: str, code: int = 0) -> str:
        assert main(["--home", str(self.home), *words]) == code
        captured = self.capsys.readouterr()
        return captured.out + captured.err

    def json(self, *words: str, code: int = 0) -> Any:
        return json.loads(self.text(*words, "--json", code=code))


@pytest.fixture
def bench(home: Path, capsys: pytest.CaptureFixture[str]) -> Bench:
    return Bench(home, capsys)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with the three things LinkedIn hands out, and a CV of another kind."""
    folder = tmp_path / "downloads"
    folder.mkdir()
    (folder / NAME).write_bytes(export())
    (folder / "snapshot.json").write_bytes(snapshot())
    (folder / "Profile.pdf").write_bytes(paper())
    (folder / "cv.md").write_text("# Mara Lindqvist\n\n## Skills\n\n- Triage\n", "utf-8")
    return folder


@pytest.mark.parametrize("door", ["resume", "linkedin"])
def test_the_export_is_imported_once_and_again_changes_nothing(bench: Bench, files: Path, door: str) -> None:
    told = bench.json("import", door, str(files / NAME))
    golden = json.loads(GOLDEN.read_text("utf-8"))
    assert {key: told[key] for key in ("read", "unsure", "unused", "notes", "resume", "kind")} == {
        key: golden[key] for key in ("read", "unsure", "unused", "notes", "resume", "kind")
    }
    assert (told["version"], told["changed"], told["removed"], told["conflicts"]) == (1, 0, 0, [])
    assert told["added"] > 20
    row = next(row for row in told["read"] if row["pointer"] == "/work/1/position")
    assert row["from"] | {"start": 0, "end": 0} == {
        "page": None,
        "start": 0,
        "end": 0,
        "file": "Positions.csv",
        "line": 5,
        "column": "Title",
    }
    again = bench.json("import", door, str(files / NAME))
    assert (again["version"], again["added"], again["changed"], again["removed"]) == (1, 0, 0, 0)
    assert bench.json("profile", "export") == golden["resume"]
    assert bench.json("profile", "show")["history"][0]["origin"] == "linkedin"


def test_a_dry_run_keeps_nothing(bench: Bench, files: Path) -> None:
    told = bench.json("import", "linkedin", str(files / NAME), "--dry-run")
    assert told["version"] is None
    assert told["added"] > 20
    bench.json("profile", "show", code=3)


def test_pdf_then_json_then_archive_are_one_profile(bench: Bench, files: Path) -> None:
    assert bench.json("import", "linkedin", str(files / "Profile.pdf"))["kind"] == "linkedin-pdf"
    assert bench.json("import", "linkedin", str(files / "snapshot.json"))["removed"] == 0
    told = bench.json("import", "linkedin", str(files / NAME))
    assert told["removed"] == 0
    assert len(told["resume"]["work"]) == 3
    assert told["resume"]["skills"] == [
        {"name": "Skills", "keywords": ["Triage", "Wound Care", "Early Warning Scores"]}
    ]
    assert {row["pointer"] for row in told["conflicts"]} >= {"/basics/label", "/work/2/startDate"}
    assert bench.json("import", "linkedin", str(files / NAME))["version"] == told["version"]


def test_another_cv_is_sent_to_the_other_command(bench: Bench, files: Path) -> None:
    refused = bench.json("import", "linkedin", str(files / "cv.md"), code=2)
    assert "jobbot import resume cv.md" in refused["detail"]


def test_the_notes_for_a_person(bench: Bench, files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    shown = bench.text("import", "linkedin", str(files / NAME), "--dry-run")
    assert f"{NAME} (LinkedIn export): " in " ".join(shown.split())
    assert "Team Lead, Region Syd, Malmö" in shown
    assert "not opened" in shown
    (files / "short.zip").write_bytes(packed({"Skills.csv": SKILLS, "Languages.csv": "Name,Proficiency\nSwedish\n"}))
    assert "Languages.csv line 2" in bench.text("import", "linkedin", str(files / "short.zip"), "--dry-run")
    assert "Example: jobbot import linkedin" in bench.text("import", "linkedin", "--help")


@pytest.fixture
def api(tmp_path: Path) -> Iterator[TestClient]:
    program = App(
        Settings(
            home=tmp_path / "api",
            models=Models(embedding="none"),
            keys=Keys(kek_file=str(tmp_path / "kek")),
            network=Network(offline=True),
        ),
        clock=FixedClock(),
    )
    try:
        with TestClient(create_app(program), base_url="http://127.0.0.1:8765") as client:
            client.headers["Authorization"] = f"Bearer {program.sessions.issue(Kind.MACHINE)[0]}"
            yield client
    finally:
        program.close()


def key() -> dict[str, str]:
    return {"Idempotency-Key": str(uuid.uuid4())}


def test_the_api_takes_the_archive_and_gives_the_same_report(api: TestClient) -> None:
    form = {"file": (NAME, export(), "application/zip")}
    told = api.post("/api/v1/profile/import?dry_run=true", files=form, headers=key()).json()
    golden = json.loads(GOLDEN.read_text("utf-8"))
    for name in ("read", "unsure", "unused", "notes", "resume", "kind", "conflicts"):
        assert told[name] == golden[name], name
    kept = api.post("/api/v1/profile/import", files=form, headers=key()).json()
    assert (kept["version"], kept["added"]) == (1, told["added"])
    again = api.post("/api/v1/profile/import", files=form, headers=key()).json()
    assert (again["version"], again["added"], again["changed"]) == (1, 0, 0)


def test_the_api_says_what_is_wrong_with_an_archive(api: TestClient) -> None:
    def refused(data: bytes, status: int) -> str:
        answer = api.post("/api/v1/profile/import", files={"file": (NAME, data)}, headers=key())
        assert answer.status_code == status
        return str(answer.json()["detail"])

    assert "leads out" in refused(packed({"../Skills.csv": SKILLS}), 422)
    assert "found: user.json" in refused(packed({"user.json": "{}"}), 422)
    assert "only the part that is needed" in refused(b"PK\x03\x04" + bytes(MAX_UPLOAD), 413)
    assert api.get("/api/v1/profile").status_code == 404
