"""Loading plugins: what fails is named, what is left works."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint, distributions
from pathlib import Path
from textwrap import dedent

import pytest

from jobbot.platform.plugins import load
from jobbot.sdk import API_VERSION

GROUP = "jobbot.sources"
FINE = dedent(
    """
    from jobbot.sdk import BoardRef, HostPolicy, Listing, SourceCard, Verdict

    class Fine:
        api_version = 1
        card = SourceCard(
            "NAME", "Fine Jobs", Verdict.ALLOWED, "made for it", HostPolicy(frozenset({"api.fine.example"}))
        )

        def list(self, board, http, etag=""):
            return Listing(board)

        def recognise(self, url):
            return None

    SOURCE = Fine()
    """
)


@pytest.fixture
def write(tmp_path: Path) -> Iterator[Path]:
    """A folder on the import path, taken off again together with what was imported from it."""
    sys.path.insert(0, str(tmp_path))
    yield tmp_path
    sys.path.remove(str(tmp_path))
    for name in [name for name in sys.modules if name.startswith("plugin_")]:
        del sys.modules[name]


def entry(folder: Path, name: str, code: str) -> EntryPoint:
    (folder / f"plugin_{name}.py").write_text(code.replace("NAME", name))
    return EntryPoint(name, f"plugin_{name}:SOURCE", GROUP)


def like_fine(change: str, by: str) -> str:
    """The sound plugin with one thing replaced."""
    assert change in FINE
    return FINE.replace(change, by)


def test_the_built_in_sources_load() -> None:
    plugins = load(GROUP)
    assert {"greenhouse", "lever", "ashby"} <= set(plugins.loaded)
    assert plugins.broken == ()


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("raise RuntimeError('no such library')", "RuntimeError: no such library"),
        ("import nothing_of_the_kind", "No module named"),
        ("import sys\nsys.exit(3)", "SystemExit"),
        ("this is no python", "SyntaxError"),
        ("OTHER = 1", "AttributeError"),
        ("SOURCE = object()", "api_version"),
        (like_fine("api_version = 1", f"api_version = {API_VERSION + 1}"), "newer"),
        (like_fine("api_version = 1", f"api_version = {API_VERSION - 1}"), "older"),
        (like_fine("api_version = 1", "api_version = '1'"), "integer"),
        (like_fine("api_version = 1", "api_version = True"), "integer"),
        (like_fine("SOURCE = Fine()", "SOURCE = Fine"), "publish an instance"),
        (like_fine("    card = SourceCard", "    thing = SourceCard"), "its `card` is missing"),
        (like_fine("    card = SourceCard", "    card = dict(a=1)\n    thing = SourceCard"), "of type dict"),
        (like_fine("    def list", "    async def list"), "async"),
        (like_fine("        return Listing(board)", "        yield Listing(board)"), "yields"),
        (like_fine("def recognise", "def recognize"), "no method `recognise`"),
        (like_fine('"NAME", "Fine', '"greenhouse", "Fine'), "published as 'bad' and its card says 'greenhouse'"),
        (like_fine('"NAME", "Fine', '"Bad Name", "Fine'), "lower-case"),
        (like_fine("Verdict.ALLOWED", "'allowed'"), "jobbot.sdk.Verdict"),
        (like_fine("Verdict.ALLOWED", "Verdict.ATTRIBUTION"), "no `attribution`"),
        (like_fine('"made for it"', "''"), "no reason"),
        (like_fine('{"api.fine.example"}', "set()"), "names no host"),
        (like_fine('"api.fine.example"', '"https://api.fine.example/"'), "bare lower-case"),
        (like_fine('"api.fine.example"', '"*.com"'), "bare lower-case"),
        (like_fine('"api.fine.example"', '"127.0.0.1"'), "bare lower-case"),
        (like_fine('example"}))', 'example"}), 0.1)'), "1 s apart is the least"),
        (like_fine('example"}))', 'example"}), robots_exempt="so"))'.replace("))", ")", 1)), "robots.txt aside"),
    ],
)
def test_a_plugin_that_fails_is_named_and_stops_no_other(write: Path, code: str, reason: str) -> None:
    plugins = load(GROUP, [entry(write, "bad", code), entry(write, "good", FINE)])
    assert list(plugins.loaded) == ["good"]
    assert [item.name for item in plugins.broken] == ["bad"]
    assert reason in plugins.broken[0].reason
    assert plugins.broken[0].reason.startswith("plugin_bad:SOURCE: ")


def test_an_import_that_never_ends_is_left_behind(write: Path) -> None:
    waiting = "import threading\nthreading.Event().wait()"
    plugins = load(GROUP, [entry(write, "waits", waiting), entry(write, "works", FINE)], patience=0.2)
    assert list(plugins.loaded) == ["works"]
    assert "did not end in 0.2 s" in plugins.broken[0].reason


def test_what_an_import_prints_is_no_answer_of_ours(write: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plugins = load(GROUP, [entry(write, "loud", f"print('here I am')\n{FINE}")])
    assert list(plugins.loaded) == ["loud"]
    assert capsys.readouterr() == ("", "here I am\n")


def test_a_second_plugin_of_a_name_is_set_aside() -> None:
    ours = next(d for d in distributions(name="jobbot"))
    built_in = next(e for e in ours.entry_points if e.group == GROUP and e.name == "lever")
    thief = EntryPoint("lever", "os:path", GROUP)
    plugins = load(GROUP, [thief, built_in])
    assert plugins.loaded["lever"] is built_in.load()
    assert "taken" in plugins.broken[0].reason


def test_a_name_that_means_something_else_is_not_taken(write: Path) -> None:
    assert "means something else" in load(GROUP, [entry(write, "all", FINE)]).broken[0].reason


def test_installed_entry_points_are_found_and_the_package_is_named(write: Path) -> None:
    info = write / "elsewhere-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: elsewhere\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        f"[{GROUP}]\nelsewhere = plugin_elsewhere:SOURCE\nnowhere = plugin_nowhere:SOURCE\n"
    )
    entry(write, "elsewhere", FINE)
    plugins = load(GROUP)
    assert "elsewhere" in plugins.loaded
    assert plugins.broken[0].reason.startswith("elsewhere 1.0, plugin_nowhere:SOURCE: ModuleNotFoundError")
