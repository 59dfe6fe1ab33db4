"""The page about the taxonomy says how much there really is."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from jobbot.features.skills.taxonomy import load_core

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "taxonomy.md"


def counts() -> str:
    core = load_core()
    fields = Counter(field for skill in core.skills for field in skill.fields)
    rows = [f"| {name} | {number} |" for name, number in sorted(fields.items())]
    total = f"| all skills, each once | {len(core)} |"
    return "\n".join(
        ["| field | skills |", "|---|---|", *rows, total, f"| occupations | {len(core.all_occupations)} |"]
    )


def test_the_page_counts_right() -> None:
    assert counts() in PAGE.read_text(encoding="utf-8"), f"put this into {PAGE.name}:\n{counts()}"
