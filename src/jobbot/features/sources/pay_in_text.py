"""Ranges of pay that an advert states in words where its board states none. Pure, and rather silent than wrong.

Read are ranges of two amounts with a currency, on a line that speaks of pay and not of funding or revenue. What is
found is marked `predicted`, keeps its words in `raw`, and has a period only where the line names one.
"""

from __future__ import annotations

import re

from jobbot.kernel.money import Salary
from jobbot.sdk.paywords import currency_of

MOST = 8
"""More ranges than that are a table of many roles, not the pay of one."""

_CODES = "USD|EUR|GBP|CAD|AUD|NZD|CHF|SEK|NOK|DKK|PLN|SGD|INR"
_SIGNS = {"$": "USD", "US$": "USD", "C$": "CAD", "CA$": "CAD", "A$": "AUD", "€": "EUR", "£": "GBP"}
_MONEY = re.compile("|".join([r"\$", "€", "£", *(rf"{code}\b(?<!\w{code})" for code in _CODES.split("|"))]))
"""Each begins with a plain letter or sign, so that the search leaps from one of these to the next."""
_NUMBER = r"\d{1,3}(?:[,.'’]\d{3})+(?:\.\d{2})?|\d+(?:\.\d{1,2})?"
_SIGN = rf"(?:US|CA|C|A)?\$|[€£]|(?:{_CODES})"
_UNIT = r"(?:\s?/\s?(?:hr|hour|yr|year|h)\b|\s(?:per|an?) (?:hour|year))?"
_RANGE = re.compile(
    rf"(?P<sign>{_SIGN})?\s?(?P<low>{_NUMBER})\s?(?P<lowk>[kK]\b)?(?:\s?(?:{_SIGN}))?{_UNIT}"
    rf"\s?(?:-|–|—|to|and|bis)\s?(?:up to )?"
    rf"(?P<sign2>{_SIGN})?\s?(?P<high>{_NUMBER})\s?(?P<highk>[kK]\b)?(?:\s?(?P<code>{_CODES})\b|\s?(?P<after>[€£]))?"
    r"(?![\d%]|\s?(?:million|billion|[mMbB]{1,2}\b|\+?\s?(?:employees|people|users|customers)))"
)
_CUES = re.compile(
    r"\b(?:salar(?:y|ies)|pay|paid|compensation|base|OTE|on[- ]target|wages?|rate|hourly|annual(?:ly|i[sz]ed)?|"
    r"per (?:hour|year|annum|month)|an hour|a year|remuneration|gehalt|vergütung|CTC)\b|/\s?(?:hr|hour|yr|year)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:funding|raised|revenue|ARR|valuation|budget|deals?|quota|ACV|portfolio|assets|stipend|bonus(?:es)? of|"
    r"reimburse\w*|referral|401|insurance|allowance|per (?:diem|mile)|transactions?|grants?|equity value)\b",
    re.IGNORECASE,
)
_PERIODS = (
    ("hour", re.compile(r"\bhour(?:ly)?\b|/\s?(?:hr|hour|h)\b|\bhr\b|\bstunde", re.IGNORECASE)),
    ("month", re.compile(r"\bmonth(?:ly)?\b|/\s?(?:mo|month)\b|\bmonat", re.IGNORECASE)),
    ("week", re.compile(r"\b(?:per|a) week\b|\bweekly (?:pay|rate)\b", re.IGNORECASE)),
    ("day", re.compile(r"\b(?:per day|daily rate|day rate)\b", re.IGNORECASE)),
    ("year", re.compile(r"\bannual|\byear(?:ly)?\b|\bp\.?a\.?\b|/\s?yr\b|\bannum\b|\bjahr|jährlich", re.IGNORECASE)),
)
_LIKELY = {
    "hour": (5, 500),
    "day": (40, 5_000),
    "week": (150, 20_000),
    "month": (300, 80_000),
    "year": (9_000, 1_500_000),
}
_NEAR = 60


def stated_in(text: str, country: str | None = None) -> tuple[Salary, ...]:
    """Every range once, in the order of the text; () where the text states none, or too many to be one role's.

    A bare dollar sign is that of `country` (ISO 3166-1), where that is one with dollars of its own.
    """
    found: dict[tuple[float | None, float | None, str | None], Salary] = {}
    done = 0
    for money in _MONEY.finditer(text):
        if money.start() < done:
            continue
        start = text.rfind("\n", 0, money.start()) + 1
        done = text.find("\n", start) % (len(text) + 1)
        before = text[text.rfind("\n", 0, max(0, start - 1)) + 1 : max(0, start - 1)]
        for salary in _on_line(text[start:done], before if len(before) < 80 else "", country):
            found.setdefault((salary.min, salary.max, salary.currency), salary)
    return tuple(found.values()) if len(found) <= MOST else ()


def _on_line(line: str, heading: str, country: str | None) -> list[Salary]:
    result = []
    for match in _RANGE.finditer(line):
        sign = match["sign"] or match["sign2"] or match["code"] or match["after"]
        around = line[max(0, match.start() - 3 * _NEAR) : match.end() + _NEAR]
        if not sign or _OTHER.search(around) or not (_CUES.search(around) or _CUES.search(heading)):
            continue
        thousand = 1000 if match["highk"] else 1
        low, high = _value(match["low"]), _value(match["high"])
        low *= 1000 if match["lowk"] or (match["highk"] and low < 1000) else 1
        high *= thousand
        period = _period(line[match.start() : match.end() + _NEAR // 2]) or _period(around)
        if low < high and high <= 4 * low and _is_likely(low, high, period):
            result.append(Salary(low, high, _currency(match, sign, country), period, match[0].strip(), predicted=True))
    return result


def _value(number: str) -> float:
    """`150,000`, `150.000`, `150'000` and `150,000.00` are the same."""
    whole = re.sub(r"[,.'’](?=\d{3}(?:\D|$))", "", number)
    return float(whole.replace(",", ""))


def _period(words: str) -> str | None:
    """The one period the words name; None where they name none or two."""
    named = [name for name, pattern in _PERIODS if pattern.search(words)]
    return named[0] if len(named) == 1 else None


def _is_likely(low: float, high: float, period: str | None) -> bool:
    if period is None:
        return low >= _LIKELY["year"][0] and high <= _LIKELY["year"][1]
    least, most = _LIKELY[period]
    return low >= least and high <= most


def _currency(match: re.Match[str], sign: str, country: str | None) -> str:
    code = match["code"]
    if sign == "$" and not code:
        return currency_of(sign, country)[0] or _SIGNS[sign]
    return str(code or _SIGNS.get(sign, sign))
