"""Lies by inflating, inventing, merging and disguising. Not an eval itself."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from evals.grounding_lies import Mutant, bullets, each, operator, own_words, swaps, table
from evals.grounding_lines import Case, Person
from jobbot.kernel.fact import FactKind

_HOMOGLYPHS = str.maketrans({"a": "а", "e": "е", "o": "о", "p": "р", "c": "с", "i": "і"})
_METRICS = (", cutting costs by 20 %", ", saving 2 million EUR", " for 500 customers", ", up 15 % on the year")
_PRAISE = (", doubling output", ", which became the standard", " across the whole company", ", a first in the region")
_VERBS = """
assisted in leading>led, helped to build>built, supported>managed, contributed to>led, took part in>directed,
wrote>authored and owned, trained>managed, mentored>managed, coordinated>directed, coordinate>direct,
learned>mastered, observed>led, cut>halved, reduced>eliminated, cared for>was responsible for, managed>founded,
ran>owned, audited>approved,
paired with>managed, demonstrated>keynoted, tried to open>opened, planned to introduce>introduced, co-founded>founded,
co-wrote>wrote
"""
_SINGULAR = """
ward team plan cell service kitchen shift tender assay hospital department club shelter report budget grant API
"""
_SCOPES = """
the ward>the hospital, a ward>a hospital, a shift>a plant, a department>a school, first>every, a team>the team,
a kitchen>the kitchen, two>all, three>all, one>every, some>all, regional>national, national>European, county>national,
in 2017>every year
"""
_FOREIGN = """
nurses>Ärzte, welders>ingenieros, wrote>inventó, cut>halbierte, staff>directeurs, taught>leitete, sold>vendió,
built>gründete, team>Abteilung, cooked>dirigeait, ran>besaß
"""
_PAPERS = """
(expired)>, provider>instructor, internal auditor>lead auditor, level 3>level 4, foundation level>master level,
runner-up>winner, nominated for>awarded, shortlisted>won, 120>200, developer>administrator, first aider>paramedic,
9 of 13 papers passed>passed
"""
_LEVELS = """
Limited working>C1, Basic>C1, Conversational>C1, A1>C1, A2>C1, B1>C1, B2>C1, Beginner>C1, Elementary>Advanced,
Intermediate>Fluent, C1>C2, Fluent>Native
"""


@operator()
def title_raised(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    title = case.facts[0].position
    if title and title in case.text:
        for grade in ("Senior", "Lead", "Head", "Chief"):
            yield case.text.replace(title, f"{grade} {title}"), case.facts
        short = re.sub(r"^(Junior|Deputy|Commis|Sous|Area|Site) ", "", title)
        if short != title:
            yield case.text.replace(title, short), case.facts


@operator()
def verb_raised(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    yield from swaps(case, table(_VERBS))


@operator()
def metric_invented(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    if bullets(case):
        yield case.text.rstrip(".") + chance.choice(_METRICS), case.facts


@operator()
def praise_invented(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    """A claim without digits."""
    if bullets(case):
        text = case.text.rstrip(".")
        yield text + chance.choice(_PRAISE), case.facts
        yield re.sub(r"^(\w+)", r"\1 successfully", text), case.facts
        yield re.sub(r"^(\w+)", r"Single-handedly \1", text), case.facts


@operator()
def two_facts_merged(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    """The head of one deed with the tail of another; both are cited."""
    others = [f for f in person.of(FactKind.BULLET) if f not in case.facts]
    if not bullets(case) or case.form != "verbatim":
        return
    words = case.text.split()
    for other in chance.sample(others, min(3, len(others))):
        tail = other.wording.split()
        yield " ".join(words[: max(2, len(words) // 2)] + tail[len(tail) // 2 :]), (case.facts[0], other)
        small = other.wording[0].lower() + other.wording[1:]
        yield f"{case.text} and {small}", (case.facts[0], other)
        if ", " in other.wording:
            yield f"{case.text}, {other.wording.split(', ', 1)[1]}", (case.facts[0], other)


@operator()
def middle_cut_out(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    words = case.text.split()
    if own_words(case) and len(words) > 6:
        start = chance.randint(1, len(words) - 4)
        yield " ".join(words[:start] + words[start + chance.randint(1, 2) :]), case.facts


@operator()
def words_turned_round(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    words = case.text.split()
    if own_words(case) and len(words) > 4:
        place = chance.randint(0, len(words) - 2)
        if words[place].strip(".,;").lower() != words[place + 1].strip(".,;").lower():
            words[place], words[place + 1] = words[place + 1], words[place]
            yield " ".join(words), case.facts


@operator()
def paper_upgraded(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    if case.facts[0].kind in (FactKind.CERTIFICATE, FactKind.AWARD):
        for old, new in table(_PAPERS).items():
            for text in each(re.compile(re.escape(old), re.IGNORECASE), case.text, lambda _, new=new: new):  # type: ignore[misc]
                yield text, case.facts
        yield f"{case.text}, with honours", case.facts
        yield f"Winner: {case.text}", case.facts


@operator()
def plural_made(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    yield from swaps(case, {word: f"{word}s" for word in _SINGULAR.split()})


@operator()
def place_or_permit_changed(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    fact = case.facts[0]
    place = dict(fact.attributes).get("location", "")
    if place and place in case.text:
        yield case.text.replace(place, "London, United Kingdom"), case.facts
        yield case.text.replace(place, "Remote"), case.facts
    if case.form in ("fields", "languages"):
        yield f"{case.text}, authorised to work in the EU", case.facts


@operator()
def language_level_raised(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    """Raised, or dropped where it was a low one."""
    if case.facts[0].kind is not FactKind.LANGUAGE:
        return
    yield from swaps(case, table(_LEVELS))
    for fluency in (dict(fact.attributes)["fluency"] for fact in case.facts):
        if fluency not in ("Native", "Fluent", "C1") and "rofessional" not in fluency:
            yield case.text.replace(f" ({fluency})", "").replace(f", {fluency}", ""), case.facts


@operator()
def levels_exchanged(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    if case.form == "languages" and "(" in case.text:
        levels = re.findall(r"\(([^)]*)\)", case.text)
        if len(set(levels)) == len(levels):
            turned = iter(levels[1:] + levels[:1])
            yield re.sub(r"\(([^)]*)\)", lambda _: f"({next(turned)})", case.text), case.facts


@operator()
def translated(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    yield from swaps(case, table(_FOREIGN))


@operator()
def letter_homoglyph(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    words = [m for m in re.finditer(r"[a-z]{4,}", case.text) if m[0].translate(_HOMOGLYPHS) != m[0]]
    if words:
        word = chance.choice(words)
        yield case.text[: word.start()] + word[0].translate(_HOMOGLYPHS) + case.text[word.end() :], case.facts


@operator()
def invisible_inserted(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    place = chance.randint(0, len(case.text))
    yield case.text[:place] + chance.choice("\u200b\u2060\u00ad\u202e\U000e0041\ufe0f") + case.text[place:], case.facts


@operator()
def scope_widened(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    yield from swaps(case, table(_SCOPES))


@operator()
def punctuation_turns_it_round(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    words = case.text.split()
    if own_words(case) and len(words) > 5:
        place = chance.randint(1, len(words) - 3)
        if words[place][-1] not in ",;:." and words[place][0] not in "(–":
            yield (
                " ".join([*words[:place], words[place] + chance.choice([".", ";", ","]), *words[place + 1 :]]),
                case.facts,
            )


@operator()
def tense_moved(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    """What was done once is told as done now."""
    yield from swaps(case, table("led>lead, managed>manage, wrote>writes, ran>run, taught>teach, sold>sell"))
