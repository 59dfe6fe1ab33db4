"""Rows between SQLite and PostgreSQL and back: every value the same."""

from __future__ import annotations

import struct
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import MetaData, Table, text

from jobbot.platform.storage import Database, migrations, transfer
from jobbot.platform.storage.backup import fresh_sqlite

AT = datetime(2026, 10, 25, 0, 59, 59, 999999, tzinfo=UTC)
VECTOR = struct.pack("<4e", 0.5, -1.25, 6.1e-5, 65504.0)
NOTES = {"a": [1, 2.5, None, True, "ü\u2028"], "b": {}}


def fill(database: Database) -> None:
    """A few awkward rows: text of every kind, JSON with null, numbers that sequences must go on from."""
    aware = database.dialect == "postgresql"
    at = AT if aware else AT.replace(tzinfo=None)
    posting = {
        "source": "demo", "board": "b", "region": "", "external_id": "1", "company": "Ærø & Søn", "company_words": "",
        "locations": [], "place_words": "", "salaries": [], "listed_at": at, "first_seen": at, "last_seen": at,
        "content_hash": "0" * 64, "complete": True, "notes": NOTES, "html": "", "posted_at": None, "pay_top": 0.1,
    }  # fmt: skip
    metadata = MetaData()
    with database.engine.connect().execution_options(jobbot_write=True) as connection:
        metadata.reflect(connection, only=["postings", "posting_payloads", "vectors", "settings_kv", "users"])
        tables = metadata.tables
        for number, words in ((3, "Night nurse\n•  first\u00a0line"), (41, "Träskruv 'quoted' \\ 日本 🙂")):
            row = posting | {"number": number, "id": f"p{number}", "title": words[:20], "text": words}
            connection.execute(tables["postings"].insert(), [_known(row, tables["postings"])])
        payload = {"posting_id": "p3", "fetched_at": at, "body": bytes(range(256))}
        connection.execute(tables["posting_payloads"].insert(), [payload])
        vector = "[0.5,-1.25,0.000061,65504]" if aware else VECTOR
        connection.execute(tables["vectors"].insert(), [{"card_id": "c", "content_hash": "h", "vector": vector}])
        connection.execute(tables["settings_kv"].insert(), [{"name": "n", "value": "null"}])
        connection.execute(tables["users"].insert(), [{"id": "other", "created_at": at}])
        connection.commit()


def everything(database: Database) -> dict[str, list[Any]]:
    """All rows in a form that does not depend on the engine."""
    with database.engine.connect() as connection:
        found = {}
        for table in transfer.tables(connection):
            rows = connection.execute(table.select()).all()
            found[table.name] = sorted((tuple(map(_plain, row)) for row in rows), key=repr)
    return found


def move(source: Database, target: Database) -> None:
    with (
        source.engine.connect() as origin,
        target.engine.connect().execution_options(jobbot_write=True) as goal,
    ):
        transfer.copy_rows(origin, goal)
        goal.commit()


@pytest.mark.postgres
def test_there_and_back_again(sqlite: Database, postgres: Callable[[str], str], tmp_path: Path) -> None:
    fill(sqlite)
    server = Database.open(tmp_path / "server", postgres(""))
    server.migrate()
    move(sqlite, server)
    assert everything(server) == everything(sqlite)
    with fresh_sqlite(tmp_path / "back" / "jobbot.db", migrations.head()) as back:
        move(server, back)
        assert everything(back) == everything(sqlite)
        assert back.problems() == []
        with back.read() as session:
            found = session.execute(text("SELECT rowid FROM postings_fts WHERE postings_fts MATCH 'nurse'")).scalars()
            assert list(found) == [3]
    server.close()


@pytest.mark.postgres
def test_numbers_go_on_after_the_highest(sqlite: Database, postgres: Callable[[str], str], tmp_path: Path) -> None:
    fill(sqlite)
    server = Database.open(tmp_path / "server", postgres(""))
    server.migrate()
    move(sqlite, server)
    with server.write() as session:
        name = session.execute(text("SELECT pg_get_serial_sequence('postings', 'number')")).scalar()
        if name:
            assert session.execute(text("SELECT nextval(:name)"), {"name": name}).scalar_one() > 41
    server.close()


def test_what_was_in_the_target_is_replaced(sqlite: Database, tmp_path: Path) -> None:
    with fresh_sqlite(tmp_path / "other" / "jobbot.db", migrations.head()) as other:
        fill(other)
        move(sqlite, other)
        assert everything(other) == everything(sqlite)


def test_full_text_tables_are_not_counted_as_data(database: Database) -> None:
    with database.engine.connect() as connection:
        names = {table.name for table in transfer.tables(connection)}
    assert {"users", "postings", "vectors"} <= names
    assert not [name for name in names if "fts" in name]


def test_counts_say_how_many_rows_there_are(database: Database) -> None:
    fill(database)
    with database.engine.connect() as connection:
        found = transfer.counts(connection)
    assert (found["postings"], found["users"], found["facts"]) == (2, 2, 0)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC) + timedelta(0)
    if isinstance(value, str) and value.startswith("[0.5"):
        return struct.pack("<4e", *map(float, value.strip("[]").split(",")))
    return bytes(value) if isinstance(value, bytes | memoryview) else value


def _known(row: dict[str, Any], table: Table) -> dict[str, Any]:
    """Without what the table has not."""
    return {name: value for name, value in row.items() if name in table.columns}
