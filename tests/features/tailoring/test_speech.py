"""The language of a posting beside that of a profile."""

from __future__ import annotations

import doctest
from typing import Any

import pytest

from jobbot.features.tailoring import speech


def test_the_example_in_the_docstring_holds() -> None:
    assert doctest.testmod(speech).failed == 0


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Wir suchen eine Person für die Planung der Touren und die Arbeit mit SQL bei uns im Team.", "German"),
        ("Vous planifiez les tournées et le stock avec SQL dans une équipe de dix personnes.", "French"),
        ("Buscamos una persona para planificar las rutas y el stock con SQL en el equipo de la tienda.", "Spanish"),
        ("Vi söker en person som planerar turer och lager med SQL för att det ska gå till butikerna i tid.", "Swedish"),
        ("We look for a person to plan the routes and the stock with SQL in our team.", ""),
        ("", ""),
    ],
)
def test_a_posting_in_another_language_is_named(samples: Any, text: str, name: str) -> None:
    assert speech.differs(samples.posting(text), samples.profile()) == name


def test_a_profile_in_the_language_of_the_posting_needs_no_note(samples: Any) -> None:
    resume = {
        "basics": {"name": "Ines Valdoro"},
        "work": [{"name": "Huerta", "highlights": ["Planung der Touren für die Filialen und das Lager mit der Kasse"]}],
    }
    posting = samples.posting("Wir suchen eine Person für die Planung der Touren und die Arbeit im Lager.")
    assert speech.differs(posting, samples.profile(resume)) == ""
