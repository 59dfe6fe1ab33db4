"""Reading answers row by row: strict, but one bad row never sinks a board."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbot.kernel.errors import Failed
from jobbot.sdk import Reply, rows_of

GOOD = '{"id": "1", "title": "ok"}'
BAD = {
    "nan": '{"id": "7", "pay": NaN}',
    "twice": '{"id": "7", "id": "7"}',
    "surrogate": r'{"id": "7", "title": "\ud800"}',
    "nul": r'{"id": "7", "title": "\u0000"}',
    "huge": '{"id": "7", "n": 99999999999999999999999}',
    "deep": '{"id": "7", "x": ' + "[" * 70 + "]" * 70 + "}",
}


def reply(text: str | bytes, kind: str = "application/json") -> Reply:
    body = text.encode() if isinstance(text, str) else text
    return Reply(200, {"content-type": kind}, body, "https://board.example/jobs")


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
@pytest.mark.parametrize("key", [None, "jobs"])
def test_one_bad_row_is_set_aside_and_keeps_its_id(bad: str, key: str | None) -> None:
    array = f"[{GOOD}, {bad} ,{GOOD}]"
    rows = rows_of(reply(array if key is None else f'{{"meta": {{"total": 3}}, "jobs": {array}}}'), key)
    assert [row["id"] for row in rows.good] == ["1", "1"]
    assert [(row.ref, row.identified) for row in rows.bad] == [("7", True)]


def test_bytes_that_are_not_utf8_spoil_only_their_row() -> None:
    rows = rows_of(reply(b'[{"id": "1"}, {"id": "2", "title": "caf\xe9"}]'), None)
    assert len(rows.good) == 2


@pytest.mark.parametrize(
    "body", ["", "{", "[", f"[{GOOD}", f"[{GOOD},", f"[{GOOD} {GOOD}]", '{"jobs": 3}', '{"other": []}', "null", "[NaN"]
)
def test_what_is_no_whole_answer_fails(body: str) -> None:
    with pytest.raises(Failed, match="nothing was changed"):
        rows_of(reply(body), "jobs")
    with pytest.raises(Failed, match="nothing was changed"):
        rows_of(reply(body), None)


def test_a_web_page_is_named_as_such() -> None:
    with pytest.raises(Failed, match="web page"):
        rows_of(reply("  <html>busy</html>"), None)
    with pytest.raises(Failed, match="web page"):
        rows_of(reply("[]", "text/html"), None)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(st.characters(exclude_categories=["Cs", "Cc"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcdé"), inner, max_size=4),
    max_leaves=12,
)


@given(st.lists(json_values, max_size=8), st.sampled_from(sorted(BAD)))
def test_every_row_is_counted_once(values: list[Any], broken: str) -> None:
    pieces = [json.dumps(value) for value in values] + [BAD[broken]]
    rows = rows_of(reply("[" + ",".join(pieces) + "]"), None)
    assert len(rows.good) + len(rows.bad) == len(pieces)
    assert rows.good == [value for value in values if isinstance(value, dict)]


@given(st.lists(json_values, max_size=6), st.integers(1, 400))
def test_a_truncated_answer_is_never_a_shorter_board(values: list[Any], cut: int) -> None:
    whole = json.dumps(values)
    with pytest.raises(Failed):
        rows_of(reply(whole[: max(0, len(whole) - cut)]), None)


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_what_stands_beside_the_rows_survives_a_bad_one(bad: str) -> None:
    text = f'{{"total": 3, "odd": NaN, "deep": {{"next": "u", "rows": [{GOOD}, {bad}], "page": 1}}, "more": 0}}'
    rows = rows_of(reply(text), "deep.rows")
    assert (len(rows.good), len(rows.bad), rows.rest) == (1, 1, {"next": "u", "page": 1})
    flat = rows_of(reply(f'{{"total": 3, "odd": NaN, "rows": [{GOOD}], "page": 1}}'), "rows")
    assert flat.rest == {"total": 3, "page": 1}


def test_rows_within_an_object_within_an_object() -> None:
    rows = rows_of(reply(f'{{"a": {{"b": [{GOOD}], "n": 1}}, "x": 2}}'), "a.b")
    assert (rows.good, rows.rest) == ([{"id": "1", "title": "ok"}], {"n": 1})
    for text in ('{"a": []}', '{"a": {"c": []}}', '{"a": 3}', '{"a": {"b": [NaN]', '{"a": {"b": [NaN]}', "[]"):
        with pytest.raises(Failed, match="nothing was changed"):
            rows_of(reply(text), "a.b")


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_a_bad_row_is_known_by_the_field_of_its_vendor(bad: str) -> None:
    row = bad.replace('{"id": "7"', '{"id": "no", "shortcode": "AB"', 1)
    found = rows_of(reply(f"[{GOOD}, {row}]"), None, "shortcode").bad
    assert [(one.ref, one.identified) for one in found] == [("AB", True)]
    unnamed = rows_of(reply(f"[{GOOD}, {bad}]"), None, "shortcode").bad
    assert [(one.ref, one.identified) for one in unnamed] == [("row 2", False)]
