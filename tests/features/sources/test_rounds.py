"""A run over all boards: hosts side by side and never two requests on one, stopped and gone on with, and its report."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from tests.features.sources.rounds_world import Hosts, feed, settings_of

from jobbot.bootstrap import App
from jobbot.features.sources.rounds.lanes import lanes, left, spoken
from jobbot.features.sources.rounds.model import Part, report
from jobbot.features.sources.rounds.read import AT_ONCE, WEB, Rounds
from jobbot.features.sources.rounds.store import FRESH, KEPT, RoundStore, TakenOver
from jobbot.features.sources.tasks import refresh_wanted
from jobbot.kernel.clock import FixedClock, iso
from jobbot.platform.safety.ledger import EgressRow
from jobbot.platform.storage import Database
from jobbot.platform.work.model import State
from jobbot.sdk import BoardRef

HOSTS = [f"h{number}.example" for number in range(10)]
BOARDS = [f"https://{host}/{name}.rss" for name in ("one", "two") for host in HOSTS]


@pytest.fixture
def hosts() -> Hosts:
    return Hosts()


@pytest.fixture(autouse=True)
def made(tmp_path: Path, sqlite_template: Path) -> None:
    """The schema is there already: copying is faster than migrating."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "jobbot.db").write_bytes(sqlite_template.read_bytes())


def opened(folder: Path, address: str, boards: list[str], spacing: float | None = 0.0) -> App:
    return App(settings_of(folder, address, boards, spacing), clock=FixedClock())


def test_hosts_are_asked_side_by_side_and_none_twice_at_once(hosts: Hosts, tmp_path: Path) -> None:
    hosts.meet = len(HOSTS)
    with hosts.served() as address:
        app = opened(tmp_path, address, BOARDS)
        told = app.ingest.all()
        app.close()
    assert [run["board"] for run in told["boards"]] == BOARDS, "in the order of the plan"
    assert told["failed"] == []
    assert hosts.crowded == set()
    assert hosts.together == len(HOSTS), "none answered before all were asked"
    for host in HOSTS:
        mine = [event for event, whose, _ in hosts.log if whose == host]
        assert mine == ["begin", "end"] * 3, "robots.txt and two feeds, one after the other"


def test_the_pause_of_a_host_is_kept_by_all_threads(hosts: Hosts, tmp_path: Path) -> None:
    """Under a clock that only sleeping moves; the spacing is that of the source's card."""
    with hosts.served() as address:
        app = opened(tmp_path, address, BOARDS, spacing=None)
        app.ingest.all()
        least = app.plugins.loaded["rss"].card.policy.spacing_seconds
        with app.database.read() as session:
            rows = session.execute(select(EgressRow.host, EgressRow.at).order_by(EgressRow.at)).all()
        app.close()
    for host in HOSTS:
        times = [at for whose, at in rows if whose == host]
        assert len(times) == 3
        assert all(after - before >= timedelta(seconds=least) for before, after in pairwise(times))


def test_one_bad_board_sinks_nothing_and_the_report_says_why(hosts: Hosts, tmp_path: Path) -> None:
    def answer(host: str, path: str) -> tuple[int, bytes]:
        if path.startswith("one") and host == HOSTS[0]:
            return 200, b"<html>moved</html>"
        return (429, b"") if host == HOSTS[1] else (200, feed(host, path))

    hosts.answer = answer
    with hosts.served() as address:
        app = opened(tmp_path, address, BOARDS)
        told = app.ingest.all()
        kept = report(*RoundStore(app.database).get())
        app.close()
    assert len(told["boards"]) == 17
    assert {failure["board"] for failure in told["failed"]} == {BOARDS[0], BOARDS[1], BOARDS[11]}
    assert (kept["run"]["read"], kept["run"]["failed"], kept["run"]["new"], kept["run"]["waiting"]) == (17, 3, 17, 0)
    line = kept["boards"][0]
    assert (line["state"], line["requests"], line["new"]) == ("failed", 2, 0)
    assert "neither RSS nor Atom" in line["reason"]
    assert kept["boards"][1]["requests"] > 2, "asked again, and again"
    assert kept["boards"][2]["bytes"] > 0
    assert kept["run"]["requests"] == sum(one["requests"] for one in kept["boards"])


