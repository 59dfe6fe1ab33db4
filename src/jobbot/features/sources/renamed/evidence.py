"""When a board's employer has changed its name, and when that cannot be said. Pure."""

from __future__ import annotations

from jobbot.features.sources.company import normal_name
from jobbot.sdk import Listing


def renamed(former: str | None, listing: Listing) -> str | None:
    """The new name, where all that a board lists is of one employer by another name than the `former`; else None.

    A board of several employers (a group, an agency) was not renamed because another of them comes first today; a
    vendor that names nobody says nothing, and two spellings of one name are one.
    """
    names = {row.company for row in listing.postings if row.company} | {listing.company or ""} - {""}
    kinds = {normal_name(name) for name in names}
    if not former or len(kinds) != 1 or normal_name(former) in kinds:
        return None
    return listing.company or sorted(names)[0]
