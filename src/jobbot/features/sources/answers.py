"""The contract's shapes of postings and sources, as the API describes them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from jobbot.platform.http.shapes import Evidence, Shape


class SalaryShape(Shape):
    min: float | None
    max: float | None
    currency: str | None
    period: str | None
    raw: str | None
    predicted: bool
    label: str | None


class SightShape(Shape):
    what: str
    at: str
    posting: str


class SignShape(Shape):
    """What was seen of the advert's life, in words; it rests on two sights or more and accuses nobody."""

    name: Literal["reposted", "gone_at_employer", "date_moved", "standing_advert"]
    says: str
    evidence: list[SightShape] = Field(min_length=2)


class PostingPlace(Shape):
    """A place that a line of a posting (`raw`) names. `country` is ISO 3166-1 alpha-2, `region_code` ISO 3166-2,
    `time_zone` IANA; null where the line does not say it."""

    raw: str
    city: str | None
    metro: str | None
    region: str | None
    region_code: str | None
    country: str | None
    time_zone: str | None
    confidence: Literal["sure", "likely", "unsure"]


class OffsetsShape(Shape):
    """Hours from UTC, both ends counted, and the words that say so."""

    least: float
    most: float
    quote: str


class ScopeShape(Shape):
    """From where remote work may be done. `start` and `end` count in the posting's text; null where its places or its
    title say it."""

    kind: Literal["anywhere", "countries", "regions", "time zones"]
    countries: list[str]
    regions: list[str]
    utc: OffsetsShape | None
    quote: str
    start: int | None
    end: int | None


Seniority = Literal["intern", "junior", "mid", "senior", "lead", "manager", "director", "executive"]
Employment = Literal[
    "full_time", "part_time", "contract", "temporary", "internship", "apprenticeship", "freelance", "volunteer"
]


class PostingShape(Shape):
    """A posting without its text. What stands in words (`locations`, `employment_type`, `title`) stays as it came;
    `places`, `remote_scope`, `seniority` and `employment` are read out of it."""

    id: str
    source: str
    board: str
    external_id: str
    title: str
    company: str
    locations: list[str]
    remote: Literal["onsite", "hybrid", "remote"] | None
    salary: SalaryShape | None
    salaries: list[SalaryShape]
    employment_type: str | None
    department: str | None
    posted_at: str | None
    first_seen: str | None
    last_seen: str | None
    closes_at: str | None
    closed_at: str | None
    closed_reason: Literal["gone", "unseen", "ended"] | None
    url: str | None
    language: str | None
    attribution: str | None
    places: list[PostingPlace]
    remote_scope: ScopeShape | None
    seniority: Seniority | None
    seniority_words: str | None
    employment: Employment | None
    group: str
    copies: int
    signals: list[SignShape]


class LikenessShape(Shape):
    """What shows that two postings are one advert; `value` is the Jaccard index of texts that are near."""

    kind: Literal["same text", "nearly the same text", "same page", "an excerpt", "same employer, title and place"]
    says: str
    value: float | None


class CopyShape(Shape):
    """Another posting of the same advert. `through`: it is like that posting, which is like this one."""

    id: str
    source: str
    board: str
    title: str
    company: str
    locations: list[str]
    url: str | None
    attribution: str | None
    first_seen: str | None
    closed_at: str | None
    closed_reason: Literal["gone", "unseen", "ended"] | None
    evidence: list[LikenessShape]
    through: str | None


class FieldChangeShape(Shape):
    field: str
    before: str | None
    after: str | None


class PieceShape(Shape):
    """A stretch of both texts, of one, or what is the same and left out."""

    op: Literal["same", "added", "removed", "gap"]
    text: str


class DiffShape(Shape):
    """`added` and `removed` count lines."""

    added: int
    removed: int
    diff: list[PieceShape]


class ChangeShape(Shape):
    """What its publisher changed, noticed at `at`."""

    at: str
    fields: list[FieldChangeShape]
    text: DiffShape | None


class PostingWithText(PostingShape):
    """`text` is what spans count in; `html` is sanitised."""

    text: str
    html: str
    also_on: list[CopyShape]
    changes: list[ChangeShape]


class PostingPage(Shape):
    """`next` is the cursor of the next page, null at the end."""

    items: list[PostingShape]
    next: str | None


class HitShape(PostingShape):
    """`found_by`: its words, its meaning alone, or both."""

    found_by: Literal["words", "meaning", "both"]


class HitPage(Shape):
    """`next` is the cursor of the next page, null at the end; `notes` tell why meaning was not looked for."""

    items: list[HitShape]
    next: str | None
    notes: list[str]


class SummaryShape(Shape):
    id: str
    url: str | None
    attribution: str | None
    sentences: list[Evidence]


class SourceShape(Shape):
    source: str
    board: str | None
    region: str | None
    company: str | None
    verdict: str | None
    reason: str | None
    attribution: str | None
    kind: str | None
    verification: str | None
    last_run: str | None
    last_success: str | None
    paused_at: str | None
    removed_at: str | None
    health: str
    problem: str | None
    alarm: str | None
    retry_at: str | None
    postings: int


class SourcePage(Shape):
    items: list[SourceShape]
    next: None


class KindShape(Shape):
    """A source that can be named. `kind`: board (one employer's), window (the newest of many), search, or address (a
    feed at one); null where a program must not read it. `naming` says where a person finds the name of a board."""

    source: str
    title: str
    kind: Literal["board", "window", "search", "address"] | None
    verdict: str
    reason: str
    naming: str | None
    attribution: str | None
    terms_url: str | None


class KindPage(Shape):
    items: list[KindShape]
    next: None


class BoardFound(Shape):
    source: str
    board: str
    region: str | None
