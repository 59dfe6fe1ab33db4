"""Who sends job alerts: part of an address each, as IMAP's FROM searches it.

No sender publishes this; the list is what alert mails are known to come from, and unverified. An entry is as narrow
as is known, so that messages between people are not even asked for. Settings add to it (`mailbox.senders`).
"""

from __future__ import annotations

from collections.abc import Sequence

from jobbot.kernel.errors import InvalidInput

ALERTS = (
    "jobalerts-noreply@linkedin.com",
    "jobs-noreply@linkedin.com",
    "jobs-listings@linkedin.com",
    "@indeed.com",
    "indeedemail.com",
    "@glassdoor.com",
    "@stepstone.",
    "@jobs.stepstone.",
    "@totaljobs.",
    "@mail.xing.com",
    "@xing.com",
    "@naukri.com",
    "@monster.",
    "@ziprecruiter.com",
    "@reed.co.uk",
    "@adzuna.",
    "@jobagent.",
    "@welcometothejungle.com",
    "@apec.fr",
    "@infojobs.net",
)


def senders(more: Sequence[str]) -> tuple[str, ...]:
    """The known ones and those of the settings, each once. Raises InvalidInput for what no address can hold."""
    stated = [one.strip().lower() for one in more]
    if odd := [one for one in stated if not one.isascii() or not one.isprintable()]:
        raise InvalidInput(f"mailbox.senders has {odd[0]!r}; an address, or the end of one as in @jobs.example")
    return tuple(dict.fromkeys([*ALERTS, *(one for one in stated if one)]))
