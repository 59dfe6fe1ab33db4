"""The database: one writer at a time, whole transactions, the same on SQLite and PostgreSQL."""

from __future__ import annotations

from sqlalchemy import text

from jobbot.platform.storage import Database, migrations


def test_fixture_is_at_the_head_of_the_chain(database: Database) -> None:
    assert migrations.current(database.engine) == migrations.head()


def test_what_is_written_can_be_read(database: Database) -> None:
    with database.write() as session:
        session.execute(text("CREATE TABLE sample (id INTEGER)"))
        session.execute(text("INSERT INTO sample VALUES (7)"))
    with database.read() as session:
        assert session.execute(text("SELECT id FROM sample")).scalar_one() == 7
