"""A paper laid over a profile."""

from __future__ import annotations

import copy
from typing import Any

from jobbot.features.profile.merge import merge

OWN: dict[str, Any] = {
    "basics": {
        "name": "Ola Brandt",
        "phone": "+1 555 0100",
        "profiles": [{"network": "GitHub", "url": "https://github.com/ola"}],
    },
    "work": [
        {
            "name": "Rye & Co",
            "position": "Head baker",
            "startDate": "2019",
            "highlights": ["Baked 900 loaves a night for 40 shops"],
        }
    ],
    "skills": [{"name": "Baking", "keywords": ["Rye"]}],
    "x-own": 1,
}


def test_the_same_paper_changes_nothing() -> None:
    merged = merge(OWN, copy.deepcopy(OWN))
    assert merged.resume == OWN
    assert merged.conflicts == []


def test_what_is_missing_is_added_and_nothing_is_lost() -> None:
    paper = {
        "basics": {
            "name": "Ola Brandt",
            "email": "ola@example.org",
            "profiles": [{"url": "http://www.github.com/ola/"}],
        },
        "work": [
            {
                "name": "Rye & Co",
                "position": "Head baker",
                "startDate": "2019-02",
                "highlights": ["Trained two apprentices"],
            },
            {"name": "Old Mill", "position": "Baker", "startDate": "2014"},
        ],
        "skills": [{"name": "Skills", "keywords": ["rye", "Sourdough"]}],
        "languages": [{"language": "Latvian"}],
    }
    made = merge(OWN, paper)
    assert made.conflicts == []
    assert made.resume["basics"]["email"] == "ola@example.org"
    assert len(made.resume["basics"]["profiles"]) == 1
    assert [item["name"] for item in made.resume["work"]] == ["Rye & Co", "Old Mill"]
    assert made.resume["work"][0]["startDate"] == "2019-02"
    assert len(made.resume["work"][0]["highlights"]) == 2
    assert made.resume["skills"] == [
        {"name": "Baking", "keywords": ["Rye"]},
        {"name": "Skills", "keywords": ["Sourdough"]},
    ]
    assert made.resume["x-own"] == 1


def test_what_differs_is_a_conflict_and_the_profile_wins() -> None:
    paper = {
        "basics": {"phone": "+1 555 0199"},
        "work": [{"name": "Rye & Co", "startDate": "2019", "highlights": ["Baked 700 loaves a night for 40 shops"]}],
    }
    made = merge(OWN, paper)
    assert made.resume == OWN
    assert [row["pointer"] for row in made.conflicts] == ["/basics/phone", "/work/0/highlights/0"]
    assert made.conflicts[0]["found"] == "+1 555 0199"


def test_two_roles_at_one_employer_stay_two() -> None:
    paper = {"work": [{"name": "Rye & Co", "position": "Trainee", "startDate": "2017"}]}
    assert len(merge(OWN, paper).resume["work"]) == 2


def test_arguments_are_not_changed() -> None:
    own, paper = copy.deepcopy(OWN), {"work": [{"name": "New", "highlights": ["x"]}]}
    merge(own, paper).resume["work"][0]["highlights"].append("y")
    assert own == OWN
