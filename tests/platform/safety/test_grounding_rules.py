"""Each rule of the verifier alone: a line just inside it and one just outside."""

from __future__ import annotations

import pytest

from jobbot.kernel.fact import Fact, FactKind, Line, LineKind
from jobbot.kernel.ids import FactId
from jobbot.kernel.text import Span
from jobbot.platform.safety.grounding import verify, verify_frame, verify_posting


def fact(kind: FactKind, wording: str, pointer: str, **more: object) -> Fact:
    return Fact(FactId(pointer), kind, pointer, wording, **more)  # type: ignore[arg-type]


WARD = {
    "group": "ward",
    "organisation": "Norrvik Hospital",
    "position": "Ward Nurse",
    "start": "2018-03",
    "end": "2021-06",
}
TEAM = fact(FactKind.BULLET, "Led a team of 5 nurses on nights", "ward/1", **WARD)
PLAN = fact(FactKind.BULLET, "Wrote the plan; ordered supplies, without delay", "ward/2", **WARD)
SOFT = fact(FactKind.BULLET, "Built co\u00adoperation with the lab", "ward/3", **WARD)
NURSE = fact(FactKind.ROLE, "Ward Nurse, Norrvik Hospital", "ward", **WARD)
SQL = fact(FactKind.SKILL, "SQL", "skills/0", group="data", attributes=(("group", "Data"), ("level", "Expert")))
R = fact(FactKind.SKILL, "R", "skills/1", group="data", attributes=(("group", "Data"), ("level", "Expert")))
TRIAGE = fact(FactKind.SKILL, "Triage", "skills/2", group="care", attributes=(("group", "Care"), ("level", "Basic")))
MIX = fact(FactKind.SKILL, "Excel, Access (basic), Word", "skills/3", group="office")
ALS = fact(
    FactKind.CERTIFICATE, "Life Support", "c/0", group="c", organisation="Board", start="2020-11-03", end="2020-11-03"
)
PORTAL = {"group": "portal", "organisation": "", "position": "Portal", "start": "2020", "end": "2021"}
HEAD = fact(FactKind.PROJECT, "Portal", "portal", **PORTAL, attributes=(("keyword", "React"), ("keyword", "Go")))
DEED = fact(FactKind.BULLET, "Built the sign-up page", "portal/1", **PORTAL)
GERMAN = fact(FactKind.LANGUAGE, "German, Limited", "l/0", attributes=(("language", "German"), ("fluency", "Limited")))
SCHOOL = fact(FactKind.EDUCATION, "Norrvik College", "e/0", organisation="Norrvik College", start="2010", end="2012")
CITY = fact(
    FactKind.CONTACT, "Malmö, SE", "basics", attributes=(("city", "Malmö"), ("countryCode", "SE"), ("field", "Lund"))
)

CUTS = {
    name: fact(FactKind.BULLET, text, f"ward/{name}", **WARD)
    for name, text in {
        "by": "Reduced errors by 32 %",
        "gerund": "Reduced errors by checking twice",
        "and": "Led the night shift, and reduced waste",
        "and thing": "Led the night shift, and the day shift",
        "figure": "Sold pumps, 40 pumps a year",
        "part": "Sold pumps, 2 of them new",
        "king": "Crowned the queen, king and knave",
        "initial": "Nursed under Dr. J. Smith. Ran the ward",
        "co": "Built the clinic, using funds co-raised by the city",
        "aren't": "Built the clinic, using tools that weren't certified",
        "about": "Built the clinic, using ~20 volunteers",
        "helped": "Helped to open the ward",
        "full": "Used Good, Clinical Practice",
    }.items()
}
STUDY = {"organisation": "Norrvik College", "position": "BSc (expected 2027), Nursing", "start": "2024-09"}
STUDENT = fact(
    FactKind.EDUCATION,
    "BSc (expected 2027), Nursing, Norrvik College",
    "e/1",
    **STUDY,
    attributes=(("studyType", "BSc (expected 2027)"), ("area", "Nursing")),
)
ENDED = fact(FactKind.ROLE, "Porter, Holm Yard", "work/7", organisation="Holm Yard", position="Porter", end="2019-05")
ONCE = fact(
    FactKind.ROLE, "Usher, Holm Hall", "work/8", organisation="Holm Hall", position="Usher", start="2017", end="2017"
)
INSIDE: list[tuple[str, tuple[Fact, ...]]] = [
    ("Wrote the plan, ordered supplies, without delay", (PLAN,)),
    ("Wrote the plan", (PLAN,)),
    ("Ordered supplies, without delay", (PLAN,)),
    ("Built co\u00adoperation with the lab", (SOFT,)),
    ("At Norrvik Hospital, as Ward Nurse, I led a team of 5 nurses on nights", (TEAM,)),
    ("Data: SQL, R", (SQL, R)),
    ("SQL (Expert), Triage", (SQL, TRIAGE)),
    ("Excel, Word", (MIX,)),
    ("Life Support, Board, 3 November 2020", (ALS,)),
    ("Life Support, Board, Nov 3, 2020", (ALS,)),
    ("Life Support (2020-11-03)", (ALS,)),
    ("Life Support, Nov 2020", (ALS,)),
    ("Portal: React, Go", (HEAD,)),
    ("Portal, 2020 – 2021", (HEAD,)),
    ("Norrvik College, 2012", (SCHOOL,)),
    ("Ward Nurse at Norrvik Hospital until Jun 2021", (NURSE,)),
    ("Malmö", (CITY,)),
    ("German (Limited)", (GERMAN,)),
    ("Led a team of 5 nurses on nights; wrote the plan. SQL, R", (TEAM, PLAN, SQL, R)),
    ("Reduced errors", (CUTS["gerund"],)),
    ("Led the night shift", (CUTS["and"],)),
    ("Sold pumps", (CUTS["figure"],)),
    ("Ran the ward", (CUTS["initial"],)),
    ("Ward Nurse, Norrvik Hospital", (CUTS["helped"],)),
    ("Norrvik College: BSc (expected 2027), Nursing", (STUDENT,)),
    ("BSc (expected 2027), Nursing, Norrvik College, Sep 2024 – Present", (STUDENT,)),
    ("Porter, Holm Yard until May 2019", (ENDED,)),
    ("Usher, Holm Hall, 2017", (ONCE,)),
    ("Ward Nurse, Norrvik Hospital, 2018-2021", (NURSE,)),
]


