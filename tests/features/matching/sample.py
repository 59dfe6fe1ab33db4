"""Small neutral people and adverts that the tests of matching share."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from jobbot.features.matching import candidate as candidates
from jobbot.features.matching.candidate import Candidate
from jobbot.features.matching.model import Wishes
from jobbot.features.matching.score import Reader, Scored, prepare, score
from jobbot.features.matching.signals import Views
from jobbot.features.matching.worth import Worth
from jobbot.features.profile.facts import facts_of
from jobbot.features.profile.model import Profile
from jobbot.features.skills.extract import Extractor
from jobbot.features.skills.taxonomy import load_core
from jobbot.features.sources.model import Posting
from jobbot.kernel.ids import LOCAL_USER, PostingId, content_hash

TODAY = date(2026, 11, 20)

RESUME: dict[str, Any] = {
    "basics": {
        "name": "Ines Falk",
        "label": "Data analyst",
        "summary": "Data analyst with six years of reporting for hospitals.",
        "location": {"city": "Berlin", "countryCode": "DE"},
    },
    "work": [
        {
            "name": "Klinik am Park",
            "position": "Data analyst",
            "startDate": "2022-01",
            "highlights": ["Built 14 dashboards in Power BI over PostgreSQL for ward managers."],
        },
        {
            "name": "Rathaus Nord",
            "position": "Junior data analyst",
            "startDate": "2019-01",
            "endDate": "2021-12",
            "highlights": ["Cleaned survey data in Python and wrote SQL for the yearly report."],
        },
    ],
    "education": [{"institution": "Hochschule", "area": "Statistics", "studyType": "Bachelor of Science"}],
    "skills": [{"name": "Tools", "keywords": ["SQL", "Power BI", "Python", "Excel"]}],
    "languages": [{"language": "German", "fluency": "Native"}, {"language": "English", "fluency": "C1"}],
}

TEXT = (
    "We run clinics.\n\nYour tasks\n• Build reports for our clinics\n\nRequirements\n"
    "• 3+ years of experience with SQL\n• Power BI or Tableau\n• Kubernetes is required\n"
    "\nNice to have\n• Python\n"
)


@cache
def extractor() -> Extractor:
    return Extractor(load_core())


def profile(resume: dict[str, Any] | None = None) -> Profile:
    data = RESUME if resume is None else resume
    return Profile(LOCAL_USER, "default", 1, data, facts_of(data))


def read(wishes: Wishes | None = None, resume: dict[str, Any] | None = None) -> Candidate:
    return candidates.read(profile(resume), wishes or Wishes(), extractor(), TODAY)


def posting(text: str = TEXT, **changes: Any) -> Posting:
    base = Posting(
        PostingId("abcdefghijklmnop"),
        "file",
        "board",
        "1",
        "Data analyst",
        "Example",
        ("Berlin, Germany",),
        posted_at=datetime(2026, 11, 18, tzinfo=UTC),
        text=text,
        content_hash=content_hash(text),
    )
    return replace(base, **changes)


def judge(one: Posting, wishes: Wishes | None = None, resume: dict[str, Any] | None = None) -> tuple[Scored, Reader]:
    """Scored without an encoder."""
    candidate = read(wishes, resume)
    reader = Reader(candidate, Worth(candidate.skills, extractor().taxonomy))
    return score(prepare(one, extractor().extract(one.text)), reader, Views()), reader
