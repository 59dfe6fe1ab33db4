"""Normalised facts: countries, divisions and towns of location lines, and pay strings, labelled by hand.

Labels were written from the line alone, before the reading was run on it. Half of them (by their hash) were looked at
while the rules were mended afterwards; the figures marked held out are of the other half.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import tarfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.frame import Row

from evals.shared import ROOT, data
from jobbot.features.places.facts import facts_of
from jobbot.features.places.fold import fold
from jobbot.features.places.gazetteer import countries
from jobbot.features.places.regions import STATES
from jobbot.kernel.money import Salary
from jobbot.sdk.paywords import stated

_PAY = ("compensationTierSummary", "scrapeableCompensationSalarySummary")
FIELDS = ("country", "division", "town")
Items = frozenset[tuple[str, str]]
"""(field, value): `("country", "DE")`, `("division", "DE-BY")`, `("town", "munich")`."""
_SAME_TOWN = {
    "new york city": "new york",
    "koln": "cologne",
    "sankt augustin": "st augustin",
    "tel aviv yafo": "tel aviv",
}
_SAME_TOWN |= {"frankfurt am main": "frankfurt", "washington dc": "washington", "tirane": "tirana", "plzen": "pilsen"}


def run() -> list[Row]:
    lines, pays = _strings(data() / "boards", data() / "postings")
    places = {lines[key]: label for key, label in _labels("normalise_places.txt") if key in lines}
    pay = {pays[key]: label for key, label in _labels("normalise_pay.txt") if key in pays}
    rows = _place_rows(places, "all")
    rows += _place_rows({line: label for line, label in places.items() if held_out(line)}, "held out")
    return [*rows, *_pay_rows(pay)]


def held_out(line: str) -> bool:
    return int(_key(line), 16) % 2 == 1


def _key(line: str) -> str:
    return hashlib.sha256(line.encode()).hexdigest()[:12]


def _labels(file: str) -> Iterator[tuple[str, str]]:
    for row in (ROOT / "evals" / file).read_text("utf-8").splitlines():
        if not row.startswith("#"):
            key, _, label = row.partition(" ")
            yield key, label


def _strings(boards: Path, postings: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Location lines and pay strings of the recorded boards, by their hash."""
    metadata = json.loads(gzip.decompress((postings / "greenhouse-metadata-112616.json.gz").read_bytes()))
    lines = {row.get("location") or "" for row in metadata}
    pays: set[str] = set()
    for job in _ashby_jobs(boards / "ashby" / "ashby-boards.tar.xz"):
        lines |= {job.get("location") or "", *(s.get("location") or "" for s in job.get("secondaryLocations") or [])}
        told = job.get("compensation") or {}
        pays |= {told[name] for name in _PAY if isinstance(told.get(name), str)}
    return {_key(line): line for line in lines}, {_key(pay): pay for pay in pays}


def _ashby_jobs(archive: Path) -> Iterator[dict[str, Any]]:
    with tarfile.open(archive) as tar:
        for member in tar:
            file = tar.extractfile(member) if member.isfile() else None
            try:
                yield from json.loads(file.read())["jobs"] if file else []
            except (ValueError, KeyError):
                continue


# -- places ----------------------------------------------------------------------------------------------------------


def items_of(label: str) -> Items:
    """>>> sorted(items_of("DE-BY:Munich; FR:"))
    [('country', 'DE'), ('country', 'FR'), ('division', 'DE-BY'), ('town', 'munich')]
    """
    found: set[tuple[str, str]] = set()
    for part in label.split("; ") if label != "-" else ():
        code, _, town = part.partition(":")
        found |= {("country", code[:2]), *([("division", code)] if "-" in code else []), *_town(town)}
    return frozenset(found)


def _town(name: str | None) -> list[tuple[str, str]]:
    folded = fold(name or "")
    return [("town", _SAME_TOWN.get(folded, folded))] if folded else []


def ours(line: str) -> Items:
    found: set[tuple[str, str]] = set()
    for place in facts_of(line):
        found |= {*([("country", place.country)] if place.country else []), *_town(place.city)}
        found |= {("division", place.region_code)} if place.region_code else set()
    return frozenset(found)


