"""The names that an employer had, and the postings of a board under its new one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select, text, update
from sqlalchemy.orm import Session

from jobbot.features.sources import search
from jobbot.features.sources.company import folded, normal_name
from jobbot.features.sources.rows import chunks
from jobbot.features.sources.tables.store import CompanyAliasRow, CompanyRow, PostingRow
from jobbot.kernel.ids import new_id

MOST = 300
"""Code points of the words that a company is found by."""
PART = 500


def words(session: Session, companies: Collection[str]) -> dict[str, tuple[str, ...]]:
    """{id of a company: all its names}, of those that have more than one."""
    several = select(CompanyAliasRow.company_id).group_by(CompanyAliasRow.company_id).having(func.count() > 1)
    named = select(CompanyAliasRow.company_id, CompanyAliasRow.name).where(CompanyAliasRow.company_id.in_(several))
    found: dict[str, list[str]] = defaultdict(list)
    for row in session.execute(named.where(CompanyAliasRow.company_id.in_(companies)).order_by(CompanyAliasRow.name)):
        found[row.company_id].append(row.name)
    return {key: tuple(names) for key, names in found.items()}


def searched(name: str, others: Collection[str]) -> str:
    """What a company called `name` is looked for by, its other names after it."""
    return " ".join(folded(each) for each in dict.fromkeys((name, *others)))[:MOST]


def rename(session: Session, board_id: str | None, former: str, name: str, at: datetime) -> list[str]:
    """Make `name` a name of the employer that was called `former`, and put it on the board's postings; their ids."""
    company = _identity(session, former, name, at)
    mine = select(PostingRow.id).where(PostingRow.board_id == board_id, PostingRow.company == former)
    ids = list(session.scalars(mine.order_by(PostingRow.number)))
    both = searched(name, words(session, [company]).get(company, ()))
    stated = {"company": name, "company_id": company, "company_words": both}
    sqlite = session.get_bind().dialect.name == "sqlite"
    for part in chunks(ids, PART):
        if sqlite:
            _index(session, search.SQLITE_FORGET, part)
        session.execute(update(PostingRow).where(PostingRow.id.in_(part)).values(stated))
        _index(session, search.SQLITE_INDEX if sqlite else search.POSTGRES_INDEX, part)
    return ids


def _identity(session: Session, former: str, name: str, at: datetime) -> str:
    """The company of the former name; the new one becomes its alias, unless it is another employer's already."""
    keys = {"former": normal_name(former), "new": normal_name(name)}
    stored = select(CompanyAliasRow.normal, CompanyAliasRow.company_id).where(CompanyAliasRow.normal.in_(keys.values()))
    known: dict[Any, str] = {row[0]: row[1] for row in session.execute(stored)}
    if keys["new"] in known:
        return known[keys["new"]]
    company = known.get(keys["former"])
    if company is None:
        company = new_id()
        session.execute(insert(CompanyRow), [{"id": company, "name": name, "created_at": at}])
        session.execute(insert(CompanyAliasRow), [{"normal": keys["former"], "company_id": company, "name": former}])
    else:
        session.execute(update(CompanyRow).where(CompanyRow.id == company).values(name=name))
    session.execute(insert(CompanyAliasRow), [{"normal": keys["new"], "company_id": company, "name": name}])
    return company


def _index(session: Session, statement: str, ids: Sequence[str]) -> None:
    session.execute(text(statement).bindparams(bindparam("ids", expanding=True)), {"ids": ids})
