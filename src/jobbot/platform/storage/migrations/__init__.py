"""The one Alembic chain, SQLite and PostgreSQL alike."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from jobbot.kernel.errors import Failed


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def head() -> str:
    """The revision this program knows."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def known(revision: str | None) -> bool:
    """True for a revision of this chain, and for none at all."""
    return revision is None or any(
        script.revision == revision for script in ScriptDirectory.from_config(_config()).walk_revisions()
    )


def refuse_newer(revision: str | None, place: str) -> None:
    """Raises Failed where the schema is not one of ours, which means that a newer jobbot made it."""
    if not known(revision):
        raise Failed(
            f"{place} was made by a newer jobbot (schema {revision}; this one knows {head()}); it is left untouched. "
            "Update jobbot, or use another data directory with --home"
        )


def current(engine: Engine) -> str | None:
    """The revision the database has, None when it is empty."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database to `revision` in one transaction; the caller holds the write lock."""
    with engine.connect().execution_options(jobbot_write=True) as connection:
        run(connection, revision)
        connection.commit()


def run(connection: Connection, revision: str = "head") -> None:
    """The same on a connection whose transaction the caller commits."""
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
