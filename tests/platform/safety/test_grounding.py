"""The verifier on lines a person can judge: what a fact says, and what it does not."""

from __future__ import annotations

import pytest

from jobbot.kernel.fact import Fact, FactKind, Line, LineKind
from jobbot.kernel.ids import FactId
from jobbot.kernel.text import Span
from jobbot.platform.safety.grounding import verify, verify_frame, verify_posting

SYNONYMS = {"Kubernetes": ["K8s"], "Good Clinical Practice": ["GCP"], "accounts payable": ["AP"]}


def fact(kind: FactKind, wording: str, **more: object) -> Fact:
    place = str(more.pop("pointer", f"/{kind.value}/{abs(hash(wording)) % 97}"))
    return Fact(FactId(f"f-{place}"), kind, place, wording, **more)  # type: ignore[arg-type]


WARD = {
    "group": "/work/0",
    "organisation": "Norrvik Hospital",
    "position": "Ward Nurse",
    "start": "2018-03",
    "end": "2021-06",
}
YARD = {"group": "/work/1", "organisation": "Holm Shipyard", "position": "Welder", "start": "2022-01", "end": ""}
ERRORS = fact(
    FactKind.BULLET, "Reduced dispensing errors by 32 % by introducing barcode checks, saving 2 h a day", **WARD
)
TEAM = fact(FactKind.BULLET, "Led a team of 5 nurses on nights", pointer="/work/0/highlights/1", **WARD)
HELPED = fact(FactKind.BULLET, "Assisted in leading the move of the ward; wrote the plan", **WARD)
HULLS = fact(FactKind.BULLET, "Welded hulls of up to 40 mm steel, supervised by a master welder", **YARD)
NURSE = fact(
    FactKind.ROLE, "Ward Nurse, Norrvik Hospital", pointer="/work/0", attributes=(("location", "Norrvik"),), **WARD
)
WELDER = fact(FactKind.ROLE, "Welder, Holm Shipyard", pointer="/work/1", **YARD)
DEGREE = fact(
    FactKind.EDUCATION,
    "BSc (expected 2027), Nursing, Norrvik College",
    organisation="Norrvik College",
    position="BSc (expected 2027), Nursing",
    start="2024-09",
    attributes=(("studyType", "BSc (expected 2027)"), ("area", "Nursing")),
)
KITCHEN = fact(FactKind.BULLET, "Ran the kitchen, whenever the chef was ill", pointer="/work/0/highlights/4", **WARD)
SQL = fact(FactKind.SKILL, "SQL", pointer="/skills/0/keywords/0", group="/skills/0", attributes=(("group", "Data"),))
K8S = fact(
    FactKind.SKILL, "Kubernetes", pointer="/skills/0/keywords/1", group="/skills/0", attributes=(("group", "Data"),)
)
BASIC = fact(FactKind.SKILL, "Python (basic)", pointer="/skills/1/keywords/0", group="/skills/1")
FRENCH = fact(
    FactKind.LANGUAGE, "French, B1", pointer="/languages/0", attributes=(("language", "French"), ("fluency", "B1"))
)
GREEK = fact(
    FactKind.LANGUAGE,
    "Greek, Native",
    pointer="/languages/1",
    attributes=(("language", "Greek"), ("fluency", "Native")),
)


def line(text: str, *facts: Fact) -> Line:
    return Line("cv", LineKind.FACT, text, facts)


