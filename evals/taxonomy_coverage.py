"""What the taxonomy can name of real adverts and how surely: the core with ESCO and O*NET imported, beside the core."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import process_time
from typing import NamedTuple

from benchmarks.frame import Row

from evals.shared import Skipped, data, judged
from evals.titles_fit import imported
from jobbot.features.skills.extract import Extractor
from jobbot.features.skills.imported.load import over_core
from jobbot.features.skills.model import RequirementKind, SkillKind
from jobbot.features.skills.taxonomy import load_core

STRUCTURAL = (RequirementKind.EXPERIENCE, RequirementKind.DEGREE, RequirementKind.WORK_PERMIT, RequirementKind.SHIFT)
CORE = "core only"
TECHNOLOGY: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Experience with Go, Rust and Kubernetes.", ("Go", "Rust", "Kubernetes")),
    ("You go the extra mile and go to market fast.", ()),
    ("Statistics in R or Python.", ("R", "Python")),
    ("Our R&D team; J. R. Smith leads it.", ()),
    ("C, C++ and C# on embedded Linux.", ("C", "C++", "C#", "Linux")),
    ("A C-level sponsor and vitamin C for all.", ()),
    ("Advanced Excel and Word.", ("Excel", "Word")),
    ("You excel in a team; word of mouth matters.", ()),
    ("Swift and Kotlin for our apps.", ("Swift", "Kotlin")),
    ("A swift answer and a kotlin of soup.", ()),
    ("Java with Spring and Hibernate.", ("Java", "Spring", "Hibernate")),
    ("Internship in spring; the bears hibernate.", ()),
    ("Chef, Puppet or Ansible for configuration.", ("Chef", "Puppet", "Ansible")),
    ("Our chef cooks with salt and rage; no puppet theatre.", ()),
    ("React, Angular or Vue in TypeScript.", ("React", "Angular", "Vue", "TypeScript")),
    ("You react well to change and keep an angular view.", ()),
    ("Jira, Confluence and Slack every day.", ("Jira", "Confluence", "Slack")),
    ("Do not cut anybody slack at the confluence of rivers.", ()),
    ("Ruby on Rails, Sidekiq, PostgreSQL.", ("Ruby on Rails", "PostgreSQL")),
    ("A ruby ring off the rails; square deals in shiny rooms.", ()),
    ("Tableau, Power BI and Looker dashboards in SQL.", ("Tableau", "Power BI", "Looker", "SQL")),
    ("A canvas of unity; absorb, scratch, source and eclipse.", ()),
    ("Figma, Sketch and Adobe Illustrator.", ("Figma", "Sketch", "Adobe Illustrator")),
    ("We sketch ideas; an illustrator draws.", ()),
)
"""Invented sentences with the technology they name; the others hold the same words and name none."""


class Found(NamedTuple):
    """One taxonomy's figures; shares are 0-1."""

    phrases: float
    requirements: float
    structural: float
    precise: float
    recalled: float
    technology: tuple[float, float]
    speed: float
    skills: int
    names: int


def run() -> list[Row]:
    folder = judged()
    core = _figures(Extractor(load_core()), folder)
    try:
        full = _figures(Extractor(over_core(imported("esco", "onet"))), folder)
    except (Skipped, OSError):
        full = core
    phrases, sentences = len(list(missed(folder))), "requirements of 216 adverts"
    return [
        Row("must-haves missed, with a skill", full.phrases, CORE, core.phrases, ">= 0.9", note=f"{phrases} phrases"),
        Row("requirements, with a skill", full.requirements, CORE, core.requirements, note=sentences),
        Row("... or years, degree, permit, shift", full.structural, CORE, core.structural),
        Row("technology names, precision", full.technology[0], CORE, core.technology[0], ">= 0.9", note=_TRAPS),
        Row("technology names, recall", full.technology[1], CORE, core.technology[1], ">= 0.8", note=_TRAPS),
        Row("SkillSpan dev, names that touch a labelled span", full.precise, CORE, core.precise, note="literal names"),
        Row("SkillSpan dev, knowledge spans touched", full.recalled, CORE, core.recalled, note="literal names"),
        Row("adverts per CPU-second, literal names", full.speed, CORE, core.speed),
        Row("skills in the taxonomy", full.skills, CORE, core.skills, note=f"{full.names} names, {core.names} in core"),
    ]


_TRAPS = f"{len(TECHNOLOGY)} invented sentences, half of them traps; the core was mended on them"


def _figures(extractor: Extractor, folder: Path) -> Found:
    phrases = list(missed(folder))
    texts = list(_texts(folder))
    before = process_time()
    sentences = [sentence for text in texts for sentence in extractor.extract(text).requirements]
    speed = len(texts) / (process_time() - before)
    filled = [sentence for sentence in sentences if sentence.skills or sentence.kind in STRUCTURAL]
    return Found(
        sum(bool(extractor.skills(phrase)) for phrase in phrases) / len(phrases),
        sum(bool(sentence.skills) for sentence in sentences) / len(sentences),
        len(filled) / len(sentences),
        *_spans(extractor),
        _technology(extractor),
        speed,
        len(extractor.taxonomy),
        extractor.names,
    )


def _technology(extractor: Extractor) -> tuple[float, float]:
    """Of the tools found in `TECHNOLOGY` the share that are named there, and of those named the share that are found; a
    longer name that holds one ("embedded Linux") stands for it."""
    right = found = hit = wanted = 0
    for sentence, names in TECHNOLOGY:
        mentions = extractor.skills(sentence)
        quotes = [m.evidence.quote for m in mentions]
        tools = [m.evidence.quote for m in mentions if m.skill.kind is SkillKind.TOOL]
        right, found = right + sum(any(name in quote for name in names) for quote in tools), found + len(tools)
        hit, wanted = hit + sum(any(name in quote for quote in quotes) for name in names), wanted + len(names)
    return right / max(found, 1), hit / wanted


def _spans(extractor: Extractor) -> tuple[float, float]:
    """Of literal mentions the share that touch a labelled span; of knowledge spans the share that are touched."""
    from evals.skills import sentences_of

    touching = mentions = touched = spans = 0
    for sentence in sentences_of(data() / "benchmarks" / "skillspan" / "dev.json"):
        found = [(m.evidence.start, m.evidence.end) for m in extractor.skills(sentence.text)]
        gold = sentence.skill | sentence.knowledge
        mentions, spans = mentions + len(found), spans + len(sentence.knowledge)
        touching += sum(any(a < d and c < b for c, d in gold) for a, b in found)
        touched += sum(any(a < d and c < b for a, b in found) for c, d in sentence.knowledge)
    return touching / max(mentions, 1), touched / max(spans, 1)


def missed(folder: Path) -> Iterator[str]:
    """Every distinct phrase either reader wrote under must-haves missed."""
    seen: Counter[str] = Counter()
    for line in (folder / "judgments.jsonl").read_text(encoding="utf-8").splitlines():
        for phrases in json.loads(line)["must_haves_missed"]:
            seen.update(phrases)
    yield from seen


def _texts(folder: Path) -> Iterator[str]:
    for path in sorted((folder / "postings").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)["description"]
