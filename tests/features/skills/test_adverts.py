"""The hand-labelled snippets: what is asked, how strongly, how many years, which are alternatives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from jobbot.features.skills.extract import Extractor
from jobbot.features.skills.model import Extraction, Polarity, Requirement
from jobbot.features.skills.taxonomy import load_core

DATA = Path(__file__).parent / "data"
ADVERTS: list[dict[str, Any]] = yaml.safe_load((DATA / "adverts.yaml").read_text("utf-8"))
ABROAD: list[dict[str, Any]] = yaml.safe_load((DATA / "adverts_languages.yaml").read_text("utf-8"))


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


@pytest.mark.parametrize("advert", ABROAD, ids=[f"{one['language']}{n}" for n, one in enumerate(ABROAD)])
def test_adverts_of_other_languages_are_read_and_nothing_else_is_asked(
    extractor: Extractor, advert: dict[str, Any]
) -> None:
    test_snippet(extractor, advert)
    for one in extractor.extract(advert["text"]).requirements:
        known = any(asked["quote"].lower() in one.evidence.quote.lower() for asked in advert["asks"])
        assert known or one.negated or one.polarity is Polarity.UNCLEAR, one.evidence.quote


def test_false_friends_of_other_languages_are_no_skills(extractor: Extractor) -> None:
    labels = {m.skill.label for advert in ABROAD for m in extractor.extract(advert["text"]).skills}
    assert not labels & {"Premiere Pro", "Vehicle driving"}
    assert "Nursing" not in {m.skill.label for m in extractor.extract("Pflege der Kundendaten in Salesforce").skills}


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
