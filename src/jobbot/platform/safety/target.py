"""What a URL must look like before anything is resolved: one strict reading, for the check and for the wire alike."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from jobbot.kernel.errors import RefusedByPolicy
from jobbot.platform.safety.addresses import loopback

MAX_URL = 8_000

_PLAIN = re.compile(r"[!-\[\]-~]+")
"""Printable ASCII without blank and backslash."""
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_NAME = re.compile(rf"(?:{_LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])?")
_OWN_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})*|[0-9a-f:]+")


@dataclass(frozen=True, slots=True)
class Target:
    """Scheme, host and port in lower case, and the path with its query as it goes on the wire."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def url(self) -> str:
        return f"{self.origin}{self.path}"

    @property
    def origin(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = {"https": 443, "http": 80}[self.scheme]
        return f"{self.scheme}://{host}" + ("" if self.port == usual else f":{self.port}")

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the query's parameters, sorted, each once."""
        query = self.path.partition("?")[2]
        return tuple(sorted({unquote(part.partition("=")[0])[:40] for part in query.split("&") if part}))

    @property
    def is_loopback(self) -> bool:
        """By its name alone, so that an airplane switch needs no look-up."""
        return self.host == "localhost" or loopback(self.host)


def vendor_target(url: str, hosts: frozenset[str]) -> Target:
    """A URL a plugin asked for. Raises RefusedByPolicy unless it is plain https to an allowed host on port 443."""
    scheme, netloc, path = _split(url)
    if scheme != "https":
        raise _refused(url, f"{scheme or 'no'} scheme: sources are read over https only")
    if "@" in netloc:
        raise _refused(url, "a user name in the address")
    host, colon, port = netloc.partition(":")
    if colon and port != "443":
        raise _refused(url, f"port {port or 'missing'}: only 443 is allowed")
    host = host.lower()
    if not _NAME.fullmatch(host) or len(host) > 253:
        raise _refused(url, "not a plain host name (addresses, trailing dots and odd characters are refused)")
    if not allowed(host, hosts):
        raise _refused(url, f"{host} is not among the hosts of this source ({', '.join(sorted(hosts)) or 'none'})")
    return Target("https", host, 443, path)


def own_target(url: str) -> Target:
    """A URL of the owner's own settings: http or https, any host and port. Raises RefusedByPolicy."""
    scheme, netloc, path = _split(url)
    if scheme not in ("http", "https"):
        raise _refused(url, "only http and https addresses can be used")
    try:
        parts = urlsplit(f"{scheme}://{netloc}")
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        raise _refused(url, "not an address") from None
    if "@" in netloc or not _OWN_NAME.fullmatch(host):
        raise _refused(url, "a user name or odd characters in the address")
    return Target(scheme, host, port or {"https": 443, "http": 80}[scheme], path)


def allowed(host: str, hosts: frozenset[str]) -> bool:
    """Whether the allowlist names the host, or a `*.` entry covers it."""
    if host in hosts:
        return True
    return any(entry.startswith("*.") and entry.count(".") >= 2 and host.endswith(entry[1:]) for entry in hosts)


def _split(url: str) -> tuple[str, str, str]:
    """(scheme, netloc, path with query) of a URL that can be read in one way only."""
    if len(url) > MAX_URL or not _PLAIN.fullmatch(url):
        raise _refused(url[:200], "blanks, control characters, backslashes or non-ASCII (percent-encode them)")
    scheme, separator, rest = url.partition("://")
    if not separator:
        return scheme.partition(":")[0].lower(), "", ""
    if "#" in rest:
        raise _refused(url, "a # in the address cuts it short")
    end = re.search(r"[/?]|$", rest)
    position = end.start() if end else len(rest)
    netloc, path = rest[:position], rest[position:]
    path = path if path.startswith("/") else "/" + path
    segments = [unquote(unquote(part)) for part in path.partition("?")[0].split("/")]
    if any(part in (".", "..") or "/" in part or "\\" in part or "\x00" in part for part in segments):
        raise _refused(url, "dot segments or encoded slashes in the path")
    return scheme.lower(), netloc, path


def _refused(url: str, reason: str) -> RefusedByPolicy:
    shown = url.partition("?")[0].encode("ascii", "backslashreplace").decode("ascii")[:120]
    return RefusedByPolicy(f"request to {shown} refused: {reason}")
