"""The ledger on 10,000 random signals and on real postings: sums, exact quotes, postings that give orders."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.frame import Row

from evals import shared
from jobbot.features.matching import candidate, explain, ledger, score
from jobbot.features.matching.ledger import Cap, Signal
from jobbot.features.matching.model import Match, Wishes
from jobbot.features.matching.signals import Views
from jobbot.features.matching.weights import LEVEL, MUST, NICE, TITLE, WEIGHTS
from jobbot.features.matching.worth import Worth
from jobbot.features.profile.facts import facts_of
from jobbot.features.profile.model import Profile
from jobbot.features.skills.extract import Extractor
from jobbot.features.skills.taxonomy import load_core
from jobbot.features.sources.model import Posting
from jobbot.kernel.ids import LOCAL_USER, PostingId, content_hash

CASES = 10_000
TODAY = date(2026, 11, 20)
ATTACKS = 400
RELEVANCE = (TITLE, MUST, NICE, LEVEL)


def run() -> list[Row]:
    return [_sums(), *_real(shared.data())]


def _sums() -> Row:
    dice = random.Random(11)
    exact = 0
    for _ in range(CASES):
        signals = [Signal(name, dice.choice((None, dice.random())), "") for name in WEIGHTS]
        caps = [Cap("licence", dice.randrange(101), "")] if dice.random() < 0.3 else []
        total, rows = ledger.rows(signals, WEIGHTS, caps)
        exact += total == sum(row.points for row in rows) and 0 <= total <= 100
    return Row("ledgers that add up", exact / CASES, bar=">= 1", note=f"{CASES} random signals, caps in a third")


def _real(folder: Path) -> Iterator[Row]:
    extractor = Extractor(load_core())
    reader = _reader(extractor, json.loads(next((folder / "judged" / "candidates").glob("*.json")).read_text("utf-8")))
    postings = [_posting(row) for row in _rows(folder / "judged" / "postings")]
    matches = [_match(posting, reader, extractor) for posting in postings]
    whole = sum(sum(row.points for row in match.contributions) == match.score for match in matches)
    yield Row("ledgers that add up, real postings", whole / len(matches), bar=">= 1", note=f"{len(matches)} postings")
    quotes = [(match, quote) for match in matches for quote in _quotes(match)]
    held = sum(quote.holds_in(match.posting.text) for match, quote in quotes)
    yield Row("quotes that stand in the text", held / len(quotes), bar=">= 1", note=f"{len(quotes)} quotes")
    again = [_match(posting, reader, extractor).as_dict() for posting in postings]
    same = sum(one == match.as_dict() for one, match in zip(again, matches, strict=True))
    yield Row("same answer the second time", same / len(matches), bar=">= 1")
    yield _attacked(folder, postings[::8], reader, extractor)


def _attacked(folder: Path, postings: list[Posting], reader: score.Reader, extractor: Extractor) -> Row:
    """Append an order written for a model: title, must-haves, nice-to-haves and level stay as they are."""
    plain = [text for text in _attacks(folder / "injection") if not extractor.skills(text)]
    attacks = random.Random(3).sample(plain, min(ATTACKS, len(plain)))
    kept = tried = 0
    for posting in postings:
        before = _relevance(_match(posting, reader, extractor))
        for attack in attacks:
            text = f"{posting.text}\n\n{attack}"
            tried += 1
            kept += _relevance(_match(replace(posting, text=text), reader, extractor)) == before
    note = f"{len(attacks)} attacks on {len(postings)} postings; only orders that name no skill: a skill span may count"
    return Row("relevance rows an injected order left alone", kept / max(1, tried), bar=">= 1", note=note)


def _relevance(match: Match) -> list[tuple[str, int]]:
    return [(row.signal, row.points) for row in match.contributions if row.signal in RELEVANCE]


def _match(posting: Posting, reader: score.Reader, extractor: Extractor) -> Match:
    one = score.score(score.prepare(posting, extractor.extract(posting.text)), reader, Views())
    return explain.match(one, reader)


def _reader(extractor: Extractor, resume: dict[str, Any]) -> score.Reader:
    profile = Profile(LOCAL_USER, "default", 1, resume, facts_of(resume))
    person = candidate.read(profile, Wishes(), extractor, TODAY)
    return score.Reader(person, Worth(person.skills, extractor.taxonomy))


def _quotes(match: Match) -> Iterator[Any]:
    for item in (*match.skills_hit, *match.skills_gap):
        yield from item.evidence
    yield from (fit.requirement.evidence for fit in match.requirements)
    yield from (item.evidence for item in match.filters if item.evidence)


def _rows(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob("*.jsonl")):
        yield from map(json.loads, path.read_text("utf-8").splitlines())


def _posting(row: dict[str, Any]) -> Posting:
    text = row["description"]
    place = (row["location"],) if row.get("location") else ()
    key = PostingId(row["id"])
    return Posting(
        key,
        "file",
        "file",
        row["id"],
        row["title"],
        row["company"] or "",
        place,
        text=text,
        content_hash=content_hash(text),
    )


def _attacks(folder: Path) -> Iterator[str]:
    """Orders written for models (BIPIA, text and code), category by category."""
    for path in sorted(folder.rglob("*.json")):
        for orders in json.loads(path.read_text("utf-8")).values():
            yield from orders
