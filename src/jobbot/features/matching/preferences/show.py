"""Preferences as data and on a screen."""

from __future__ import annotations

from typing import Any

from jobbot.features.matching.preferences.model import Preferences
from jobbot.features.matching.weights import OFFERED, WEIGHTS
from jobbot.kernel.answer import Screen


def shown(held: Preferences) -> dict[str, Any]:
    """`weights` has a row per signal: the points that count (all sum to 100), the shipped ones, and the own ones."""
    counting = held.weights()
    rows = [
        {
            "signal": name,
            "points": round(counting[name].points, 2) if name in counting else 0.0,
            "shipped": WEIGHTS[name].points if name in WEIGHTS else 0.0,
            "own": held.points.get(name),
        }
        for name in (*WEIGHTS, *OFFERED)
    ]
    data = held.as_dict()
    return {"weights": rows, "employers": data["employers"], "avoid": data["avoid"]}


def draw(screen: Screen, held: Preferences) -> None:
    """A table of weights, then employers and words."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for heading, side in (("signal", "left"), ("counts", "right"), ("shipped", "right"), ("your points", "right")):
        table.add_column(heading, justify=side)  # type: ignore[arg-type]
    for row in shown(held)["weights"]:
        own = "" if row["own"] is None else f"{row['own']:g}"
        table.add_row(row["signal"], f"{row['points']:.1f}", f"{row['shipped']:g}", own)
    screen.print(table)
    for one in held.employers.values():
        said = ["blocked"] if one.blocked else []
        said += [f"prestige {one.prestige} of 10"] if one.prestige else []
        screen.print(Text(f"{one.name}: {', '.join(said) or 'nothing said'}"))
    if held.avoid:
        screen.print(Text("avoid: " + ", ".join(held.avoid)))
    if not held.points and not held.employers and not held.avoid:
        screen.print(Text("Nothing chosen: this is the shipped score.", style="dim"))
