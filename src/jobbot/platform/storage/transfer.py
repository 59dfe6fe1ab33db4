"""Rows from one database to another of the same schema, whichever engines they are.

The tables are read from the databases themselves, not from the models, so that an old schema can be moved too.
Full-text tables are left to the triggers that fill them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Column, Connection, DateTime, MetaData, Table, func, inspect, null, select, text
from sqlalchemy.dialects.postgresql import TSVECTOR

BATCH = 500
_CHAIN = "alembic_version"


def tables(connection: Connection) -> list[Table]:
    """The tables with data of their own, parents before children."""
    derived = set(_virtual(connection)) if connection.dialect.name == "sqlite" else set()
    metadata = MetaData()
    for name in inspect(connection).get_table_names():
        if name not in derived and name != _CHAIN:
            Table(name, metadata, autoload_with=connection)
    return [table for table in metadata.sorted_tables if not any(isinstance(c.type, TSVECTOR) for c in table.columns)]


def counts(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    return {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in tables(connection)
    }


def copy_rows(source: Connection, target: Connection) -> None:
    """Replace what `target` holds by the rows of `source`; the callers hold both transactions.

    Both are at the same revision. Sequences of PostgreSQL continue after the highest number.
    """
    found = {table.name: table for table in tables(target)}
    for table in reversed(found.values()):
        target.execute(table.delete())
    for origin in tables(source):
        goal = found[origin.name]
        for rows in _batches(source, origin, goal):
            target.execute(goal.insert(), rows)
        if target.dialect.name == "postgresql":
            _continue_sequences(target, goal)


def _virtual(connection: Connection) -> Iterator[str]:
    """Full-text tables and the shadow tables behind them."""
    made = connection.execute(text("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'"))
    virtual = [str(name) for name in made.scalars()]
    every = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars()
    return (str(name) for name in every if any(name == v or str(name).startswith(f"{v}_") for v in virtual))


def _batches(source: Connection, origin: Table, goal: Table) -> Iterator[list[dict[str, Any]]]:
    columns = [column for column in origin.columns if column.name in goal.columns and not column.computed]
    result = source.execution_options(yield_per=BATCH).execute(select(*columns))
    for rows in result.mappings().partitions(BATCH):
        yield [{name: _value(value, goal.columns[name]) for name, value in row.items()} for row in rows]


def _value(value: Any, column: Column[Any]) -> Any:
    if isinstance(value, datetime) and isinstance(column.type, DateTime):
        aware = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return aware if column.type.timezone else aware.replace(tzinfo=None)
    if value is None and isinstance(column.type, JSON) and column.nullable:
        return null()  # None alone would be stored as the JSON value null
    return value


def _continue_sequences(connection: Connection, table: Table) -> None:
    for column in table.primary_key.columns:
        name = connection.execute(
            text("SELECT pg_get_serial_sequence(:table, :column)"), {"table": table.name, "column": column.name}
        ).scalar()
        if name:
            highest = connection.execute(select(func.max(column))).scalar()
            if highest is not None:
                connection.execute(text("SELECT setval(:name, :highest)"), {"name": name, "highest": highest})