@pytest.mark.parametrize(("text", "facts"), INSIDE, ids=[text for text, _ in INSIDE])
def test_just_inside(text: str, facts: tuple[Fact, ...]) -> None:
    verdict = verify(Line("cv", LineKind.FACT, text, facts))
    assert verdict.ok, verdict.reasons


OUTSIDE: dict[str, tuple[str, tuple[Fact, ...]]] = {
    "pieces that touch": ("Ward Nurse Norrvik Hospital", (NURSE,)),
    "list items that touch": ("SQL R", (SQL, R)),
    "items joined by another word": ("SQL in R", (SQL, R)),
    "label of another group": ("Data: Triage", (SQL, TRIAGE)),
    "level of another skill": ("Triage (Expert)", (TRIAGE, SQL)),
    "item whose limit is left out": ("Access", (MIX,)),
    "joining word of the wrong kind": ("At led a team of 5 nurses on nights", (TEAM,)),
    "joining words in the wrong order": ("I there led a team of 5 nurses on nights", (TEAM,)),
    "joining word before a skill": ("My SQL", (SQL,)),
    "joining word cut off by a comma": ("Ward Nurse at, Norrvik Hospital", (NURSE,)),
    "joining word at the end": ("Led a team of 5 nurses on nights and", (TEAM,)),
    "joining word at a sentence's end": ("Led a team of 5 nurses on nights and. SQL", (TEAM, SQL)),
    "joining words without end": ("and and and and and SQL", (SQL,)),
    "comma taken away": ("Ordered supplies without delay", (PLAN,)),
    "comma made a full stop": ("Ordered supplies. Without delay", (PLAN,)),
    "comma put in": ("Led a team, of 5 nurses on nights", (TEAM,)),
    "colon put in": ("Led a team of 5: nurses on nights", (TEAM,)),
    "told backwards": ("Ordered supplies, without delay; wrote the plan", (PLAN,)),
    "told twice": ("Wrote the plan; wrote the plan", (PLAN,)),
    "skill beside a deed": ("SQL: led a team of 5 nurses on nights", (SQL, TEAM)),
    "keyword beside a deed": ("React: built the sign-up page", (HEAD, DEED)),
    "deed beside a date": ("2020 – 2021: built the sign-up page", (HEAD, DEED)),
    "another day": ("Life Support, Board, 4 November 2020", (ALS,)),
    "another month": ("Life Support, Board, Dec 2020", (ALS,)),
    "role of one year": ("Ward Nurse, Norrvik Hospital, 2018", (NURSE,)),
    "until the start": ("Ward Nurse at Norrvik Hospital until Mar 2018", (NURSE,)),
    "offset as a number": ("Malmö, Lund", (CITY,)),
    "level left out": ("German", (GERMAN,)),
    "soft hyphen put in": ("Led a team of 5 nur\u00adses on nights", (TEAM,)),
    "soft hyphen between words": ("Led a team \u00adof 5 nurses on nights", (TEAM,)),
    "too long": ("Led a team of 5 nurses on nights. " * 60, (TEAM,)),
    "figure left out": ("Reduced errors", (CUTS["by"],)),
    "second half of a pair left out": ("Led the night shift", (CUTS["and thing"],)),
    "part left out": ("Sold pumps", (CUTS["part"],)),
    "list cut": ("Crowned the queen", (CUTS["king"],)),
    "cut after an initial": ("Nursed under Dr. J", (CUTS["initial"],)),
    "begun after an initial": ("Smith. Ran the ward", (CUTS["initial"],)),
    "shared deed": ("Built the clinic", (CUTS["co"],)),
    "negation in the tail": ("Built the clinic", (CUTS["aren't"],)),
    "sign of a guess": ("Built the clinic", (CUTS["about"],)),
    "running, though it ended": ("Porter, Holm Yard, 2015 – Present", (ENDED,)),
    "running without a start": ("Porter, Holm Yard, Present", (ENDED,)),
    "study without its limit": ("Norrvik College: Nursing", (STUDENT,)),
    "only a full stop": (".", (TEAM,)),
}


