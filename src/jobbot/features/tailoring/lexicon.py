"""The words a template may add: headings, months, greetings, and the frames around a quote. They claim nothing.

Everything else in a document is wording of facts or quoted words of the posting.
"""

from __future__ import annotations

MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
PRESENT = "Present"

EXPERIENCE = "Experience"
EDUCATION = "Education"
PROJECTS = "Projects"
CERTIFICATES = "Certificates"
SKILLS = "Skills"
LANGUAGES = "Languages"
AWARDS = "Awards"
PUBLICATIONS = "Publications"
VOLUNTEERING = "Volunteering"
HEADINGS = (
    EXPERIENCE,
    PROJECTS,
    EDUCATION,
    CERTIFICATES,
    SKILLS,
    LANGUAGES,
    AWARDS,
    PUBLICATIONS,
    VOLUNTEERING,
)

GREETING = "Dear {company} team,"
GREETING_PLAIN = "Dear hiring team,"
CLOSING = "Kind regards,"
SUBJECT = "{title}, {company}"

RECORD = "My record"
WORK = "From my work"
TIME = "From my time"
TELLING = (RECORD, WORK, TIME)
"""What may open a sentence before "at ORGANISATION" where a wording begins with no deed."""

OPENINGS = (
    "For the {title} role you ask for {quote}.",
    "Your advert for the {title} role asks for {quote}.",
    "In the {title} advert you ask for {quote}.",
)
OPENINGS_SAID = (
    "For the {title} role you write: {quote}.",
    "Your advert for the {title} role says: {quote}.",
    "In the {title} advert you write: {quote}.",
)
"""For a quote that is no thing one can ask for: a verb, a sentence, a capital."""

FOLLOWING = ("You also ask for {quote}.", "You name {quote} too.", "Also on your list is {quote}.")
FOLLOWING_SAID = ("You also write: {quote}.", "And you write: {quote}.", "Also on your list: {quote}.")
"""Ordered so that two neighbours, whichever of the two rows they come from, never begin alike."""

ASKING = (
    "I would be glad to hear more about {quote}.",
    "I would like to talk with you about {quote}.",
    "When we talk, I would like to start with {quote}.",
)
PAPER = "As for {quote}:"
BARE = "This is about the {title} role."
QUOTING = (*OPENINGS, *OPENINGS_SAID, *FOLLOWING, *FOLLOWING_SAID, *ASKING, PAPER)


def word_set(text: str) -> frozenset[str]:
    """The words of a list written as running text."""
    return frozenset(text.split())


def month(date: str) -> str:
    """A partial ISO date in words, "" for an empty one.

    >>> month("2021-04-30"), month("2019")
    ('Apr 2021', '2019')
    """
    year, _, rest = date.partition("-")
    number = int(rest[:2]) if rest[:2].isdigit() else 0
    return f"{MONTHS[number]} {year}" if 1 <= number <= 12 else year


def period(start: str, end: str) -> str:
    """A range of partial ISO dates in words; an empty end with a start means still running.

    >>> period("2021-04", ""), period("2019", "2019"), period("", "2020")
    ('Apr 2021 – Present', '2019', '2020')
    """
    first, last = month(start), month(end)
    if first and not last:
        last = PRESENT
    return first if first == last else " – ".join(part for part in (first, last) if part)
