"""From a profile to the units a one-page CV may be made of, in reading order, each with the lines that prove it.

Nothing is written here: a unit holds the wording of its facts. Choosing comes later (`select`), proof before print.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from jobbot.features.profile.model import Profile
from jobbot.features.tailoring import lexicon
from jobbot.features.tailoring.model import LeftOut, Unit, UnitKind
from jobbot.kernel.fact import Fact, FactKind, Line, LineKind

CV = "cv"
MAX_KEYWORDS = 12
SUMMARY_SENTENCES = 2

Proves = Callable[[Line], bool]
Weight = Callable[[Fact], float]
Same = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Draft:
    """`head` stands on every page; each section is its heading and its units in reading order;
    `merged` are second names of what stands."""

    head: tuple[Unit, ...]
    sections: tuple[tuple[Unit, tuple[Unit, ...]], ...]
    merged: tuple[LeftOut, ...] = ()

    @property
    def units(self) -> tuple[Unit, ...]:
        """All units in reading order."""
        return self.head + tuple(unit for heading, units in self.sections for unit in (heading, *units))


def compose(profile: Profile, proves: Proves, weight: Weight, same: Same = lambda _: "") -> Draft:
    """All that could stand on the page. `weight` says how much a fact matters for the posting, `proves` whether a
    line is accepted by the verifier: of two ways to say the same the fuller one that it accepts is taken. `same` tells
    the skill a keyword is a name of, "" where it is none: of two names of one skill the weightier stands."""
    writer = _Writer(profile, proves, weight, same)
    sections = [
        (lexicon.EXPERIENCE, writer.groups(FactKind.ROLE)),
        (lexicon.PROJECTS, writer.groups(FactKind.PROJECT)),
        (lexicon.EDUCATION, writer.groups(FactKind.EDUCATION)),
        (lexicon.CERTIFICATES, writer.titles(FactKind.CERTIFICATE)),
        (lexicon.SKILLS, writer.skills()),
        (lexicon.LANGUAGES, writer.languages()),
        (lexicon.AWARDS, writer.titles(FactKind.AWARD)),
        (lexicon.PUBLICATIONS, writer.titles(FactKind.PUBLICATION)),
        (lexicon.VOLUNTEERING, writer.groups(FactKind.VOLUNTEER)),
    ]
    if _starting_out(profile.roles):
        sections.insert(0, sections.pop(2))
    return Draft(
        head=tuple(writer.head()),
        sections=tuple((_heading(title), _in_section(title, units)) for title, units in sections if units),
        merged=tuple(writer.merged),
    )


def header(profile: Profile, proves: Proves) -> tuple[Unit, ...]:
    """Name, label and contact line: the head that CV and letter share."""
    return tuple(_Writer(profile, proves, lambda _: 0.0).identity())


def frame(text: str, *facts: Fact, document: str = CV) -> Line:
    return Line(document, LineKind.FRAME, text, facts)


def fact_line(text: str, *facts: Fact, document: str = CV) -> Line:
    return Line(document, LineKind.FACT, text, facts)


class _Writer:
    def __init__(self, profile: Profile, proves: Proves, weight: Weight, same: Same = lambda _: "") -> None:
        self.profile, self.proves, self.weight, self.same = profile, proves, weight, same
        self.merged: list[LeftOut] = []
        self.under: dict[str, list[Fact]] = {}
        for fact in profile.of(FactKind.BULLET, FactKind.SUMMARY):
            self.under.setdefault(fact.group, []).append(fact)

    def head(self) -> Iterator[Unit]:
        yield from self.identity()
        told = self.under.get("", [])
        if told:
            kept = set(sorted(told[1:], key=lambda fact: -self.weight(fact))[: SUMMARY_SENTENCES - 1])
            lines = tuple(fact_line(f.wording, f) for f in told if f is told[0] or f in kept)
            yield Unit(UnitKind.TEXT, (" ".join(line.text for line in lines),), lines)

    def identity(self) -> Iterator[Unit]:
        for kind, fact_kind in ((UnitKind.NAME, FactKind.NAME), (UnitKind.LABEL, FactKind.LABEL)):
            for fact in self.profile.of(fact_kind)[:1]:
                yield Unit(kind, (fact.wording,), (fact_line(fact.wording, fact),))
        parts = [self._contact(fact) for fact in self.profile.of(FactKind.CONTACT)]
        if parts:
            lines, links = tuple(line for line, _ in parts), tuple((line.text, url) for line, url in parts)
            yield Unit(UnitKind.CONTACT, (), lines, links=links)

    def _contact(self, fact: Fact) -> tuple[Line, str | None]:
        about = dict(fact.attributes)
        field = about.get("field", "")
        short = fact.wording
        if field == "location":
            short = ", ".join(p for p in (about.get("city", ""), about.get("countryCode", "")) if p) or short
        elif field in ("url", "profile"):
            short = bare_address(fact.wording)
        return self.best((short, fact.wording), fact), _address(field, fact.wording)

    def groups(self, kind: FactKind) -> tuple[Unit, ...]:
        """Roles, projects, schools or voluntary work, newest first, each with its bullets."""
        heads = sorted(self.profile.of(kind), key=_newest)
        return tuple(unit for head in heads for unit in self._group(head))

    def _group(self, head: Fact) -> Iterator[Unit]:
        about = dict(head.attributes)
        parts = [part for part in (head.position, head.organisation) if part] or [head.wording]
        title, rest = parts[0], parts[1:]
        line = self.best((", ".join([title, *rest, about.get("location", "")]).rstrip(", "), head.wording), head)
        dates = lexicon.period(head.start, head.end)
        lines = (line, frame(dates, head)) if dates else (line,)
        tail = line.text.removeprefix(title).lstrip(", ") if line.text.startswith(title) else ""
        first = title if line.text.startswith(title) else line.text
        yield _dated(Unit(UnitKind.ROLE, (first, tail, dates), lines), head)
        for fact in self.under.get(head.pointer, ()):
            yield _dated(Unit(UnitKind.BULLET, (fact.wording,), (fact_line(fact.wording, fact),)), head)

    def titles(self, kind: FactKind) -> tuple[Unit, ...]:
        """Certificates, awards, publications: one row each."""
        return tuple(self._title(fact) for fact in sorted(self.profile.of(kind), key=_newest))

    def _title(self, fact: Fact) -> Unit:
        line = self.best((f"{fact.wording}, {fact.organisation}".rstrip(", "), fact.wording), fact)
        year = fact.start[:4]
        lines = (line, frame(year, fact)) if year else (line,)
        return Unit(UnitKind.ROW, ("", ", ".join(item.text for item in lines)), lines, group=fact.pointer)

    def skills(self) -> tuple[Unit, ...]:
        """A row per group of skills, the words that matter for the posting first."""
        rows: dict[str, list[Fact]] = {}
        for fact in self.profile.of(FactKind.SKILL):
            rows.setdefault(fact.group, []).append(fact)
        return tuple(self._skill_row(facts) for facts in rows.values())

    def _skill_row(self, facts: Sequence[Fact]) -> Unit:
        kept = self._distinct(sorted(facts, key=lambda fact: -self.weight(fact)))[:MAX_KEYWORDS]
        words = ", ".join(fact.wording for fact in kept)
        group = dict(kept[0].attributes).get("group", "")
        line = self.best((f"{group}: {words}" if group and group != words else words, words), *kept)
        label = group if line.text != words else ""
        return Unit(UnitKind.ROW, (label, words), (line,), group=kept[0].group)

    def _distinct(self, facts: Sequence[Fact]) -> list[Fact]:
        """Of keywords that the taxonomy knows as one skill the first."""
        first: dict[str, Fact] = {}
        for fact in facts:
            key = self.same(fact.wording) or fact.id
            if key in first and _one_name(first[key].wording, fact.wording):
                self.merged.append(LeftOut(fact.wording, f"the same skill as “{first[key].wording}”", (fact,)))
            else:
                first[fact.id if key in first else key] = fact
        return list(first.values())

    def languages(self) -> tuple[Unit, ...]:
        facts = self.profile.of(FactKind.LANGUAGE)
        if not facts:
            return ()
        plain = ", ".join(fact.wording for fact in facts)
        line = self.best((", ".join(map(spoken, facts)), plain), *facts)
        return (Unit(UnitKind.ROW, ("", line.text), (line,)),)

    def best(self, wordings: Iterable[str], *facts: Fact) -> Line:
        """The first wording the verifier accepts, else the last, which is the profile's own."""
        lines = [fact_line(text, *facts) for text in dict.fromkeys(wordings)]
        return next((line for line in lines if self.proves(line)), lines[-1])


