"""A person's own weights, employers and words to avoid, checked and applied. Pure.

Weights are given as points per signal, 0 or more; what is not given keeps its shipped points, and all are scaled so
that they sum to 100 again. So a score stays a sum of at most 100 whatever was chosen, and nothing chosen is the shipped
score.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from jobbot.features.matching.ledger import Signal, Weight
from jobbot.features.matching.model import Filter
from jobbot.features.matching.weights import EMPLOYER, OFFERED, WEIGHTS
from jobbot.features.sources.company import normal_name
from jobbot.features.sources.model import Posting
from jobbot.kernel.errors import InvalidInput
from jobbot.kernel.text import Evidence

MOST_POINTS = 1000.0
MOST = 500
"""Most employers, and most words to avoid."""
LONGEST = 200
BEST = 10


@dataclass(frozen=True, slots=True)
class Employer:
    """What a person says of an employer: `prestige` from 1 to 10 is that person's own number, None for none."""

    name: str
    blocked: bool = False
    prestige: int | None = None

    def as_dict(self) -> dict[str, Any]:
        return {"name": self.name, "blocked": self.blocked, "prestige": self.prestige}


@dataclass(frozen=True, slots=True)
class Preferences:
    """`points`: signal -> own points; `employers`: by the normal form of their names; `avoid`: words in their order."""

    points: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    employers: Mapping[str, Employer] = field(default_factory=lambda: MappingProxyType({}))
    avoid: tuple[str, ...] = ()

    @property
    def rates(self) -> bool:
        """Whether employers count by the person's own numbers."""
        return EMPLOYER in self.points or any(one.prestige for one in self.employers.values())

    def weights(self) -> Mapping[str, Weight]:
        """The weights that count: sum of points 100, shipped where nothing was chosen."""
        base = dict(WEIGHTS)
        if self.rates:
            base[EMPLOYER] = OFFERED[EMPLOYER]
        if not self.points and EMPLOYER not in base:
            return WEIGHTS
        points = {name: self.points.get(name, weight.points) for name, weight in base.items()}
        total = sum(points.values())
        return {name: replace(weight, points=100.0 * points[name] / total) for name, weight in base.items()}

    def of(self, company: str) -> Employer | None:
        """What was said of this employer, however its name is written."""
        return self.employers.get(normal_name(company)) if self.employers and company else None

    def blocked(self, companies: Iterable[str]) -> frozenset[str]:
        """Those of these names whose employer is blocked."""
        if not any(one.blocked for one in self.employers.values()):
            return frozenset()
        return frozenset(name for name in companies if (said := self.of(name)) is not None and said.blocked)

    def as_dict(self) -> dict[str, Any]:
        """As it is kept and shown: own points, employers, words."""
        return {
            "points": dict(self.points),
            "employers": [one.as_dict() for one in self.employers.values()],
            "avoid": list(self.avoid),
        }


NONE = Preferences()
"""Nothing chosen: the shipped weights, nobody blocked."""


def read(data: Mapping[str, Any]) -> Preferences:
    """From `as_dict` or an API's body. Raises InvalidInput naming the field and what would be right."""
    found = with_points(NONE, data.get("points") or {})
    for one in data.get("employers") or ():
        found = with_employer(found, one["name"], blocked=bool(one.get("blocked")), prestige=one.get("prestige"))
    return with_avoided(found, data.get("avoid") or ())


def with_points(held: Preferences, points: Mapping[str, float]) -> Preferences:
    """With these points in place of what was chosen for the same signals."""
    for name, value in points.items():
        if name not in WEIGHTS and name not in OFFERED:
            known = [*WEIGHTS, *OFFERED]
            near = difflib.get_close_matches(name, known, 1) or [", ".join(known)]
            raise InvalidInput(f"no signal is called {name!r}; did you mean {near[0]}?")
        if not math.isfinite(value) or not 0 <= value <= MOST_POINTS:
            raise InvalidInput(f"{name}={value:g}: points are a number from 0 to {MOST_POINTS:g}")
    after = replace(held, points=MappingProxyType({**held.points, **points}))
    if sum(after.points.get(name, weight.points) for name, weight in WEIGHTS.items()) <= 0:
        raise InvalidInput("every signal would count 0 points; leave at least one of them some")
    return after


