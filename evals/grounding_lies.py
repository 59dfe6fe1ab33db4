"""Ways to lie about a true line: the register, and what the operators share. Not an eval itself.

An operator takes a true case, the person and a random source, and gives (text, facts cited). `HARD` names the operators
of which every single mutant must be caught.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

from evals.grounding_lines import Case, Person
from jobbot.kernel.fact import Fact, FactKind

Mutant = tuple[str, tuple[Fact, ...]]
Operator = Callable[[Case, Person, random.Random], Iterator[Mutant]]
OPERATORS: dict[str, Operator] = {}
HARD: set[str] = set()


def operator(*, hard: bool = False) -> Callable[[Operator], Operator]:
    """Register a way of lying under its name."""

    def register(function: Operator) -> Operator:
        OPERATORS[function.__name__] = function
        if hard:
            HARD.add(function.__name__)
        return function

    return register


def each(pattern: str | re.Pattern[str], text: str, new: Callable[[re.Match[str]], str]) -> Iterator[str]:
    """The text with one match at a time replaced."""
    for match in re.finditer(pattern, text):
        changed = new(match)
        if changed != match[0]:
            yield re.sub(r"  +", " ", text[: match.start()] + changed + text[match.end() :]).strip()


def table(pairs: str) -> dict[str, str]:
    """`old>new, old>new` as a mapping."""
    found = (pair.partition(">") for pair in " ".join(pairs.split()).split(", "))
    return {old.strip(): new.strip() for old, _, new in found}


def swaps(case: Case, words: dict[str, str]) -> Iterator[Mutant]:
    """Each old word replaced by its new one, one place at a time."""
    for old, new in words.items():
        pattern = re.compile(rf"(?<![\w-]){re.escape(old)}(?![\w-])", re.IGNORECASE)
        for text in each(pattern, case.text, lambda _, new=new: new):  # type: ignore[misc]
            yield text[:1].upper() + text[1:] if case.text[:1].isupper() else text, case.facts


def without(words: str, case: Case) -> Iterator[Mutant]:
    """Each of the words, separated by bars, left out with the comma before it."""
    for text in each(re.compile(rf",? ?\b(?:{words})(?![\w-])", re.IGNORECASE), case.text, lambda _: ""):
        yield text.lstrip(" ,;"), case.facts


def bullets(case: Case) -> bool:
    return case.facts[0].kind is FactKind.BULLET


def own_words(case: Case) -> bool:
    """A bullet without words of a template around it."""
    return bullets(case) and case.form in ("verbatim", "full stop", "small letter", "shortened")