def test_unchanged_boards_cost_one_304_each_and_no_parsing(hosts: Hosts, tmp_path: Path) -> None:
    with hosts.served() as address:
        app = opened(tmp_path, address, BOARDS)
        app.ingest.all()
        hosts.statuses.clear()
        again = app.ingest.all()
        kept = report(*RoundStore(app.database).get())
        app.close()
    assert dict(hosts.statuses) == {304: 20}
    assert all(run["not_modified"] and run["fetched"] == 0 and run["requests"] == 1 for run in again["boards"])
    assert (kept["run"]["not_modified"], kept["run"]["requests"], kept["run"]["bytes"]) == (20, 20, 0)


def test_a_window_closes_nothing_and_says_that_it_is_one(hosts: Hosts, tmp_path: Path) -> None:
    hosts.answer = lambda host, path: (200, feed(host, "a", "b", "c"))
    with hosts.served() as address:
        app = opened(tmp_path, address, BOARDS[:1])
        app.ingest.all()
        hosts.answer = lambda host, path: (200, feed(host, "c"))
        app.ingest.all()
        kept = report(*RoundStore(app.database).get())
        assert app.postings.counts()["open"] == 3
        app.close()
    assert (kept["boards"][0]["window"], kept["boards"][0]["closed"], kept["run"]["closed"]) == (True, 0, 0)


class Asked(BaseException):
    """Somebody wants it to end."""


def test_what_is_stopped_goes_on_where_it_was(hosts: Hosts, tmp_path: Path) -> None:
    """Ctrl-C, the API and a worker that is to end come in through the report."""

    def impatient(message: str, done: int = 0, total: int = 0) -> None:
        if done >= 4:
            raise Asked

    with hosts.served() as address:
        app = opened(tmp_path, address, BOARDS)
        store = RoundStore(app.database)
        with pytest.raises(Asked):
            Rounds(lambda: app.ingest, store, app.clock, impatient).read(WEB)
        one, parts = store.get()
        read = {part.ref.board for part in parts if part.state == "done"}
        assert one.state == "stopped"
        assert {part.state for part in parts} <= {"done", "waiting"}
        assert len(read) >= 4
        assert app.postings.counts()["open"] >= len(read), "what was read stays"
        asked = len(hosts.log)
        again = app.ingest.all(resume=True)
        later = {
            path for event, host, path in hosts.log[asked:] for path in [f"https://{host}/{path}"] if event == "begin"
        }
        assert (again["run"], again["resumed"]) == (one.id, len(read))
        assert not later & read, "what it has read is not asked again"
        assert store.get()[0].state == "done"
        assert app.postings.counts()["open"] == 20
        new = app.ingest.all(resume=True)
        assert new["run"] != one.id, "there is nothing to go on with: a new one"
        app.close()


def test_a_run_of_yesterday_is_not_gone_on_with(hosts: Hosts, tmp_path: Path) -> None:
    with hosts.served() as address:
        app = opened(tmp_path, address, BOARDS[:3])
        store = RoundStore(app.database)
        killed = store.begin([], app.clock.now(), WEB)
        app.clock.sleep(FRESH.total_seconds() + 1)
        assert app.ingest.all(resume=True)["run"] != killed.id
        app.close()


def test_a_run_that_somebody_takes_over_ends_without_a_word(hosts: Hosts, tmp_path: Path) -> None:
    with hosts.served() as address:
        app = opened(tmp_path, address, BOARDS)
        store, taken = RoundStore(app.database), Event()

        def other(message: str, done: int = 0, total: int = 0) -> None:
            if done >= 2 and not taken.is_set():
                taken.set()
                assert store.take_up(app.clock.now())

        Rounds(lambda: app.ingest, store, app.clock, other).read(WEB)
        one, _ = store.get()
        assert one.state == "running", "for the one who has it now"
        app.close()


