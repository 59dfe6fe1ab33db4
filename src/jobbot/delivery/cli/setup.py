"""First steps: the data directory, the database, the key, a JSON Resume to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from jobbot.bootstrap import App
from jobbot.delivery.cli.operations import show_recovery
from jobbot.kernel.answer import Answer, Screen

RESUME_FILE = "resume.json"


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
    from jobbot.features.skills.imported.keep import Shelf
    from jobbot.platform.storage import keys

    app: App = ctx.obj
    settings = app.settings
    _ = app.vault  # makes database and key where there are none
    imported = _import(ctx, source) if source else None  # before the recovery key, which is shown only once
    key = None
    if new_recovery_key or keys.recipient(app.database) is None:
        key = keys.make_recovery(settings.keys, settings.home, app.database)
    state = keys.state(settings.keys, settings.home, app.database)
    data: dict[str, Any] = {
        "home": str(settings.home),
        "database": app.database.place,
        "key": state.place if state else None,
        "recovery_key": key,
        "resume": _skeleton(app),
        "imported": imported.data if imported else None,
        "taxonomies": [name for name, _, _ in Shelf(settings.home).marks()],
    }

    def show(screen: Screen) -> None:
        from rich.markup import escape

        if imported:
            imported.show(screen)
            screen.print()
        for name in ("home", "database", "key", "resume"):
            if data[name]:
                screen.print(f"  {name:<9} {escape(str(data[name]))}")
        show_recovery(screen, key)
        screen.print()
        first = "" if data["resume"] is None else "jobbot import resume YOUR-CV  then  "
        screen.print(f"Next:  {first}jobbot ingest greenhouse --company NAME  then  jobbot match")
        if not data["taxonomies"]:
            screen.print(
                "Have ESCO or O*NET on disk?  jobbot taxonomy import esco PATH  (more names, languages and titles)"
            )

    return Answer(data, show)


def _import(ctx: typer.Context, source: Path) -> Answer:
    """As `jobbot import resume` does it."""
    from jobbot.features.profile.cli import import_resume

    return import_resume(ctx, source)


def _skeleton(app: App) -> str | None:
    """A JSON Resume to fill in, where there is no profile yet; an existing file is left alone."""
    from jobbot.features.profile.edit import SKELETON
    from jobbot.features.profile.resume import dump
    from jobbot.platform.storage import Artefacts

    if app.profiles.find() is not None:
        return None
    place = app.settings.home / RESUME_FILE
    if not place.exists():
        Artefacts(app.settings.home).put(RESUME_FILE, dump(SKELETON).encode())
    return str(place)
