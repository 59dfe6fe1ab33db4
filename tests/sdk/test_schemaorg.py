"""JobPosting as real pages write it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbot.kernel.money import Salary
from jobbot.sdk import RawPosting, Rejected
from jobbot.sdk.contract.sources import check_posting
from jobbot.sdk.schemaorg import identifier_of, posting_of, postings_in

JOB: dict[str, Any] = {"@type": "JobPosting", "title": "Baker", "description": "<p>Knead.</p>"}


def page(*blocks: str) -> str:
    scripts = "".join(f'<script type="application/ld+json">{block}</script>' for block in blocks)
    return f"<html><head>{scripts}</head><body></body></html>"


def one(**more: Any) -> RawPosting:
    found = posting_of({**JOB, **more}, "x")
    assert isinstance(found, RawPosting)
    check_posting(found)
    return found


def test_pay_in_words_is_kept_with_its_currency_and_unit() -> None:
    node = {"title": "Nurse", "baseSalary": {"currency": "EUR", "value": {"value": "45-50K", "unitText": "YEAR"}}}
    found = posting_of(node, "1")
    assert isinstance(found, RawPosting)
    assert found.pay == "EUR 45-50K per year"


@pytest.mark.parametrize(
    "block",
    [
        json.dumps(JOB),
        json.dumps([JOB]),
        json.dumps({"@graph": [{"@type": "Organization"}, JOB]}),
        json.dumps({**JOB, "@type": ["Thing", "http://schema.org/JobPosting"]}),
        json.dumps({"@type": "WebPage", "mainEntity": {"deeper": [JOB]}}),
        '{"@type": "JobPosting", "title": "Baker", "description": "a\nb",}',
        f"<!-- {json.dumps(JOB)} -->",
        json.dumps(JOB) + ";",
    ],
)
def test_wherever_it_stands(block: str) -> None:
    assert [node["title"] for node in postings_in(page("{broken", block))] == ["Baker"]


@pytest.mark.parametrize(
    "text", ["", "<script>", page("{"), page("[[[["), page("null"), page('{"@type": 3}'), "\x00<p"]
)
def test_pages_without_one(text: str) -> None:
    assert postings_in(text) == []


def test_a_page_that_never_ends_its_scripts() -> None:
    assert postings_in('<script type="application/ld+json">{' * 2_000) == []


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"value": {"minValue": "42000", "maxValue": "48,000", "unitText": "MONTH"}, "currency": "nok"}, (42e3, 48e3)),
        ({"value": {"value": 30, "unitText": "HOUR"}, "currency": "USD"}, (30.0, 30.0)),
        ({"value": 52000, "currency": "EUR"}, (52e3, 52e3)),
        ({"value": [{"value": "0"}, {"minValue": 9}], "currency": "EUR"}, (9.0, None)),
    ],
)
def test_pay(stated: Any, expected: tuple[float, float | None]) -> None:
    salary = one(baseSalary=stated).salaries[0]
    assert (salary.min, salary.max) == expected
    assert salary.currency == stated["currency"].upper()


def test_pay_of_nothing_is_none_and_a_text_is_no_number() -> None:
    assert one(baseSalary={"value": {"value": "80-95K"}}).salaries == ()
    assert one(baseSalary="competitive").salaries == ()
    assert one(baseSalary=None).salaries == ()


def test_places() -> None:
    address = {"addressLocality": "Kiel", "addressRegion": "Kiel", "addressCountry": {"name": "Germany"}}
    posting = one(jobLocation=[{"address": address}, "Lübeck", {"address": "Hamburg"}, {"name": "Bremen"}])
    assert posting.locations == ("Kiel, Germany", "Lübeck", "Hamburg", "Bremen")
    assert posting.country == "Germany"
    lives = {"@type": "Country", "name": "Spain"}
    remote = one(jobLocationType="TELECOMMUTE", applicantLocationRequirements=lives)
    assert (remote.remote, remote.locations) == ("remote", ("Spain",))


def test_other_fields() -> None:
    posting = one(
        title="Baker &amp; more",
        description="&lt;p&gt;R&amp;amp;D&lt;/p&gt;",
        hiringOrganization={"name": "Crumb &amp; Sons"},
        employmentType=["PART_TIME", "TEMPORARY"],
        datePosted="2026-10-02",
        validThrough="2026-12-31T23:59:59+01:00",
        url="/relative",
    )
    assert (posting.title, posting.company) == ("Baker & more", "Crumb & Sons")
    assert posting.html == "<p>R&amp;D</p>"
    assert posting.employment_type == "part-time"
    assert posting.posted_at == datetime(2026, 10, 2, tzinfo=UTC)
    assert posting.closes_at == datetime(2026, 12, 31, 22, 59, 59, tzinfo=UTC)
    assert posting.url is None


def test_identifiers() -> None:
    assert identifier_of({"identifier": {"name": "Acme", "value": 7}}) == "7"
    assert identifier_of({"identifier": " R-9 "}) == "R-9"
    assert identifier_of({"identifier": [None, {"value": "b"}]}) == "b"
    assert identifier_of({"identifier": True}) == ""


def test_without_a_title_it_is_rejected() -> None:
    assert isinstance(posting_of({"@type": "JobPosting"}, "x"), Rejected)


anything = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 2**60) | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "value", "address", "addressCountry", "minValue", "currency"]), inner
        )
    ),
    max_leaves=6,
)
FIELDS = ["title", "description", "url", "hiringOrganization", "jobLocation", "employmentType", "baseSalary"]


@given(
    st.dictionaries(
        st.sampled_from([*FIELDS, "jobLocationType", "applicantLocationRequirements", "datePosted"]), anything
    )
)
def test_no_shape_is_an_error(node: dict[str, Any]) -> None:
    found = posting_of(node, "x")
    if isinstance(found, RawPosting):
        check_posting(found)
        assert all(isinstance(salary, Salary) for salary in found.salaries)
