"""Which names of an imported concept a text is searched for, and how strictly: precision before recall."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from jobbot.features.skills.model import SkillKind
from jobbot.features.skills.normal import squeeze

MOST_WORDS = 8
_QUALIFIED = re.compile(r"^(?P<name>[^()]+?) \((?P<what>[^()]+)\)$")
_VERBS = """
abide accept access achieve act adapt add address adhere adjust administer adopt advance advertise advise advocate
aggregate aid align allocate alter amend analyse anticipate apply appraise approve arrange assemble assert assess
assign assist attach attain attend audit authorise balance bear bend bind blend build calculate calibrate call care
carry cast catalogue categorise celebrate challenge change check choose clarify classify clean climb coach collaborate
collate collect combine communicate compare compile complete comply compose conceive conceptualise conclude conduct
confer configure confirm connect conserve consider construct consult contact contribute control convert convey cook
cooperate coordinate cope counsel create cultivate cut deal debate debug decide declare decorate define deliver
demonstrate deploy describe design detect determine develop devise diagnose direct discuss dispense display dispose
disseminate distinguish distribute document draft draw drive edit educate employ empower encourage enforce engage
enhance ensure establish estimate evaluate examine execute exercise explain explore extract facilitate feed file fill
fit fix focus follow forecast foster gather generate give grade greet grow guarantee guide handle harvest help hire
identify illustrate implement improve improvise include increase influence inform initiate innovate insert inspect
inspire install instruct integrate interact interpret interview introduce inventory investigate issue join judge keep
label lead learn liaise lift listen live load locate lubricate maintain make manage manipulate manufacture mark
measure mediate meet mentor merge migrate minimise mix model modify monitor motivate mount move negotiate observe
obtain offer operate optimise order organise outline oversee pack participate perform persuade pitch plan play polish
position practice practise prepare present preserve prevent prioritise process procure produce program promote
propose protect provide publish purchase raise react read recognise recommend record recruit reduce refer reflect
register regulate rehearse release remove render repair replace reply report represent research resolve respect
respond restore retrieve review revise run safeguard schedule search secure select sell send serve set settle sew
shape share show sing sketch solve sort speak specify stack stand steer stimulate stock store strive structure study
submit summarise supervise supply support synthesise tailor take teach tell tend test think tolerate trace track
trade train transcribe transfer translate transport treat troubleshoot tune type undertake understand unload update
use utilise validate verify visit wash watch wear weigh welcome work wrap write
"""
_VERB = frozenset(_VERBS.split())


class Sought(NamedTuple):
    """A name and how it is looked for: `exact` only in that case, `context` moreover only in company."""

    text: str
    exact: bool = False
    context: bool = False


def kind_of(what: str, label: str, reuse: str) -> SkillKind:
    """ESCO's own type where it is given, else by the label: abilities begin with a verb."""
    known = {
        "tool": SkillKind.TOOL,
        "knowledge": SkillKind.KNOWLEDGE,
        "skill": SkillKind.SKILL,
        "group": SkillKind.KNOWLEDGE,
    }
    if what in known:
        return known[what]
    if what == "language" or "language" in reuse:
        return SkillKind.LANGUAGE
    words = label.split()
    return SkillKind.SKILL if len(words) > 1 and words[0] in _VERB else SkillKind.KNOWLEDGE


def sought(name: str, kind: SkillKind, *, preferred: bool) -> tuple[Sought, ...]:
    """How a name is looked for in texts; empty where it says nothing.

    >>> sought("Python (computer programming)", SkillKind.KNOWLEDGE, preferred=True)[-1]
    Sought(text='Python', exact=True, context=True)
    >>> sought("communicate", SkillKind.SKILL, preferred=True)
    ()
    """
    qualified = _QUALIFIED.match(name)
    if qualified and len(qualified["name"]) > 1:
        short = qualified["name"]
        proper = not short.islower()
        if squeeze(short) in _generic():
            return (Sought(name),)
        return (
            (Sought(name), Sought(short, exact=proper, context=proper)) if proper or " " in short else (Sought(name),)
        )
    key = squeeze(name)
    if not key or len(key.split()) > MOST_WORDS or not any(c.isalpha() for c in key):
        return ()
    if " " in key:
        return () if key in _generic() else (Sought(name),)
    return _single(name, key, kind, preferred)


def _single(name: str, key: str, kind: SkillKind, preferred: bool) -> tuple[Sought, ...]:
    """One word: a proper name counts in its own case, a plain capitalised one in company, a common noun if rare."""
    if name.islower():
        known = preferred and kind is not SkillKind.SKILL and len(key) > 3
        return (Sought(name),) if known and key not in _generic() else ()
    if kind is SkillKind.SKILL or key in _generic():
        return ()
    odd = any(c.isupper() for c in name[1:]) or not name.isalpha()
    return (Sought(name, exact=True, context=len(name) <= 3 or not odd),)


@cache
def _generic() -> frozenset[str]:
    text = files("jobbot.features.skills.imported").joinpath("generic.txt").read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if line[:1] != "#"]
    several = [phrase for line in lines if ";" in line for phrase in line.split(";") if phrase.strip()]
    single = [word for line in lines if ";" not in line for word in line.split()]
    return frozenset(squeeze(phrase) for phrase in (*several, *single))
