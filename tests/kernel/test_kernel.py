"""Ids, spans, errors, money and the strict JSON reader."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbot.kernel import errors
from jobbot.kernel.clock import FixedClock, iso
from jobbot.kernel.errors import InvalidInput, JobbotError, Problem, TryLater
from jobbot.kernel.ids import new_id, posting_id
from jobbot.kernel.money import Salary, widest
from jobbot.kernel.strictjson import loads
from jobbot.kernel.text import Span


def every_error() -> list[type[JobbotError]]:
    """The kernel's errors; a slice may have its own below them, with their code and status or a nearer one."""
    found: list[type[JobbotError]] = []
    queue = [JobbotError]
    while queue:
        error = queue.pop()
        found.append(error)
        queue += [child for child in error.__subclasses__() if child.__module__ == errors.__name__]
    return found


def test_posting_ids_are_sixteen_base32_characters_and_never_change() -> None:
    assert re.fullmatch(r"[a-z2-7]{16}", posting_id("lever", "eu", "acme", "42"))
    assert posting_id("greenhouse", "", "acme", "1") == "evpjf43e5nvh6cf6"


@given(st.lists(st.text(max_size=5), min_size=4, max_size=4), st.lists(st.text(max_size=5), min_size=4, max_size=4))
def test_different_keys_have_different_ids(left: list[str], right: list[str]) -> None:
    if left != right and not any("\x1f" in part for part in left + right):
        assert posting_id(*left) != posting_id(*right)


def test_new_ids_sort_by_time_and_do_not_repeat() -> None:
    ids = [new_id() for _ in range(500)]
    assert len(set(ids)) == 500
    assert [i[:9] for i in ids] == sorted(i[:9] for i in ids)


@given(st.text(), st.integers(0, 20), st.integers(0, 20))
def test_evidence_quotes_exactly(text: str, start: int, length: int) -> None:
    span = Span(min(start, len(text)), min(start + length, len(text)))
    assert span.evidence(text).holds_in(text)


def test_a_span_cannot_run_backwards() -> None:
    with pytest.raises(ValueError, match="backwards"):
        Span(3, 2)


def test_the_error_tree_is_three_families_with_code_and_status_on_the_class() -> None:
    families = {"YoursToFix", "TryLater", "OurBug"}
    for error in every_error():
        if error is not JobbotError:
            assert families & {base.__name__ for base in error.__mro__}, error
        assert 400 <= error.status < 600
    codes = {error.__name__: error.exit_code for error in every_error()}
    assert (codes["InvalidInput"], codes["NotFound"], codes["RefusedByPolicy"], codes["TryLater"]) == (2, 3, 4, 5)
    assert codes["Failed"] == codes["OurBug"] == 1


def test_the_tree_is_drawn_at_the_top_of_the_file() -> None:
    drawn = errors.__doc__ or ""
    assert [e.__name__ for e in every_error() if e.__name__ not in drawn] == []


def test_a_failure_document_has_the_fields_of_the_contract() -> None:
    moment = datetime(2026, 11, 20, 12, tzinfo=UTC)
    error = TryLater("the board asks to wait", errors=[Problem("429", line=3)], retry_at=moment)
    document = error.problem()
    assert list(document) == ["type", "title", "detail", "errors", "retry_at", "exit_code"]
    assert document["retry_at"] == "2026-11-20T12:00:00+00:00"
    assert json.loads(json.dumps(document)) == document


def test_iso_is_utc_with_offset() -> None:
    clock = FixedClock()
    clock.sleep(61)
    assert iso(clock.now()) == "2026-11-20T09:01:01+00:00"
    assert iso(None) is None


WIDEST = [
    ((), None),
    ((Salary(1, 2, "EUR", "year"),), (1, 2)),
    ((Salary(1, 2, "EUR", "year"), Salary(2, 5, "EUR", "year")), (1, 5)),
    ((Salary(1, 2, "EUR", "year"), Salary(2, 5, "USD", "year")), None),
    ((Salary(1, 2, "EUR", "year"), Salary(2, 5, "EUR", "hour")), None),
    ((Salary(1, None, "EUR", "year"), Salary(2, 5, "EUR", "year")), None),
    ((Salary(raw="competitive"),), None),
]


@pytest.mark.parametrize(("salaries", "expected"), WIDEST)
def test_the_widest_range_is_honest(salaries: tuple[Salary, ...], expected: tuple[float, float] | None) -> None:
    found = widest(salaries)
    assert (found and (found.min, found.max)) == expected


REFUSED = {
    "NaN": '{"a": NaN}',
    "infinity": "[1e999]",
    "duplicate": '{"a": 1, "a": 2}',
    "surrogate": '["\\ud800"]',
    "surrogate in a key": '{"\\udc00": 1}',
    "NUL": '["\\u0000"]',
    "2^63": "[9223372036854775808]",
    "5000 digits": "[" + "9" * 5000 + "]",
    "deep": "[" * 100 + "]" * 100,
    "very deep": "[" * 100_000 + "]" * 100_000,
    "half a document": '{"a": ',
    "HTML": "<!doctype html><title>x</title>",
    "empty": "",
}


@pytest.mark.parametrize("name", REFUSED)
def test_json_that_would_break_something_later_is_refused_with_the_reason(name: str) -> None:
    with pytest.raises(InvalidInput, match=r"board\.json"):
        loads(REFUSED[name], where="board.json")


def test_bytes_that_are_not_utf8_are_refused() -> None:
    with pytest.raises(InvalidInput, match="UTF-8"):
        loads(b'"\xff"', where="x")


def test_the_line_of_a_syntax_error_is_named() -> None:
    with pytest.raises(InvalidInput) as caught:
        loads('{\n"a": 1\n"b": 2}', where="x")
    assert caught.value.errors[0].line == 3


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63) + 1, 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")), inner, max_size=4
        )
    ),
    max_leaves=20,
)


@given(_JSON)
def test_every_honest_value_survives(value: object) -> None:
    assert loads(json.dumps(value)) == value
