"""Dates and ranges of dates as people write them in CVs, in English, German, French, Spanish and Swedish."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jobbot.features.profile import dates

_MONTHS = {
    1: "january jan januar jänner janvier janv enero ene januari",
    2: "february feb februar februari février févr fév fevrier febrero",
    3: "march mar märz mrz mär maerz mars marzo",
    4: "april apr avril avr abril abr",
    5: "may mai mayo maj",
    6: "june jun juni juin junio",
    7: "july jul juli juillet juil julio",
    8: "august aug août aout agosto ago augusti",
    9: "september sep sept septembre septiembre set",
    10: "october oct oktober okt octobre octubre",
    11: "november nov novembre noviembre",
    12: "december dec dezember dez décembre déc decembre diciembre dic",
}
_MONTH = {name: number for number, names in _MONTHS.items() for name in names.split()}
_NAMES = "|".join(sorted(map(re.escape, _MONTH), key=len, reverse=True))
_SEASONS = (
    "spring|summer|autumn|fall|winter|frühjahr|frühling|sommer|herbst|"
    "printemps|été|automne|hiver|primavera|verano|otoño|vår|höst|ss|ws|q[1-4]"
)
_STILL = (
    r"(?:(?:the )?present(?: day)?|now|current(?:ly)?|today|to date|ongoing|till date|heute|aktuell|jetzt|laufend|"
    r"aujourd['’]hui|présent|actuel(?:lement)?|ce jour|en cours|actualidad|presente|actual(?:mente)?|la fecha|hoy|"
    r"nu|idag|pågående|nuvarande|tills vidare|heden)"
)
_YEAR = r"(?:19[4-9]\d|20[0-4]\d)"
_POINT = (
    rf"(?:(?P<d{{n}}>[0-3]?\d)[./](?P<m{{n}}>[01]?\d)[./](?P<y{{n}}>{_YEAR})"
    rf"|(?P<yi{{n}}>{_YEAR})[-/](?P<mi{{n}}>0[1-9]|1[0-2])(?:-(?P<di{{n}}>[0-3]\d))?(?![\d])"
    rf"|(?P<mn{{n}}>0?[1-9]|1[0-2])\s?[/.]\s?(?P<yn{{n}}>{_YEAR})"
    rf"|(?:(?P<dt{{n}}>[0-3]?\d)\.?\s+)?(?P<mt{{n}}>{_NAMES})\.?(?:\s+de)?,?\s*(?:(?P<yt{{n}}>{_YEAR})|"
    rf"['’](?P<ya{{n}}>\d\d))"
    rf"|(?P<s{{n}}>{_SEASONS})\s+(?P<ys{{n}}>{_YEAR})"
    rf"|(?P<y4{{n}}>{_YEAR}))"
)
_TO = r"\s*(?:-{1,2}|–|—|−|‐|to|until|till|through|thru|bis|à|au|a|al|hasta|till och med|t\.o\.m\.|tom|/)\s*"
_SINCE = r"(?:since|from|seit|ab|depuis|desde|sedan|från och med|fr\.o\.m\.)\s+"
_BOUND = r"(?<![\w/.'’-])"
_MORE = rf"(?:(?P<still>{_STILL})|(?P<short>\d\d)(?=$|[\s,;)|])|{_POINT.replace('{n}', '2')})"
_RANGE = re.compile(rf"{_BOUND}{_POINT.replace('{n}', '1')}{_TO}{_MORE}(?![\w])", re.IGNORECASE)
_HALF = re.compile(rf"{_BOUND}(?P<mh>{_NAMES})\.?{_TO}{_POINT.replace('{n}', '2')}(?![\w])", re.IGNORECASE)
_OPEN = re.compile(
    rf"{_BOUND}(?:{_SINCE}{_POINT.replace('{n}', '1')}|{_POINT.replace('{n}', '2')}\s*(?:-|–|—)(?=\s*(?:$|"
    rf"[|,;)\t])))",
    re.IGNORECASE,
)
_ONE = re.compile(rf"{_BOUND}{_POINT.replace('{n}', '1')}(?![\w%])", re.IGNORECASE)
_DURATION = re.compile(
    r"\s*[(\[·,•|-]*\s*(?:\d{1,2}\+?\s*(?:years?|yrs?|jahre?n?|ans?|años?|år)(?:,?\s*"
    r"(?:and |und |et |y |och )?\d{1,2}\s*"
    r"(?:months?|mos?|mths?|monate?n?|mois|mes(?:es)?|månad(?:er)?))?|\d{1,2}\s*(?:months?|mos?|mths?|monate?n?|"
    r"mois|mes(?:es)?|månad(?:er)?))"
    r"\s*[)\]]?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Range:
    """Partial ISO dates; `end` "" when it still runs or is a single date (`single`). `[first, last)` in the text."""

    start: str
    end: str
    first: int
    last: int
    single: bool = False
    sure: bool = True

    @property
    def open(self) -> bool:
        return not self.end and not self.single


def find(text: str, *, single: bool = True) -> Range | None:
    """The first range of dates in `text`; with `single` a lone date counts where there is no range.

    >>> find("Analyst, Jan 2020 – Present")
    Range(start='2020-01', end='', first=9, last=27, single=False, sure=True)
    """
    if match := _RANGE.search(text):
        return _range(match)
    if match := _HALF.search(text):
        end = _point(match, "2")
        return Range(f"{end[:4]}-{_MONTH[match['mh'].casefold()]:02d}", end, *match.span())
    if match := _OPEN.search(text):
        return Range(_point(match, "1") or _point(match, "2"), "", *match.span())
    if single and (match := _ONE.search(text)):
        return Range(_point(match, "1"), "", *match.span(), single=True, sure=match["s1"] is None)
    return None


def has_date(text: str) -> bool:
    """Whether a line is there for its date: little else stands in it."""
    found = find(text)
    return found is not None and len(without(text, found)) <= max(24, (found.last - found.first) * 1.5)


def without(text: str, found: Range) -> str:
    """The text without the range, a duration after it, and the marks that set it apart; a gap becomes a tab."""
    before, after = text[: found.first], text[found.last :]
    if duration := _DURATION.match(after):
        after = after[duration.end() :]
    before, after = before.rstrip(" \t,;|·•([:–—-/"), after.lstrip(" \t,;|·•)]:–—-/").rstrip(" \t,;|·•-–—(")
    if before.count("(") > before.count(")") and not after:
        before = before[: before.rfind("(")].rstrip()
    return f"{before}\t{after}".strip() if before and after else (before or after)


def is_duration(text: str) -> bool:
    """`3 years 2 months`, and nothing else."""
    return bool(_DURATION.fullmatch(text))


def _range(match: re.Match[str]) -> Range:
    start = _point(match, "1")
    if match["still"]:
        return Range(start, "", *match.span(), sure=match["s1"] is None)
    if match["short"]:
        end = start[:2] + match["short"]
        return Range(start[:4], end if end >= start[:4] else "", *match.span(), sure=False)
    end = _point(match, "2")
    if end[:4] < start[:4]:
        return Range(end, start, *match.span(), sure=False)
    return Range(start, end, *match.span(), sure=not (match["s1"] or match["s2"]))


def _point(match: re.Match[str], n: str) -> str:
    """The partial ISO date of one end of a match; seasons keep their year only."""
    got = match.groupdict()
    for year, month, day in (("y", "m", "d"), ("yi", "mi", "di"), ("yn", "mn", ""), ("yt", "mt", "dt")):
        if got.get(year + n) or (year == "yt" and got.get("ya" + n)):
            return _iso(
                got.get(year + n) or "20" + str(got["ya" + n]), got[month + n], got.get(day + n) if day else None
            )
    return got.get("ys" + n) or got.get("y4" + n) or ""


def _iso(year: str, month: str | None, day: str | None) -> str:
    number = _MONTH.get((month or "").casefold()) or (int(month) if month and month.isdecimal() else 0)
    if not 1 <= number <= 12:
        return year
    whole = f"{year}-{number:02d}-{int(day or 0):02d}"
    if dates.valid(whole):
        return whole
    return f"{year}-{number:02d}"
