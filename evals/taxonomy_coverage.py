"""How much of what readers of real adverts missed in a CV the core taxonomy can name at all."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.frame import Row

from evals.shared import judged
from jobbot.features.skills.extract import Extractor
from jobbot.features.skills.model import Requirement, RequirementKind
from jobbot.features.skills.taxonomy import load_core

STRUCTURAL = (RequirementKind.EXPERIENCE, RequirementKind.DEGREE, RequirementKind.WORK_PERMIT, RequirementKind.SHIFT)


def run() -> list[Row]:
    folder = judged()
    extractor = Extractor(load_core())
    phrases = list(missed(folder))
    named = [phrase for phrase in phrases if extractor.skills(phrase)]
    sentences = list(_requirements(folder, extractor))
    filled = [sentence for sentence in sentences if sentence.skills or sentence.kind in STRUCTURAL]
    return [
        Row("must-haves missed, with a skill", len(named) / len(phrases), bar=">= 0.9", note=f"{len(phrases)} phrases"),
        Row("requirements, with a skill", sum(bool(s.skills) for s in sentences) / len(sentences)),
        Row("... or years, degree, permit, shift", len(filled) / len(sentences), note=f"{len(sentences)} sentences"),
        Row("skills in the taxonomy", float(len(extractor.taxonomy)), note=f"{extractor.names} names"),
    ]


def missed(folder: Path) -> Iterator[str]:
    """Every distinct phrase either reader wrote under must-haves missed."""
    seen: Counter[str] = Counter()
    for line in (folder / "judgments.jsonl").read_text(encoding="utf-8").splitlines():
        for phrases in json.loads(line)["must_haves_missed"]:
            seen.update(phrases)
    yield from seen


def _requirements(folder: Path, extractor: Extractor) -> Iterator[Requirement]:
    for path in sorted((folder / "postings").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield from extractor.extract(json.loads(line)["description"]).requirements
