"""Recorded answers through the whole program, served on loopback: counts, exit codes, sources that are off."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.features.sources.test_real import Program, serving

pytestmark = pytest.mark.shared
BOARDS = {
    ("workable", "southern-national"): (171, "Southern National Roofing"),
    ("recruitee", "manual"): (36, "Manual"),
    ("pinpoint", "auroraer"): (89, None),
    ("personio", "sample"): (1, "SecureCo GmbH"),
    ("teamtailor", "sample"): (2, "Teamtailor"),
}
OFF = {("smartrecruiters", "Gousto1"): 13, ("bamboohr", "avidbots"): 15}


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(tmp_path / "home", monkeypatch, capsys)


def test_boards_of_more_vendors(shared: Path, program: Program) -> None:
    with serving(shared) as url:
        for (source, board), (new, company) in BOARDS.items():
            code, run = program.run(url, "ingest", source, "--company", board)
            assert (code, run["new"], run["quarantined"]) == (0, new, [])
            items = program.run(url, "postings", "list", "--source", source, "--limit", "500")[1]["items"]
            assert len(items) == new
            assert company is None or {item["company"] for item in items} == {company}
        for source, board in BOARDS:
            assert program.run(url, "ingest", source, "--company", board)[1]["not_modified"]
        assert program.run(url, "ingest", "recruitee", "--company", "zzzzz")[0] == 3
        assert program.run(url, "ingest", "pinpoint", "--company", "zzzzz")[0] == 3
        assert program.run(url, "ingest", "recruitee", "--company", "a.b/c")[0] == 2


def test_sources_on_conditions_through_the_program(shared: Path, program: Program, tmp_path: Path) -> None:
    with serving(shared) as url:
        for source, board in OFF:
            code, problem = program.run(url, "ingest", source, "--company", board)
            assert (code, f"sources.{source}.enabled: true" in problem["detail"]) == (4, True)
        code, problem = program.run(url, "ingest", "adzuna", "--query", "nurse")
        assert (code, "JOBBOT_SOURCE_ADZUNA_APP_KEY_FILE" in problem["detail"]) == (2, True)
        lines = "".join(f"  {source}:\n    enabled: true\n" for source, _ in OFF)
        (tmp_path / "home").mkdir(exist_ok=True)
        (tmp_path / "home" / "config.yaml").write_text(f"sources:\n{lines}")
        for (source, board), new in OFF.items():
            code, run = program.run(url, "ingest", source, "--company", board)
            assert (code, run["new"]) == (0, new)
        assert program.run(url, "ingest", "smartrecruiters", "--company", "zzzzz")[0] == 3


@pytest.mark.parametrize("source", ["linkedin", "indeed", "glassdoor", "workday"])
def test_walled_sources_through_the_program(shared: Path, program: Program, source: str) -> None:
    with serving(shared) as url:
        code, problem = program.run(url, "ingest", source, "--query", "nurse")
    assert (code, "ingest file" in problem["detail"]) == (4, True)
