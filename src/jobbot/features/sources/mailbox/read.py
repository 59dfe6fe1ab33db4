"""Look into a mailbox for alert mails that are new since the last look; their postings become the owner's.

Mails are read in the order of their numbers, and how far that came is kept after the postings are: a reading that
breaks off, or is killed, loses nothing and the next one does the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Protocol

from jobbot.features.sources.byhand import mail
from jobbot.features.sources.byhand.links import BOARD
from jobbot.features.sources.files import Content
from jobbot.features.sources.mailbox.senders import senders
from jobbot.features.sources.mailbox.store import Mark, MarkStore
from jobbot.features.sources.model import Reject
from jobbot.kernel.clock import Clock
from jobbot.kernel.errors import Failed, InvalidInput, TryLater
from jobbot.kernel.ids import LOCAL_USER, UserId
from jobbot.kernel.report import Report, silent
from jobbot.sdk import RawPosting
from jobbot.settings import Mailbox

MOST_MAILS = 500
"""Mails of one reading; the next goes on behind them."""
MOST_BYTES = 5 * 1024 * 1024
"""Of one mail. Alerts have some hundred thousand; a larger mail carries files."""
MOST_IN_ALL = 64 * 1024 * 1024


class Folder(Protocol):
    """An examined folder: see `platform.safety.imap.Mailbox`."""

    validity: int

    def search(self, since: date, senders: Sequence[str], after: int) -> list[int]: ...
    def sizes(self, uids: Sequence[int]) -> dict[int, int]: ...
    def message(self, uid: int, most: int) -> bytes | None: ...


Open = Callable[[Mailbox], AbstractContextManager[Folder]]
Keep = Callable[[Content, int, UserId], dict[str, Any]]
"""Stores what was brought; the contract's `ingest` shape."""


@dataclass
class _Found:
    """What the mails held so far; `uid` is the last that was read, `waiting` those left for another time."""

    uid: int
    postings: list[RawPosting] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    skipped: list[Reject] = field(default_factory=list)
    mails: int = 0
    bytes: int = 0
    waiting: int = 0


class MailboxReader:
    """`open` gives the folder of the settings, `keep` stores postings as `Ingest` does."""

    def __init__(
        self, settings: Mailbox, open_: Open, marks: MarkStore, keep: Keep, clock: Clock, report: Report = silent
    ) -> None:
        self._settings = settings
        self._open = open_
        self._marks = marks
        self._keep = keep
        self._clock = clock
        self._report = report

    def read(self, user: UserId = LOCAL_USER) -> dict[str, Any]:
        """The contract's `ingest` shape, with `mails` read and a note of those that wait.

        Raises InvalidInput where no mailbox is set or its password is refused, what `Mailboxes.opened` raises, and
        TryLater for a server that breaks off: what was read until then is kept.
        """
        account = [self._settings.host.lower(), self._settings.user, self._settings.folder]
        missing = [name for name in ("host", "user", "password") if not getattr(self._settings, name)]
        if missing:
            raise InvalidInput(
                f"no mailbox is set: {', '.join(f'mailbox.{name}' for name in missing)} missing; "
                "docs/howto/postings-from-mail-and-saved-pages.md tells how"
            )
        with self._open(self._settings) as folder:
            before = self._marks.find(user, account)
            start = before.uid if before and before.validity == folder.validity else 0
            found, trouble = self._look(folder, start)
            validity = folder.validity
        counts = self._keep(self._content(found), 1, user)
        self._marks.keep(user, account, Mark(validity, found.uid), self._clock.now())
        if trouble is not None:
            raise TryLater(f"{trouble.detail} ({found.mails} mails were read and their postings kept)") from None
        waiting = f"{found.waiting} more mails wait; run it again" if found.waiting else ""
        return {**counts, "mails": found.mails, "notes": [waiting] if waiting else []}

    def _look(self, folder: Folder, start: int) -> tuple[_Found, TryLater | None]:
        """What is new, and what broke it off, if anything did."""
        found = _Found(start)
        try:
            day = (self._clock.now() - timedelta(days=self._settings.since_days)).date()
            uids = folder.search(day, senders(self._settings.senders), start)
            now = uids[:MOST_MAILS]
            sizes = folder.sizes(now) if now else {}
            for number, uid in enumerate(now, 1):
                if found.bytes > MOST_IN_ALL:
                    break
                self._take(folder, uid, sizes.get(uid, 0), found)
                found.waiting = len(uids) - number
                self._report("mails", number, len(now))
        except TryLater as error:
            return found, error
        return found, None

    def _take(self, folder: Folder, uid: int, size: int, found: _Found) -> None:
        """One mail: read and forgotten, or set aside unread where it is too large."""
        ref = f"mail {uid}"
        if size > MOST_BYTES:
            reason = f"a mail of {size / 2**20:.0f} MiB, larger than an alert is; save it and use `jobbot ingest file`"
            found.rejects.append(Reject(ref, reason))
        else:
            self._read_one(folder, uid, ref, found)
        found.uid = uid

    def _read_one(self, folder: Folder, uid: int, ref: str, found: _Found) -> None:
        """A mail that the server does not give is set aside; the others do not wait for it."""
        try:
            data = folder.message(uid, MOST_BYTES)
        except Failed as error:
            found.rejects.append(Reject(ref, error.detail))
            return
        if data is None:  # deleted meanwhile
            return
        postings, rejects = mail.read_mail(data, one=True)
        found.postings += postings
        for one in rejects:
            (found.skipped if one.reason == mail.NOTHING else found.rejects).append(Reject(ref, one.reason))
        found.mails += 1
        found.bytes += len(data)

    def _content(self, found: _Found) -> Content:
        return Content(BOARD, tuple(found.postings), tuple(found.rejects), tuple(found.skipped))