def with_employer(
    held: Preferences, name: str, *, blocked: bool | None = None, prestige: int | None = None, forget: bool = False
) -> Preferences:
    """With what is said now of an employer; what is None stays as it was. `forget` drops all that was said."""
    shown = " ".join(name.split())
    if not shown or len(shown) > LONGEST:
        raise InvalidInput(f"an employer's name has 1 to {LONGEST} characters")
    if prestige is not None and not 1 <= prestige <= BEST:
        raise InvalidInput(f"prestige {prestige}: a whole number from 1 to {BEST}, your own")
    key = normal_name(shown)
    others = {normal: one for normal, one in held.employers.items() if normal != key}
    if not forget:
        before = held.employers.get(key, Employer(shown))
        others[key] = Employer(
            before.name,
            before.blocked if blocked is None else blocked,
            before.prestige if prestige is None else prestige,
        )
    if len(others) > MOST:
        raise InvalidInput(f"at most {MOST} employers")
    return replace(held, employers=MappingProxyType(others))


def with_avoided(held: Preferences, words: Sequence[str], *, forget: bool = False) -> Preferences:
    """With these words avoided, or no longer; case and spaces do not count."""
    given = [" ".join(one.split()) for one in words]
    if any(not one or len(one) > LONGEST or not re.search(r"\w", one) for one in given):
        raise InvalidInput(f"what to avoid is a word or a phrase of up to {LONGEST} characters")
    folded = {one.casefold() for one in given}
    kept = [one for one in held.avoid if one.casefold() not in folded]
    new = [] if forget else list({one.casefold(): one for one in given}.values())
    if len(kept) + len(new) > MOST:
        raise InvalidInput(f"at most {MOST} words to avoid")
    return replace(held, avoid=(*kept, *new))


def employer_signal(held: Preferences, posting: Posting) -> Signal | None:
    """The person's own number for this employer, 1 to 10 as 0 to 1; None where no number was ever given."""
    if not held.rates:
        return None
    said = held.of(posting.company)
    if said is None or said.prestige is None:
        return Signal(EMPLOYER, None, "you gave this employer no number")
    return Signal(EMPLOYER, (said.prestige - 1) / (BEST - 1), f"you gave {said.name} {said.prestige} of {BEST}")


def employer_filter(held: Preferences, posting: Posting) -> Filter | None:
    """Only for an employer that is blocked."""
    said = held.of(posting.company)
    return Filter("employer", False, f"you blocked {said.name}") if said and said.blocked else None


def avoided(held: Preferences, posting: Posting) -> Filter | None:
    """The first avoided word that title, employer or text hold, with its quote where the text holds it.

    A word stands for itself and its plural, at the bounds of words; "no weapons" in an advert still names weapons, so
    this marks and lists last, and the person reads the quote.
    """
    if not held.avoid:
        return None
    for words in held.avoid:
        pattern = _pattern(words)
        found = pattern.search(posting.text)
        if found is not None:
            quote = Evidence(found.group(), found.start(), found.end())
            return Filter("avoid", False, f'names "{words}", which you avoid', quote)
        if pattern.search(f"{posting.title}\n{posting.company}"):
            return Filter("avoid", False, f'its title or employer names "{words}", which you avoid')
    return Filter("avoid", True, "names nothing that you avoid")


def _pattern(words: str) -> re.Pattern[str]:
    inner = r"[\s\-]+".join(re.escape(word) for word in re.split(r"[\s\-]+", words) if word)
    return re.compile(rf"(?<!\w){inner}(?:e?s)?(?!\w)", re.IGNORECASE)