TRUE = [
    ("Reduced dispensing errors by 32 % by introducing barcode checks, saving 2 h a day", [ERRORS]),
    ("Reduced dispensing errors by 32% by introducing barcode checks, saving 2 h a day.", [ERRORS]),
    ("Reduced dispensing errors by 32 % by introducing barcode checks", [ERRORS]),
    ("Reduced dispensing errors by 32 %", [ERRORS]),
    ("At Norrvik Hospital I reduced dispensing errors by 32 %.", [ERRORS]),
    ("As Ward Nurse at Norrvik Hospital, I led a team of 5 nurses on nights.", [TEAM]),
    ("There I led a team of 5 nurses on nights.", [TEAM]),
    ("Ward Nurse, Norrvik Hospital, Mar 2018 – Jun 2021", [NURSE]),
    ("Ward Nurse, Norrvik Hospital, Norrvik, 2018–2021", [NURSE]),
    ("Ward Nurse at Norrvik Hospital from March 2018 to June 2021", [NURSE]),
    ("Welder, Holm Shipyard, Jan 2022 – Present", [WELDER]),
    ("Welder at Holm Shipyard since Jan 2022", [WELDER]),
    ("Wrote the plan", [HELPED]),
    ("Assisted in leading the move of the ward", [HELPED]),
    ("Data: SQL, K8s", [SQL, K8S]),
    ("SQL and Kubernetes", [SQL, K8S]),
    ("Python (basic), SQL", [BASIC, SQL]),
    ("French (B1), Greek (Native)", [FRENCH, GREEK]),
    ("BSc (expected 2027), Nursing, Norrvik College", [DEGREE]),
    ("Led a team of 5 nurses on nights. Reduced dispensing errors by 32 %.", [TEAM, ERRORS]),
]


@pytest.mark.parametrize(("text", "facts"), TRUE, ids=[text for text, _ in TRUE])
def test_true_lines_pass(text: str, facts: list[Fact]) -> None:
    verdict = verify(line(text, *facts), SYNONYMS)
    assert verdict.ok, verdict.reasons


FALSE = {
    "number": ("Reduced dispensing errors by 23 %", [ERRORS]),
    "unit": ("Reduced dispensing errors by 32", [ERRORS]),
    "percent to points": ("Reduced dispensing errors by 32 points", [ERRORS]),
    "number of another fact": ("Led a team of 32 nurses on nights", [TEAM, ERRORS]),
    "employer of another role": ("Ward Nurse, Holm Shipyard", [NURSE, WELDER]),
    "deed at another employer": ("At Holm Shipyard I led a team of 5 nurses on nights.", [TEAM, WELDER]),
    "dates of another role": ("Ward Nurse, Norrvik Hospital, Jan 2022 – Present", [NURSE, WELDER]),
    "longer dates": ("Ward Nurse, Norrvik Hospital, Mar 2017 – Jun 2021", [NURSE]),
    "still there": ("Ward Nurse, Norrvik Hospital, Mar 2018 – Present", [NURSE]),
    "since, though ended": ("Ward Nurse at Norrvik Hospital since Mar 2018", [NURSE]),
    "dates turned round": ("Ward Nurse, Norrvik Hospital, Jun 2021 – Mar 2018", [NURSE]),
    "title inflated": ("Senior Ward Nurse, Norrvik Hospital", [NURSE]),
    "title cut": ("Nurse, Norrvik Hospital", [NURSE]),
    "hedge lost": ("Welded hulls of 40 mm steel, supervised by a master welder", [HULLS]),
    "supervision lost": ("Welded hulls of up to 40 mm steel", [HULLS]),
    "assistance lost": ("Leading the move of the ward", [HELPED]),
    "verb inflated": ("Led the move of the ward", [HELPED]),
    "degree finished": ("BSc, Nursing, Norrvik College", [DEGREE]),
    "degree left out": ("Nursing, Norrvik College", [DEGREE]),
    "skill of the posting": ("Data: SQL, Kubernetes, Rust", [SQL, K8S]),
    "skill not cited": ("SQL, Kubernetes", [SQL]),
    "level lost": ("Python", [BASIC]),
    "levels swapped": ("French (Native), Greek (B1)", [FRENCH, GREEK]),
    "level dropped": ("French", [FRENCH]),
    "two facts in one clause": ("Led a team of 5 nurses by introducing barcode checks", [TEAM, ERRORS]),
    "effect of another fact": ("Led a team of 5 nurses on nights, saving 2 h a day", [TEAM, ERRORS]),
    "two deeds in one sentence": (
        "Led a team of 5 nurses on nights and reduced dispensing errors by 32 %",
        [TEAM, ERRORS],
    ),
    "deed with a skill": ("Reduced dispensing errors by 32 % with SQL", [ERRORS, SQL]),
    "cut in the middle": ("Reduced dispensing errors by introducing barcode checks", [ERRORS]),
    "cut off its object": ("Led a team", [TEAM]),
    "spelled number": ("Led a team of fifty nurses on nights", [TEAM]),
    "homoglyph number": ("Led a team of ５ nurses on nights", [TEAM]),
    "homoglyph letter": ("Led a tеam of 5 nurses on nights", [TEAM]),
    "zero width": ("Led a team of 5\u200b nurses on nights", [TEAM]),
    "plural": ("Led teams of 5 nurses on nights", [TEAM]),
    "invented metric": ("Led a team of 5 nurses on nights, cutting costs by half", [TEAM]),
    "punctuation that turns it round": ("Assisted. In leading the move of the ward", [HELPED]),
    "deed with the dates of the role": ("I led a team of 5 nurses on nights, Mar 2018 – Jun 2021", [TEAM, NURSE]),
    "deed since": ("I welded hulls of up to 40 mm steel, supervised by a master welder since 2022", [HULLS, WELDER]),
    "clause that limits in unforeseen words": ("Ran the kitchen", [KITCHEN]),
    "glue alone": ("I and my", [TEAM]),
    "nothing": ("", [TEAM]),
    "no fact": ("Led a team of 5 nurses on nights", []),
}


