"""Lies by leaving out what limits a claim. Not an eval itself.

What is left out here changes what a reader believes of the words that stay. Leaving out a neighbouring clause that the
kept words do not lean on is a shortening, not a lie, and stands among the true lines.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from evals.grounding_lies import Mutant, operator, swaps, table, without
from evals.grounding_lines import Case, Person


@operator()
def hedge_removed(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    yield from without("about|up to|nearly all|nearly|roughly|fewer than|almost|sometimes|once", case)


@operator()
def negation_removed(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    yield from without("not approved yet|not|never deployed|never|did not|only as an observer", case)
    yield from without(
        "without a remark in 9 of them|without a lost-time accident for 4 years|that was not continued", case
    )
    yield from swaps(case, table("did not manage>managed, that was not continued>that was continued, never>soon"))


@operator()
def plan_told_as_done(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    yield from swaps(case, table("was expected to take over>took over, expected to lead>led, prototype of>built"))
    yield from swaps(case, table("planned to introduce>introduced, accreditation is pending>accreditation granted"))
    yield from swaps(case, table("tried to open>opened, a pilot of>"))
    yield from without("not approved yet|never deployed|planned to|tried to|expected to", case)


@operator()
def part_time_removed(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    yield from without(
        "part-time during 2022|half-time|part-time|for 3 months|for 7 months|for 8 months|interim|acting", case
    )


@operator()
def help_removed(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    yield from without("via an agency|under contract with the maker|with two colleagues|with the deputy head", case)
    yield from without("jointly with the key account manager|jointly|shared|as a substitute|co", case)


@operator()
def supervision_removed(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    yield from without("supervised by the ward sister|under the guidance of the chief accountant", case)
    yield from without("under supervision of a master|from the head chef|in the absence of the head chef", case)
    yield from without("as a trainee in the first year|as a trainee|under the guidance of", case)


@operator()
def share_removed(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    """From a part of it to the whole."""
    yield from without("part of the team that|member of|assisted in|helped to|contributed to|took part in", case)
    yield from without("in 9 of 15 quarters|in 9 of them|of whom|of which|the share of|on the pasta station", case)


@operator()
def head_cut_off(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    """The first words go, and with them who did it, or how."""
    words = case.text.split()
    if case.form == "verbatim" and len(words) > 5:
        for count in (1, 2, 3):
            rest = " ".join(words[count:])
            if not words[count - 1].endswith((";", ".")):
                yield rest[0].upper() + rest[1:], case.facts


@operator()
def tail_cut_off(case: Case, person: Person, chance: random.Random) -> Iterator[Mutant]:
    """The last words go where no clause ends."""
    words = case.text.split()
    if case.form == "verbatim" and len(words) > 5:
        for count in (1, 2, 3):
            if not words[-count - 1].endswith((",", ";", ".", ":")) and words[-count] not in ("using", "by"):
                yield " ".join(words[:-count]), case.facts
