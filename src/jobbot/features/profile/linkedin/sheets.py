"""Which files of a LinkedIn archive are read, and which of their columns. Everything else stays closed.

Names and columns as readers of real exports have recorded them; the portability API calls the same sheets "domains"
(PHONE_NUMBERS for PhoneNumbers.csv) and has the same columns as keys.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Sheet(NamedTuple):
    """`needs`: a table with none of these columns is not in English, or not this sheet. `known`: columns that are
    read; `silent`: columns that are left alone on purpose (dates of birth, who confirmed what)."""

    needs: tuple[str, ...]
    known: tuple[str, ...]
    silent: tuple[str, ...] = ()


_SPAN = ("Started On", "Finished On")

SHEETS: dict[str, Sheet] = {
    "profile": Sheet(
        ("First Name", "Last Name", "Headline"),
        (
            *("First Name", "Last Name", "Headline", "Summary", "Industry", "Address", "Zip Code", "Geo Location"),
            *("Twitter Handles", "Websites"),
        ),
        ("Maiden Name", "Birth Date", "Instant Messengers"),
    ),
    "profile summary": Sheet(("Profile Summary", "Summary"), ("Profile Summary", "Summary")),
    "email addresses": Sheet(("Email Address",), ("Email Address", "Confirmed", "Primary"), ("Updated On",)),
    "phone numbers": Sheet(("Number",), ("Extension", "Number", "Type")),
    "positions": Sheet(("Company Name", "Title"), ("Company Name", "Title", "Description", "Location", *_SPAN)),
    "education": Sheet(
        ("School Name",), ("School Name", "Degree Name", "Start Date", "End Date", "Notes", "Activities")
    ),
    "skills": Sheet(("Name",), ("Name",)),
    "languages": Sheet(("Name",), ("Name", "Proficiency")),
    "certifications": Sheet(("Name",), ("Name", "Url", "Authority", "License Number", *_SPAN)),
    "projects": Sheet(("Title",), ("Title", "Description", "Url", *_SPAN)),
    "publications": Sheet(("Name",), ("Name", "Published On", "Description", "Publisher", "Url")),
    "honors": Sheet(("Title",), ("Title", "Description", "Issued On")),
    "volunteering": Sheet(
        ("Company Name", "Organization Name", "Role"),
        ("Company Name", "Organization Name", "Role", "Cause", "Description", *_SPAN),
    ),
}

_OTHER_NAMES = {
    "phonenumbers": "phone numbers",
    "volunteer experiences": "volunteering",
    "volunteering experiences": "volunteering",
}

NO_PLACE = frozenset({"courses", "patents", "organizations", "test scores"})
"""Sheets about the member for which JSON Resume has no section; they are named and not read."""

_COPY = re.compile(r"\s*\(\d{1,3}\)$")


def spelling(name: str) -> str:
    """A name as it is compared: case, blanks and underscores do not count.

    >>> spelling("Email_Addresses"), spelling(" Company  Name")
    ('email addresses', 'company name')
    """
    return " ".join(name.casefold().replace("_", " ").split())


def sheet_of(stem: str) -> str:
    """The sheet of a file's name without `.csv`, or of a domain; "" for what is not read.

    >>> sheet_of("Profile (1)"), sheet_of("PHONE_NUMBERS"), sheet_of("messages")
    ('profile', 'phone numbers', '')
    """
    name = _COPY.sub("", spelling(stem))
    name = _OTHER_NAMES.get(name, name)
    return name if name in SHEETS else ""


def columns_of(sheet: str, header: list[str]) -> dict[int, str]:
    """Which known column stands at which place of a header; empty when the header is not this sheet's."""
    known = {spelling(name): name for name in SHEETS[sheet].known}
    found: dict[int, str] = {}
    for index, name in enumerate(header):
        column = known.get(spelling(name))
        if column and column not in found.values():
            found[index] = column
    return found if any(name in found.values() for name in SHEETS[sheet].needs) else {}


def strangers(sheet: str, header: list[str]) -> list[str]:
    """Names in a header that are neither read nor left alone on purpose."""
    expected = {spelling(name) for name in (*SHEETS[sheet].known, *SHEETS[sheet].silent)}
    return [name for name in header if name.strip() and spelling(name) not in expected]
