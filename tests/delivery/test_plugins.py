"""Plugins as they are installed: packages with entry points, one that works and several that do not."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from tests.features.sources.replayed import Program, Replayed, replaying
from tests.platform.plugins.test_load import FINE

ROOT = Path(__file__).resolve().parents[2]
COMPLETE = ROOT / "plugins" / "jobbot-platsbanken"
SEARCH = "jobsearch.api.jobtechdev.se/search?limit=100&offset=0&sort=pubdate-desc"
BROKEN = {
    "missing": ("import nothing_of_the_kind", "ModuleNotFoundError"),
    "quits": ("import sys\nsys.exit('no')", "SystemExit"),
    "future": (FINE.replace("api_version = 1", "api_version = 7"), "API 7, a newer one"),
    "cardless": (FINE.replace("    card =", "    thing ="), "its `card` is missing"),
    "waiting": (FINE.replace("    def list", "    async def list"), "its `list` is async"),
    "greenhouse": (FINE, "its name is taken by another plugin"),
}
"""What stands in the module of a package, and what is said of it."""
FAILING = {
    "raises": ("        return {}['jobs']", "KeyError: 'jobs'"),
    "rubbish": ("        return ['Baker']", "list instead of a Listing"),
    "leaves": ("        raise SystemExit(3)", "SystemExit: 3"),
}
"""Packages that load, and what their `list` does."""


def wheel(folder: Path, name: str, code: str) -> Path:
    """A package of one module, as a wheel."""
    module, info = f"acme_{name}", f"acme_{name}-1.5.dist-info"
    files = {
        f"{module}.py": code.replace("NAME", name),
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: acme-{name}\nVersion: 1.5\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": f"[jobbot.sources]\n{name} = {module}:SOURCE\n",
    }
    path = folder / f"acme_{name}-1.5-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for file, text in files.items():
            archive.writestr(file, text)
        archive.writestr(f"{info}/RECORD", "".join(f"{file},,\n" for file in [*files, f"{info}/RECORD"]))
    return path


def install(wheels: list[Path], target: Path) -> None:
    quiet = ["-q", "--disable-pip-version-check", "--no-index", "--no-deps"]
    subprocess.run([sys.executable, "-m", "pip", "install", *quiet, "--target", target, *wheels], check=True)


def environment(target: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(target), "PYTHONDONTWRITEBYTECODE": "1"}


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder beside jobbot in which the complete plugin and the broken ones are installed."""
    folder = tmp_path_factory.mktemp("plugins")
    source = shutil.copytree(COMPLETE, folder / "source", ignore=shutil.ignore_patterns("__pycache__"))
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=source, check=True, capture_output=True)
    bodies = {name: FINE.replace("        return Listing(board)", body) for name, (body, _) in FAILING.items()}
    codes = {**{name: code for name, (code, _) in BROKEN.items()}, **bodies}
    for name, code in codes.items():
        wheel(folder, name, code)
    install(sorted(folder.glob("*.whl")), folder / "target")
    return folder / "target"


@pytest.fixture
def replayed() -> Iterator[Replayed]:
    with replaying() as server:
        yield server


@pytest.fixture
def program(
    target: Path,
    replayed: Replayed,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Program]:
    """The program, with the packages on its import path."""
    monkeypatch.syspath_prepend(str(target))
    yield Program(tmp_path / "home", replayed.url, monkeypatch, capsys)
    for name in [name for name in sys.modules if name.startswith(("acme_", "jobbot_platsbanken"))]:
        del sys.modules[name]


