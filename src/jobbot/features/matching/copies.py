"""Copies of one advert in a ranking: one of them stands for all, and says so. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from jobbot.features.matching.model import Match
from jobbot.features.matching.score import Scored
from jobbot.features.sources.model import LightPosting
from jobbot.features.sources.signs.model import Sign


def one_of_each(ordered: Iterable[Scored]) -> list[Scored]:
    """The first of each advert, of postings in their final order."""
    found: dict[str, Scored] = {}
    for one in ordered:
        posting = one.prepared.posting
        found.setdefault(posting.group or posting.id, one)
    return list(found.values())


def by_advert(light: Sequence[LightPosting]) -> dict[str, list[LightPosting]]:
    """{group: its postings, the one that stands for all first}: by rank, then in the order they came."""
    found: dict[str, list[LightPosting]] = {}
    for posting in light:
        found.setdefault(posting.group or posting.id, []).append(posting)
    for copies in found.values():
        copies.sort(key=lambda posting: posting.rank)
    return found


def noted(match: Match, signs: Mapping[str, Sequence[Sign]]) -> Match:
    """With a note on copies, and with what was seen of the advert's life as signs and as notes; nothing of it changes
    the score."""
    found = tuple(signs.get(match.posting.id, ()))
    count = match.posting.copies
    where = "in one more place" if count == 1 else f"in {count} more places"
    notes = [f"the same advert stands {where}: `jobbot postings show {match.posting.id[:8]}`"] if count else []
    notes += [f"seen of this advert: {sign.says}" for sign in found]
    return replace(match, notes=(*match.notes, *notes), signs=found) if notes else match
