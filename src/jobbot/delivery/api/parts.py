"""The wired program, shared by the threads that answer requests."""

from __future__ import annotations

from threading import Lock, RLock
from typing import Any

from jobbot.bootstrap import App


class Parts:
    """Gives the parts of an `App`; each is made once, whichever threads ask first.

    `turn` is held by what must not work twice at once (the matcher remembers what it read, documents share names).
    """

    def __init__(self, app: App) -> None:
        self.turn = Lock()
        self._app = app
        self._making = RLock()

    def ready(self, name: str) -> Any:
        """A part that is there already, else None."""
        return vars(self._app).get(name)

    def __getattr__(self, name: str) -> Any:
        made = vars(self._app)
        if name in made:
            return made[name]
        with self._making:
            return getattr(self._app, name)
