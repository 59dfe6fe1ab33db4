"""Loading plugins: what fails is named, what is left works."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint, distributions
from pathlib import Path

import pytest

from jobbot.platform.plugins import load
from jobbot.sdk import API_VERSION

GROUP = "jobbot.sources"
FINE = f"class Fine:\n    api_version = {API_VERSION}\nSOURCE = Fine()\n"


@pytest.fixture
def write(tmp_path: Path) -> Iterator[Path]:
    """A folder on the import path, taken off again together with what was imported from it."""
    sys.path.insert(0, str(tmp_path))
    yield tmp_path
    sys.path.remove(str(tmp_path))
    for name in [name for name in sys.modules if name.startswith("plugin_")]:
        del sys.modules[name]


def entry(folder: Path, name: str, code: str) -> EntryPoint:
    (folder / f"plugin_{name}.py").write_text(code)
    return EntryPoint(name, f"plugin_{name}:SOURCE", GROUP)


def test_the_built_in_sources_load() -> None:
    plugins = load(GROUP)
    assert {"greenhouse", "lever", "ashby"} <= set(plugins.loaded)
    assert plugins.broken == ()


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("raise RuntimeError('no such library')", "no such library"),
        ("import sys\nsys.exit(3)", "SystemExit"),
        ("this is no python", "SyntaxError"),
        ("OTHER = 1", "AttributeError"),
        ("SOURCE = object()", "api_version"),
        (f"class S:\n    api_version = {API_VERSION + 1}\nSOURCE = S()", "newer"),
        (f"class S:\n    api_version = {API_VERSION - 1}\nSOURCE = S()", "older"),
        ("class S:\n    api_version = '1'\nSOURCE = S()", "integer"),
        ("class S:\n    api_version = True\nSOURCE = S()", "integer"),
    ],
)
def test_a_plugin_that_fails_is_named_and_stops_no_other(write: Path, code: str, reason: str) -> None:
    plugins = load(GROUP, [entry(write, "bad", code), entry(write, "good", FINE)])
    assert list(plugins.loaded) == ["good"]
    assert [item.name for item in plugins.broken] == ["bad"]
    assert reason in plugins.broken[0].reason


def test_a_second_plugin_of_a_name_is_set_aside() -> None:
    ours = next(d for d in distributions(name="jobbot"))
    built_in = next(e for e in ours.entry_points if e.group == GROUP and e.name == "lever")
    thief = EntryPoint("lever", "os:path", GROUP)
    plugins = load(GROUP, [thief, built_in])
    assert plugins.loaded["lever"] is built_in.load()
    assert "taken" in plugins.broken[0].reason


def test_installed_entry_points_are_found(write: Path) -> None:
    info = write / "elsewhere-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: elsewhere\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[{GROUP}]\nelsewhere = plugin_elsewhere:SOURCE\n")
    entry(write, "elsewhere", FINE)
    assert "elsewhere" in load(GROUP).loaded
