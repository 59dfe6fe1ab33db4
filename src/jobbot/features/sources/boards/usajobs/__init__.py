"""USAJOBS, as a source plugin. `SOURCE` is its entry point."""

from jobbot.features.sources.boards.usajobs.read import UsaJobs

SOURCE = UsaJobs()

__all__ = ["SOURCE", "UsaJobs"]
