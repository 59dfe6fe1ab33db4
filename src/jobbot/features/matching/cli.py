"""The commands `match` and `prefer`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Protocol, cast

import typer

from jobbot.features.matching import show
from jobbot.features.matching.asked import MOST, wishes_of
from jobbot.features.matching.match import Matcher
from jobbot.features.matching.preferences import NONE, Preferences
from jobbot.features.matching.preferences.model import with_avoided, with_employer, with_points
from jobbot.features.matching.preferences.show import draw as draw_preferences
from jobbot.features.matching.preferences.show import shown
from jobbot.features.matching.preferences.store import PreferenceStore
from jobbot.features.profile.store import ProfileStore
from jobbot.kernel.answer import Answer
from jobbot.kernel.errors import InvalidInput


class App(Protocol):
    """The part of the wired program that this slice uses."""

    @property
    def profiles(self) -> ProfileStore: ...
    @property
    def matcher(self) -> Matcher: ...
    @property
    def preferences(self) -> PreferenceStore: ...


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


def show_preferences(ctx: typer.Context) -> Answer:
    """What you weigh, block and avoid; nothing chosen is the shipped score.

    Example: jobbot prefer show
    """
    return _preferred(cast(App, ctx.obj).preferences.of())


def prefer_weights(
    ctx: typer.Context,
    points: Annotated[
        list[str] | None, typer.Argument(metavar="SIGNAL=POINTS...", help="As in pay=10 recency=0")
    ] = None,
    reset: Annotated[bool, typer.Option("--reset", help="Back to the shipped weights first")] = False,
) -> Answer:
    """Change how much each signal counts; all are scaled so that they sum to 100 again.

    Example: jobbot prefer weights pay=10 place=15
    """
    if not points and not reset:
        raise InvalidInput("which weight? As in `jobbot prefer weights pay=10`, or --reset for the shipped ones")
    given = dict(_one_weight(item) for item in points or ())

    def changed(held: Preferences) -> Preferences:
        return with_points(replace(held, points={}) if reset else held, given)

    return _changed(ctx, changed)


def prefer_employer(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="The employer, however it writes its name")],
    block: Annotated[bool | None, typer.Option("--block/--unblock", help="Leave it out of `match`")] = None,
    prestige: Annotated[int | None, typer.Option(min=1, max=10, help="Your own number, 1 to 10")] = None,
    forget: Annotated[bool, typer.Option("--forget", help="Drop all that you said of it")] = False,
) -> Answer:
    """Block an employer, or give it your own number; a number counts as a row of the score.

    Example: jobbot prefer employer "Acme GmbH" --block
    """
    if block is None and prestige is None and not forget:
        raise InvalidInput("what of this employer? --block, --unblock, --prestige 1 to 10, or --forget")
    return _changed(ctx, lambda held: with_employer(held, name, blocked=block, prestige=prestige, forget=forget))


def prefer_avoid(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(help="Words or phrases, each in quotes")],
    forget: Annotated[bool, typer.Option("--forget", help="Avoid them no longer")] = False,
) -> Answer:
    """Words that mark a posting and list it last, with the quote; `match --strict` drops it.

    Example: jobbot prefer avoid "night shift" gambling
    """
    return _changed(ctx, lambda held: with_avoided(held, words, forget=forget))


def reset_preferences(ctx: typer.Context) -> Answer:
    """Forget all of it: the shipped weights, nobody blocked, nothing avoided.

    Example: jobbot prefer reset
    """
    return _changed(ctx, lambda _held: NONE)


def _one_weight(item: str) -> tuple[str, float]:
    name, _, value = item.partition("=")
    try:
        return name.strip().lower(), float(value)
    except ValueError:
        raise InvalidInput(f"{item!r}: a signal and its points, as in pay=10") from None


def _changed(ctx: typer.Context, how: Callable[[Preferences], Preferences]) -> Answer:
    return _preferred(cast(App, ctx.obj).preferences.change(how))


def _preferred(held: Preferences) -> Answer:
    return Answer(shown(held), lambda screen: draw_preferences(screen, held))


PREFER = {
    "show": show_preferences,
    "weights": prefer_weights,
    "employer": prefer_employer,
    "avoid": prefer_avoid,
    "reset": reset_preferences,
}
