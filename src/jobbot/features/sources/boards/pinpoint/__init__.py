"""Pinpoint boards, as a source plugin. `SOURCE` is its entry point."""

from jobbot.features.sources.boards.pinpoint.read import Pinpoint

SOURCE = Pinpoint()

__all__ = ["SOURCE", "Pinpoint"]
