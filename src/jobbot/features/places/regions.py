"""Names of regions, states and metropolitan areas. Plain data: add a line, nothing else changes."""

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

METROS: tuple[tuple[str, str, int], ...] = (
    # names | joined ; centres as City,COUNTRY or City,US,STATE joined by `+` ; commuting radius in km
    (
        "sf bay area|san francisco bay area|bay area|silicon valley|bay area ca|sfba|sf bay|peninsula bay area",
        "san francisco,US,CA+oakland,US,CA+palo alto,US,CA+san jose,US,CA",
        32,
    ),
    ("sf|san fran|san francisco city", "san francisco,US,CA", 50),
    ("east bay", "oakland,US,CA+fremont,US,CA", 30),
    ("south bay", "san jose,US,CA", 30),
    ("nyc|ny|new york metro|new york city metro|greater new york|tri state area|manhattan", "new york,US,NY", 55),
    ("la|greater los angeles|los angeles metro|southern california|socal", "los angeles,US,CA+irvine,US,CA", 65),
    ("orange county", "irvine,US,CA+anaheim,US,CA", 30),
    (
        "dc|washington dc|dmv|greater washington|washington dc metro|national capital region|nova",
        "washington,US,DC",
        55,
    ),
    ("greater boston|boston metro", "boston,US,MA", 55),
    ("research triangle|research triangle park|rtp|triangle nc", "raleigh,US,NC+durham,US,NC", 35),
    ("dfw|dallas fort worth|dallas ft worth|metroplex", "dallas,US,TX+fort worth,US,TX", 50),
    ("twin cities|minneapolis st paul", "minneapolis,US,MN+st paul,US,MN", 45),
    ("chicagoland|greater chicago", "chicago,US,IL", 65),
    ("philly|greater philadelphia", "philadelphia,US,PA", 50),
    ("atl|metro atlanta|greater atlanta", "atlanta,US,GA", 55),
    ("greater seattle|puget sound|seattle metro", "seattle,US,WA+bellevue,US,WA", 50),
    ("slc|wasatch front|silicon slopes", "salt lake city,US,UT+provo,US,UT", 45),
    ("pdx|portland metro", "portland,US,OR", 40),
    ("greater denver|denver metro|front range", "denver,US,CO+boulder,US,CO", 45),
    ("metro detroit|greater detroit", "detroit,US,MI+ann arbor,US,MI", 45),
    ("south florida", "miami,US,FL+fort lauderdale,US,FL+west palm beach,US,FL", 40),
    ("tampa bay|tampa bay area", "tampa,US,FL+st petersburg,US,FL", 45),
    ("space coast", "melbourne,US,FL+titusville,US,FL", 45),
    ("hampton roads", "norfolk,US,VA+virginia beach,US,VA", 40),
    ("inland empire", "riverside,US,CA+san bernardino,US,CA", 45),
    ("greater houston", "houston,US,TX", 60),
    ("greater phoenix|phoenix metro|valley of the sun", "phoenix,US,AZ", 55),
    ("greater austin|austin metro", "austin,US,TX", 50),
    ("gta|greater toronto|greater toronto area|toronto gta", "toronto,CA", 60),
    ("kitchener waterloo|waterloo region|kw", "waterloo,CA+kitchener,CA", 30),
    ("metro vancouver|greater vancouver|lower mainland", "vancouver,CA", 45),
    ("greater montreal|grand montreal", "montreal,CA", 45),
    ("greater london|london area|inner london|central london", "london,GB", 40),
    ("greater manchester", "manchester,GB", 35),
    ("west midlands", "birmingham,GB", 40),
    ("thames valley", "reading,GB+slough,GB", 35),
    ("silicon fen", "cambridge,GB", 30),
    ("central belt", "edinburgh,GB+glasgow,GB", 35),
    ("greater dublin|dublin area", "dublin,IE", 40),
    ("ile de france|paris area|grand paris|greater paris|region parisienne", "paris,FR", 45),
    ("sophia antipolis|cote d azur|french riviera", "nice,FR+cannes,FR", 35),
    ("randstad", "amsterdam,NL+rotterdam,NL+the hague,NL+utrecht,NL", 25),
    ("amsterdam area|greater amsterdam", "amsterdam,NL", 35),
    ("brainport", "eindhoven,NL", 30),
    ("ruhr|ruhrgebiet|ruhr area|rhine ruhr", "essen,DE+dortmund,DE+duisburg,DE", 30),
    ("rhine main|rhein main|frankfurt rhine main|rhine main area", "frankfurt am main,DE", 50),
    ("rhine neckar|rhein neckar", "mannheim,DE+heidelberg,DE", 30),
    ("greater munich|munich area|grossraum munchen", "munich,DE", 50),
    ("greater berlin|berlin brandenburg|berlin area", "berlin,DE", 45),
    ("greater hamburg|hamburg area", "hamburg,DE", 45),
    ("greater zurich|greater zurich area|zurich area", "zurich,CH", 40),
    ("lake geneva|lake geneva region|arc lemanique", "geneva,CH+lausanne,CH", 35),
    ("oresund|oresund region|greater copenhagen", "copenhagen,DK+malmo,SE", 40),
    ("greater stockholm|stockholm area", "stockholm,SE", 45),
    ("greater gothenburg|west sweden", "gothenburg,SE", 45),
    ("greater oslo|oslo area", "oslo,NO", 40),
    ("greater helsinki|capital region finland", "helsinki,FI+espoo,FI", 35),
    ("tri city|trojmiasto", "gdansk,PL+gdynia,PL", 25),
    ("greater madrid|comunidad de madrid", "madrid,ES", 40),
    ("greater barcelona", "barcelona,ES", 40),
    ("greater lisbon|lisbon area", "lisbon,PT", 40),
    ("greater milan|milan area", "milan,IT", 40),
    ("gush dan|tel aviv area|greater tel aviv", "tel aviv,IL", 35),
    ("delhi ncr|ncr|national capital region india|new delhi ncr", "delhi,IN+gurugram,IN+noida,IN", 35),
    ("mumbai metropolitan region|mmr|greater mumbai", "mumbai,IN+thane,IN", 40),
    ("greater bengaluru|greater bangalore|blr", "bengaluru,IN", 45),
    ("greater tokyo|tokyo area|kanto", "tokyo,JP+yokohama,JP", 45),
    ("kansai", "osaka,JP+kyoto,JP+kobe,JP", 30),
    ("greater seoul|seoul metropolitan area", "seoul,KR", 45),
    ("greater bay area", "hong kong,HK+shenzhen,CN+guangzhou,CN", 45),
    ("klang valley|greater kuala lumpur|kl", "kuala lumpur,MY+petaling jaya,MY", 30),
    ("metro manila|ncr philippines|bgc", "manila,PH+quezon city,PH+makati city,PH", 25),
    ("jabodetabek|greater jakarta", "jakarta,ID", 45),
    ("greater sydney|sydney area", "sydney,AU", 50),
    ("greater melbourne", "melbourne,AU", 50),
    ("greater sao paulo|grande sao paulo", "sao paulo,BR", 50),
    ("cdmx|greater mexico city|valle de mexico", "mexico city,MX", 45),
    ("greater buenos aires|gba|caba", "buenos aires,AR", 45),
    ("gauteng", "johannesburg,ZA+pretoria,ZA", 45),
)
