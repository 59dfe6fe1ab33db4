"""Erasing a user's own postings: out of the index, the rows, and the employers that nothing else names."""

from __future__ import annotations

from sqlalchemy import exists, select, text
from sqlalchemy.orm import Session

from jobbot.features.sources.courtesy.store import DayRow, RulesRow
from jobbot.features.sources.facts.store import FactRow
from jobbot.features.sources.mailbox.store import MailboxRow
from jobbot.features.sources.rounds.store import RoundBoardRow, RoundRow
from jobbot.features.sources.runs.store import BoardRow, HostRow, QuarantineRow, RunRow
from jobbot.features.sources.store import CHANGED
from jobbot.features.sources.tables.store import ChangeRow, CompanyAliasRow, CompanyRow, MarkRow, PayloadRow, PostingRow
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


def _of_posting(table: type[PayloadRow] | type[ChangeRow], why: str) -> Held:
    """Rows that go with a posting."""
    own = select(PostingRow.id).where
    return Held(
        table,
        lambda user: table.posting_id.in_(own(PostingRow.owner_id == user)),
        why=why,
        named=lambda row: str(row.posting_id),
        taken=False,
    )


HOLDER = Holder(
    "sources",
    (
        _of_posting(PayloadRow, "as public boards gave them"),
        _of_posting(ChangeRow, "what public boards changed"),
        Held(
            FactRow,
            lambda user: FactRow.number.in_(select(PostingRow.number).where(PostingRow.owner_id == user)),
            why="what public postings say",
            named=lambda row: str(row.number),
            taken=False,
        ),
        owned(MarkRow, named=lambda row: str(row.posting_id), taken=False),
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
        owned(MailboxRow),
        nobodys(
            BoardRow,
            "boards and searches that were connected; they tell what you looked for, and --everything removes them",
            shown=True,
        ),
        nobodys(RoundBoardRow, "what each board gave in the runs over all of them"),
        nobodys(RoundRow, "runs over all boards"),
        nobodys(HostRow, "hosts that asked to be left alone"),
        nobodys(RulesRow, "what hosts allow"),
        nobodys(DayRow, "how often hosts were asked, so that limits hold"),
    ),
    before=_forget,
    after=_settle,
)
