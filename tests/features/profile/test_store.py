"""Versions that never change, personas apart, personal words sealed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text, update

from jobbot.features.profile.store import FactRow, ProfileRow, ProfileStore
from jobbot.kernel.clock import FixedClock
from jobbot.kernel.errors import Failed, InvalidInput, NotFound
from jobbot.kernel.ids import UserId
from jobbot.platform.storage import Base, Database, Vault

RESUME: dict[str, Any] = {
    "basics": {"name": "Zubaida Quill", "email": "zubaida@example.org"},
    "work": [{"position": "Diver", "name": "Harbour Works", "startDate": "2020", "highlights": ["Inspected 40 piers"]}],
    "x-own": {"deep": [1, 2.5, None, True]},
}


@pytest.fixture
def store(database: Database) -> ProfileStore:
    return ProfileStore(database, Vault(os.urandom(32), "k1"), FixedClock())


def test_what_is_saved_comes_back_whole(store: ProfileStore) -> None:
    saved = store.save(RESUME)
    assert store.current() == saved
    assert store.current().resume == RESUME
    assert list(store.current().resume) == list(RESUME)


def test_nothing_yet_says_what_to_do(store: ProfileStore) -> None:
    with pytest.raises(NotFound, match="jobbot import resume"):
        store.current()
    store.save(RESUME)
    with pytest.raises(NotFound, match="default"):
        store.current(persona="other")


def test_the_same_again_is_no_new_version(store: ProfileStore) -> None:
    assert store.save(RESUME).version == 1
    assert store.save(dict(RESUME)).version == 1
    assert len(store.history()) == 1
    assert store.save(dict(reversed(RESUME.items()))).version == 2


def test_old_versions_stay_as_they_were(store: ProfileStore) -> None:
    first = store.save(RESUME)
    second = store.save({**RESUME, "basics": {"name": "Z. Quill"}}, origin="edit")
    assert store.version(1) == first
    assert [(row.version, row.origin) for row in store.history()] == [(2, "edit"), (1, "json")]
    assert second.facts[0].id == first.facts[0].id
    with pytest.raises(NotFound):
        store.version(3)


def test_personas_are_apart_and_share_the_ids_of_what_they_share(store: ProfileStore) -> None:
    main = store.save(RESUME)
    other = store.save({**RESUME, "basics": {"name": "Zubaida Quill", "label": "Surveyor"}}, persona="Survey")
    assert (other.persona, other.version) == ("survey", 1)
    assert store.current().version == 1
    assert store.personas() == ("default", "survey")
    assert {fact.id for fact in main.roles} == {fact.id for fact in other.roles}
    with pytest.raises(InvalidInput):
        store.save(RESUME, persona="../etc")


def test_another_user_sees_nothing(store: ProfileStore) -> None:
    store.save(RESUME)
    with pytest.raises(NotFound):
        store.current(UserId("somebody"))
    assert store.history(UserId("somebody")) == ()
    assert store.personas(UserId("somebody")) == ()


def test_no_personal_word_is_in_the_file(sqlite: Database, tmp_path: Path) -> None:
    ProfileStore(sqlite, Vault(os.urandom(32), "k1"), FixedClock()).save(RESUME)
    sqlite.close()
    files = [path for path in (tmp_path / "home").rglob("*") if path.is_file()]
    data = b"".join(path.read_bytes() for path in files)
    assert b"/work" not in data
    assert b"default" in data
    for word in (b"Zubaida", b"Harbour", b"Inspected", b"example.org"):
        assert word not in data


def test_a_wrong_key_and_a_moved_box_do_not_open(store: ProfileStore, database: Database) -> None:
    profile = store.save(RESUME)
    with pytest.raises(Failed):
        ProfileStore(database, Vault(os.urandom(32), "k1"), FixedClock()).current()
    first, second = profile.facts[0].id, profile.facts[1].id
    with database.write() as session:
        session.execute(
            text("UPDATE facts SET body = (SELECT body FROM facts WHERE id = :a) WHERE id = :b"),
            {"a": first, "b": second},
        )
    with pytest.raises(Failed):
        store.current()


def test_a_plain_string_does_not_bind(store: ProfileStore, database: Database) -> None:
    store.save(RESUME)
    for row, column in ((ProfileRow, "resume"), (FactRow, "body")):
        with pytest.raises(Exception, match="personal"), database.write() as session:
            session.execute(update(row).values({column: "plain"}))


def test_a_failed_write_leaves_nothing(store: ProfileStore, database: Database) -> None:
    with pytest.raises(TypeError):
        store.save({"basics": {"name": "A"}, "x": object()})
    assert store.find() is None


def test_the_migration_equals_the_models(sqlite: Database) -> None:
    own = {"personas", "candidate_profile", "facts"}
    with sqlite.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": lambda _o, name, kind, _r, _c: kind != "table" or name in own}
        )
        assert compare_metadata(context, Base.metadata) == []
