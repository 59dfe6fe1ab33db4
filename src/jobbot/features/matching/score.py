"""One posting against one candidate: signals, filters, ledger. Pure; the same input gives the same output."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from jobbot.features.matching import filters, ledger, lexical, signals, titles, where
from jobbot.features.matching.candidate import Candidate
from jobbot.features.matching.cover import Asked, Vectors, cover, told
from jobbot.features.matching.ledger import Cap, Signal, Weight
from jobbot.features.matching.model import Contribution, Filter, RequirementFit
from jobbot.features.matching.preferences.model import avoided, employer_filter, employer_signal
from jobbot.features.matching.signals import Views
from jobbot.features.matching.weights import WEIGHTS
from jobbot.features.matching.worth import Worth
from jobbot.features.skills.model import Extraction, Polarity
from jobbot.features.sources.model import Posting


@dataclass(frozen=True, slots=True)
class Prepared:
    """A posting with all that does not depend on the candidate. `stuffed` says what is absurd about its words;
    `unread` is its language where the encoder was not made for it: then it is compared by words and names only."""

    posting: Posting
    extraction: Extraction
    title: titles.Title
    scene: where.Scene
    asked: Asked
    stuffed: str = ""
    unread: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """The candidate with what is remembered for a run: fact vectors and the worth of skills."""

    candidate: Candidate
    worth: Worth
    facts: Vectors | None = None
    weights: Mapping[str, Weight] = field(default_factory=lambda: WEIGHTS)


@dataclass(frozen=True, slots=True)
class Scored:
    """Everything the ledger and the explanation are made of. `exact` orders equal scores."""

    prepared: Prepared
    signals: tuple[Signal, ...]
    fits: tuple[RequirementFit, ...]
    overlap: lexical.Overlap
    filters: tuple[Filter, ...]
    caps: tuple[Cap, ...]
    score: int
    fit: int
    rows: tuple[Contribution, ...]
    exact: float
    views: Views = field(default_factory=Views)


def prepare(
    posting: Posting, extraction: Extraction, vectors: Vectors | None = None, told_vectors: Vectors | None = None
) -> Prepared:
    """Read title and place once; `vectors` has a row per requirement, `told_vectors` one per further sentence."""
    asked = Asked(extraction.requirements, vectors, told_vectors)
    stuffed = lexical.stuffing(posting.text, extraction.skills)
    return Prepared(
        posting,
        extraction,
        titles.read(posting.title),
        where.scene(posting.locations, posting.remote, posting.text, posting.facts.remote_scope),
        asked,
        stuffed,
    )


def score(prepared: Prepared, reader: Reader, views: Views) -> Scored:
    """Signals, filters and ledger of one posting."""
    fits = cover(prepared.asked, reader.candidate, reader.facts, reader.worth)
    return assemble(prepared, reader, views, fits)


def assemble(prepared: Prepared, reader: Reader, views: Views, fits: tuple[RequirementFit, ...]) -> Scored:
    """From covered requirements to the score; counterfactuals come back here with other fits."""
    candidate, posting = reader.candidate, prepared.posting
    chosen = candidate.preferences
    found = lexical.overlap(prepared.extraction, reader.worth)
    near = signals.title(prepared.title, candidate, views)
    place, place_verdict = signals.place(prepared.scene, candidate)
    pay, pay_verdict = signals.pay(posting, candidate)
    measured = (
        near,
        signals.experience(fits, told(prepared.asked, reader.facts)),
        signals.coverage(fits, Polarity.MUST),
        signals.level(prepared.title, fits, candidate),
        signals.skills(found, prepared.stuffed),
        signals.coverage(fits, Polarity.NICE),
        place,
        pay,
        signals.recency(posting, candidate.today),
        *filter(None, [employer_signal(chosen, posting)]),
    )
    decided = [
        filters.place(place_verdict),
        filters.remote(prepared.scene, candidate, place_verdict),
        filters.lives_there(prepared.scene, candidate),
        filters.clock(prepared.scene, candidate),
        filters.pay(pay_verdict, candidate),
        filters.role(near.x, near.reason, candidate),
        filters.closed(posting),
        employer_filter(chosen, posting),
        avoided(chosen, posting),
        filters.language(posting, candidate),
        *filters.demands(fits, candidate, posting.text),
    ]
    kept = tuple(item for item in decided if item is not None)
    return replace(_scored(prepared, reader, measured, fits, found, kept), views=views)


def _scored(
    prepared: Prepared,
    reader: Reader,
    measured: tuple[Signal, ...],
    fits: tuple[RequirementFit, ...],
    found: lexical.Overlap,
    kept: tuple[Filter, ...],
) -> Scored:
    caps = tuple(filters.caps(kept))
    total, rows = ledger.rows(measured, reader.weights, caps)
    relevant = [cap for cap in caps if cap.name != "work permit"]
    return Scored(
        prepared=prepared,
        signals=measured,
        fits=fits,
        overlap=found,
        filters=kept,
        caps=caps,
        score=total,
        fit=ledger.fit(measured, reader.weights, relevant),
        rows=rows,
        exact=min([ledger.exact(measured, reader.weights), *(float(cap.limit) for cap in caps)]),
    )


def order(scored: Sequence[Scored]) -> list[Scored]:
    """Best first; what misses a wish comes last; ties by the unrounded sum, then by id."""
    return sorted(
        scored,
        key=lambda one: (
            filters.misses_a_wish(one.filters),
            -one.score,
            -round(one.exact, 6),
            one.prepared.posting.id,
        ),
    )
