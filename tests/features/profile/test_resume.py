"""JSON Resume: what is refused, with which line; what comes through unchanged."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobbot.features.profile.resume import dump, load, load_valid
from jobbot.features.profile.schema import check
from jobbot.kernel.errors import InvalidInput

_SPEC = importlib.util.spec_from_file_location("resumes", Path(__file__).with_name("resumes.py"))
assert _SPEC is not None
assert _SPEC.loader is not None
resumes = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(resumes)


def problems(text: str) -> list[tuple[str, int | None]]:
    return [(p.pointer, p.line) for p in load(text.encode(), "r.json").problems()]


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(resumes.RESUMES)
def test_a_valid_document_comes_out_value_equal_in_its_order(resume: dict[str, Any]) -> None:
    loaded = load_valid(json.dumps(resume).encode())
    again = json.loads(dump(loaded.resume))
    assert again == resume
    assert json.dumps(again) == json.dumps(resume)


@pytest.mark.parametrize(
    ("text", "pointer", "line", "word"),
    [
        ('{"basics":\n null}', "/basics", 2, "null"),
        ('{"basics": {\n"name": null}}', "/basics/name", 2, "null"),
        ('{"basics": {"phone":\n 42}}', "/basics/phone", 2, "number"),
        ('{"work": {}}', "/work", 1, "object"),
        ('{"work": [{\n"highlights": ["a",\n 3]}]}', "/work/0/highlights/1", 3, "number"),
        ('{"work": [{\n\n"startDate": "2021-13"}]}', "/work/0/startDate", 3, "month 13"),
        ('{"work": [{"startDate": "2021-02-40"}]}', "/work/0/startDate", 1, "day 40"),
        ('{"work": [{"startDate": "2023-02-29"}]}', "/work/0/startDate", 1, "day 29"),
        ('{"work": [{"startDate": "2021",\n"endDate": "2020-12"}]}', "/work/0/endDate", 2, "before"),
        ('{"work": [{"endDate": "Present"}]}', "/work/0/endDate", 1, "not a date"),
        ('{"work": [{"endDate": ""}]}', "/work/0/endDate", 1, "not a date"),
        ('{"awards": [{"date": "01/2020"}]}', "/awards/0/date", 1, "not a date"),
        ('{"skills": [{"keywords": "SQL"}]}', "/skills/0/keywords", 1, "text"),
        ("[]", "", 1, "list"),
    ],
)
def test_a_problem_has_pointer_line_and_words(text: str, pointer: str, line: int, word: str) -> None:
    (problem,) = load(text.encode(), "r.json").problems()
    assert (problem.pointer, problem.line, problem.file) == (pointer, line, "r.json")
    assert word in problem.problem
    assert problem.fix


def test_something_that_still_runs_has_no_end_date() -> None:
    (problem,) = load(b'{"work": [{"endDate": "present"}]}').problems()
    assert "leave the end date out" in problem.fix


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ('{"basics": {},\n"work": [NaN]}', 2, "NaN"),
        ('{"basics": {"name": "A"},\n\n"basics": {}}', 3, "twice"),
        ('{"basics":\n{"name": "\\ud83d"}}', 2, "surrogate"),
        ('{"basics":\n{"name": "a\\u0000"}}', 2, "NUL"),
        ('{"basics": {"name": "x"}', 1, "not JSON"),
        ('{\n"basics": {},}', 2, "not JSON"),
    ],
)
def test_what_strict_json_refuses_has_a_line_too(text: str, line: int, word: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        load(text.encode(), "r.json")
    assert refused.value.errors[0].line == line
    assert word in refused.value.errors[0].problem


@pytest.mark.parametrize(
    "data", [b"\xff\xfe{}", b'{"basics": "\xe4"}', b"[" * 5000, b"", b'"' + b"x" * 6_000_000 + b'"']
)
def test_other_bytes_are_refused_in_words(data: bytes) -> None:
    with pytest.raises(InvalidInput):
        load(data, "r.json")


def test_an_error_never_shows_a_value() -> None:
    with pytest.raises(InvalidInput) as refused:
        load_valid(b'{"basics": {"name": ["Secret Name"], "email": 7}, "work": [{"startDate": "Secret"}]}', "r.json")
    assert "Secret" not in json.dumps(refused.value.problem())
    assert len(refused.value.errors) == 3


def test_unknown_keys_are_kept_and_the_nearest_is_named() -> None:
    loaded = load(b'{"work": [{"compny": "A", "highlight": [], "x-mine": 1}], "certifications": []}')
    assert loaded.valid
    fixes = {p.pointer: p.fix for p in loaded.problems(warnings=True)}
    assert fixes["/work/0/highlight"] == "did you mean highlights?"
    assert fixes["/certifications"] == "did you mean certificates?"
    assert "/work/0/x-mine" not in fixes


def test_links_and_addresses_warn_only() -> None:
    loaded = load(b'{"basics": {"email": "me at home", "url": "www.example.org"}}')
    assert loaded.valid
    assert [p.pointer for p in loaded.problems(warnings=True)] == ["/basics/email", "/basics/url"]


def test_several_problems_come_in_the_order_of_the_document() -> None:
    text = '{"basics": {"name": 1},\n"work": [{"endDate": "x", "url": 2}],\n"meta": []}'
    assert problems(text) == [("/basics/name", 1), ("/work/0/endDate", 2), ("/work/0/url", 2), ("/meta", 3)]


def _cases(shared: Path) -> list[tuple[str, Any]]:
    found = []
    for path in sorted((shared / "data" / "jsonresume" / "test" / "__test__").glob("*.json")):
        for name, document in json.loads(path.read_text("utf-8")).items():
            if isinstance(document, dict):
                found.append((f"{path.stem}.{name}", document))
    return found


def test_the_cases_of_the_schema_itself(shared: Path) -> None:
    cases = _cases(shared)
    assert len(cases) > 150
    for name, document in cases:
        valid = not any(not finding.warning for finding in check(document))
        assert valid is ("nvalid" not in name), name


def test_the_sample_and_the_judged_candidates_are_valid_and_come_back(shared: Path) -> None:
    folder = shared / "data"
    paths = [folder / "jsonresume" / "sample.resume.json", *sorted((folder / "judged" / "candidates").glob("*.json"))]
    for path in paths:
        data = path.read_bytes()
        assert json.loads(dump(load_valid(data, path.name).resume)) == json.loads(data)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(resumes.RESUMES, st.data())
def test_nothing_that_the_schema_refuses_passes(shared: Path, resume: dict[str, Any], data: st.DataObject) -> None:
    schema = json.loads((shared / "data" / "jsonresume" / "schema.json").read_text("utf-8"))
    if resume and data.draw(st.booleans()):
        section = data.draw(st.sampled_from(sorted(resume)))
        resume[section] = data.draw(st.sampled_from([None, 1, "x", [None], [{"name": None}], {"name": []}, True]))
    ours = not any(not finding.warning for finding in check(resume))
    theirs = jsonschema.Draft7Validator(schema).is_valid(resume)
    assert theirs or not ours
