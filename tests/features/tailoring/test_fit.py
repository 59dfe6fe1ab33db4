"""One page, whatever the profile: too thin for one, with 300 bullets, or with what no font can draw."""

from __future__ import annotations

import copy
import random
from typing import Any

import pytest

from jobbot.features.tailoring.model import UnitKind
from jobbot.features.tailoring.tailor import Tailor
from jobbot.kernel.errors import InvalidInput

SKILLS = ("SQL", "Excel", "SAP", "Power BI", "route planning", "warehouse", "forklift", "stocktakes", "customs")


def crowded(resume: dict[str, Any], roles: int = 8, bullets: int = 38) -> dict[str, Any]:
    """Many roles back from 2026, each of two years, with bullets of one to three lines."""
    chance = random.Random(7)
    made = copy.deepcopy(resume)
    made["work"] = [
        {
            "name": f"Firm {number}",
            "position": f"Planner {number}",
            "startDate": f"{2025 - 2 * number}-01",
            "endDate": f"{2026 - 2 * number}-12",
            "highlights": [
                f"Planned {chance.choice(SKILLS)} for {chance.randint(2, 900)} sites in region {number}-{i} "
                + " ".join(["with partners"] * chance.randint(0, 16))
                for i in range(bullets)
            ],
        }
        for number in range(roles)
    ]
    return made


@pytest.mark.parametrize("template", ["classic", "compact"])
def test_three_hundred_bullets_make_one_full_page(samples: Any, tailor: Tailor, template: str) -> None:
    person = samples.profile(crowded(samples.RESUME))
    fitted, printed = tailor.render_cv(person, samples.match(person, samples.posting()), template)
    assert printed.pages == 1
    assert 0.92 <= fitted.fill <= 1.0
    assert fitted.method == "exact"
    wordings = sum(len(role["highlights"]) for role in person.resume["work"])
    chosen = sum(unit.kind is UnitKind.BULLET for unit in fitted.units)
    assert chosen + sum(item.text.startswith("Planned") for item in fitted.left_out) == wordings
    assert all("costs" in item.reason or "cost" in item.reason or "line" in item.reason for item in fitted.left_out)


def test_the_measured_end_is_the_printed_end(samples: Any, tailor: Tailor) -> None:
    person = samples.profile(crowded(samples.RESUME))
    fitted, printed = tailor.render_cv(person, samples.match(person, samples.posting()))
    assert printed.end - 46 == pytest.approx(fitted.used, abs=0.1)


def test_every_recent_role_keeps_a_bullet_and_history_has_no_hole(samples: Any, tailor: Tailor) -> None:
    person = samples.profile(crowded(samples.RESUME, roles=16, bullets=12))
    fitted, printed = tailor.render_cv(person, samples.match(person, samples.posting()))
    assert printed.pages == 1
    roles = [unit for unit in fitted.units if unit.kind is UnitKind.ROLE and unit.section == "Experience"]
    assert [unit.parts[0] for unit in roles] == [f"Planner {n}" for n in range(len(roles))]
    shown = {unit.group for unit in fitted.units if unit.kind is UnitKind.BULLET}
    recent = [unit for unit in roles if int(unit.end[:4]) >= 2016]
    assert len(recent) == 6
    assert all(unit.group in shown for unit in recent)


@pytest.mark.parametrize(
    "resume",
    [
        {"basics": {"name": "Bo"}},
        {"basics": {"name": "Bo", "email": "bo@x.example"}, "work": [{"position": "Clerk", "name": "Port"}]},
        {"basics": {"name": "Bo"}, "skills": [{"name": "SQL"}]},
        {"basics": {"name": "Bo"}, "work": [], "education": [{"institution": "School", "studyType": "BA"}]},
    ],
)
def test_a_thin_profile_is_an_honest_part_of_a_page(samples: Any, tailor: Tailor, resume: dict[str, Any]) -> None:
    person = samples.profile(resume)
    fitted, printed = tailor.render_cv(person, samples.match(person, samples.posting()))
    assert printed.pages == 1
    assert fitted.fill < 0.3
    cited = {fact.id for unit in fitted.units for fact in unit.facts}
    assert cited == {fact.id for fact in person.facts}


def test_a_bullet_of_twenty_lines_is_left_out_with_advice(samples: Any, tailor: Tailor) -> None:
    resume = copy.deepcopy(samples.RESUME)
    resume["work"][0]["highlights"].append("Wrote " + "words " * 350)
    person = samples.profile(resume)
    fitted, printed = tailor.render_cv(person, samples.match(person, samples.posting()))
    assert printed.pages == 1
    (item,) = [item for item in fitted.left_out if item.text.startswith("Wrote words")]
    assert "shorten it in the profile" in item.reason


def test_what_no_bundled_font_draws_is_left_out_or_refused(samples: Any, tailor: Tailor) -> None:
    resume = copy.deepcopy(samples.RESUME)
    resume["work"][0]["highlights"] += ["Shipped 🎉 twice.", "計画した", "תכנון"]
    person = samples.profile(resume)
    fitted, _ = tailor.render_cv(person, samples.match(person, samples.posting()))
    reasons = [item.reason for item in fitted.left_out if "no glyph" in item.reason]
    assert len(reasons) == 3
    assert "U+1F389" in reasons[0]
    resume["basics"]["name"] = "山田"
    person = samples.profile(resume)
    with pytest.raises(InvalidInput, match="no glyph"):
        tailor.render_cv(person, samples.match(person, samples.posting()))


def test_a_bullet_said_twice_stands_once(samples: Any, tailor: Tailor) -> None:
    resume = copy.deepcopy(samples.RESUME)
    resume["work"][0]["highlights"].append("Planned routes for lorries with SQL and Excel.")
    person = samples.profile(resume)
    fitted, _ = tailor.render_cv(person, samples.match(person, samples.posting()))
    (item,) = fitted.left_out
    assert "says nearly the same as" in item.reason
    assert "38 lorries" not in item.text


def test_a_head_of_half_a_page_is_refused(samples: Any, tailor: Tailor) -> None:
    resume = {"basics": {"name": "Bo " * 1500}}
    person = samples.profile(resume)
    with pytest.raises(InvalidInput, match="more than half a page"):
        tailor.render_cv(person, samples.match(person, samples.posting()))


def test_a_profile_without_a_name_is_refused(samples: Any, tailor: Tailor) -> None:
    person = samples.profile({"basics": {"email": "a@b.example"}})
    with pytest.raises(InvalidInput, match="no name"):
        tailor.render_cv(person, samples.match(person, samples.posting()))


def test_what_the_posting_asks_wins_the_place(samples: Any, tailor: Tailor) -> None:
    """The same profile and two postings: the bullets that stay are those each one asks for."""
    resume = crowded(samples.RESUME, roles=2, bullets=60)
    person = samples.profile(resume)

    def share(text: str, word: str) -> float:
        advert = samples.posting(text)
        fitted, _ = tailor.render_cv(person, samples.match(person, advert))
        bullets = [unit.text for unit in fitted.units if unit.kind is UnitKind.BULLET]
        return sum(word in bullet for bullet in bullets) / len(bullets)

    forklift, sap = "What you bring\n• A forklift licence", "What you bring\n• SAP knowledge"
    assert share(forklift, "forklift") > share(sap, "forklift")
    assert share(sap, "SAP") > share(forklift, "SAP")
