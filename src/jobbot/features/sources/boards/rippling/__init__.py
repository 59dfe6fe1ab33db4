"""Rippling boards, as a source plugin. `SOURCE` is its entry point."""

from jobbot.features.sources.boards.rippling.read import Rippling

SOURCE = Rippling()

__all__ = ["SOURCE", "Rippling"]
