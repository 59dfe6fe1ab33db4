"""The profile in the person's own editor: a file only they can read, kept until it is right."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

from jobbot.features.profile.model import persona_name
from jobbot.features.profile.resume import Loaded, dump, load_valid
from jobbot.kernel.errors import Failed, InvalidInput
from jobbot.kernel.private import private_folder
from jobbot.platform.storage import Artefacts

SKELETON: dict[str, Any] = {
    "basics": {
        "name": "",
        "label": "",
        "email": "",
        "phone": "",
        "summary": "",
        "location": {"city": ""},
        "profiles": [],
    },
    "work": [{"name": "", "position": "", "startDate": "2020-01", "highlights": []}],
    "education": [],
    "skills": [{"name": "", "keywords": []}],
    "languages": [],
}
"""What the editor shows when there is no profile yet."""

_KNOWN = ("nano", "vim", "vi", "notepad")


class Edited(NamedTuple):
    """The checked document and whether anything changed; `place` is removed by `done`."""

    loaded: Loaded
    changed: bool
    place: Path


def edit(resume: dict[str, Any] | None, home: Path, persona: str, editor: str = "") -> Edited:
    """Open the resume, or the edit kept from last time, in `editor` (a command line), and read it again.

    Raises InvalidInput with every problem and its line; the file is kept then, and the next call opens it.
    """
    private_folder(home)
    name = f"resume-edit-{persona_name(persona)}.json"
    before = dump(resume or SKELETON)
    place = home / name
    if not place.exists():
        Artefacts(home).put(name, before.encode())
    try:
        _open(_command(editor), place)
    except Exception:
        if place.read_text("utf-8", errors="replace") == before:
            place.unlink()
        raise
    data = place.read_bytes()
    try:
        loaded = load_valid(data, place.name)
    except InvalidInput as refused:
        detail = f"{refused.detail}. Your edit is kept; `jobbot profile edit` opens it again"
        raise InvalidInput(detail, errors=refused.errors) from None
    return Edited(loaded, dump(loaded.resume) != before, place)


def done(edited: Edited) -> None:
    """The edit is in the profile: remove the file."""
    edited.place.unlink(missing_ok=True)


def _open(command: list[str], place: Path) -> None:
    try:
        code = subprocess.run([*command, str(place)], check=False).returncode  # noqa: S603 - the person's own editor
    except OSError:
        raise InvalidInput(
            f"the editor {command[0]!r} cannot be started; set VISUAL or EDITOR to one that can"
        ) from None
    if code:
        raise Failed(f"the editor ended with {code}; nothing was imported")


def _command(editor: str) -> list[str]:
    """The words of the editor's command, else a common editor. Raises InvalidInput when there is none."""
    if words := shlex.split(editor, posix=os.name != "nt"):
        return words
    for name in _KNOWN:
        if found := shutil.which(name):
            return [found]
    raise InvalidInput(
        "no editor is set: set EDITOR (as in `EDITOR=nano jobbot profile edit`), or use `jobbot profile export "
        "--output "
        "resume.json`, change that file, and `jobbot import resume resume.json`"
    )
