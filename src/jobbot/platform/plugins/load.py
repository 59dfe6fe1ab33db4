"""Entry points to plugins: each is imported alone, looked at, kept or set aside with its name and the reason."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points
from threading import Thread
from typing import Any, Generic, TypeVar

from jobbot.kernel.errors import JobbotError
from jobbot.platform.plugins.contain import Contained
from jobbot.sdk.faults import faults

T = TypeVar("T")

OURS = "jobbot"
PATIENCE = 10.0
"""Seconds that the import of a plugin may take."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A plugin that could not be used, and why; the reason names the package it came with."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Off(Generic[T]):
    """A plugin that works and is not to be used: `error` says why, and what would turn it on."""

    plugin: T
    error: JobbotError


@dataclass(frozen=True, slots=True)
class Plugins(Generic[T]):
    """What was loaded, by name, what was not, and what is turned off."""

    loaded: Mapping[str, T] = field(default_factory=dict)
    broken: tuple[Broken, ...] = ()
    off: Mapping[str, Off[T]] = field(default_factory=dict)


class Unsound(Exception):
    """A plugin that could be imported and cannot be used; the text says why."""


def load(group: str, found: Iterable[EntryPoint] | None = None, patience: float = PATIENCE) -> Plugins[Any]:
    """Every plugin of a group (`jobbot.sources`). Never raises for a plugin's fault.

    Those shipped with jobbot come first; a second plugin of a name is set aside. Any other is imported in a thread that
    is left behind after `patience` seconds, and contained. `found` replaces the installed entry points.
    """
    entries = entry_points(group=group) if found is None else found
    loaded: dict[str, Any] = {}
    broken: list[Broken] = []
    for entry in sorted(entries, key=lambda entry: (_distribution(entry) != OURS, entry.name, entry.value)):
        try:
            if entry.name in loaded:
                raise Unsound("its name is taken by another plugin; one of the two has to go")
            loaded[entry.name] = _usable(entry, patience)
        except (Exception, SystemExit) as error:
            said = str(error) if isinstance(error, Unsound) else f"{type(error).__name__}: {error}"
            broken.append(Broken(entry.name, f"{who(entry)}: {said}"[:500]))
    return Plugins(loaded, tuple(broken))


def who(entry: EntryPoint) -> str:
    """The package of an entry point and where in it the plugin is, as in "acme-jobs 1.2, acme_jobs:SOURCE"."""
    package = f"{entry.dist.name} {entry.dist.version}, " if entry.dist is not None else ""
    return f"{package}{entry.value}"


def _distribution(entry: EntryPoint) -> str:
    return entry.dist.name if entry.dist is not None else ""


def _usable(entry: EntryPoint, patience: float) -> Any:
    ours = _distribution(entry) == OURS
    plugin = entry.load() if ours else _imported(entry, patience)
    if wrong := faults(plugin, entry.name):
        raise Unsound("; ".join(wrong))
    return plugin if ours else Contained(plugin, who(entry))


def _imported(entry: EntryPoint, patience: float) -> Any:
    """Import in a thread of its own: a module that never ends is left behind. What it prints is no answer of ours."""
    result: list[Any] = []
    error: list[BaseException] = []

    def run() -> None:
        try:
            result.append(entry.load())
        except (Exception, SystemExit) as fault:
            error.append(fault)

    thread = Thread(target=run, name=f"import of {entry.name}", daemon=True)
    with redirect_stdout(sys.stderr):
        thread.start()
        thread.join(patience)
    if error:
        raise error[0]
    if not result:
        raise Unsound(f"its import did not end in {patience:g} s; uninstall the package, or mend what it waits for")
    return result[0]