@pytest.mark.parametrize(("text", "facts"), OUTSIDE.values(), ids=OUTSIDE)
def test_just_outside(text: str, facts: tuple[Fact, ...]) -> None:
    verdict = verify(Line("cv", LineKind.FACT, text, facts))
    assert not verdict.ok
    assert all(len(reason) > 10 for reason in verdict.reasons)


def test_a_synonym_is_one_phrase() -> None:
    line = Line("cv", LineKind.FACT, "Used GCP", (CUTS["full"],))
    assert not verify(line, {"GCP": ["Good Clinical Practice"]}).ok


def test_frames_open_sentences_and_nothing_else() -> None:
    text = "Tongues: German (Limited)"
    assert not verify(Line("cv", LineKind.FACT, text, (GERMAN,))).ok
    assert verify(Line("cv", LineKind.FACT, text, (GERMAN,)), frames=["Tongues"]).ok
    assert not verify(Line("cv", LineKind.FACT, "German (Limited) Tongues", (GERMAN,)), frames=["Tongues"]).ok
    assert not verify(Line("cv", LineKind.FACT, "German (Limited), Tongues", (GERMAN,)), frames=["Tongues"]).ok
    assert not verify(Line("cv", LineKind.FACT, "Tongues", (GERMAN,)), frames=["Tongues"]).ok


def test_each_kind_has_its_own_judge() -> None:
    span = (Span(0, 4),)
    as_fact = Line("cv", LineKind.FACT, "Data", (SQL,), span)
    as_posting = Line("cv", LineKind.POSTING, "Data", (SQL,), span)
    as_frame = Line("cv", LineKind.FRAME, "Data", (SQL,), span)
    assert verify(as_fact).ok
    assert verify_posting(as_posting, "Data and more").ok
    assert verify_frame(as_frame, ["Data"]).ok
    assert not verify(as_posting).ok
    assert not verify(as_frame).ok
    assert not verify_posting(as_fact, "Data and more").ok
    assert not verify_frame(as_fact, ["Data"]).ok


def quoted(text: str, *spans: Span, facts: tuple[Fact, ...] = ()) -> Line:
    return Line("letter", LineKind.POSTING, text, facts, spans)


def test_a_quote_needs_a_place_that_is_there() -> None:
    text = "You know triage."
    assert verify_posting(quoted("You know triage.", Span(0, 16)), text).ok
    assert verify_posting(quoted("“triage”", Span(9, 15)), text).ok
    assert not verify_posting(quoted("“triage”"), text).ok
    assert not verify_posting(quoted("“triage”", Span(9, 17)), text).ok
    assert not verify_posting(quoted("triage and more", Span(9, 15)), text).ok
    assert not verify_posting(quoted("“triage” “nights”", Span(9, 15)), text).ok
    assert not verify_posting(quoted("“triage” I led a team of 5 nurses on nights", Span(9, 15)), text).ok
    assert verify_posting(quoted("“triage” I led a team of 5 nurses on nights", Span(9, 15), facts=(TEAM,)), text).ok


def test_frames_hold_nothing_invisible() -> None:
    assert verify_frame(Line("cv", LineKind.FRAME, "Data"), ["Data"]).ok
    assert not verify_frame(Line("cv", LineKind.FRAME, "Da\u200bta"), ["Da\u200bta"]).ok


def test_reasons_say_what_was_left_out() -> None:
    verdict = verify(Line("cv", LineKind.FACT, "Ordered supplies", (PLAN,)))
    assert "without delay" in verdict.reasons[0]
    assert "“Limited”" in verify(Line("cv", LineKind.FACT, "German", (GERMAN,))).reasons[0]
