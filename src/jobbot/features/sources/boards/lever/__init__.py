"""Lever job boards, as a source plugin. `SOURCE` is its entry point."""

from jobbot.features.sources.boards.lever.read import Lever

SOURCE = Lever()

__all__ = ["SOURCE", "Lever"]
