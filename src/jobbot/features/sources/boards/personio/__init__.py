"""Personio boards, as a source plugin. `SOURCE` is its entry point."""

from jobbot.features.sources.boards.personio.read import Personio

SOURCE = Personio()

__all__ = ["SOURCE", "Personio"]
