"""Facts in lines of a terminal. Pure."""

from __future__ import annotations

from jobbot.features.places.model import Offsets, PlaceFact, RemoteScope
from jobbot.features.sources.facts.model import Facts

_MOST = 6


def lines(facts: Facts) -> list[str]:
    """One line for each kind of fact that is known, at most `_MOST` places."""
    told = [words for place in facts.places[:_MOST] if (words := _place(place))]
    if len(facts.places) > _MOST:
        told.append(f"and {len(facts.places) - _MOST} more places (--json has them all)")
    if facts.remote_scope:
        told.append(scope(facts.remote_scope))
    if facts.seniority:
        told.append(f"Level: {facts.seniority} (“{facts.seniority_words}”)")
    if facts.employment:
        told.append(f"Employment: {facts.employment.replace('_', ' ')}")
    return told


def _place(place: PlaceFact) -> str:
    named = dict.fromkeys(part for part in (place.city, place.metro, place.region, place.country) if part)
    if not named:
        return ""
    zone = f" · {place.time_zone}" if place.time_zone else ""
    doubt = f" (of “{place.raw}”: several places are called so)" if place.confidence == "unsure" else ""
    return f"Place: {', '.join(named)}{zone}{doubt}"


def scope(found: RemoteScope) -> str:
    """`Remote from DE, AT (“must be based in Germany or Austria”)`."""
    where = list(found.regions) or [", ".join(found.countries[:8])] if found.countries else []
    clock = [_clock(found.utc)] if found.utc else []
    from_ = "anywhere" if found.kind == "anywhere" else ", ".join(where)
    return f"Remote from {', '.join(part for part in (from_, *clock) if part)} (“{' '.join(found.quote.split())}”)"


def _clock(utc: Offsets) -> str:
    least, most = _offset(utc.least), _offset(utc.most)
    return least if least == most else f"{least} to {most}"


def _offset(hours: float) -> str:
    minutes = round(abs(hours) % 1 * 60)
    return f"UTC{'-' if hours < 0 else '+'}{int(abs(hours))}{f':{minutes:02}' if minutes else ''}"
