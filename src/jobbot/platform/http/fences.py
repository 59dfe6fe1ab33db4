"""The fences around everything: Host, Origin, Sec-Fetch-Site, odd addresses, and the headers of every answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from jobbot.kernel.errors import InvalidInput, JobbotError
from jobbot.platform.http.body import UNSAFE
from jobbot.platform.http.problems import Note, WrongPlace, bug, response

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""The policy of an answer that is no page."""
ALWAYS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()",
    "X-Frame-Options": "DENY",
}
_BEGUN = "answer_begun"
TLS = "max-age=31536000"


@dataclass(frozen=True, slots=True)
class Origins:
    """Where this server may be called: loopback on its own port, and a public address if one is set."""

    public: str = ""

    def hosts(self, port: int) -> frozenset[str]:
        """What the Host header may be."""
        return frozenset(_with_default(origin) for origin in self._all(port))

    def allows(self, origin: str, port: int) -> bool:
        return origin.lower() in self._all(port)

    def mark(self, scope: Scope) -> None:
        """What came through the public address came over TLS, whatever the proxy spoke to us."""
        if self.public and Headers(scope=scope)["host"].lower() == _with_default(self.public.rstrip("/").lower()):
            scope["scheme"] = "https"

    def _all(self, port: int) -> Iterable[str]:
        own = [f"http://{host}{'' if port == 80 else f':{port}'}" for host in LOOPBACK]
        return [*own, self.public.rstrip("/").lower()] if self.public else own


def _with_default(origin: str) -> str:
    return origin.partition("://")[2]


class Fences:
    """Refuses what was not meant for this server before anything reads it. `scope["server"]` knows the port."""

    def __init__(self, app: ASGIApp, origins: Origins, note: Note) -> None:
        self._app = app
        self._origins = origins
        self._note = note

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        guarded = _dressed(send, scope)
        try:
            self._judge(scope)
            self._origins.mark(scope)
        except JobbotError as error:
            await response(error)(scope, receive, guarded)
            return
        try:
            await self._app(scope, receive, guarded)
        except Exception as error:  # the last fence: a bug becomes an answer without personal data
            if scope["state"].get(_BEGUN):
                raise
            await bug(scope, error, self._note)(scope, receive, guarded)

    def _judge(self, scope: Scope) -> None:
        headers, port = Headers(scope=scope), (scope.get("server") or ("", 0))[1] or 0
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self._origins.hosts(port):
            raise WrongPlace("the Host header names another server; use the address that `jobbot serve` printed")
        origin = headers.get("origin")
        if origin is not None and not self._origins.allows(origin, port):
            raise WrongPlace("this request comes from another site's page, and only jobbot's own pages may ask")
        if b"%00" in scope.get("query_string", b"") or "\x00" in scope["path"]:
            raise InvalidInput("a NUL character in the address")
        if scope["path"].startswith("/api/"):
            _same_site(scope, headers, origin)


def _same_site(scope: Scope, headers: Headers, origin: str | None) -> None:
    """A browser says where a request comes from. What changes something with a cookie must come from our own pages."""
    site = headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        raise WrongPlace("this request comes from another site's page, and only jobbot's own pages may ask")
    by_cookie = "cookie" in headers and "authorization" not in headers
    if scope["method"] in UNSAFE and by_cookie and site is None and origin is None:
        raise WrongPlace(
            "neither Origin nor Sec-Fetch-Site says that this comes from jobbot's own page; scripts send a Bearer token"
        )


def _dressed(send: Send, scope: Scope) -> Send:
    scope.setdefault("state", {})

    async def dressed(message: Message) -> None:
        if message["type"] == "http.response.start":
            scope["state"][_BEGUN] = True
            headers = MutableHeaders(scope=message)
            for name, value in ALWAYS.items():
                headers.setdefault(name, value)
            headers.setdefault("Content-Security-Policy", NOTHING)
            headers.setdefault("Cache-Control", "no-store")
            if scope.get("scheme") == "https":
                headers.setdefault("Strict-Transport-Security", TLS)
        await send(message)

    return dressed
