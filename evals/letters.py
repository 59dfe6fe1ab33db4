"""Documents for six judged candidates: pages, fill, round trip, and how alike the letters of one person are."""

from __future__ import annotations

import json
import tempfile
from itertools import combinations
from pathlib import Path
from statistics import mean

from benchmarks.frame import Row

from evals import shared
from jobbot import settings
from jobbot.bootstrap import App
from jobbot.features.matching.model import Wishes
from jobbot.features.tailoring.model import Tailored
from jobbot.kernel.clock import FixedClock
from jobbot.kernel.fact import FactKind, LineKind

HEAD = (FactKind.NAME, FactKind.LABEL, FactKind.CONTACT)
POSTINGS = 10
"""Best postings of each candidate that get documents."""


def run() -> list[Row]:
    people = sorted(path.stem for path in (shared.judged() / "candidates").glob("*.json"))
    with tempfile.TemporaryDirectory() as place:
        made = {name: _documents(name, Path(place) / name) for name in people}
    every = [tailored for documents in made.values() for tailored in documents]
    fills = [tailored.fill for tailored in every]
    note = f"{len(made)} people, {len(every)} postings"
    alike = [share for documents in made.values() for share in _pairs(documents)]
    return [
        Row("CVs of exactly one page, share", mean(t.pages == 1 for t in every), bar=">= 1", note=note),
        Row("page fill, mean", mean(fills), note=f"least {min(fills):.2f}, most {max(fills):.2f}"),
        Row("full pages at 92 % or more, share", _full(every), note="of those where something was left out"),
        Row("round trip, mean score", mean(t.score for t in every), bar=">= 100", note="two extractors"),
        Row("lines without a source, per document", _loose(every), bar="<= 0", note="neither fact, quote nor frame"),
        Row("letters: share of sentences two letters have in common", mean(alike), note=f"most {max(alike):.2f}"),
        Row("letters with at least one quoted phrase, share", mean(bool(_quotes(t)) for t in every)),
        Row("letters: quotes, mean", mean(len(_quotes(t)) for t in every)),
    ]


def _documents(name: str, home: Path) -> list[Tailored]:
    home.mkdir()
    app = App(settings.load(home, {"JOBBOT_KEK_FILE": str(home.with_suffix(".kek"))}), clock=FixedClock())
    try:
        source = shared.judged() / "candidates" / f"{name}.json"
        profile = app.profiles.save(json.loads(source.read_text("utf-8")))
        app.ingest.file(shared.judged() / "postings" / f"{name}.jsonl")
        matches = app.matcher.match(profile, Wishes(), POSTINGS)
        return [app.tailor.tailor(profile, m.posting, m, folder=home / "out", formats=("pdf",)) for m in matches]
    finally:
        app.close()


def _body(made: Tailored) -> list[str]:
    """The sentences of a letter between greeting and closing."""
    told = [line for line in made.lines if line.document == "letter" and line.kind is not LineKind.FRAME]
    return [line.text for line in told if not any(fact.kind in HEAD for fact in line.facts)]


def _pairs(documents: list[Tailored]) -> list[float]:
    return [_alike(one, other) for one, other in combinations(documents, 2)]


def _alike(one: Tailored, other: Tailored) -> float:
    """Sentences in common, as a share of the shorter letter's."""
    first, second = set(_body(one)), set(_body(other))
    return len(first & second) / max(1, min(len(first), len(second)))


def _quotes(made: Tailored) -> list[str]:
    return [line.text for line in made.lines if line.kind is LineKind.POSTING and line.spans]


def _full(every: list[Tailored]) -> float:
    crowded = [made for made in every if any("costs" in item.reason for item in made.left_out)]
    return mean(made.fill >= 0.92 for made in crowded) if crowded else 1.0


def _loose(every: list[Tailored]) -> float:
    loose = [
        line
        for made in every
        for line in made.lines
        if (line.kind is LineKind.FACT and not line.facts) or (line.kind is LineKind.POSTING and not line.spans)
    ]
    return len(loose) / len(every)
