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
from itertools import pairwise

from jobbot.features.matching.model import Match
from jobbot.features.profile.model import Profile
from jobbot.features.sources.model import Posting
from jobbot.features.tailoring import glyphs, lexicon, tell
from jobbot.features.tailoring.asks import Ask, asks_of
from jobbot.features.tailoring.compose import Proves, header, spoken
from jobbot.features.tailoring.model import Unit, UnitKind
from jobbot.features.tailoring.nearness import Nearness, stems, vigour
from jobbot.features.tailoring.tell import sore
from jobbot.features.tailoring.weigh import Scale
from jobbot.kernel.fact import Fact, FactKind, Line, LineKind
from jobbot.kernel.ids import FactId
from jobbot.kernel.text import Span

LETTER = "letter"
DEEDS = 3
"""Most phrases that are answered with a deed."""

TOLD = 3
"""Fewest facts a letter tells, where the profile has them."""

LEAST_VALUE = 0.17
"""A second or third pair that is worth less than this is not told."""

EQUALS = 0.8
"""Facts worth at least this share of the best take turns, so that one person's letters do not all tell the same."""

LONGEST_FACT = 330
"""Characters of a fact that still reads as a sentence."""

LONGEST_NAME = 120
"""Characters of a title or company that still fit a heading."""

TALK_WORDS = 4
_TAGS = re.compile(
    r"\s*[(\[](?:[a-z]{1,3}\s*[/|*,]\s*)+[a-z*]{1,3}[)\]]|\s*[(\[](?:all genders?|gn)[)\]]", re.IGNORECASE
)


