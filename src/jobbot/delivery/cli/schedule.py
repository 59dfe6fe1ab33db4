"""`jobbot schedule`: when the next run starts, and files that let the system start one."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path, PurePosixPath
from typing import Annotated, Any

import typer

from jobbot.bootstrap import App
from jobbot.delivery.worker import units
from jobbot.features.sources.rounds.model import summary
from jobbot.features.sources.rounds.store import RoundStore
from jobbot.features.sources.tasks import gave
from jobbot.kernel.answer import Answer, Screen
from jobbot.kernel.errors import InvalidInput
from jobbot.platform.storage.artefacts import write_whole
from jobbot.platform.storage.keyhomes import default_folder


def schedule(
    ctx: typer.Context,
    systemd: Annotated[bool, typer.Option("--systemd", help="Units for systemd of your user (Linux)")] = False,
    cron: Annotated[bool, typer.Option("--cron", help="A line for your crontab")] = False,
    launchd: Annotated[bool, typer.Option("--launchd", help="An agent for launchd (macOS)")] = False,
    write: Annotated[bool, typer.Option("--write", help="Put the files where the system looks for them")] = False,
) -> Answer:
    """Show whether and when the next scheduled run starts, and what the last ones gave.

    The schedule is `schedule` in config.yaml (frequency, day, hour), kept by `jobbot serve` and `jobbot worker`; a run
    that was slept through is made up for. --systemd, --cron and --launchd print files with which the system itself
    starts a run, for a machine on which neither runs.
    """
    app: App = ctx.obj
    chosen = [kind for kind, wanted in (("systemd", systemd), ("cron", cron), ("launchd", launchd)) if wanted]
    if len(chosen) > 1:
        raise InvalidInput("one of --systemd, --cron and --launchd at a time")
    if chosen:
        return _files(app, chosen[0], write=write)
    if write:
        raise InvalidInput("--write goes with --systemd or --launchd")
    return _when(app)


# -- files ------------------------------------------------------------------------------------------------------------


def _files(app: App, kind: str, *, write: bool) -> Answer:
    texts = units.written(kind, _program(app), app.settings.schedule)
    config = os.environ.get("XDG_CONFIG_HOME", "")
    place = units.folder(kind, PurePosixPath(Path.home().as_posix()), PurePosixPath(config) if config else None)
    if write:
        _write(place, texts)
    files = [{"name": name, "path": f"{place}/{name}" if place else None, "text": text} for name, text in texts.items()]
    data = {"kind": kind, "files": files, "then": units.then(kind), "written": write}
    return Answer(data, lambda screen: _draw_files(screen, data))


def _program(app: App) -> units.Program:
    """This jobbot, over this data directory; its key may lie in a file of the user's configuration."""
    script = Path(sys.executable).parent / "jobbot"
    found = str(script) if script.exists() else shutil.which("jobbot")
    command = (found,) if found else (sys.executable, "-m", "jobbot")
    return units.Program(command, str(app.settings.home.absolute()), (str(default_folder()),))


def _write(place: PurePosixPath | None, texts: dict[str, str]) -> None:
    if place is None:
        raise InvalidInput("a crontab is yours to edit: run `crontab -e` and add the line")
    folder = Path(place)
    other = [name for name, text in texts.items() if (folder / name).exists() and (folder / name).read_text() != text]
    if other:
        raise InvalidInput(f"{', '.join(other)} in {folder} is another; move it away first, nothing was written")
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        write_whole(folder / name, text.encode())


def _draw_files(screen: Screen, data: dict[str, Any]) -> None:
    from rich.text import Text

    for file in data["files"]:
        screen.print(Text(f"# {'written: ' if data['written'] else ''}{file['path'] or file['name']}", style="bold"))
        if not data["written"]:
            screen.print(Text(file["text"]), soft_wrap=True)
    if data["kind"] == units.SYSTEMD:
        screen.print(Text("The timer reads every board; or enable jobbot-worker.service, which keeps `schedule`."))
    screen.print(Text("Then:"))
    for command in data["then"]:
        screen.print(Text(f"  {command}"), soft_wrap=True)


# -- the schedule in the app ------------------------------------------------------------------------------------------


def _when(app: App) -> Answer:
    told, rounds = app.weekly.as_dict(), RoundStore(app.database)
    runs = [(run, gave(summary(*made) if (made := rounds.of_task(run.id)) else None)) for run in app.weekly.last()]
    told["last"] = [{**run.as_dict(), "gave": counts} for run, counts in runs]

    def show(screen: Screen) -> None:
        from jobbot.delivery.cli.worker import draw_tasks

        if told["frequency"] == "off":
            screen.print("No run is scheduled. Set schedule.frequency to daily or weekly in config.yaml.")
        else:
            when = f"every {told['day']}" if told["day"] else "every day"
            screen.print(f"{when.capitalize()} at {told['hour']:02d}:00 local time; next {_local(app)}.")
            screen.print("`jobbot serve` or `jobbot worker` must run; `jobbot schedule --systemd` shows another way.")
        draw_tasks(screen, [run for run, _ in runs])
        for _, counts in runs[:1]:
            screen.print("The last run: " + ", ".join(f"{n} {name.replace('_', ' ')}" for name, n in counts.items()))

    return Answer(told, show)


def _local(app: App) -> str:
    upcoming = app.weekly.next()
    return upcoming.astimezone().strftime("%A %d %B %Y, %H:%M") if upcoming else "never"
