"""The nine signals of a posting for a candidate, each in [0,1] or unknown, each with its reason in words. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from jobbot.features.matching import lexical, salary, seniority, titles, where
from jobbot.features.matching.candidate import Candidate, OwnTitle
from jobbot.features.matching.curve import along
from jobbot.features.matching.ledger import Signal
from jobbot.features.matching.model import Coverage, RequirementFit
from jobbot.features.matching.weights import LEVEL, MEANING, MUST, NICE, PAY, PLACE, RECENCY, SKILLS, TITLE
from jobbot.features.skills.model import Polarity, RequirementKind
from jobbot.features.sources.model import Posting

IMPORTANCE: Mapping[RequirementKind, float] = {
    RequirementKind.EXPERIENCE: 1.4,
    RequirementKind.SKILL: 1.0,
    RequirementKind.LICENCE: 1.4,
    RequirementKind.LANGUAGE: 1.4,
    RequirementKind.DEGREE: 0.7,
    RequirementKind.OTHER: 0.5,
    RequirementKind.CLEARANCE: 1.0,
    RequirementKind.WORK_PERMIT: 0.0,
    RequirementKind.TRAVEL: 0.0,
    RequirementKind.SHIFT: 0.0,
}
"""Weight of a requirement inside its signal; permit, travel and shift are filters, no relevance."""
_TITLE_KNOTS = ((0.25, 0.0), (0.45, 0.3), (0.65, 0.65), (0.85, 0.95), (0.95, 1.0))
_AGES = ((7, 1.0), (30, 0.75), (60, 0.5), (120, 0.25), (365, 0.0))


FEW, FEW_ASKED, NEUTRAL = 3.0, 1.0, 0.45
"""Neutral sentences and must-haves that stand beside the found ones: little evidence moves little."""
GAPS, GAP_SHARE = 6, 0.5
"""Must-haves that are plainly missing take up to this share of their row, each of the first so many an equal part: a
long list of met ones does not make up for what is lacking."""


@dataclass(frozen=True, slots=True)
class Views:
    """A posting's title beside the profile's: cosine with each own title, what sharing an occupation is worth
    (own title -> 0-1), and the imported occupation that both are names of (own title -> label)."""

    titles: tuple[float, ...] | None = None
    occupations: Mapping[str, float] = field(default_factory=dict)
    named: Mapping[str, str] = field(default_factory=dict)


def _said_once(fits: Sequence[RequirementFit]) -> list[RequirementFit]:
    """A demand that stands there again in the same words counts once: repeating raises nothing."""
    return list(
        {(f.requirement.polarity, " ".join(f.requirement.evidence.quote.casefold().split())): f for f in fits}.values()
    )


def weighted(fits: Sequence[RequirementFit], polarity: Polarity) -> float | None:
    """Mean strength of the requirements of one polarity by importance and confidence; None where there are none.

    Held back by `FEW_ASKED` neutral ones, so that one met or missed requirement is not everything.
    """
    chosen = [fit for fit in _said_once(fits) if fit.requirement.polarity is polarity and not fit.requirement.negated]
    weights = [IMPORTANCE[fit.requirement.kind] * fit.requirement.confidence for fit in chosen]
    if not sum(weights):
        return None
    total = sum(w * fit.strength for w, fit in zip(weights, chosen, strict=True))
    return (total + FEW_ASKED * NEUTRAL) / (sum(weights) + FEW_ASKED)


def coverage(fits: Sequence[RequirementFit], polarity: Polarity) -> Signal:
    name = MUST if polarity is Polarity.MUST else NICE
    chosen = [f for f in _said_once(fits) if f.requirement.polarity is polarity and IMPORTANCE[f.requirement.kind]]
    if not chosen:
        return Signal(name, None, f"no {name} were found in the text")
    counts = {grade: sum(fit.coverage is grade for fit in chosen) for grade in Coverage}
    words = f"{counts[Coverage.MET]} of {len(chosen)} met"
    words += f", {counts[Coverage.PARTLY]} partly" if counts[Coverage.PARTLY] else ""
    worst = next((f for f in chosen if f.coverage is Coverage.MISSING), None)
    return Signal(
        name,
        _less_gaps(weighted(fits, polarity), counts[Coverage.MISSING], polarity),
        words + (f'; missing: "{_cut(worst.requirement.evidence.quote)}"' if worst else ""),
    )


def _less_gaps(x: float | None, missing: int, polarity: Polarity) -> float | None:
    if x is None or polarity is not Polarity.MUST:
        return x
    return x * (1.0 - GAP_SHARE * min(missing, GAPS) / GAPS)


def _cut(words: str, width: int = 60) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= width else flat[: width - 1].rsplit(" ", 1)[0] + "…"


def experience(fits: Sequence[RequirementFit], told: Sequence[float]) -> Signal:
    """Nearness in meaning of all that the posting asks and tells to what was done.

    The mean over its sentences, held back by `FEW` neutral ones so that a single sentence decides nothing.
    """
    known = [fit for fit in fits if fit.meaning is not None and IMPORTANCE[fit.requirement.kind]]
    if not known and not told:
        return Signal(MEANING, None, "no encoder, or nothing to compare")
    total = sum(fit.meaning or 0.0 for fit in known) + sum(told)
    x = (total + FEW * NEUTRAL) / (len(known) + len(told) + FEW)
    best = max(known, key=lambda fit: fit.meaning or 0.0, default=None)
    asks = len(known) + len(told)
    read = f"how near {asks} sentence{'' if asks == 1 else 's'} of the posting come to what you did"
    return Signal(MEANING, x, read + (f'; nearest: "{_cut(best.requirement.evidence.quote)}"' if best else ""))


def skills(found: lexical.Overlap, note: str) -> Signal:
    if note:
        return Signal(SKILLS, None, f"not counted, because the text {note}")
    if found.share is None:
        return Signal(SKILLS, None, "the text names no known skill")
    total = len(found.have) + len(found.lack)
    named = ", ".join(found.have[:4])
    return Signal(SKILLS, found.share, f"{len(found.have)} of {total} named skills" + (f": {named}" if named else ""))


def title(posting: titles.Title, candidate: Candidate, views: Views) -> Signal:
    """The nearest of wished roles, headline and held positions; same occupation lifts it, level words do not count."""
    if not candidate.titles:
        return Signal(TITLE, None, "your profile names no title and no role is wished")
    values = [_one_title(posting, own, i, views) for i, own in enumerate(candidate.titles)]
    best = max(range(len(values)), key=lambda i: (values[i], -i))
    own = candidate.titles[best]
    said = f'"{posting.raw.strip()}" beside your {own.source} "{own.title.raw}"'
    label = views.named.get(own.title.raw)
    same = posting.raw.strip().lower() == own.title.raw.strip().lower()
    return Signal(TITLE, values[best], f"{said}; both are names of {label}" if label and not same else said)


def _one_title(posting: titles.Title, own: OwnTitle, at: int, views: Views) -> float:
    words = titles.nearness(posting, own.title)
    value = words
    if views.titles is not None:
        value = 0.5 * words + 0.5 * along(views.titles[at], _TITLE_KNOTS)
    return own.weight * max(value, views.occupations.get(own.title.raw, 0.0))


def level(posting: titles.Title, fits: Sequence[RequirementFit], candidate: Candidate) -> Signal:
    asked = [f.requirement.years for f in fits if f.requirement.years and f.requirement.polarity is Polarity.MUST]
    years = max(asked, default=None)
    named, why = seniority.level_of(posting, years)
    own = candidate.standing
    if not candidate.profile.roles:
        return Signal(LEVEL, None, "your profile has no dated positions")
    x = seniority.closeness(named, own)
    if years and own.years + 0.5 < years:
        x *= max(0.3, own.years / years)
    low, high = seniority.name(own.low), seniority.name(own.high)
    you = low if low == high else f"{low} to {high}"
    asked_for = seniority.name(named[0])
    return Signal(LEVEL, x, f"{asked_for} ({why}); you: {you}, {own.years:.0f} years")


def place(scene: where.Scene, candidate: Candidate) -> tuple[Signal, where.PlaceVerdict]:
    verdict = where.judge(scene, candidate.wishes, candidate.home)
    return Signal(PLACE, verdict.x, verdict.reason), verdict


def pay(posting: Posting, candidate: Candidate) -> tuple[Signal, salary.PayVerdict]:
    wishes = candidate.wishes
    verdict = salary.judge(posting.salaries, wishes.min_salary, candidate.currency, wishes.period)
    return Signal(PAY, verdict.x, verdict.reason), verdict


def recency(posting: Posting, today: date) -> Signal:
    moment = posting.posted_at or posting.first_seen
    if moment is None:
        return Signal(RECENCY, None, "no date")
    days = max(0, (today - moment.date()).days)
    x = along(days, _AGES)
    return Signal(RECENCY, x, "posted today" if days == 0 else f"posted {days} day{'s' if days > 1 else ''} ago")
