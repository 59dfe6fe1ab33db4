"""The hand-labelled snippets: what is asked, how strongly, how many years, which are alternatives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from jobbot.features.skills.extract import Extractor
from jobbot.features.skills.model import Extraction, Polarity, Requirement
from jobbot.features.skills.taxonomy import load_core

ADVERTS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "data" / "adverts.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(load_core())


def with_words(extraction: Extraction, words: str) -> list[Requirement]:
    return [r for r in extraction.requirements if words.lower() in r.evidence.quote.lower()]


@pytest.mark.parametrize(
    "advert", ADVERTS, ids=[advert["text"].split("\n")[0][:30] + str(n) for n, advert in enumerate(ADVERTS)]
)
def test_snippet(extractor: Extractor, advert: dict[str, Any]) -> None:
    extraction = extractor.extract(advert["text"])
    for asked in advert["asks"]:
        found = with_words(extraction, asked["quote"])
        assert found, f"{asked['quote']!r} not found among {[r.evidence.quote for r in extraction.requirements]}"
        check(found[0], asked)
    for words in advert.get("silent", ()):
        assert not with_words(extraction, words), words
    for words in advert.get("negated", ()):
        assert all(r.negated and r.polarity is Polarity.UNCLEAR for r in with_words(extraction, words)), words
    labels = {mention.skill.label for mention in extraction.skills}
    assert set(advert.get("mentions", ())) <= labels
    assert not set(advert.get("absent", ())) & labels


def check(requirement: Requirement, asked: dict[str, Any]) -> None:
    assert requirement.polarity.value == asked["polarity"], requirement
    if "years" in asked:
        assert requirement.years == asked["years"], requirement
    if "any_of" in asked:
        assert requirement.any_of is asked["any_of"], requirement
    if "kind" in asked:
        assert requirement.kind.value == asked["kind"], requirement
    if "skills" in asked:
        labels = {mention.skill.label.lower() for mention in requirement.skills}
        assert {skill.lower() for skill in asked["skills"]} <= labels, requirement


def test_there_are_enough_snippets() -> None:
    assert len(ADVERTS) >= 40
    assert sum(len(advert["asks"]) for advert in ADVERTS) >= 80
