"""`jobbot serve`: the web app and the API on this machine."""

from __future__ import annotations

import os
from contextlib import suppress
from threading import Thread
from typing import Annotated

import typer

from jobbot.bootstrap import App
from jobbot.kernel.answer import Answer, Screen
from jobbot.kernel.errors import JobbotError

PORT = 8765
LAST_WORDS_SECONDS = 3.0


def serve(
    ctx: typer.Context,
    host: Annotated[str, typer.Option(help="Address to serve at; this machine alone unless you say otherwise")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(help="0 takes any that is free", min=0, max=65535)] = PORT,
) -> Answer:
    """Serve the web app and the API, work in the background, and print a link that opens it once. Ctrl-C stops it.

    With --json prints {url, token, link} first; the token is for scripts (Authorization: Bearer) and ends with the
    server. Other machines are served only with server.public_url set.
    """
    from jobbot.delivery.api.run import Running
    from jobbot.features.accounts.model import Kind
    from jobbot.kernel.ids import LOCAL_USER

    app: App = ctx.obj
    running = Running(app, host, port)
    secret, token = app.sessions.issue(Kind.MACHINE, "jobbot serve")
    once, _ = app.sessions.issue(Kind.LINK)
    base = app.settings.server.public_url.rstrip("/") + "/" if app.settings.server.public_url else running.url
    link = f"{base}#token={once}"

    def show(screen: Screen) -> None:
        screen.print(f"jobbot is at {base}")
        screen.print("This link opens it once, within ten minutes:")
        screen.print(f"  {link}", soft_wrap=True)
        screen.print("Ctrl-C stops it.")

    def end() -> None:
        with suppress(JobbotError):  # it ended before, as every token does when everything is erased
            app.sessions.end(token.id, LOCAL_USER, Kind.MACHINE)

    def then() -> int:
        try:
            clean = running.run()
        finally:
            ended = Thread(target=end, daemon=True)
            ended.start()
            ended.join(LAST_WORDS_SECONDS)  # another process may hold the database for longer than an end may take
        if not clean or ended.is_alive():
            os._exit(0)  # what is left would keep the parts from closing; nothing of it was acknowledged
        return 0

    return Answer({"url": running.url, "token": secret, "link": link}, show, then=then)
