"""What keeps a plugin from being a source, in words a plugin's author can act on. Nothing is asked of the network.

jobbot looks at every plugin this way before it uses it, and the test kit does the same (`contract.check_card`).
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

from jobbot.sdk.http import HostPolicy
from jobbot.sdk.source import API_VERSION, Kind, Option, SourceCard, Verdict

NAME = re.compile(r"[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*")
LONGEST_NAME = 40
TAKEN = frozenset({"all", "file", "url"})
"""Words that stand where a source's name does, in `jobbot ingest`."""
SPACING = 1.0
"""Seconds between two requests to one host, at the least."""
_HOST = re.compile(r"(?:\*\.(?=[^.]+\.))?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")


def faults(plugin: Any, name: str | None = None) -> list[str]:
    """Every reason why it cannot be used, none for a sound one. `name` is the one it was published under."""
    if inspect.isclass(plugin):
        return [f"it is the class {plugin.__name__}; publish an instance of it, as in SOURCE = {plugin.__name__}()"]
    if version := list(_version(plugin)):
        return version
    card = getattr(plugin, "card", None)
    if not isinstance(card, SourceCard):
        return [f"its `card` is {_kind(card)}; make it a jobbot.sdk.SourceCard"]
    return [*_calls(plugin, card), *_named(card, name), *_stated(card), *_polite(card)]


def _version(plugin: Any) -> Iterator[str]:
    version = getattr(plugin, "api_version", None)
    if isinstance(version, bool) or not isinstance(version, int):
        yield "it has no integer `api_version`; write api_version = jobbot.sdk.API_VERSION, or derive from PlainSource"
    elif version != API_VERSION:
        newer = "newer" if version > API_VERSION else "older"
        yield f"it was written for API {version}, a {newer} one than this jobbot's {API_VERSION}"


def _calls(plugin: Any, card: SourceCard) -> Iterator[str]:
    for name in ("list", "recognise", *(["configured"] if card.options else [])):
        call = getattr(plugin, name, None)
        if not callable(call):
            yield f"it has no method `{name}`"
        elif inspect.iscoroutinefunction(call) or inspect.isasyncgenfunction(call):
            yield f"its `{name}` is async, and jobbot calls it plainly (in a thread where it must); drop async"
        elif inspect.isgeneratorfunction(call):
            yield f"its `{name}` yields; it has to return its result, as in return Listing(board, postings)"


def _named(card: SourceCard, name: str | None) -> Iterator[str]:
    if not isinstance(card.name, str) or not NAME.fullmatch(card.name) or len(card.name) > LONGEST_NAME:
        yield f"its card's name is {card.name!r}; use lower-case letters and digits, as in acme or acme-jobs"
    elif card.name in TAKEN:
        yield f"its card's name is {card.name!r}, which means something else in `jobbot ingest`; choose another"
    elif name is not None and name != card.name:
        yield f"it is published as {name!r} and its card says {card.name!r}; give both the same name"


def _stated(card: SourceCard) -> Iterator[str]:
    for what, value, kind in (("verdict", card.verdict, Verdict), ("kind", card.kind, Kind)):
        if not isinstance(value, kind):
            yield f"its card's {what} is {value!r}; use one of jobbot.sdk.{kind.__name__}"
    for what in ("title", "reason"):
        if not isinstance(getattr(card, what), str) or not getattr(card, what).strip():
            yield f"its card has no {what}; people read it in `jobbot sources list`"
    if card.verdict is Verdict.ATTRIBUTION and not card.attribution:
        yield "its card is allowed with attribution, and has no `attribution` to show"
    if not isinstance(card.regions, tuple) or not card.regions:
        yield 'its card has no regions; leave them at ("",) where there is one instance'
    if not all(isinstance(option, Option) for option in card.options):
        yield "its card's options are not all jobbot.sdk.Option"


def _polite(card: SourceCard) -> Iterator[str]:
    policy: Any = card.policy
    if not isinstance(policy, HostPolicy):
        yield f"its card's policy is {_kind(policy)}; make it a jobbot.sdk.HostPolicy"
        return
    if not policy.hosts and card.kind is not Kind.ADDRESS:
        yield "its policy names no host; only those it names can be reached"
    for host in sorted(map(str, policy.hosts)):
        if not _HOST.fullmatch(host):
            yield f"its policy names the host {host!r}; write a bare lower-case name, as in api.acme.example"
    if policy.spacing_seconds < SPACING:
        yield f"it asks a host every {policy.spacing_seconds:g} s; {SPACING:g} s apart is the least that is polite"
    if policy.robots_exempt and card.verdict is not Verdict.CONDITIONAL:
        yield "it sets robots.txt aside (robots_exempt); that is for sources that are off until turned on: CONDITIONAL"


def _kind(value: Any) -> str:
    return "missing" if value is None else f"of type {type(value).__name__}"
