"""Filters: decisions with a reason and, where a text decided, the quote. And the caps that some of them set. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from jobbot.features.matching.candidate import Candidate
from jobbot.features.matching.ledger import Cap
from jobbot.features.matching.model import Coverage, Filter, RequirementFit, Wishes
from jobbot.features.matching.salary import PayVerdict
from jobbot.features.matching.where import PlaceVerdict, Scene
from jobbot.features.matching.where import judge as judge_place
from jobbot.features.places.clocks import offset_of
from jobbot.features.places.gazetteer import country_of
from jobbot.features.places.parse import parse
from jobbot.features.skills.model import Polarity, RequirementKind
from jobbot.features.sources.model import Posting
from jobbot.kernel.text import Evidence

SURE = 0.5
"""A requirement the extractor is less sure of never caps a score."""
CAPS = {
    RequirementKind.LICENCE: ("licence", 55),
    RequirementKind.CLEARANCE: ("clearance", 45),
    RequirementKind.LANGUAGE: ("language", 55),
    RequirementKind.WORK_PERMIT: ("work permit", 60),
}
ROLE_LINE = 0.35
WISHED = ("place", "remote", "salary", "role", "avoid", "employer")
"""Filters that a wish sets: what fails one is marked and sorted last, `--strict` drops it."""

_NO_SPONSOR = re.compile(
    r"(?:no|not|unable to|cannot|can't|won't|do not|don't|without)\b[^.\n]{0,60}?"
    r"\b(?:visa )?sponsor(?:ship|ing)?\b[^.\n]{0,40}",
    re.IGNORECASE,
)
_AUTHORISED = re.compile(
    r"(?:authoriz|authoris|eligible|right|permit)\w*[^.\n]{0,30}?\bto work\b[^.\n]{0,25}?\bin\s+(?:the\s+)?"
    r"(?P<place>[A-Z][\w.]*(?:[ ](?:[A-Z][\w.]*|of))*)|(?P<us>U\.?S\.? (?:[Cc]itizen|[Pp]erson)\w*)[^.\n]{0,30}",
)


def place(verdict: PlaceVerdict) -> Filter | None:
    return (
        None
        if verdict.passed is None and verdict.x is None and "wished" in verdict.reason
        else _filter("place", verdict)
    )


def _filter(name: str, verdict: PlaceVerdict) -> Filter:
    return Filter(name, verdict.passed is not False, verdict.reason, verdict.evidence)


def remote(scene: Scene, candidate: Candidate, verdict: PlaceVerdict) -> Filter | None:
    """Only when remote work was wished."""
    if not candidate.wishes.remote:
        return None
    if scene.remote is None:
        return Filter("remote", verdict.passed is True, "remote work is not mentioned")
    return Filter("remote", scene.remote == "remote" or verdict.passed is True, f"the posting is {scene.remote}")


def lives_there(scene: Scene, candidate: Candidate) -> Filter | None:
    """Without a wish for a place: whether remote work is open to where the candidate lives; it only informs."""
    wished = candidate.wishes.remote or candidate.wishes.locations
    if wished or scene.remote != "remote" or scene.scope is None or candidate.country is None:
        return None
    verdict = judge_place(scene, Wishes(remote=True), candidate.home)
    return Filter("remote from", verdict.passed is not False, verdict.reason, verdict.evidence)


def clock(scene: Scene, candidate: Candidate) -> Filter | None:
    """Whether the hours that remote work asks for are those where the candidate lives; it only informs.

    An offset of winter or of summer counts: adverts seldom say which they mean.
    """
    zone = next((place.zone for place in candidate.home.places if place.zone), None)
    if scene.remote != "remote" or scene.utc is None or zone is None:
        return None
    days = (datetime(candidate.today.year, month, 15, tzinfo=UTC) for month in (1, 7))
    own = sorted({hours for day in days if (hours := offset_of(zone, day)) is not None})
    if not own:
        return None
    fits = any(scene.utc.least <= hours <= scene.utc.most for hours in own)
    here = f"{zone} is at UTC{own[0]:+g}" + (f" or {own[-1]:+g}" if len(own) > 1 else "")
    return Filter("time zone", fits, f"asks for “{scene.utc.quote}”; {here}")


def pay(verdict: PayVerdict, candidate: Candidate) -> Filter | None:
    if not candidate.wishes.min_salary:
        return None
    return Filter("salary", verdict.passed is not False, verdict.reason)


def role(x: float | None, reason: str, candidate: Candidate) -> Filter | None:
    """Only when roles were wished: the title must be near one of them, or near what the candidate did."""
    if not candidate.wishes.roles or x is None:
        return None
    return Filter("role", x >= ROLE_LINE, reason)


def closed(posting: Posting) -> Filter | None:
    if posting.closed_at is None:
        return None
    return Filter("closed", False, f"the posting was closed on {posting.closed_at.date().isoformat()}")


def language_name(code: str) -> str | None:
    """English name of a language by its BCP 47 tag; None for one that CLDR does not know."""
    from babel import Locale

    return Locale("en").languages.get(code.partition("-")[0].lower()) if code else None


def language(posting: Posting, candidate: Candidate) -> Filter | None:
    """The language the advert itself is written in; only what the profile cannot read is reported."""
    name = language_name(posting.language or "")
    if name is None or name == "English" or not candidate.languages or name.lower() in candidate.languages:
        return None
    return Filter("language", False, f"the posting is written in {name}, which your profile does not name")


def demands(fits: Sequence[RequirementFit], candidate: Candidate, text: str) -> list[Filter]:
    """Licence, clearance, language and permit demands, one filter each: the first that decides."""
    found: list[Filter] = []
    for kind, (name, _) in CAPS.items():
        asked = [fit for fit in fits if fit.requirement.kind is kind and hard(fit)]
        if asked and kind is not RequirementKind.WORK_PERMIT:
            worst = min(asked, key=lambda fit: fit.strength)
            passed = worst.coverage is not Coverage.MISSING
            found.append(Filter(name, passed, worst.reason, worst.requirement.evidence))
    permit = work_permit(fits, candidate, text)
    return [*found, permit] if permit else found


def hard(fit: RequirementFit) -> bool:
    """A must-have that the text states plainly."""
    wanted = fit.requirement
    return wanted.polarity is Polarity.MUST and wanted.confidence >= SURE and not wanted.negated


def work_permit(fits: Sequence[RequirementFit], candidate: Candidate, text: str) -> Filter | None:
    """Compares the country a permit is asked for with where the candidate lives; without a country it only informs."""
    quote, countries = _permit_demand(fits, text)
    if quote is None:
        return None
    own = candidate.home.countries
    named = ", ".join(place.name for place in map(country_of, sorted(countries)) if place)
    if not countries or len(own) != 1:
        return Filter("work permit", True, "a work permit is asked for; your profile does not say more", quote)
    if own & countries:
        return Filter("work permit", True, f"a permit for {named} is asked for, where you live", quote)
    return Filter("work permit", False, f"a permit for {named} is asked for; your profile names none", quote)


def _permit_demand(fits: Sequence[RequirementFit], text: str) -> tuple[Evidence | None, frozenset[str]]:
    for match in _AUTHORISED.finditer(text):
        codes = frozenset({"US"}) if match.group("us") else parse(match.group("place")).countries
        if codes:
            return Evidence(match.group(), match.start(), match.end()), codes
    asked = [
        fit.requirement.evidence for fit in fits if fit.requirement.kind is RequirementKind.WORK_PERMIT and hard(fit)
    ]
    refused = _NO_SPONSOR.search(text)
    if not asked and refused:
        return Evidence(refused.group(), refused.start(), refused.end()), frozenset()
    return (asked[0] if asked else None), frozenset()


def caps(filters: Sequence[Filter]) -> list[Cap]:
    """Upper bounds that failed demands set; each becomes a row of the ledger."""
    limits = dict(CAPS.values())
    return [
        Cap(item.name, limits[item.name], item.reason) for item in filters if not item.passed and item.name in limits
    ]


def misses_a_wish(filters: Sequence[Filter]) -> bool:
    return any(not item.passed and (item.name in WISHED or item.name == "closed") for item in filters)
