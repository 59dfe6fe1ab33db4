"""What a paper says laid over a profile: what is missing is added, what differs is a conflict, nothing is lost.

A paper (PDF, DOCX, text) is read by guesses, so the profile's own words win; the person sees both.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

SAME = 0.8
"""Share of words in common from which two list items say the same."""

KEYS: dict[str, tuple[str, ...]] = {
    "work": ("name", "position"),
    "volunteer": ("organization", "position"),
    "education": ("institution", "studyType"),
    "projects": ("name",),
    "certificates": ("name",),
    "awards": ("title",),
    "publications": ("name",),
    "languages": ("language",),
    "interests": ("name",),
    "references": ("reference",),
    "profiles": ("url",),
}
DATED = ("work", "volunteer", "education")


@dataclass(slots=True)
class Merged:
    """The new document and the conflicts: pointer, what the profile keeps, what the paper says."""

    resume: dict[str, Any] = field(repr=False)
    conflicts: list[dict[str, str]] = field(default_factory=list, repr=False)


def merge(own: dict[str, Any], paper: dict[str, Any]) -> Merged:
    """A new document; neither argument is changed."""
    try:
        return _merge(own, paper)
    finally:
        _plained.cache_clear()  # words of a person stay in memory no longer than they are compared


def _merge(own: dict[str, Any], paper: dict[str, Any]) -> Merged:
    merged = Merged(deepcopy(own))
    for section, value in deepcopy(paper).items():
        if section not in merged.resume or merged.resume[section] in ({}, [], "", None):
            merged.resume[section] = value
        elif section == "skills":
            _skills(merged.resume["skills"], value)
        elif isinstance(value, dict):
            _fields(merged, merged.resume[section], value, f"/{section}")
        elif isinstance(value, list):
            _items(merged, section, merged.resume[section], value, f"/{section}")
    return merged


def _fields(merged: Merged, own: Any, paper: dict[str, Any], pointer: str) -> None:
    if not isinstance(own, dict):
        return
    for key, value in paper.items():
        place = f"{pointer}/{key}"
        if own.get(key) in (None, "", [], {}):
            own[key] = value
        elif isinstance(value, dict):
            _fields(merged, own[key], value, place)
        elif isinstance(value, list):
            if value and isinstance(value[0], dict):
                _items(merged, key, own[key], value, place)
            else:
                _texts(merged, own[key], value, place)
        else:
            _scalar(merged, own, key, value, place)


def _scalar(merged: Merged, own: dict[str, Any], key: str, value: Any, pointer: str) -> None:
    kept = own[key]
    if not isinstance(kept, str) or _plain(kept) == _plain(value):
        return
    if key == "fluency" and (_plain(kept) in _plain(value) or _plain(value) in _plain(kept)):
        return  # "Native or bilingual" and "Native or bilingual proficiency": one level, told shorter
    if key.endswith("Date") or key == "date":
        if value.startswith(kept):
            own[key] = value  # the same date, more precise
            return
        if kept.startswith(value):
            return
    merged.conflicts.append({"pointer": pointer, "kept": kept, "found": value})


def _items(merged: Merged, section: str, own: Any, paper: list[Any], pointer: str) -> None:
    if not isinstance(own, list):
        return
    taken: set[int] = set()
    for item in paper:
        same = [i for i, mine in enumerate(own) if i not in taken and _same_entry(section, mine, item)]
        index = max(same, key=lambda i: (_nearness(section, own[i], item), -i), default=None)
        if index is None:
            own.append(item)
            taken.add(len(own) - 1)
        else:
            taken.add(index)
            _fields(merged, own[index], item, f"{pointer}/{index}")


def _same_entry(section: str, mine: Any, other: Any) -> bool:
    """The same organisation and, where both say it, a similar position or the same start."""
    if not isinstance(mine, dict) or not isinstance(other, dict):
        return False
    first, *rest = KEYS.get(section, ("name",))
    unnamed = not mine.get(first) and not other.get(first)
    told = [key for key in rest if mine.get(key) and other.get(key)]
    if not (unnamed and told) and not _alike(mine.get(first), other.get(first)):
        return False
    start, begin = str(mine.get("startDate", "")), str(other.get("startDate", ""))
    if section in DATED and start and begin:
        return start[:4] == begin[:4] and not _promoted(rest, mine, other, start, begin)
    return all(not mine.get(key) or not other.get(key) or _alike(mine[key], other[key]) for key in rest)


def _promoted(rest: list[str], mine: dict[str, Any], other: dict[str, Any], start: str, begin: str) -> bool:
    """Another position in another month of the year: a second role there, not the same one told otherwise."""
    months = min(len(start), len(begin)) > 4 and start[:7] != begin[:7]
    return months and any(mine.get(key) and other.get(key) and not _alike(mine[key], other[key]) for key in rest)


def _nearness(section: str, mine: dict[str, Any], other: dict[str, Any]) -> tuple[int, int]:
    """Which of several entries is the same one: every name alike, then the longer beginning of the start in common."""
    names = sum(_alike(mine.get(key), other.get(key)) for key in KEYS.get(section, ("name",)))
    start, begin = str(mine.get("startDate", "")), str(other.get("startDate", ""))
    return names, sum(start[:size] == begin[:size] for size in (4, 7, 10))


def _texts(merged: Merged, own: Any, paper: list[Any], pointer: str) -> None:
    if not isinstance(own, list):
        return
    for text in paper:
        near = [(i, mine) for i, mine in enumerate(own) if isinstance(mine, str) and _alike(mine, text)]
        if not near:
            own.append(text)
        elif all(_figures(mine) != _figures(text) for _, mine in near):
            index, mine = near[0]
            merged.conflicts.append({"pointer": f"{pointer}/{index}", "kept": mine, "found": text})


def _skills(own: Any, paper: list[Any]) -> None:
    """Words that stand in no group yet, added to the group of that name or as a group of their own."""
    if not isinstance(own, list):
        return
    groups = [group for group in own if isinstance(group, dict)]
    known = {_plain(word) for group in groups for word in [*group.get("keywords", []), group.get("name", "")]}
    for group in paper:
        words = [word for word in group.get("keywords", []) if _plain(word) not in known]
        mine = next((item for item in groups if _plain(item.get("name", "")) == _plain(group.get("name", ""))), None)
        if words and mine is not None:
            mine.setdefault("keywords", []).extend(words)
        elif words:
            own.append({**group, "keywords": words})


def _alike(mine: Any, other: Any) -> bool:
    if not isinstance(mine, str) or not isinstance(other, str):
        return False
    first, second = _plain(mine).split()[:80], _plain(other).split()[:80]
    if first == second:
        return True
    known = set(first)  # most pairs share too few words for the ratio, whatever their order
    if 2 * sum(word in known for word in second) < SAME * (len(first) + len(second)):
        return False
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= SAME


def _figures(text: str) -> list[str]:
    return re.findall(r"\d+(?:[.,]\d+)*", text)


def _plain(text: Any) -> str:
    return _plained(str(text))


@lru_cache(maxsize=8192)
def _plained(text: str) -> str:
    value = re.sub(r"^https?://(?:www\.)?|/$", "", text.casefold().strip())
    return " ".join(re.findall(r"[\w+#%€$£.]+", value)).rstrip(".")