@pytest.mark.parametrize(("text", "facts"), FALSE.values(), ids=FALSE)
def test_false_lines_are_refused_with_a_reason(text: str, facts: list[Fact]) -> None:
    verdict = verify(line(text, *facts), SYNONYMS)
    assert not verdict.ok
    assert all(verdict.reasons)


def test_synonyms_hold_only_when_handed_in() -> None:
    assert not verify(line("Data: SQL, K8s", SQL, K8S)).ok


def test_synonyms_cannot_smuggle_a_qualifier_or_a_number() -> None:
    assert not verify(line("Led the move of the ward", HELPED), {"Led": ["Assisted in leading"]}).ok
    assert not verify(line("Led a team of 50 nurses on nights", TEAM), {"50": ["5"]}).ok


def test_reasons_name_the_place() -> None:
    assert "23 %" in verify(line("Reduced dispensing errors by 23 %", ERRORS)).reasons[0]
    assert "supervised by" in verify(line("Welded hulls of up to 40 mm steel", HULLS)).reasons[0]


POSTING = "We ask for 3 years of SQL. You work nights on the ward."


def quote(text: str, *spans: Span, facts: tuple[Fact, ...] = ()) -> Line:
    return Line("letter", LineKind.POSTING, text, facts, spans)


def test_quotes_must_be_the_postings_words() -> None:
    span = Span(11, 25)
    assert span.of(POSTING) == "3 years of SQL"
    assert verify_posting(quote("3 years of SQL", span), POSTING).ok
    assert verify_posting(quote("You ask for “3 years of SQL”.", span), POSTING, ["You ask for {}."]).ok
    assert not verify_posting(quote("You ask for “9 years of SQL”.", span), POSTING, ["You ask for {}."]).ok
    assert not verify_posting(quote("I have “3 years of SQL”.", span), POSTING, ["You ask for {}."]).ok
    assert not verify_posting(quote("You ask for “3 years of SQL”.", Span(11, 900)), POSTING, ["You ask for {}."]).ok
    assert not verify_posting(quote("You ask for “3 years of SQL”."), POSTING, ["You ask for {}."]).ok


def test_claims_beside_a_quote_need_facts() -> None:
    span = Span(27, 54)
    text = f"“{span.of(POSTING)}”: led a team of 5 nurses on nights."
    assert verify_posting(quote(text, span, facts=(TEAM,)), POSTING).ok
    assert not verify_posting(quote(text, span), POSTING).ok
    assert not verify_posting(quote(text.replace("5", "6"), span, facts=(TEAM,)), POSTING).ok


def test_frames_are_the_templates_words_without_figures() -> None:
    lexicon = ["Experience", "Kind regards,", "Top 5 skills"]
    frame = lambda text, *facts: Line("cv", LineKind.FRAME, text, facts)  # noqa: E731
    assert verify_frame(frame("Experience"), lexicon).ok
    assert verify_frame(frame("Mar 2018 – Jun 2021", NURSE), lexicon).ok
    assert verify_frame(frame("2018", NURSE), lexicon).ok
    assert not verify_frame(frame("Expert"), lexicon).ok
    assert not verify_frame(frame("Top 5 skills"), lexicon).ok
    assert not verify_frame(frame("Mar 2018 – Jun 2022", NURSE), lexicon).ok
