"""Ranking: 10,000 stored postings on two views, and the ledger of the top 50, in CPU milliseconds, warm."""

from __future__ import annotations

import hashlib
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks.frame import Row, Skipped
from jobbot import settings
from jobbot.bootstrap import App
from jobbot.features.matching import views
from jobbot.features.matching.match import Query
from jobbot.features.matching.model import Wishes
from jobbot.features.sources.model import Posting
from jobbot.kernel.clock import FixedClock

POSTINGS = 10_000
TOP = 50
REPEATS = 5
_TRADES = {
    "nurse": ("wound care", "medication", "triage", "patient records", "infection control", "night shifts"),
    "accountant": ("IFRS", "month-end close", "VAT", "Excel", "SAP", "audit"),
    "software engineer": ("Python", "PostgreSQL", "React", "TypeScript", "Docker", "AWS"),
    "electrician": ("wiring", "blueprints", "safety", "conduit", "fault finding", "switchgear"),
    "sales manager": ("negotiation", "Salesforce", "forecasting", "cold calling", "CRM", "pricing"),
    "teacher": ("lesson planning", "curriculum", "classroom management", "assessment", "parents", "safeguarding"),
    "data analyst": ("SQL", "Power BI", "Excel", "statistics", "dashboards", "Python"),
}
_PLACES = ("Berlin, Germany", "Remote - EU", "Munich", "Gothenburg", "London, UK / Hybrid", "Austin, TX", "Paris")
_RESUME = {
    "basics": {"label": "Data analyst", "location": {"city": "Berlin", "countryCode": "DE"}},
    "work": [
        {
            "name": f"Employer {i}",
            "position": "Data analyst",
            "startDate": f"{2014 + 2 * i}-01",
            "endDate": f"{2016 + 2 * i}-01",
            "highlights": [f"Built {n} dashboards in Power BI over SQL for team {n} of the plant" for n in range(1, 7)],
        }
        for i in range(5)
    ],
    "skills": [{"name": "Tools", "keywords": ["SQL", "Power BI", "Excel", "Python", "PostgreSQL", "statistics"]}],
    "languages": [{"language": "German", "fluency": "Native"}, {"language": "English", "fluency": "C1"}],
}


def run() -> list[Row]:
    with tempfile.TemporaryDirectory() as place:
        home = Path(place) / "home"
        app = App(settings.load(home, {"JOBBOT_KEK_FILE": f"{place}/kek"}), clock=FixedClock())
        try:
            return _measure(app, Path(place))
        finally:
            app.close()


def _measure(app: App, place: Path) -> list[Row]:
    if app.encoder is None:
        raise Skipped("the MiniLM weights are not installed")
    postings = _fill(app, place)
    profile = app.profiles.save(_RESUME)
    wishes = Wishes(roles=("Data analyst", "Business analyst"), locations=("Berlin", "Remote within the EU"))
    query = app.matcher.query(profile, wishes)
    ids = app.matcher.candidates(query, TOP)
    rank = _best(lambda: app.matcher.candidates(query, TOP))
    app.matcher.ledger(query, ids, TOP)
    ledger = _best(lambda: app.matcher.ledger(query, ids, TOP))
    whole = _best(lambda: app.matcher.match(profile, wishes, TOP // 3))
    return [
        Row("rank 10,000 on two views", rank, "NumPy float64, full sort", _plain(app, query), "<= 100", "ms"),
        Row("ledger of the top 50", ledger, "BM25 over all texts (rank_bm25)", _bm25(postings), "<= 60", "ms"),
        Row("match, profile to explanation", whole, unit="ms", note="both, with reading the profile"),
    ]


def _best(work: Callable[[], object], repeats: int = REPEATS) -> float:
    times = []
    for _ in range(repeats):
        start = time.process_time()
        work()
        times.append(1000 * (time.process_time() - start))
    return round(min(times), 1)


def _fill(app: App, place: Path) -> list[Posting]:
    """Ingest invented postings, with random unit vectors as views: only the ranking is measured, not the encoder."""
    import json

    dice = random.Random(7)
    lines = []
    for number in range(POSTINGS):
        trade = dice.choice(sorted(_TRADES))
        skills = _TRADES[trade]
        must = "\n".join(f"- {dice.randint(1, 8)}+ years of experience with {word}" for word in dice.sample(skills, 5))
        duties = "\n".join(f"- Work on {word} with the team of site {dice.randint(1, 99)}" for word in skills)
        text = f"We look for a {trade}.\n\nYour work\n{duties}\n\nRequirements\n{must}\n- Fluent English\n"
        title = f"{dice.choice(('Senior ', 'Junior ', ''))}{trade.title()} {dice.randint(1, 400)}"
        row = {"id": str(number), "title": title, "company": "Example", "location": dice.choice(_PLACES)}
        lines.append(json.dumps({**row, "description": text}))
    source = place / "postings.jsonl"
    source.write_text("\n".join(lines), "utf-8")
    app.ingest.file(source)
    _vectors(app)
    return list(app.postings.all())


def _vectors(app: App) -> None:
    assert app.encoder is not None
    card, dim = app.encoder.card.card_id, app.encoder.card.dim
    some: list[Posting] = []
    for posting in app.postings.all():
        some.append(posting)
        if len(some) == 2000:
            _put(app, card, dim, some)
            some = []
    _put(app, card, dim, some)


def _put(app: App, card: str, dim: int, some: list[Posting]) -> None:
    for kind, key in ((views.TITLE_KIND, _title), (views.ASKED_KIND, _asked)):
        hashes = {str(p.id): key(p) for p in some}
        made = {value: _unit(value, dim) for value in hashes.values()}
        for owner in sorted({p.owner or "" for p in some}):
            mine = {str(p.id): hashes[str(p.id)] for p in some if (p.owner or "") == owner}
            app.vectors.add(card, made, kind=kind, hashes=mine, user=owner)


def _title(posting: Posting) -> str:
    return views.title_key(posting.title)


def _asked(posting: Posting) -> str:
    return views.asked_key(posting.content_hash)


def _unit(key: str, dim: int) -> np.ndarray:
    seed = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big")
    vector = np.random.default_rng(seed).standard_normal(dim).astype(np.float32)
    return vector / np.linalg.norm(vector)


def _plain(app: App, query: Query) -> float:
    """What a notebook does: every cosine in float64, a full sort of both views, no words, no places."""
    assert app.encoder is not None
    card, user = app.encoder.card.card_id, query.user
    matrices = [
        app.vectors.matrix(card, k, user=user)[1].astype(np.float64) for k in (views.TITLE_KIND, views.ASKED_KIND)
    ]
    own = [query.titles, query.own]
    return _best(
        lambda: [np.argsort(-(m @ o.T).max(axis=1)) for m, o in zip(matrices, own, strict=True) if o is not None]
    )


def _bm25(postings: list[Posting]) -> float:
    from rank_bm25 import BM25Okapi

    index = BM25Okapi([f"{p.title} {p.text}".lower().split() for p in postings])
    query = ["data", "analyst", "sql", "power", "bi", "excel", "python", "statistics", "dashboards"]
    return _best(lambda: np.argsort(-index.get_scores(query)), 3)
