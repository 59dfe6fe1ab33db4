"""Adverts for benchmarks: made from our own sentences, the same for a seed, some 650 words each, several trades."""

from __future__ import annotations

import random
from typing import NamedTuple


class Advert(NamedTuple):
    """One made-up advert; `requirements` is the part under that heading."""

    title: str
    text: str
    requirements: str


TITLES = {
    "care": ("Night Nurse", "Ward Sister", "Physiotherapist", "Hospital Pharmacist", "Care Home Manager"),
    "trade": ("TIG Welder", "Maintenance Electrician", "Heating Engineer", "CNC Setter", "Site Foreman"),
    "money": ("Payroll Specialist", "Credit Risk Analyst", "Tax Adviser", "Financial Controller", "Claims Handler"),
    "school": ("Maths Teacher", "Nursery Lead", "Speech Therapist", "School Librarian", "Lecturer in Chemistry"),
    "code": ("Backend Engineer", "Data Engineer", "Site Reliability Engineer", "QA Engineer", "Android Developer"),
    "sales": ("Key Account Manager", "Store Manager", "Sales Engineer", "Customer Success Lead", "Buyer"),
}
THINGS = {
    "care": "drug rounds, care plans, discharge letters, wound clinics, handovers, infection audits, triage",
    "trade": "weld procedures, hot-work permits, switchgear, pump overhauls, setting sheets, toolbox talks",
    "money": "month-end close, ledgers, payroll runs, VAT returns, loan files, audit questions, forecasts",
    "school": "lesson plans, reading groups, exam papers, parents' evenings, safeguarding notes, lab sessions",
    "code": "Go services, PostgreSQL schemas, Kafka topics, Terraform modules, Kubernetes clusters, Kotlin apps",
    "sales": "tenders, price lists, store layouts, renewal calls, product demos, CRM records, supplier contracts",
}
PROOFS = {
    "care": "a valid registration, basic life support, a clean background check, experience on an acute ward",
    "trade": "a trade certificate, a coded welder's card, a driving licence, a working-at-height card",
    "money": "a degree in finance, an ACCA or equivalent, very good Excel, knowledge of IFRS",
    "school": "a teaching qualification, an enhanced background check, two years in a classroom",
    "code": "a strong grasp of SQL, experience with Python or Go, on-call experience, knowledge of Linux",
    "sales": "a record of meeting targets, fluent English, a driving licence, experience with Salesforce",
}
COMPANY = (
    "We have grown from a workshop to {n} people in {m} towns and we still eat lunch together.",
    "Our customers stay with us for years because somebody answers the telephone.",
    "You join a team of {m} that plans its own week and shares what it learns every second Thursday.",
    "We pay for training, for the time it takes, and for the train that brings you there.",
    "Decisions are written down, so that whoever was away can still disagree.",
)
DUTIES = (
    "You look after {a} and {b}, and you improve how we do {c}.",
    "You plan {a} together with the people who need them and report on {b} once a month.",
    "You own {a} from the first request to the last signature.",
    "You show new colleagues how {a} and {b} are done here, and you write it down.",
    "You notice when {a} go wrong, say so early, and bring a proposal.",
    "You keep {a} in order, even in the week when {b} and {c} arrive at once.",
)
NEEDS = (
    "You bring {p}.",
    "At least {n} years of work with {a}.",
    "{p} is required, as is a calm manner when {b} are late.",
    "You have run {a} on your own and can explain {b} to a beginner.",
    "Ideally you know {c}; we will teach you the rest.",
    "{p} would be a plus.",
)
OFFERS = (
    "We offer {n} days of holiday, a pension and a permanent contract.",
    "Part-time from {n} hours is possible.",
    "The salary is between {k} 000 and {l} 000 a year, depending on experience.",
    "Everybody is welcome to apply; tell us what you need for the interview and we arrange it.",
)


def adverts(count: int, seed: int = 1) -> list[Advert]:
    """`count` adverts; the same seed gives the same ones."""
    dice = random.Random(seed)
    return [_advert(dice) for _ in range(count)]


def _advert(dice: random.Random) -> Advert:
    field = dice.choice(list(TITLES))
    before, after = dice.choice(("", "Senior ", "Deputy ")), dice.choice(("", " (m/f/x)", ", nights"))
    title = f"{before}{dice.choice(TITLES[field])}{after}"
    needs = _lines(dice, field, NEEDS, 9)
    parts = [
        _lines(dice, field, COMPANY, 5, ""),
        "What you do",
        _lines(dice, field, DUTIES, 16),
        "What you bring",
        needs,
        "What we offer",
        _lines(dice, field, OFFERS, 4),
        _lines(dice, field, COMPANY, 4, ""),
        _lines(dice, field, DUTIES, 8, ""),
    ]
    return Advert(title, "\n".join(parts), needs)


def _lines(dice: random.Random, field: str, patterns: tuple[str, ...], count: int, bullet: str = "• ") -> str:
    return "\n".join(bullet + _line(dice, field, dice.choice(patterns)) for _ in range(count))


def _line(dice: random.Random, field: str, pattern: str) -> str:
    things, proofs = THINGS[field].split(", "), PROOFS[field].split(", ")
    a, b, c = dice.sample(things, 3)
    low = dice.randrange(28, 70)
    numbers = {"n": dice.randrange(2, 30), "m": dice.randrange(3, 14), "k": low, "l": low + dice.randrange(6, 30)}
    return pattern.format(a=a, b=b, c=c, p=dice.choice(proofs), **numbers).capitalize()
