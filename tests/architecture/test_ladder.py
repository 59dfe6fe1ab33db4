"""The import contracts hold, and each of them breaks when the ladder is climbed the wrong way."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

VIOLATIONS = {
    "Tiers point downwards": ("kernel/broken.py", "import jobbot.settings\n"),
    "Features form a ladder": ("features/profile/broken.py", "import jobbot.features.sources\n"),
    "Platform services have a fixed order": ("platform/storage/broken.py", "import jobbot.platform.safety\n"),
    "Torch and onnxruntime stay behind inference": ("features/matching/broken.py", "import onnxruntime\n"),
    "FastAPI only in http adapters": ("platform/storage/broken.py", "import typer\n"),
    "Slice models are pure": ("features/matching/model.py", "import jobbot.platform.storage\n"),
    "Only http.py speaks FastAPI, only cli.py speaks Typer": ("features/matching/broken.py", "import typer\n"),
    "Only store.py speaks SQLAlchemy inside features": ("features/matching/broken.py", "import sqlalchemy\n"),
}


def lint(source: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    environment = {**os.environ, "PYTHONPATH": str(source), "COLUMNS": "200"}
    command = [str(program), "--no-cache", "--config", str(ROOT / ".importlinter")]
    return subprocess.run(command, cwd=source.parent, env=environment, capture_output=True, text=True)


def broken(output: str) -> list[str]:
    return [line for line in output.splitlines() if " BROKEN" in line]


@pytest.fixture(scope="module")
def skeleton(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package whose modules can be spoiled."""
    target = tmp_path_factory.mktemp("ladder") / "src"
    shutil.copytree(ROOT / "src" / "jobbot", target / "jobbot", ignore=shutil.ignore_patterns("__pycache__"))
    return target


def test_the_ladder_holds() -> None:
    result = lint(ROOT / "src")
    assert result.returncode == 0, result.stdout
    assert "0 broken" in result.stdout


@pytest.mark.parametrize("contract", VIOLATIONS)
def test_each_contract_can_break(contract: str, skeleton: Path) -> None:
    path, violation = VIOLATIONS[contract]
    target = skeleton / "jobbot" / path
    before = target.read_text() if target.exists() else None
    target.write_text((before or "") + violation)
    try:
        result = lint(skeleton)
    finally:
        if before is None:
            target.unlink()
        else:
            target.write_text(before)
    assert result.returncode != 0
    assert any(contract in line for line in broken(result.stdout)), result.stdout


def test_an_unplaced_slice_is_refused(skeleton: Path) -> None:
    folder = skeleton / "jobbot" / "features" / "gossip"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    try:
        result = lint(skeleton)
    finally:
        shutil.rmtree(folder)
    assert result.returncode != 0
