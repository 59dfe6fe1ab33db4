"""RSS and Atom feeds at an address, as a source plugin. `SOURCE` is its entry point."""

from jobbot.features.sources.boards.rss.read import Rss

SOURCE = Rss()

__all__ = ["SOURCE", "Rss"]
