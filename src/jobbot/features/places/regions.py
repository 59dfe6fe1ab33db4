"""Names of regions, states and provinces. Plain data: add a line, nothing else changes."""

from __future__ import annotations

from collections.abc import Mapping

_EU = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE"
_EEA = _EU + " NO IS LI"
_GULF = "AE SA QA KW BH OM"
_MENA = _GULF + " EG MA DZ TN LY JO LB IQ IR IL PS SY YE TR"
_LATAM = "AR BO BR CL CO CR CU DO EC SV GT HN MX NI PA PY PE PR UY VE"
_SEA = "SG MY ID TH VN PH KH LA MM BN"
_ANZ = "AU NZ"

REGIONS: Mapping[str, str] = {
    # names joined by `|` : country codes; `EU*` etc. are every country of that continent
    "eu|european union": _EU,
    "eea|european economic area": _EEA,
    "europe|european|continental europe|eu timezone|european timezones|european time zones|cet": "EU*",
    "emea|europe middle east and africa|europe middle east africa": "EU* AF* " + _MENA,
    "apac|asia pacific|apj|japac": "AS* OC*",
    "asia": "AS*",
    "africa": "AF*",
    "latam|latin america|south america": _LATAM,
    "americas|the americas|amer": "NA* SA*",
    "north america|noram|namer|na|northam": "US CA MX",
    "us and canada|usa canada|us canada|us or canada": "US CA",
    "dach|d a ch|german speaking countries": "DE AT CH",
    "nordics|nordic|nordic countries|scandinavia": "SE NO DK FI IS",
    "baltics|baltic": "EE LV LT",
    "benelux": "NL BE LU",
    "iberia": "ES PT",
    "uki|uk and ireland|uk i": "GB IE",
    "cee|eastern europe|central and eastern europe": "PL CZ SK HU RO BG HR SI EE LV LT UA RS",
    "western europe": "GB IE FR DE AT CH NL BE LU",
    "southern europe": "ES PT IT GR MT CY",
    "mena|middle east and north africa": _MENA,
    "middle east": _GULF + " IL JO LB IQ IR TR YE",
    "gcc|gulf": _GULF,
    "sub saharan africa|ssa": "AF*",
    "east africa": "KE ET TZ UG RW",
    "southeast asia|south east asia|sea": _SEA,
    "south asia": "IN PK BD LK NP",
    "anz|australia and new zealand|oceania": _ANZ,
    "us eastern time|eastern time|us east coast|east coast|us west coast|west coast|us pacific time|pacific time"
    "|us central time|us mountain time|us time zones|us timezones|est|pst|midwest|new england": "US",
}

ANYWHERE = frozenset(
    {"anywhere", "global", "globally", "worldwide", "world wide", "world", "earth", "international", "everywhere"}
    | {"any location", "all locations", "distributed", "anywhere in the world"}
)

STATES = (
    "AK:alaska AL:alabama AR:arkansas AZ:arizona CA:california CO:colorado CT:connecticut DC:district_of_columbia "
    "DE:delaware FL:florida GA:georgia HI:hawaii IA:iowa ID:idaho IL:illinois IN:indiana KS:kansas KY:kentucky "
    "LA:louisiana MA:massachusetts MD:maryland ME:maine MI:michigan MN:minnesota MO:missouri MS:mississippi MT:montana "
    "NC:north_carolina ND:north_dakota NE:nebraska NH:new_hampshire NJ:new_jersey NM:new_mexico NV:nevada NY:new_york "
    "OH:ohio OK:oklahoma OR:oregon PA:pennsylvania RI:rhode_island SC:south_carolina SD:south_dakota TN:tennessee "
    "TX:texas UT:utah VA:virginia VT:vermont WA:washington WI:wisconsin WV:west_virginia WY:wyoming"
)
"""United States: postal code and name."""

PROVINCES = (
    "AB:alberta:01 BC:british_columbia:02 MB:manitoba:03 NB:new_brunswick:04 NL:newfoundland_and_labrador:05 "
    "NS:nova_scotia:07 ON:ontario:08 PE:prince_edward_island:09 QC:quebec:10 SK:saskatchewan:11"
)
"""Canada: postal code, name, code in GeoNames."""

NICKNAMES: Mapping[str, str] = {
    "nyc": "new york",
    "ny": "new york",
    "sf": "san francisco",
    "san fran": "san francisco",
    "san francisco city": "san francisco",
    "dc": "washington",
    "washington dc": "washington",
    "la": "los angeles",
    "philly": "philadelphia",
    "atl": "atlanta",
    "slc": "salt lake city",
    "pdx": "portland",
    "blr": "bengaluru",
    "cdmx": "mexico city",
    "kl": "kuala lumpur",
    "manhattan": "manhattan",
}
"""Short names of metropolitan areas that say the town -> its folded name."""
