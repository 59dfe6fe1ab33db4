"""The built web app: its files, the policy of each page by the hashes of its own scripts, and what is served when.

Everything is read once, so an address can only name a file that was built, never a path.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import mimetypes
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

FOREVER = "public, max-age=31536000, immutable"
"""For files whose name holds a hash of their content."""
ASK = "no-cache"
HASHED = "/_next/static/"
MISSING = "404.html"
INDEX = "index.html"
_SCRIPT = re.compile(r"<script(?![^>]*\ssrc\s*=)[^>]*>(.*?)</script\s*>", re.I | re.S)
_STYLE = re.compile(r"<style[^>]*>(.*?)</style\s*>", re.I | re.S)
_ATTRIBUTE = re.compile(r"<[a-z][^<>]*?\sstyle\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.I)
_TRUSTED = "require-trusted-types-for 'script'; trusted-types default"
"""Text becomes a script's address, markup or code only through the one policy that `first.js` of the pages makes."""
_TEXT = ("text/", "application/javascript", "application/json", "application/manifest+json", "image/svg+xml")
_KINDS = {".js": "text/javascript", ".webmanifest": "application/manifest+json", ".woff2": "font/woff2"}
UNBUILT = (
    "<!doctype html><html lang=en><meta charset=utf-8><title>jobbot</title><h1>The web app is not built here</h1>"
    "<p>The API works. <code>./run demo</code> builds the pages where Node 20 or newer is installed.</p>"
)


def find() -> Path | None:
    """The folder of the built web app: in the package, else in the checkout; None where there is none."""
    inside = Path(str(files("jobbot.delivery.api"))) / "static"
    checkout = Path(__file__).resolve().parents[4] / "web" / "out"
    return next((folder for folder in (inside, checkout) if (folder / INDEX).is_file()), None)


def policy(page: str) -> str:
    """The Content-Security-Policy of a page: our own files, and the inline parts that stand in it by their hashes."""
    scripts = _hashes(_SCRIPT.findall(page))
    attributes = [html.unescape(one or other) for one, other in _ATTRIBUTE.findall(page)]
    styles = _hashes([*_STYLE.findall(page), *attributes])
    unsafe = " 'unsafe-hashes'" if attributes else ""
    return (
        f"default-src 'none'; script-src 'self'{scripts}; style-src 'self'{unsafe}{styles}; img-src 'self' blob:; "
        "connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
        f"base-uri 'none'; frame-ancestors 'none'; object-src 'none'; {_TRUSTED}"
    )


def _hashes(parts: Iterable[str]) -> str:
    digests = (base64.b64encode(hashlib.sha256(part.encode()).digest()).decode() for part in parts)
    return "".join(f" 'sha256-{digest}'" for digest in dict.fromkeys(digests))


@dataclass(frozen=True)
class Asset:
    """A file as it is sent."""

    data: bytes
    kind: str
    headers: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.data).hexdigest()[:32]}"'

    @cached_property
    def small(self) -> bytes:
        """The same, compressed."""
        return gzip.compress(self.data, 6, mtime=0)

    def answer(self, asked: Headers, status: int = 200) -> Response:
        head = {**self.headers, "ETag": self.etag, "Vary": "Accept-Encoding"}
        if status == 200 and asked.get("if-none-match") == self.etag:
            return Response(status_code=304, headers=head)
        if self.kind.startswith(_TEXT) and "gzip" in asked.get("accept-encoding", ""):
            return Response(self.small, status, {**head, "Content-Encoding": "gzip"}, self.kind)
        return Response(self.data, status, head, self.kind)


def read(folder: Path | None) -> dict[str, Asset]:
    """Every file of a built web app by its address: `/jobs` is `jobs.html` or `jobs/index.html`."""
    found: dict[str, Asset] = {}
    for path in sorted(folder.rglob("*")) if folder else ():
        if path.is_file() and not path.is_symlink():
            name = "/" + path.relative_to(folder or path).as_posix()
            for address in _addresses(name):
                found.setdefault(address, _asset(path, name))
    return found


def _addresses(name: str) -> tuple[str, ...]:
    if name.endswith("/" + INDEX):
        short = name.removesuffix(INDEX)
        return (name, short, short.rstrip("/") or "/")
    return (name, name.removesuffix(".html")) if name.endswith(".html") else (name,)


def _asset(path: Path, name: str) -> Asset:
    data = path.read_bytes()
    kind = _KINDS.get(path.suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    headers = {"Cache-Control": FOREVER if name.startswith(HASHED) else ASK}
    if kind == "text/html":
        headers["Content-Security-Policy"] = policy(data.decode())
    return Asset(data, kind, headers)


class Pages:
    """What answers an address that no operation has: a page, or the page that says there is none."""

    def __init__(self, assets: Mapping[str, Asset], otherwise: ASGIApp) -> None:
        self._assets = assets
        self._otherwise = otherwise

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith("/api/") or scope["method"] not in ("GET", "HEAD"):
            await self._otherwise(scope, receive, send)
            return
        await self._answer(scope["path"], Headers(scope=scope))(scope, receive, send)

    def _answer(self, path: str, asked: Headers) -> Response:
        if asset := self._assets.get(path):
            return asset.answer(asked)
        if missing := self._assets.get(f"/{MISSING}"):
            return missing.answer(asked, 404)
        return Response(UNBUILT, 404, media_type="text/html")
