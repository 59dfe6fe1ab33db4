"""Erase on both databases: a user's rows go from every table, other rows stay, and it can be done twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, inspect, select

from jobbot.bootstrap import App
from jobbot.features.sources.store import CompanyRow, PostingRow
from jobbot.kernel.clock import FixedClock
from jobbot.kernel.ids import LOCAL_USER, UserId
from jobbot.platform.inference.store import ReferenceRow, VectorRow
from jobbot.platform.storage import Base, Database
from jobbot.platform.storage.erase import erase
from jobbot.platform.storage.holder import OWNERS
from jobbot.settings import Keys, Models, Network, Server, Settings

OTHER = UserId("other")
RESUME = {"basics": {"name": "Mara Lindqvist"}, "work": [{"name": "Foo AB", "position": "Analyst"}]}


@pytest.fixture
def app(database: Database, tmp_path: Path) -> Iterator[App]:
    """A program over each of the two databases."""
    url = "" if database.file else database.engine.url.render_as_string(hide_password=False)
    settings = Settings(
        home=tmp_path / "home",
        models=Models(embedding="none"),
        keys=Keys(kek_file=str(tmp_path / "kek")),
        network=Network(offline=True),
        server=Server(database_url=url),
    )
    app = App(settings, clock=FixedClock())
    app.profiles.save(RESUME)
    _posting(app, tmp_path, "Wardrobe Keeper", LOCAL_USER)
    _posting(app, tmp_path, "Lamp Lighter", OTHER)
    _vectors(app)
    yield app
    app.close()


def _posting(app: App, folder: Path, title: str, user: UserId) -> None:
    file = folder / "one.jsonl"
    file.write_text(json.dumps({"title": title, "company": f"{title} AB", "description": f"{title} wanted. " * 20}))
    app.ingest.file(file, user)


def _vectors(app: App) -> None:
    import numpy as np

    one = np.ones(384, dtype=np.float32)
    for user, pointed in ((LOCAL_USER, {"a": "mine", "b": "both"}), (OTHER, {"c": "theirs", "d": "both"})):
        app.vectors.add("card", dict.fromkeys(pointed.values(), one), kind="title", hashes=pointed, user=user)


def rows_of(app: App, user: str) -> dict[str, int]:
    found = {}
    assert app.scope.holders
    with app.database.read() as session:
        for table in Base.metadata.sorted_tables:
            owner = next((table.columns[name] for name in OWNERS if name in table.columns), None)
            count = 0 if owner is None else session.scalar(select(func.count()).select_from(table).where(owner == user))
            found |= {table.name: count} if count else {}
    return found


def test_rows_of_the_user_go_and_those_of_others_stay(app: App) -> None:
    theirs = rows_of(app, OTHER)
    assert {"postings", "fetch_runs", "vector_refs"} <= set(theirs)
    done = erase(app.scope, LOCAL_USER, app.clock)
    assert done.rows["postings"] == done.rows["companies"] == 1
    assert done.rows["vectors"] == 1
    assert rows_of(app, LOCAL_USER) == {}
    assert rows_of(app, OTHER) == theirs
    operator = [one.what for one in done.kept if one.what == "PostgreSQL"]
    assert operator == ([] if app.database.file else ["PostgreSQL"])
    with app.database.read() as session:
        assert list(session.scalars(select(PostingRow.title))) == ["Lamp Lighter"]
        assert list(session.scalars(select(CompanyRow.name))) == ["Lamp Lighter AB"]
        assert set(session.scalars(select(VectorRow.content_hash))) == {"both", "theirs"}
        assert set(session.scalars(select(ReferenceRow.ref_id))) == {"c", "d"}
    assert app.postings.search("wardrobe") == []
    assert app.database.problems() == []


def test_twice_is_once(app: App) -> None:
    erase(app.scope, LOCAL_USER, app.clock)
    again = erase(app.scope, LOCAL_USER, app.clock)
    assert set(again.rows.values()) == {0}
    assert again.key.data_key is False
    assert again.key.resumed is False


def test_everything_leaves_no_table(app: App) -> None:
    place = app.database
    erase(app.scope, LOCAL_USER, app.clock, everything=True)
    if place.file is not None:
        assert not place.file.exists()
    else:
        assert inspect(place.engine).get_table_names() == []
    fresh = App(app.settings, clock=app.clock)
    assert fresh.profiles.find() is None
    fresh.profiles.save(RESUME)
    fresh.close()


def test_memories_of_another_program_are_refreshed(app: App) -> None:
    """Lists that a server keeps are read anew, and so are vectors."""
    assert [one.title for one in app.postings.light()] == ["Wardrobe Keeper"]
    assert app.vectors.matrix("card", "title", user=LOCAL_USER)[0] == ("a", "b")
    second = App(app.settings, clock=app.clock)
    erase(second.scope, LOCAL_USER, second.clock)
    second.close()
    assert app.postings.light() == []
    assert app.vectors.matrix("card", "title", user=LOCAL_USER)[0] == ()
