"""The house rules hold, and each of them can fail."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("house_rules", Path(__file__).with_name("rules.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["house_rules"] = module
    spec.loader.exec_module(module)
    return module


rules = _load()

BREAKS = {
    "small_functions": ("features/a.py", '"""A."""\ndef f():\n' + "    x = 1\n" * 61),
    "small_files": ("features/a.py", '"""A."""\n' + "x = 1\n" * 401),
    "one_way_out": ("features/a.py", '"""A."""\ndef f():\n    import httpx\n'),
    "clock_is_handed_in": ("features/a.py", '"""A."""\nimport datetime\nx = datetime.datetime.now()\n'),
    "settings_are_handed_in": ("features/a.py", '"""A."""\nimport os\nx = os.environ["HOME"]\n'),
    "named_after_work": ("features/a/utils.py", '"""A."""\n'),
    "finished": ("features/a.py", '"""A."""\nx = 1  # TO' + "DO: real value\n"),
    "chartered": ("features/a.py", "x = 1\n"),
    "no_broad_silence": ("features/a.py", '"""A."""\ntry:\n    x = 1\nexcept Exception:\n    pass\n'),
}


def test_the_package_keeps_the_house_rules() -> None:
    assert rules.problems(ROOT / "src" / "jobbot") == []


def test_there_are_files_to_check() -> None:
    assert len(list(rules.sources(ROOT / "src" / "jobbot"))) > 50


@pytest.mark.parametrize("rule", [rule.__name__ for rule in rules.RULES])
def test_each_rule_can_fail(rule: str, tmp_path: Path) -> None:
    path, text = BREAKS[rule]
    target = tmp_path / path
    target.parent.mkdir(parents=True)
    target.write_text(text)
    found = [problem for source in rules.sources(tmp_path) for problem in getattr(rules, rule)(source)]
    assert len(found) == 1, found
    assert path in found[0]


def test_the_ratchet_on_big_files_can_fail(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text('"""A."""\n' + "x = 1\n" * 350)
    assert any("files exceed" in problem for problem in rules.problems(tmp_path))
