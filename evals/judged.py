"""Ranking of 36 real postings each for six judged candidates: NDCG@10 and MRR beside BM25, MiniLM, title TF-IDF."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.frame import Row, Skipped

from evals import shared
from jobbot import settings
from jobbot.bootstrap import App
from jobbot.features.matching import score
from jobbot.features.matching.ledger import Weight
from jobbot.features.matching.model import Wishes
from jobbot.features.matching.score import Scored
from jobbot.features.matching.weights import WEIGHTS
from jobbot.features.skills.imported.bring import bring
from jobbot.features.skills.imported.files import parts
from jobbot.features.skills.imported.keep import Shelf
from jobbot.features.skills.imported.model import SETS
from jobbot.kernel.clock import FixedClock

K = 10
LEVELS = (0.5, 0.75, 1.0, 1.5, 2.0)
"""Factors tried on each weight by the leave-one-out check."""
Values = Sequence[float]


@dataclass(frozen=True)
class Judged:
    """One candidate: postings with both gains (mean of two readers, 0-3), and what was wished."""

    name: str
    resume: dict[str, Any]
    wishes: Wishes
    postings: tuple[dict[str, Any], ...]
    fit: tuple[float, ...]
    grade: tuple[float, ...]


@dataclass(frozen=True)
class Ranked:
    """Our reading of one candidate: signals of every posting in the order of `Judged.postings`."""

    judged: Judged
    scored: tuple[Scored, ...]


def run() -> list[Row]:
    people = list(read(shared.judged()))
    with tempfile.TemporaryDirectory() as place:
        ranked = [_rank(one, Path(place) / one.name) for one in people]
        peers = _peers(people, Path(place) / people[0].name)
        full = [_rank(one, Path(place) / f"{one.name}-imported", imported=True) for one in people]
    return [*_rows(ranked, peers), *_imported(ranked, full), *_one_out(ranked)]


def _imported(core: Sequence[Ranked], full: Sequence[Ranked]) -> list[Row]:
    """The same with ESCO and O*NET over the core."""

    def mean(some: Sequence[Ranked], *, graded: bool) -> float:
        return float(
            np.mean([ndcg(as_listed(r), r.judged.grade) if graded else ndcg(by_fit(r), r.judged.fit) for r in some])
        )

    note = "ESCO and O*NET imported"
    return [
        Row(f"{name} NDCG@10, imported", mean(full, graded=graded), "core only", mean(core, graded=graded), note=note)
        for name, graded in (("fit", False), ("grade", True))
    ]


def read(folder: Path) -> Iterator[Judged]:
    judgments: dict[str, dict[str, dict[str, Any]]] = {}
    for line in (folder / "judgments.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        judgments.setdefault(row["candidate"], {})[row["id"]] = row
    for name, wished in json.loads((folder / "wishes.json").read_text("utf-8")).items():
        lines = (folder / "postings" / f"{name}.jsonl").read_text("utf-8").splitlines()
        postings = tuple(json.loads(line) for line in lines)
        resume = json.loads((folder / "candidates" / f"{name}.json").read_text("utf-8"))
        gains = [judgments[name][posting["id"]] for posting in postings]
        fit, grade = (tuple(float(np.mean(row[key])) for row in gains) for key in ("fit", "grade"))
        yield Judged(name, resume, wishes_of(wished), postings, fit, grade)


def wishes_of(wished: Mapping[str, Any]) -> Wishes:
    """`wishes.json` as the options of `match`: roles, places, and the floor's first amount."""
    floor = re.match(r"([A-Z]{3}) ([\d,]+)\D*?(?:.*?per (\w+))?", wished["salary_floor"])
    period = re.search(r"per (hour|day|week|month|year)", wished["salary_floor"])
    return Wishes(
        roles=tuple(wished["roles"]),
        locations=tuple(wished["locations"]),
        min_salary=float(floor[2].replace(",", "")) if floor else None,
        currency=floor[1] if floor else None,
        period=period[1] if period else "year",
    )


def _app(home: Path) -> App:
    values = settings.load(home, {"JOBBOT_KEK_FILE": str(home.with_suffix(".kek"))})
    return App(values, clock=FixedClock())


