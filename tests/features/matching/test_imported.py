"""Matching with an imported taxonomy: other names count fully and are shown, titles of one occupation are equal."""

from __future__ import annotations

from typing import Any

import pytest
from tests.features.matching import sample
from tests.features.skills.imported import made

from jobbot.features.matching import candidate as candidates
from jobbot.features.matching import titles
from jobbot.features.matching.cover import Asked, cover
from jobbot.features.matching.model import Coverage, Wishes
from jobbot.features.matching.occupations import SAME, Occupations
from jobbot.features.matching.signals import Views, title
from jobbot.features.matching.worth import Worth
from jobbot.features.skills.extract import Extractor

RESUME: dict[str, Any] = {
    **sample.RESUME,
    "basics": {"name": "Ines Falk", "label": "Bell maker"},
    "skills": [{"name": "Tools", "keywords": ["Kubernetes", "bell tuning"]}],
}


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(made.taxonomy())


def judged(extractor: Extractor, text: str) -> list[tuple[Coverage, float, str]]:
    candidate = candidates.read(sample.profile(RESUME), Wishes(), extractor, sample.TODAY)
    asked = Asked(extractor.extract(text).requirements)
    fits = cover(asked, candidate, None, Worth(candidate.skills, extractor.taxonomy))
    return [(fit.coverage, fit.strength, fit.reason) for fit in fits]


def test_the_same_skill_by_another_name_counts_fully_and_says_so(extractor: Extractor) -> None:
    (k8s,) = judged(extractor, "Requirements\n\u2022 K8s is required\n")
    assert k8s == (Coverage.MET, 1.0, "K8s = Kubernetes, alternative label")
    (runtime,) = judged(extractor, "Requirements\n\u2022 A kube cluster runtime is required\n")
    assert runtime == (Coverage.MET, 1.0, "kube cluster runtime = Kubernetes, alternative label, ESCO")


def test_a_skill_beside_it_counts_partly_and_says_so(extractor: Extractor) -> None:
    (casting,) = judged(extractor, "Requirements\n\u2022 Bell casting is required\n")
    assert casting == (Coverage.PARTLY, 0.35, "bell casting (beside it in the taxonomy: bell tuning)")
    (polish,) = judged(extractor, "Requirements\n\u2022 You polish brass bells\n")
    assert polish[1] == 0.4
    assert polish[2] == "polish brass bells (related: bell tuning)"


def test_titles_of_one_imported_occupation_are_equal_and_say_so(extractor: Extractor) -> None:
    candidate = candidates.read(sample.profile(RESUME), Wishes(), extractor, sample.TODAY)
    near = Occupations(candidate.titles, extractor.taxonomy)
    asked = "Caster of bells (m/w/d)"
    assert near.of(asked)["Bell maker"] == SAME
    views = Views(occupations=near.of(asked), named=near.named(asked))
    signal = title(titles.read(asked), candidate, views)
    assert signal.x == SAME
    assert signal.reason.endswith('headline "Bell maker"; both are names of bell founder')
    assert near.named("Data analyst") == {}
