"""An invented profile and posting, and a plain match: a fact answers a requirement when both name a skill."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from jobbot.features.matching.model import Coverage, Match, RequirementFit, SkillHit
from jobbot.features.profile.facts import facts_of
from jobbot.features.profile.model import Profile
from jobbot.features.skills.extract import Extractor
from jobbot.features.skills.model import Skill, SkillKind
from jobbot.features.skills.taxonomy import Taxonomy
from jobbot.features.sources.model import Posting
from jobbot.features.tailoring.press import Press
from jobbot.features.tailoring.tailor import Tailor
from jobbot.kernel.clock import FixedClock
from jobbot.kernel.fact import Fact
from jobbot.kernel.ids import LOCAL_USER, posting_id

RESUME: dict[str, Any] = {
    "basics": {
        "name": "Ines Valdoro",
        "label": "Logistics Planner",
        "email": "ines@valdoro.example",
        "phone": "+34 600 000 111",
        "url": "https://valdoro.example/ines/",
        "summary": "Plans transport and stock for food retail. Certified forklift instructor.",
        "location": {"city": "Valencia", "countryCode": "ES"},
    },
    "work": [
        {
            "name": "Huerta Directa",
            "position": "Logistics Planner",
            "startDate": "2021-03",
            "highlights": [
                "Planned routes for 38 lorries with SQL and Excel, cutting empty kilometres by 17%.",
                "Introduced SAP transport planning at three depots in seven months.",
                "Trained 24 colleagues in cold-chain rules.",
                "Wrote the weekly stock report for the board.",
            ],
        },
        {
            "name": "Almacenes Turia",
            "position": "Warehouse Supervisor",
            "startDate": "2016-09",
            "endDate": "2021-02",
            "highlights": [
                "Led a shift of 19 people through two stocktakes without a day of closure.",
                "Reduced picking errors from 2.4% to 0.6% with Excel checklists.",
                "Responsible for forklift safety.",
            ],
        },
        {
            "name": "Puerto Sur",
            "position": "Tally Clerk",
            "startDate": "2009-01",
            "endDate": "2012-06",
            "highlights": ["Counted containers on the night shift.", "Kept customs papers for 40 vessels."],
        },
    ],
    "education": [
        {
            "institution": "Universitat del Turia",
            "area": "Logistics",
            "studyType": "BSc",
            "startDate": "2012",
            "endDate": "2016",
        }
    ],
    "certificates": [{"name": "Forklift instructor licence", "issuer": "Fenwick Academy", "date": "2018-05"}],
    "skills": [
        {"name": "Planning", "keywords": ["Route planning", "Demand forecasting", "SAP"]},
        {"name": "Data", "keywords": ["SQL", "Excel", "Power BI"]},
    ],
    "languages": [{"language": "Spanish", "fluency": "Native"}, {"language": "English", "fluency": "C1"}],
    "awards": [{"title": "Safety prize", "awarder": "Port of Valencia", "date": "2020"}],
}

TEXT = """About us
Frescor delivers vegetables to 900 shops.
What you bring
• Experience with SQL and Excel for transport planning
• SAP knowledge
• 3+ years in logistics
• You have led a team in a warehouse
Nice to have
• Power BI dashboards
• A forklift licence
• Fluent Spanish and English"""


class Samples:
    """What tests of this slice start from."""

    RESUME, TEXT = RESUME, TEXT

    def __init__(self) -> None:
        self.extractor = _extractor()

    @staticmethod
    def profile(resume: dict[str, Any] | None = None, version: int = 3) -> Profile:
        value = resume if resume is not None else RESUME
        return Profile(LOCAL_USER, "default", version, value, facts_of(value))

    @staticmethod
    def posting(
        text: str = TEXT, title: str = "Transport Planner (m/f/d)", company: str = "Frescor", number: str = "1"
    ) -> Posting:
        return _posting(text, title, company, number)

    def match(self, person: Profile, advert: Posting) -> Match:
        return _match(person, advert, self.extractor)

    def tailor(self, store: Any = None, records: Any = None) -> Tailor:
        return Tailor(self.extractor, store, FixedClock(), records)


@pytest.fixture(scope="session")
def samples() -> Samples:
    return Samples()


@pytest.fixture(scope="session")
def tailor(samples: Samples) -> Iterator[Tailor]:
    """One with a worker and without a database, for all tests."""
    made = samples.tailor()
    yield made
    made.close()


@pytest.fixture(scope="session")
def press() -> Iterator[Press]:
    made = Press()
    yield made
    made.close()


def _posting(text: str, title: str, company: str, number: str) -> Posting:
    return Posting(
        id=posting_id("test", "", "frescor", number),
        source="test",
        board="frescor",
        external_id=number,
        title=title,
        company=company,
        locations=("Valencia",),
        text=text,
        complete=bool(text),
    )


def _match(person: Profile, advert: Posting, extractor: Extractor) -> Match:
    """Requirements with the facts that name one of their skills; strength is the share of skills named."""
    shown = {fact.id: {m.skill.uri for m in extractor.skills(fact.wording)} for fact in person.facts}
    fits = []
    read = extractor.extract(advert.text)
    hits = [
        SkillHit(m.skill.label, m.skill.uri, m.confidence, (m.evidence,), tuple(found))
        for m in read.skills
        if (found := [f for f in person.facts if m.skill.uri in shown[f.id]])
    ]
    for requirement in read.requirements:
        asked = {mention.skill.uri for mention in requirement.skills}
        facts = sorted((f for f in person.facts if shown[f.id] & asked), key=lambda f: -len(shown[f.id] & asked))
        fits.append(_fit(requirement, tuple(facts), shown, asked))
    return Match(
        advert, 60, 60, 0, not advert.complete, contributions=(), requirements=tuple(fits), skills_hit=tuple(hits)
    )


def _fit(requirement: Any, facts: tuple[Fact, ...], shown: dict[Any, set[str]], asked: set[str]) -> RequirementFit:
    covered = set().union(*(shown[f.id] & asked for f in facts)) if facts else set()
    strength = len(covered) / len(asked) if asked else 0.0
    coverage = Coverage.MET if strength == 1 else Coverage.PARTLY if strength else Coverage.MISSING
    return RequirementFit(requirement, coverage, strength, facts)


def _extractor() -> Extractor:
    """Over a taxonomy of a dozen skills, so that these tests hold whatever the bundled core says."""
    return Extractor(Taxonomy([_skill(label, kind, *aliases) for label, kind, *aliases in _SKILLS]))


_SKILLS: tuple[tuple[Any, ...], ...] = (
    ("SQL", SkillKind.TOOL),
    ("Excel", SkillKind.TOOL, "Microsoft Excel"),
    ("SAP", SkillKind.TOOL),
    ("Power BI", SkillKind.TOOL),
    ("transport planning", SkillKind.SKILL, "route planning", "planned routes"),
    ("warehouse management", SkillKind.SKILL, "warehouse"),
    ("logistics", SkillKind.KNOWLEDGE),
    ("forklift", SkillKind.SKILL, "forklift licence"),
    ("team leadership", SkillKind.SKILL, "led a team", "led a shift"),
    ("Spanish", SkillKind.LANGUAGE),
    ("English", SkillKind.LANGUAGE),
    ("stocktaking", SkillKind.SKILL, "stocktakes"),
)


def _skill(label: str, kind: SkillKind, *aliases: str) -> Skill:
    return Skill(f"test:{label.replace(' ', '-').lower()}", label, kind, aliases)
