"""`jobbot worker`: background work without the web app."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Thread, current_thread, main_thread
from typing import Annotated, Any

import typer

from jobbot.bootstrap import App
from jobbot.kernel.answer import Answer, Screen
from jobbot.platform.work.model import State, Task

STAGE_SECONDS = 1.0


def worker(
    ctx: typer.Context,
    once: Annotated[bool, typer.Option("--once", help="Do what is to be done now, then end (for cron)")] = False,
) -> Answer:
    """Do background work: boards that were asked for in the web app, and what the schedule says.

    `jobbot serve` does so itself; this is for a machine without it. Ctrl-C ends it after the stage it is at, and once
    more at once: what is killed is begun again by the next worker. With --json prints what waits first; with --once
    the tasks it worked on, exit code 1 if one of them failed.
    """
    app: App = ctx.obj
    return _once(app) if once else _for_long(app)


def _for_long(app: App) -> Answer:
    from jobbot.delivery.log import open_log
    from jobbot.delivery.worker.loop import noted, work

    stop = Event()
    data = {"pid": os.getpid(), **_counts(app), "schedule": app.weekly.as_dict()}

    def show(screen: Screen) -> None:
        screen.print(f"Working in the background ({data['waiting']} tasks wait). Ctrl-C stops it.")

    def then() -> int:
        note = noted(open_log(app.settings.path(app.settings.paths.logs)))
        with _ended_by_signals(stop):
            thread = Thread(target=work, args=(app.settings, stop, note), daemon=True, name="jobbot-worker")
            thread.start()
            while thread.is_alive():
                thread.join(STAGE_SECONDS)
        return 0

    return Answer(data, show, then=then)


def _once(app: App) -> Answer:
    from jobbot.delivery.log import open_log
    from jobbot.delivery.worker.loop import noted

    stop, begun = Event(), app.clock.now()
    note = noted(open_log(app.settings.path(app.settings.paths.logs)))
    with _ended_by_signals(stop):
        app.worker(stop, note).drain()
    recent, _ = app.tasks.page(limit=200)
    done = [task for task in recent if task.started_at and (task.finished_at or app.clock.now()) >= begun]
    failed = any(task.state is State.FAILED for task in done)
    data = {"tasks": [task.as_dict() for task in done], **_counts(app)}
    return Answer(data, lambda screen: draw_tasks(screen, done), exit_code=1 if failed else 0)


def draw_tasks(screen: Screen, tasks: Sequence[Task]) -> None:
    """A line for each task."""
    from rich.text import Text

    for task in tasks:
        said = task.problem["detail"] if task.problem else ""
        screen.print(
            Text(f"{task.created_at.astimezone():%Y-%m-%d %H:%M}  {task.state:<9}  {task.title}  {said}".rstrip())
        )
    if not tasks:
        screen.print("Nothing was done yet.")


def _counts(app: App) -> dict[str, Any]:
    return app.tasks.counts()


@contextmanager
def _ended_by_signals(stop: Event) -> Iterator[None]:
    """The first Ctrl-C or SIGTERM asks to end, the second ends."""
    if current_thread() is not main_thread():
        yield
        return

    def asked(number: int, _frame: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = {number: signal.signal(number, asked) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
