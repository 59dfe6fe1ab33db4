"""Recruitee boards, as a source plugin. `SOURCE` is its entry point."""

from jobbot.features.sources.boards.recruitee.read import Recruitee

SOURCE = Recruitee()

__all__ = ["SOURCE", "Recruitee"]
