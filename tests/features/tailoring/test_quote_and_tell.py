"""Phrases cut from adverts, and facts told in the first person."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbot.features.tailoring import glyphs, letter, lexicon, quote, tell, theme, twins, weigh
from jobbot.features.tailoring.quote import opens_small, phrase
from jobbot.kernel.fact import Fact, FactKind
from jobbot.kernel.ids import FactId
from jobbot.kernel.text import Span


@pytest.mark.parametrize("module", [glyphs, lexicon, letter, quote, tell, theme, twins, weigh])
def test_the_examples_in_docstrings_hold(module: object) -> None:
    result = doctest.testmod(module)  # type: ignore[arg-type]
    assert result.attempted
    assert not result.failed


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("• You have strong experience with Python and Go.", "Python and Go"),
        ("Proven ability to lead audits; travel is required", "lead audits"),
        ("Must have a valid nursing licence", "valid nursing licence"),
        ("Knowledge of clinical safety (GCP, GLP) is a plus", "clinical safety"),
        ("GxP (GCP, GLP)", None),
        ("Backend: Node.js and Postgres", "Node.js and Postgres"),
        ("We are looking for someone who has run a night shift, ideally in a port", "run a night shift"),
        ("If you like building pumps, we want to hear from you", "building pumps"),
        ("Excellent", None),
        ("", None),
    ],
)
def test_phrase(sentence: str, wanted: str | None) -> None:
    found = phrase(sentence, Span(0, len(sentence)))
    assert (found.of(sentence) if found else None) == wanted


def test_a_phrase_holds_the_skill_it_is_quoted_for() -> None:
    text = "You write well, you know Terraform, and you like people."
    at = text.index("Terraform")
    found = phrase(text, Span(0, len(text)), [Span(at, at + 9)])
    assert found is not None
    assert "Terraform" in found.of(text)


@given(st.text(max_size=300), st.integers(0, 50), st.integers(0, 300))
def test_a_phrase_lies_inside_its_sentence_and_is_short(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    sentence = Span(start, min(len(text), start + length))
    found = phrase(text, sentence)
    if found is not None:
        assert sentence.start <= found.start < found.end <= sentence.end
        assert len(found.of(text)) <= quote.LONGEST
        assert not set(found.of(text)) & set('“”"\n')
        assert found.of(text).strip() == found.of(text)


def test_a_capital_in_the_middle_of_a_sentence_needs_a_name() -> None:
    assert opens_small("valid licence", Span(0, 13))
    assert opens_small("SQL and Excel", Span(0, 13))
    assert not opens_small("Manage the close", Span(0, 16))
    assert opens_small("Python and Go", Span(0, 13), [Span(0, 6)])


def bullet(wording: str, organisation: str = "Turia", position: str = "Clerk", group: str = "/work/0") -> Fact:
    return Fact(FactId("f"), FactKind.BULLET, "/work/0/highlights/0", wording, group, organisation, position)


@pytest.mark.parametrize(
    ("wording", "place", "wanted"),
    [
        ("Rebuilt the dosing tables.", 0, "At Turia I rebuilt the dosing tables."),
        ("Rebuilt the dosing tables.", 1, "As Clerk at Turia, I rebuilt the dosing tables."),
        ("Promoted to lead clerk", 0, "From my work at Turia: Promoted to lead clerk."),
        ("Trained in first aid", 0, "From my work at Turia: Trained in first aid."),
        ("Trained 24 colleagues", 0, "At Turia I trained 24 colleagues."),
        ("Responsible for safety", 0, "From my work at Turia: Responsible for safety."),
        ("Awarded the safety prize", 0, "From my work at Turia: Awarded the safety prize."),
        ("Successfully led two audits", 0, "At Turia I successfully led two audits."),
        ("Speed of picking up 12%", 0, "My record at Turia: Speed of picking up 12%."),
        ("2022: 134% of quota", 0, "My record at Turia, 2022: 134% of quota."),
        ("Night shifts in a port", 0, "From my work at Turia: Night shifts in a port."),
    ],
)
def test_a_deed_is_told_in_the_first_person_and_nothing_else_is(wording: str, place: int, wanted: str) -> None:
    assert tell.sentence(bullet(wording), place) == wanted


def test_two_deeds_for_one_employer_are_joined() -> None:
    assert tell.sentence(bullet("Led two audits"), 0, bullet("Built a dock")) == "At Turia I also led two audits."
    assert (
        tell.sentence(bullet("Led two audits"), 0, bullet("Built a dock", group="/work/1"))
        == "At Turia I led two audits."
    )
