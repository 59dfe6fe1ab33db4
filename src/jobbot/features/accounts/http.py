"""`/auth`: opening a session with a one-time link, tokens for scripts, ending both."""

from __future__ import annotations

from typing import Annotated, Protocol

from fastapi import APIRouter, Depends, Path, Request

from jobbot.features.accounts.answers import Ended, NewToken, Redeemed, SessionShape, TokenPage, TokenWanted
from jobbot.features.accounts.enter import Sessions
from jobbot.features.accounts.model import LIFE, Kind
from jobbot.kernel.clock import iso
from jobbot.platform.http.caller import Policy
from jobbot.platform.http.once.run import OneTime
from jobbot.platform.http.reply import Reply
from jobbot.platform.http.route import SESSION, cookie_name, policy, router
from jobbot.platform.http.wired import Me, wired


class App(Protocol):
    """The part of the wired program that this slice uses."""

    @property
    def sessions(self) -> Sessions: ...


Parts = Annotated[App, Depends(wired)]
ROUTES: APIRouter = router("auth")
BROWSER = policy(Policy.BROWSER)


@ROUTES.post(
    "/auth/session",
    response_model=SessionShape,
    openapi_extra=policy(Policy.PUBLIC),
)
def open_session(request: Request, parts: Parts, body: Redeemed) -> Reply:
    """Spend a one-time link for a session, kept in a cookie that no script can read. A session before it ends.

    The answer is never kept under the idempotency key: a link opens one session.
    """
    secret, made = parts.sessions.redeem(body.token, "browser")
    parts.sessions.forget(request.cookies.get(cookie_name(request), ""))
    reply = Reply({"user": made.user, "machine": False, "expires_at": iso(made.expires_at)})
    _set(reply, request, secret)
    return reply


@ROUTES.delete("/auth/session", response_model=Ended, openapi_extra=BROWSER)
def end_session(request: Request, parts: Parts, me: Me) -> Reply:
    """End this session. The browser forgets everything it kept of jobbot."""
    parts.sessions.end(me.credential, me.user, Kind.BROWSER)
    reply = Reply({"ended": True}, headers={"Clear-Site-Data": '"cache", "storage"'})
    reply.delete_cookie(cookie_name(request), secure=request.url.scheme == "https", httponly=True, samesite="strict")
    return reply


@ROUTES.get("/auth/me", response_model=SessionShape, openapi_extra=SESSION)
def who_am_i(parts: Parts, me: Me) -> Reply:
    """Who is signed in."""
    kind = Kind.MACHINE if me.machine else Kind.BROWSER
    until = parts.sessions.until(me.credential, me.user, kind)
    return Reply({"user": me.user, "machine": me.machine, "expires_at": iso(until)})


@ROUTES.get("/auth/tokens", response_model=TokenPage, openapi_extra=BROWSER)
def list_tokens(parts: Parts, me: Me) -> Reply:
    """Tokens for scripts, newest first, without their secrets."""
    return Reply({"items": [one.as_dict() for one in parts.sessions.tokens(me.user)], "next": None})


@ROUTES.post("/auth/tokens", response_model=NewToken, status_code=201, openapi_extra=BROWSER)
def make_token(parts: Parts, me: Me, once: OneTime, body: TokenWanted) -> Reply:
    """A token for scripts, good for a year. It is shown this once."""

    def work() -> dict[str, str | None]:
        secret, made = parts.sessions.issue(Kind.MACHINE, body.label, me.user)
        return {**made.as_dict(), "token": secret}

    return once(work, status=201)


@ROUTES.delete("/auth/tokens/{id}", response_model=Ended, openapi_extra=BROWSER)
def end_token(parts: Parts, me: Me, once: OneTime, key: Annotated[str, Path(alias="id", max_length=64)]) -> Reply:
    """End a token and every session that was opened with it."""

    def work() -> dict[str, bool]:
        parts.sessions.end(key, me.user, Kind.MACHINE)
        return {"ended": True}

    return once(work)


def _set(reply: Reply, request: Request, secret: str) -> None:
    reply.set_cookie(
        cookie_name(request),
        secret,
        max_age=int(LIFE[Kind.BROWSER].total_seconds()),
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )
