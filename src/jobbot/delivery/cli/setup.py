"""First steps: the data directory, the database, the key, a JSON Resume to fill in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from jobbot.bootstrap import App
from jobbot.delivery.cli.operations import show_recovery
from jobbot.kernel.answer import Answer, Screen

RESUME_FILE = "resume.json"
SKELETON: dict[str, Any] = {
    "$schema": "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json",
    "basics": {"name": "", "label": "", "summary": "", "location": {}, "profiles": []},
    "work": [],
    "education": [],
    "skills": [],
    "languages": [],
    "certificates": [],
    "projects": [],
}
"""JSON Resume 1.0.0 with nothing in it yet."""


def init(
    ctx: typer.Context,
    source: Annotated[
        Path | None, typer.Option("--from", help="Your CV: JSON Resume, PDF, DOCX, Markdown or text")
    ] = None,
    new_recovery_key: Annotated[
        bool, typer.Option("--new-recovery-key", help="Make another one; the old one opens only older backups")
    ] = False,
) -> Answer:
    """Make the data directory, the database, the key and a JSON Resume to fill in. Asks nothing; safe to run again.

    The recovery key is shown once, the first time. It opens your backups if this machine or its key is lost.
    """
    from jobbot.platform.storage import keys
    from jobbot.platform.storage.artefacts import Artefacts

    app: App = ctx.obj
    settings = app.settings
    _ = app.vault  # makes database and key where there are none
    key = None
    if new_recovery_key or keys.recipient(app.database) is None:
        key = keys.make_recovery(settings.keys, settings.home, app.database)
    resume = settings.home / RESUME_FILE
    if not resume.exists():
        Artefacts(settings.home).put(RESUME_FILE, json.dumps(SKELETON, indent=2).encode())
    state = keys.state(settings.keys, settings.home, app.database)
    data = {
        "home": str(settings.home),
        "database": app.database.place,
        "key": state.place if state else None,
        "recovery_key": key,
        "resume": str(resume),
        "imported": None,
    }

    def show(screen: Screen) -> None:
        from rich.markup import escape

        for name in ("home", "database", "key", "resume"):
            screen.print(f"  {name:<9} {escape(str(data[name]))}")
        show_recovery(screen, key)
        screen.print()
        screen.print("Next:  jobbot import resume YOUR-CV    then    jobbot ingest greenhouse --company NAME")

    return Answer(data, show)
