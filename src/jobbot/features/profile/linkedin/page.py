"""The pages of LinkedIn's "Save to PDF" told from other CVs, and cut at the edge of their sidebar.

No layout is documented. Traits that readers of real files agree on: a sidebar of a third (Contact, Top Skills,
...), the name as the largest text at the left edge of the main column, the profile's address, a footer `Page 1 of 4`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from jobbot.features.profile.reading.columns import Row, Word, rows_of

Headings = Mapping[str, tuple[str, ...]]
MAIN: Headings = {
    "summary": ("summary", "zusammenfassung", "résumé", "extracto"),
    "work": ("experience", "berufserfahrung", "expérience", "experiencia"),
    "education": ("education", "ausbildung", "formation", "educación"),
}
SIDE: Headings = {
    "contact": ("contact", "kontakt", "coordonnées", "contactar"),
    "skills": ("top skills", "top-kenntnisse", "principales compétences", "aptitudes principales"),
    "languages": ("languages", "sprachen", "langues", "idiomas"),
    "certificates": ("certifications", "zertifizierungen", "certificaciones"),
    "awards": ("honors-awards",),
    "publications": ("publications",),
    "other": ("patents",),
}
_FOOTER = re.compile(r"(?:page|seite|página)\s+\d+\s+(?:of|von|sur|de)\s+\d+", re.IGNORECASE)
MARGIN = 6.0
"""Points left of the name's edge that still belong to the main column."""


def named(text: str, headings: Headings) -> str:
    """The section that a line opens, "" for any other line."""
    name = " ".join(text.casefold().split())
    return next((section for section, names in headings.items() if name in names), "")


def edge(pages: list[tuple[float, list[Word]]]) -> float | None:
    """The left edge of the main column where these are pages of LinkedIn, else None.

    Needed: a name right of a sidebar, a heading on either side, and two of what other CVs do not have: the footer, the
    address labelled `(LinkedIn)`, the heading of the top skills.
    """
    if not pages or not pages[0][1]:
        return None
    width, words = pages[0]
    largest = max(word.size for word in words)
    x = min(word.x0 for word in words if word.size >= largest - 0.5) - MARGIN
    if not 0.25 * width < x < 0.5 * width:
        return None
    side, main = sides(words, x)
    if sum(word.x0 < x < word.x1 for word in words) > 2:
        return None
    beside = [row.text() for row in side]
    opened = {named(text, SIDE) for text in beside} - {""}
    if not opened or not any(named(row.text(), MAIN) for row in main):
        return None
    footer = any(_FOOTER.search(row.text()) for _, found in pages for row in rows_of(found))
    return x if footer + ("(LinkedIn)" in " ".join(beside)) + ("skills" in opened) >= 2 else None


def sides(words: list[Word], x: float) -> tuple[list[Row], list[Row]]:
    """Rows of the sidebar and of the main column."""
    return rows_of([word for word in words if word.x0 < x]), rows_of([word for word in words if word.x0 >= x])
