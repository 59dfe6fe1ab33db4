"""Breezy boards, as a source plugin. `SOURCE` is its entry point."""

from jobbot.features.sources.boards.breezy.read import Breezy

SOURCE = Breezy()

__all__ = ["SOURCE", "Breezy"]
