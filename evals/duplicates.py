"""Copies of adverts: found by their words, beside title and employer alone; real texts and a hard set made of them."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from benchmarks.frame import Row

from evals.shared import Skipped, data
from jobbot.features.sources.company import folded, normal_name
from jobbot.features.sources.group.alike import Seen, compare
from jobbot.features.sources.group.join import grouped
from jobbot.features.sources.group.prints import Prints, employer_of, role_print, role_words, text_print
from jobbot.platform.safety.sanitise import clean, from_text

SEED = 20_261_120
HARD = 400
"""Pairs of each kind in the hard set."""
CITIES = ("Leeds", "Gdańsk", "Austin", "Lyon", "Nairobi", "Osaka")
_MARKUP = re.compile(r"<(?:p|br|div|ul|li|h[1-6]|strong)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Advert:
    """A real posting; `truth` is the hash of its words that came with it."""

    seen: Seen
    title: str
    company: str
    truth: str


def run() -> list[Row]:
    adverts = list(_adverts())
    return [*_real(adverts), *_hard(adverts)]


def _adverts() -> Iterator[Advert]:
    try:
        from pyarrow import parquet
    except ImportError:
        raise Skipped("pyarrow is not installed") from None
    table = parquet.read_table(data() / "postings" / "postings.parquet")
    for number, row in enumerate(
        table.select(["title", "company", "location", "description", "dup_group"]).to_pylist()
    ):
        if row["description"] and row["title"]:
            yield _advert(f"{number:016d}", row)


def _advert(name: str, row: dict[str, str | None]) -> Advert:
    title, company, described = row["title"] or "", row["company"] or "", row["description"] or ""
    text = (clean(described) if _MARKUP.search(described) else from_text(described)).text
    places = (row["location"],) if row["location"] else ()
    return Advert(seen(name, title, company, places, text), title, company, row["dup_group"] or "")


def seen(name: str, title: str, company: str, places: tuple[str, ...], text: str) -> Seen:
    prints = Prints(text_print(text), role_print(company, title, places), None)
    return Seen(name, prints, role_words(title, places), places, text, employer=employer_of(company))


def _real(adverts: Sequence[Advert]) -> list[Row]:
    """Pairs that are in one group here and there; adverts of fewer words than prints are taken of set aside."""
    known = [advert for advert in adverts if advert.seen.prints.text]
    ours = grouped(advert.seen for advert in known)
    truth = [advert.truth for advert in known]
    found = scores([ours[advert.seen.id] for advert in known], truth)
    plain = scores([baseline(advert.title, advert.company) for advert in known], truth)
    beyond = _beyond(known, ours)
    note = f"{len(known)} adverts, {found.true} pairs with the same words"
    return [
        Row("same words, recall", found.recall, "title and employer", plain.recall, ">= 0.99", note=note),
        Row("same words, precision", found.precision, "title and employer", plain.precision, note="by words exactly"),
        Row("pairs joined beyond them", beyond.total(), note=_told_of(beyond)),
    ]


def _told_of(beyond: Counter[str]) -> str:
    return ", ".join(f"{count} {name or 'like a third that is like both'}" for name, count in beyond.most_common())


@dataclass(frozen=True)
class Scores:
    """Pairs: joined here, true, and both."""

    joined: int
    true: int
    hits: int

    @property
    def precision(self) -> float:
        return self.hits / max(1, self.joined)

    @property
    def recall(self) -> float:
        return self.hits / max(1, self.true)


def scores(found: Sequence[str], truth: Sequence[str]) -> Scores:
    """Counted in pairs, by the contingency of both groupings."""
    both = Counter(zip(found, truth, strict=True))
    return Scores(_pairs(Counter(found).values()), _pairs(Counter(truth).values()), _pairs(both.values()))


def _pairs(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)


def baseline(title: str, company: str) -> str:
    """What tools without texts do."""
    return f"{normal_name(company)}\x1f{' '.join(folded(title).split())}"


def _beyond(known: Sequence[Advert], ours: dict[str, str]) -> Counter[str]:
    """Pairs of different words that were joined, by what shows it: "" where a third is like both."""
    together: dict[str, list[Advert]] = defaultdict(list)
    for advert in known:
        together[ours[advert.seen.id]].append(advert)
    found: Counter[str] = Counter()
    for group in together.values():
        sizes = Counter(advert.truth for advert in group)
        for one, other in combinations(list({advert.truth: advert for advert in group}.values()), 2):
            evidence = compare(one.seen, other.seen).evidence
            found[evidence[0].sort.value if evidence else ""] += sizes[one.truth] * sizes[other.truth]
    return found


def _hard(adverts: Sequence[Advert]) -> list[Row]:
    """Each pair of one employer with one title in one town: real texts, changed as boards change them."""
    chance = random.Random(SEED)
    long = [advert for advert in adverts if len(advert.seen.words.split()) >= 150 and advert.company]
    rows = []
    for name, pairs, same in _kinds(long, chance):
        joined = [bool(compare(one, other)) for one, other in pairs]
        plain = [baseline(*_told(one)) == baseline(*_told(other)) for one, other in pairs]
        right, usual = (_share(values if same else [not value for value in values]) for values in (joined, plain))
        told = "one advert, found" if same else "two adverts, kept apart"
        rows.append(Row(f"{name}: {told}", right, "title and employer", usual, ">= 0.95", note=f"{len(pairs)} pairs"))
    return rows


def _share(values: Sequence[bool]) -> float:
    return sum(values) / max(1, len(values))


_TOLD: dict[str, tuple[str, str]] = {}


def _told(one: Seen) -> tuple[str, str]:
    return _TOLD[one.id]


def _pair(number: int, kind: str, company: str, sides: Sequence[tuple[str, str, str]]) -> tuple[Seen, Seen]:
    """Sides are (title, place, text)."""
    made = []
    for side, (title, place, text) in zip("ab", sides, strict=True):
        name = f"{kind} {number} {side}"
        _TOLD[name] = (title, company)
        made.append(seen(name, title, company, (place,), text))
    return made[0], made[1]


def _kinds(long: Sequence[Advert], chance: random.Random) -> Iterator[tuple[str, list[tuple[Seen, Seen]], bool]]:
    some = chance.sample(list(long), HARD)
    yield "another location line", [_moved(n, a, chance) for n, a in enumerate(some)], True
    yield "cut off by a feed", [_cut(n, a, chance) for n, a in enumerate(some)], True
    yield "set anew, a sentence added", [_set_anew(n, a) for n, a in enumerate(some)], True
    yield "same boilerplate, another role", list(_boilerplate(long, chance)), False


def _moved(number: int, advert: Advert, chance: random.Random) -> tuple[Seen, Seen]:
    """The same text with another town in it, and in the title."""
    here, there = chance.sample(CITIES, 2)
    line = "Location: {0}. You will work from our {0} office, two days a week from home.\n"
    sides = [(f"{advert.title} - {town}", town, line.format(town) + advert.seen.words) for town in (here, there)]
    return _pair(number, "moved", advert.company, sides)


def _cut(number: int, advert: Advert, chance: random.Random) -> tuple[Seen, Seen]:
    """What a feed shows: the beginning, and a way to the rest."""
    words = advert.seen.words.split(" ")
    kept = " ".join(words[: max(60, int(len(words) * chance.uniform(0.25, 0.7)))])
    sides = [(advert.title, "Leeds", advert.seen.words), (advert.title, "Leeds, UK", f"{kept}… Read more")]
    return _pair(number, "cut", advert.company, sides)


def _set_anew(number: int, advert: Advert) -> tuple[Seen, Seen]:
    text = "\n\n".join(line.strip("•- ") for line in advert.seen.words.splitlines() if line.strip())
    sides = [
        (advert.title, "Leeds", advert.seen.words),
        (advert.title, "Leeds", f"{text}\nPlease mention where you saw this."),
    ]
    return _pair(number, "set", advert.company, sides)


def _boilerplate(long: Sequence[Advert], chance: random.Random) -> Iterator[tuple[Seen, Seen]]:
    """Two real roles of one employer under one title, with 40 to 80 % of the first text before each of them."""
    of_one: dict[str, list[Advert]] = defaultdict(list)
    for advert in long:
        of_one[normal_name(advert.company)].append(advert)
    several = [group for _, group in sorted(of_one.items()) if len({advert.title for advert in group}) > 1]
    made = 0
    while made < HARD:
        one, other = chance.sample(chance.choice(several), 2)
        if one.title == other.title or one.truth == other.truth or _alike(one, other):
            continue
        words = one.seen.words.split(" ")
        shared = words[: int(len(words) * chance.uniform(0.4, 0.8))]
        rest = other.seen.words.split(" ")[-(len(words) - len(shared)) :]
        sides = [(one.title, "Leeds", one.seen.words), (one.title, "Leeds", " ".join([*shared, *rest]))]
        made += 1
        yield _pair(made, "boilerplate", one.company, sides)


def _alike(one: Advert, other: Advert) -> bool:
    """Their ends are what differs; where those are alike the pair would not be what it is made to be."""
    ends = [frozenset(advert.seen.words.split()[-80:]) for advert in (one, other)]
    return len(ends[0] & ends[1]) > 0.5 * len(ends[0] | ends[1])