def plain(line: str) -> Items:
    """The last comma part is the country or the state, the first of several is the town."""
    states = {name: code for code, name in (item.split(":") for item in STATES.split())}
    codes = {name: country.code for country in countries().values() for name in country.names}
    parts = [part.strip() for part in re.sub(r"\(.*?\)|\bremote\b", " ", line, flags=re.IGNORECASE).split(",")]
    last = fold(parts[-1])
    state = parts[-1] if parts[-1] in states.values() else states.get(last.replace(" ", "_"))
    code = "US" if state else codes.get(last) or (parts[-1] if parts[-1] in countries() else None)
    found: list[tuple[str, str]] = [("country", code)] if code else []
    found += [("division", f"US-{state}")] if state else []
    return frozenset(found + (_town(parts[0]) if len(parts) > 1 else []))


def _place_rows(labels: Mapping[str, str], which: str) -> list[Row]:
    rows = []
    for field in FIELDS:
        right, wrong, missing = _counted(labels, ours, field)
        by_plain = _counted(labels, plain, field)
        note = f"{len(labels)} lines, {right + missing} of it labelled; {which}"
        for name, first, rest in (("precision", right, wrong), ("recall", right, missing)):
            other = by_plain[0] / max(1, by_plain[0] + by_plain[1 if name == "precision" else 2])
            rows.append(Row(f"{field}, {name}", first / max(1, first + rest), "last comma part", other, note=note))
    whole = sum(ours(line) == items_of(label) for line, label in labels.items()) / max(1, len(labels))
    peer = sum(plain(line) == items_of(label) for line, label in labels.items()) / max(1, len(labels))
    return [*rows, Row("lines all right", whole, "last comma part", peer, note=f"{len(labels)} lines; {which}")]


def _counted(labels: Mapping[str, str], read: Callable[[str], Items], field: str) -> tuple[int, int, int]:
    """Right, wrong and missing items of one field. A division or town counts where the label has any of that kind."""
    right = wrong = missing = 0
    for line, label in labels.items():
        wanted, found = ({item for item in items if item[0] == field} for items in (items_of(label), read(line)))
        right += len(wanted & found)
        wrong += len(found - wanted)
        missing += len(wanted - found)
    return right, wrong, missing


# -- pay -------------------------------------------------------------------------------------------------------------


def _pay_rows(labels: Mapping[str, str]) -> list[Row]:
    wanted = {words: _pay_label(label) for words, label in labels.items()}
    rows = []
    for field in ("range", "currency", "period", "all"):
        mine, peer = (_share(wanted, read, field) for read in (_ours_of_pay, _first_numbers))
        rows.append(Row(f"pay: {field} right", mine, "first numbers", peer, note=f"{len(wanted)} strings"))
    return rows


def _pay_label(label: str) -> Salary:
    low, high, currency, period = label.split(" ")
    return Salary(float(low), float(high), currency, None if period == "-" else period)


def _ours_of_pay(words: str) -> Salary | None:
    found = stated(words)
    return found[0] if len(found) == 1 else None


def _first_numbers(words: str) -> Salary | None:
    numbers = [float(number.replace(",", "")) for number in re.findall(r"\d[\d,]*(?:\.\d+)?", words)][:2]
    if not numbers:
        return None
    scale = 1000 if "K" in words else 1
    signs = {"$": "USD", "€": "EUR", "£": "GBP", "₹": "INR"}
    currency = next((code for sign, code in signs.items() if sign in words), None)
    return Salary(numbers[0] * scale, numbers[-1] * scale, currency, None)


def _share(wanted: Mapping[str, Salary], read: Callable[[str], Salary | None], field: str) -> float:
    return sum(_agrees(label, read(words), field) for words, label in wanted.items()) / max(1, len(wanted))


def _agrees(label: Salary, found: Salary | None, field: str) -> bool:
    if found is None:
        return False
    same = {
        "range": (label.min, label.max) == (found.min, found.max),
        "currency": label.currency == found.currency,
        "period": label.period == found.period,
    }
    return all(same.values()) if field == "all" else same[field]


def misses(labels: Iterable[tuple[str, str]], lines: Mapping[str, str]) -> Iterator[tuple[str, Items, Items]]:
    """What was read wrongly, of the half that may be looked at: (line, wanted, found)."""
    for key, label in labels:
        line = lines.get(key)
        if line is not None and not held_out(line) and ours(line) != items_of(label):
            yield line, items_of(label), ours(line)
