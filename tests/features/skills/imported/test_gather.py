"""Every layout becomes concepts; what is wrong is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.features.skills.imported import made
from tests.features.skills.imported.made import ESCO, gathered, job, read, skill

from jobbot.features.skills.imported.files import Part
from jobbot.features.skills.imported.gather import gather
from jobbot.features.skills.imported.layouts import table
from jobbot.kernel.errors import InvalidInput


def test_the_official_layout() -> None:
    found = read(made.FOLDER)
    assert {concept.what for concept in found.concepts.values()} == {"knowledge", "skill", "group", "occupation"}
    kubernetes = found.concepts[skill(1)]
    assert [(name.text, name.preferred, name.line) for name in kubernetes.names] == [
        ("Kubernetes", True, 2),
        ("kube cluster runtime", False, 2),
        ("container pilot", False, 2),
    ]
    assert found.concepts[skill(3)].broader == [f"{ESCO}/skill/S9.9"]
    assert found.concepts[skill(3)].related == [skill(2)]
    german = [name.text for name in found.concepts[skill(3)].names if name.language == "de"]
    assert german == ["Glockenstimmung", "Stimmen von Glocken"]
    assert found.concepts[skill(3)].label("de") == "Glockenstimmung"
    assert found.concepts[job(1)].code == "7311"
    assert not found.skipped
    assert not found.conflicts


def test_tabiyas_layout_links_by_its_own_ids() -> None:
    texts = {
        "occupations.csv": made.TABIYA_JOBS,
        "skills.csv": made.TABIYA_SKILLS,
        "skills_hierarchy.csv": made.TABIYA_ABOVE,
        "relations.csv": made.TABIYA_RELATED,
    }
    found = read({f"tabiya_v111_{name}": text for name, text in texts.items()})
    assert found.version == "1.1.1"
    assert found.concepts[skill(2)].broader == [skill(3)]
    assert found.concepts[job(1)].label() == "bell founder"
    assert [(skip.line, skip.reason) for skip in found.skipped] == [(3, "names key_77, which no label row has")]


@pytest.mark.parametrize(
    ("name", "text", "uri"),
    [
        ("labels.csv", made.LABELS, skill(3)),
        ("kp.csv", made.BARE, skill(3)),
        ("jobs.csv", made.TITLED, job(1)),
        ("isco.json", made.BY_ISCO, skill(3)),
    ],
)
def test_bare_lists(name: str, text: str, uri: str) -> None:
    found = read({name: text})
    assert list(found.concepts) == [uri]
    assert found.concepts[uri].label() in ("bell tuning", "bell founder")
    assert found.concepts[uri].what == ("occupation" if uri == job(1) else "")


def test_onet() -> None:
    found = read(made.ONET, "onet")
    (founder,) = found.occupations()
    assert [name.text for name in founder.names] == ["Bell Founders", "Bell Caster"]
    tools = [concept for concept in found.skills() if concept.what == "tool"]
    assert [tool.label() for tool in tools] == ["BellSoft Tuner", "Kubernetes"]
    assert tools[0].broader == ["urn:onet:commodity:43232402"]
    assert found.files[0].layout == "O*NET occupations"


def test_a_circle_is_broken_and_shown() -> None:
    rows = "".join(f"k,{skill(a)},x,k,{skill(b)},y\n" for a, b in ((3, 6), (6, 2), (2, 3)))
    found = read({**made.FOLDER, "broaderRelationsSkillPillar_en.csv": made.BROADER.split("\n")[0] + "\n" + rows})
    shown = [conflict for conflict in found.conflicts if "above itself" in conflict.reason]
    assert len(shown) == 1
    assert sum(len(found.concepts[skill(number)].broader) for number in (2, 3, 6)) == 2


def test_one_label_twice_and_two_labels_for_one() -> None:
    twice = made.LABELS + f"{skill(9)},Bell Tuning,,,\n"
    other = f"conceptUri,preferredLabel,altLabels\n{skill(3)},tuning bells,\n"
    found = read({"a.csv": twice, "b.csv": other})
    reasons = {conflict.reason: conflict for conflict in found.conflicts}
    same = reasons["the same label twice; texts are read as the first"]
    assert (same.wins, same.loses, same.line) == (skill(3), skill(9), 3)
    second = next(c for reason, c in reasons.items() if reason.startswith("another preferred label"))
    assert (second.file, second.line) == ("b.csv", 2)
    assert [(n.text, n.preferred) for n in found.concepts[skill(3)].names] == [
        ("bell tuning", True),
        ("tuning bells", False),
    ]


def test_labels_that_stand_in_other_rows_are_left_out() -> None:
    def rows(shift: int) -> str:
        pairs = ((number, (number + shift) % 40) for number in range(40))
        lines = (f"{skill(100 + own)},c{own:03}x tuning{own:03},way to c{other:03}x" for own, other in pairs)
        return "\n".join(["conceptUri,preferredLabel,altLabels", *lines, ""])

    assert not read({"a.csv": rows(0)}).skipped
    strayed = read({"a.csv": rows(7)})
    assert [skip.reason[:34] for skip in strayed.skipped] == ["its alternative labels stand in ot"]
    assert all(len(concept.names) == 1 for concept in strayed.concepts.values())


@pytest.mark.parametrize(
    ("name", "text", "where", "what"),
    [
        ("a.csv", made.LABELS.replace(",", ";"), "a.csv:1", "separated by semicolons"),
        ("a.csv", made.LABELS.replace(",", "\t"), "a.csv:1", "separated by tabs"),
        ("a.csv", "conceptUri,skillType\nx,y\n", "a.csv:1", "column is missing"),
        ("a.csv", f'conceptUri,preferredLabel\n{skill(1)},a\n{skill(2)},"b\n', "a.csv:3", "cannot be read"),
        ("a.csv", "conceptUri,preferredLabel\nx,a\0b\n", "a.csv:2", "NUL"),
        ("a.csv", "just,some,table\n1,2,3\n", "", "no table of ESCO"),
        ("a.json", '{"a": [', "a.json:1", "not JSON"),
        ("a.csv", "", "", "no table of ESCO"),
    ],
)
def test_what_cannot_be_read_is_named(name: str, text: str, where: str, what: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        read({name: text})
    assert what in raised.value.detail
    assert raised.value.detail.startswith(where)
    assert raised.value.errors


def test_another_encoding_is_named_with_its_line() -> None:
    data = made.GERMAN.encode().replace(b"Glockenguss", "Glockengüsse".encode("latin-1"))
    with pytest.raises(InvalidInput, match=r"skills_de\.csv:3: not UTF-8 \(byte 0xfc\)"):
        gather([Part("skills_de.csv", data)], "esco")


def test_onet_with_the_wrong_separator() -> None:
    with pytest.raises(InvalidInput, match="1: the columns are separated by commas - save it with tabs"):
        read({"Occupation Data.csv": made.OCCUPATION_DATA.replace("\t", ",")}, "onet")


def test_rows_that_cannot_be_used_are_listed() -> None:
    text = (
        f"conceptUri,preferredLabel,altLabels\n{skill(1)},a b\nno uri here,x,\n{skill(2)},,x\n{skill(3)},bell tuning,\n"
    )
    found = read({"a.csv": text})
    assert [(skip.line, skip.reason) for skip in found.skipped] == [
        (2, "2 columns, the header has 3"),
        (3, "no uri"),
        (4, "no preferred label"),
    ]
    assert list(found.concepts) == [skill(3)]


@given(st.text(max_size=200), st.sampled_from(["conceptUri,preferredLabel,altLabels\n", "O*NET-SOC Code\tTitle\n", ""]))
def test_any_text_is_a_table_or_refused(text: str, header: str) -> None:
    for name in ("esco", "onet"):
        try:
            gather([Part("a.csv", (header + text).encode("utf-8", "surrogatepass"))], name)  # type: ignore[arg-type]
        except InvalidInput as refused:
            named = refused.errors
        else:
            continue
        assert named


def test_versions_and_languages_are_in_the_names() -> None:
    one = table("ESCO dataset - v1.2.0 - classification - de - csv/skills_de.csv", made.GERMAN.encode(), "esco")
    assert not isinstance(one, str)
    assert (one.version, one.language) == ("1.2.0", "de")


def test_what_people_have(shared: Path) -> None:
    """The real files: everything is recognised, and the list whose columns were sorted apart is found out."""
    place = shared / "data" / "taxonomies" / "esco"
    if not place.is_dir():
        pytest.skip("no taxonomies here")
    found = gathered(place)
    assert len(found.files) == 11
    assert len(found.occupations()) == 3007
    assert 14_000 < len(found.skills()) < 16_000
    strays = [skip for skip in found.skipped if skip.line is None]
    assert [skip.file for skip in strays] == ["moffapps_skills_en.csv"]
    assert "262 of 4143" in strays[0].reason
