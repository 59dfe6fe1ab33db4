"""Erasing a user's own postings: out of the index, the rows, and the employers that nothing else names."""

from __future__ import annotations

from sqlalchemy import exists, select, text
from sqlalchemy.orm import Session

from jobbot.features.sources.courtesy.store import DayRow, RulesRow
from jobbot.features.sources.runs.store import BoardRow, HostRow, QuarantineRow, RunRow
from jobbot.features.sources.store import CHANGED
from jobbot.features.sources.tables.store import CompanyAliasRow, CompanyRow, PayloadRow, PostingRow
from jobbot.kernel.ids import new_id
from jobbot.platform.storage import kv
from jobbot.platform.storage.holder import Held, Holder, nobodys, owned

_FORGET = """
INSERT INTO postings_fts(postings_fts, rowid, title, company, text)
SELECT 'delete', number, title, company, text FROM postings WHERE owner_id = :user ORDER BY number
"""
_MERGE = "INSERT INTO postings_fts(postings_fts) VALUES ('optimize')"
"""Deleted words stay in old segments of the index until they are merged."""


def _forget(session: Session, user: str) -> None:
    if session.get_bind().dialect.name == "sqlite":  # PostgreSQL's index goes with its rows
        session.execute(text(_FORGET), {"user": user})


def _settle(session: Session, _user: str) -> None:
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text(_MERGE))
    kv.put(session, CHANGED, new_id())


def _unnamed(identity: object) -> object:
    return ~exists().where(PostingRow.company_id == identity)


HOLDER = Holder(
    "sources",
    (
        Held(
            PayloadRow,
            lambda user: PayloadRow.posting_id.in_(select(PostingRow.id).where(PostingRow.owner_id == user)),
            why="as public boards gave them",
            named=lambda row: str(row.posting_id),
            taken=False,
        ),
        Held(
            PostingRow,
            lambda user: PostingRow.owner_id == user,
            why="public postings; --everything removes them",
            shown=True,
        ),
        Held(
            CompanyAliasRow,
            lambda _: _unnamed(CompanyAliasRow.company_id),
            why="names of employers of public postings",
            taken=False,
        ),
        Held(CompanyRow, lambda _: _unnamed(CompanyRow.id), why="employers of public postings", taken=False),
        owned(QuarantineRow),
        owned(RunRow),
        nobodys(
            BoardRow,
            "boards and searches that were connected; they tell what you looked for, and --everything removes them",
            shown=True,
        ),
        nobodys(HostRow, "hosts that asked to be left alone"),
        nobodys(RulesRow, "what hosts allow"),
        nobodys(DayRow, "how often hosts were asked, so that limits hold"),
    ),
    before=_forget,
    after=_settle,
)
