"""Work until told to stop. What goes wrong with the working itself is noted, and everything is made anew."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from logging import Logger
from pathlib import Path
from threading import Event, Thread

from jobbot.bootstrap import App
from jobbot.delivery.log import open_log
from jobbot.kernel.clock import Clock
from jobbot.platform.work.run import LOOK_SECONDS
from jobbot.platform.work.wake import Bell
from jobbot.settings import Settings

PATIENCE_SECONDS = 4.0
"""How long the server waits for a task to reach the end of a stage; one that does not is begun again next time."""


def work(settings: Settings, stop: Event, note: Callable[[Exception], None], clock: Clock | None = None) -> None:
    """Do tasks until `stop` is set, over a program of its own. A full disk, a database that is away or data that was
    erased meanwhile end one round; the next finds what the rows say."""
    bell = Bell(settings.path(settings.paths.cache))
    try:
        while not stop.is_set():
            app = App(settings, clock=clock)
            try:
                if _begun(app, bell, stop):
                    app.worker(stop, note).run(bell)
            except Exception as error:
                note(error)
                stop.wait(LOOK_SECONDS)
            finally:
                app.close()
    finally:
        bell.close()


def _begun(app: App, bell: Bell, stop: Event) -> bool:
    """Wait while there is no key and nothing scheduled: a worker makes no key where a person has none (any more)."""
    while not stop.is_set():
        if app.settings.schedule.frequency != "off" or not app.fresh:
            return True
        bell.wait(LOOK_SECONDS, stop)
    return False


class Background:
    """A worker in a thread of this process."""

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        self._stop = Event()
        note = noted(open_log(settings.path(settings.paths.logs)))
        self._thread = Thread(target=work, args=(settings, self._stop, note, clock), daemon=True, name="jobbot-worker")

    def start(self) -> None:
        self._thread.start()

    def ask_to_stop(self) -> None:
        """Take no further task and end the current one at its next stage."""
        self._stop.set()

    def stop(self) -> bool:
        """The same, and wait a little. False where it is still at something; that is begun again by the next worker."""
        self._stop.set()
        if self._thread.ident is not None:
            self._thread.join(PATIENCE_SECONDS)
        return not self._thread.is_alive()


def noted(log: Logger) -> Callable[[Exception], None]:
    """Notes the kind and place of an error in the program's log, never its words."""

    def note(error: Exception) -> None:
        frames = traceback.extract_tb(error.__traceback__)
        place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
        log.error("", extra={"command": "worker", "error": type(error).__name__, "place": place})

    return note
