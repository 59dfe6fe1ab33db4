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

OPENINGS = (
    "For the {title} role you ask for {quote}.",
    "Your advert for the {title} role asks for {quote}.",
    "In the {title} advert you ask for {quote}.",
)
OPENINGS_CAPITAL = (
    "One line of your advert for the {title} role made me write: {quote}.",
    "Your advert for the {title} role says: {quote}.",
    "In the {title} advert you write: {quote}.",
)
FOLLOWING = ("You also ask for {quote}.", "Next you name {quote}.", "Also on your list is {quote}.")
FOLLOWING_CAPITAL = ("Further down you write: {quote}.", "Also on your list: {quote}.", "You go on: {quote}.")
ASKING = (
    "I would gladly go deeper into {quote}.",
    "I would like to talk with you about {quote}.",
    "When we talk, I would like to start with {quote}.",
)
ASKING_CAPITAL = (
    "One line I would like to talk about with you: {quote}.",
    "Where I would like our talk to start: {quote}.",
    "When we talk, let us begin here: {quote}.",
)
PAPER = "As for {quote}:"
BARE = "This is about the {title} role."


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
