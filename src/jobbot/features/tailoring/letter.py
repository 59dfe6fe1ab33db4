"""The letter: what the posting asks, in its own words, beside what the candidate did, in theirs.

Three short paragraphs. Each pairs a quoted phrase of the posting with the fact that answers it best; the last adds a
paper (degree, certificate, language) and names a line of the posting to talk about. Without such pairs the strongest
facts stand alone. Nothing else is said, so nothing in it could stand in anyone's letter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from jobbot.features.matching.model import Match, RequirementFit
from jobbot.features.profile.model import Profile
from jobbot.features.skills.model import Polarity, RequirementKind
from jobbot.features.sources.model import Posting
from jobbot.features.tailoring import lexicon, tell
from jobbot.features.tailoring.compose import Proves, header
from jobbot.features.tailoring.model import Unit, UnitKind
from jobbot.features.tailoring.quote import opens_small, phrase
from jobbot.features.tailoring.weigh import POLARITY, Scale
from jobbot.kernel.fact import Fact, FactKind, Line, LineKind
from jobbot.kernel.text import Span

LETTER = "letter"
DEEDS = 4
"""Most facts told as deeds."""

LONGEST_FACT = 330
"""Characters of a fact that still reads as a sentence."""

PAPERS = {
    RequirementKind.DEGREE: FactKind.EDUCATION,
    RequirementKind.LICENCE: FactKind.CERTIFICATE,
    RequirementKind.LANGUAGE: FactKind.LANGUAGE,
}
"""What answers a requirement about a paper."""

_SOFT = frozenset(
    {RequirementKind.TRAVEL, RequirementKind.SHIFT, RequirementKind.WORK_PERMIT, RequirementKind.CLEARANCE}
)
_TAGS = re.compile(
    r"\s*[(\[](?:[a-z]{1,3}\s*[/|*,]\s*)+[a-z*]{1,3}[)\]]|\s*[(\[](?:all genders?|gn)[)\]]", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Ask:
    """A phrase of the posting and the facts that answer it."""

    fit: RequirementFit
    span: Span
    small: bool


def write(
    profile: Profile, match: Match, scale: Scale, proves: Proves, now: datetime, deeds: int = DEEDS
) -> tuple[Unit, ...]:
    """The letter's units in reading order, with at most `deeds` deeds."""
    writer = _Letter(profile, match, scale, proves, deeds)
    day = f"{now.day} {lexicon.MONTHS[now.month]} {now.year}"
    name = profile.of(FactKind.NAME)
    closing = [_frame(UnitKind.QUIET, lexicon.CLOSING)]
    closing += [Unit(UnitKind.TEXT, (f.wording,), (Line(LETTER, LineKind.FACT, f.wording, (f,)),)) for f in name[:1]]
    return (
        *(_as_letter(unit) for unit in header(profile, proves)),
        _frame(UnitKind.QUIET, day),
        _subject(match.posting),
        _greeting(match.posting),
        *writer.paragraphs(),
        *closing,
    )


