"""Which source a name means, which boards are connected, which source a URL belongs to."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import unquote

from jobbot.features.sources.model import Board
from jobbot.features.sources.normalise import board_key
from jobbot.features.sources.policy import PROHIBITED, refusal, refusal_of_url
from jobbot.kernel.clock import iso
from jobbot.kernel.errors import Failed, InvalidInput, NotFound
from jobbot.platform.plugins import Plugins
from jobbot.sdk import BoardRef, Source, Verdict
from jobbot.sdk.fields import token
from jobbot.settings import Settings

if TYPE_CHECKING:
    from jobbot.features.sources.runs.store import Journal


def source_named(plugins: Plugins[Source], name: str) -> Source:
    """Raises RefusedByPolicy, Failed for a plugin that did not load, NotFound with the nearest name."""
    wanted = name.strip().lower()
    if found := plugins.loaded.get(wanted):
        return found
    if refused := refusal(wanted):
        raise refused
    broken = next((item for item in plugins.broken if item.name == wanted), None)
    if broken:
        raise Failed(f"the source plugin {wanted!r} could not be loaded ({broken.reason})")
    near = difflib.get_close_matches(wanted, [*plugins.loaded, *PROHIBITED], 1, 0.5)
    there = ", ".join(sorted(plugins.loaded))
    raise NotFound(f"no source {name!r}; " + (f"did you mean {near[0]}? " if near else "") + f"there are: {there}")


def board_named(plugins: Plugins[Source], source: str, board: str) -> tuple[Source, str]:
    """The source and the board's name as it is asked for; nothing is asked yet.

    Raises what `source_named` raises, and InvalidInput for a name that no board can have.
    """
    plugin, name = source_named(plugins, source), unquote(board.strip())
    token(name)
    return plugin, name


def board_of_url(plugins: Plugins[Source], url: str) -> BoardRef:
    """The board a careers or posting URL belongs to. Raises RefusedByPolicy or InvalidInput."""
    if refused := refusal_of_url(url):
        raise refused
    if not url.startswith("https://"):
        raise InvalidInput(f"{url[:200]!r} is no https URL; copy the address of the careers page or of a posting")
    found = next((ref for source in plugins.loaded.values() if (ref := source.recognise(url))), None)
    if found is None:
        raise InvalidInput(
            f"{url[:200]} belongs to no known kind of board ({', '.join(sorted(plugins.loaded))}); save the page "
            "and use `jobbot ingest file PATH`"
        )
    return found


def boards_of(
    settings: Settings, plugins: Plugins[Source], stored: Iterable[Board]
) -> tuple[list[BoardRef], list[dict[str, Any]]]:
    """Boards of the settings, then those read before, each once; and a warning for each source of no automation."""
    refs: list[BoardRef] = []
    warnings: list[dict[str, Any]] = []
    for entry in settings.job_sources:
        refused = refusal(entry.name) or (refusal_of_url(entry.url) if entry.url else None)
        if refused:
            warnings.append({"source": entry.name, "reason": refused.detail})
            continue
        refs += [BoardRef(entry.name.strip().lower(), company) for company in entry.companies]
        if entry.url and not entry.companies:
            refs.append(board_of_url(plugins, entry.url))
    refs += [BoardRef(board.source, board.board, board.region) for board in stored]
    off = {name for name, section in settings.sources.items() if not section.enabled}
    found: dict[tuple[str, str], BoardRef] = {}
    for ref in refs:
        source = plugins.loaded.get(ref.source)
        key = (ref.source, board_key(source.card, ref.board) if source else ref.board)
        if ref.source not in off and (key not in found or (ref.region and not found[key].region)):
            found[key] = ref
    return list(found.values()), warnings


class Boards(Protocol):
    """What is asked of the store of postings."""

    @property
    def journal(self) -> Journal: ...
    def open_by_board(self) -> dict[str, int]: ...


def overview(plugins: Plugins[Source], postings: Boards) -> list[dict[str, Any]]:
    """Connected boards, then the sources without one, each in the contract's `sources` shape."""
    counts = postings.open_by_board()
    entries = [entry(plugins, board, counts.get(board.id, 0)) for board in postings.journal.boards()]
    return [*entries, *unconnected(plugins, {item["source"] for item in entries})]


def entry(plugins: Plugins[Source], board: Board, postings: int) -> dict[str, Any]:
    """A connected board in the contract's `sources` shape; `problem` says what is wrong with it, if anything."""
    source = plugins.loaded.get(board.source)
    return {
        "source": board.source,
        "board": board.board,
        "region": board.region or None,
        "company": board.company,
        "verdict": source.card.verdict.value if source else None,
        "reason": source.card.reason if source else "its plugin is not installed",
        "attribution": (source.card.attribution or None) if source else None,
        "last_run": iso(board.last_run),
        "health": board.health,
        "problem": board.reason,
        "retry_at": iso(board.retry_at),
        "postings": postings,
    }


def unconnected(plugins: Plugins[Source], seen: set[str]) -> list[dict[str, Any]]:
    """Sources without a board: those ready to be used, those that did not load, those a program must not read."""
    free = [
        _without_board(name, source.card.verdict.value, source.card.reason, "not connected", None)
        for name, source in sorted(plugins.loaded.items())
        if name not in seen
    ]
    broken = [_without_board(item.name, None, item.reason, "broken", item.reason) for item in plugins.broken]
    refused = [
        _without_board(name, Verdict.PROHIBITED.value, why, "refused", None)
        for name, (_, why) in sorted(PROHIBITED.items())
    ]
    return [*free, *broken, *refused]


def _without_board(source: str, verdict: str | None, reason: str, health: str, problem: str | None) -> dict[str, Any]:
    nothing = dict.fromkeys(("board", "region", "company", "attribution", "last_run", "retry_at"))
    stated = {"verdict": verdict, "reason": reason, "health": health, "problem": problem, "postings": 0}
    return {"source": source, **nothing, **stated}
