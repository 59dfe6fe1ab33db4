"""Known-item search in 2,000 real postings: by words alone, by meaning alone, and merged; MRR and R@10."""

from __future__ import annotations

import json
import random
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from benchmarks.frame import Row, Skipped

from evals import shared
from jobbot import settings
from jobbot.bootstrap import App
from jobbot.features.matching import views
from jobbot.features.matching.retrieve.fuse import merged
from jobbot.features.skills.model import Skill
from jobbot.features.sources.model import Posting, PostingFilter
from jobbot.kernel.clock import FixedClock
from jobbot.kernel.ids import LOCAL_USER

SEED = 20_261_120
POSTINGS, ASKED = 2_000, 300
"""Postings that are searched, and questions of each form."""
DEEP = 100
RARE = 12
"""A requirement that so many postings or fewer name is distinctive."""
_LEVELS = frozenset(
    ("senior", "junior", "lead", "principal", "staff", "associate", "intern", "remote", "hybrid", "ii", "iii", "iv")
)
_WORD = re.compile(r"[^\W\d_][\w+#]*")


class Asked(NamedTuple):
    """What is typed, in what form, and the ids of the one posting (and its copies) that is meant."""

    form: str
    words: str
    meant: frozenset[str]
    held_out: bool


@dataclass(frozen=True)
class Advert:
    """A posting, the words of its title, and the rarest skill that its text names, as it stands there."""

    posting: Posting
    title: tuple[str, ...]
    skill: Skill
    named: str


def run() -> list[Row]:
    with tempfile.TemporaryDirectory() as place:
        app = opened(Path(place))
        try:
            fill(app, Path(place))
            asked = list(questions(app))
            return rows(asked, [ranks(app, one) for one in asked])
        finally:
            app.close()


def opened(place: Path) -> App:
    app = App(settings.load(place / "home", {"JOBBOT_KEK_FILE": str(place / "kek")}), clock=FixedClock())
    if app.encoder is None:
        app.close()
        raise Skipped("no encoder is installed")
    return app


def fill(app: App, place: Path) -> None:
    """One posting of each advert, evenly from the recorded ones, with the vectors of both views."""
    source = place / "postings.jsonl"
    source.write_text("\n".join(json.dumps(row) for row in _recorded()), "utf-8")
    app.ingest.file(source)
    encoder, light = app.encoder, app.postings.light()
    assert encoder is not None
    parts = (app.extractor.extract, encoder, app.vectors, LOCAL_USER, app.report)
    views.embed(light, lambda some: app.postings.many([one.id for one in some]), *parts)


