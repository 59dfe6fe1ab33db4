"""Does the posting's place suit the candidate? One decision with its reason. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jobbot.features.matching.model import Wishes
from jobbot.features.matching.whereabouts import stated
from jobbot.features.places.fold import fold
from jobbot.features.places.gazetteer import countries, country_of
from jobbot.features.places.model import Offsets, RemoteScope
from jobbot.features.places.parse import Location, parse
from jobbot.features.places.place import Inside, Place, inside
from jobbot.features.places.scope import scope_of
from jobbot.kernel.text import Evidence


@dataclass(frozen=True, slots=True)
class PlaceVerdict:
    """`x` in [0,1] or None (unknown or no wish); `passed` None where nothing was wished or nothing can be said."""

    x: float | None
    passed: bool | None
    reason: str
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a posting is: its places, how one works there, and for remote work where one must live and at which hours.

    `anywhere`: the posting says that one may live wherever one likes.
    """

    places: tuple[Place, ...]
    remote: str | None
    scope: frozenset[str] | None
    shown: str
    evidence: Evidence | None = None
    anywhere: bool = False
    utc: Offsets | None = None


def scene(locations: Sequence[str], way: str | None, text: str = "", said: RemoteScope | None = None) -> Scene:
    """Places and remote scope of a posting. `said` is the scope that the posting carries, else it is read here; where
    neither names one, the countries of the places are taken for it."""
    read = [parse(line) for line in locations]
    places = tuple(dict.fromkeys(place for location in read for place in location.places))
    remote = way or _way(read)
    scope = frozenset(code for place in places for code in place.countries) or None
    evidence = None
    told = (said or scope_of(locations, "", text)) if remote == "remote" else None
    free = told is not None and told.kind == "anywhere"
    if told is not None and (told.countries or free):
        scope = frozenset(told.countries) or None
        evidence = Evidence(told.quote, told.start, told.end) if told.start is not None and told.end else None
    shown = "; ".join(locations) or "no place stated"
    if not locations and remote != "remote":
        places, evidence = stated(text)
        shown = f'no place stated; the text says "{evidence.quote}"' if evidence else shown
    return Scene(places, remote, scope, shown, evidence, free, told.utc if told else None)


def _way(read: Iterable[Location]) -> str | None:
    ways = [location.remote for location in read if location.remote]
    return next((way for way in ("remote", "hybrid", "onsite") if way in ways), None)


def judge(where: Scene, wishes: Wishes, home: Location) -> PlaceVerdict:
    """The best of the wished places; remote work counts where the candidate may live there."""
    wished = [parse(line) for line in wishes.locations]
    if not wished and not wishes.remote:
        return PlaceVerdict(None, None, "no place wished (--location, --remote)")
    if where.remote == "remote":
        verdict = _remote(where, wishes, wished, home)
        if verdict.passed is not False:
            return verdict
        near = _near(where, wished, wishes)
        return near if near.passed and len(where.places) > 1 else verdict
    if wishes.remote and not wished:
        return _not_remote(where)
    return _near(where, wished, wishes)


def _near(where: Scene, wished: list[Location], wishes: Wishes) -> PlaceVerdict:
    targets = [place for location in wished if location.remote != "remote" for place in location.places]
    if not targets:
        return _not_remote(where) if any(location.remote for location in wished) else _named(where, wishes)
    names = ", ".join(dict.fromkeys(target.name for target in targets))
    if not where.places:
        return PlaceVerdict(None, None, f"{where.shown}: names no place that is known")
    answers = [(inside(place, target), place, target) for place in where.places for target in targets]
    for kind, x in ((Inside.YES, 1.0), (Inside.MAYBE, 0.5)):
        for answer, place, target in answers:
            if answer is kind:
                how = f", {where.remote}" if where.remote else ""
                if kind is Inside.YES:
                    same = fold(place.name) == fold(target.name)
                    return PlaceVerdict(x, True, f"{place.name}{how}" + ("" if same else f", within {target.name}"))
                return PlaceVerdict(x, None, f"{place.name}{how}: may or may not include {target.name}")
    return PlaceVerdict(0.0, False, f"{where.shown} is not in {names}")


def _named(where: Scene, wishes: Wishes) -> PlaceVerdict:
    """For places that are not in the gazetteer (towns of fewer than 15,000): whether the posting names one."""
    for line in wishes.locations:
        if fold(line) and fold(line) in fold(where.shown):
            return PlaceVerdict(1.0, True, f"{where.shown} names {line}")
    names = ", ".join(wishes.locations)
    return PlaceVerdict(0.25, None, f"{names}: no place that is known here, and {where.shown} does not name it")


def _not_remote(where: Scene) -> PlaceVerdict:
    if where.remote is None:
        return PlaceVerdict(0.25, None, f"{where.shown}: remote work is not mentioned")
    return PlaceVerdict(0.0, False, f"{where.shown}: {where.remote}, not remote")


def _remote(where: Scene, wishes: Wishes, wished: list[Location], home: Location) -> PlaceVerdict:
    asked = wishes.remote or any(location.remote == "remote" for location in wished)
    own = _own_countries(wished, home)
    if where.scope is None:
        if where.anywhere or any(place.scale == "anywhere" for place in where.places):
            return PlaceVerdict(0.95 if asked else 0.8, True, "remote, open to anywhere", where.evidence)
        return PlaceVerdict(0.6, None, "remote, but from where is not stated")
    names = _scope(where)
    if not own:
        return PlaceVerdict(0.6, None, f"remote within {names}; your profile names no country")
    if own & where.scope:
        return PlaceVerdict(1.0 if asked else 0.85, True, f"remote within {names}, which covers you", where.evidence)
    reason = f"remote, but only within {names}; you are in {_names(own)}"
    return PlaceVerdict(0.0, False, reason, where.evidence)


def _own_countries(wished: list[Location], home: Location) -> frozenset[str]:
    """Where the candidate lives; only without that, the countries of the wished places."""
    if len(home.countries) == 1:
        return home.countries
    return frozenset(code for location in wished for code in location.countries)


def _scope(where: Scene) -> str:
    """A wide scope by the name the posting gives it ("Europe"), another by its countries."""
    wide = [place.name for place in where.places if place.countries]
    codes = where.scope or frozenset()
    return " and ".join(wide) if 3 < len(codes) < len(countries()) and 0 < len(wide) < 4 else _names(codes)


@lru_cache(maxsize=512)
def _names(codes: frozenset[str]) -> str:
    known = [country_of(code) for code in sorted(codes)]
    named = [place.name for place in known if place]
    if len(named) > 3:
        return f"{len(named)} countries ({', '.join(named[:2])}, ...)" if len(named) < len(countries()) else "the world"
    return " and ".join(named)
