"""May this address be asked? What a host's robots.txt says, as a value. Pure.

RFC 9309: the longest matching rule wins, a tie allows; a file that is not there (4xx) allows all; one that cannot
be reached (5xx, no answer) allows nothing until it can. `Crawl-delay` is no part of the RFC and is honoured as a pause.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

AGENT = "jobbot"
"""The product token that rules may name."""
FRESH = timedelta(hours=24)
STALE = timedelta(days=30)
"""How long an old copy counts while the file cannot be reached."""
LONGEST = 512 * 1024
"""Characters that are read; the RFC asks for 500 KiB at least."""
SLOWEST = 120.0
"""A longer Crawl-delay would stop a run for good; the host is asked this seldom instead."""


@dataclass(frozen=True, slots=True)
class HostRules:
    """A host's robots.txt as it was read; `status` as answered, `body` "" unless it was a file."""

    host: str
    read_at: datetime
    status: int
    body: str = ""

    @property
    def there(self) -> bool:
        return 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class Permission:
    """`delay`: the least number of seconds between two requests that the host asks for, 0.0 for none."""

    allowed: bool
    reason: str
    delay: float = 0.0


def counts(status: int) -> bool:
    """Whether an answer to the request for robots.txt decides: a file, or that there is none. 429 and 5xx do not."""
    return 200 <= status < 500 and status != 429


def permission(rules: HostRules, url: str) -> Permission:
    """What `rules` say of `url`, an address on the same host."""
    if not rules.there:
        return Permission(allowed=True, reason=f"{rules.host} has no robots.txt (it answered {rules.status})")
    parsed = _parsed(rules.body)
    wanted = parsed.crawl_delay(AGENT)
    delay = min(max(float(wanted or 0), 0.0), SLOWEST)
    if parsed.can_fetch(url, AGENT):
        pause = f", one request every {delay:g} s" if delay else ""
        return Permission(allowed=True, reason=f"robots.txt of {rules.host} allows it{pause}", delay=delay)
    return Permission(allowed=False, reason=f"robots.txt of {rules.host} asks programs not to read this address")


@lru_cache(maxsize=64)
def _parsed(body: str) -> Any:
    from protego import Protego

    return Protego.parse(body)


def deciding_line(rules: HostRules, url: str) -> tuple[int, str] | None:
    """The line of the file that decides about `url`, with its number; None where no line speaks of it.

    Of the group for us, else of that for all, the longest path that matches among those that say what `permission`
    says. Each line is asked alone, by the parser that decides, so the two cannot read a path differently.
    """
    if not rules.there:
        return None
    verdict = permission(rules, url).allowed
    speaking = [
        (len(path), -number, line)
        for number, line, allows, path in _rules_for_us(rules.body)
        if path and allows is verdict and _alone(path, url)
    ]
    best = max(speaking, default=None)
    return (-best[1], best[2]) if best else None


def _alone(path: str, url: str) -> bool:
    return not _parsed(f"User-agent: *\nDisallow: {path}\n").can_fetch(url, AGENT)


def _rules_for_us(body: str) -> list[tuple[int, str, bool, str]]:
    """(number, line, allows, path) of the groups that name us, else of those for `*`."""
    named: dict[bool, list[tuple[int, str, bool, str]]] = {True: [], False: []}
    agents: set[str] = set()
    ruled = False
    for number, raw in enumerate(body.splitlines(), 1):
        line = raw.partition("#")[0].strip()
        key, _, value = (part.strip() for part in line.partition(":"))
        if key.lower() == "user-agent":
            agents = {value.lower()} | (set() if ruled else agents)
            ruled = False
        elif key.lower() in ("allow", "disallow"):
            ruled = True
            rule = (number, line, key.lower() == "allow", value)
            if any(AGENT.startswith(agent) for agent in agents if agent not in ("", "*")):
                named[True].append(rule)
            elif "*" in agents:
                named[False].append(rule)
    return named[True] or named[False]
