"""Entry points to plugins: each is imported alone, checked for the API it was written for, kept or set aside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Generic, TypeVar

from jobbot.kernel.errors import JobbotError
from jobbot.sdk import API_VERSION

T = TypeVar("T")

OURS = "jobbot"


@dataclass(frozen=True, slots=True)
class Broken:
    """A plugin that could not be used, and why."""

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


def load(group: str, found: Iterable[EntryPoint] | None = None) -> Plugins[Any]:
    """Every plugin of a group (`jobbot.sources`). Never raises for a plugin's fault.

    Those shipped with jobbot come first; a second plugin of a name is set aside. `found` replaces the installed entry
    points.
    """
    entries = entry_points(group=group) if found is None else found
    loaded: dict[str, Any] = {}
    broken: list[Broken] = []
    for entry in sorted(entries, key=lambda entry: (_distribution(entry) != OURS, entry.name, entry.value)):
        if entry.name in loaded:
            broken.append(Broken(entry.name, f"{entry.value} has a name that is taken by another plugin"))
            continue
        try:
            loaded[entry.name] = _checked(entry.load())
        except (Exception, SystemExit) as error:
            broken.append(Broken(entry.name, f"{entry.value}: {type(error).__name__}: {error}"[:500]))
    return Plugins(loaded, tuple(broken))


def _distribution(entry: EntryPoint) -> str:
    return entry.dist.name if entry.dist is not None else ""


def _checked(plugin: Any) -> Any:
    version = getattr(plugin, "api_version", None)
    if isinstance(version, bool) or not isinstance(version, int):
        raise TypeError("it has no integer `api_version`")
    if version != API_VERSION:
        newer = "newer" if version > API_VERSION else "older"
        raise TypeError(f"it was written for API {version}, a {newer} one than this jobbot's {API_VERSION}")
    return plugin
