"""Who calls, and the seam through which a request is let in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Protocol

from jobbot.kernel.errors import YoursToFix
from jobbot.kernel.ids import UserId


class Policy(StrEnum):
    """Who may use an operation; every operation declares one as `x-policy`."""

    PUBLIC = "public"
    """Anybody who reaches the port."""
    SESSION = "session"
    """A browser session or a machine token."""
    BROWSER = "browser"
    """A browser session only: a token for a script cannot make or end other credentials."""


@dataclass(frozen=True, slots=True)
class Caller:
    """The user behind a request and the id of the credential that was shown; `machine` for a Bearer token."""

    user: UserId
    credential: str
    machine: bool


class Unauthenticated(YoursToFix):
    """No session and no token, or one that is unknown, expired or ended."""

    type: ClassVar[str] = "urn:jobbot:unauthenticated"
    title: ClassVar[str] = "Sign in first"
    status: ClassVar[int] = 401


class Door(Protocol):
    """Knows sessions and machine tokens."""

    def at_once(self, secret: str, *, machine: bool) -> Caller | None:
        """The same without waiting for anything; None where that cannot be."""

    def admit(self, secret: str, *, machine: bool) -> Caller:
        """The caller behind a secret. Raises Unauthenticated."""