class _Letter:
    def __init__(self, profile: Profile, match: Match, scale: Scale, proves: Proves, most: int) -> None:
        self.most = most
        self.profile, self.match, self.scale, self.proves = profile, match, scale, proves
        self.posting = match.posting
        self.title, self.company = short_title(match.posting.title), match.posting.company.strip()
        self.turn = sum(match.posting.id.encode())
        self.told: list[Fact] = []
        self.asks = _asks(match)

    def paragraphs(self) -> list[Unit]:
        deeds = self._pairs((FactKind.BULLET,), self.most)
        if not deeds:
            return self._bare()
        first, rest = deeds[:1], deeds[1:]
        found = [self._paragraph(first, opening=True)]
        if rest:
            found.append(self._paragraph(rest, opening=False))
        last = self._last([ask for ask, _ in deeds])
        return [*found, last] if last else found

    def _pairs(self, kinds: tuple[FactKind, ...], most: int) -> list[tuple[Ask, Fact]]:
        """Phrases with the fact that answers each, best first, no fact and no phrase twice."""
        pairs: list[tuple[Ask, Fact]] = []
        for ask in self.asks:
            taken = {fact.id for _, fact in pairs}
            options = [f for f in ask.fit.facts[:3] if f.kind in kinds and f.id not in taken and self._tellable(f)]
            if options and all(not ask.span.overlaps(other.span) for other, _ in pairs):
                pairs.append((ask, max(options, key=self.scale)))
            if len(pairs) == most:
                break
        return pairs

    def _tellable(self, fact: Fact) -> bool:
        return len(fact.wording) <= LONGEST_FACT and self.proves(self._tell(fact, 0, None))

    def _paragraph(self, pairs: Sequence[tuple[Ask, Fact]], *, opening: bool) -> Unit:
        lines: list[Line] = []
        for number, (ask, fact) in enumerate(pairs):
            lines.append(self._asked(ask, number, opening=opening))
            before = self.told[-1] if self.told and number else None
            lines.append(self._tell(fact, len(self.told), before))
            self.told.append(fact)
        return _paragraph(lines)

    def _tell(self, fact: Fact, place: int, before: Fact | None) -> Line:
        """The first person where the verifier follows it, else the person's own words."""
        for text in (tell.sentence(fact, place, before), tell.sentence(fact, place)):
            line = Line(LETTER, LineKind.FACT, text, (fact,))
            if self.proves(line):
                return line
        return Line(LETTER, LineKind.FACT, fact.wording, (fact,))

    def _asked(self, ask: Ask, number: int, *, opening: bool) -> Line:
        if opening:
            frames = lexicon.OPENINGS if ask.small else lexicon.OPENINGS_CAPITAL
            return self._quoting(frames[self.turn % len(frames)], ask)
        frames = lexicon.FOLLOWING if ask.small else lexicon.FOLLOWING_CAPITAL
        return self._quoting(frames[number % len(frames)], ask)

    def _quoting(self, pattern: str, ask: Ask) -> Line:
        text = pattern.format(title=self.title, quote=f"“{ask.span.of(self.posting.text)}”")
        title = self.posting.text.find(self.title) if "{title}" in pattern else -1
        spans = [ask.span] + ([Span(title, title + len(self.title))] if title >= 0 else [])
        return Line(LETTER, LineKind.POSTING, text, spans=tuple(spans))

    def _last(self, used: list[Ask]) -> Unit | None:
        """A paper that answers something, and a phrase nobody has spoken of yet."""
        lines: list[Line] = []
        free = [ask for ask in self.asks if all(not ask.span.overlaps(other.span) for other in used)]
        for ask in free:
            if shown := self._papers(ask):
                lines += [self._quoting(lexicon.PAPER, ask), shown]
                free = [other for other in free if not other.span.overlaps(ask.span)]
                break
        talk = [ask for ask in free if ask.fit.requirement.kind not in _SOFT and ask.fit.requirement.kind not in PAPERS]
        if talk:
            ask = max(
                talk, key=lambda a: (_weight(a.fit) + len(a.span.of(self.posting.text).split()) / 40, -a.span.start)
            )
            frames = lexicon.ASKING if ask.small else lexicon.ASKING_CAPITAL
            lines.append(self._quoting(frames[self.turn % len(frames)], ask))
        return _paragraph(lines) if lines else None

    def _papers(self, ask: Ask) -> Line | None:
        """The degree, licence or languages that answer a phrase about one."""
        kind = PAPERS.get(ask.fit.requirement.kind)
        facts = tuple(fact for fact in ask.fit.facts[:4] if fact.kind is kind)
        if not facts:
            return None
        shown = facts if kind is FactKind.LANGUAGE else facts[:1]
        line = Line(LETTER, LineKind.FACT, ", ".join(fact.wording for fact in shown) + ".", shown)
        return line if self.proves(line) else None

    def _bare(self) -> list[Unit]:
        """No requirement could be paired: the title, and the strongest facts."""
        bullets = sorted(self.profile.of(FactKind.BULLET), key=self.scale, reverse=True)
        chosen = [fact for fact in bullets if self._tellable(fact)][:3]
        title = self.posting.text.find(self.title)
        spans = (Span(title, title + len(self.title)),) if title >= 0 else ()
        text = lexicon.BARE.format(title=self.title)
        paragraphs = [_paragraph([Line(LETTER, LineKind.POSTING, text, spans=spans)])]
        for number, fact in enumerate(chosen):
            paragraphs.append(_paragraph([self._tell(fact, number, None)]))
        return paragraphs


def short_title(title: str) -> str:
    """A posting's title without gender tags and what follows a dash or bar; always a part of it.

    >>> short_title("Data Analyst (m/w/d) | Remote")
    'Data Analyst'
    """
    cut = _TAGS.search(title)
    text = title[: cut.start()] if cut else title
    for mark in (" | ", " – ", " — ", " - ", " @ ", " ("):
        head = text.split(mark)[0]
        if len(head.split()) >= 2 or (mark == " | " and head):
            text = head
    return text.strip(" ,-–|:") or title.strip()


def _asks(match: Match) -> list[Ask]:
    """Quotable phrases of the posting's requirements, those answered best first; the strongest polarity wins a tie."""
    text = match.posting.text
    asks = []
    for fit in match.requirements:
        if fit.requirement.negated or not fit.requirement.evidence.holds_in(text):
            continue
        mentions = [mention.evidence.span for mention in fit.requirement.skills]
        span = phrase(text, fit.requirement.evidence.span, mentions)
        if span is not None:
            asks.append(Ask(fit, span, opens_small(text, span, mentions)))
    return sorted(asks, key=lambda ask: (-_weight(ask.fit) * (ask.fit.strength + 0.05), ask.span.start))


def _weight(fit: RequirementFit) -> float:
    share = POLARITY[fit.requirement.polarity]
    return (
        share
        * (0.4 if fit.requirement.kind in _SOFT else 1.0)
        * (1.1 if fit.requirement.polarity is Polarity.MUST else 1.0)
    )


def _paragraph(lines: Sequence[Line]) -> Unit:
    return Unit(UnitKind.TEXT, (" ".join(line.text for line in lines),), tuple(lines))


def _frame(kind: UnitKind, text: str) -> Unit:
    return Unit(kind, (text,), (Line(LETTER, LineKind.FRAME, text),))


def _subject(posting: Posting) -> Unit:
    text = lexicon.SUBJECT.format(title=posting.title.strip(), company=posting.company.strip()).strip(", ")
    return Unit(UnitKind.ROLE, (text, "", ""), (Line(LETTER, LineKind.FRAME, text),))


def _greeting(posting: Posting) -> Unit:
    company = posting.company.strip()
    text = lexicon.GREETING.format(company=company) if company else lexicon.GREETING_PLAIN
    return _frame(UnitKind.TEXT, text)


def _as_letter(unit: Unit) -> Unit:
    return replace(unit, lines=tuple(replace(line, document=LETTER) for line in unit.lines))
