"""The main job from boards to documents, on bundled samples, through the same parts as the real thing."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from jobbot.bootstrap import App
from jobbot.delivery.demo.replay import DAYS, answers, bundled, serve
from jobbot.features.matching.model import Match, Wishes
from jobbot.kernel import strictjson
from jobbot.kernel.clock import Clock
from jobbot.kernel.ids import LOCAL_USER
from jobbot.kernel.report import Report
from jobbot.settings import Network, Settings

SHORTLIST = 5
WISHES = Wishes(
    roles=("Clinical Data Manager", "Clinical Data Analyst"),
    locations=("Malmö", "Copenhagen"),
    min_salary=480_000,
    currency="SEK",
)


@dataclass(frozen=True)
class DemoRun:
    """What the demo did: the counts of each day read, the shortlist, the documents of the best posting."""

    home: Path
    days: tuple[tuple[dict[str, Any], ...], ...]
    matches: tuple[Match, ...]
    documents: dict[str, Any]

    def as_dict(self) -> dict[str, Any]:
        return {
            "home": str(self.home),
            "ingest": [list(day) for day in self.days],
            "matches": [match.as_dict() for match in self.matches],
            "tailor": self.documents,
        }


def run(settings: Settings, clock: Clock, report: Report) -> DemoRun:
    """Two days of boards, one candidate, a shortlist of five and the documents of its first."""
    bodies: dict[str, bytes] = {}
    with serve(bodies) as prefix:
        app = App(_own(settings, prefix), clock=clock, report=report)
        try:
            first = DAYS if app.postings.counts()["open"] else 1  # run again: the second day is still today
            days = tuple(_day(app, bodies, day) for day in range(first, DAYS + 1))
            profile = app.profiles.save(_resume(), LOCAL_USER, "default")
            matches = tuple(app.matcher.match(profile, WISHES, SHORTLIST))
            best = matches[0]
            tailored = app.tailor.tailor(profile, best.posting, best, folder=app.outputs.folder)
            return DemoRun(app.settings.home, days, matches, tailored.as_dict())
        finally:
            app.close()


def _own(settings: Settings, prefix: str) -> Settings:
    """A data directory and database of the demo's own, with the bundled boards behind every address."""
    network = Network(http_replay=prefix, http_spacing=0, offline=settings.network.offline)
    return Settings(home=settings.home / "demo", models=settings.models, keys=settings.keys, network=network)


def _day(app: App, bodies: dict[str, bytes], day: int) -> tuple[dict[str, Any], ...]:
    bodies.update(answers(day, app.clock.now()))
    counts = []
    for done, board in enumerate(bundled(), 1):
        counts.append(app.ingest.board(board.source, board.board))
        app.report(f"day {day}: reading boards", done, len(bundled()))
    return tuple(counts)


def _resume() -> dict[str, Any]:
    data = (files(__package__) / "mara-lindqvist.json").read_bytes()
    resume: dict[str, Any] = strictjson.loads(data, where="mara-lindqvist.json")
    return resume