def test_the_complete_plugin_s_own_tests_pass_where_it_is_installed(target: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, "--rootdir", "."]
    ran = subprocess.run(
        [*command, "tests"], cwd=COMPLETE, env=environment(target), capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "3 passed" in ran.stdout


def test_every_plugin_in_this_repository_is_held_to_the_kit(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The built-in sources are counted in tests/features/sources/boards/test_kit.py; a new folder belongs up there."""
    folders = [folder for folder in (ROOT / "plugins").iterdir() if (folder / "pyproject.toml").is_file()]
    assert folders == [COMPLETE]
    project = tomllib.loads((COMPLETE / "pyproject.toml").read_text("utf-8"))["project"]
    named = project["entry-points"]["jobbot.sources"]
    monkeypatch.syspath_prepend(str(target))
    installed = {entry.name: entry.value for entry in entry_points(group="jobbot.sources") if entry.name in named}
    assert installed == named
    tests = "".join(path.read_text("utf-8") for path in (COMPLETE / "tests").glob("test_*.py"))
    for module in {value.partition(":")[0] for value in named.values()}:
        assert f"from {module} import SOURCE" in tests
    assert "check_source(SOURCE" in tests
    assert "check_mutations(SOURCE" in tests


def test_a_process_finds_it_by_its_entry_point(target: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "jobbot", "--home", str(tmp_path / "home"), "sources", "list", "--json"]
    ran = subprocess.run(command, env=environment(target), capture_output=True, text=True, check=True)
    shown = {entry["source"]: entry for entry in json.loads(ran.stdout) if entry["health"] != "broken"}
    assert shown["platsbanken"]["health"] == "not connected"
    assert shown["platsbanken"]["verification"].startswith("unverified")
    assert {"greenhouse", "lever", "ashby", "remoteok"} <= set(shown)


def test_it_is_used_as_any_other_source(program: Program, replayed: Replayed) -> None:
    replayed.serve(f"{SEARCH}&q=sjuksk%C3%B6terska%20norr", (COMPLETE / "tests" / "answer.json").read_bytes())
    code, run = program.run("ingest", "platsbanken", "--query", "sjuksköterska norr")
    assert (code, run["new"], run["quarantined"]) == (0, 2, [])
    items = program.run("postings", "list")[1]["items"]
    assert {item["attribution"] for item in items} == {"Arbetsförmedlingen, Platsbanken"}
    assert {item["company"] for item in items} == {"Strandbyns kommun", "Fjällhyttan Bygg"}
    assert program.run("ingest", "platsbanken", "--query", "sjuksköterska norr")[1]["not_modified"]


def test_broken_ones_are_set_aside_named_and_shown(program: Program) -> None:
    code, entries = program.run("sources", "list")
    broken = {entry["source"]: entry["reason"] for entry in entries if entry["health"] == "broken"}
    assert (code, set(broken)) == (0, set(BROKEN))
    for name, (_, reason) in BROKEN.items():
        assert broken[name].startswith(f"acme-{name} 1.5, acme_{name}:SOURCE: ")
        assert reason in broken[name]
    assert {entry["source"] for entry in entries if entry["health"] == "not connected"} > set(FAILING)
    checks = {check["name"]: check for check in program.run("doctor")[1]["checks"]}
    assert not checks["sources"]["ok"]
    assert all(f"{name} is set aside (acme-{name} 1.5" in checks["sources"]["detail"] for name in BROKEN)


def test_one_that_is_set_aside_says_why_when_it_is_asked_for(program: Program) -> None:
    code, problem = program.run("ingest", "missing", "--company", "acme")
    assert (code, "acme-missing 1.5" in problem["detail"]) == (1, True)
    assert program.run("ingest", "greenhouse", "--company", "nobody")[0] == 3, "the built-in one keeps its name"


@pytest.mark.parametrize("name", FAILING)
def test_one_that_breaks_while_it_reads_fails_alone(program: Program, replayed: Replayed, name: str) -> None:
    replayed.serve(SEARCH, (COMPLETE / "tests" / "answer.json").read_bytes())
    code, problem = program.run("ingest", name, "--company", "demo")
    assert (code, FAILING[name][1] in problem["detail"]) == (1, True)
    assert f"(acme-{name} 1.5, acme_{name}:SOURCE) broke on 'demo'" in problem["detail"]
    assert program.run("ingest", "platsbanken")[1]["new"] == 2


def test_an_import_that_never_ends_holds_up_neither_the_others_nor_the_end(tmp_path: Path) -> None:
    code = "import threading\nthreading.Event().wait()"
    install([wheel(tmp_path, "forever", code), wheel(tmp_path, "works", FINE)], tmp_path / "target")
    script = (
        "from jobbot.platform.plugins import load\n"
        "found = load('jobbot.sources', patience=0.5)\n"
        "print('works' in found.loaded, [(item.name, item.reason) for item in found.broken])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], env=environment(tmp_path / "target"), capture_output=True, text=True, check=True
    )
    assert ran.stdout.startswith("True [('forever', 'acme-forever 1.5, acme_forever:SOURCE: its import did not end")
