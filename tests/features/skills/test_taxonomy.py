"""The taxonomy: names, hierarchy, relations and what one skill is worth for another; the core's own files."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobbot.features.skills import corefile
from jobbot.features.skills.corefile import Entry, read_file, skills_of
from jobbot.features.skills.find import keys_of
from jobbot.features.skills.model import Skill, SkillKind
from jobbot.features.skills.normal import fold, squeeze
from jobbot.features.skills.taxonomy import Credits, Taxonomy, load_core

SMALL = """
k Databases: database systems
  t PostgreSQL: Postgres ~ SQLite
    t pgvector
  t SQLite
s Welding: welder > MIG welding = GMAW, brazing
t ?Go: golang
"""


def taxonomy(text: str = SMALL, credits_: Credits | None = None) -> Taxonomy:
    entries: dict[str, Entry] = {}
    read_file("test", text, entries)
    return Taxonomy(skills_of(entries), credits_=credits_)


def uri(label: str) -> str:
    return f"urn:jobbot:skill:{label}"


def test_the_file_format() -> None:
    small = taxonomy()
    postgres = small.get(uri("postgresql"))
    assert postgres == Skill(
        uri("postgresql"), "PostgreSQL", SkillKind.TOOL, ("Postgres",), (uri("databases"),), (uri("sqlite"),), ("test",)
    )
    mig = small.get(uri("mig-welding"))
    assert mig is not None
    assert mig.aliases == ("GMAW",)
    assert mig.broader == (uri("welding"),)
    go = small.get(uri("go"))
    assert go is not None
    assert go.context == {"Go"}


@pytest.mark.parametrize("broken", ["x Databases", "k Databases\n      t Deep", "Databases", "kDatabases"])
def test_a_malformed_line_is_named(broken: str) -> None:
    with pytest.raises(ValueError, match=r"core/test\.txt:[12]"):
        taxonomy(broken)


def test_a_relation_to_nowhere_is_refused() -> None:
    with pytest.raises(ValueError, match="nowhere"):
        taxonomy("t A ~ B")


def test_a_label_that_appears_again_gains_parents_and_fields() -> None:
    entries: dict[str, Entry] = {}
    read_file("one", "k A\n  t Tool", entries)
    read_file("two", "k B\n  t Tool: instrument", entries)
    tool = next(skill for skill in skills_of(entries) if skill.label == "Tool")
    assert tool.broader == (uri("a"), uri("b"))
    assert tool.fields == ("one", "two")
    assert tool.aliases == ("instrument",)


def test_names() -> None:
    small = taxonomy()
    for name in ("PostgreSQL", "postgres", " POSTGRES "):
        found = small.by_label(name)
        assert found is not None
        assert found.label == "PostgreSQL"
    assert small.by_label("Oracle") is None
    assert small.aliases(uri("postgresql")) == ("PostgreSQL", "Postgres")
    assert small.aliases("urn:none") == ()
    assert small.synonyms()["postgres"] == "postgresql"
    assert "database systems" in small.synonyms()


@pytest.mark.parametrize(
    ("have", "want", "credit", "relation"),
    [
        ("postgresql", "postgresql", 1.0, "exact"),
        ("postgresql", "databases", 0.5, "narrower"),
        ("pgvector", "databases", 0.5, "narrower"),
        ("databases", "postgresql", 0.5, "broader"),
        ("databases", "pgvector", 0.0, ""),
        ("sqlite", "postgresql", 0.5, "related"),
        ("postgresql", "sqlite", 0.5, "related"),
        ("welding", "databases", 0.0, ""),
        ("nowhere", "databases", 0.0, ""),
        ("databases", "nowhere", 0.0, ""),
    ],
)
def test_credit(have: str, want: str, credit: float, relation: str) -> None:
    small = taxonomy()
    assert small.credit(uri(have), uri(want)) == credit
    assert small.relation(uri(have), uri(want)) == relation


def test_credit_is_configured() -> None:
    small = taxonomy(credits_=Credits(narrower=0.9, related=0.2))
    assert small.credit(uri("pgvector"), uri("databases")) == 0.9
    strengths = [(skill.label, strength) for skill, strength in small.related(uri("postgresql"))]
    assert strengths == [("pgvector", 0.9), ("Databases", 0.5), ("SQLite", 0.2)]
    assert small.related("urn:none") == ()


def test_the_chain_upwards_ends_even_in_a_circle() -> None:
    a = Skill(uri("a"), "A", SkillKind.SKILL, broader=(uri("b"),))
    b = Skill(uri("b"), "B", SkillKind.SKILL, broader=(uri("a"),))
    assert [skill.label for skill in Taxonomy([a, b]).broader_chain(uri("a"))] == ["B"]
    assert [s.label for s in taxonomy().broader_chain(uri("pgvector"))] == ["PostgreSQL", "Databases"]


def test_the_core_is_sound() -> None:
    core = load_core()
    assert len(core) > 2500
    assert len({skill.uri for skill in core.skills}) == len(core)
    assert len({squeeze(skill.label) for skill in core.skills}) > 0.99 * len(core)
    assert {field for skill in core.skills for field in skill.fields} >= {"health", "trades", "finance", "education"}
    assert all(skill.label and skill.label == skill.label.strip() for skill in core.skills)
    for skill in core.skills:
        assert skill.uri not in {above.uri for above in core.broader_chain(skill.uri)}, skill.label


def test_occupations_are_many_and_distinct() -> None:
    occupations = load_core().all_occupations
    assert len(occupations) >= 300
    assert len({occupation.uri for occupation in occupations}) == len(occupations)


def test_a_near_tool_is_not_a_synonym() -> None:
    """Having one product must never let a document claim another."""
    core = load_core()
    for one, other in (("Jest", "Vitest"), ("Okta", "Keycloak"), ("MySQL", "MariaDB"), ("Jenkins", "CircleCI")):
        first, second = core.by_label(one), core.by_label(other)
        assert first is not None
        assert second is not None
        assert first.uri != second.uri


def test_the_files_are_the_projects_own_and_plain() -> None:
    folder = Path(corefile.__file__).parent / "core"
    for path in folder.glob("*.txt"):
        assert path.read_text(encoding="utf-8").startswith("# "), path.name


@pytest.mark.parametrize("text", ["Résumé C++ ß", "İ\u200b护", "\U0001f600 a", "ﬁ ²½"])
def test_the_normal_form_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_spelling_variants_of_a_name() -> None:
    assert {"organisational design", "organizational design"} <= keys_of("Organisational design")
    assert {"data pipeline", "data pipelines"} <= keys_of("data pipeline")
    assert keys_of("!!") == set()


@pytest.mark.parametrize(("written", "shown"), [("brazing", "Brazing"), ("hplc", "HPLC"), ("lc-ms", "LC-MS")])
def test_narrower_skills_are_shown_with_a_capital(written: str, shown: str) -> None:
    assert taxonomy(f"s Top > {written}").by_label(written) is not None
    assert {skill.label for skill in taxonomy(f"s Top > {written}").skills} == {"Top", shown}
