"""Pay in words, as vendors and people write it in a field of its own: `80-95K`, `ab 45.000 €`, `$25/hr`, `CHF 120'000`.

What the words do not say stays None. A sign that several currencies share (`$`, `kr`, `¥`, `Rs`) is that of the country
where one is given and uses it; a dollar without a country is the United States', and the label says so.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

from jobbot.kernel.money import Salary


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    """The lists of `paywords.txt`."""
    found: dict[str, list[str]] = {}
    for line in (Path(__file__).parent / "paywords.txt").read_text("utf-8").splitlines():
        if line.startswith("## "):
            found[line[3:]] = []
        elif line and not line.startswith("#"):
            next(reversed(found.values())).append(line)
    return {name: tuple(words) for name, words in found.items()}


def _any(name: str) -> str:
    return "|".join(_lists()[name])


def _shared(line: str) -> tuple[str, tuple[str | None, dict[str, str]]]:
    sign, _, rest = line.partition("=")
    usual, *by = rest.split(" ")
    return sign, (None if usual == "-" else usual, dict(pair.split(":") for pair in by))


_SIGNS = dict(line.split("=") for line in _lists()["signs"])
_SHARED = dict(map(_shared, _lists()["shared"]))
"""Signs of several currencies: what one is without a country, and by country."""
_SIGN = _any("written signs")
_NUMBER = (
    r"\d{1,3}(?:,\d{2})+,\d{3}(?!\d)|"
    r"\d{1,3}(?:[.,'’ ]\d{3})+(?!\d)(?:[.,]\d{1,2}(?!\d))?|\d{1,12}(?:[.,]\d{1,2}(?!\d))?"
)
_TIMES = rf"(?:{_any('times')})"


def _one(which: str) -> str:
    return (
        rf"(?P<sign{which}>{_SIGN})?\s?(?<![\d.,])(?P<n{which}>{_NUMBER})\s?(?P<times{which}>{_TIMES})?"
        rf"\s?(?P<after{which}>{_SIGN})?"
    )


_UNIT = r"(?:\s?(?:/|per|an?|pro|par|por)\s?\w{1,8}\.?)?"
_TO = r"(?:-|–|—|−|to|bis|and|à|a|al|hasta|do|til|t/m|~)"
_RANGE = re.compile(rf"{_one('')}(?:{_UNIT}\s?{_TO}\s?(?:up to )?{_one('2')})?(?P<more>\s?\+)?")
_FROM = re.compile(rf"(?:{_any('from')})\s*(?:of\s|von\s)?$", re.IGNORECASE)
_UP_TO = re.compile(rf"(?:{_any('up to')})\s*$", re.IGNORECASE)


def _patterns(kind: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    names = [name for name in _lists() if name.startswith(kind)]
    return tuple((name.removeprefix(kind), re.compile(_any(name), re.IGNORECASE)) for name in names)


_PERIODS = _patterns("period ")
_LABELS = _patterns("label ")
_NO_PAY = re.compile(r"\b401\s?\(?k\)?", re.IGNORECASE)
"""A pension plan."""
_NOT_BASE = re.compile(
    r"\s*(?:%|(?:in |of )?(?:annual |yearly )?(?:commission|bonus|equity|stock|sign(?:ing|-on)|provision))", re.I
)
"""What comes beside the base pay."""
DOLLAR = "“$” read as US dollars"
_MULTIPLY = (("k", 1e3), ("t", 1e3), ("l", 1e5), ("c", 1e7), ("m", 1e6))
_YEARS = (1900, 2100)
MOST = 12


def stated(words: str, country: str | None = None) -> tuple[Salary, ...]:
    """Every range the words state, () where they state none. `country` (ISO 3166-1) tells signs apart. Never raises.

    >>> [(s.min, s.max, s.currency, s.period) for s in stated("ab 45.000 € brutto/Jahr")]
    [(45000.0, None, 'EUR', 'year')]
    """
    plain = unicodedata.normalize("NFC", words[:400])
    plain = _NO_PAY.sub(" ", re.sub(r"[\u00a0\u202f\u2009\t]", " ", plain))
    found: list[Salary] = []
    for match in _RANGE.finditer(plain):
        salary = _salary(match, plain, words.strip(), country)
        if salary is not None and salary not in found and len(found) < MOST:
            found.append(salary)
    return tuple(found)


def _salary(match: re.Match[str], plain: str, raw: str, country: str | None) -> Salary | None:
    low, high = _bounds(match, plain)
    signs = (match[name] for name in ("sign", "after", "sign2", "after2"))
    sign = next((one for one in signs if one and _known(one)), None)
    period = _period(plain, match)
    if _NOT_BASE.match(plain, match.end()) or not _is_pay(low, high, sign, period, match):
        return None
    if low is not None and high is not None and low > high:
        low, high = high, low
    code, note = currency_of(sign, country)
    labels = [name for name, pattern in _LABELS if pattern.search(plain)] + ([note] if note else [])
    return Salary(low, high, code, period, raw, label="; ".join(labels) or None)


def _is_pay(low: float | None, high: float | None, sign: str | None, period: str | None, match: re.Match[str]) -> bool:
    """A number alone may be anything: it needs a currency, a period, a unit or the size of pay."""
    most = max(value for value in (low, high, 0.0) if value is not None)
    if not 0 < most < 1e12:
        return False
    year = _YEARS[0] <= most <= _YEARS[1] and low == high
    units = match["times"] or match["times2"]
    return bool(sign or period or (units and most >= 1e3) or (most >= 1e3 and not year))


def _bounds(match: re.Match[str], plain: str) -> tuple[float | None, float | None]:
    first = amount(match["n"])
    if match["n2"] is None:
        value = first * _times(match["times"])
        before = plain[max(0, match.start() - 24) : match.start("n")].rstrip(" ")
        before = before.removesuffix(match["sign"] or "").rstrip()
        if match["more"] or _FROM.search(before):
            return value, None
        return (None, value) if _UP_TO.search(before) else (value, value)
    second = amount(match["n2"]) * _times(match["times2"])
    shared = match["times2"] if not match["times"] and first < amount(match["n2"]) * 10 else match["times"]
    return first * _times(shared), second if match["times2"] or not match["times"] else second * _times(match["times"])


def amount(number: str) -> float:
    """A number as people write it; of the marks before three digits none is a decimal point.

    >>> amount("45.000,50"), amount("1'200"), amount("12,00,000"), amount("25.5"), amount("45.000")
    (45000.5, 1200.0, 1200000.0, 25.5, 45000.0)
    """
    whole = re.sub(r"[.,'’ ](?=\d{3}(?:\D|$))", "", number)
    whole = re.sub(r",(?=\d{2},?\d{3})", "", whole)
    return float(whole.replace(",", "."))


def _times(unit: str | None) -> float:
    if not unit:
        return 1.0
    low = unit.lower()
    return next((factor for begin, factor in _MULTIPLY if low.startswith(begin)), 1.0)


def _period(plain: str, match: re.Match[str]) -> str | None:
    """What is named nearest behind the amount, else anywhere; None where two are."""
    near = _named(plain[match.start() : match.end() + 24])
    return near[0] if len(near) == 1 else next(iter(_named(plain)), None) if len(_named(plain)) == 1 else None


def _named(words: str) -> list[str]:
    return [name for name, pattern in _PERIODS if pattern.search(words)]


@cache
def codes() -> frozenset[str]:
    """Every code of ISO 4217, those of the past too (CLDR)."""
    from babel.numbers import list_currencies

    return frozenset(list_currencies())


def _known(sign: str) -> bool:
    return not (len(sign) == 3 and sign.isalpha() and sign.isupper() and sign.isascii()) or sign in codes()


def currency_of(sign: str | None, country: str | None = None) -> tuple[str | None, str | None]:
    """The code of a sign, and what was assumed for it. (None, None) for a sign that says too little."""
    if not sign:
        return None, None
    word = sign.strip(". ").lower()
    word = _SIGNS.get(word, word)
    if word in _SHARED:
        usual, by_country = _SHARED[word]
        code = by_country.get(country or "", usual)
        return code, DOLLAR if word == "$" and (country or "") not in by_country else None
    code = word.upper()
    return (code, None) if code in codes() else (None, None)
