"""The source, held to jobbot's kit. The answer was made up from the documents; its employers do not exist."""

from __future__ import annotations

from pathlib import Path

from jobbot_platsbanken import SOURCE

from jobbot.sdk import BoardRef
from jobbot.sdk.contract import Recorded, check_mutations, check_source

URL = "https://jobsearch.api.jobtechdev.se/search?limit=100&offset=0&sort=pubdate-desc"
ANSWER = (Path(__file__).parent / "answer.json").read_bytes()
RECORDED = Recorded(BoardRef("platsbanken", ""), {URL: ANSWER}, rows="hits")


def test_the_kit() -> None:
    nurse, carpenter = check_source(SOURCE, RECORDED).postings
    assert (nurse.company, nurse.locations) == ("Strandbyns kommun", ("Strandbyn, Västernorrlands län, Sverige",))
    assert (nurse.employment_type, nurse.country, nurse.department) == ("full-time", "SE", "Hälso- och sjukvård")
    assert "Individuell lönesättning" in nurse.html
    assert (carpenter.company, carpenter.employment_type) == ("Fjällhyttan Bygg", "Behovsanställning")
    assert carpenter.url == "https://arbetsformedlingen.se/platsbanken/annonser/31000002"


def test_answers_with_one_thing_wrong() -> None:
    check_mutations(SOURCE, RECORDED, 300)


def test_nothing_of_a_contact_is_kept() -> None:
    assert "strandbyn.example" not in str([posting.raw for posting in check_source(SOURCE, RECORDED).postings])
