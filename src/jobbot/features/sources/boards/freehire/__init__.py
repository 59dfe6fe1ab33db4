"""freehire.me: an open index of postings, searched without a key; off until turned on."""

from jobbot.features.sources.boards.freehire.read import Freehire

SOURCE = Freehire()

__all__ = ["SOURCE"]
