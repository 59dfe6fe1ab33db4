"""What plugin authors import, and nothing else of jobbot. `sdk.contract` is the test kit a plugin is held to.

A source plugin needs `Source`, `SourceCard`, `RawPosting`, `Listing` and friends; `PlainSource`, `rows_of` and the
readers of `sdk.fields` make it short (docs/howto/write-a-source.md). Errors come from `jobbot.kernel.errors`.
"""

from jobbot.kernel.money import Salary
from jobbot.sdk.ask import ask, ask_each, recognised, unchanged
from jobbot.sdk.http import HostPolicy, Http, Reply
from jobbot.sdk.plain import PlainSource
from jobbot.sdk.rows import Read, Rows, refused, rows_of, together
from jobbot.sdk.source import (
    API_VERSION,
    BoardRef,
    Configurable,
    Kind,
    Listing,
    Option,
    RawPosting,
    Rejected,
    Skipped,
    Source,
    SourceCard,
    Verdict,
)

__all__ = [
    "API_VERSION",
    "BoardRef",
    "Configurable",
    "HostPolicy",
    "Http",
    "Kind",
    "Listing",
    "Option",
    "PlainSource",
    "RawPosting",
    "Read",
    "Rejected",
    "Reply",
    "Rows",
    "Salary",
    "Skipped",
    "Source",
    "SourceCard",
    "Verdict",
    "ask",
    "ask_each",
    "recognised",
    "refused",
    "rows_of",
    "together",
    "unchanged",
]
