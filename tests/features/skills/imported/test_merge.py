"""Imported sets over the core: the same by name is one skill, names say where they are from, texts hold them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.features.skills.imported import made
from tests.features.skills.imported.made import ESCO, job, skill

from jobbot.features.skills.extract import Extractor
from jobbot.features.skills.imported.bring import bring, set_name
from jobbot.features.skills.imported.files import parts
from jobbot.features.skills.imported.keep import Shelf
from jobbot.features.skills.imported.load import LAID, load
from jobbot.features.skills.model import SkillKind
from jobbot.features.skills.taxonomy import load_core
from jobbot.kernel.clock import FixedClock
from jobbot.kernel.errors import InvalidInput, NotFound


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(made.taxonomy())


def found(extractor: Extractor, text: str) -> list[tuple[str, str]]:
    return [(mention.skill.label, mention.evidence.quote) for mention in extractor.extract(text).skills]


def test_the_same_by_name_is_one_skill_with_the_imported_uri(extractor: Extractor) -> None:
    kubernetes = extractor.taxonomy.by_label("k8s")
    assert kubernetes is not None
    assert (kubernetes.uri, kubernetes.label, kubernetes.kind) == (skill(1), "Kubernetes", SkillKind.TOOL)
    core = load_core().by_label("Kubernetes")
    assert core is not None
    assert set(core.aliases) < set(kubernetes.aliases)
    assert kubernetes.broader == core.broader
    assert extractor.taxonomy.get(core.uri) is None


def test_names_say_where_they_are_from(extractor: Extractor) -> None:
    named = extractor.taxonomy.named
    assert named(skill(1), "K8s") == "alternative label"
    assert named(skill(1), "kube cluster runtime") == "alternative label, ESCO"
    assert named(skill(1), "kubernetes") == ""
    assert named(skill(3), "Glockenstimmung") == "DE label, ESCO"
    assert named("urn:none", "x") == ""


def test_the_verifier_of_documents_takes_no_imported_name_for_equal(extractor: Extractor) -> None:
    synonyms = extractor.taxonomy.synonyms()
    assert synonyms["k8s"] == "kubernetes"
    assert "kube cluster runtime" not in synonyms


def test_texts_are_searched_for_imported_names(extractor: Extractor) -> None:
    text = "Requirements\n• Bell tuning and a kube cluster runtime\n• You polish brass bells\n"
    assert found(extractor, text) == [
        ("bell tuning", "Bell tuning"),
        ("Kubernetes", "kube cluster runtime"),
        ("polish brass bells", "polish brass bells"),
    ]
    uris = {mention["uri"] for mention in extractor.extract(text).as_dict()["skills"]}
    assert uris == {skill(1), skill(2), skill(3)}


def test_words_of_every_advert_are_no_skills(extractor: Extractor) -> None:
    assert found(extractor, "We think and ponder a lot; working with bells is fun.") == []
    think = extractor.taxonomy.by_label("think")
    assert think is not None
    assert think.fields == ("general",)


def test_a_product_called_like_a_word_needs_its_case_and_company(extractor: Extractor) -> None:
    assert found(extractor, "A brazier stands in the yard. Brazier wanted.") == []
    assert ("Brazier (bell casting software)", "Brazier") in found(extractor, "Python, Brazier and SQL")


def test_labels_of_other_languages_count_in_their_language(extractor: Extractor) -> None:
    german = "Wir suchen eine Person für die Glockenstimmung und das Stimmen von Glocken mit Erfahrung."
    assert [label for label, _ in found(extractor, german)] == ["bell tuning", "bell tuning"]
    assert found(extractor, "We are looking for somebody with Glockenstimmung in the house.") == []


def test_what_lies_on_one_shelf_is_beside_one_another(extractor: Extractor) -> None:
    taxonomy = extractor.taxonomy
    assert taxonomy.relation(skill(3), skill(6)) == "sibling"
    assert taxonomy.credit(skill(3), skill(6)) == 0.35
    assert taxonomy.relation(skill(2), skill(3)) == "related"
    assert taxonomy.relation(skill(1), skill(6)) == ""
    assert [above.label for above in taxonomy.broader_chain(skill(3))] == ["working with bells"]
    assert taxonomy.get(f"{ESCO}/skill/S9.9") is not None


def test_both_sets_give_one_skill() -> None:
    from jobbot.features.skills.imported.load import over_core

    taxonomy = over_core([made.kept(made.FOLDER), made.kept(made.ONET, "onet")])
    kubernetes = taxonomy.by_label("Kubernetes")
    assert kubernetes is not None
    assert kubernetes.uri == skill(1)
    assert "urn:onet:commodity:43232402" in kubernetes.broader
    assert [one.label for one in taxonomy.all_occupations] == ["bell founder", "software developer", "specialist nurse"]
    assert "Bell Founders" in {one.label for one in taxonomy.over.bridges()}


def test_import_again_changes_nothing_and_remove_undoes(tmp_path: Path, clock: FixedClock) -> None:
    shelf, place = Shelf(tmp_path), made.folder(tmp_path / "esco", made.FOLDER)
    dry = bring(parts(place), "esco", shelf, clock.now(), dry_run=True)
    assert dry["dry_run"]
    assert not shelf.marks()
    assert not shelf.folder.exists()
    first = bring(parts(place), "esco", shelf, clock.now())
    assert first["changed"]
    assert first["merged"] == {"skills": 1, "occupations": 0}
    assert first["new"] == {"skills": 6, "occupations": 3}
    written = shelf.file("esco").stat()
    assert written.st_mode & 0o777 == 0o600
    assert shelf.folder.stat().st_mode & 0o777 == 0o700
    again = bring(parts(place), "esco", shelf, clock.now())
    assert not again["changed"]
    assert shelf.file("esco").stat().st_mtime_ns == written.st_mtime_ns
    assert load(tmp_path).over.sets == ("esco",)
    shelf.remove("esco")
    assert load(tmp_path) is load_core()
    assert list(shelf.folder.iterdir()) == []
    with pytest.raises(NotFound, match="not imported"):
        shelf.remove("esco")


def test_a_refused_import_leaves_what_was_there(tmp_path: Path, clock: FixedClock) -> None:
    shelf = Shelf(tmp_path)
    bring(parts(made.folder(tmp_path / "a", made.FOLDER)), "esco", shelf, clock.now())
    before = shelf.file("esco").read_bytes()
    broken = made.folder(tmp_path / "b", {**made.FOLDER, "skills_en.csv": made.OFFICIAL.replace(",", ";")})
    with pytest.raises(InvalidInput, match=r"skills_en\.csv:1"):
        bring(parts(broken), "esco", shelf, clock.now())
    assert shelf.file("esco").read_bytes() == before


def test_what_was_laid_over_is_kept_and_made_again(tmp_path: Path, clock: FixedClock) -> None:
    shelf = Shelf(tmp_path)
    bring(parts(made.folder(tmp_path / "a", made.FOLDER)), "esco", shelf, clock.now())
    first = load(tmp_path)
    kept = shelf.folder / LAID
    assert kept.is_file()
    again = load(tmp_path)
    assert again.skills == first.skills
    assert again.over.mark == first.over.mark
    assert again.over.notes == first.over.notes
    kept.write_text("{", encoding="utf-8")
    assert load(tmp_path).skills == first.skills
    bring(parts(made.folder(tmp_path / "b", {"a.csv": made.LABELS})), "esco", shelf, clock.now())
    assert load(tmp_path).over.mark != first.over.mark


def test_a_damaged_set_is_named_and_the_core_goes_on(tmp_path: Path, clock: FixedClock) -> None:
    shelf = Shelf(tmp_path)
    bring(parts(made.folder(tmp_path / "a", made.FOLDER)), "esco", shelf, clock.now())
    shelf.file("esco").write_text(json.dumps({"format": 99}), encoding="utf-8")
    assert load(tmp_path) is load_core()
    assert ["import it again" in reason for reason in shelf.broken()] == [True]
    assert bring(parts(tmp_path / "a"), "esco", shelf, clock.now())["changed"]
    assert shelf.broken() == []


def test_only_two_sets_have_names() -> None:
    with pytest.raises(InvalidInput, match="esco and onet"):
        set_name("wikidata")


def test_a_title_is_a_name_of_an_occupation() -> None:
    taxonomy = made.taxonomy()
    assert taxonomy.called("Senior Bell Maker (m/w/d)") == {job(1): "bell founder"}
    assert taxonomy.called("Caster of Bells") == {job(1): "bell founder"}
    assert taxonomy.called("bell") == {}
    assert load_core().called("bell maker") == {}


def test_occupations_keep_their_titles() -> None:
    founder = made.taxonomy().occupation(job(1))
    assert founder is not None
    assert founder.titles == ("caster of bells", "bell maker")
    assert founder.field == "7311"
