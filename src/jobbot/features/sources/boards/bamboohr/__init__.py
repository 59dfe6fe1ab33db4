"""BambooHR careers lists, as a source plugin. `SOURCE` is its entry point."""

from jobbot.features.sources.boards.bamboohr.read import BambooHr

SOURCE = BambooHr()

__all__ = ["SOURCE", "BambooHr"]
