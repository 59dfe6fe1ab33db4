"""Operations: doctor, backup, restore, ledger, db."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jobbot.bootstrap import App
from jobbot.kernel.answer import Answer, Screen
from jobbot.kernel.errors import InvalidInput, NotFound

if TYPE_CHECKING:
    from sqlalchemy import Connection

_BATCH = 500


def doctor(ctx: typer.Context) -> Answer:
    """Check the installation: versions, database, key, file modes, space, encoder, sources, network, backup.

    Exit code 0 when everything is in order, 1 otherwise. Changes nothing.
    """
    from jobbot.delivery.cli import checks

    found = list(checks.run(ctx.obj))

    def show(screen: Screen) -> None:
        from rich.table import Table

        table = Table(box=None, show_header=False, pad_edge=False)
        for check in found:
            table.add_row("[green]ok[/]" if check.ok else "[bold red]!![/]", check.name, _plain(check.detail))
        screen.print(table)

    return Answer({"checks": [check.as_dict() for check in found]}, show, int(not all(check.ok for check in found)))


def backup(
    ctx: typer.Context,
    output: Annotated[Path | None, typer.Option(help="File to write; default: backups/ in the data directory")] = None,
) -> Answer:
    """Write one encrypted file with everything that is yours, and read it back before it counts.

    Only the recovery key opens it. Keep file and key away from this machine, and not together.
    """
    from jobbot.platform.storage import keys
    from jobbot.platform.storage.backup import KEPT, back_up

    app: App = ctx.obj
    home, settings = app.settings.home, app.settings
    fresh = None
    if keys.recipient(app.database) is None:
        fresh = keys.make_recovery(settings.keys, home, app.database)
    recipient = keys.recipient(app.database) or ""
    outputs = settings.path(settings.paths.outputs)
    made = back_up(app.database, home, outputs, recipient, app.clock, target=output, report=app.report)

    def show(screen: Screen) -> None:
        contents = made.as_dict()["contents"]
        screen.print(f"[green]Backup written and read back:[/] {_plain(made.file)}")
        screen.print(
            f"  {sum(contents['rows'].values())} rows, {contents['bytes'] / 2**20:.1f} MiB, sha256 {made.sha256}"
        )
        if made.file.is_relative_to(home):
            screen.print("  It lies beside the data it protects: copy it to another disk.")
        if made.removed:
            screen.print(f"  {len(made.removed)} older than the newest {KEPT} removed: {', '.join(made.removed)}")
        show_recovery(screen, fresh)

    return Answer({**made.as_dict(), "recovery_key": fresh}, show)


def restore(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="The backup")],
    key_file: Annotated[
        Path | None, typer.Option(help="File with the recovery key (or JOBBOT_RECOVERY_KEY_FILE)")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Only open and check it; place nothing")] = False,
) -> Answer:
    """Restore a backup into an empty data directory (--home), checked in full before anything is placed.

    The data gets a new key in this machine's key home. A wrong key, a damaged file, a newer schema or a directory
    that is not empty is refused, and nothing is changed.
    """
    from jobbot.platform.storage.restore import Target
    from jobbot.platform.storage.restore import restore as bring_back

    app: App = ctx.obj
    settings = app.settings
    target = Target(settings.home, settings.path(settings.paths.database), settings.server.database_url)
    identity = _recovery_key(key_file, settings.keys.recovery_key_file)
    if check:
        return _checked(file.expanduser(), identity)
    done = bring_back(file.expanduser(), identity, settings.keys, target, derive=_index_postings, report=app.report)

    def show(screen: Screen) -> None:
        screen.print(
            f"[green]Restored[/] {sum(done.manifest.counts.values())} rows and {done.as_dict()['files']} files"
        )
        screen.print(f"  from {done.manifest.created_at} into {_plain(done.home)}")
        screen.print(f"  the key is now in: {_plain(done.key.place)}")

    return Answer(done.as_dict(), show)


def ledger(
    ctx: typer.Context,
    limit: Annotated[int, typer.Option(min=1, help="Newest entries first, at most this many")] = 100,
    host: Annotated[str, typer.Option(help="Only hosts whose name has this in it")] = "",
    allowed: Annotated[
        bool | None, typer.Option("--allowed/--refused", help="Only what left, or only what was refused")
    ] = None,
) -> Answer:
    """Everything that left this machine: when, to which host, why, how much. Never what was in it."""
    from jobbot.platform.safety.ledger import EgressLedger

    app: App = ctx.obj
    rows = EgressLedger(app.database).rows(limit, host=host, allowed=allowed)

    def show(screen: Screen) -> None:
        from rich.table import Table

        table = Table("at", "host", "purpose", "out", "in", "allowed", box=None)
        for row in rows:
            table.add_row(
                str(row["at"]), row["host"], row["purpose"], str(row["bytes_out"]), str(row["bytes_in"]),
                "yes" if row["allowed"] else "[red]refused[/]",
            )  # fmt: skip
        nothing = "Nothing has left this machine."
        screen.print(table if rows else "Nothing of that kind." if host or allowed is not None else nothing)

    return Answer(rows, show)


def migrate(ctx: typer.Context) -> Answer:
    """Bring the database to this program's schema; one with data is copied to backups/ first.

    Every command does this by itself; run it alone after an update to see that it works.
    """

    app: App = ctx.obj
    database = app.database  # opening migrates
    data = {"database": database.place, "schema": database.schema()}

    def show(screen: Screen) -> None:
        screen.print(f"{_plain(data['database'])} is at {data['schema']}")

    return Answer(data, show)


DB = {"migrate": migrate}


def show_recovery(screen: Screen, key: str | None) -> None:
    """Show a recovery key, the only time it is seen."""
    if key is None:
        return
    screen.print()
    screen.print("[bold]Your recovery key, shown this once:[/]")
    screen.print(f"  [bold yellow]{key}[/]")
    screen.print("  Write it down or put it in a password manager, not in the data directory.")
    screen.print("  It opens your backups when this machine or its key is gone. Nobody can give you another.")


def _checked(file: Path, identity: str) -> Answer:
    """What a restore would find; works beside the backup, leaves nothing there."""
    from jobbot.platform.storage.restore import look_into

    manifest = look_into(file, identity)
    rows = sum(manifest.counts.values())
    data = {
        "file": str(file),
        "app": manifest.app,
        "schema": manifest.schema,
        "created_at": manifest.created_at,
        "rows": dict(manifest.counts),
        "files": len(manifest.members) - 1,
    }

    def show(screen: Screen) -> None:
        screen.print(f"[green]The key opens it and everything is whole:[/] {_plain(file)}")
        screen.print(f"  {rows} rows and {data['files']} files of {manifest.created_at}, jobbot {manifest.app}")

    return Answer(data, show)


def _index_postings(connection: Connection) -> None:
    """PostgreSQL: the words of all postings, from the postings that were just put there."""
    from sqlalchemy import bindparam, text

    from jobbot.features.sources.search import POSTGRES_INDEX

    ids = list(connection.execute(text("SELECT id FROM postings ORDER BY number")).scalars())
    statement = text(POSTGRES_INDEX).bindparams(bindparam("ids", expanding=True))
    for start in range(0, len(ids), _BATCH):
        connection.execute(statement, {"ids": ids[start : start + _BATCH]})


def _recovery_key(option: Path | None, setting: str) -> str:
    path = option or (Path(setting) if setting else None)
    if path is None:
        raise InvalidInput("which recovery key? Name its file with --key-file or JOBBOT_RECOVERY_KEY_FILE")
    try:
        return path.expanduser().read_text("utf-8")
    except FileNotFoundError:
        raise NotFound(f"there is no key file {path}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"the key file {path} cannot be read ({type(error).__name__})") from None


def _plain(text: Any) -> str:
    """For rich: brackets of a path are no markup."""
    from rich.markup import escape

    return escape(str(text))
