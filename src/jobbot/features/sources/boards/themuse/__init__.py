"""The Muse, as a source plugin. `SOURCE` is its entry point."""

from jobbot.features.sources.boards.themuse.read import TheMuse

SOURCE = TheMuse()

__all__ = ["SOURCE", "TheMuse"]
