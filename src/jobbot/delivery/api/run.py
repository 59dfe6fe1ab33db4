"""The server process: binds first, says where it is, serves until it is told to stop."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread, current_thread, main_thread
from typing import Any

import uvicorn

from jobbot.bootstrap import App
from jobbot.delivery.api.app import create_app
from jobbot.delivery.api.pages import find
from jobbot.delivery.log import open_log
from jobbot.delivery.worker.loop import Background
from jobbot.kernel.errors import Failed, InvalidInput, RefusedByPolicy
from jobbot.platform.http.problems import Incident

LOOPBACK = ("127.0.0.1", "::1", "localhost")
GRACE_SECONDS = 5
_QUEUE = 128
_NO_DELAY = (6, 1)
"""IPPROTO_TCP, TCP_NODELAY, inherited by every connection: asyncio sets it only on sockets that name their protocol,
and without it an answer of two writes waits 40 ms for the other side's acknowledgement."""


class Server(uvicorn.Server):
    """Ends quietly on Ctrl-C and SIGTERM: what is being answered is answered first, if that takes no longer than
    `GRACE_SECONDS`. `ending` is called as soon as it is to end."""

    def __init__(self, config: uvicorn.Config, ending: Callable[[], None]) -> None:
        super().__init__(config)
        self._ending = ending

    async def shutdown(self, sockets: list[Any] | None = None) -> None:
        self._ending()
        await super().shutdown(sockets)

    def run_here(self, bound: Any) -> bool:
        """Serve until told to end. False where a thread is still at an answer, which is not waited for any longer."""
        loop = asyncio.new_event_loop()
        loop.set_exception_handler(lambda *_: None)  # what is left behind here may hold personal data
        loop.run_until_complete(self.serve(sockets=[bound]))
        left = loop.run_until_complete(_cancelled())
        if not left:
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.close()
        return not left

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        if current_thread() is not main_thread():
            yield
            return
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


async def _cancelled() -> bool:
    """Cancel what is still under way. Whether something is left: a thread cannot be cancelled."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    return bool(others and (await asyncio.wait(others, timeout=0.5))[1])


class Running:
    """A bound server: `port` is known, `run` serves until a signal or `stop`."""

    def __init__(self, app: App, host: str, port: int) -> None:
        check(host, app.settings.server.public_url)
        web = create_app(app, public_url=app.settings.server.public_url, folder=find(), note=_noted(app))
        config = uvicorn.Config(
            web,
            host=host,
            port=port,
            log_config=None,
            log_level=logging.CRITICAL + 1,  # a traceback may hold personal data; failures are noted by place and id
            access_log=False,
            server_header=False,
            proxy_headers=False,
            lifespan="off",
            ws="none",
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
        self._background = Background(app.settings, app.clock)
        self._ending: Event = web.state.ending
        self._server = Server(config, self._end)
        self._socket: Any = _bound(config)
        self._warm: Callable[[], object] = lambda: web.state.parts.matcher
        self.host, self.port = host, self._socket.getsockname()[1]

    @property
    def url(self) -> str:
        """Where a browser on this machine finds it."""
        name = {"::1": "[::1]", "0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, self.host)  # noqa: S104
        return f"http://{name}:{self.port}/"

    def run(self) -> bool:
        """Serve and work in the background. False where something was still at work when the time was over: its
        transaction was not committed, its task is begun again by the next worker."""
        Thread(target=_warmed, args=(self._warm,), daemon=True, name="jobbot-warm").start()
        self._background.start()
        answered = self._server.run_here(self._socket)
        return self._background.stop() and answered

    def _end(self) -> None:
        self._ending.set()
        self._background.ask_to_stop()

    def stop(self) -> None:
        self._server.should_exit = True


def check(host: str, public_url: str) -> None:
    """Raises RefusedByPolicy for an address that others reach, without a public URL; InvalidInput for a bad one."""
    if public_url and not public_url.startswith("https://"):
        raise InvalidInput("server.public_url must begin with https:// (a proxy in front of jobbot speaks TLS)")
    if host not in LOOPBACK and not public_url:
        raise RefusedByPolicy(
            f"{host} can be reached by other machines; set server.public_url (JOBBOT_PUBLIC_URL) to the https address "
            "under which a proxy serves jobbot, or leave --host out to serve this machine alone"
        )


def _bound(config: uvicorn.Config) -> Any:
    try:
        bound = config.bind_socket()
    except SystemExit:
        raise Failed(
            f"{config.host} port {config.port} cannot be used, maybe because another program serves there; "
            "choose another with --port, or --port 0 for any that is free"
        ) from None
    bound.set_inheritable(False)
    bound.setsockopt(*_NO_DELAY, 1)
    bound.listen(_QUEUE)  # whoever reads the address may call at once
    return bound


def _noted(app: App) -> Callable[[Incident], None]:
    log = open_log(app.settings.path(app.settings.paths.logs))

    def note(incident: Incident) -> None:
        if incident.status >= 500:
            fields = {"error_id": incident.error_id, "status": incident.status, "error": incident.error}
            log.error("", extra={**fields, "command": "serve", "route": incident.route, "place": incident.place})

    return note


def _warmed(work: Callable[[], object]) -> None:
    """What is there by then stays for good: looking through all of it for garbage, again and again, would stop every
    answer for as long as fifty milliseconds."""
    _quietly(work)
    gc.collect()
    gc.freeze()


def _quietly(work: Callable[[], object]) -> None:
    """A head start only: what goes wrong here goes wrong again, and is told, when it is needed."""
    try:
        work()
    except Exception as error:
        logging.getLogger(__name__).debug(type(error).__name__)
