"""The linters do bite: a missing type, a banned import and a bad format each fail under the project's own settings."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def tool(name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name(name)
    return subprocess.run([str(program), *arguments], cwd=ROOT, capture_output=True, text=True)


def test_strict_types_refuse_a_function_without_any(tmp_path: Path) -> None:
    (tmp_path / "loose.py").write_text("def loose(x):\n    return x\n")
    result = tool(
        "mypy", "--config-file", "pyproject.toml", "--cache-dir", str(tmp_path / "c"), str(tmp_path / "loose.py")
    )
    assert result.returncode == 1
    assert "no-untyped-def" in result.stdout


@pytest.mark.parametrize("line", ["import pickle", "import requests", "import lxml.etree", "eval(input())"])
def test_the_linter_refuses_what_security_forbids(line: str, tmp_path: Path) -> None:
    (tmp_path / "bad.py").write_text(f'"""Bad."""\n\n{line}\n')
    result = tool("ruff", "check", "--config", "pyproject.toml", "--no-cache", str(tmp_path / "bad.py"))
    assert result.returncode == 1
    assert "TID251" in result.stdout or "S307" in result.stdout


def test_the_formatter_refuses_another_format(tmp_path: Path) -> None:
    (tmp_path / "ugly.py").write_text("x = {  'a':1 }\n")
    arguments = ("format", "--check", "--config", "pyproject.toml", "--no-cache", str(tmp_path / "ugly.py"))
    assert tool("ruff", *arguments).returncode == 1
