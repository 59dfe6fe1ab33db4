"""The only place where concrete things meet. Each part is made when first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from jobbot.kernel.clock import Clock, SystemClock
from jobbot.kernel.report import Report, silent
from jobbot.settings import Settings

if TYPE_CHECKING:
    from jobbot.platform.storage import Artefacts, Database


class App:
    """One wired jobbot over one data directory; `close()` when done."""

    def __init__(self, settings: Settings, *, clock: Clock | None = None, report: Report = silent) -> None:
        self.settings = settings
        self.clock: Clock = clock or SystemClock()
        self.report = report

    @cached_property
    def database(self) -> Database:
        """Open and migrated."""
        from jobbot.platform.storage import Database, migrations

        settings = self.settings
        database = Database.open(settings.home, settings.server.database_url, settings.path(settings.paths.database))
        if migrations.current(database.engine) != migrations.head():
            migrations.upgrade(database.engine)
        return database

    @cached_property
    def outputs(self) -> Artefacts:
        from jobbot.platform.storage import Artefacts

        return Artefacts(self.settings.path(self.settings.paths.outputs))

    def close(self) -> None:
        if "database" in self.__dict__:
            self.database.close()
