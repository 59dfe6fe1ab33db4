"""Exactly one page: measure every unit in the real layout, choose the best set, spread what room is left.

Heights come from Typst, so the sum the solver works with is the height the page will have.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from jobbot.features.tailoring import glyphs, lexicon, reasons
from jobbot.features.tailoring import theme as themes
from jobbot.features.tailoring.compose import Draft
from jobbot.features.tailoring.model import Fitted, LeftOut, Unit, UnitKind
from jobbot.features.tailoring.page import Measured, Page
from jobbot.features.tailoring.press import Press
from jobbot.features.tailoring.select import Item, choose
from jobbot.features.tailoring.theme import Theme
from jobbot.features.tailoring.twins import twins
from jobbot.features.tailoring.weigh import Scale
from jobbot.kernel.errors import InvalidInput, Problem

RECENT_YEARS = 10
MAX_AIR = 3.2
"""Points one unit of air may grow to: beyond that a page looks blown up, and white space at its end is more honest."""

FREE = 0.7
"""Ems that stay free at the end of a full page."""

LONGEST_SHARE = 0.22
"""A single bullet higher than this share of the page is left out, with the advice to shorten it."""

POORER = 0.05
"""What the shorter of two bullets that say nearly the same is worth."""

HEAD_SHARE = 0.5
CAPS = (7, 6, 5, 4)
"""Most bullets of the newest, second, ... role; older ones OLD_CAP."""

OLD_CAP = 3
Doubt = Callable[[Unit], str]
_CHAINED = (lexicon.EXPERIENCE, lexicon.EDUCATION)
"""Sections that are only cut from their end."""

_FIXED = (UnitKind.NAME, UnitKind.LABEL, UnitKind.CONTACT)
_BASE = {
    lexicon.EDUCATION: 3.0,
    lexicon.CERTIFICATES: 0.7,
    lexicon.SKILLS: 1.6,
    lexicon.LANGUAGES: 1.2,
    lexicon.AWARDS: 0.5,
    lexicon.PUBLICATIONS: 0.4,
    lexicon.PROJECTS: 0.2,
    lexicon.VOLUNTEERING: 0.3,
}


def fit(draft: Draft, name: str, page: Page, press: Press, scale: Scale, now: datetime, doubt: Doubt) -> Fitted:
    """The best page of a draft; `doubt` says why a unit may not be printed. Raises InvalidInput when even the head
    cannot be set."""
    drawn, undrawn = _drawable(draft.units, themes.load(name).font, doubt)
    dropped = [*draft.merged, *undrawn]
    measured = _measure(drawn, themes.load(name), page, press)
    total = sum(measured.costs)
    if total < 0.8 * measured.room:
        roomy = _measure(drawn, themes.load(name, "roomy"), page, press)
        measured = roomy if sum(roomy.costs) <= roomy.room else measured
    elif _least(measured, now) > 0.75 * measured.room:
        measured = _measure(drawn, themes.load(name, "dense"), page, press)
    return _fitted(measured, dropped, scale, now)


def _fitted(measured: Measured, dropped: list[LeftOut], scale: Scale, now: datetime) -> Fitted:
    places, items = _items(measured, scale, now)
    choice = choose(items, measured.room - measured.fixed)
    chosen = {places[i] for i in choice.chosen}
    kept = {i for i, unit in enumerate(measured.units) if unit.kind in _FIXED} | chosen
    units = _strongest_first([measured.units[i] for i in sorted(kept)], scale)
    counted = sum(measured.theme.gap(_counted(measured.units, i)) for i in kept if i)
    gaps = sum(measured.theme.gap(_place(units, i)) for i in range(1, len(units)))
    used = sum(measured.costs[i] for i in kept) - counted + gaps
    air = _air(units, measured.theme, measured.room - used)
    used += air * _stretch(units, measured.theme)
    left = reasons.explain(measured, places, items, choice, scale, LONGEST_SHARE)
    return Fitted(units, (*left, *dropped), measured.theme.density, air, used, measured.room, choice.method)


def _strongest_first(units: Sequence[Unit], scale: Scale) -> tuple[Unit, ...]:
    """The bullets of each entry by their worth for the posting; everything else keeps its place."""
    ordered: list[Unit] = []
    for kind, run in groupby(units, key=lambda unit: unit.kind):
        found = list(run)
        ordered += sorted(found, key=lambda u: -scale(u.facts[0])) if kind is UnitKind.BULLET else found
    return tuple(ordered)


def _drawable(units: Sequence[Unit], font: str, doubt: Doubt) -> tuple[tuple[Unit, ...], list[LeftOut]]:
    """Units that may be printed and that the font can draw; the others with the reason. The head must be drawable."""
    kept, dropped = [], []
    for unit in units:
        reason = glyphs.obstacle("\n".join((*unit.parts, *(text for text, _ in unit.links))), font)
        if not reason and unit.kind not in _FIXED:
            reason = doubt(unit)
        if not reason:
            kept.append(unit)
        elif unit.kind in _FIXED:
            raise _undrawable(unit, reason)
        else:
            dropped.append(LeftOut(unit.text, reason, unit.facts))
    return _without_orphans(kept), dropped


def _without_orphans(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """Bullets whose role went, and headings with nothing under them, go too."""
    heads = {unit.group for unit in units if unit.kind is UnitKind.ROLE}
    whole = [unit for unit in units if unit.kind is not UnitKind.BULLET or unit.group in heads]
    filled = {unit.section for unit in whole if unit.kind is not UnitKind.SECTION}
    return tuple(unit for unit in whole if unit.kind is not UnitKind.SECTION or unit.section in filled)


def _undrawable(unit: Unit, reason: str) -> InvalidInput:
    problem = Problem(reason, "shorten or rewrite it", pointer=unit.facts[0].pointer if unit.facts else "")
    return InvalidInput(str(problem), errors=[problem])


def _measure(units: tuple[Unit, ...], theme: Theme, page: Page, press: Press) -> Measured:
    heights = press.measure(page.data(units, theme))
    costs = tuple(height + (theme.gap(_counted(units, i)) if i else 0.0) for i, height in enumerate(heights))
    room = theme.room(page.paper) - 0.5
    fixed = sum(cost for unit, cost in zip(units, costs, strict=True) if unit.kind in _FIXED)
    if fixed > HEAD_SHARE * room:
        problem = Problem("name, label and contacts fill more than half a page", "shorten them", pointer="/basics")
        raise InvalidInput(str(problem), errors=[problem])
    return Measured(units, costs, theme, room, fixed)


def _least(measured: Measured, now: datetime) -> float:
    """Height of what should stand in any case: head, headings, recent roles with one bullet, schools."""
    total, waiting = measured.fixed, False
    for unit, cost in zip(measured.units, measured.costs, strict=True):
        if unit.kind is UnitKind.SECTION:
            total += cost
        elif unit.kind is UnitKind.ROLE:
            waiting = recent(unit, now)
            total += cost if waiting or unit.section == lexicon.EDUCATION else 0.0
        elif unit.kind is UnitKind.BULLET and waiting:
            total, waiting = total + cost, False
    return total


def recent(unit: Unit, now: datetime) -> bool:
    """A role that runs or ended within RECENT_YEARS."""
    if unit.section != lexicon.EXPERIENCE or not (unit.start or unit.end):
        return False
    return not unit.end or int(unit.end[:4]) >= now.year - RECENT_YEARS


def _items(measured: Measured, scale: Scale, now: datetime) -> tuple[list[int], list[Item]]:
    """What the solver may choose, and the unit each item is."""
    places: list[int] = []
    items: list[Item] = []
    section = role = None
    roles = 0
    for i, (unit, cost) in enumerate(zip(measured.units, measured.costs, strict=True)):
        if unit.kind in _FIXED or cost > LONGEST_SHARE * measured.room:
            continue
        if unit.kind is UnitKind.SECTION:
            section = len(items)
            item = Item(0.0, cost)
        elif unit.kind is UnitKind.ROLE:
            role = len(items)
            item = _role(unit, cost, section, scale, recent(unit, now), roles)
            roles += unit.section == lexicon.EXPERIENCE
        else:
            item = _entry(unit, cost, role if unit.kind is UnitKind.BULLET else section, scale)
        places.append(i)
        items.append(item)
    return places, _with_twins(_with_children(items), [measured.units[place] for place in places])


def _role(unit: Unit, cost: float, section: int | None, scale: Scale, is_recent: bool, place: int) -> Item:
    chain = unit.section if unit.section in _CHAINED else ""
    if unit.section == lexicon.EXPERIENCE:
        cap = CAPS[place] if place < len(CAPS) and is_recent else OLD_CAP
        return Item(8.0 if is_recent else 1.5, cost, section, chain=chain, needs_child=is_recent, cap=cap)
    head = scale.of(unit.lines[0].facts[0])
    return Item(_BASE[unit.section] + head.points, cost, section, head.skills, chain, cap=2)


def _entry(unit: Unit, cost: float, parent: int | None, scale: Scale) -> Item:
    worths = [scale.of(fact) for fact in dict.fromkeys(unit.facts)]
    skills = {uri: share for worth in worths for uri, share in worth.skills.items()}
    points = max((worth.points for worth in worths), default=0.0)
    base = 0.6 if unit.kind is UnitKind.TEXT else _BASE.get(unit.section, 0.0)
    return Item(base + points, cost, parent if unit.kind is not UnitKind.TEXT else None, skills)


def _with_children(items: list[Item]) -> list[Item]:
    """A recent role can only need a bullet when it has one."""
    parents = {item.parent for item in items}
    return [replace(item, needs_child=item.needs_child and i in parents) for i, item in enumerate(items)]


def _with_twins(items: list[Item], units: Sequence[Unit]) -> list[Item]:
    """Bullets of one entry that say nearly the same exclude each other, and the poorer one counts for little."""
    entries: dict[str, list[int]] = {}
    for i, unit in enumerate(units):
        if unit.kind is UnitKind.BULLET:
            entries.setdefault(unit.group, []).append(i)
    found: dict[int, list[int]] = {}
    poorer: set[int] = set()
    for members in entries.values():
        for one, other in twins([units[i].text for i in members]):
            found.setdefault(members[one], []).append(members[other])
            found.setdefault(members[other], []).append(members[one])
            poorer.add(min(members[one], members[other], key=lambda i: (len(units[i].text), -i)))
    paired = [replace(item, twins=tuple(found.get(i, ()))) for i, item in enumerate(items)]
    return [replace(item, value=POORER, skills={}) if i in poorer else item for i, item in enumerate(paired)]


def _air(units: Sequence[Unit], theme: Theme, slack: float) -> float:
    gaps = _stretch(units, theme)
    return max(0.0, min(MAX_AIR, (slack - FREE * theme.settings["size"]) / gaps)) if gaps else 0.0


def _stretch(units: Sequence[Unit], theme: Theme) -> float:
    return sum(theme.stretch(_place(units, i)) for i in range(1, len(units)))


def _place(units: Sequence[Unit], i: int) -> str:
    """The kind whose gap stands above a unit of the page: a role right under a heading or another role has a smaller
    one, as in the template."""
    close = units[i].kind is UnitKind.ROLE and i > 0 and units[i - 1].kind in (UnitKind.SECTION, UnitKind.ROLE)
    return "first" if close else units[i].kind


def _counted(units: Sequence[Unit], i: int) -> str:
    """The same before the choice: under another role only where that one cannot go without this one, so that no
    height is counted too low."""
    loose = i > 0 and units[i - 1].kind is UnitKind.ROLE and units[i].section not in _CHAINED
    return units[i].kind if loose else _place(units, i)
