"""Keep what a tailoring made so that it can be shown again as it was: its answer, and a sealed copy of each file."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from jobbot.features.sources.model import Posting
from jobbot.features.tailoring.made.picture import pages_of
from jobbot.features.tailoring.made.store import MadeSet, MadeStore
from jobbot.features.tailoring.model import FILES, Tailored
from jobbot.kernel.errors import NotFound
from jobbot.kernel.ids import UserId, new_id
from jobbot.platform.storage import Records

SUFFIXES = {"diff": "md", "provenance": "json", "build_log": "txt"}


def keep(made: Tailored, posting: Posting, store: MadeStore, records: Records, user: UserId, now: datetime) -> MadeSet:
    """The files first, then the row, in the caller's transaction if there is one."""
    identity = new_id()
    letter = 0
    for name, path in made.files.items():
        data = path.read_bytes()
        records.put(record_of(identity, name), data)
        letter = pages_of(data) if name == "letter_pdf" else letter
    body: dict[str, Any] = {
        "title": posting.title,
        "company": posting.company,
        "letter_pages": letter,
        **made.as_dict(),
        "files": {name: made.files[name].name if name in made.files else None for name in FILES},
    }
    kept = MadeSet(identity, posting.id, now, body)
    store.add(kept, user)
    return kept


def file_of(made: MadeSet, name: str, records: Records) -> bytes:
    """One file as it was made. Raises NotFound for a name that has none."""
    if not made.body["files"].get(name):
        raise NotFound("there is no such file among these documents")
    return records.get(record_of(made.id, name))


def record_of(identity: str, name: str) -> str:
    """Name of the sealed copy: `made_<id>_letter_pdf.pdf`."""
    return f"made_{identity}_{name}.{SUFFIXES.get(name) or name.removeprefix('letter_')}"
