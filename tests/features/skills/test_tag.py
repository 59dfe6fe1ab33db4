"""Spans of a tagger beside literal names: which stand, which give way, what they are called."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbot.features.skills.extract import Extractor
from jobbot.features.skills.link import Linker
from jobbot.features.skills.model import SkillKind, SkillMention
from jobbot.features.skills.tag import TaggingExtractor
from jobbot.features.skills.taxonomy import load_core
from jobbot.platform.inference.card import ModelCard


class Seen(NamedTuple):
    start: int
    end: int
    head: str
    confidence: float


class Tags:
    """Sees the given words, wherever they stand in a line it is shown."""

    def __init__(self, **words: str) -> None:
        self.words = {word.replace("_", " "): head for word, head in words.items()}

    def tag(self, text: str, lines: Sequence[tuple[int, int]] | None = None) -> list[Seen]:
        return sorted(
            Seen(at, at + len(word), head, 0.8)
            for first, last in lines or [(0, len(text))]
            for word, head in self.words.items()
            for at in [text.find(word, first, last)]
            if at >= 0
        )


class Letters:
    """An encoder whose vectors count letters: near means written alike."""

    card = ModelCard("letters", "0", 26, 8, "mean", True, "", "", "mit", "fp32")

    def encode(self, texts: Sequence[str], *, query: bool = False, max_tokens: int | None = None) -> np.ndarray:
        rows = np.array([[text.lower().count(chr(97 + at)) for at in range(26)] for text in texts], np.float32)
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


@pytest.fixture(scope="module")
def rules() -> Extractor:
    return Extractor(load_core())


def shown(mentions: Sequence[SkillMention]) -> set[tuple[str, str, bool]]:
    return {(mention.evidence.quote, mention.skill.kind.value, mention.inferred) for mention in mentions}


def test_a_span_with_a_known_name_takes_its_entry(rules: Extractor) -> None:
    found = TaggingExtractor(rules, Tags(Python_3="knowledge")).extract("Experience with Python 3 is asked.").skills
    assert shown(found) == {("Python 3", "tool", False)}
    assert found[0].skill.uri


def test_a_span_without_a_name_has_its_own_words_and_no_uri(rules: Extractor) -> None:
    text = "You calm angry   guests every night."
    (mention,) = TaggingExtractor(rules, Tags(calm_angry___guests="skill")).extract(text).skills
    row = mention.as_dict()
    assert (row["skill"], row["uri"], row["kind"], row["inferred"]) == ("calm angry guests", None, "skill", True)
    assert text[row["start"] : row["end"]] == row["quote"]


def test_tools_named_literally_stay_where_the_tagger_sees_nothing(rules: Extractor) -> None:
    text = "You use PostgreSQL and have good communication."
    assert shown(TaggingExtractor(rules, Tags()).extract(text).skills) == {("PostgreSQL", "tool", False)}


def test_spans_nest(rules: Extractor) -> None:
    text = "thrive working in a DevOps culture"
    tags = Tags(working_in_a_DevOps_culture="skill", DevOps="knowledge")
    quotes = {
        (m.evidence.quote, m.skill.kind is SkillKind.SKILL) for m in TaggingExtractor(rules, tags).extract(text).skills
    }
    assert quotes == {("working in a DevOps culture", True), ("DevOps", False)}


def test_requirements_are_those_of_the_rules(rules: Extractor) -> None:
    text = "Requirements\n- 3 years of Python\n- calm nerves\n"
    tagged = TaggingExtractor(rules, Tags(calm_nerves="skill")).extract(text)
    assert tagged.requirements == rules.extract(text).requirements


def test_what_an_employer_says_of_itself_is_not_tagged(rules: Extractor) -> None:
    text = "Requirements\n- calm nerves\n\nBenefits\n- calm nerves and a pension\n"
    (mention,) = TaggingExtractor(rules, Tags(calm_nerves="skill")).extract(text).skills
    assert mention.evidence.start == text.index("calm")


@given(st.text(max_size=120))
def test_quotes_are_the_texts_own(rules: Extractor, text: str) -> None:
    tags = Tags(**{text[1:7] or "a": "skill", text[:4] or "b": "knowledge"}) if text.strip() else Tags()
    for mention in TaggingExtractor(rules, tags).extract(text).skills:
        assert mention.evidence.holds_in(text)


# -- links -----------------------------------------------------------------------------------------------------------


def test_a_loose_span_is_linked_to_what_is_near_and_of_its_own_sort(rules: Extractor, tmp_path: Path) -> None:
    links = Linker(rules.taxonomy, Letters, tmp_path, floor=0.999)
    (mention,) = TaggingExtractor(rules, Tags(lqs="knowledge"), links).extract("we like lqs here").skills
    assert (mention.skill.label, mention.inferred, mention.evidence.quote) == ("SQL", True, "lqs")
    assert rules.taxonomy.get(mention.skill.uri) is mention.skill
    (other,) = TaggingExtractor(rules, Tags(lqs="skill"), links).extract("we like lqs here").skills
    assert other.skill.uri == ""


def test_nothing_near_is_nothing_linked_and_no_encoder_links_nothing(rules: Extractor, tmp_path: Path) -> None:
    assert Linker(rules.taxonomy, Letters, tmp_path, floor=1.1).link(["lqs"]) == [None]
    assert Linker(rules.taxonomy, lambda: None, tmp_path).link(["lqs", "SQL"]) == [None, None]
    assert Linker(rules.taxonomy, Letters, tmp_path).link([]) == []


def test_names_are_kept_and_a_damaged_file_is_made_again(rules: Extractor, tmp_path: Path) -> None:
    def labels() -> list[str]:
        linked = Linker(rules.taxonomy, Letters, tmp_path, floor=0.9).link(["lqs", "marketing"])
        return [row[0].label for row in linked if row]

    first = labels()
    (kept,) = (tmp_path / "names").glob("*.npy")
    assert labels() == first == ["SQL", "Marketing"]
    kept.write_bytes(b"not an array")
    assert labels() == first
