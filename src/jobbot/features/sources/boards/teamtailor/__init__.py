"""Teamtailor boards, as a source plugin. `SOURCE` is its entry point."""

from jobbot.features.sources.boards.teamtailor.read import Teamtailor

SOURCE = Teamtailor()

__all__ = ["SOURCE", "Teamtailor"]
