"""Workable with the token of one's own account, as a source plugin. `SOURCE` is its entry point."""

from jobbot.features.sources.boards.workableapi.read import WorkableApi

SOURCE = WorkableApi()

__all__ = ["SOURCE", "WorkableApi"]
