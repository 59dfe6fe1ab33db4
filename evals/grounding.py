"""Does the verifier catch lies and let the truth pass: mutants killed per way of lying, true lines refused."""

from __future__ import annotations

import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from benchmarks.frame import Row

from evals import (
    grounding_lies_credentials,
    grounding_lies_figures,
    grounding_lies_inflated,
    grounding_lies_omitted,
)
from evals.grounding_lies import HARD, OPERATORS
from evals.grounding_lines import Case, Person, people, true_lines
from jobbot.kernel.fact import Fact, Line, LineKind
from jobbot.platform.safety.grounding import verify
from jobbot.platform.safety.grounding.phrases import Equal
from jobbot.platform.safety.grounding.tokens import tokenise

ROUNDS = 3
LIES = (grounding_lies_figures, grounding_lies_credentials, grounding_lies_inflated, grounding_lies_omitted)
"""Importing them registers the operators."""
Form = tuple[tuple[str, ...], tuple[int, ...]]


@dataclass
class Result:
    """Counts, and by name what got through or was refused wrongly."""

    facts: int = 0
    true: int = 0
    refused: list[tuple[str, str, str]] = field(default_factory=list)
    made: Counter[str] = field(default_factory=Counter)
    killed: Counter[str] = field(default_factory=Counter)
    survivors: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def share(self, names: set[str]) -> float:
        """Killed among the mutants of these operators, in percent."""
        made = sum(self.made[name] for name in names)
        return 100 * sum(self.killed[name] for name in names) / made if made else 0.0


def measure(rounds: int = ROUNDS, seed: int = 7) -> Result:
    """Every true line of everybody, and `rounds` draws of every lie about it."""
    everybody, synonyms = people()
    equal, chance, result = Equal(synonyms), random.Random(seed), Result()
    for person in everybody:
        result.facts += len(person.facts)
        cases = list(_unique(true_lines(person, synonyms)))
        _truths(cases, equal, result)
        _lies(cases, person, equal, chance, rounds, result)
    return result


def _unique(cases: Iterator[Case]) -> Iterator[Case]:
    seen: set[tuple[str, tuple[Fact, ...]]] = set()
    for case in cases:
        if (case.text, case.facts) not in seen:
            seen.add((case.text, case.facts))
            yield case


def _truths(cases: list[Case], equal: Equal, result: Result) -> None:
    for case in cases:
        result.true += 1
        verdict = verify(Line("cv", LineKind.FACT, case.text, case.facts), equal)
        if not verdict.ok:
            result.refused.append((case.form, case.text, verdict.reasons[0]))


def _lies(cases: list[Case], person: Person, equal: Equal, chance: random.Random, rounds: int, result: Result) -> None:
    truths = defaultdict(set)
    for case in cases:
        truths[case.facts].add(_plain(case.text))
        for fact in case.facts:
            truths[(fact,)].add(_plain(case.text)) if len(case.facts) == 1 else None
    tried: set[tuple[str, str, tuple[Fact, ...]]] = set()
    for name, operator in OPERATORS.items():
        for case in cases * rounds:
            for text, facts in operator(case, person, chance):
                if (name, text, facts) in tried or _is_true(text, facts, truths):
                    continue
                tried.add((name, text, facts))
                result.made[name] += 1
                if verify(Line("cv", LineKind.FACT, text, facts), equal).ok:
                    result.survivors[name].append(text)
                else:
                    result.killed[name] += 1


def _plain(text: str) -> Form:
    tokens = tokenise(text)
    return tokens.words, tokens.gaps


def _is_true(text: str, facts: tuple[Fact, ...], truths: dict[tuple[Fact, ...], set[Form]]) -> bool:
    """A mutant that came out as another true line of the same facts is no lie (invisible characters always are)."""
    if not text or not text.isprintable():
        return not text
    return _plain(text) in truths[facts] or any(_plain(text) in truths[(fact,)] for fact in facts)


def run() -> list[Row]:
    result = measure()
    for name, texts in result.survivors.items():
        for text in texts:
            print(f"  survivor of {name}: {text}", file=sys.stderr)
    for form, text, reason in result.refused:
        print(f"  true but refused ({form}): {text} [{reason}]", file=sys.stderr)
    rows = [
        Row("facts lied about", result.facts, bar=">= 30", note=f"{len(OPERATORS)} ways of lying"),
        Row("mutants", sum(result.made.values()), bar=">= 5000"),
        Row("killed, all", result.share(set(OPERATORS)), bar=">= 99.5", unit="%"),
        Row("killed, number, employer, date, degree, skill", result.share(HARD), bar=">= 100", unit="%"),
        Row("true lines", result.true, bar=">= 500"),
        Row("true lines refused", 100 * len(result.refused) / result.true, bar="<= 2", unit="%"),
    ]
    for name in OPERATORS:
        mark = "hard" if name in HARD else ""
        bar = ">= 100" if name in HARD else ""
        note = f"{result.made[name]} mutants {mark}".strip()
        rows.append(Row(name.replace("_", " "), result.share({name}), bar=bar, unit="%", note=note))
    return rows
