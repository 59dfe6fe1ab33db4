"""The letter: what the posting asks, in its own words, beside what the candidate did, in theirs.

Three short paragraphs. Each pairs a quoted phrase of the posting with the fact that answers it best; the last adds a
paper (degree, certificate, language) and names a line of the posting to talk about. Without such pairs the strongest
facts stand alone. Nothing else is said, so nothing in it could stand in anyone's letter.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from jobbot.features.matching.model import Match
from jobbot.features.profile.model import Profile
from jobbot.features.sources.model import Posting
from jobbot.features.tailoring import glyphs, lexicon, tell
from jobbot.features.tailoring.asks import Ask, asks_of
from jobbot.features.tailoring.compose import Proves, header, spoken
from jobbot.features.tailoring.model import Unit, UnitKind
from jobbot.features.tailoring.weigh import Scale
from jobbot.kernel.fact import Fact, FactKind, Line, LineKind
from jobbot.kernel.ids import FactId
from jobbot.kernel.text import Span

LETTER = "letter"
DEEDS = 3
"""Most phrases that are answered with a deed."""

TOLD = 3
"""Fewest facts a letter tells, where the profile has them."""

LONGEST_FACT = 330
"""Characters of a fact that still reads as a sentence."""

LONGEST_NAME = 120
"""Characters of a title or company that still fit a heading."""

TALK_WORDS = 3
_TAGS = re.compile(
    r"\s*[(\[](?:[a-z]{1,3}\s*[/|*,]\s*)+[a-z*]{1,3}[)\]]|\s*[(\[](?:all genders?|gn)[)\]]", re.IGNORECASE
)


def write(
    profile: Profile, match: Match, scale: Scale, proves: Proves, now: datetime, font: str, deeds: int = DEEDS
) -> tuple[Unit, ...]:
    """The letter's units in reading order, with at most `deeds` deeds. What `font` cannot set is not said."""
    heading = Heading.of(match.posting, font)
    writer = _Letter(profile, match, scale, proves, heading, font, deeds)
    day = f"{now.day} {lexicon.MONTHS[now.month]} {now.year}"
    name = profile.of(FactKind.NAME)
    closing = [_frame(UnitKind.QUIET, lexicon.CLOSING)]
    closing += [Unit(UnitKind.TEXT, (f.wording,), (Line(LETTER, LineKind.FACT, f.wording, (f,)),)) for f in name[:1]]
    return (
        *(_as_letter(unit) for unit in header(profile, proves)),
        _frame(UnitKind.QUIET, day),
        *_subject(heading),
        _greeting(heading),
        *writer.paragraphs(),
        *closing,
    )


@dataclass(frozen=True, slots=True)
class Heading:
    """The posting's own title and company as far as they can be printed; `short` is what a sentence may name."""

    title: str
    short: str
    company: str

    @classmethod
    def of(cls, posting: Posting, font: str) -> Heading:
        title = _settable(posting.title, font)
        short = "" if set(title) & set('“”"„«»') else short_title(title)
        return cls(title, short, _settable(posting.company, font))


def _settable(text: str, font: str) -> str:
    flat = text.strip()
    return "" if len(flat) > LONGEST_NAME or "\n" in flat or glyphs.obstacle(flat, font) else flat


