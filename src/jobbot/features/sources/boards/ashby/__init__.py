"""Ashby job boards, as a source plugin. `SOURCE` is its entry point."""

from jobbot.features.sources.boards.ashby.read import Ashby

SOURCE = Ashby()

__all__ = ["SOURCE", "Ashby"]
