"""We Work Remotely, as a source plugin. `SOURCE` is its entry point."""

from jobbot.features.sources.boards.weworkremotely.read import WeWorkRemotely

SOURCE = WeWorkRemotely()

__all__ = ["SOURCE", "WeWorkRemotely"]
