"""The name of the rules follows every file that decides how an advert is read."""

from __future__ import annotations

import shutil
from pathlib import Path

from jobbot.features.skills import rules


def test_the_version_is_short_and_stays(tmp_path: Path) -> None:
    rules.version.cache_clear()
    assert rules.version() == rules.version()
    assert len(rules.version()) == rules.LENGTH


def test_one_more_alias_is_another_version(tmp_path: Path) -> None:
    folder = tmp_path / "skills"
    shutil.copytree(Path(rules.__file__).parent, folder, ignore=shutil.ignore_patterns("__pycache__"))
    before = rules.digest(folder)
    assert before == rules.version()
    core = folder / "core" / "science.txt"
    core.write_text(core.read_text("utf-8") + "k Dendrochronology\n", "utf-8")
    assert rules.digest(folder) != before
