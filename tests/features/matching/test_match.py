"""The matcher over real stores: ranking, strictness, owners, caches, the command's page."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from rich.console import Console
from tests.features.matching.sample import RESUME, TEXT, extractor, posting

from jobbot import settings
from jobbot.bootstrap import App
from jobbot.features.matching import reading, show, views
from jobbot.features.matching.match import Matcher
from jobbot.features.matching.model import Contribution, Match, Wishes
from jobbot.features.matching.rerank import TASTE
from jobbot.features.matching.store import MatchStore
from jobbot.features.profile.model import Profile
from jobbot.kernel.clock import FixedClock
from jobbot.kernel.errors import NotFound
from jobbot.platform.storage import Database

ROWS = [
    {"id": "1", "title": "Data analyst", "company": "A", "location": "Berlin", "description": TEXT},
    {"id": "2", "title": "Senior data analyst", "company": "B", "location": "Austin, TX", "description": TEXT},
    {
        "id": "3",
        "title": "Truck driver",
        "company": "C",
        "location": "Berlin",
        "description": "Drive.\nRequirements\n- A licence",
    },
    {"id": "4", "title": "Reporting analyst", "company": "D", "location": "Remote - EU", "description": TEXT},
]


class HashedWords:
    """An encoder without weights: a vector of the words of a text; equal words, near vectors."""

    card = SimpleNamespace(card_id="words", dim=64, reads=lambda language: language in (None, "en"))
    seen: list[str]

    def __init__(self) -> None:
        self.seen = []

    def encode(self, texts: Sequence[str], *, query: bool = False, max_tokens: int | None = None) -> Any:
        self.seen += texts
        rows = np.zeros((len(texts), 64), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split():
                rows[row, hashlib.sha256(word.encode()).digest()[0] % 64] += 1
            rows[row] /= np.linalg.norm(rows[row]) or 1.0
        return rows


@pytest.fixture
def app(tmp_path: Path) -> Any:
    values = settings.load(
        tmp_path / "home", {"JOBBOT_KEK_FILE": str(tmp_path / "kek"), "JOBBOT_EMBEDDING_MODEL": "none"}
    )
    app = App(values, clock=FixedClock())
    source = tmp_path / "rows.jsonl"
    source.write_text("\n".join(json.dumps(row) for row in ROWS), "utf-8")
    app.ingest.file(source)
    yield app
    app.close()


def matcher(app: App, encoder: Any = None, reranker: Any = None) -> Matcher:
    store = MatchStore(app.database)
    return Matcher(app.postings, app.extractor, encoder, app.vectors, store, app.clock, reranker=reranker)


@pytest.fixture
def profile(app: App) -> Profile:
    return app.profiles.save(RESUME)


WISHES = Wishes(roles=("Data analyst",), locations=("Berlin",), remote=True)


def titles(matches: Sequence[Match]) -> list[str]:
    return [match.posting.title for match in matches]


@pytest.mark.parametrize("encoder", [None, HashedWords()])
def test_what_misses_a_wish_comes_last_and_strict_drops_it(app: App, profile: Profile, encoder: Any) -> None:
    listed = matcher(app, encoder).match(profile, WISHES)
    assert titles(listed)[0] == "Data analyst"
    assert set(titles(listed)[2:]) == {"Senior data analyst", "Truck driver"}
    strict = matcher(app, encoder).match(profile, Wishes(**{**vars_of(WISHES), "strict": True}))
    assert titles(strict) == titles(listed)[:2]


def vars_of(wishes: Wishes) -> dict[str, Any]:
    return {name: getattr(wishes, name) for name in wishes.__slots__}


def test_one_and_match_agree(app: App, profile: Profile) -> None:
    work = matcher(app, HashedWords())
    for match in work.match(profile, WISHES):
        assert work.one(profile, WISHES, match.posting.id).as_dict() == match.as_dict()
    with pytest.raises(NotFound):
        work.one(profile, WISHES, "zzzz")


def test_a_second_process_reads_what_the_first_kept(app: App, profile: Profile) -> None:
    first = HashedWords()
    before = matcher(app, first).match(profile, WISHES)
    second = HashedWords()
    after = matcher(app, second).match(profile, WISHES)
    assert [match.as_dict() for match in after] == [match.as_dict() for match in before]
    own = {match.posting.owner for match in before}
    if own == {None}:
        assert not any("Kubernetes" in text for text in second.seen)
    assert not any("Data analyst\n" in text for text in second.seen)


def test_twins_under_two_ids_are_both_found(app: App, profile: Profile, tmp_path: Path) -> None:
    matcher(app, HashedWords()).match(profile, WISHES)
    twin = {**ROWS[0], "id": "5", "company": "E"}
    source = tmp_path / "twin.jsonl"
    source.write_text(json.dumps(twin), "utf-8")
    app.ingest.file(source)
    found = matcher(app, HashedWords()).match(profile, WISHES)
    assert {"A", "E"} <= {match.posting.company for match in found}
    card_ids = set(app.vectors.matrix("words", views.ASKED_KIND, user=profile.user)[0])
    assert {match.posting.id for match in found} <= card_ids


def test_a_posting_points_at_the_view_of_what_it_says_now(app: App, profile: Profile, tmp_path: Path) -> None:
    """An exact copy under another id, and a text that changes and changes back, are found without encoding again."""
    source = tmp_path / "again.jsonl"
    encoder = HashedWords()
    work = matcher(app, encoder)

    def pointed(row: dict[str, str]) -> dict[str, str]:
        source.write_text(json.dumps(row), "utf-8")
        app.ingest.file(source)
        work.match(profile, WISHES)
        return app.vectors.pointers("words", views.ASKED_KIND, user=profile.user)

    before = pointed(ROWS[0])
    titles_read = encoder.seen.count("Data analyst")
    twin = pointed({**ROWS[0], "id": "9"})
    assert encoder.seen.count("Data analyst") == titles_read
    (added,) = set(twin) - set(before)
    changed = pointed({**ROWS[0], "id": "9", "description": "Count.\nRequirements\n- Excel and SQL, five years"})
    assert changed[added] != twin[added]
    assert pointed({**ROWS[0], "id": "9"}) == twin


def test_the_list_says_where_missed_wishes_begin(app: App, profile: Profile) -> None:
    console = Console(file=io.StringIO(), width=80, highlight=False)
    show.draw(console, matcher(app).match(profile, WISHES), explain=False)
    page = console.file.getvalue()  # type: ignore[attr-defined]
    before, after = page.split("misses a wish")
    assert "Truck driver" in after
    assert "Truck driver" not in before


def test_without_an_encoder_it_ranks_by_words_and_says_so(app: App, profile: Profile) -> None:
    best = matcher(app).match(profile, WISHES)[0]
    assert best.posting.title == "Data analyst"
    assert any("no encoder" in note for note in best.notes)


class Likes:
    """A learner that likes company A far too much."""

    def rows(self, match: Match) -> tuple[Contribution, ...]:
        return (Contribution("taste: company", 60, "you rated it 10"),) if match.posting.company == "A" else ()


def test_taste_is_shown_apart_bounded_and_still_adds_up(app: App, profile: Profile) -> None:
    plain = matcher(app).match(profile, WISHES)[0]
    liked = matcher(app, reranker=Likes()).match(profile, WISHES)[0]
    assert liked.taste == TASTE
    assert liked.fit == plain.fit
    assert sum(row.points for row in liked.contributions) == liked.score <= 100


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("explain", [False, True])
def test_pages_keep_their_width_and_show_the_work(app: App, profile: Profile, width: int, explain: bool) -> None:
    console = Console(file=io.StringIO(), width=width, highlight=False)
    found = matcher(app, HashedWords()).match(profile, WISHES)
    show.draw(console, found, explain=explain)
    page = console.file.getvalue()  # type: ignore[attr-defined]
    assert max(len(line.rstrip()) for line in page.splitlines()) <= width
    assert found[0].posting.id in page
    assert "Kubernetes" in page
    if explain:
        assert all(word in page for word in ("Must-haves", "Filters", "What would raise it", "you:"))


@pytest.mark.parametrize("explain", [False, True])
def test_whoever_lent_a_posting_is_named_beside_it(app: App, profile: Profile, explain: bool) -> None:
    best = matcher(app).match(profile, WISHES)[0]
    lent = replace(best, posting=replace(best.posting, attribution="Remote OK", url="https://remoteok.com/1"))
    console = Console(file=io.StringIO(), width=120, highlight=False)
    show.draw(console, [lent], explain=explain)
    assert "· Remote OK" in console.file.getvalue()  # type: ignore[attr-defined]
    assert (best.as_dict()["attribution"], lent.as_dict()["attribution"]) == (None, "Remote OK")


def test_nothing_to_rank_says_what_to_do() -> None:
    console = Console(file=io.StringIO(), width=80)
    show.draw(console, [], explain=False)
    assert "ingest" in console.file.getvalue()  # type: ignore[attr-defined]


def test_readings_survive_the_store_on_both_engines(database: Database) -> None:
    store = MatchStore(database)
    read = extractor().extract(TEXT)
    store.keep("reader", {"hash": reading.pack(read)})
    store.keep("reader", {"hash": reading.pack(read)})
    body = store.readings("reader", ["hash", "other"])
    assert set(body) == {"hash"}
    assert reading.unpack(body["hash"], TEXT, extractor().taxonomy.get) == read
    assert store.readings("another reader", ["hash"]) == {}


def test_a_kept_reading_that_does_not_fit_is_read_again() -> None:
    packed = reading.pack(extractor().extract(TEXT))
    with pytest.raises(reading.Stale):
        reading.unpack(packed, TEXT[:40], extractor().taxonomy.get)
    with pytest.raises(reading.Stale):
        reading.unpack(packed, posting().text, lambda uri: None)
    with pytest.raises(reading.Stale):
        reading.unpack({"skills": [["x"]]}, TEXT, extractor().taxonomy.get)


def test_a_posting_in_a_language_the_encoder_does_not_read_is_compared_by_words_and_says_so(
    app: App, profile: Profile, tmp_path: Path
) -> None:
    text = (
        "Wir betreiben Kliniken in ganz Deutschland und suchen Verstärkung.\n\nIhr Profil\n"
        "- Sehr gute Kenntnisse in SQL und Power BI\n- Freude an der Arbeit mit Menschen und Zahlen\n"
    )
    source = tmp_path / "more.jsonl"
    source.write_text(json.dumps({"id": "9", "title": "Datenanalyst", "company": "E", "description": text}), "utf-8")
    app.ingest.file(source)
    encoder = HashedWords()
    found = {one.posting.title: one for one in matcher(app, encoder).match(profile, Wishes())}
    german = found["Datenanalyst"]
    assert german.posting.language == "de"
    assert "Sehr gute Kenntnisse in SQL und Power BI" not in encoder.seen
    assert any("written in German" in note and "words and names only" in note for note in german.notes)
    assert next(row for row in german.contributions if row.signal == "experience").reason.startswith("unknown")
    assert {hit.skill for hit in german.skills_hit} >= {"SQL", "Power BI"}
    assert not any("written in" in note for note in found["Data analyst"].notes)
