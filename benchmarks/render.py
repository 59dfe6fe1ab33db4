"""A tailored page: selection, proof, fit and Typst layout in the persistent worker, beside one Typst run per try."""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.frame import Row
from jobbot.features.matching.model import Coverage, Match, RequirementFit
from jobbot.features.profile.facts import facts_of
from jobbot.features.profile.model import Profile
from jobbot.features.skills.extract import Extractor
from jobbot.features.skills.taxonomy import load_core
from jobbot.features.sources.model import Posting
from jobbot.features.tailoring import theme
from jobbot.features.tailoring.page import Page
from jobbot.features.tailoring.press import FONTS, THEMES
from jobbot.features.tailoring.tailor import Tailor
from jobbot.features.tailoring.worker import TEMPLATE
from jobbot.kernel.clock import FixedClock
from jobbot.kernel.ids import LOCAL_USER, posting_id

ROUNDS = 15
VERBS = ("Built", "Led", "Planned", "Reduced", "Wrote", "Introduced", "Trained", "Moved", "Checked", "Designed")
SKILLS = ("SQL", "Excel", "Python", "SAP", "budgeting", "nursing", "Power BI", "welding", "payroll", "teaching")
TEXT = "What you bring\n" + "\n".join(f"• Experience with {skill} in daily work" for skill in SKILLS)


def person(bullets: int) -> Profile:
    """An invented profile with that many bullets in five roles."""
    resume: dict[str, Any] = {
        "basics": {"name": "Ada Example", "label": "Planner", "email": "ada@example.org"},
        "work": [
            {"name": f"Firm {i}", "position": f"Planner {i}", "startDate": f"{2024 - 3 * i}-01"} for i in range(5)
        ],
        "education": [{"institution": "Example University", "studyType": "BSc", "area": "Planning"}],
        "skills": [{"name": "Tools", "keywords": list(SKILLS)}],
    }
    for i, role in enumerate(resume["work"]):
        role["highlights"] = [
            f"{VERBS[(n + i) % 10]} {SKILLS[n % 10]} and {SKILLS[(n * 3 + i) % 10]} work for {n + 7 * i + 2} sites"
            + " across several regions and partners" * (n % 4)
            + "."
            for n in range(bullets // 5)
        ]
    return Profile(LOCAL_USER, "default", 1, resume, facts_of(resume))


def judged(profile: Profile, extractor: Extractor, number: int) -> Match:
    """A posting of its own, so that nothing can be answered from the round before."""
    text = f"{TEXT}\n• Reference {number}"
    posting = Posting(
        posting_id("bench", "", "b", str(number)), "bench", "b", str(number), "Planner", "Acme", text=text
    )
    shown = {fact.id: {m.skill.uri for m in extractor.skills(fact.wording)} for fact in profile.facts}
    fits = []
    for requirement in extractor.extract(text).requirements:
        asked = {mention.skill.uri for mention in requirement.skills}
        facts = tuple(fact for fact in profile.facts if asked & shown[fact.id])[:5]
        fits.append(RequirementFit(requirement, Coverage.MET, 1.0 if facts else 0.0, facts))
    return Match(posting, 50, 50, 0, False, (), requirements=tuple(fits))


def milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)


def run() -> list[Row]:
    extractor = Extractor(load_core())
    rows = [_warm(extractor, 60, "<= 60"), _warm(extractor, 300, "")]
    return [*rows, _cold_worker(extractor), _cold_all(extractor)]


def _warm(extractor: Extractor, bullets: int, bar: str) -> Row:
    profile = person(bullets)
    matches = [judged(profile, extractor, number) for number in range(ROUNDS + 2)]
    tailor = Tailor(extractor, None, FixedClock())
    try:
        for match in matches[:2]:
            tailor.render_cv(profile, match)
        times = [milliseconds(lambda match=match: tailor.render_cv(profile, match)) for match in matches[2:]]
        fitted, printed = tailor.render_cv(profile, matches[0])
    finally:
        tailor.close()
    middle = f"best of {ROUNDS}, median {statistics.median(times):.0f}"
    note = f"{middle}; {bullets} bullets, {printed.pages} page, {fitted.fill:.0%} full, {fitted.method}"
    name, ours = f"CV warm, {bullets} bullets: select, verify, fit, render", min(times)
    if not bar:
        return Row(name, ours, unit="ms", note=note)
    return Row(name, ours, "one Typst run per try", _one_shot(profile, extractor), bar, "ms", note)


def _one_shot(profile: Profile, extractor: Extractor) -> float:
    """The usual way, on units already chosen: compile it all, drop the last bullet while there are two pages."""
    import typst

    match = judged(profile, extractor, 0)
    tailor = Tailor(extractor, None, FixedClock())
    try:
        fitted, _ = tailor.render_cv(profile, match)
    finally:
        tailor.close()
    page = Page("a4", "t", "a")
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / TEMPLATE
        target.write_bytes((THEMES / TEMPLATE).read_bytes())

        def pages(units: Any, air: float) -> int:
            data = page.data(units, theme.load("classic", fitted.density), air) | {"mode": "page"}
            compiler = typst.Compiler(
                str(target),
                root=folder,
                font_paths=[str(FONTS)],
                ignore_system_fonts=True,
                sys_inputs={"data": json.dumps(data)},
            )
            compiler.compile(format="pdf", timestamp=0)
            return int(json.loads(compiler.query("<pages>", field="value", one=True))["pages"])

        def shrink(air: float) -> None:
            bullets = [unit for unit in fitted.units if unit.kind.value == "bullet"]
            units = [*fitted.units, *bullets[:8]]  # eight bullets too many, so nine tries
            while pages(units, air) > 1:
                units.pop()

        shrink(0.1)  # Typst remembers layouts, so the timed run has gaps of its own
        return milliseconds(lambda: shrink(0.11))


def _cold_worker(extractor: Extractor) -> Row:
    """First page of a new worker: its process, Typst, fonts and everything after; this process is warm."""
    profile = person(60)
    match = judged(profile, extractor, 1)
    times = []
    for _ in range(5):
        tailor = Tailor(extractor, None, FixedClock())
        try:
            times.append(milliseconds(lambda tailor=tailor: tailor.render_cv(profile, match)))
        finally:
            tailor.close()
    return Row(
        "CV cold: new worker",
        min(times),
        bar="<= 400",
        unit="ms",
        note=f"best of 5, median {statistics.median(times):.0f}",
    )


def _cold_all(extractor: Extractor) -> Row:
    """CV and letter in every format with records left aside, worker warm: what the command adds after matching."""
    profile = person(60)
    match = judged(profile, extractor, 2)
    tailor = Tailor(extractor, None, FixedClock())
    with tempfile.TemporaryDirectory() as folder:
        try:
            tailor.tailor(profile, match.posting, match, folder=Path(folder))
            times = [
                milliseconds(lambda: tailor.tailor(profile, match.posting, match, folder=Path(folder)))
                for _ in range(5)
            ]
        finally:
            tailor.close()
    return Row(
        "CV and letter, 4 formats, checks, files",
        statistics.median(times),
        unit="ms",
        note="worker warm; fsync per file",
    )
