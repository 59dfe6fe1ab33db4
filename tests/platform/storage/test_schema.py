"""The chain of migrations makes exactly the tables that the models describe, on both engines."""

from __future__ import annotations

import importlib
import pkgutil
import signal
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Column, Float, Integer, Table, inspect, text
from sqlalchemy.exc import OperationalError

import jobbot.features
import jobbot.platform
from jobbot.kernel.errors import Failed
from jobbot.platform.storage import Base, Database, SealedColumn, migrations

NOT_MODELLED = ("postings_fts",)
"""Full-text indexes and what lies behind them; made and kept by SQL of their own."""


def import_every_store() -> None:
    """Every module whose name says that it holds tables, so that the metadata is whole."""
    for package in (jobbot.features, jobbot.platform):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if module.name.rpartition(".")[2] in ("store", "ledger", "kv", "keys", "rows", "transfer"):
                importlib.import_module(module.name)


def differences(database: Database) -> list[Any]:
    """What Alembic would have to change to bring the database to the models."""

    def ours(found: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
        elsewhere = kind == "index" and found.info.get("only", database.dialect) != database.dialect
        return not (elsewhere or (kind in ("table", "index") and (name or "").startswith(NOT_MODELLED)))

    def other_type(_context: Any, _inspected: Any, _column: Any, present: Any, wanted: Any) -> bool | None:
        both_float = isinstance(present, Float) and isinstance(wanted, Float)  # FLOAT and DOUBLE name the same here
        return False if both_float else None

    with database.engine.connect() as connection:
        options = {"compare_type": other_type, "include_object": ours}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata))


def test_the_chain_makes_what_the_models_say(database: Database) -> None:
    import_every_store()
    assert {"users", "user_keys", "key_home", "settings_kv"} <= set(Base.metadata.tables)
    assert differences(database) == []


def test_the_comparison_sees_a_table_that_no_migration_makes(database: Database) -> None:
    import_every_store()
    extra = Table("forgotten", Base.metadata, Column("id", Integer, primary_key=True))
    try:
        assert [kind for kind, *_ in differences(database)] == ["add_table"]
    finally:
        Base.metadata.remove(extra)


def test_the_comparison_sees_a_column_that_is_missing_in_the_models(database: Database) -> None:
    import_every_store()
    with database.write() as session:
        session.execute(text("ALTER TABLE users ADD COLUMN shoe_size INTEGER"))
    assert [kind for kind, *_ in differences(database)] == ["remove_column"]


def test_every_sealed_column_belongs_to_the_table_it_names() -> None:
    import_every_store()
    sealed = [c for table in Base.metadata.tables.values() for c in table.columns if isinstance(c.type, SealedColumn)]
    assert sealed, "no personal column at all?"
    for column in sealed:
        assert isinstance(column.type, SealedColumn)
        assert (column.type.table, column.type.column) == (column.table.name, column.name)
        assert "user_id" in column.table.columns, f"{column.table.name} holds personal data without an owner"


def test_there_is_one_chain_without_branches() -> None:
    assert migrations.known(migrations.head())
    assert not migrations.known("9999_future")


def test_a_newer_schema_is_refused_and_left_alone(database: Database) -> None:
    with database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999_future'"))
    with pytest.raises(Failed, match="newer jobbot"):
        database.migrate()
    assert migrations.current(database.engine) == "9999_future"


def test_an_upgrade_of_a_database_with_data_keeps_a_copy(tmp_path: Path) -> None:
    database = Database.open(tmp_path)
    migrations.upgrade(database.engine, "0001_platform")
    with database.write() as session:
        session.execute(text("INSERT INTO settings_kv VALUES ('before', '1')"))
    database.migrate()
    database.close()
    kept = Database.open(tmp_path, file=tmp_path / "backups" / "before-upgrade-from-0001_platform.db")
    with kept.read() as session:
        assert session.execute(text("SELECT value FROM settings_kv WHERE name = 'before'")).scalar_one() == "1"
    assert migrations.current(kept.engine) == "0001_platform"
    kept.close()


def test_a_new_database_needs_no_copy(tmp_path: Path) -> None:
    database = Database.open(tmp_path)
    database.migrate()
    database.close()
    assert not (tmp_path / "backups").exists()


def test_an_upgrade_that_fails_leaves_the_old_schema(tmp_path: Path) -> None:
    """A migration is one transaction, DDL included: on SQLite that is not Alembic's default."""
    database = Database.open(tmp_path)
    migrations.upgrade(database.engine, "0001_platform")
    with database.write() as session:
        session.execute(text("CREATE TABLE quarantine (mine INTEGER)"))  # 0003 makes one of this name, after others
    before = set(inspect(database.engine).get_table_names())
    with pytest.raises(OperationalError, match="quarantine"):
        database.migrate()
    assert set(inspect(database.engine).get_table_names()) == before
    assert migrations.current(database.engine) == "0001_platform"
    database.close()


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_killed_upgrades_can_be_run_again(tmp_path: Path) -> None:
    """SIGKILL after each of the first statements of an upgrade: the next start finds the old schema and completes."""
    program = textwrap.dedent(
        """
        import os, signal, sys
        from pathlib import Path
        from sqlalchemy import event
        from jobbot.platform.storage import Database
        database, left = Database.open(Path(sys.argv[1])), int(sys.argv[2])
        @event.listens_for(database.engine, "after_cursor_execute")
        def count(*_):
            global left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        database.migrate()
        """
    )
    effective = 0
    for statements in (4, 9, 15, 24):
        home = tmp_path / str(statements)
        ended = subprocess.run([sys.executable, "-c", program, str(home), str(statements)])
        effective += ended.returncode == -signal.SIGKILL
        database = Database.open(home)
        assert migrations.current(database.engine) is None, "half a schema was kept"
        assert inspect(database.engine).get_table_names() == []
        database.migrate()
        assert migrations.current(database.engine) == migrations.head()
        assert database.problems() == []
        database.close()
    assert effective == 4
