"""Fetch a board, store what is new in it, and close what it no longer lists; or read a file of postings.

A run writes its postings in transactions of at most 500 and only then, in one last transaction, closes, keeps the
ETag and ends. A run that is killed leaves whole postings and no ETag behind; the next one does the rest.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any

from jobbot.features.sources import connected, files
from jobbot.features.sources.company import spelled
from jobbot.features.sources.counts import counted, numbers, packed
from jobbot.features.sources.discover.find import Discovery
from jobbot.features.sources.discover.moved import moved, own_pages
from jobbot.features.sources.fetch import Fetcher, policy_of
from jobbot.features.sources.lifecycle import CLOSES_NOTHING, Outcome, alarm, may_close, unseen_before
from jobbot.features.sources.meter import Meter, Way
from jobbot.features.sources.model import Board, Posting, PostingFilter, Reject, Run
from jobbot.features.sources.normalise import READER, Unusable, board_key, group, normalise, reject_of
from jobbot.features.sources.renamed.evidence import renamed
from jobbot.features.sources.rounds.read import COMMAND_LINE, Rounds
from jobbot.features.sources.rounds.store import RoundStore
from jobbot.features.sources.store import CHUNK, PostingStore
from jobbot.kernel.clock import Clock
from jobbot.kernel.errors import InvalidInput, JobbotError, NotFound, RefusedByPolicy, TryLater
from jobbot.kernel.ids import LOCAL_USER, UserId, new_id
from jobbot.kernel.report import Report, silent
from jobbot.platform.plugins import Plugins
from jobbot.sdk import BoardRef, Kind, Listing, RawPosting, Reply, Source, SourceCard
from jobbot.sdk.feeds import holds
from jobbot.settings import Settings

SHOWN = 20
"""Postings of what was brought that the answer names, so that they can be opened."""


class Ingest:
    """`jitter` gives numbers in [0, 1) for the pauses before asking again. Boards may be read by several threads at
    once: what they ask for comes in side by side, and `writing` lets one after the other store it."""

    def __init__(
        self,
        plugins: Plugins[Source],
        store: PostingStore,
        guard: Way,
        clock: Clock,
        settings: Settings,
        report: Report = silent,
        jitter: Callable[[], float] = random.random,
        writing: AbstractContextManager[Any] | None = None,
    ) -> None:
        self.plugins = plugins
        self.store = store
        self.guard = guard
        self.clock = clock
        self.settings = settings
        self.report = report
        self.jitter = jitter
        self.writing = writing or Lock()
        self.fetcher = Fetcher(guard, store.journal, clock, jitter)

    def telling(self, report: Report) -> Ingest:
        """The same, for one run that is told to `report`; a report that raises ends the run, which can be run again."""
        parts = (self.plugins, self.store, self.guard, self.clock, self.settings)
        return Ingest(*parts, report, self.jitter, self.writing)

    def board(self, source: str, board: str, region: str = "", meter: Meter | None = None) -> dict[str, Any]:
        """Ingest one board; the contract's `ingest` shape. `meter` is the way out, where somebody else counts along.

        Raises NotFound (no such source or board), InvalidInput (a name that cannot be one), RefusedByPolicy, TryLater
        with `retry_at`, Failed. After any of them nothing is closed or changed.
        """
        plugin, name = connected.board_named(self.plugins, source, board)
        card, started = plugin.card, self.clock.now()
        key = board_key(card, name)
        known = self.store.journal.find(card.name, key, region)
        ref = BoardRef(card.name, known.board if known else name, known.region if known else region)
        back = known is not None and meter is None  # who reads a removed board by its name wants it
        meter = meter or Meter(self.guard)
        fetcher = self.fetcher.over(meter)
        http = fetcher.client(policy_of(card, ref))
        self.report(f"{card.title} {ref.board}: asking")
        try:
            listing = fetcher.listing(plugin, ref, http, known)
        except JobbotError as error:
            if known and not isinstance(error, RefusedByPolicy):  # a rule of ours says nothing about the board
                self._note_failure(known, key, error, started)
            raise
        self.report(f"{card.title} {ref.board}: reading")
        with self.writing:
            counts = self._store(card, key, known, listing, started)
            if back and known and known.removed_at:
                self.store.journal.rest(known, paused_at=known.paused_at, removed_at=None)
        self.report("", 1, 1)
        seconds = round((self.clock.now() - started).total_seconds(), 3)
        return {
            "source": card.name,
            "board": listing.board.board,
            "requests": http.requests,
            "not_modified": listing.not_modified,
            **counts,
            "seconds": seconds,
            "bytes": meter.bytes_in,
        }

    def all(self, *, resume: bool = False) -> dict[str, Any]:
        """Every board of the settings, every board and search read before, and every other permitted feed; one that
        fails does not stop the others. See `rounds.read`; with `resume` the run that was stopped last goes on.

        `warnings` name sources that the settings list and a program must not read.
        """
        rounds = Rounds(lambda: self, RoundStore(self.store.database), self.clock, self.report)
        return rounds.read(COMMAND_LINE, resume=resume)

    def file(self, path: Path, user: UserId = LOCAL_USER) -> dict[str, Any]:
        """Postings of a file (JSON, mails, a saved page), owned by `user`. A file closes nothing."""
        return self.brought(files.read(path), 0, user)

    def url(self, url: str, user: UserId = LOCAL_USER) -> dict[str, Any]:
        """The board that an address belongs to or whose careers page it is; else the posting that stands there, which
        is then `user`'s own. Raises as `board` does, and NotFound for a page that shows neither."""
        if direct := connected.recognised(self.plugins, url.strip()):
            ref = connected.usable(self.plugins, direct)
            return self.board(ref.source, ref.board, ref.region)
        pages: dict[str, Reply] = {}
        found = self._discovery(pages).find(url)
        if found["verdict"] == "verified":
            board = next(board for board in found["boards"] if board["confirmed"])
            return self.board(board["source"], board["board"], board["region"] or "")
        if found["boards"]:
            told = "; ".join(f"{board['source']} {board['board']}" for board in found["boards"])
            raise InvalidInput(f"several boards are named on this page ({told}); ingest the one you mean")
        address, reply = next(reversed(pages.items()))
        content = files.of_page(reply.body, address)
        if not content.postings:
            raise NotFound(f"{'; '.join(found['notes'])}; the page itself shows no posting either")
        return self.brought(content, len(pages), user)

    def brought(self, content: files.Content, requests: int, user: UserId) -> dict[str, Any]:
        """Store what a person brought, which is then theirs alone; `ids` are the first `SHOWN` of its postings."""
        started = self.clock.now()
        ref = BoardRef(files.CARD.name, content.name)
        run = Run(new_id(), None, ref.source, ref.board, user, started, READER)
        self.store.journal.begin(run)
        rejects = [*content.rejects]
        rows = group(content.postings)
        outcomes = self._write(run, rows, ref, files.CARD, None, rejects, content.name)
        counts = counted(outcomes, 0, [{"ref": one.ref, "reason": one.reason} for one in content.skipped], rejects)
        self.store.finish(run, "complete", numbers(counts), rejects)
        self.report("", 1, 1)
        seconds = round((self.clock.now() - started).total_seconds(), 3)
        named = {"source": ref.source, "board": ref.board, "requests": requests, "not_modified": False}
        return {**named, **counts, "seconds": seconds, "ids": _ids(rows, ref, user)}

    def discover(self, url: str) -> dict[str, Any]:
        """The board behind a careers page or a posting's address; see `discover.find.Discovery`. Stores nothing."""
        return self._discovery({}).find(url)

    def _discovery(self, pages: dict[str, Reply]) -> Discovery:
        def look(ref: BoardRef) -> Listing:
            plugin = connected.source_named(self.plugins, ref.source)
            return self.fetcher.listing(plugin, ref, self.fetcher.client(policy_of(plugin.card, ref)))

        def open_(address: str) -> Reply:
            pages[address] = self.fetcher.page(address)
            return pages[address]

        return Discovery(lambda address: connected.recognised(self.plugins, address), open_, look)

    def check(self, board: Board) -> Board:
        """Ask a board whether it still answers, and keep how it is. Its postings and its ETag stay as they are."""
        now = self.clock.now()
        key = board.board
        try:
            plugin = connected.source_named(self.plugins, board.source)
            key = board_key(plugin.card, board.board)
            ref = BoardRef(board.source, board.board, board.region)
            self.fetcher.listing(plugin, ref, self.fetcher.client(policy_of(plugin.card, ref)), board)
        except RefusedByPolicy as refusal:
            return replace(board, reason=refusal.detail)
        except NotFound as error:
            told = f"{error.detail}; {self._where_it_went(board)}"
            return self._note_failure(board, key, NotFound(told), now)
        except JobbotError as error:
            return self._note_failure(board, key, error, now)
        fine = replace(board, last_run=now, health=_health(board), reason=None, retry_at=None)
        self.store.journal.keep(fine, key)
        return fine

    def _where_it_went(self, board: Board) -> str:
        """Of a board that its vendor does not know: what pages of its employer show, see `discover.moved`."""
        wanted = PostingFilter(source=board.source, company=board.company or "")
        items = self.store.page(wanted, limit=100).items
        shown = [item.url for item in items if item.board == board.board and item.url]
        stated = [
            entry.url
            for entry in self.settings.job_sources
            if entry.url and entry.name == board.source and board.board in entry.companies
        ]

        def recognise(address: str) -> BoardRef | None:
            return connected.recognised(self.plugins, address)

        return moved(board.source, board.board, own_pages([*stated, *shown], recognise), self.discover)

    def _note_failure(self, board: Board, key: str, error: JobbotError, now: datetime) -> Board:
        health = {NotFound: "unknown", TryLater: "waiting"}.get(type(error), "failed")
        failed = replace(board, last_run=now, health=health, reason=error.detail, retry_at=error.retry_at)
        self.store.journal.keep(failed, key)
        return failed

    def _store(
        self, card: SourceCard, key: str, known: Board | None, listing: Listing, now: datetime
    ) -> dict[str, Any]:
        """Write a listing; the counts of the contract."""
        region = listing.board.region
        if known is None or known.region != region:
            known = self.store.journal.find(card.name, key, region) if region else known
            known = known or Board(new_id(), card.name, listing.board.board, region, connected_at=now)
        if listing.not_modified:
            fine = replace(known, last_run=now, last_success=now, health=_health(known), reason=None, retry_at=None)
            self.store.journal.keep(fine, key)
            return {**counted(Counter(), 0, [], []), "aged_out": 0, "notes": [], "alarms": []}
        feed = card.kind is not Kind.BOARD
        company = None if feed else listing.company or known.company or (_name(listing) if listing.postings else None)
        called = None if feed else renamed(known.company, listing)
        company = called or company
        board = replace(known, company=company, etag="", last_run=now)
        self.store.journal.keep(board, key)
        run = Run(new_id(), board.id, card.name, board.board, None, now, READER)
        self.store.journal.begin(run)
        if called and known.company:
            self.store.rename(run, known.company, called)
        rejects = [reject_of(row) for row in listing.rejected]
        listed = group(listing.postings)
        rows = [row for row in listed if holds(board.board, row)] if card.kind is Kind.WINDOW else listed
        searched = card.kind in (Kind.WINDOW, Kind.SEARCH)  # there a posting is one, whatever words found it
        ref = BoardRef(card.name, card.name) if searched else listing.board
        outcomes = self._write(run, rows, ref, card, company, rejects, board.board)
        counts = self._end(run, card, board, key, listing, rows, rejects, outcomes, feed=feed)
        if called:
            counts["notes"].append(f"the employer {known.company} is called {called} now; both names find its postings")
        if len(rows) < len(listed):
            counts["notes"].append(f"{len(listed) - len(rows)} of {len(listed)} postings do not hold the words")
        return counts

    def _write(
        self,
        run: Run,
        rows: Sequence[RawPosting],
        ref: BoardRef,
        card: SourceCard,
        company: str | None,
        rejects: list[Reject],
        label: str,
    ) -> Counter[Outcome]:
        """Normalise and store, at most `CHUNK` in a transaction; what cannot be used joins `rejects`."""
        outcomes: Counter[Outcome] = Counter()
        for start in range(0, len(rows), CHUNK):
            batch: list[tuple[Posting, bytes]] = []
            for row in rows[start : start + CHUNK]:
                payload = json.dumps(dict(row.raw), ensure_ascii=False, default=str)
                try:
                    batch.append((normalise(row, ref, card, company, run.owner, run.at), packed(payload)))
                except Unusable as error:
                    rejects.append(Reject(row.external_id[:300], str(error), payload[:20_000]))
            outcomes += self.store.save(run, batch)
            self.report(f"{card.title} {label}: postings", min(start + CHUNK, len(rows)), len(rows) + 1)
        return outcomes

    def _unseen_before(self, card: SourceCard, now: datetime) -> datetime:
        return unseen_before(now, self.settings.postings.age_out_days, card.shows_days)

    def _end(
        self,
        run: Run,
        card: SourceCard,
        board: Board,
        key: str,
        listing: Listing,
        rows: Sequence[RawPosting],
        rejects: list[Reject],
        outcomes: Counter[Outcome],
        *,
        feed: bool,
    ) -> dict[str, Any]:
        """The last transaction of a run, and the board as it stands after it. What a feed lacks is not gone."""
        present = {row.external_id for row in rows} | {reject.ref for reject in rejects}
        skipped = [skip for skip in {skip.ref: skip for skip in listing.skipped}.values() if skip.ref not in present]
        open_before = self.store.open_by_board().get(board.id, 0)
        closing = (
            CLOSES_NOTHING
            if feed
            else may_close(
                complete=listing.complete,
                listed=len(present) + len(skipped),
                unidentified=sum(not row.identified for row in listing.rejected),
                open_before=open_before,
                empty_before=board.empty_since is not None,
            )
        )
        counts = counted(outcomes, 0, [{"ref": skip.ref, "reason": skip.reason} for skip in skipped], rejects)
        whole = closing.close or feed
        state = "complete" if whole else "partial"
        counts["closed"] = self.store.finish(run, state, numbers(counts), rejects, present if closing.close else None)
        counts["aged_out"] = self.store.age_out(run, self._unseen_before(card, run.at) if feed else None)
        odd = alarm(closing=closing, open_before=open_before, closed=counts["closed"])
        after = replace(
            board,
            etag=listing.etag if whole else "",
            reader=READER,
            last_success=run.at,
            health="ok" if present else "empty",
            reason=closing.reason or None,
            retry_at=None,
            empty_since=run.at if closing.hold else None,
            alarm=odd.says if odd else None,
        )
        self.store.journal.keep(after, key)
        notes = [closing.reason] if closing.reason else []
        return {**counts, "notes": notes, "alarms": [odd.says] if odd else []}


def _ids(rows: Sequence[RawPosting], ref: BoardRef, user: UserId) -> list[str]:
    found = []
    for row in rows[:SHOWN]:
        with suppress(Unusable):
            found.append(str(normalise(row, ref, files.CARD, None, user).id))
    return found


def _name(listing: Listing) -> str:
    return spelled(listing.board.board, (f"{row.title} {row.html or row.text}" for row in listing.postings))


def _health(board: Board) -> str:
    return board.health if board.health in ("ok", "empty") else "ok"
