"""Titles to imported occupations: cleaned, by words, letters and meaning, with what is made once kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.features.skills.imported import made
from tests.features.skills.imported.made import job

from jobbot.features.skills.imported.ngrams import build
from jobbot.features.skills.imported.occupations import LEXICAL, PRIORS, SIGNALS, TitleRanker, weights
from jobbot.features.skills.imported.titletext import core_words, plain
from jobbot.features.skills.model import Occupation
from jobbot.platform.inference import Encoder, load_encoder
from jobbot.settings import Models

NAMES = ["bell founder", "caster of bells", "software developer", "night nurse", "specialist nurse"]
BRIDGES = (Occupation("urn:x:1", "Foundry hand", ("bell worker",)),)


@pytest.mark.parametrize(
    ("title", "kept", "words"),
    [
        ("Software Engineer (m/w/d)", "Software Engineer", "software engineer"),
        ("Sr. Software Engineer II - JR1023", "Sr. Software Engineer II", "software engineer"),
        ("URGENT HIRING: Night Nurse #MNS", "Night Nurse", "night nurse"),
        ("Entwickler*in (all genders)", "Entwickler", "entwickler"),
        ("Buchhalter:in", "Buchhalter", "buchhalter"),
        ("HR Exec", "HR Exec", "human resources executive"),
        ("Head of IT", "Head of IT", "head ict"),
        ("Data Engineer (f/m/x) | Remote", "Data Engineer", "data engineer"),
        ("Senior", "Senior", "senior"),
        ("12345", "12345", "12345"),
        ("", "", ""),
    ],
)
def test_titles_are_cleaned(title: str, kept: str, words: str) -> None:
    assert plain(title) == kept
    assert core_words(title) == words


@given(st.text(max_size=300))
def test_any_title_can_be_cleaned(title: str) -> None:
    assert len(plain(title)) <= 200
    core_words(title)


@pytest.mark.parametrize(
    ("kind", "options"), [("char", {"analyzer": "char_wb", "ngram_range": (2, 4)}), ("word", {"ngram_range": (1, 2)})]
)
def test_grams_weigh_as_scikit_learn_does(kind: str, options: dict[str, object]) -> None:
    text_of = pytest.importorskip("sklearn.feature_extraction.text", reason="scikit-learn comes with `./run eval` only")
    peer = text_of.TfidfVectorizer(sublinear_tf=True, **options)
    rows = peer.fit_transform(NAMES)
    ours = build(kind, NAMES)
    for text in (*NAMES, "nurse of bells", "nothing like it", ""):
        wanted = np.asarray((peer.transform([text]) @ rows.T).todense())[0]
        np.testing.assert_allclose(ours.score(text), wanted, atol=2e-6)


def ranker(encoder: Encoder | None = None, folder: Path | None = None) -> TitleRanker:
    return TitleRanker(made.taxonomy().all_occupations, BRIDGES, encoder, folder, "mark")


def test_without_an_encoder_words_decide() -> None:
    (ranked,) = ranker().rank_many(["Bell maker (m/f/d)"])
    assert [uri for uri, _, _ in ranked] == [job(1), *(uri for uri, _, _ in ranked[1:])]
    assert len(ranked) == 3
    assert sum(score for _, _, score in ranked) == pytest.approx(1, abs=0.001)
    assert [score for _, _, score in ranked] == sorted((score for _, _, score in ranked), reverse=True)


def test_odd_titles_have_an_answer_too() -> None:
    for ranked in ranker().rank_many(["", "招聘护士", "\x00", "!" * 5000, "123"]):
        assert len(ranked) == 3
        assert all(0 <= score <= 1 for _, _, score in ranked)


def test_every_signal_has_a_weight() -> None:
    for meaning in (True, False):
        learned = weights(meaning=meaning)
        assert len(learned.signals) == len(SIGNALS if meaning else LEXICAL)
        assert len(learned.priors) == len(PRIORS)
        assert learned.signals.any()


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    found = load_encoder(Models(), tmp_path_factory.getbasetemp().parent / "encoder")
    if found is None:
        pytest.skip("no encoder is installed")
    return found


def test_vectors_are_made_once(encoder: Encoder, tmp_path: Path) -> None:
    told: list[str] = []
    occupations = made.taxonomy().all_occupations
    one = TitleRanker(occupations, BRIDGES, encoder, tmp_path, "mark", lambda message, *_: told.append(message))
    first = one.rank_many(["programmer of websites", "ward nurse at night"])
    assert [ranked[0][1] for ranked in first] == ["software developer", "specialist nurse"]
    assert told
    kept = sorted(tmp_path.glob("titles-*.npy"))
    assert len(kept) == 4
    told.clear()
    again = TitleRanker(occupations, BRIDGES, encoder, tmp_path, "mark", lambda message, *_: told.append(message))
    assert [[uri for uri, _, _ in ranked] for ranked in again.rank_many(["programmer of websites"])] == [
        [uri for uri, _, _ in first[0]]
    ]
    assert not [message for message in told if "once" in message]
    kept[0].write_bytes(b"damaged")
    assert TitleRanker(occupations, BRIDGES, encoder, tmp_path, "mark").rank("bell maker")[0][0] == job(1)
    TitleRanker(occupations, BRIDGES, encoder, tmp_path, "another")
    assert len(list(tmp_path.glob("titles-*.npy"))) == 8
