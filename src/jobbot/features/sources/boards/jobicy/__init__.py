"""Jobicy, as a source plugin. `SOURCE` is its entry point."""

from jobbot.features.sources.boards.jobicy.read import Jobicy

SOURCE = Jobicy()

__all__ = ["SOURCE", "Jobicy"]
