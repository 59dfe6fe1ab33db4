"""Skill spans on human-labelled sentences: tagger and rules together, beside the rules and a dictionary alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import ahocorasick
from benchmarks.frame import Row

from evals import skill_links
from evals.shared import ROOT, data
from jobbot.features.skills.extract import Extractor
from jobbot.features.skills.model import SkillKind, SkillMention
from jobbot.features.skills.tag import TaggingExtractor
from jobbot.features.skills.taxonomy import Taxonomy, load_core
from jobbot.platform.inference.tagger import open_tagger

Spans = set[tuple[int, int]]
Found = tuple[Spans, Spans]
"""Spans of abilities, and of all that is known."""
SETS = (
    ("SkillSpan dev", "skillspan/dev.json"),
    ("Green dev", "nnose/green/dev.json"),
    ("Sayfullina dev", "nnose/sayfullina/dev.json"),
)
BARS = {"SkillSpan dev, pooled: strict F1": ">= 0.5", "SkillSpan dev, knowledge: strict F1": ">= 0.6"}
HEADS: tuple[tuple[str, Callable[[Found], Spans]], ...] = (
    ("pooled", lambda found: found[0] | found[1]),
    ("skill", lambda found: found[0]),
    ("knowledge", lambda found: found[1]),
)


class Sentence(NamedTuple):
    text: str
    skill: Spans
    knowledge: Spans


def run() -> list[Row]:
    folder, core = data() / "benchmarks", load_core()
    rules, plain = Extractor(core), _plain(core)
    tagger = open_tagger("bundled", ROOT)
    tagging = TaggingExtractor(rules, tagger) if tagger else None
    rows: list[Row] = []
    for name, path in SETS:
        sentences = list(sentences_of(folder / path))
        literal = [_found(rules.skills(sentence.text)) for sentence in sentences]
        tagged = [_found(tagging.extract(sentence.text).skills) for sentence in sentences] if tagging else literal
        peer = [(plain(sentence.text), plain(sentence.text)) for sentence in sentences]
        note = "" if tagging else "no tagger here: literal matching only"
        rows += _table(name, sentences, tagged, literal, peer, note)
    return rows + skill_links.rows(folder / "techwolf_skill_extraction/data")


def _table(
    name: str, sentences: list[Sentence], ours: list[Found], literal: list[Found], peer: list[Found], note: str
) -> list[Row]:
    rows = []
    for head, pick in HEADS:
        gold = [pick((sentence.skill, sentence.knowledge)) for sentence in sentences]
        if head == "knowledge" and not any(gold):
            break
        a, b, c = (list(zip(gold, map(pick, some), strict=True)) for some in (ours, literal, peer))
        said = f"{sum(map(len, gold))} spans; dictionary {strict(c):.3f}" + (f"; {note}" if note else "")
        title = f"{name}, {head}: strict F1"
        rows.append(Row(title, strict(a), "literal", strict(b), bar=BARS.get(title, ""), note=said))
        rows.append(Row(f"{name}, {head}: overlap F1", overlap(a), "literal", overlap(b)))
        if not any(sentence.knowledge for sentence in sentences):
            break
    return rows


def strict(pairs: list[tuple[Spans, Spans]]) -> float:
    right = sum(len(gold & found) for gold, found in pairs)
    return f1(right, right, sum(len(f) for _, f in pairs), sum(len(g) for g, _ in pairs))


def overlap(pairs: list[tuple[Spans, Spans]]) -> float:
    precise = sum(any(a < d and c < b for c, d in gold) for gold, found in pairs for a, b in found)
    recalled = sum(any(a < d and c < b for c, d in found) for gold, found in pairs for a, b in gold)
    return f1(precise, recalled, sum(len(f) for _, f in pairs), sum(len(g) for g, _ in pairs))


def f1(precise: int, recalled: int, found: int, gold: int) -> float:
    precision, recall = precise / max(found, 1), recalled / max(gold, 1)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _found(mentions: tuple[SkillMention, ...]) -> Found:
    skill: Spans = set()
    knowledge: Spans = set()
    for mention in mentions:
        ability = mention.skill.kind is SkillKind.SKILL
        (skill if ability else knowledge).add((mention.evidence.start, mention.evidence.end))
    return skill, knowledge


def _plain(core: Taxonomy) -> Callable[[str], Spans]:
    """The peer: every label and alias in lower case, longest match, between non-letters; no case, context or plural."""
    automaton = ahocorasick.Automaton()
    for skill in core.skills:
        for name in (skill.label, *skill.aliases):
            automaton.add_word(name.lower(), len(name))
    automaton.make_automaton()

    def find(text: str) -> Spans:
        low = text.lower()
        if len(low) != len(text):
            return set()
        spans, done = set(), 0
        found = sorted((end + 1 - size, -(end + 1)) for end, size in automaton.iter(low))
        for start, minus in found:
            end = -minus
            whole = not (start and low[start - 1].isalnum()) and not (end < len(low) and low[end].isalnum())
            if start >= done and whole:
                spans.add((start, end))
                done = end
        return spans

    return lru_cache(maxsize=1 << 16)(find)


def sentences_of(path: Path) -> Iterator[Sentence]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        starts, at = [], 0
        for token in row["tokens"]:
            starts.append(at)
            at += len(token) + 1
        text = " ".join(row["tokens"])
        yield Sentence(text, _spans(row, "tags_skill", starts), _spans(row, "tags_knowledge", starts))


def _spans(row: dict[str, list[str]], key: str, starts: list[int]) -> Spans:
    spans: Spans = set()
    begin: int | None = None
    tags = [*row.get(key, []), "O"]
    for index, tag in enumerate(tags):
        if begin is not None and tag[:1] != "I":
            spans.add((starts[begin], starts[index - 1] + len(row["tokens"][index - 1])))
            begin = None
        if tag[:1] == "B":
            begin = index
    return spans