def _rank(one: Judged, home: Path, *, imported: bool = False) -> Ranked:
    """Ingest the file, save the profile, and score through the same path as `jobbot match`."""
    home.mkdir()
    app = _app(home)
    try:
        for name in SETS if imported else ():
            bring(parts(shared.data() / "taxonomies" / name), name, Shelf(home), app.clock.now())
        source = home / "postings.jsonl"
        source.write_text("\n".join(json.dumps(posting) for posting in one.postings), "utf-8")
        app.ingest.file(source)
        profile = app.profiles.save(one.resume)
        query = app.matcher.query(profile, one.wishes)
        app.matcher.candidates(query, 1)  # embeds what is new
        everything = [posting.id for posting in app.postings.light(query.user)]  # copies too: each was graded
        scored = app.matcher.scored(query, everything)
    finally:
        app.close()
    by_id = {found.prepared.posting.external_id: found for found in scored}
    return Ranked(one, tuple(by_id[posting["id"]] for posting in one.postings))


# -- measures --------------------------------------------------------------------------------------------------------


def ndcg(values: Values, gains: Values, k: int = K) -> float:
    """Gain 2^g - 1, discount log2; ties in the order of the file. 0 where no posting has any gain."""
    gain = 2.0 ** np.array(gains) - 1
    order = np.argsort(-np.array(values), kind="stable")
    discount = 1 / np.log2(np.arange(2, k + 2))
    ideal = float(np.sort(gain)[::-1][:k] @ discount[: len(gain)])
    return float(gain[order][:k] @ discount[: len(gain)]) / ideal if ideal else 0.0


def mrr(values: Values, gains: Values, least: float = 2.0) -> float:
    """1 / rank of the first posting both readers call credible."""
    order = np.argsort(-np.array(values), kind="stable")
    return next((1.0 / rank for rank, at in enumerate(order, 1) if gains[at] >= least), 0.0)


def by_fit(ranked: Ranked, weights: Mapping[str, Weight] = WEIGHTS) -> list[float]:
    """What `fit` is the rounding of, capped as it is."""
    values = []
    for one in ranked.scored:
        relevant = [signal for signal in one.signals if weights[signal.name].relevance]
        most = sum(weights[signal.name].points for signal in relevant)
        value = 100 * sum(weights[signal.name].value(signal.x) for signal in relevant) / most
        values.append(min([value, *(cap.limit for cap in one.caps if cap.name != "work permit")]))
    return values


def as_listed(ranked: Ranked) -> list[float]:
    """The order of the list that `match` prints."""
    order = {id(one): -place for place, one in enumerate(score.order(ranked.scored))}
    return [float(order[id(one)]) for one in ranked.scored]


# -- peers -----------------------------------------------------------------------------------------------------------


def _peers(people: Sequence[Judged], home: Path) -> dict[str, list[Values]]:
    found: dict[str, list[Values]] = {"BM25": [], "MiniLM": [], "title TF-IDF": []}
    app = _app(home)
    try:
        for one in people:
            found["BM25"].append(_bm25(one))
            found["MiniLM"].append(_minilm(one, app))
            found["title TF-IDF"].append(_tfidf(one))
    finally:
        app.close()
    found["sum of the three"] = [
        _z(a) + _z(b) + _z(c) for a, b, c in zip(*(found[name] for name in list(found)[:3]), strict=True)
    ]
    return found


def _z(values: Values) -> Any:
    array = np.array(values, dtype=float)
    return (array - array.mean()) / (array.std() or 1.0)


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9+#]+", text.lower())


def resume_text(resume: Mapping[str, Any]) -> str:
    """Headline, summary, positions with bullets, and skills: what every baseline reads."""
    basics = resume.get("basics", {})
    parts = [basics.get("label", ""), basics.get("summary", "")]
    for work in resume.get("work", []):
        parts += [work.get("position", ""), work.get("summary", ""), *work.get("highlights", [])]
    parts += [word for skill in resume.get("skills", []) for word in skill.get("keywords", [])]
    return " ".join(part for part in parts if part)


def _bm25(one: Judged) -> Values:
    from rank_bm25 import BM25Okapi

    index = BM25Okapi([_words(f"{p['title']} {p['description']}") for p in one.postings])
    return [float(value) for value in index.get_scores(_words(resume_text(one.resume)))]


def _minilm(one: Judged, app: App) -> Values:
    if app.encoder is None:
        raise Skipped("the MiniLM weights are not installed")
    documents = app.encoder.encode([f"{p['title']}\n{p['description']}" for p in one.postings], max_tokens=256)
    return [float(value) for value in documents @ app.encoder.encode([resume_text(one.resume)], max_tokens=256)[0]]


