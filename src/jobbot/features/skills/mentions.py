"""Which of the found names really are mentions: longest first, in the right case, in the right company."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jobbot.features.skills.find import Claim, Found
from jobbot.features.skills.model import Skill, SkillKind, SkillMention
from jobbot.kernel.text import Evidence

SURE = 1.0
LIKELY = 0.9
WEAK = 0.6
MAX_GAP = 4
NEAR = 40

_BEFORE = re.compile(
    r"(?:\b(?:with|in|using|use|of|know|knows|learn|via|like|microsoft|ms|programming|languages?|experience|proficien\w+|"
    r"including|e\.g\.|from|our|modern|advanced|strong|and|or|to|mit|und|oder|kenntnisse|wie|avec|et|ou|en|de|sur|maîtrise|"
    r"con|como|dominio|conocimientos|y|o)|[,/(:;•+&-]|\b[dl]['’])\s*$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s*(?:[,/);:•+]|\.(?:\s|$)|$|\n|(?:and|or|programming|developers?|development|engineers?|code|skills?|language|"
    r"framework|boot|services?|backend|spreadsheets?|formulas|certified|experience|knowledge|required|preferred|is|are|"
    r"a plus|as|und|oder|sowie|et|ou|y|o)\b|-?[Kk]enntnisse)",
    re.IGNORECASE,
)
_JOINS = frozenset(["", "and", "or", "and/or", "und", "oder", "et", "ou", "et/ou", "y", "o", "y/o", "e", "u"])
_NOT_AFTER = re.compile(r"\s+(?:[Ll]evel|[Ss]uite|at|in|to|the|for|on|your|our|you|us|through|by|with|of)\b")
_OF_A_FIRM = re.compile(r"\s+(?:P\.?L\.?C|LLC|Ltd|GmbH|Inc|S\.?A\.?R?L?|AG|Co|Pty|B\.?V)\b\.?(?!\s*[/&])")
"""What follows the last word of a firm's name: "Netsa Trading PLC" trades, and asks nobody to."""
_NOT_A_LANGUAGE = re.compile(
    r"[\s-]+(?:markets?|compan(?:y|ies)|government|law|tax|customers?|clients?|office|team|economy|army|border|region|"
    r"subsidiary|entity|business|territory|public|embassy|citizens?|nationals?|cuisine|food|restaurants?|hq)\b",
    re.IGNORECASE,
)


def mentions_of(text: str, found: Sequence[Found]) -> list[SkillMention]:
    """Mentions in reading order, never overlapping; every quote is `text[start:end]`."""
    taken: list[tuple[int, int, Skill, float]] = []
    unsure: list[tuple[int, Found, Claim]] = []
    done = 0
    for item in found:
        start, end, word = item
        if start < done or not (word.claims or word.decoy) or not _whole(text, start, end):
            continue
        if word.decoy:
            done = end
            continue
        claim = _claim(text, item)
        if claim is None or (text[start].isupper() and _OF_A_FIRM.match(text, end)):
            continue
        if claim.context:
            unsure.append((len(taken), item, claim))
        else:
            taken.append((start - _lead(claim.written), end, claim.skill, LIKELY if claim.written else SURE))
        done = end
    sure = _settle(text, taken, unsure) if unsure else taken
    return [SkillMention(Evidence(text[start:end], start, end), skill, trust) for start, end, skill, trust in sure]


def _whole(text: str, start: int, end: int) -> bool:
    """No letter or digit of any script right beside it, and it does not run across lines.

    Those of Latin-1 would be part of the normal form, so that only others are asked.
    """
    before, after = text[start - 1 : start], text[end : end + 1]
    if (before > "\xff" and before.isalnum()) or (after > "\xff" and after.isalnum()):
        return False
    return "\n" not in text[start:end]


def _claim(text: str, item: Found) -> Claim | None:
    claims = item[2].claims
    if len(claims) == 1 and not claims[0].written and claims[0].skill.kind is not SkillKind.LANGUAGE:
        return claims[0]
    plain = None
    for claim in claims:
        if not claim.written:
            plain = plain or claim
        elif _written(text, item, claim.written):
            return claim
    if plain is not None and plain.skill.kind is SkillKind.LANGUAGE and _NOT_A_LANGUAGE.match(text, item[1]):
        return None
    return plain


def _written(text: str, item: Found, written: str) -> bool:
    """Whether exactly `written` stands there, edge signs too (".NET"), and not as a part of R&D, C-level or J.R."""
    start = item[0] - _lead(written)
    if start < 0 or not text.startswith(written, start):
        return False
    if len(written) > 3:
        return True
    after, before = text[start + len(written) : start + len(written) + 2], text[max(0, start - 2) : start]
    if after[:1] in ("&", "'", "’", "-", "‑", "@", "_") or before[-1:] in ("&", "'", "’", "-", "@", "_", "$"):
        return False
    if (after[:1] == "." and after[1:2].isalnum()) or (before[-1:] == "." and before[:1].isalnum()):
        return False
    return not (written.isupper() and len(written) > 1 and _shouted(text, start, start + len(written)))


def _lead(written: str) -> int:
    """How many signs stand before a name (the full stop of ".NET")."""
    return len(written) - len(written.lstrip(".@#'"))


def _shouted(text: str, start: int, end: int) -> bool:
    """Whether the words around are all in capitals, so that capitals say nothing."""
    around = [c for c in text[max(0, start - NEAR // 2) : start] + text[end : end + NEAR // 2] if c.isalpha()]
    return len(around) > 8 and all(c.isupper() for c in around)


def _settle(
    text: str, taken: list[tuple[int, int, Skill, float]], unsure: list[tuple[int, Found, Claim]]
) -> list[tuple[int, int, Skill, float]]:
    """Admit the names that need company: beside a sure mention, or with words around that speak for them."""
    kept = list(taken)
    last: tuple[int, int] | None = None
    for place, item, claim in unsure:
        if _NOT_AFTER.match(text, item[1]):
            continue
        before = taken[place - 1][:2] if place else None
        after = taken[place][:2] if place < len(taken) else None
        beside = any(_adjoins(text, other, item) for other in (before, after, last) if other)
        if beside or _context(text, item):
            kept.append((item[0], item[1], claim.skill, LIKELY if beside else WEAK + 0.2))
            last = (item[0], item[1])
    kept.sort(key=lambda row: row[0])
    return kept


def _adjoins(text: str, other: tuple[int, int], item: Found) -> bool:
    """Whether only a comma, slash, bracket, "and" or "or" stands between two names."""
    low, high = (other[1], item[0]) if other[1] <= item[0] else (item[1], other[0])
    if not 0 <= high - low <= MAX_GAP + 4:
        return False
    between = text[low:high].strip().lower()
    return bool(between) and between.strip(",/(&+;|• ") in _JOINS


def _context(text: str, item: Found) -> bool:
    """Whether the words around a name speak for it; an initial ("C. Smith") is none."""
    start, end, _ = item
    if end - start == 1 and text.startswith(".", end):
        return False
    before = _BEFORE.search(text[max(0, item[0] - 16) : item[0]])
    return bool(before and _AFTER.match(text, item[1]))
