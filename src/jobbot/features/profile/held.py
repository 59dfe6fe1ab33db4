"""What of this slice's tables and files is whose."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jobbot.features.profile.store import FactRow, PersonaRow, ProfileRow
from jobbot.platform.storage.holder import Holder, owned

HOLDER = Holder(
    "profile",
    (owned(FactRow, named=lambda row: f"{row.profile_id}/{row.id}"), owned(ProfileRow), owned(PersonaRow)),
)


def files(home: Path) -> Sequence[Path]:
    """A JSON Resume to fill in, and edits that wait for another try."""
    return [path for path in (home / "resume.json", *home.glob("resume-edit-*.json*")) if path.is_file()]
