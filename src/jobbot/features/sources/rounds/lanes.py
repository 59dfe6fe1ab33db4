"""Which boards are read one after the other, and how long the rest of a round takes. Pure.

A lane is everything that one vendor's hosts answer: two sources that name a host in common share a lane, and so do all
companies of a vendor that gives each its own host name. A feed at an address has the lane of its host.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from jobbot.sdk import BoardRef

Hosts = Callable[[BoardRef], frozenset[str]]
ENOUGH = 3
"""So many boards must have been read before their pace says something about the rest."""


class Lane(NamedTuple):
    """Positions of boards, in the order in which they are read."""

    name: str
    positions: tuple[int, ...]


def lanes(refs: Mapping[int, BoardRef], hosts: Hosts) -> list[Lane]:
    """The boards by what they have to wait for, the longest lane first: it decides when the round ends."""
    owner: dict[str, str] = {}
    for ref in refs.values():
        named = sorted(hosts(ref)) or [ref.source]
        together = {owner[host] for host in named if host in owner}
        lane = min(together, default=named[0])
        owner = {host: lane if whose in together else whose for host, whose in owner.items()}
        owner.update(dict.fromkeys(named, lane))
    found: dict[str, list[int]] = {}
    for position, ref in refs.items():
        found.setdefault(owner[(sorted(hosts(ref)) or [ref.source])[0]], []).append(position)
    made = [Lane(name, tuple(positions)) for name, positions in found.items()]
    return sorted(made, key=lambda lane: -len(lane.positions))


def left(waiting: Mapping[str, int], took: Mapping[str, Sequence[float]], at_once: int) -> float | None:
    """Seconds until the last board is read, from the pace of each lane so far; None while nobody can say.

    `waiting` is how many boards each lane has yet, `took` the seconds of those it has read. A lane that has read none
    is taken to be like the others.
    """
    every = [seconds for lane in took.values() for seconds in lane]
    if len(every) < ENOUGH:
        return None
    usual = sum(every) / len(every)
    each = {
        name: count * (sum(took[name]) / len(took[name]) if took.get(name) else usual)
        for name, count in waiting.items()
        if count
    }
    return max(max(each.values(), default=0.0), sum(each.values()) / at_once)


def spoken(seconds: float | None) -> str:
    """`about 3 min left`, "" where nobody can say."""
    if seconds is None:
        return ""
    if seconds < 50:
        return f"about {max(round(seconds / 10), 1) * 10} s left"
    if seconds < 5400:
        return f"about {max(round(seconds / 60), 1)} min left"
    return f"about {seconds / 3600:.1f} h left"
