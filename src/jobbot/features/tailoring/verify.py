"""No line leaves unproven: facts by the shared verifier, quotes by their spans, frames by the lexicon.

`Prover.check` gives the reasons why a line may not be exported; an empty tuple means it is proven.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from jobbot.features.sources.model import Posting
from jobbot.features.tailoring import lexicon
from jobbot.features.tailoring.letter import short_title
from jobbot.kernel.errors import Failed, Problem
from jobbot.kernel.fact import Fact, Line, LineKind
from jobbot.platform.safety import grounding

_QUOTED = re.compile(r"“([^“”]*)”")
_DAY = re.compile(r"\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4}", re.ASCII)
_QUOTING = (
    *lexicon.OPENINGS,
    *lexicon.OPENINGS_CAPITAL,
    *lexicon.FOLLOWING,
    *lexicon.FOLLOWING_CAPITAL,
    *lexicon.ASKING,
    *lexicon.ASKING_CAPITAL,
    lexicon.PAPER,
    lexicon.BARE,
)


class Prover:
    """Checks the lines of documents for one posting. `synonyms` go to the verifier as they are."""

    def __init__(self, posting: Posting, synonyms: Mapping[str, Iterable[str]] | None = None) -> None:
        self._posting, self._synonyms = posting, synonyms or {}
        title = short_title(posting.title)
        self._frames = tuple(
            re.compile(re.escape(p).replace(r"\{title\}", re.escape(title)).replace(r"\{quote\}", "“[^“”]+”"))
            for p in _QUOTING
        )

    def __call__(self, line: Line) -> bool:
        return not self.check(line)

    def check(self, line: Line) -> tuple[str, ...]:
        """Reasons against the line."""
        if line.kind is LineKind.FACT:
            verdict = grounding.verify(line, self._synonyms)
            return () if verdict.ok else tuple(verdict.reasons) or ("not proven by the facts it cites",)
        return self._posting_line(line) if line.kind is LineKind.POSTING else self._frame_line(line)

    def _posting_line(self, line: Line) -> tuple[str, ...]:
        text = self._posting.text
        spans = {span.of(text) for span in line.spans if span.end <= len(text)}
        loose = [quoted for quoted in _QUOTED.findall(line.text) if quoted not in spans]
        if loose:
            return tuple(f"“{quoted}” is not what the posting says at the cited place" for quoted in loose)
        if not any(frame.fullmatch(line.text) for frame in self._frames):
            return ("words around the quote that are not the template's",)
        return ()

    def _frame_line(self, line: Line) -> tuple[str, ...]:
        posting = self._posting
        allowed = {
            *lexicon.HEADINGS,
            lexicon.CLOSING,
            lexicon.GREETING_PLAIN,
            lexicon.GREETING.format(company=posting.company.strip()),
            lexicon.SUBJECT.format(title=posting.title.strip(), company=posting.company.strip()).strip(", "),
            *(form for fact in line.facts for form in _dates(fact)),
        }
        return () if line.text in allowed or _DAY.fullmatch(line.text) else ("a frame that is not the template's",)


def require(lines: Iterable[Line], prover: Prover) -> None:
    """Raises Failed naming every line that is not proven."""
    problems = []
    for line in lines:
        if reasons := prover.check(line):
            pointer = ", ".join(fact.pointer for fact in line.facts)
            problems.append(Problem(f"“{line.text}” is not proven: {'; '.join(reasons)}", pointer=pointer))
    if problems:
        raise Failed(f"not exported: {len(problems)} line(s) cannot be proven", errors=problems)


def _dates(fact: Fact) -> set[str]:
    return {lexicon.period(fact.start, fact.end), fact.start[:4]} - {""}
