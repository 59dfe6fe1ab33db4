"""Which source a name means, which boards are connected, which source a URL belongs to."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import unquote

from jobbot.features.sources.model import UNREAD, Board
from jobbot.features.sources.normalise import board_key
from jobbot.features.sources.policy import PROHIBITED, refusal, refusal_of_url
from jobbot.kernel.clock import iso
from jobbot.kernel.errors import Failed, InvalidInput, NotFound
from jobbot.platform.plugins import Plugins
from jobbot.platform.safety.canonical import canonical_line
from jobbot.sdk import BoardRef, Kind, Source, SourceCard, Verdict
from jobbot.sdk.fields import token
from jobbot.settings import Settings

WORDS = 200
"""Most code points of the words of a search."""

if TYPE_CHECKING:
    from jobbot.features.sources.runs.store import Journal


def source_named(plugins: Plugins[Source], name: str) -> Source:
    """Raises RefusedByPolicy, Failed for a plugin that did not load, NotFound with the nearest name."""
    wanted = name.strip().lower()
    if found := plugins.loaded.get(wanted):
        return found
    if refused := refusal(wanted):
        raise refused
    if wanted in plugins.off:
        raise plugins.off[wanted].error
    broken = next((item for item in plugins.broken if item.name == wanted), None)
    if broken:
        raise Failed(f"the source plugin {wanted!r} could not be loaded ({broken.reason})")
    near = difflib.get_close_matches(wanted, [*plugins.loaded, *plugins.off, *PROHIBITED], 1, 0.5)
    there = ", ".join(sorted([*plugins.loaded, *plugins.off]))
    raise NotFound(f"no source {name!r}; " + (f"did you mean {near[0]}? " if near else "") + f"there are: {there}")


def board_named(plugins: Plugins[Source], source: str, board: str) -> tuple[Source, str]:
    """The source and the board's name as it is asked for, of a feed the words to search for; nothing is asked yet.

    Raises what `source_named` raises, and InvalidInput for a name that no board can have.
    """
    plugin = source_named(plugins, source)
    if plugin.card.kind is Kind.ADDRESS:
        if refused := refusal_of_url(board):
            raise refused
        return plugin, board.strip()
    if plugin.card.kind is not Kind.BOARD:
        return plugin, " ".join(canonical_line(board, WORDS).split())
    name = unquote(board.strip())
    token(name)
    return plugin, name


def asked_for(plugins: Plugins[Source], source: str, company: str, words: str) -> tuple[Source, str]:
    """What `board_named` gives for a board of one employer, or for the words to look for in a feed, maybe none; a
    company's name is one of them.

    Raises the same, and InvalidInput where a board is searched or none is named.
    """
    card = source_named(plugins, source).card
    if card.kind is not Kind.BOARD:
        return board_named(plugins, source, f"{company} {words}")
    if words:
        raise InvalidInput(
            f"{card.title} has no search over all employers; name a board with --company, then "
            f"`jobbot postings search {words!r}`"
        )
    if not company:
        raise InvalidInput(
            f"which board? As in `jobbot ingest {card.name} --company NAME`, the name in the board's URL"
        )
    return board_named(plugins, source, company)


def recognised(plugins: Plugins[Source], url: str) -> BoardRef | None:
    """The board that an address belongs to by its form; sources that are off are recognised too."""
    every = [*plugins.loaded.values(), *(entry.plugin for entry in plugins.off.values())]
    return next((ref for source in every if (ref := source.recognise(url))), None)


def board_of_url(plugins: Plugins[Source], url: str) -> BoardRef:
    """The board a careers or posting URL belongs to. Raises RefusedByPolicy or InvalidInput."""
    if refused := refusal_of_url(url):
        raise refused
    if not url.startswith("https://"):
        raise InvalidInput(f"{url[:200]!r} is no https URL; copy the address of the careers page or of a posting")
    found = recognised(plugins, url)
    if found is None:
        raise InvalidInput(
            f"{url[:200]} belongs to no known kind of board ({', '.join(sorted(plugins.loaded))}); save the page "
            "and use `jobbot ingest file PATH`"
        )
    return usable(plugins, found)


def usable(plugins: Plugins[Source], ref: BoardRef) -> BoardRef:
    """The same; of a source that is off raises why."""
    if ref.source in plugins.off:
        raise plugins.off[ref.source].error
    return ref


def boards_of(
    settings: Settings, plugins: Plugins[Source], stored: Iterable[Board]
) -> tuple[list[BoardRef], list[dict[str, Any]]]:
    """Boards and searches of the settings, those connected, then each permitted feed that none of them names, each
    once and without those that are paused or removed; and a warning for each source of no automation. Raises NotFound
    where there is neither."""
    refs: list[BoardRef] = []
    warnings: list[dict[str, Any]] = []
    for entry in settings.job_sources:
        refused = refusal(entry.name) or (refusal_of_url(entry.url) if entry.url else None)
        if refused:
            warnings.append({"source": entry.name, "reason": refused.detail})
            continue
        name = entry.name.strip().lower()
        refs += [BoardRef(name, company) for company in entry.companies]
        refs += [BoardRef(name, words) for words in entry.search_terms if _is_feed(plugins, name)]
        if entry.url and _is_address(plugins, name):
            refs.append(BoardRef(name, entry.url))
        elif entry.url and not entry.companies:
            refs.append(board_of_url(plugins, entry.url))
    known = list(stored)
    refs += [BoardRef(board.source, board.board, board.region) for board in known]
    named = {ref.source for ref in refs}
    refs += [
        BoardRef(name, "")
        for name, source in sorted(plugins.loaded.items())
        if reads_itself(source) and name not in named
    ]
    off = {name for name, section in settings.sources.items() if not section.enabled} | set(plugins.off)
    resting = {key_of(plugins, board) for board in known if board.paused_at or board.removed_at}
    found: dict[tuple[str, str], BoardRef] = {}
    for ref in refs:
        key = key_of(plugins, ref)
        if (
            ref.source not in off
            and key not in resting
            and (key not in found or (ref.region and not found[key].region))
        ):
            found[key] = ref
    if not found and not warnings:
        raise NotFound(
            "no board is connected and every feed is off, paused or removed; connect one as in "
            "`jobbot ingest greenhouse --company NAME`, or list companies under job_sources in config.yaml"
        )
    return list(found.values()), warnings


def key_of(plugins: Plugins[Source], board: BoardRef | Board) -> tuple[str, str]:
    """Two names of one key are one board."""
    source = plugins.loaded.get(board.source)
    return board.source, board_key(source.card, board.board) if source else board.board


def _is_feed(plugins: Plugins[Source], name: str) -> bool:
    source = plugins.loaded.get(name)
    return source is not None and source.card.kind is not Kind.BOARD


def _is_address(plugins: Plugins[Source], name: str) -> bool:
    source = plugins.loaded.get(name)
    return source is not None and source.card.kind is Kind.ADDRESS


class Boards(Protocol):
    """What is asked of the store of postings."""

    @property
    def journal(self) -> Journal: ...
    def open_by_board(self) -> dict[str, int]: ...


def overview(plugins: Plugins[Source], postings: Boards, settings: Settings) -> list[dict[str, Any]]:
    """Connected boards, then the sources without one, each in the contract's `sources` shape."""
    counts = postings.open_by_board()
    entries = [entry(plugins, board, counts.get(board.id, 0)) for board in postings.journal.boards()]
    left_out = {name for name, section in settings.sources.items() if not section.enabled}
    return [*entries, *unconnected(plugins, {item["source"] for item in entries}, left_out)]


