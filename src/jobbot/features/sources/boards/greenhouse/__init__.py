"""Greenhouse job boards, as a source plugin. `SOURCE` is its entry point."""

from jobbot.features.sources.boards.greenhouse.read import Greenhouse

SOURCE = Greenhouse()

__all__ = ["SOURCE", "Greenhouse"]
