"""The verifier against tens of thousands of lies, and a property no reading may break."""

from __future__ import annotations

import pytest
from evals.grounding import measure
from evals.grounding_lies import HARD, OPERATORS
from evals.grounding_lines import people
from hypothesis import given, settings
from hypothesis import strategies as st

from jobbot.kernel.fact import FactKind, Line, LineKind
from jobbot.platform.safety.grounding import Equal, verify
from jobbot.platform.safety.grounding.tokens import tokenise
from jobbot.platform.safety.grounding.words import GLUE_WORDS


def test_lies_are_caught_and_the_truth_passes() -> None:
    """One test, so that the long campaign runs once however many workers there are."""
    result = measure(rounds=1)
    assert result.facts >= 30
    assert len(OPERATORS) >= 24
    assert sum(result.made.values()) >= 5_000
    assert sum(made >= 100 for made in result.made.values()) >= 24
    assert all(result.made[name] for name in OPERATORS)
    weak = {name: result.survivors[name] for name in OPERATORS if result.share({name}) < (100 if name in HARD else 98)}
    assert weak == {}
    assert result.share(set(OPERATORS)) >= 99.5
    assert result.true >= 500
    assert len(result.refused) <= 0.02 * result.true, result.refused


PERSON = people()[0][4]
WORDS = sorted({word for fact in PERSON.facts for word in tokenise(fact.wording).words})
SAID = {
    word
    for fact in PERSON.facts
    for text in (fact.wording, fact.organisation, fact.position)
    for word in tokenise(text).words
}
STRANGE = st.sampled_from(["rust", "12", "phd", "chief", "%", "google", "ten", "all", "$5m", "led"])


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS) | st.sampled_from(sorted(GLUE_WORDS)) | STRANGE, max_size=12),
    st.sampled_from([" ", ", ", ". ", "; "]),
)
def test_no_word_without_an_origin(words: list[str], separator: str) -> None:
    line = Line("cv", LineKind.FACT, separator.join(words), PERSON.facts)
    if verify(line).ok:
        assert set(tokenise(line.text).words) <= SAID | GLUE_WORDS


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_breaks_the_verifier(text: str, wording: str) -> None:
    fact = PERSON.of(FactKind.BULLET)[0]
    verify(Line("cv", LineKind.FACT, text, (fact,)))
    tokens = tokenise(wording)
    assert all(tokens.text[start:end] for start, end in tokens.spans)


TANGLED = ("and " * 350, "SQL, " * 350, "Go and " * 150, "I " * 400, "Cut p95 latency by 45 %. " * 40)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("text", TANGLED, ids=["and", "list", "joined", "glue", "sentences"])
def test_tangled_lines_are_judged(text: str) -> None:
    line = Line("cv", LineKind.FACT, text, PERSON.facts * 3)
    assert not verify(line, Equal({"Go": ["Golang"], "SQL": ["sequel"]})).ok
