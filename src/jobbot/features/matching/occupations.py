"""Two titles of one profession: the taxonomy's occupations of both agree. Pure, remembered per run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from jobbot.features.matching.candidate import OwnTitle

SAME = 0.9
"""What sharing the best occupation is worth for the title, times how sure both readings are."""
SURE = 0.6


class Titles(Protocol):
    """The part of the taxonomy that reads titles."""

    def occupations(self, title: str, limit: int = 10) -> list[tuple[str, str, float]]:
        """(uri, label, score 0-1), best first."""

    def called(self, title: str) -> Mapping[str, str]:
        """Imported occupations that have this title among their names: uri -> label."""


class Occupations:
    """Own title -> 0-1 for a posting's title."""

    def __init__(self, own: Sequence[OwnTitle], titles: Titles) -> None:
        self._titles = titles
        self._own = {title.title.raw: self._best(title.title.raw) for title in own}
        self._called = {raw: titles.called(raw) for raw in self._own}
        self._known: dict[str, Mapping[str, float]] = {}

    def of(self, title: str) -> Mapping[str, float]:
        """What sharing an occupation is worth: that both titles are names of one imported occupation counts as sure."""
        if title not in self._known:
            uri, sure = self._best(title)
            shared = {raw: SAME * min(sure, s) for raw, (other, s) in self._own.items() if uri and other == uri}
            self._known[title] = shared | dict.fromkeys(self.named(title), SAME)
        return self._known[title]

    def named(self, title: str) -> Mapping[str, str]:
        """Own title -> the imported occupation that has both titles among its names."""
        here = self._titles.called(title)
        both = {raw: [here[uri] for uri in there if uri in here] for raw, there in self._called.items()}
        return {raw: labels[0] for raw, labels in both.items() if labels}

    def _best(self, title: str) -> tuple[str, float]:
        found = self._titles.occupations(title, 1)
        return (found[0][0], found[0][2]) if found and found[0][2] >= SURE else ("", 0.0)
