"""Letters: every sentence is a quote of the posting, a fact, or a frame that claims nothing; no two are alike."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any

import pytest

from jobbot.features.tailoring import glyphs, lexicon
from jobbot.features.tailoring.letter import short_title, write
from jobbot.features.tailoring.model import Unit
from jobbot.features.tailoring.nearness import Nearness
from jobbot.features.tailoring.verify import Prover
from jobbot.features.tailoring.weigh import Scale
from jobbot.kernel.clock import FixedClock
from jobbot.kernel.fact import FactKind, Line, LineKind

ADVERTS = [
    (
        "Transport Planner",
        "Frescor",
        "Requirements\n• SQL and Excel for route planning\n• You led a team\n• Fluent English",
    ),
    ("Warehouse Lead", "Nordlager", "You bring\n• Forklift licence\n• Warehouse experience\n• Spanish is a plus"),
    ("SAP Key User", "Molino", "Must have\n• SAP in daily use\n• Power BI reports"),
    ("Stock Controller", "Arena", "What you need\n• Stocktakes in a busy warehouse\n• Excel at an advanced level"),
    ("Logistics Trainer", "Fenwick", "Profile\n• Forklift teaching\n• logistics background\n• English"),
    ("Data Analyst, Supply", "Kelp", "Requirements\n• SQL on large tables\n• Power BI for planners"),
    ("Shift Leader", "Brot & Co", "We ask for\n• Having led a shift\n• route planning for vans"),
    ("Depot Manager", "Trasmar", "You have\n• led a team in a depot\n• SAP and Excel"),
    ("Planner, Cold Chain", "Iglú", "Needed\n• transport planning in cold chain\n• SQL"),
    ("Office Help", "Zeta", ""),
]


def letter(samples: Any, title: str, company: str, text: str, number: str = "1") -> tuple[Any, Any, tuple[Unit, ...]]:
    person, advert = samples.profile(), samples.posting(text, title, company, number)
    match = samples.match(person, advert)
    now = FixedClock().now()
    scale = Scale(match, samples.extractor, now)
    near = Nearness(samples.extractor, None, person.of(FactKind.BULLET))
    return person, advert, write(person, match, scale, near, Prover(advert), now, "Libertinus Serif")


def sentences(units: tuple[Unit, ...]) -> list[Line]:
    return [line for unit in units for line in unit.lines]


@pytest.mark.parametrize(("title", "company", "text"), ADVERTS)
def test_every_line_is_proven_and_every_quote_stands_in_the_posting(
    samples: Any, title: str, company: str, text: str
) -> None:
    _, advert, units = letter(samples, title, company, text)
    prover = Prover(advert)
    for line in sentences(units):
        assert prover.check(line) == ()
        if line.kind is LineKind.POSTING:
            said = {span.of(advert.text) for span in line.spans}
            quoted = re.findall("“([^”]*)”", line.text)
            assert quoted
            assert set(quoted) <= said
        if line.kind is LineKind.FACT:
            assert line.facts


def test_the_first_sentence_quotes_the_posting_and_the_second_answers_with_a_fact(samples: Any) -> None:
    _, _, units = letter(samples, *ADVERTS[0])
    body = [unit for unit in units if len(unit.lines) > 1 and unit.lines[0].kind is LineKind.POSTING]
    asked, told = body[0].lines[:2]
    assert "SQL and Excel for route planning" in asked.text
    assert "SQL and Excel" in told.text
    assert re.match(r"(At|As Logistics Planner at) Huerta Directa,? I planned routes", told.text)


def test_letters_differ_from_posting_to_posting(samples: Any) -> None:
    """No two letters share more than three quarters of the sentences below the greeting, from nine bullets."""
    bodies = []
    for number, advert in enumerate(ADVERTS[:-1]):
        _, _, units = letter(samples, *advert, number=str(number))
        bodies.append({line.text for line in sentences(units[6:-2])})
    for one, other in combinations(bodies, 2):
        assert len(one & other) <= 0.75 * min(len(one), len(other))
    quotes = [re.findall("“([^”]*)”", " ".join(body)) for body in bodies]
    assert all(quotes)
    assert len({tuple(sorted(found)) for found in quotes}) == len(quotes)


def test_no_sentence_could_stand_in_anyones_letter(samples: Any) -> None:
    """Each one beside greeting, date and closing holds a quote, a fact, or the posting's own title."""
    for advert in ADVERTS:
        _, posting, units = letter(samples, *advert)
        for line in sentences(units[6:-2]):
            assert line.facts or line.spans or short_title(posting.title) in line.text
    empty = re.compile(r"excited|passion|team player|great fit|look forward|perfect|thrilled|dynamic", re.IGNORECASE)
    values = [getattr(lexicon, name) for name in dir(lexicon) if name.isupper()]
    frames = [text for value in values for text in ([value] if isinstance(value, str) else value)]
    assert len(frames) > 30
    assert not [text for text in frames if empty.search(text)]


def test_without_a_description_the_letter_rests_on_the_strongest_facts(samples: Any) -> None:
    _, _, units = letter(samples, *ADVERTS[-1])
    told = [line for line in sentences(units) if line.kind is LineKind.FACT and line.text.endswith(".")]
    assert len(told) == 3


@pytest.mark.parametrize(
    ("title", "company"),
    [
        ("Planner “Night”", "Port"),
        ("物流", "株式会社"),
        ("x" * 300, "y" * 300),
        ("", ""),
        ("Planner\nIgnore all rules", "A {title} B"),
        ("Planner {quote}", "#read(1)"),
        ("Welder 🎉", "\u202eevil"),
    ],
)
def test_an_odd_title_or_company_never_breaks_the_letter(samples: Any, title: str, company: str) -> None:
    for text in (samples.TEXT, "", f"{title}\nRequirements\n• SQL 数据库\n• {'z' * 90} with Excel"):
        _, advert, units = letter(samples, title, company, text)
        prover = Prover(advert)
        for line in sentences(units):
            assert prover.check(line) == (), line.text
            assert not glyphs.obstacle(line.text, "Libertinus Serif")


def test_a_forged_line_is_refused(samples: Any) -> None:
    person, advert, units = letter(samples, *ADVERTS[0])
    prover = Prover(advert)
    bullet = next(fact for fact in person.facts if "38 lorries" in fact.wording)
    forged = [
        Line("letter", LineKind.FACT, "At Huerta Directa I planned routes for 39 lorries.", (bullet,)),
        Line("letter", LineKind.FACT, "At Nordlager I planned routes for 38 lorries.", (bullet,)),
        Line("letter", LineKind.FACT, "I have ten years of Rust."),
        Line("letter", LineKind.FRAME, "I am a certified pilot."),
        Line("letter", LineKind.FRAME, "Dear Other Company team,"),
        *(
            Line("letter", LineKind.POSTING, line.text.replace("SQL", "Rust"), spans=line.spans)
            for line in sentences(units)
            if line.kind is LineKind.POSTING and "SQL" in line.text
        ),
        *(
            Line("letter", LineKind.POSTING, f"I know {line.text}", spans=line.spans)
            for line in sentences(units)
            if line.kind is LineKind.POSTING
        ),
    ]
    assert len(forged) > 6
    assert [line.text for line in forged if not prover.check(line)] == []


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Data Analyst (m/w/d)", "Data Analyst"),
        ("Nurse (all genders) - Night", "Nurse"),
        ("Lead Engineer – Payments", "Lead Engineer"),
        ("Welder", "Welder"),
        ("", ""),
    ],
)
def test_short_title(title: str, short: str) -> None:
    assert short_title(title) == short
    assert short in title
