"""The only place where concrete things meet. Each part is made when first asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from threading import Event
from typing import TYPE_CHECKING, Any

from jobbot.kernel.clock import Clock, SystemClock
from jobbot.kernel.report import Report, silent
from jobbot.settings import Settings

if TYPE_CHECKING:
    from jobbot.features.accounts.enter import Sessions
    from jobbot.features.matching.backlog import Backlog
    from jobbot.features.matching.match import Matcher
    from jobbot.features.matching.preferences.store import PreferenceStore
    from jobbot.features.matching.retrieve.search import Search
    from jobbot.features.profile.store import ProfileStore
    from jobbot.features.skills.extract import Extractor
    from jobbot.features.skills.imported.occupations import TitleRanker
    from jobbot.features.skills.tag import TaggingExtractor
    from jobbot.features.skills.titles import TitleIndex
    from jobbot.features.sources.ingest import Ingest
    from jobbot.features.sources.mailbox.read import MailboxReader
    from jobbot.features.sources.store import PostingStore
    from jobbot.features.tailoring.made.store import MadeStore
    from jobbot.features.tailoring.tailor import Tailor
    from jobbot.platform.http.once.store import KeyStore
    from jobbot.platform.inference import Encoder, VectorStore
    from jobbot.platform.inference.tagger import Tagger
    from jobbot.platform.plugins import Plugins
    from jobbot.platform.safety.egress import Guard
    from jobbot.platform.storage import Artefacts, Database, Records, Vault
    from jobbot.platform.storage.erase import Scope
    from jobbot.platform.storage.holder import Files
    from jobbot.platform.work.run import Worker
    from jobbot.platform.work.store import TaskStore
    from jobbot.platform.work.wake import Bell
    from jobbot.platform.work.weekly import Weekly
    from jobbot.sdk import Source


PERSONAL = ("vault", "records", "profiles", "matcher", "search", "tailor", "made")
QUEUED = ("keys", "tasks", "weekly", "backlog", "mailbox")
"""Parts that have a user's key, or remember what is the user's."""


class App:
    """One wired jobbot over one data directory; `close()` when done."""

    def __init__(self, settings: Settings, *, clock: Clock | None = None, report: Report = silent) -> None:
        self.settings = settings
        self.clock: Clock = clock or SystemClock()
        self.report = report

    @cached_property
    def database(self) -> Database:
        """Open and migrated."""
        from jobbot.platform.storage import Database

        settings, file = self.settings, self.settings.path(self.settings.paths.database)
        database = Database.open(settings.home, settings.server.database_url, file, report=self.report)
        database.migrate()
        database.when_erased = self.let_go
        return database

    @cached_property
    def vault(self) -> Vault:
        """The local user's vault; makes a key only where nothing is sealed yet."""
        from jobbot.platform.storage.keys import unlock

        return unlock(self.settings.keys, self.settings.home, self.database)

    @cached_property
    def outputs(self) -> Artefacts:
        from jobbot.platform.storage import Artefacts

        return Artefacts(self.settings.path(self.settings.paths.outputs))

    @cached_property
    def records(self) -> Records:
        """Sealed copies of what was made."""
        from jobbot.platform.storage import Records
        from jobbot.platform.storage.keys import RECORDS_FOLDER

        return Records(self.settings.home / RECORDS_FOLDER, self.vault, self.database.require_key)

    @cached_property
    def guard(self) -> Guard:
        from jobbot.platform.safety.egress import Guard
        from jobbot.platform.safety.ledger import EgressLedger

        network = self.settings.network.model_copy(update={"offline": self.offline})
        return Guard(network, EgressLedger(self.database), self.clock)

    @property
    def offline(self) -> bool:
        """Whether nothing may leave: by the settings, or by the switch that was thrown in the app."""
        from jobbot.platform.safety.airplane import thrown

        return thrown(self.settings.network, self.database)

    def switch(self, *, offline: bool) -> None:
        """Throw the airplane switch; what is under way ends. Raises RefusedByPolicy where the settings decide."""
        from jobbot.platform.safety.airplane import throw

        throw(self.settings.network, self.database, offline=offline)
        self._leave()

    def _leave(self) -> None:
        """Drop the way out; the next one knows the switch."""
        for name in ("mailbox", "ingest", "guard"):
            part = self.__dict__.pop(name, None)
            if name == "guard" and part is not None:
                part.close()

    @cached_property
    def plugins(self) -> Plugins[Source]:
        from jobbot.features.sources.choose import chosen
        from jobbot.platform.plugins import load

        return chosen(load("jobbot.sources"), self.settings)

    @cached_property
    def postings(self) -> PostingStore:
        from jobbot.features.places.gazetteer import keep_in
        from jobbot.features.sources.store import PostingStore

        keep_in(self.settings.path(self.settings.paths.cache))  # whoever reads a place has the postings
        return PostingStore(self.database)

    @cached_property
    def ingest(self) -> Ingest:
        from jobbot.features.sources.ingest import Ingest

        return Ingest(self.plugins, self.postings, self.guard, self.clock, self.settings, self.report)

    @cached_property
    def mailbox(self) -> MailboxReader:
        """Reads the owner's mailbox, never writes to it."""
        from jobbot.features.sources.mailbox.read import MailboxReader
        from jobbot.features.sources.mailbox.store import MarkStore
        from jobbot.platform.safety.imap import Mailboxes
        from jobbot.platform.safety.ledger import EgressLedger

        network = self.settings.network.model_copy(update={"offline": self.offline})
        door = Mailboxes(network, EgressLedger(self.database), self.clock)
        marks = MarkStore(self.database, self.vault)
        parts = (self.settings.mailbox, door.opened, marks, self.ingest.brought)
        return MailboxReader(*parts, self.clock, self.report)

    @cached_property
    def extractor(self) -> Extractor:
        from jobbot.features.skills.extract import Extractor
        from jobbot.features.skills.imported.load import load

        return Extractor(load(self.settings.home))

    def renew_taxonomy(self) -> None:
        """Forget every part that reads with a taxonomy; the next one reads what is imported now."""
        for name in ("extractor", "titles", "tagging", "matcher", "tailor"):
            part = self.__dict__.pop(name, None)
            if name == "tailor" and part is not None:
                part.close()

    @cached_property
    def titles(self) -> TitleIndex | TitleRanker:
        """Reads job titles: by words in the core, by words and meaning where occupations were imported."""
        from jobbot.features.skills.imported.occupations import ranker

        return ranker(self.extractor.taxonomy, self.settings.home, lambda: self.encoder, self.report)

    @cached_property
    def tagger(self) -> Tagger | None:
        """None when the setting says `none` or the package has no weights; skills are then those named literally."""
        from jobbot.platform.inference.tagger import open_tagger

        return open_tagger(self.settings.models.tagger, self.settings.path(self.settings.paths.models))

    @cached_property
    def tagging(self) -> TaggingExtractor | None:
        """The extractor with the tagger, and with links by meaning where an encoder is; None without a tagger."""
        from jobbot.features.skills.link import Linker
        from jobbot.features.skills.tag import TaggingExtractor

        if self.tagger is None:
            return None
        folder = self.settings.path(self.settings.paths.models)
        links = Linker(self.extractor.taxonomy, lambda: self.encoder, folder, report=self.report)
        return TaggingExtractor(self.extractor, self.tagger, links)

    @cached_property
    def profiles(self) -> ProfileStore:
        from jobbot.features.profile.store import ProfileStore

        return ProfileStore(self.database, self.vault, self.clock)

    @cached_property
    def encoder(self) -> Encoder | None:
        """None when no weights are installed or the setting says `none`; matching is then lexical and says so."""
        from jobbot.platform.inference import load_encoder

        return load_encoder(self.settings.models, self.settings.path(self.settings.paths.models), report=self.report)

    @cached_property
    def vectors(self) -> VectorStore:
        from jobbot.platform.inference import VectorStore

        return VectorStore(self.database)

    @cached_property
    def matcher(self) -> Matcher:
        from jobbot.features.matching.match import Matcher
        from jobbot.features.matching.store import MatchStore

        parts = (self.postings, self.extractor, self.encoder, self.vectors, MatchStore(self.database), self.clock)
        return Matcher(*parts, self.report, preferences=self.preferences.of)

    @cached_property
    def search(self) -> Search:
        """Finds postings by words and by meaning; of the encoder nothing is loaded before a posting has vectors."""
        from jobbot.features.matching.retrieve.search import Search
        from jobbot.features.matching.retrieve.wording import otherwise

        parts = (self.postings, lambda: self.encoder, self.vectors, self.mark)
        return Search(*parts, lambda words: otherwise(words, self.extractor.taxonomy))

    def mark(self) -> str:
        """Names the model that makes vectors, without loading it; "" where there is none."""
        from jobbot.platform.inference.load import mark

        return mark(self.settings.models, self.settings.path(self.settings.paths.models))

    @cached_property
    def backlog(self) -> Backlog:
        """What wants vectors."""
        from jobbot.features.matching.backlog import Backlog

        return Backlog(self.database, self.tasks, self.clock, self.mark)

    @cached_property
    def preferences(self) -> PreferenceStore:
        from jobbot.features.matching.preferences.store import PreferenceStore

        return PreferenceStore(self.database, self.vault, self.clock)

    @cached_property
    def tailor(self) -> Tailor:
        from jobbot.features.tailoring.store import DocumentStore
        from jobbot.features.tailoring.tailor import Tailor

        store = DocumentStore(self.database, self.vault)
        return Tailor(self.extractor, store, self.clock, self.records, self.encoder)

    @cached_property
    def made(self) -> MadeStore:
        from jobbot.features.tailoring.made.store import MadeStore

        return MadeStore(self.database, self.vault)

    @cached_property
    def sessions(self) -> Sessions:
        from jobbot.features.accounts.enter import Sessions
        from jobbot.features.accounts.store import SessionStore

        return Sessions(SessionStore(self.database), self.clock)

    @cached_property
    def keys(self) -> KeyStore:
        """Answers to requests that changed something, by their idempotency key."""
        from jobbot.platform.http.once.store import KeyStore

        return KeyStore(self.database, self.vault)

    @cached_property
    def tasks(self) -> TaskStore:
        from jobbot.platform.work.store import TaskStore

        return TaskStore(self.database, self.vault)

    @cached_property
    def bell(self) -> Bell:
        """Wakes a worker, in this process or another."""
        from jobbot.platform.work.wake import Bell

        return Bell(self.settings.path(self.settings.paths.cache))

    @property
    def fresh(self) -> bool:
        """Whether the user has no key: then there is no task either. Asking makes none."""
        from jobbot.kernel.ids import LOCAL_USER
        from jobbot.platform.storage.wrapped import UserKeyRow

        with self.database.read() as session:
            return session.get(UserKeyRow, LOCAL_USER) is None

    def worker(self, stop: Event, note: Callable[[Exception], None]) -> Worker:
        """Does the tasks of every slice, over this program's parts; one that others use at once needs an App apart."""
        from jobbot.features.matching import tasks as matching
        from jobbot.features.sources import tasks as sources
        from jobbot.platform.work.outbox.store import Outbox
        from jobbot.platform.work.owners import Owners
        from jobbot.platform.work.run import Worker

        outbox = Outbox(self.database, self.vault)
        owners = Owners(self.settings.path(self.settings.paths.cache) / "workers")
        more: dict[str, Any] = {"stop": stop, "heed": self.heed, "before": self.look_at_the_clock, "note": note}
        handlers = {**sources.handlers(self), **matching.handlers(self)}
        return Worker(self.tasks, outbox, handlers, owners, self.clock, **more)

    def look_at_the_clock(self) -> None:
        """Before each look of a worker: enqueue what the schedule says, and obey the airplane switch."""
        self.heed()
        self.weekly.enqueue_due()
        self.backlog.enqueue_due()

    def heed(self) -> None:
        """Obey the airplane switch where another process has thrown it."""
        guard = self.__dict__.get("guard")
        if guard is not None and guard.offline != self.offline:
            self._leave()

    @cached_property
    def weekly(self) -> Weekly:
        from jobbot.features.sources import tasks as sources
        from jobbot.platform.work.weekly import Weekly

        wanted = sources.refresh_wanted(scheduled=True)
        return Weekly(self.settings.schedule, self.database, self.tasks, self.clock, wanted)

    @property
    def scope(self) -> Scope:
        """What belongs to this installation, and whose it is: for `erase` and `export`."""
        from jobbot.features.accounts import held as accounts
        from jobbot.features.matching import held as matching
        from jobbot.features.profile import held as profile
        from jobbot.features.sources.held import store as sources
        from jobbot.features.tailoring import held as tailoring
        from jobbot.platform.http.once import held as requests
        from jobbot.platform.inference import held as inference
        from jobbot.platform.safety import held as egress
        from jobbot.platform.storage import held as storage
        from jobbot.platform.storage.erase import Scope
        from jobbot.platform.work import held as work

        parts = (work, requests, egress, tailoring, profile, accounts, inference, matching, sources, storage)
        holders = [part.HOLDER for part in parts]
        return Scope(self.database, self.settings.home, self.settings.keys, holders, *self.files)

    @property
    def files(self) -> tuple[tuple[Files, ...], tuple[Files, ...]]:
        """Files that go with an erase, files that stay."""
        from jobbot.features.profile import held as profile
        from jobbot.features.skills.imported.keep import FOLDER as TAXONOMIES
        from jobbot.features.tailoring import held as tailoring
        from jobbot.platform.storage.database import BACKUP_FOLDER
        from jobbot.platform.storage.holder import Files, below
        from jobbot.platform.storage.keys import RECORDS_FOLDER

        paths, home = self.settings.paths, self.settings.home
        outputs = self.settings.path(paths.outputs)
        kept = self.settings.path(paths.database).parent / BACKUP_FOLDER
        gone = (
            Files("sealed copies", below(home / RECORDS_FOLDER)),
            Files("documents", lambda: tailoring.made(outputs)),
            Files("profile", lambda: profile.files(home)),
            Files("backups", below(home / BACKUP_FOLDER, "*.jobbot", ".*.tmp")),
            Files("copies before upgrades", below(kept, "before-upgrade-*")),
            Files("logs", below(self.settings.path(paths.logs), "jobbot.log*", "weekly.log*")),
            Files("left half done", below(home, ".staging-*/**/*", ".*.tmp")),
        )
        stays = (
            Files("files in outputs", lambda: tailoring.others(outputs), "not named as jobbot names documents"),
            Files("config.yaml", below(home, "config.yaml"), "settings you wrote"),
            Files(".env", below(home, ".env"), "settings you wrote"),
            Files("cache", below(self.settings.path(paths.cache)), "made from public data"),
            Files("models", below(self.settings.path(paths.models)), "encoders, nothing of yours"),
            Files("taxonomies", below(home / TAXONOMIES), "public lists that you imported"),
        )
        return gone, stays

    def let_go(self) -> None:
        """Forget the key and every part that has it or remembers the user: the data they were for is erased."""
        for name in PERSONAL + QUEUED:
            part = self.__dict__.pop(name, None)
            if name == "tailor" and part is not None:
                part.close()  # its worker remembers the page it set last

    def close(self) -> None:
        for name in ("bell", "tailor", "guard", "database"):
            if name in self.__dict__:
                self.__dict__[name].close()
