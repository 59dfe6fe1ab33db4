"""Writes of every slice, and how to see whether each is there, not there, or there by halves. Not an eval itself."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from jobbot.bootstrap import App
from jobbot.features.accounts.model import Kind
from jobbot.features.sources.tables.store import PostingRow
from jobbot.kernel.clock import FixedClock
from jobbot.kernel.errors import JobbotError, NotFound
from jobbot.kernel.ids import LOCAL_USER
from jobbot.platform.http.caller import Unauthenticated
from jobbot.platform.http.once.store import Answered
from jobbot.platform.storage import kv
from jobbot.platform.storage.kv import SettingRow
from jobbot.settings import Keys, Models, Network, Settings

ROWS = 60
"""Rows of the widest transaction; some thousand pages of log bring about a checkpoint."""
WIDE = "x" * 2000


class Half(Exception):
    """Part of a write is there."""


class Act(Protocol):
    """One write that is acknowledged when `do` returns."""

    number: int

    def do(self, app: App) -> None: ...
    def there(self, app: App) -> bool:
        """Raises Half."""


class Numbered:
    """What all have: a number, and a source of chance."""

    def __init__(self, number: int, dice: random.Random) -> None:
        self.number = number
        self.dice = dice


class Pair(Numbered):
    """Two rows that belong together, with pages enough to tear."""

    def do(self, app: App) -> None:
        with app.database.write() as session:
            kv.put(session, f"{self.number}-a", WIDE)
            kv.put(session, f"{self.number}-b", WIDE)

    def there(self, app: App) -> bool:
        return _whole(app, [f"{self.number}-a", f"{self.number}-b"])


class Wide(Numbered):
    """The same rows, all written anew."""

    def do(self, app: App) -> None:
        with app.database.write() as session:
            for row in range(ROWS):
                kv.put(session, f"wide-{row}", [self.number, WIDE])

    def there(self, app: App) -> bool:
        with app.database.read() as session:
            found = session.scalars(select(SettingRow.value).where(SettingRow.name.startswith("wide-"))).all()
        numbers = {json.loads(value)[0] for value in found}
        if len(numbers) > 1 or len(found) not in (0, ROWS):
            raise Half(f"rows of the writes {sorted(numbers)}")
        return bool(numbers) and max(numbers) >= self.number


class Postings(Numbered):
    """A file of postings, ingested: rows, payloads and the index of their words."""

    def do(self, app: App) -> None:
        rows = [{"id": f"{self.number}-{n}", "title": self._word, "description": "Care. " * 200} for n in range(3)]
        path = app.settings.home.parent.parent / f"postings-{self.number}.json"
        path.write_text(json.dumps(rows))
        app.ingest.file(path)
        path.unlink()

    @property
    def _word(self) -> str:
        return f"posting{self.number}word"

    def there(self, app: App) -> bool:
        found = app.postings.search(self._word)
        with app.database.read() as session:
            rows = session.scalar(select(func.count()).where(PostingRow.title == self._word)) or 0
        if len(found) != rows or rows not in (0, 3):
            raise Half(f"{rows} of 3 postings, {len(found)} in the index")
        if rows and app.postings.payload(found[0][0]) is None:
            raise Half("a posting without its payload")
        return rows == 3


class Token(Numbered):
    """A token for scripts."""

    secret = ""

    def do(self, app: App) -> None:
        self.secret, _ = app.sessions.issue(Kind.MACHINE, f"token {self.number}")

    def there(self, app: App) -> bool:
        try:
            app.sessions.admit(self.secret or "never issued", machine=True)
        except Unauthenticated:
            return False
        return True


class Save(Numbered):
    """A new version of the profile, sealed."""

    version = 0

    def do(self, app: App) -> None:
        before = app.profiles.find()
        self.version = (before.version if before else 0) + 1
        resume = {"basics": {"name": "Ada Example", "label": f"Planner {self.number}", "email": "ada@example.org"}}
        app.profiles.save(resume)

    def there(self, app: App) -> bool:
        try:
            found = app.profiles.version(self.version)
        except NotFound:
            return False
        return bool(found.resume["basics"]["label"] == f"Planner {self.number}")


class Key(Numbered):
    """An answer under its idempotency key, with the change it answers for."""

    def do(self, app: App) -> None:
        with app.database.unit():
            with app.database.write() as session:
                kv.put(session, f"change-{self.number}", WIDE)
            with app.database.write() as session:
                app.keys.keep(session, LOCAL_USER, self._name, Answered("r", 200, self.number), app.clock.now())

    @property
    def _name(self) -> str:
        return f"idempotent-{self.number}"

    def there(self, app: App) -> bool:
        answered = app.keys.find(LOCAL_USER, self._name, app.clock.now())
        if _whole(app, [f"change-{self.number}"]) != (answered is not None):
            raise Half("an answer without its change, or a change without its answer")
        return answered is not None


class Artefact(Numbered):
    """A file, then the row that names it: a row without its whole file is the half that must not be."""

    def do(self, app: App) -> None:
        data = self.dice.randbytes(self.dice.randint(1, 40_000))
        app.outputs.put(f"{self.number}.bin", data)
        app.records.put(f"{self.number}.bin", data)
        with app.database.write() as session:
            kv.put(session, f"file-{self.number}", hashlib.sha256(data).hexdigest())

    def there(self, app: App) -> bool:
        with app.database.read() as session:
            wanted = kv.get(session, f"file-{self.number}")
        if wanted is None:
            return False
        for store in (app.outputs, app.records):
            try:
                data = store.get(f"{self.number}.bin")
            except JobbotError as error:
                raise Half(f"a row names a file: {error}") from None
            if hashlib.sha256(data).hexdigest() != wanted:
                raise Half("a row names a file that is not whole")
        return True


class Home(Numbered):
    """The log is brought home into the file."""

    def do(self, app: App) -> None:
        app.database.checkpoint()

    def there(self, app: App) -> bool:
        return True


Making = Callable[[int, random.Random], Act]
KINDS: tuple[Making, ...] = (*(Pair, Pair, Pair, Wide, Postings, Token, Save, Key, Artefact, Artefact, Home),)


def program(home: Path) -> App:
    """The wired program over a data directory, with its key beside it."""
    keys, models = Keys(kek_file=str(home.parent / "keys" / "kek")), Models(embedding="none")
    return App(Settings(home=home, keys=keys, models=models, network=Network(offline=True)), clock=FixedClock())


def damage(app: App) -> list[str]:
    """What SQLite says of its file, and the index of words of itself."""
    found = app.database.problems()
    with app.database.write() as session:
        session.execute(text("INSERT INTO postings_fts(postings_fts) VALUES ('integrity-check')"))
    return found


def _whole(app: App, names: list[str]) -> bool:
    with app.database.read() as session:
        found = sum(_there(session, name) for name in names)
    if 0 < found < len(names):
        raise Half(f"{found} rows of {names}")
    return found == len(names)


def _there(session: Session, name: str) -> bool:
    return kv.get(session, name) is not None
