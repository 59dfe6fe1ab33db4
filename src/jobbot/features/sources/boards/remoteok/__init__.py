"""Remote OK, as a source plugin. `SOURCE` is its entry point."""

from jobbot.features.sources.boards.remoteok.read import RemoteOk

SOURCE = RemoteOk()

__all__ = ["SOURCE", "RemoteOk"]