def test_the_web_apps_refresh_is_such_a_run(hosts: Hosts, tmp_path: Path) -> None:
    hosts.answer = lambda host, path: (503, b"") if host == HOSTS[3] else (200, feed(host, path))
    with hosts.served() as address:
        app = opened(tmp_path, address, BOARDS)
        task = app.tasks.enqueue(refresh_wanted(), app.clock.now())
        app.worker(Event(), lambda _: None).drain()
        done = app.tasks.get(task.id)
        assert done.state is State.DONE
        assert (len(done.result["boards"]), len(done.result["failed"])) == (18, 2)
        made = RoundStore(app.database).of_task(task.id)
        assert made
        assert (made[0].origin, made[0].id) == (WEB, done.result["run"])
        again = app.tasks.page(name="sources.ingest")[0]
        assert {one.arguments["company"] for one in again} == {BOARDS[3], BOARDS[13]}
        assert all(one.state is State.WAITING for one in again), "asked again later, not at once"
        app.close()


names = st.sets(st.sampled_from(["a", "b", "c", "d", "e"]), min_size=1, max_size=3).map(frozenset)


@given(st.lists(names, max_size=12))
def test_boards_that_share_a_host_share_a_lane(of: list[frozenset[str]]) -> None:
    refs = {number: BoardRef("x", str(number)) for number in range(len(of))}
    made = lanes(refs, lambda ref: of[int(ref.board)])
    assert sorted(position for lane in made for position in lane.positions) == list(refs)
    lane_of = {position: lane.name for lane in made for position in lane.positions}
    for one in refs:
        for other in refs:
            assert not (of[one] & of[other]) or lane_of[one] == lane_of[other]


def test_the_time_that_is_left() -> None:
    assert left({"a": 3}, {"a": [1.0, 1.0]}, AT_ONCE) is None, "too early to say"
    assert left({"a": 3, "b": 1}, {"a": [2.0, 2.0, 2.0]}, AT_ONCE) == 6.0
    assert left({"a": 1, "b": 1}, {"a": [2.0, 2.0, 2.0]}, 1) == 4.0
    assert left({"a": 0}, {"a": [2.0, 2.0, 2.0]}, AT_ONCE) == 0.0
    assert [spoken(one) for one in (None, 3.0, 44.0, 130.0, 7200.0)] == [
        "",
        "about 10 s left",
        "about 40 s left",
        "about 2 min left",
        "about 2.0 h left",
    ]


def test_rounds_are_kept_on_both_engines(database: Database) -> None:
    store, now = RoundStore(database), FixedClock().now()
    refs = [BoardRef("lever", "acme", "eu"), BoardRef("remoteok", "")]
    one = store.begin(refs, now, WEB, "task", [{"source": "linkedin", "reason": "walled"}])
    begun = Part(0, refs[0], "running", started_at=now)
    store.note(one, begun)
    taken = store.take_up(now, "task")
    assert taken
    with pytest.raises(TakenOver):
        store.note(one, begun)
    assert [part.state for part in store.get(one.id)[1]] == ["waiting", "waiting"], "what it was at waits again"
    done = Part(1, refs[1], "done", {"new": 3, "alarms": ["odd"]}, None, now, now, 1.5, 2, 5_000_000_000)
    store.note(taken, done)
    assert store.of_task("task") == (taken, [Part(0, refs[0]), done])
    assert store.end(taken, "done", now).finished_at == now
    assert store.take_up(now) is None
    told = report(*store.get(one.id[:20]))
    assert (told["run"]["new"], told["run"]["alarms"], told["run"]["bytes"]) == (3, 1, 5_000_000_000)
    assert told["paused"] == [{"source": "remoteok", "until": iso(now), "reason": None, "boards": 1}]
    for _ in range(KEPT + 2):
        last = store.begin([], now, WEB)
    assert len(store.latest(100)[0]) == KEPT
    assert store.get()[0].id == last.id
