"""`basics` of a JSON Resume from Profile, Email Addresses and Phone Numbers."""

from __future__ import annotations

from collections.abc import Callable

from jobbot.features.profile.linkedin import values
from jobbot.features.profile.linkedin.row import GUESSED, NOTHING, SURE, Entry, Spoken, entries
from jobbot.features.profile.linkedin.table import Table
from jobbot.features.profile.understanding.contacts import country_code, network_of, username_of
from jobbot.features.profile.understanding.found import Found, Tree

Tables = dict[str, Table]


def basics(tables: Tables, spoken: Spoken) -> dict[str, Tree]:
    """Name, headline, contacts, place, summary and links."""
    made: dict[str, Tree] = {}
    rows = list(entries(tables.get("profile"), spoken, "First Name", "Last Name", "Headline", "Summary"))
    _only_first(rows)
    if rows:
        made |= _person(rows[0])
    if made.get("summary", NOTHING) == NOTHING:
        made["summary"] = _summary(tables, spoken)
    made["email"] = _email(tables, spoken)
    made["phone"] = _phone(tables, spoken)
    order = ("name", "label", "email", "phone", "url", "summary", "location", "profiles")
    return {key: made[key] for key in order if made.get(key) not in (None, NOTHING)}


def _person(entry: Entry) -> dict[str, Tree]:
    entry.unused("Industry")
    url, profiles = _links(entry)
    return {
        "name": _name(entry),
        "label": entry.leaf("Headline"),
        "summary": entry.leaf("Summary"),
        "url": url,
        "location": _place(entry),
        "profiles": profiles,
    }


def _summary(tables: Tables, spoken: Spoken) -> Found:
    """The summary of older archives, which have a file for it."""
    rows = list(entries(tables.get("profile summary"), spoken, "Profile Summary", "Summary"))
    _only_first(rows)
    return rows[0].leaf("Profile Summary" if rows[0].text("Profile Summary") else "Summary") if rows else NOTHING


def _only_first(rows: list[Entry]) -> None:
    for row in rows[1:]:
        row.say("not read: a profile has one row")


def _name(entry: Entry) -> Found:
    """First and last name as one; its source reaches from the one to the other."""
    first, last = entry.leaf("First Name"), entry.leaf("Last Name")
    if not first.value or not last.value:
        return first if first.value else last
    source = first.source._replace(end=last.source.end, column="First Name, Last Name")
    return Found(f"{first.value} {last.value}", source, min(first.confidence, last.confidence))


def _place(entry: Entry) -> dict[str, Tree]:
    """`Town, Region, Country`; a part that is no country stays a name."""
    place = entry.text("Geo Location")
    parts = [part.strip() for part in place.split(",") if part.strip()] if len(place) <= values.MAX_NAME else [place]
    made: dict[str, Tree] = {
        "address": entry.leaf("Address"),
        "postalCode": entry.leaf("Zip Code"),
    }
    code = country_code(parts[-1]) if parts and len(place) <= values.MAX_NAME else ""
    if code:
        made["countryCode"] = entry.leaf("Geo Location", code, 0.9)
        parts.pop()
    for key, part in zip(("city", "region"), (parts[0], ", ".join(parts[1:])) if parts else (), strict=False):
        if part:
            made[key] = entry.leaf("Geo Location", part, 0.9)
    return made


def _links(entry: Entry) -> tuple[Found, list[Tree]]:
    """The person's own site, and profiles elsewhere; a company's site is not theirs to list."""
    own = NOTHING
    handles = [handle.strip(" @[]") for handle in entry.text("Twitter Handles").split(",")]
    profiles = [
        _profile(entry, "Twitter Handles", "Twitter", name, f"https://twitter.com/{name}")
        for name in handles[: values.MAX_LINKS]
        if name
    ]
    for kind, url in values.links(entry.text("Websites")):
        network = network_of(url)
        if kind in ("Company", "Rss"):
            entry.spoken.unused.append(f"{kind} website: {url} ({entry.file}, line {entry.row.line})")
        elif not own.value and not network:
            own = entry.leaf("Websites", url, 0.95)
        else:
            username = username_of(url) if network else ""
            profiles.append(_profile(entry, "Websites", network or kind or "Website", username, url))
    return own, profiles


def _profile(entry: Entry, column: str, network: str, username: str, url: str) -> Tree:
    made: dict[str, Tree] = {"network": entry.leaf(column, network, 0.9), "url": entry.leaf(column, url, 0.9)}
    if username:
        made["username"] = entry.leaf(column, username, 0.9)
    return {key: made[key] for key in ("network", "username", "url") if key in made}


def _email(tables: Tables, spoken: Spoken) -> Found:
    """The primary address that was confirmed, else a confirmed one, else the first, which is then a guess."""
    rows = list(entries(tables.get("email addresses"), spoken, "Email Address"))
    return _best(rows, "Email Address", lambda row: 2 * _yes(row, "Confirmed") + _yes(row, "Primary"), 2)


def _phone(tables: Tables, spoken: Spoken) -> Found:
    """A mobile number before any other."""
    rows = list(entries(tables.get("phone numbers"), spoken, "Number"))
    return _best(rows, "Number", lambda row: int(row.text("Type").casefold().startswith("mobile")), 0)


def _best(rows: list[Entry], column: str, rank: Callable[[Entry], int], enough: int) -> Found:
    if not rows:
        return NOTHING
    best = max(rows, key=rank)
    for row in rows:
        if row is not best:
            row.unused(column)
    extension = best.text("Extension") if column == "Number" else ""
    value = f"{best.text(column)} ext. {extension}" if extension else ""
    return best.leaf(column, value, SURE if rank(best) >= enough else GUESSED)


def _yes(entry: Entry, column: str) -> int:
    return int(entry.text(column).casefold() in ("yes", "true"))
