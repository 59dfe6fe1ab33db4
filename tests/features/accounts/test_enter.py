"""Links open once, sessions end by idleness and age, tokens end what was opened with them; secrets are not kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from jobbot.features.accounts.enter import Sessions
from jobbot.features.accounts.model import IDLE, LIFE, TOUCH, Kind
from jobbot.features.accounts.store import SessionStore
from jobbot.kernel.clock import FixedClock
from jobbot.kernel.errors import Failed, NotFound
from jobbot.kernel.ids import LOCAL_USER
from jobbot.platform.http.caller import Unauthenticated
from jobbot.platform.storage import Database


@pytest.fixture
def sessions(database: Database, clock: FixedClock) -> Sessions:
    return Sessions(SessionStore(database), clock)


def refused(sessions: Sessions, secret: str, *, machine: bool = False) -> None:
    with pytest.raises(Unauthenticated):
        sessions.admit(secret, machine=machine)


def test_a_link_opens_one_session(sessions: Sessions) -> None:
    link, _ = sessions.issue(Kind.LINK)
    refused(sessions, link)
    secret, made = sessions.redeem(link)
    assert sessions.admit(secret, machine=False).credential == made.id
    with pytest.raises(Unauthenticated):
        sessions.redeem(link)


def test_of_many_at_once_one_gets_in(sqlite: Database, clock: FixedClock) -> None:
    sessions = Sessions(SessionStore(sqlite), clock)
    link, _ = sessions.issue(Kind.LINK)

    def attempt(_: int) -> int:
        try:
            sessions.redeem(link)
        except Unauthenticated:
            return 0
        return 1

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(attempt, range(40))) == 1
    assert len(SessionStore(sqlite).of(LOCAL_USER, Kind.BROWSER)) == 1


def test_a_link_is_good_for_ten_minutes(sessions: Sessions, clock: FixedClock) -> None:
    early, late = sessions.issue(Kind.LINK)[0], sessions.issue(Kind.LINK)[0]
    clock.at += LIFE[Kind.LINK] - timedelta(seconds=1)
    sessions.redeem(early)
    clock.at += timedelta(seconds=1)
    with pytest.raises(Unauthenticated):
        sessions.redeem(late)


def test_an_idle_session_ends_and_a_used_one_ends_at_its_age(sessions: Sessions, clock: FixedClock) -> None:
    idle, used = (sessions.redeem(sessions.issue(Kind.LINK)[0])[0] for _ in range(2))
    began = clock.at
    while clock.at < began + LIFE[Kind.BROWSER] - timedelta(days=1):
        clock.at += timedelta(days=7)
        if clock.at < began + LIFE[Kind.BROWSER]:
            sessions.admit(used, machine=False)
        if clock.at - began > IDLE:
            refused(sessions, idle)
    clock.at = began + LIFE[Kind.BROWSER]
    refused(sessions, used)


def test_a_read_writes_at_most_once_an_hour(sessions: Sessions, clock: FixedClock, database: Database) -> None:
    secret, made = sessions.redeem(sessions.issue(Kind.LINK)[0])
    clock.at += timedelta(minutes=59)
    sessions.admit(secret, machine=False)
    store = SessionStore(database)
    assert store.of(LOCAL_USER, Kind.BROWSER)[0].seen_at == made.seen_at
    clock.at += timedelta(minutes=2)
    sessions.admit(secret, machine=False)
    assert store.of(LOCAL_USER, Kind.BROWSER)[0].seen_at == clock.at


class Full(SessionStore):
    """A store on a disk that takes nothing more."""

    def touch(self, digest: str, now: datetime) -> None:
        raise Failed("the disk is full")


def test_reading_goes_on_where_nothing_can_be_written(database: Database, clock: FixedClock) -> None:
    sessions = Sessions(Full(database), clock)
    secret, _ = sessions.redeem(sessions.issue(Kind.LINK)[0])
    clock.at += timedelta(hours=2)
    assert sessions.admit(secret, machine=False)


def test_a_token_ends_what_was_opened_with_it(sessions: Sessions) -> None:
    token, made = sessions.issue(Kind.MACHINE, "backup script")
    child, _ = sessions.redeem(token)
    other, _ = sessions.redeem(sessions.issue(Kind.LINK)[0])
    assert [one.label for one in sessions.tokens(LOCAL_USER)] == ["backup script"]
    sessions.end(made.id, LOCAL_USER, Kind.MACHINE)
    refused(sessions, token, machine=True)
    refused(sessions, child)
    assert sessions.admit(other, machine=False)
    with pytest.raises(NotFound):
        sessions.end(made.id, LOCAL_USER, Kind.MACHINE)


def test_nobody_ends_what_is_somebody_elses(sessions: Sessions) -> None:
    from jobbot.kernel.ids import UserId

    token, made = sessions.issue(Kind.MACHINE)
    with pytest.raises(NotFound):
        sessions.end(made.id, UserId("somebody"), Kind.MACHINE)
    assert sessions.admit(token, machine=True)


def test_a_kind_of_secret_is_good_for_its_use_alone(sessions: Sessions) -> None:
    token, _ = sessions.issue(Kind.MACHINE)
    browser, _ = sessions.redeem(sessions.issue(Kind.LINK)[0])
    refused(sessions, token, machine=False)
    refused(sessions, browser, machine=True)
    with pytest.raises(Unauthenticated):
        sessions.redeem(browser)


@pytest.mark.parametrize("secret", ["", "x", "x" * 10_000, "é", "\ud800", "' OR 1=1"])
def test_odd_secrets_open_nothing(secret: str, sessions: Sessions) -> None:
    refused(sessions, secret)
    with pytest.raises(Unauthenticated):
        sessions.redeem(secret)


def test_no_secret_is_in_the_database(sessions: Sessions, database: Database) -> None:
    secrets = [sessions.issue(kind)[0] for kind in (Kind.LINK, Kind.MACHINE)]
    secrets.append(sessions.redeem(secrets[0])[0])
    with database.read() as session:
        rows = session.execute(text("SELECT * FROM sessions")).all()
    assert len(rows) == 2
    assert not any(secret in str(value) for row in rows for value in row for secret in secrets)
    assert len(set(secrets)) == 3
    assert all(len(secret) >= 43 for secret in secrets)


def test_what_has_expired_is_forgotten(sessions: Sessions, clock: FixedClock, database: Database) -> None:
    sessions.issue(Kind.LINK)
    clock.at += timedelta(days=400)
    sessions.issue(Kind.LINK)
    with database.read() as session:
        assert session.execute(text("SELECT count(*) FROM sessions")).scalar_one() == 1


def test_a_secret_is_let_in_at_once_while_nothing_has_changed(sqlite: Database, clock: FixedClock) -> None:
    """What another program ends opens nothing here from that moment on: `other` stands for it."""
    sessions = Sessions(SessionStore(sqlite), clock)
    assert sqlite.file is not None
    database = Database.open(sqlite.file.parent)
    other = Sessions(SessionStore(database), clock)
    secret, made = sessions.issue(Kind.MACHINE)
    assert sessions.at_once(secret, machine=True) is None
    caller = sessions.admit(secret, machine=True)
    assert sessions.at_once(secret, machine=True) == caller
    assert sessions.at_once(secret, machine=False) is None
    assert sessions.at_once("another", machine=True) is None
    other.end(made.id, LOCAL_USER, Kind.MACHINE)
    assert sessions.at_once(secret, machine=True) is None
    refused(sessions, secret, machine=True)
    database.close()


def test_what_is_let_in_at_once_ends_by_itself(sqlite: Database, clock: FixedClock) -> None:
    sessions = Sessions(SessionStore(sqlite), clock)
    secret, _ = sessions.issue(Kind.MACHINE)
    sessions.admit(secret, machine=True)
    clock.at += TOUCH + timedelta(seconds=1)
    assert sessions.at_once(secret, machine=True) is None, "it must be noted that it was used"
    sessions.admit(secret, machine=True)
    sessions.admit(secret, machine=True)
    assert sessions.at_once(secret, machine=True) is not None
    clock.at += LIFE[Kind.MACHINE]
    assert sessions.at_once(secret, machine=True) is None
    refused(sessions, secret, machine=True)


def test_where_changes_cannot_be_told_every_secret_is_looked_up(database: Database, clock: FixedClock) -> None:
    sessions = Sessions(SessionStore(database), clock)
    secret, _ = sessions.issue(Kind.MACHINE)
    sessions.admit(secret, machine=True)
    assert (sessions.at_once(secret, machine=True) is None) is (database.dialect == "postgresql")