class _Letter:
    def __init__(
        self, profile: Profile, match: Match, scale: Scale, proves: Proves, heading: Heading, font: str, most: int
    ) -> None:
        self.profile, self.scale, self.proves = profile, scale, proves
        self.font, self.most = font, most
        self.posting = match.posting
        self.title, self.company = heading.short, heading.company
        self.turn = zlib.crc32(match.posting.id.encode())
        self.told: list[Fact] = []
        text = match.posting.text
        asks = asks_of(match, profile, scale)
        self.asks = [ask for ask in asks if not glyphs.obstacle(ask.span.of(text), font)]

    def paragraphs(self) -> list[Unit]:
        pairs = self._pairs()
        more = self._more(TOLD - len(pairs), {fact.id for _, fact in pairs})
        if not pairs:
            return self._bare(more)
        found = [self._paragraph(pairs[:1], opening=True)]
        if pairs[1:] or more:
            found.append(self._paragraph(pairs[1:], opening=False, more=more))
        last = self._last([ask for ask, _ in pairs])
        return [*found, last] if last else found

    def _pairs(self) -> list[tuple[Ask, Fact]]:
        """Phrases with the fact that answers each, best first, no fact twice."""
        pairs: list[tuple[Ask, Fact]] = []
        for ask in self.asks:
            taken = {fact.id for _, fact in pairs}
            options = [fact for fact in ask.facts if fact.id not in taken and self._tellable(fact)]
            if options and ask.work and len(pairs) < self.most:
                pairs.append((ask, options[0]))
        return pairs

    def _more(self, count: int, told: set[FactId]) -> list[Fact]:
        """The strongest facts that no phrase called for, where few phrases did."""
        free = [f for f in self.profile.of(FactKind.BULLET) if f.id not in told and self._tellable(f)]
        return sorted(free, key=self.scale, reverse=True)[: max(0, count)]

    def _tellable(self, fact: Fact) -> bool:
        if len(fact.wording) > LONGEST_FACT or glyphs.obstacle(tell.sentence(fact), self.font):
            return False
        return self.proves(self._tell(fact, 0, None))

    def _paragraph(self, pairs: Sequence[tuple[Ask, Fact]], *, opening: bool, more: Sequence[Fact] = ()) -> Unit:
        lines: list[Line] = []
        for number, (ask, fact) in enumerate(pairs):
            lines.append(self._asked(ask, number, opening=opening))
            before = self.told[-1] if self.told and number else None
            lines.append(self._tell(fact, len(self.told), before))
            self.told.append(fact)
        for fact in more:
            lines.append(self._tell(fact, len(self.told), self.told[-1] if lines else None))
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
        if opening and self.title:
            frames = lexicon.OPENINGS if ask.small else lexicon.OPENINGS_CAPITAL
            return self._quoting(frames[self.turn % len(frames)], ask)
        frames = lexicon.FOLLOWING if ask.small else lexicon.FOLLOWING_CAPITAL
        return self._quoting(frames[(self.turn + number) % len(frames)], ask)

    def _quoting(self, pattern: str, ask: Ask) -> Line:
        text = pattern.format(title=self.title, quote=f"“{ask.span.of(self.posting.text)}”")
        title = self.posting.text.find(self.title) if "{title}" in pattern else -1
        spans = [ask.span] + ([Span(title, title + len(self.title))] if title >= 0 else [])
        return Line(LETTER, LineKind.POSTING, text, spans=tuple(spans))

    def _last(self, used: list[Ask]) -> Unit | None:
        """A paper that answers something, and a phrase nobody has spoken of yet."""
        lines: list[Line] = []
        free = [ask for ask in self.asks if ask not in used]
        for ask in free:
            if shown := self._paper(ask):
                lines += [self._quoting(lexicon.PAPER, ask), shown]
                break
        talk = [ask for ask in free if self._worth_a_talk(ask)]
        if talk:
            ask = max(talk, key=lambda a: (a.weight + len(a.span.of(self.posting.text).split()) / 40, -a.span.start))
            frames = lexicon.ASKING if ask.small else lexicon.ASKING_CAPITAL
            lines.append(self._quoting(frames[self.turn % len(frames)], ask))
        return _paragraph(lines) if lines else None

    def _worth_a_talk(self, ask: Ask) -> bool:
        """Work, not a number of years, a paper or a condition."""
        text = self.posting.text
        return ask.telling(text, self.company) and len(ask.span.of(text).split()) >= TALK_WORDS

    def _paper(self, ask: Ask) -> Line | None:
        """The degree, licence or languages that answer a phrase about one."""
        words = (spoken(fact) if fact.kind is FactKind.LANGUAGE else fact.wording for fact in ask.papers)
        text = ", ".join(words) + "."
        line = Line(LETTER, LineKind.FACT, text, ask.papers)
        settable = not glyphs.obstacle(text, self.font)
        return line if ask.papers and settable and self.proves(line) else None

    def _bare(self, facts: Sequence[Fact]) -> list[Unit]:
        """No phrase could be paired: the title, and the strongest facts."""
        paragraphs = [_frame(UnitKind.TEXT, lexicon.BARE.format(title=self.title))] if self.title else []
        for number, fact in enumerate(facts):
            paragraphs.append(_paragraph([self._tell(fact, number, None)]))
        last = self._last([])
        return [*paragraphs, last] if last else paragraphs


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


def _paragraph(lines: Sequence[Line]) -> Unit:
    return Unit(UnitKind.TEXT, (" ".join(line.text for line in lines),), tuple(lines))


def _frame(kind: UnitKind, text: str) -> Unit:
    return Unit(kind, (text,), (Line(LETTER, LineKind.FRAME, text),))


def _subject(heading: Heading) -> list[Unit]:
    text = lexicon.SUBJECT.format(title=heading.title, company=heading.company).strip(", ")
    return [Unit(UnitKind.ROLE, (text, "", ""), (Line(LETTER, LineKind.FRAME, text),))] if text else []


def _greeting(heading: Heading) -> Unit:
    text = lexicon.GREETING.format(company=heading.company) if heading.company else lexicon.GREETING_PLAIN
    return _frame(UnitKind.TEXT, text)


def _as_letter(unit: Unit) -> Unit:
    return replace(unit, lines=tuple(replace(line, document=LETTER) for line in unit.lines))
