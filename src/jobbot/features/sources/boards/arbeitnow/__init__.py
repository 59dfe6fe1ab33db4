"""Arbeitnow, as a source plugin. `SOURCE` is its entry point."""

from jobbot.features.sources.boards.arbeitnow.read import Arbeitnow

SOURCE = Arbeitnow()

__all__ = ["SOURCE", "Arbeitnow"]
