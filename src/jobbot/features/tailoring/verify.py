"""No line leaves unproven: facts by the shared verifier, quotes by their spans, frames by the lexicon.

`Prover.check` gives the reasons why a line may not be exported; an empty tuple means it is proven.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from jobbot.features.sources.model import Posting
from jobbot.features.tailoring import lexicon
from jobbot.features.tailoring.compose import bare_address
from jobbot.features.tailoring.letter import LETTER, short_title
from jobbot.kernel.errors import Failed, Problem
from jobbot.kernel.fact import Fact, FactKind, Line, LineKind
from jobbot.platform.safety import grounding

_QUOTED = re.compile(r"“([^“”]*)”")
_DAY = re.compile(r"\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4}", re.ASCII)


class Prover:
    """Checks the lines of documents for one posting.

    One thing it knows beyond the shared verifier: an address is the same without scheme, `www.` and last slash.
    """

    def __init__(self, posting: Posting) -> None:
        self._posting = posting
        self._known: dict[Line, tuple[str, ...]] = {}
        self._title = title = short_title(posting.title)
        self._frames = tuple(
            re.compile(re.escape(p).replace(r"\{quote\}", "“[^“”]+”").replace(r"\{title\}", re.escape(title)))
            for p in lexicon.QUOTING
        )

    def __call__(self, line: Line) -> bool:
        return not self.check(line)

    def check(self, line: Line) -> tuple[str, ...]:
        """Reasons against the line. Verdicts are remembered: a line is judged when composed and before export."""
        if line not in self._known:
            self._known[line] = self._judge(line)
        return self._known[line]

    def _judge(self, line: Line) -> tuple[str, ...]:
        if line.kind is LineKind.FACT:
            if _is_address(line):
                return ()
            verdict = grounding.verify(line, frames=lexicon.TELLING if line.document == LETTER else ())
            return () if verdict.ok else tuple(verdict.reasons) or ("not proven by the facts it cites",)
        return self._posting_line(line) if line.kind is LineKind.POSTING else self._frame_line(line)

    def _posting_line(self, line: Line) -> tuple[str, ...]:
        """The quote by the shared verifier; around it exactly one of our frames, with this posting's title."""
        frame = _QUOTED.sub("{}", line.text)
        verdict = grounding.verify_posting(line, self._posting.text, [frame])
        if not verdict.ok:
            return tuple(verdict.reasons)
        known = any(pattern.fullmatch(line.text) for pattern in self._frames)
        return () if known else ("words around the quote that are not the template's",)

    def _frame_line(self, line: Line) -> tuple[str, ...]:
        posting = self._posting
        allowed = {
            *lexicon.HEADINGS,
            lexicon.CLOSING,
            lexicon.GREETING_PLAIN,
            lexicon.BARE.format(title=self._title),
            lexicon.GREETING.format(company=posting.company.strip()),
            lexicon.SUBJECT.format(title=posting.title.strip(), company=posting.company.strip()).strip(", "),
            posting.title.strip(", \n"),
            posting.company.strip(", \n"),
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


def _is_address(line: Line) -> bool:
    """Whether the line is one contact's address in its short form, and nothing else."""
    return (
        len(line.facts) == 1
        and line.facts[0].kind is FactKind.CONTACT
        and line.text == bare_address(line.facts[0].wording)
    )


def _dates(fact: Fact) -> set[str]:
    return {lexicon.period(fact.start, fact.end), fact.start[:4]} - {""}