def _tfidf(one: Judged) -> Values:
    from sklearn.feature_extraction.text import TfidfVectorizer

    titles = [p["title"] for p in one.postings]
    label = one.resume.get("basics", {}).get("label", "")
    held = [work.get("position", "") for work in one.resume.get("work", [])]
    query = " ".join([*one.wishes.roles, label, *held])
    reader = TfidfVectorizer().fit([*titles, query])
    return [float(v) for v in (reader.transform(titles) @ reader.transform([query]).T).toarray().ravel()]


# -- tables ----------------------------------------------------------------------------------------------------------


def _rows(ranked: Sequence[Ranked], peers: Mapping[str, list[Values]]) -> list[Row]:
    rows: list[Row] = []
    for what, bar in (("fit", ">= 0.80"), ("grade", ">= 0.55")):
        gains = [getattr(one.judged, what) for one in ranked]
        ours = [by_fit(one) if what == "fit" else as_listed(one) for one in ranked]
        for measure, name in ((ndcg, f"NDCG@{K}"), (mrr, "MRR")):
            mine = [measure(values, gain) for values, gain in zip(ours, gains, strict=True)]
            for peer, theirs in peers.items():
                value = float(np.mean([measure(v, g) for v, g in zip(theirs, gains, strict=True)]))
                first = peer == next(iter(peers))
                note = "mean of six" if first else ""
                limit = bar if first and measure is ndcg else ""
                rows.append(
                    Row(f"{what} {name}", round(float(np.mean(mine)), 4), peer, round(value, 4), limit, "", note)
                )
            if measure is ndcg:
                rows += _each(what, ranked, mine, peers["title TF-IDF"], gains)
    return rows


def _each(
    what: str, ranked: Sequence[Ranked], mine: Values, theirs: Sequence[Values], gains: Sequence[Values]
) -> Iterator[Row]:
    for one, value, peer, gain in zip(ranked, mine, theirs, gains, strict=True):
        note = "" if max(gain) else "no posting has any gain: 0 for every ranking"
        name = f"  {what}: {one.judged.name}"
        yield Row(name, round(value, 4), "title TF-IDF", round(ndcg(peer, gain), 4), note=note)


def _one_out(ranked: Sequence[Ranked]) -> list[Row]:
    """Weights fitted on five candidates, measured on the sixth: what tuning on so few really buys."""
    held, shipped = [], []
    for at, one in enumerate(ranked):
        weights = fitted([other for i, other in enumerate(ranked) if i != at])
        held.append(ndcg(by_fit(one, weights), one.judged.fit))
        shipped.append(ndcg(by_fit(one), one.judged.fit))
    even = {name: _scaled(weight, 10.0) for name, weight in WEIGHTS.items()}
    flat = [ndcg(by_fit(one, even), one.judged.fit) for one in ranked]
    note = "fitted on five, measured on the sixth, mean of six; six people are few: read it as +-.05"
    return [
        Row(
            "fit NDCG@10, leave one out",
            round(float(np.mean(held)), 4),
            "shipped",
            round(float(np.mean(shipped)), 4),
            note=note,
        ),
        Row("fit NDCG@10, equal weights", round(float(np.mean(flat)), 4), note="what no tuning at all gives"),
    ]


def fitted(ranked: Sequence[Ranked]) -> dict[str, Weight]:
    """Coordinate search over `LEVELS` times equal weights, two rounds; ties keep the weight nearer to equal."""
    weights = {name: _scaled(weight, 10.0) for name, weight in WEIGHTS.items()}
    for _ in range(2):
        for name in [name for name, weight in WEIGHTS.items() if weight.relevance]:
            trials = {level: {**weights, name: _scaled(weights[name], 10.0 * level)} for level in LEVELS}
            means = {level: _mean_fit(ranked, trial) for level, trial in trials.items()}
            best = max(means, key=lambda level: (round(means[level], 4), -abs(level - 1.0)))
            weights = trials[best]
    return weights


def _mean_fit(ranked: Sequence[Ranked], weights: Mapping[str, Weight]) -> float:
    return float(np.mean([ndcg(by_fit(one, weights), one.judged.fit) for one in ranked]))


def _scaled(weight: Weight, points: float) -> Weight:
    return Weight(points, weight.curve, weight.neutral, weight.relevance)
