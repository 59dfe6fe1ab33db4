"""Workable boards, as a source plugin. `SOURCE` is its entry point."""

from jobbot.features.sources.boards.workable.read import Workable

SOURCE = Workable()

__all__ = ["SOURCE", "Workable"]
