"""Why a unit lost its place: said with the unit that won it, in words a person can check."""

from __future__ import annotations

from collections.abc import Sequence

from jobbot.features.tailoring.model import LeftOut, Unit, UnitKind
from jobbot.features.tailoring.page import Measured
from jobbot.features.tailoring.select import Choice, Item
from jobbot.features.tailoring.weigh import Scale

QUOTE = 60


def explain(
    measured: Measured, places: Sequence[int], items: Sequence[Item], choice: Choice, scale: Scale, longest: float
) -> list[LeftOut]:
    """One entry for every unit that is no heading and did not get a place, in reading order."""
    chosen = set(choice.chosen)
    item_of = {place: i for i, place in enumerate(places)}
    found = []
    for place, unit in enumerate(measured.units):
        if unit.kind in (UnitKind.NAME, UnitKind.LABEL, UnitKind.CONTACT, UnitKind.SECTION):
            continue
        i = item_of.get(place)
        if i is None:
            found.append(LeftOut(unit.text, _too_long(measured, place, longest), unit.facts))
        elif i not in chosen:
            found.append(LeftOut(unit.text, _reason(measured, places, items, chosen, i, scale), unit.facts))
    return found


def _too_long(measured: Measured, place: int, longest: float) -> str:
    lines = _lines(measured, place)
    return f"takes {lines} lines, more than {longest:.0%} of the page; shorten it in the profile"


def _reason(
    measured: Measured, places: Sequence[int], items: Sequence[Item], chosen: set[int], i: int, scale: Scale
) -> str:
    unit, item = measured.units[places[i]], items[i]
    cost = _count(_lines(measured, places[i]))
    if unit.kind is UnitKind.ROLE:
        return f"older than what the page has room for; the newer roles keep their place (would cost {cost})"
    if item.parent is not None and item.parent not in chosen:
        head = measured.units[places[item.parent]]
        return f"its entry “{_short(head)}” has no place on the page (would cost {cost})"
    for twin in item.twins:
        if twin in chosen:
            return f"says nearly the same as “{_short(measured.units[places[twin]])}”"
    mates = [j for j in chosen if items[j].parent == item.parent and measured.units[places[j]].kind is unit.kind]
    if item.parent is not None and len(mates) >= items[item.parent].cap:
        weakest = min(mates, key=lambda j: (_merit(items[j]), j))
        return f"{_against(measured.units[places[weakest]])} among the {len(mates)} its role may have; costs {cost}"
    return _weaker(measured, places, items, chosen, i, scale, cost)


def _weaker(
    measured: Measured,
    places: Sequence[int],
    items: Sequence[Item],
    chosen: set[int],
    i: int,
    scale: Scale,
    cost: str,
) -> str:
    kind = measured.units[places[i]].kind
    rivals = [j for j in chosen if measured.units[places[j]].kind is kind and _density(items[j]) >= _density(items[i])]
    shown = {uri: sum(uri in items[j].skills for j in chosen) for uri in items[i].skills}
    repeated = [scale.labels.get(uri, uri) for uri, count in shown.items() if count >= 2]
    if repeated and len(repeated) == len(shown):
        return f"shows {_listed(repeated)}, which chosen lines already show twice; costs {cost}"
    if not rivals:
        return f"no {cost} left where it would stand"
    rival = min(rivals, key=lambda j: (_density(items[j]), j))
    nothing = (
        ""
        if items[i].skills or scale_answers(scale, measured.units[places[i]])
        else "answers nothing this posting asks; "
    )
    return f"{nothing}{_against(measured.units[places[rival]])}; costs {cost}"


def scale_answers(scale: Scale, unit: Unit) -> tuple[str, ...]:
    """Quotes of the requirements a unit answers."""
    return tuple(quote for fact in unit.facts for quote in scale.of(fact).answers)


def _against(winner: Unit) -> str:
    return f"weaker for this posting than “{_short(winner)}”"


def _short(unit: Unit) -> str:
    text = unit.parts[0] if unit.parts and unit.parts[0] else unit.text
    return text if len(text) <= QUOTE else text[: QUOTE - 1].rsplit(" ", 1)[0] + "…"


def _merit(item: Item) -> float:
    return item.value + sum(item.skills.values())


def _density(item: Item) -> float:
    return _merit(item) / item.cost


def _lines(measured: Measured, place: int) -> int:
    return max(1, round(measured.costs[place] / measured.theme.line))


def _count(lines: int) -> str:
    return "1 line" if lines == 1 else f"{lines} lines"


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words[:-1]) + (" and " if len(words) > 1 else "") + words[-1]