def write(
    profile: Profile,
    match: Match,
    scale: Scale,
    nearness: Nearness,
    proves: Proves,
    now: datetime,
    font: str,
    deeds: int = DEEDS,
) -> tuple[Unit, ...]:
    """The letter's units in reading order, with at most `deeds` deeds. What `font` cannot set is not said."""
    heading = Heading.of(match.posting, font)
    writer = _Letter(profile, match, scale, nearness, proves, heading, font, deeds)
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
        self,
        profile: Profile,
        match: Match,
        scale: Scale,
        nearness: Nearness,
        proves: Proves,
        heading: Heading,
        font: str,
        most: int,
    ) -> None:
        self.profile, self.scale, self.nearness, self.proves = profile, scale, nearness, proves
        self.font, self.most = font, most
        self.posting = match.posting
        self.title, self.company = heading.short, heading.company
        self.turn = zlib.crc32(match.posting.id.encode())
        self.told: list[Fact] = []
        text = match.posting.text
        asks = asks_of(match, profile, nearness)
        self.asks = [ask for ask in asks if not glyphs.obstacle(ask.span.of(text), font)]

    def paragraphs(self) -> list[Unit]:
        pairs = self._pairs()
        more = self._more(TOLD - len(pairs), {fact.id for _, fact in pairs})
        if not pairs:
            return self._bare(more)
        steps: list[tuple[Ask | None, Fact]] = [*pairs, *((None, fact) for fact in more)]
        last = self._last([ask for ask, _ in pairs])
        cuts = (1, len(steps)) if last else (1, 2, len(steps))
        found = [self._paragraph(steps[start:end]) for start, end in pairwise((0, *cuts)) if steps[start:end]]
        return [*found, last] if last else found

    def _pairs(self) -> list[tuple[Ask, Fact]]:
        """Phrases with the fact that answers each, the most convincing pairs first; no fact and no words twice."""
        options = [(ask.weight * share, ask, fact) for ask in self.asks if ask.work for share, fact in ask.answers]
        pairs: list[tuple[Ask, Fact]] = []
        for value, ask, fact in sorted(options, key=lambda option: (-option[0], option[1].span.start)):
            if len(pairs) == self.most or (pairs and value < LEAST_VALUE):
                break
            free = all(fact.id != f.id and not ask.span.overlaps(a.span) and not self._alike(ask, a) for a, f in pairs)
            if free and self._tellable(fact):
                pairs.append((ask, fact))
        return pairs

    def _alike(self, one: Ask, other: Ask) -> bool:
        """Whether two phrases say nearly the same."""
        text = self.posting.text
        first, second = stems(one.span.of(text)), stems(other.span.of(text))
        return len(first & second) > 0.6 * max(1, min(len(first), len(second)))

    def _more(self, count: int, told: set[FactId]) -> list[Fact]:
        """The strongest facts that no phrase called for, where few phrases did: the title's own first."""
        title = self.posting.title
        self.nearness.learn([title])
        bullets = [f for f in self.profile.of(FactKind.BULLET) if f.id not in told and not sore(f.wording)]
        worth = {f: vigour(f) * (self.scale(f) + 2 * self.nearness(title, f)) for f in bullets if self._tellable(f)}
        best = sorted(worth, key=lambda f: -worth[f])
        like = [f for f in best if worth[f] >= EQUALS * worth[best[0]]]
        turned = [*like[self.turn % len(like) :], *like[: self.turn % len(like)]] if like else []
        return [*turned, *best[len(like) :]][: max(0, count)]

    def _tellable(self, fact: Fact) -> bool:
        if len(fact.wording) > LONGEST_FACT or glyphs.obstacle(tell.sentence(fact), self.font):
            return False
        return self.proves(self._tell(fact, 0, None))

    def _paragraph(self, steps: Sequence[tuple[Ask | None, Fact]]) -> Unit:
        lines: list[Line] = []
        for number, (ask, fact) in enumerate(steps):
            if ask:
                lines.append(self._asked(ask, len(self.told)))
            before = next((told for told in reversed(self.told) if told.group == fact.group), None)
            near = number > 0 and before is self.told[-1]
            lines.append(self._tell(fact, len(self.told), before, near=near))
            self.told.append(fact)
        return _paragraph(lines)

    def _tell(self, fact: Fact, place: int, before: Fact | None, *, near: bool = False) -> Line:
        """The first person or a frame where the verifier follows it, else the person's own words."""
        said = (
            tell.sentence(fact, place + self.turn, before, near=near),
            tell.sentence(fact, place + self.turn),
            tell.plain(fact),
        )
        lines = [Line(LETTER, LineKind.FACT, text, (fact,)) for text in (*said, fact.wording)]
        return next((line for line in lines if self.proves(line)), lines[-1])

    def _asked(self, ask: Ask, place: int) -> Line:
        if place == 0 and self.title:
            frames = lexicon.OPENINGS if ask.small else lexicon.OPENINGS_SAID
        else:
            frames = lexicon.FOLLOWING if ask.small else lexicon.FOLLOWING_SAID
        return self._quoting(frames[(self.turn + place) % len(frames)], ask)

    def _quoting(self, pattern: str, ask: Ask) -> Line:
        text = pattern.format(title=self.title, quote=f"“{ask.span.of(self.posting.text)}”")
        title = self.posting.text.find(self.title) if "{title}" in pattern else -1
        spans = [ask.span] + ([Span(title, title + len(self.title))] if title >= 0 else [])
        return Line(LETTER, LineKind.POSTING, text, spans=tuple(spans))

    def _last(self, used: list[Ask]) -> Unit | None:
        """A paper that answers something, and a subject of the work nobody has spoken of yet."""
        lines: list[Line] = []
        free = [ask for ask in self.asks if not any(ask.span.overlaps(other.span) for other in used)]
        for ask in free:
            if shown := self._paper(ask):
                lines += [self._quoting(lexicon.PAPER, ask), shown]
                break
        talk = [ask for ask in free if self._worth_a_talk(ask) and not any(self._alike(ask, a) for a in used)]
        if talk:
            ask = max(talk, key=lambda a: (a.weight + len(a.span.of(self.posting.text).split()) / 40, -a.span.start))
            lines.append(self._quoting(lexicon.ASKING[self.turn % len(lexicon.ASKING)], ask))
        return _paragraph(lines) if lines else None

    def _worth_a_talk(self, ask: Ask) -> bool:
        """A subject of the work in a few words, that names a skill and that something the person did answers."""
        words = ask.span.of(self.posting.text)
        known = bool(self.nearness.skills(words)) and bool(ask.answers)
        return known and ask.telling(self.posting.text, self.company) and len(words.split()) >= TALK_WORDS

    def _paper(self, ask: Ask) -> Line | None:
        """The degree, licence or languages that answer a phrase about one."""
        words = (spoken(fact) if fact.kind is FactKind.LANGUAGE else fact.wording for fact in ask.papers)
        text = ", ".join(words) + "."
        line = Line(LETTER, LineKind.FACT, text, ask.papers)
        settable = not glyphs.obstacle(text, self.font)
        return line if ask.papers and settable and self.proves(line) else None

    def _bare(self, facts: Sequence[Fact]) -> list[Unit]:
        """No phrase could be paired: the title, and the strongest facts."""
        opening = [_frame(UnitKind.TEXT, lexicon.BARE.format(title=self.title))] if self.title else []
        told = [self._paragraph([(None, fact) for fact in some]) for some in (facts[:1], facts[1:]) if some]
        last = self._last([])
        return [*opening, *told, last] if last else [*opening, *told]


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
