"""Job titles: what the role is, at which level, and how near two titles are. Pure.

`Senior Software Engineer II, Payments (Remote)` is the role `software engineer`, level senior, about payments.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from jobbot.features.places.fold import fold

LEVEL_WORDS: Mapping[str, float] = {
    **dict.fromkeys(("intern", "internship", "trainee", "apprentice", "apprenticeship", "working student"), 0.0),
    **dict.fromkeys(("werkstudent", "praktikant", "praktikum", "student", "co op", "stagiaire"), 0.0),
    **dict.fromkeys(("junior", "jr", "entry level", "entry", "graduate", "new grad", "new college grad"), 1.0),
    **dict.fromkeys(("early career", "career starter"), 1.0),
    **dict.fromkeys(("associate", "assistant", "asst"), 1.4),
    **dict.fromkeys(("mid level", "mid", "intermediate", "ii"), 2.0),
    **dict.fromkeys(("senior", "sr", "snr", "iii", "experienced", "expert"), 3.0),
    **dict.fromkeys(("staff", "iv", "v"), 3.6),
    **dict.fromkeys(("lead", "principal", "principle", "founding", "distinguished", "team lead", "supervisor"), 3.7),
    **dict.fromkeys(("head", "director", "chair", "controller"), 5.0),
    **dict.fromkeys(("vp", "vice president", "svp", "evp", "president", "chief", "partner in charge"), 6.0),
}
"""Level named by a word: 0 intern, 1 junior, 2 mid, 3 senior, 4 lead or manager, 5 head or director, 6 executive."""

LEVEL_NAMES = ("intern", "junior", "mid-level", "senior", "lead or manager", "head or director", "executive")
MID = 2.0

_ROLE_MANAGERS = frozenset(
    ["account", "product", "project", "program", "programme", "office", "customer", "community", "content", "case"]
)
_EXPAND: tuple[tuple[str, str], ...] = (
    (r"\bfront[ -]?end\b", "frontend"),
    (r"\bback[ -]?end\b", "backend"),
    (r"\bfull[ -]?stack\b", "fullstack"),
    (r"\bdev ?ops\b", "devops"),
    (r"\b(?:ae|account exec)\b", "account executive"),
    (r"\b(?:sdr|bdr)s?\b", "sales development representative"),
    (r"\bbusiness development rep(?:resentative)?\b", "sales development representative"),
    (r"\brep\b", "representative"),
    (r"\bc(?:hief )?f(?:inancial )?o(?:fficer)?\b", "head finance"),
    (r"\bc(?:hief )?t(?:echnology |echnical )?o(?:fficer)?\b", "head technology"),
    (r"\bc(?:hief )?o(?:perating |perations )?o(?:fficer)?\b", "head operations"),
    (r"\bc(?:hief )?m(?:arketing )?o(?:fficer)?\b", "head marketing"),
    (r"\bchief (\w+) officer\b", r"head \1"),
    (r"\b(?:director|vp|svp|evp|vice president)\b", "head"),
    (r"\bmid market\b", "midmarket"),
    (r"\bengineering manager\b", "engineer manager"),
    (r"\bhrbp\b", "hr business partner"),
    (r"\bhuman resources?\b", "hr"),
    (r"\btalent acquisition (?:partner|specialist|manager|consultant|advisor)\b", "talent acquisition recruiter"),
    (r"\btalent (?:partner|sourcer)\b", "talent acquisition recruiter"),
    (r"\b(?:people|hr) (?:business )?partner\b", "hr people business partner"),
    (r"\bswe\b", "software engineer"),
    (r"\bsre\b", "site reliability engineer"),
    (r"\b(?:developer|dev|programmer)\b", "engineer"),
    (r"\bbi\b", "business intelligence"),
    (r"\bml\b", "machine learning"),
    (r"\bai\b", "artificial intelligence"),
    (r"\bqa\b", "quality assurance"),
    (r"\bux\b", "user experience"),
    (r"\bui\b", "user interface"),
    (r"\b(?:rn|registered nurse)\b", "registered nurse"),
    (r"\b(?:mgr)\b", "manager"),
    (r"\b(?:eng|engr)\b", "engineer"),
    (r"\b(?:hw)\b", "hardware"),
    (r"\b(?:npi)\b", "new product introduction"),
    (r"\b(?:mfg)\b", "manufacturing"),
    (r"\b(?:acct)\b", "accountant"),
    (r"\b(?:ops)\b", "operations"),
    (r"\b(?:recruitment|recruiting)\b", "recruiter"),
    (r"\b(?:accounting)\b", "accountant"),
    (r"\b(?:financial)\b", "finance"),
    (r"\b(?:analytics)\b", "analyst"),
    (r"\b(?:production|manufacturing)\b", "manufacturing"),
)
_EXPANSIONS = tuple((re.compile(pattern), replacement) for pattern, replacement in _EXPAND)
_DROP = frozenset(
    [
        "of",
        "the",
        "and",
        "for",
        "in",
        "at",
        "to",
        "a",
        "an",
        "with",
        "m",
        "f",
        "d",
        "w",
        "x",
        "mfd",
        "all",
        "genders",
        "gn",
        "remote",
        "hybrid",
        "onsite",
        "only",
        "i",
    ]
)
_NOUNS: Mapping[str, float] = {
    **dict.fromkeys(("engineer", "manager", "specialist", "analyst", "officer", "consultant", "executive"), 0.55),
    **dict.fromkeys(("representative", "coordinator", "technician", "administrator", "assistant", "agent"), 0.55),
    **dict.fromkeys(("partner", "expert", "advisor", "professional", "worker", "operator", "member"), 0.45),
    **dict.fromkeys(("head", "lead", "vice", "president", "business", "team", "group"), 0.4),
    **dict.fromkeys(("associate", "new", "global", "regional", "division", "department", "general", "corporate"), 0.25),
}
"""Words that many professions share, and what sharing them is worth; every other word counts 1."""
_LEVEL_TOKENS = frozenset(word for phrase in LEVEL_WORDS for word in phrase.split()) - {
    *("controller", "head", "director", "chief", "president", "vice", "assistant", "associate", "partner", "lead"),
    *("student", "charge", "supervisor", "level"),
}
_CUT = re.compile(r"\s*(?:\s[-–—|]\s|[|:;(\[/@]|,\s|\bat\b)\s*")


@dataclass(frozen=True, slots=True)
class Title:
    """`role` words decide the profession, `about` words (after a comma, a dash, in brackets) refine it."""

    raw: str
    role: tuple[str, ...]
    about: tuple[str, ...]
    level: float
    level_word: str


@lru_cache(maxsize=50_000)
def read(title: str) -> Title:
    """Read one title; never raises.

    >>> read("Sr. Front-End Developer (Berlin)").role
    ('frontend', 'engineer')
    """
    pieces = [piece for piece in _CUT.split(title[:200].replace(".", "")) if fold(piece)]
    words = [_words(piece) for piece in pieces]
    head = words[0] if words else []
    rest = [word for piece in words[1:] for word in piece]
    if rest and all(word in _NOUNS for word in head):
        head, rest = [*rest, *head], []
    level, word = level_of(title)
    role = tuple(dict.fromkeys(w for w in head if w not in _LEVEL_TOKENS))
    about = tuple(dict.fromkeys(w for w in rest if w not in _LEVEL_TOKENS and w not in role))
    return Title(title, role, about, level, word)


def _words(piece: str) -> list[str]:
    text = fold(piece)
    for pattern, replacement in _EXPANSIONS:
        text = pattern.sub(replacement, text)
    return [word for word in text.split() if word not in _DROP and not word.isdigit()]


def level_of(title: str) -> tuple[float, str]:
    """Level and the word that names it ("" when none does: mid-level)."""
    text = f" {fold(title.replace('.', ''))} "
    found = [(LEVEL_WORDS[phrase], phrase) for phrase in LEVEL_WORDS if f" {phrase} " in text]
    manager = _manager(text)
    found += [manager] if manager else []
    if not found:
        return MID, ""
    low = min(found)
    if low[0] <= 1.0 and not any(level >= 4.0 for level, _ in found):
        return low
    return max(found)


def _manager(text: str) -> tuple[float, str] | None:
    match = re.search(r" (?:(\w+) )?(?:manager|mgr) ", text)
    if not match:
        return None
    return (2.4, "manager") if match.group(1) in _ROLE_MANAGERS else (3.8, "manager")


def weight(word: str) -> float:
    return _NOUNS.get(word, 1.0)


def nearness(posting: Title, own: Title) -> float:
    """0-1: how much of the wished or held title stands in the posting's, and how little else does.

    Twice the shared weight over both weights (Dice), the posting's `about` words counted as present but not missed.
    """
    ours, theirs = set(own.role), set(posting.role)
    if not ours or not theirs:
        return 0.0
    beside = ours & set(posting.about)
    shared = sum(map(weight, sorted(ours & theirs))) + 0.6 * sum(map(weight, sorted(beside)))
    total = sum(map(weight, sorted(ours))) + sum(map(weight, sorted(theirs)))
    return min(1.0, 2 * shared / total)
