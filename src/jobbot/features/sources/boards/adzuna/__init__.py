"""Adzuna, as a source plugin. `SOURCE` is its entry point."""

from jobbot.features.sources.boards.adzuna.read import Adzuna

SOURCE = Adzuna()

__all__ = ["SOURCE", "Adzuna"]
