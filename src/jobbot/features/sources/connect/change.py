"""Add, pause and remove boards. Nothing is fetched, and no posting changes; each change can be taken back.

A board that is removed keeps its postings as they were last seen, its ETag and its settings, so that adding it again
goes on where it was. It is not read any more even where config.yaml names it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from jobbot.features.sources import connected
from jobbot.features.sources.connect.lists import Wish, address, is_address, is_feed, wishes
from jobbot.features.sources.model import UNREAD, Board
from jobbot.features.sources.normalise import board_key
from jobbot.features.sources.policy import refusal_of_url
from jobbot.features.sources.store import PostingStore
from jobbot.kernel.clock import Clock
from jobbot.kernel.errors import InvalidInput, JobbotError, NotFound, RefusedByPolicy
from jobbot.kernel.ids import new_id
from jobbot.platform.plugins import Plugins
from jobbot.sdk import BoardRef, Source

ADDED, BACK, THERE = "added", "back", "already there"
REFUSED, UNCLEAR, LOOK_UP, FAILED = "refused", "not understood", "to be looked up", "not found"
OUTCOMES = (ADDED, BACK, THERE, LOOK_UP, REFUSED, UNCLEAR, FAILED)
"""What can become of a line of a list: it is new, was removed and is back, was there; its page must be looked at; a
program must not read it; nobody knows what it means; its page led to no board."""
Discover = Callable[[str], dict[str, Any]]


class Connecting:
    """`discover` looks at a page for the board behind it, see `discover.find.Discovery`."""

    def __init__(self, plugins: Plugins[Source], postings: PostingStore, clock: Clock, discover: Discover) -> None:
        self._plugins = plugins
        self._postings = postings
        self._journal = postings.journal
        self._clock = clock
        self._discover = discover

    # -- one board -----------------------------------------------------------------------------------------------------

    def by_address(self, url: str) -> BoardRef | None:
        """The board that an address names by its form, None where its page must be looked at. Raises RefusedByPolicy,
        InvalidInput for what is no address, and why a source is off."""
        where = url.strip()
        if refused := refusal_of_url(address(where)):
            raise refused
        if not is_address(where):
            raise InvalidInput(f"{where[:200]!r} is no address; copy that of a careers page, a posting or a feed")
        if found := connected.recognised(self._plugins, address(where)):
            return connected.usable(self._plugins, found)
        return BoardRef("rss", address(where)) if is_feed(address(where)) and "rss" in self._plugins.loaded else None

    def add(self, source: str, name: str = "", region: str = "") -> dict[str, Any]:
        """Connect a board, a feed or a search, or take back a removed one. Its first postings come with the next run.
        Raises what `connected.board_named` raises."""
        outcome, board, key = self._added(BoardRef(source, name, region))
        self._keep(board, key)
        return self._entry(board, outcome)

    def found(self, url: str) -> dict[str, Any]:
        """Connect the board that an address names, or its page. Raises NotFound where the page shows none,
        InvalidInput where it shows several, RefusedByPolicy, and what reading a page raises."""
        ref = self.by_address(url) or _only(self._discover(address(url.strip())))
        return self.add(ref.source, ref.board, ref.region)

    def pause(self, source: str, name: str = "", *, paused: bool = True) -> dict[str, Any]:
        """Leave a board out of the runs until it is wanted again. Raises NotFound."""
        board, key = self._known(source, name)
        if board.removed_at:
            raise NotFound(f"{source} {name} was removed; `jobbot sources add {source} {name}` takes it back")
        when = (board.paused_at or self._clock.now()) if paused else None
        outcome = ("already paused" if board.paused_at else "paused") if paused else "read again"
        after = replace(board, paused_at=when)
        self._keep(after, key)
        return self._entry(after, outcome)

    def remove(self, source: str, name: str = "") -> dict[str, Any]:
        """Read a board no more; what it gave stays. Raises NotFound for one that is not connected."""
        board, key = self._known(source, name)
        outcome = "already removed" if board.removed_at else "removed"
        after = replace(board, removed_at=board.removed_at or self._clock.now())
        self._keep(after, key)
        return self._entry(after, outcome)

    # -- a list --------------------------------------------------------------------------------------------------------

    def bring(self, text: str, *, dry_run: bool = False, look_up: Discover | None = None) -> dict[str, Any]:
        """Connect what a list names: `{dry_run, counts, lines: [{line, text, outcome, source, board, url, reason}]}`.

        `look_up` does `found` for an address whose page must be looked at; without it such a line is `LOOK_UP`. With
        `dry_run` nothing is kept or fetched, and the report is the same. Raises InvalidInput for no list at all.
        """
        known = {connected.key_of(self._plugins, board): board for board in self._journal.boards()}
        told = [self._line(wish, known, dry_run=dry_run, look_up=look_up) for wish in wishes(text)]
        counts = Counter(line["outcome"] for line in told)
        return {"dry_run": dry_run, "counts": {name: counts[name] for name in OUTCOMES}, "lines": told}

    def _line(
        self, wish: Wish, known: dict[tuple[str, str], Board], *, dry_run: bool, look_up: Discover | None
    ) -> dict[str, Any]:
        ref, outcome, reason = BoardRef(wish.source, wish.name), UNCLEAR, wish.problem or None
        try:
            if wish.url:
                direct = self.by_address(wish.url)
                ref = direct or BoardRef("", "")
                if direct is None:
                    return _said(wish, *self._looked(wish.url, None if dry_run else look_up))
            if not reason:
                outcome, board, key = self._added(ref, known)
                ref = BoardRef(board.source, board.board, board.region)
                known[connected.key_of(self._plugins, board)] = board
                if not dry_run and outcome != THERE:
                    self._keep(board, key)
        except RefusedByPolicy as error:
            outcome, reason = REFUSED, error.detail
        except JobbotError as error:
            outcome, reason = UNCLEAR, error.detail
        return _said(wish, outcome, ref, reason)

    def _looked(self, url: str, look_up: Discover | None) -> tuple[str, BoardRef | None, str | None]:
        if look_up is None:
            return LOOK_UP, None, "its page must be looked at for the board behind it"
        try:
            entry = look_up(url)
        except RefusedByPolicy as error:
            return REFUSED, None, error.detail
        except JobbotError as error:
            return FAILED, None, error.detail
        return entry["outcome"], BoardRef(entry["source"] or "", entry["board"] or ""), entry.get("note")

    # -- both ----------------------------------------------------------------------------------------------------------

    def _added(self, wanted: BoardRef, known: dict[tuple[str, str], Board] | None = None) -> tuple[str, Board, str]:
        """What becomes of a wish, the board as it is then, and its key."""
        plugin, name = connected.board_named(self._plugins, wanted.source, wanted.board)
        card = plugin.card
        ref, key = BoardRef(card.name, name, wanted.region), board_key(card, name)
        stored = self._journal.find(card.name, key, wanted.region) if known is None else known.get((card.name, key))
        if stored is None:
            fresh = Board(new_id(), ref.source, ref.board, ref.region, connected_at=self._clock.now(), health=UNREAD)
            return ADDED, fresh, key
        if stored.removed_at:
            return BACK, replace(stored, removed_at=None, paused_at=None), key
        return THERE, stored, key

    def _known(self, source: str, name: str) -> tuple[Board, str]:
        """A connected board by its name in any case; a feed that runs read by themselves counts as connected."""
        wanted = source.strip().lower()
        plugin = self._plugins.loaded.get(wanted)
        key = board_key(plugin.card, name.strip()) if plugin else name.strip()
        boards = [board for board in self._journal.boards() if board.source == wanted]
        same = [board for board in boards if connected.key_of(self._plugins, board)[1] == key]
        if same:
            return same[0], key
        if plugin and connected.reads_itself(plugin) and not key:
            return Board(new_id(), wanted, "", connected_at=self._clock.now(), health=UNREAD), key
        connected.source_named(self._plugins, wanted)
        there = ", ".join(board.board or "(all of it)" for board in boards) or "none"
        raise NotFound(f"{wanted} {name!r} is not connected; of {wanted} there is: {there}"[:500])

    def _keep(self, board: Board, key: str) -> None:
        self._journal.keep(board, key)
        self._journal.rest(board, paused_at=board.paused_at, removed_at=board.removed_at)

    def _entry(self, board: Board, outcome: str) -> dict[str, Any]:
        postings = self._postings.open_by_board().get(board.id, 0)
        return {**connected.entry(self._plugins, board, postings), "outcome": outcome}


def _only(found: dict[str, Any]) -> BoardRef:
    """The one board that a page led to."""
    boards: Sequence[dict[str, Any]] = [board for board in found["boards"] if board["confirmed"]]
    if len(boards) == 1:
        return BoardRef(boards[0]["source"], boards[0]["board"], boards[0]["region"] or "")
    if boards:
        told = "; ".join(f"{board['source']} {board['board']}" for board in boards)
        raise InvalidInput(f"several boards are named on this page ({told}); add the one you mean")
    raise NotFound("; ".join(found["notes"]) or "no board that answers is named on this page")


def _said(wish: Wish, outcome: str, ref: BoardRef | None, reason: str | None) -> dict[str, Any]:
    return {
        "line": wish.line,
        "text": wish.text,
        "outcome": outcome,
        "source": (ref.source or None) if ref else None,
        "board": ref.board if ref and ref.source else None,
        "url": wish.url or None,
        "reason": reason,
    }
