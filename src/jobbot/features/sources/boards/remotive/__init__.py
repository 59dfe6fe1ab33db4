"""Remotive, as a source plugin. `SOURCE` is its entry point."""

from jobbot.features.sources.boards.remotive.read import Remotive

SOURCE = Remotive()

__all__ = ["SOURCE", "Remotive"]