def _recorded() -> Iterator[dict[str, str]]:
    try:
        from pyarrow import parquet
    except ImportError:
        raise Skipped("pyarrow is not installed") from None
    table = parquet.read_table(shared.data() / "postings" / "postings.parquet")
    columns = ["title", "company", "location", "description", "dup_group"]
    every = [row for row in table.select(columns).to_pylist() if row["title"] and len(row["description"] or "") > 600]
    groups = {row["dup_group"]: row for row in reversed(every)}
    step = max(1, len(groups) // POSTINGS)
    for number, row in enumerate(list(groups.values())[::step][:POSTINGS]):
        named = {key: row[key] or "" for key in ("title", "company", "location", "description")}
        yield {"id": str(number), **named}


def questions(app: App) -> Iterator[Asked]:
    """Of each form: the title with a distinctive requirement as written; the same with the requirement by another
    name; another title of the same occupation with it; the requirement's sentence without the title."""
    adverts = list(_adverts(app))
    random.Random(SEED).shuffle(adverts)
    same: dict[tuple[str, str], set[str]] = {}
    for advert in adverts:
        posting = advert.posting
        same.setdefault((posting.title, posting.content_hash), set()).add(posting.id)
    tally: Counter[str] = Counter()
    for advert in adverts:
        for form, words in _forms(app, advert).items():
            if words and tally[form] < ASKED:
                tally[form] += 1
                meant = frozenset(same[advert.posting.title, advert.posting.content_hash])
                yield Asked(form, words, meant, tally[form] % 2 == 0)


def _adverts(app: App) -> Iterator[Advert]:
    postings = list(app.postings.all())
    read = [app.extractor.extract(posting.text) for posting in postings]
    tally = Counter(uri for one in read for uri in {mention.skill.uri for mention in one.skills})
    for posting, one in zip(postings, read, strict=True):
        asked = [mention for requirement in one.requirements for mention in requirement.skills]
        rare = sorted(asked, key=lambda mention: (tally[mention.skill.uri], mention.skill.uri))
        title = tuple(word.lower() for word in _WORD.findall(posting.title) if word.lower() not in _LEVELS)
        if rare and 1 < tally[rare[0].skill.uri] <= RARE and title:
            yield Advert(posting, title[:4], rare[0].skill, rare[0].evidence.quote.lower())


def _forms(app: App, advert: Advert) -> dict[str, str]:
    text = f"{advert.posting.title} {advert.posting.text}".lower()
    names = (advert.skill.label, *advert.skill.aliases)
    other = next((name.lower() for name in names if not re.search(rf"\b{re.escape(name.lower())}\b", text)), "")
    title = " ".join(advert.title)
    role = _other_title(app, advert.posting.title, text)
    return {
        "as written": f"{title} {advert.named}",
        "requirement by another name": f"{title} {other}" if other else "",
        "title by another name": f"{role} {advert.named}" if role else "",
        "both by another name": f"{role} {other}" if role and other else "",
    }


def _other_title(app: App, title: str, text: str) -> str:
    found = app.extractor.taxonomy.occupations(title, 1)
    if not found or found[0][2] < 0.6:
        return ""
    occupation = app.extractor.taxonomy.occupation(found[0][0])
    return next((name.lower() for name in (occupation.titles if occupation else ()) if name.lower() not in text), "")


def ranks(app: App, asked: Asked) -> Mapping[str, float]:
    """The rank of what is meant among the first hundred by each way of searching; infinite where it is not there."""
    wanted, encoder = PostingFilter(asked.words), app.encoder
    assert encoder is not None
    words = [posting.id for posting in app.postings.page(wanted, limit=DEEP).items]
    near = app.search.near(wanted, LOCAL_USER, encoder)
    found = [posting.id for posting in app.search.page(wanted, limit=DEEP).page.items]
    ways: dict[str, Sequence[str]] = {"words": words, "meaning": merged([], near, every=False), "merged": found}
    return {name: _rank(ids, asked.meant) for name, ids in ways.items()}


def _rank(ids: Sequence[str], meant: frozenset[str]) -> float:
    return next((float(rank) for rank, one in enumerate(ids, 1) if one in meant), float("inf"))


def rows(asked: Sequence[Asked], found: Sequence[Mapping[str, float]]) -> list[Row]:
    told: list[Row] = []
    forms = list(dict.fromkeys(one.form for one in asked))
    for form in [*forms, "all"]:
        some = [ranks for one, ranks in zip(asked, found, strict=True) if form in (one.form, "all")]
        mrr, recall = ({way: _mean(some, way, how) for way in some[0]} for how in (_inverse, _in_ten))
        note = f"n={len(some)} of {POSTINGS:,} postings; meaning alone {mrr['meaning']:.3f}"
        bar = f">= {mrr['words']:.3f}" if form == "all" else ""
        told.append(Row(f"MRR, {form}", mrr["merged"], "words alone", mrr["words"], bar, note=note))
        note = f"meaning alone {recall['meaning']:.3f}"
        told.append(Row(f"R@10, {form}", recall["merged"], "words alone", recall["words"], note=note))
    return told


def _mean(some: Sequence[Mapping[str, float]], way: str, how: object) -> float:
    assert callable(how)
    return sum(how(ranks[way]) for ranks in some) / len(some)


def _inverse(rank: float) -> float:
    return 1 / rank


def _in_ten(rank: float) -> float:
    return float(rank <= 10)
