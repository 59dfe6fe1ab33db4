"""Foreign PDFs and DOCX files are read in a process of their own, with limits, that knows no data and no way back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from typing import Any

from jobbot.features.profile.reading.lines import Pages
from jobbot.kernel.errors import InvalidInput, OurBug

SECONDS = 20.0
MAX_BYTES = 25 * 1024 * 1024

REASONS = {
    "encrypted": "{} is protected by a password; open it, print it to a new PDF without one, and import that",
    "broken": "{} is damaged or not what its name says; export it once more from the program it was written in",
    "scanned": "{} is a picture of a page (a scan): there is no text in it. Run text recognition on it first "
    "(`ocrmypdf in.pdf out.pdf`, or the scanner's own), or import the CV as DOCX, text or JSON Resume",
    "empty": "{} has no text that could be read; export the CV as DOCX or text and import that",
    "bomb": "{} unpacks to far more than a CV has; export it once more from the program it was written in",
    "broken-zip": "{} is a damaged ZIP archive (the download may have been cut short); download it once more",
    "large": "{} holds more than 5,000 files, 200 MB, or 8 MB in one table; of LinkedIn ask for the categories of your "
    "profile only, and import that archive",
    "locked": "{} is an archive protected by a password; unpack it, pack it again without one, and import that",
    "unsafe": "{0} holds what no export of LinkedIn does ({2}); nothing was read. Download the export once more",
    "nested": "{0} holds nothing but another archive ({2}); unpack it once and import that one",
    "foreign": "{0} is no DOCX and no LinkedIn export: none of Profile.csv, Positions.csv, Education.csv, Skills.csv "
    "is in it (found: {2}). Give LinkedIn's archive as you downloaded it, or a CV",
    "headers": "the columns in {0} are not those of a LinkedIn export in English: {2}. Set LinkedIn's language to "
    "English (Settings, Account preferences, Language), ask for the archive again, and import that",
    "limits": "{} needed more than {:.0f} s or 1 GB to read, which no CV does; export it once more or as text",
}


def read(kind: str, data: bytes, name: str) -> Pages:
    """Lines of a `pdf` or `docx`. `name` is for errors. Raises InvalidInput with what to do."""
    return Pages.from_dict(answer(kind, data, name))


def answer(kind: str, data: bytes, name: str) -> dict[str, Any]:
    """What the limited process says of a `pdf`, `docx` or `linkedin` archive. Raises InvalidInput with what to do."""
    if len(data) > MAX_BYTES:
        raise InvalidInput(f"{name} has {len(data) / 1e6:.0f} MB; a CV has at most 25")
    with tempfile.TemporaryDirectory(prefix="jobbot-read-") as nowhere:
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter and module, no shell, data on stdin
                [sys.executable, "-I", "-m", "jobbot.features.profile.reading.worker", kind],
                input=data,
                capture_output=True,
                timeout=SECONDS,
                cwd=nowhere,
                env=None if os.name == "nt" else {},  # nothing of the user's; Windows cannot start Python without
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise _refused("limits", name) from None
    return _result(done, name)


def _result(done: subprocess.CompletedProcess[bytes], name: str) -> dict[str, Any]:
    if done.returncode != 0:
        if done.returncode < 0 or b"MemoryError" in done.stderr:
            raise _refused("limits", name)
        raise OurBug(f"the reader of documents ended with {done.returncode}; nothing was imported")
    said: dict[str, Any] = json.loads(done.stdout)
    if "refused" in said:
        raise _refused(str(said["refused"]), name, str(said.get("detail", "")))
    return said


def _refused(code: str, name: str, detail: str = "") -> InvalidInput:
    return InvalidInput(REASONS[code].format(name, SECONDS, detail))
