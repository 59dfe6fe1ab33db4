"""Shapes of sessions and tokens, as the API describes them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from jobbot.platform.http.shapes import NO_NUL, Shape, Short


class Redeemed(Shape):
    token: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NO_NUL)] = Field(
        description="From the link of `jobbot serve` (after #token=), or a token for scripts"
    )


class SessionShape(Shape):
    """Who is signed in and until when at the latest; `machine` for a Bearer token."""

    user: str
    machine: bool
    expires_at: str | None


class TokenShape(Shape):
    id: str
    label: str
    created_at: str | None
    seen_at: str | None
    expires_at: str | None


class NewToken(TokenShape):
    """`token` is shown this once."""

    token: str


class TokenPage(Shape):
    items: list[TokenShape]
    next: None


class TokenWanted(Shape):
    label: Short = Field(min_length=1, description="What it is for, so that you know it again")


class Ended(Shape):
    ended: bool
