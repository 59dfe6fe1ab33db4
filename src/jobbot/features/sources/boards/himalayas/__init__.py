"""Himalayas, as a source plugin. `SOURCE` is its entry point."""

from jobbot.features.sources.boards.himalayas.read import Himalayas

SOURCE = Himalayas()

__all__ = ["SOURCE", "Himalayas"]
