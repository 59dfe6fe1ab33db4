"""Rows from one database to another of the same schema, whichever engines they are.

The tables are read from the databases themselves, not from the models, so that an old schema can be moved too.
Full-text indexes are not copied: SQLite's are rebuilt from their tables, PostgreSQL's by `Derive`, which the caller
hands in, since only the slice that owns one knows its words.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Column, Connection, DateTime, MetaData, Table, func, inspect, null, select, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.dialects.postgresql.base import ischema_names
from sqlalchemy.types import UserDefinedType

Derive = Callable[[Connection], None]
"""Fills what PostgreSQL derives from the rows, in the same transaction."""
BATCH = 500
_CHAIN = "alembic_version"


class HalfVec(UserDefinedType[Any]):
    """pgvector's 16-bit vector, read and written as its text `[1,2]`; on SQLite the same numbers are float16 bytes."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "halfvec"


ischema_names.setdefault("halfvec", HalfVec)


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
    if target.dialect.name == "sqlite":
        for name in _indexes(target):
            target.execute(text(f'INSERT INTO "{name}"("{name}") VALUES (\'rebuild\')'))  # noqa: S608 (our own name)


def _virtual(connection: Connection) -> Iterator[str]:
    """Full-text tables and the shadow tables behind them."""
    virtual = _indexes(connection)
    every = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars()
    return (str(name) for name in every if any(name == v or str(name).startswith(f"{v}_") for v in virtual))


def _indexes(connection: Connection) -> list[str]:
    made = connection.execute(text("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'"))
    return [str(name) for name in made.scalars()]


def _batches(source: Connection, origin: Table, goal: Table) -> Iterator[list[dict[str, Any]]]:
    columns = [column for column in origin.columns if column.name in goal.columns and not column.computed]
    result = source.execution_options(yield_per=BATCH).execute(select(*columns))
    for rows in result.mappings().partitions(BATCH):
        yield [
            {name: _value(value, origin.columns[name], goal.columns[name]) for name, value in row.items()}
            for row in rows
        ]


def _value(value: Any, origin: Column[Any], goal: Column[Any]) -> Any:
    if value is None:  # None alone would be stored as the JSON value null
        return null() if isinstance(goal.type, JSON) and goal.nullable else None
    if isinstance(value, datetime) and isinstance(goal.type, DateTime):
        aware = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return aware if goal.type.timezone else aware.replace(tzinfo=None)
    if _half(goal) and not _half(origin):
        return f"[{','.join(map(repr, struct.unpack(f'<{len(value) // 2}e', value)))}]"
    if _half(origin) and not _half(goal):
        numbers = [float(number) for number in value.strip("[]").split(",")]
        return struct.pack(f"<{len(numbers)}e", *numbers)
    return value


def _half(column: Column[Any]) -> bool:
    return str(column.type).lower().startswith("halfvec")


def _continue_sequences(connection: Connection, table: Table) -> None:
    for column in table.primary_key.columns:
        name = connection.execute(
            text("SELECT pg_get_serial_sequence(:table, :column)"), {"table": table.name, "column": column.name}
        ).scalar()
        if name:
            highest = connection.execute(select(func.max(column))).scalar()
            if highest is not None:
                connection.execute(text("SELECT setval(:name, :highest)"), {"name": name, "highest": highest})
