"""Power loss: what was not synced is dropped or torn, and nothing that was acknowledged may be missing after it."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from benchmarks.frame import Row
from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError

from evals.power_disk import WORSTS, Acknowledged, Disk, Event
from evals.power_record import Log, library, recorded
from evals.power_work import KINDS, Act, Half, Making, damage, program
from jobbot.bootstrap import App
from jobbot.kernel.errors import JobbotError

CRASHES = 200
ACTS = 10
"""Writes of a round at most."""
OFTEN = 10
"""Every so many rounds all writes that were ever acknowledged are looked for, else those of the last rounds."""
HOME = "home"
Seam = Callable[[App], None]


def normal(app: App) -> None:
    """The control: SQLite does not wait for the disk at a commit."""
    event.listen(app.database.engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=NORMAL"))


def as_it_is(_app: App) -> None:
    """The program as it is shipped."""


@dataclass
class Outcome:
    """`effective` crashes dropped something, after something was acknowledged since the crash before."""

    crashes: int = 0
    effective: int = 0
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    losing: int = 0
    halves: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)

    @property
    def harm(self) -> int:
        return len(self.lost) + len(self.halves) + len(self.damaged)


@dataclass(frozen=True)
class Way:
    """What is tried: `seam` changes the program, `deaf` are files whose syncs the disk ignores."""

    seam: Seam = as_it_is
    deaf: Sequence[str] = ()
    kinds: Sequence[Making] = KINDS


FINE = Way()


@dataclass
class State:
    """A data directory after a crash, and what is known of it. `maybe` was under way when the power went."""

    root: Path
    acts: dict[int, Act] = field(default_factory=dict)
    maybe: Act | None = None

    def next(self) -> Path:
        made = self.root.with_name(str(int(self.root.name) + 1))
        made.mkdir()
        return made


def run() -> list[Row]:
    library()
    ours = campaign(CRASHES, 1)
    control = campaign(CRASHES, 2, Way(seam=normal))
    deaf = campaign(CRASHES, 3, Way(deaf=("jobbot.db",)))
    print(*(ours.lost + ours.halves + ours.damaged)[:10], sep="\n")
    note = f"{ours.effective} effective crashes of {ours.crashes}, {ours.acknowledged} writes acknowledged"
    return [
        Row("acknowledged writes lost", len(ours.lost), "synchronous=NORMAL", len(control.lost), "<= 0", note=note),
        Row("crashes that lost one", ours.losing, "synchronous=NORMAL", control.losing, "<= 0"),
        Row("writes kept by halves", len(ours.halves), bar="<= 0"),
        Row("databases damaged", len(ours.damaged), "checkpoints not synced", len(deaf.damaged), "<= 0"),
        Row("control: crashes that lost a write under NORMAL", control.losing, bar=">= 1", note=_of(control)),
        Row("control: harmed without synced checkpoints", deaf.losing + len(deaf.damaged), bar=">= 1", note=_of(deaf)),
    ]


def _of(outcome: Outcome) -> str:
    return f"of {outcome.effective} effective crashes"


def campaign(crashes: int, seed: int, way: Way = FINE, *, most_harm: int | None = None) -> Outcome:
    """Crash after crash over one data directory, until `crashes` of them were effective or more than `most_harm` was
    done; a damaged one begins anew. Raises Skipped."""
    outcome, dice = Outcome(), random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="jobbot-power-") as place:
        state = State(Path(place) / "0")
        state.root.mkdir()
        while outcome.effective < crashes and outcome.crashes < 3 * crashes:
            if most_harm is not None and outcome.harm > most_harm:
                break
            after = _round(state, outcome, way, Disk(way.deaf), dice)
            shutil.rmtree(state.root)
            state = after
    return outcome


def _round(state: State, outcome: Outcome, way: Way, disk: Disk, dice: random.Random) -> State:
    """Look at what the last crash left, write on, crash."""
    for number, path in enumerate(sorted(state.root.rglob("*")), 1):
        name = PurePath(path.relative_to(state.root))
        disk.holds(name, 0 if path.is_dir() else -number, b"" if path.is_dir() else path.read_bytes())
    with recorded(state.root) as log:
        log.files.update({name: number for name, number in disk.names.items() if number})
        app = program(state.root / HOME)
        try:
            way.seam(app)
            _look(app, state, outcome)
            fresh = _write(app, log, way.kinds, max(state.acts, default=0) + 2, dice)
        except (JobbotError, SQLAlchemyError) as error:
            outcome.damaged.append(f"{type(error).__name__}: {error}"[:300])
            return State(state.next())
        finally:
            app.close()
    return _crash(state, log, fresh, disk, outcome, dice)


def _look(app: App, state: State, outcome: Outcome) -> None:
    """Every acknowledged write is there whole, and the one under way as well or not at all. Raises what SQLite says."""
    if found := damage(app):
        raise JobbotError("; ".join(found))
    if state.maybe is not None and _there(app, state.maybe, outcome):
        state.acts[state.maybe.number] = state.maybe
    every = outcome.crashes % OFTEN == 0
    asked = list(state.acts.values()) if every else list(state.acts.values())[-3 * ACTS :]
    lost = [act.number for act in asked if not _there(app, act, outcome)]
    for number in lost:
        act = state.acts.pop(number)
        outcome.lost.append(f"{type(act).__name__} {number} at crash {outcome.crashes}")
    outcome.losing += bool(lost)


def _there(app: App, act: Act, outcome: Outcome) -> bool:
    try:
        return act.there(app)
    except Half as half:
        outcome.halves.append(f"{type(act).__name__} {act.number}: {half}")
        return True


def _write(app: App, log: Log, kinds: Sequence[Making], first: int, dice: random.Random) -> dict[int, Act]:
    acts = {}
    for number in range(first, first + dice.randint(2, ACTS)):
        acts[number] = dice.choice(kinds)(number, dice)
        acts[number].do(app)
        log.acknowledge(number)
    return acts


def _crash(state: State, log: Log, fresh: dict[int, Act], disk: Disk, outcome: Outcome, dice: random.Random) -> State:
    """The power goes at some event of the round, mostly where something is not synced yet."""
    moments = _moments(disk, log.events)
    at = dice.choice(moments) if moments and dice.random() < 0.9 else dice.randrange(len(log.events))
    for one in log.events[:at]:
        disk.take(one)
    told = [one.number for one in log.events[:at] if isinstance(one, Acknowledged)]
    image = disk.image(dice.choice(WORSTS), dice)
    outcome.crashes += 1
    outcome.effective += bool(told) and image.dropped
    outcome.acknowledged += len(told)
    after = state.next()
    image.write(after)
    acts = {**state.acts, **{number: fresh[number] for number in told}}
    return State(after, acts, next((act for number, act in fresh.items() if number not in told), None))


def _moments(disk: Disk, events: Sequence[Event]) -> list[int]:
    """Where at least one write was acknowledged and something of the disk is not synced."""
    disk, told, found = deepcopy(disk), False, []
    for number, one in enumerate(events):
        if told and disk.unsynced:
            found.append(number)
        told |= isinstance(one, Acknowledged)
        disk.take(one)
    return found
