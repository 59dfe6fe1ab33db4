"""A fact answers the phrase itself: by skills, words, acronyms and, with an encoder, by meaning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from jobbot.features.tailoring import quote
from jobbot.features.tailoring.asks import asks_of
from jobbot.features.tailoring.compose import compose, spoken
from jobbot.features.tailoring.nearness import ANSWERS, Nearness, vigour
from jobbot.features.tailoring.tell import sore
from jobbot.kernel.fact import Fact, FactKind
from jobbot.kernel.ids import FactId
from jobbot.kernel.text import Span


class Two:
    """An encoder with two directions: texts about stock, and all others."""

    def encode(self, texts: Sequence[str], *, query: bool = False, max_tokens: int | None = None) -> Any:
        return np.array([[1.0, 0.0] if "stock" in text.casefold() else [0.0, 1.0] for text in texts])


def fact(wording: str, number: int = 0, end: str = "") -> Fact:
    return Fact(
        FactId(f"f{number}"), FactKind.BULLET, f"/work/0/highlights/{number}", wording, "/work/0", "Turia", end=end
    )


def test_a_shared_skill_or_two_shared_words_answer_and_nothing_else_does(samples: Any) -> None:
    near = Nearness(samples.extractor, None, ())
    assert near("SQL on large tables", fact("Wrote reports in SQL")) >= ANSWERS
    assert near("cost cuts through DFM", fact("Lowered cost by DFM")) >= ANSWERS / 2
    assert near("average deal size", fact("top seller 2015 and 2016")) < ANSWERS
    assert near("experience with different teams", fact("Worked in teams with experience")) < ANSWERS


def test_with_an_encoder_one_skill_named_in_passing_is_no_answer(samples: Any) -> None:
    told = (fact("Counted stock in the warehouse", 1), fact("Painted the warehouse", 2))
    near = Nearness(samples.extractor, Two(), told)
    near.learn(["stock keeping in a warehouse"])
    assert near("stock keeping in a warehouse", told[0]) >= ANSWERS
    assert near("stock keeping in a warehouse", told[1]) == 0.0


def test_figures_deeds_and_present_roles_are_worth_more_and_lists_less() -> None:
    assert vigour(fact("Cut waits by 30 % on four wards")) > vigour(fact("Waits on four wards, some long"))
    assert vigour(fact("Cut waits on wards a lot")) > vigour(fact("Cut waits on wards a lot", end="2016"))
    assert vigour(fact("salesforce, gong, outreach")) < 0.8


@pytest.mark.parametrize(
    ("words", "quotable"),
    [
        ("Average deal size", False),
        ("Days to close", False),
        ("time to hire", False),
        ("competitive salary and equity", False),
        ("building and maintaining a sales pipeline for hospitals", True),
    ],
)
def test_a_metric_label_or_a_benefit_is_never_quoted(words: str, quotable: bool) -> None:
    assert (quote.worth(words, Span(0, len(words)), names_skill=False) > 0) is quotable


def test_what_is_a_verb_or_a_feeling_is_not_asked_for_as_a_thing() -> None:
    for words in ("own the close of the month", "Highly proficient with SQL", "comfortable with pipelines"):
        assert not quote.opens_small(words, Span(0, len(words)))
    assert quote.topic("API design and web back ends")
    assert not quote.topic("5 years of API experience")


def test_a_sad_fact_is_true_but_answers_nothing(samples: Any) -> None:
    resume = {
        "basics": {"name": "Ines"},
        "work": [{"name": "Huerta", "position": "Planner", "highlights": ["SQL reports at time of layoff"]}],
    }
    person = samples.profile(resume)
    match = samples.match(person, samples.posting("Requirements\n• SQL on large tables every day"))
    asks = asks_of(match, person, Nearness(samples.extractor, None, person.of(FactKind.BULLET)))
    assert sore("SQL reports at time of layoff")
    assert asks
    assert not any(ask.answers for ask in asks)


def test_every_language_has_the_same_form() -> None:
    def language(name: str, fluency: str) -> Fact:
        words = (("language", name), ("fluency", fluency))
        return Fact(FactId("l"), FactKind.LANGUAGE, "/languages/0", f"{name}, {fluency}", attributes=words)

    assert spoken(language("Italian", "Conversational (heritage)")) == "Italian (Conversational, heritage)"
    assert spoken(language("English", "Native")) == "English (Native)"


def test_two_names_of_one_skill_stand_once_and_the_other_is_told(samples: Any) -> None:
    resume = {
        "basics": {"name": "Ines"},
        "skills": [{"name": "Data", "keywords": ["Excel", "Microsoft Excel", "SQL", "forklift", "forklift licence"]}],
    }
    names = {"Excel": "x", "Microsoft Excel": "x", "Driving": "d", "Steering": "d"}
    draft = compose(samples.profile(resume), lambda _: True, lambda _: 0.0, lambda word: names.get(word, ""))
    assert [item.text for item in draft.merged] == ["Microsoft Excel"]
    resume["skills"] = [{"name": "Cars", "keywords": ["Driving", "Steering"]}]
    draft = compose(samples.profile(resume), lambda _: True, lambda _: 0.0, lambda word: names.get(word, ""))
    assert draft.merged == ()