def entry(plugins: Plugins[Source], board: Board, postings: int) -> dict[str, Any]:
    """A connected board in the contract's `sources` shape; `problem` says what is wrong with it, if anything."""
    source = plugins.loaded.get(board.source) or _off(plugins, board.source)
    card = source.card if source else None
    return {
        "source": board.source,
        "board": board.board,
        "region": board.region or None,
        "company": board.company,
        "verdict": card.verdict.value if card else None,
        "reason": card.reason if card else "its plugin is not installed",
        "attribution": (card.attribution or None) if card else None,
        "kind": card.kind.value if card else None,
        "verification": _verification(card) if card else None,
        "last_run": iso(board.last_run),
        "last_success": iso(board.last_success),
        "paused_at": iso(board.paused_at),
        "removed_at": iso(board.removed_at),
        "health": "removed" if board.removed_at else "paused" if board.paused_at else board.health,
        "problem": board.reason,
        "alarm": board.alarm,
        "retry_at": iso(board.retry_at),
        "postings": postings,
    }


def unconnected(
    plugins: Plugins[Source], seen: Collection[str], left_out: Collection[str] = ()
) -> list[dict[str, Any]]:
    """Sources without a board: those ready to be used, those that did not load, those a program must not read. A feed
    that the settings leave out of runs (`left_out`) is off."""
    free = [
        _without_board(name, source.card, source.card.reason, _unread(source, out=name in left_out))
        for name, source in sorted(plugins.loaded.items())
        if name not in seen
    ]
    off = [_without_board(name, entry.plugin.card, entry.error.detail, "off") for name, entry in plugins.off.items()]
    broken = [_without_board(item.name, None, item.reason, "broken", item.reason) for item in plugins.broken]
    refused = [_without_board(name, None, why, "refused") for name, (_, why) in sorted(PROHIBITED.items())]
    return [*free, *off, *broken, *refused]


def _unread(source: Source, *, out: bool) -> str:
    if not reads_itself(source):
        return "not connected"
    return "off" if out else UNREAD


def reads_itself(source: Source) -> bool:
    """Whether `ingest all` reads it without a board or words being named: the newest postings of many employers."""
    return source.card.kind is Kind.WINDOW


def _without_board(
    source: str, card: SourceCard | None, reason: str, health: str, problem: str | None = None
) -> dict[str, Any]:
    verdict = card.verdict.value if card else Verdict.PROHIBITED.value if health == "refused" else None
    return {
        "source": source,
        **dict.fromkeys(
            ("board", "region", "company", "last_run", "last_success", "paused_at", "removed_at", "retry_at")
        ),
        "verdict": verdict,
        "reason": reason,
        "attribution": (card.attribution or None) if card else None,
        "kind": card.kind.value if card else None,
        "verification": _verification(card) if card else None,
        "health": health,
        "problem": problem,
        "alarm": None,
        "postings": 0,
    }


def _off(plugins: Plugins[Source], name: str) -> Source | None:
    entry = plugins.off.get(name)
    return entry.plugin if entry else None


def _verification(card: SourceCard) -> str:
    """What the reader was held to, in words."""
    return card.verified or "unverified: written from documents, no genuine answer was at hand"
