"""`jobbot export`: everything of yours in one plain file, to take along."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jobbot.bootstrap import App
from jobbot.kernel.answer import Answer, Screen
from jobbot.kernel.ids import LOCAL_USER


def export(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="ZIP to write; it must not exist yet")],
) -> Answer:
    """Write everything of yours, opened, to one ZIP: every row as JSON, every document as it was made.

    Whoever has the file can read it. `jobbot backup` writes one that only your recovery key opens.
    """
    from jobbot.platform.storage.export import export as run

    app: App = ctx.obj
    made = run(app.scope, app.vault, app.records, LOCAL_USER, app.clock, file)

    def show(screen: Screen) -> None:
        from rich.markup import escape

        screen.print(f"[green]Written:[/] {escape(str(made.file))}", soft_wrap=True)
        screen.print(f"  {sum(made.rows.values())} rows of {len(made.rows)} tables and {made.documents} documents")
        screen.print("  It is plain: whoever has it can read it.")

    return Answer(made.as_dict(), show)