def _one_name(one: str, other: str) -> bool:
    """Whether two names of one skill differ only in form: "negotiation" and "Negotiating", "Salesforce" and "SFDC"; not
    "prospecting" and "cold calling", which a reader tells apart."""
    if any(re.fullmatch(r"[A-Z][A-Z0-9.]{1,5}|\w\d+\w", name) for name in (one, other)):
        return True
    first, second = ({word[:4] for word in re.findall(r"\w{4,}", name.casefold())} for name in (one, other))
    return bool(first & second) or one.casefold() == other.casefold()


def _heading(title: str) -> Unit:
    return Unit(UnitKind.SECTION, (title,), (frame(title),), section=title)


def _in_section(title: str, units: Iterable[Unit]) -> tuple[Unit, ...]:
    return tuple(replace(unit, section=title) for unit in units)


def _dated(unit: Unit, head: Fact) -> Unit:
    return replace(unit, group=head.pointer, start=head.start, end=head.end)


def _newest(fact: Fact) -> tuple[bool, str, str]:
    """Sort key: running ones first, then by end, then by start, descending; without dates last."""
    end = fact.end or ("9999" if fact.start else "0000")
    return (not fact.start and not fact.end, _down(end), _down(fact.start))


def _down(date: str) -> str:
    return "".join(chr(ord("9") - ord(c) + ord("0")) if c.isdigit() else c for c in date.ljust(10, "~"))


def _starting_out(roles: Sequence[Fact]) -> bool:
    """Fewer than two roles: the school says more than the work, so it comes first."""
    return len(roles) < 2


def bare_address(wording: str) -> str:
    """An address without scheme, `www.` and a last slash, as people write it.

    >>> bare_address("https://www.example.org/ines/")
    'example.org/ines'
    """
    return re.sub(r"^https?://(?:www\.)?", "", wording).rstrip("/")


def spoken(fact: Fact) -> str:
    """A language with its level in brackets; brackets inside the level become commas.

    English (Fluent, C2)
    """
    about = dict(fact.attributes)
    level = re.sub(r"\s*[()\[\]]+\s*", ", ", about.get("fluency", "")).strip(", ")
    return f"{about.get('language', fact.wording)} ({level})" if level else fact.wording


def _address(field: str, wording: str) -> str | None:
    """What a click on a contact opens; None where nothing safe does."""
    if field == "email" and re.fullmatch(r"[^\s@]+@[^\s@]+", wording):
        return f"mailto:{wording}"
    if field == "phone" and (digits := re.sub(r"[^\d+]", "", wording)):
        return f"tel:{digits}"
    if field in ("url", "profile") and re.match(r"https?://[^\s]+$", wording):
        return wording
    return None
