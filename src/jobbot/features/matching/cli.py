"""The command `match`."""

from __future__ import annotations

from typing import Annotated, Protocol, cast

import typer

from jobbot.features.matching import show
from jobbot.features.matching.asked import MOST, wishes_of
from jobbot.features.matching.match import Matcher
from jobbot.features.profile.store import ProfileStore
from jobbot.kernel.answer import Answer


class App(Protocol):
    """The part of the wired program that this slice uses."""

    @property
    def profiles(self) -> ProfileStore: ...
    @property
    def matcher(self) -> Matcher: ...


def match(
    ctx: typer.Context,
    role: Annotated[list[str] | None, typer.Option(help="A role you want; may be given again")] = None,
    location: Annotated[list[str] | None, typer.Option(help="A town, area, country or region; again for more")] = None,
    remote: Annotated[bool, typer.Option("--remote", help="Remote work (with --location: there, or remote)")] = False,
    min_salary: Annotated[float | None, typer.Option(help="Salary floor", min=0)] = None,
    currency: Annotated[str | None, typer.Option(help="Of the floor (default: that of where you live)")] = None,
    per: Annotated[str, typer.Option(help="Of the floor: hour, day, week, month or year")] = "year",
    limit: Annotated[int, typer.Option(help="How many to show", min=1, max=MOST)] = 10,
    strict: Annotated[bool, typer.Option("--strict", help="Drop what misses a wish, do not list it last")] = False,
    persona: Annotated[str, typer.Option(help="Which of your profiles")] = "default",
    explain: Annotated[bool, typer.Option("--explain", help="Show the ledger, quotes and what would help")] = False,
) -> Answer:
    """Rank the stored postings for your profile. Every score is a sum of named rows, each with its reason.

    Wishes (role, location, remote, salary) mark what misses them and list it last; --strict drops it.
    """
    app = cast(App, ctx.obj)
    wishes = wishes_of(role, location, remote=remote, min_salary=min_salary, currency=currency, per=per, strict=strict)
    found = app.matcher.match(app.profiles.current(persona=persona), wishes, limit)
    data = [one.as_dict() for one in found]
    return Answer(data, lambda screen: show.draw(screen, found, explain=explain))
