"""Every table is held by one slice, which says whose its rows are: what nobody holds would outlive an erase."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from sqlalchemy import Column, ForeignKey, Integer, String, Table

from jobbot.bootstrap import App
from jobbot.platform.storage import Base, SealedColumn
from jobbot.platform.storage.holder import OWNERS, Holder
from jobbot.settings import Settings

from .test_schema import import_every_store


@pytest.fixture
def holders(tmp_path: Path) -> Iterable[Holder]:
    import_every_store()
    app = App(Settings(home=tmp_path / "home"))
    yield app.scope.holders
    app.close()


def loose(holders: Iterable[Holder]) -> list[str]:
    """What is wrong: tables without a holder or with two, rows of users that no erase finds."""
    held = [(holder.name, one) for holder in holders for one in holder.tables]
    times = Counter(one.table for _, one in held)
    found = [f"{name}: {times[name]} holders" for name in Base.metadata.tables if times[name] != 1]
    for _, one in held:
        columns = one.model.__table__.columns
        named = [name for name in OWNERS if name in columns]
        sealed = any(isinstance(column.type, SealedColumn) for column in columns)
        if one.mine is None:
            found += [f"{one.table}: has {named or 'sealed columns'}, and nothing of it is erased"] * bool(
                named or sealed
            )
            found += [f"{one.table}: says neither whose it is nor why it is nobody's"] * (not one.why)
        elif named and f"{one.table}.{named[0]} =" not in str(one.mine("somebody")):
            found.append(f"{one.table}: is not picked by {named[0]}")
    return found


def test_every_table_has_one_holder_that_erases_what_names_a_user(holders: Iterable[Holder]) -> None:
    assert loose(holders) == []


def test_a_table_that_nobody_holds_is_found(holders: Iterable[Holder]) -> None:
    extra = Table("diary", Base.metadata, Column("id", Integer, primary_key=True), Column("user_id", String))
    try:
        assert loose(holders) == ["diary: 0 holders"]
    finally:
        Base.metadata.remove(extra)


def test_a_table_that_two_hold_is_found(holders: Iterable[Holder]) -> None:
    assert "facts: 2 holders" in loose([*holders, next(one for one in holders if one.name == "profile")])


def test_rows_of_users_that_are_called_nobodys_are_found(holders: Iterable[Holder]) -> None:
    from jobbot.features.profile.store import FactRow
    from jobbot.platform.storage.holder import nobodys

    found = loose([*holders, Holder("careless", [nobodys(FactRow, "an oversight")])])
    assert "facts: has ['user_id'], and nothing of it is erased" in found


def test_a_holder_erases_what_points_at_its_rows_first(holders: Iterable[Holder]) -> None:
    """A foreign key without a cascade would stop the erase half-way."""
    order = [one.table for holder in holders for one in holder.tables if one.mine is not None]
    for table in Base.metadata.tables.values():
        for key in _keys(table):
            other = key.column.table.name
            if table.name in order and other in order and key.ondelete != "CASCADE":
                assert order.index(table.name) < order.index(other), f"{other} goes before {table.name}"


def _keys(table: Table) -> Iterable[ForeignKey]:
    return table.foreign_keys
