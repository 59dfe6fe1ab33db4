"""Hacker News: Who is hiring?, as a source plugin. `SOURCE` is its entry point."""

from jobbot.features.sources.boards.hackernews.read import HackerNews

SOURCE = HackerNews()

__all__ = ["SOURCE", "HackerNews"]
