"""`jobbot --help` imports nothing of the work, and a slice's edge names are the fixed ones."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {
    "torch",
    "onnxruntime",
    "onnx",
    "numpy",
    "faiss",
    "sqlalchemy",
    "alembic",
    "typst",
    "httpx",
    "pydantic",
    "fastapi",
    "starlette",
    "uvicorn",
    "rich",
    "typer",
    "huey",
}

CODE = "import sys; from jobbot.delivery.cli.root import main; main(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"


def imported(*arguments: str, before: str = "") -> set[str]:
    result = subprocess.run(
        [sys.executable, "-c", before + CODE, *arguments], capture_output=True, text=True, check=True
    )
    return {name.partition(".")[0] for name in result.stderr.split()}


@pytest.mark.parametrize("arguments", [("--help",), (), ("--version",)])
def test_help_imports_nothing_heavy(arguments: tuple[str, ...]) -> None:
    assert not imported(*arguments) & HEAVY


def test_that_gate_can_fail() -> None:
    assert "numpy" in imported("--help", before="import numpy; ") & HEAVY


def test_commands_help_without_the_encoder() -> None:
    """Asking a command for its help starts no model and opens no database."""
    assert not imported("match", "--help") & {"torch", "onnxruntime", "faiss", "typst"}


def test_tests_mirror_the_source() -> None:
    """A test folder without its source is a leftover."""
    free = {"web", "architecture", "golden", "journeys", "contracts", "fakes", "data", "docs", "benchmarks", "evals"}
    stray = []
    for folder in (ROOT / "tests").rglob("*"):
        parts = folder.relative_to(ROOT / "tests").parts
        if not folder.is_dir() or "__pycache__" in parts or free & set(parts):
            continue
        if not (ROOT / "src" / "jobbot" / Path(*parts)).exists():
            stray.append("/".join(parts))
    assert stray == []
