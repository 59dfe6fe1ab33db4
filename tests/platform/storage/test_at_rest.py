"""A thief of the data directory: nothing personal in any byte of it but the plain files that are the user's."""

from __future__ import annotations

import base64
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jobbot.bootstrap import App
from jobbot.delivery.cli.root import main
from jobbot.features.profile.store import ProfileStore
from jobbot.kernel.clock import FixedClock
from jobbot.platform.storage import Database, Records
from jobbot.platform.storage.backup import back_up
from jobbot.platform.storage.keys import make_recovery, recipient, unlock
from jobbot.settings import Keys, load

PLANTED = ("Zebulon Quist", "zq-planted@example.org", "+46 70 123 99 88", "Vintergatan 7", "Carried 40 bags an hour")
RESUME = {
    "basics": {"name": PLANTED[0], "email": PLANTED[1], "phone": PLANTED[2], "location": {"address": PLANTED[3]}},
    "work": [{"name": "Sjukhuset", "position": "Porter", "startDate": "2020-01", "highlights": [PLANTED[4]]}],
}


@pytest.fixture
def lived_in(sqlite: Database, tmp_path: Path) -> Iterator[Path]:
    """A data directory in use: profile saved twice, a record, a deleted row, a backup; the database still open."""
    home = tmp_path / "home"
    keys = Keys(kek_file=str(tmp_path / "keys" / "kek"))
    vault = unlock(keys, home, sqlite)
    store = ProfileStore(sqlite, vault, FixedClock())
    store.save(RESUME)
    store.save({**RESUME, "skills": [{"name": "Lifting"}]})
    Records(home / "records", vault).put("cv.pdf", " ".join(PLANTED).encode())
    make_recovery(keys, home, sqlite)
    back_up(sqlite, home, home / "outputs", recipient(sqlite) or "", FixedClock())
    with sqlite.read():
        yield home


def test_no_planted_value_is_in_any_byte(lived_in: Path) -> None:
    files = [path for path in lived_in.rglob("*") if path.is_file()]
    assert {"jobbot.db", "cv.pdf.sealed"} <= {path.name for path in files}
    found = [(path.name, form) for path in files for form in _forms() if form in path.read_bytes()]
    assert found == []


def test_the_search_would_find_one(lived_in: Path) -> None:
    (lived_in / "leak").write_bytes(b"...Zebulon Quist...")
    assert any(form in (lived_in / "leak").read_bytes() for form in _forms())


@pytest.mark.skipif(sys.platform == "win32", reason="file modes are POSIX")
def test_only_the_owner_can_read_anything(lived_in: Path) -> None:
    for root, folders, files in os.walk(lived_in):
        for name in folders:
            assert stat.S_IMODE((Path(root) / name).stat().st_mode) == 0o700, name
        for name in files:
            assert stat.S_IMODE((Path(root) / name).stat().st_mode) == 0o600, name


def _forms() -> Iterator[bytes]:
    """Each planted value as it might have been kept by accident."""
    for value in PLANTED:
        for data in (value.encode(), value.encode("utf-16-le"), value.lower().encode(), value.encode().hex().encode()):
            yield data
            yield base64.b64encode(data)[:-4]


def test_the_main_job_leaves_nothing_personal_but_the_documents(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The demo from end to end: database, full-text index, records, ledger and logs know nothing of the candidate."""
    monkeypatch.setenv("JOBBOT_EMBEDDING_MODEL", "none")
    assert main(["--home", str(home), "demo", "--json"]) == 0
    capsys.readouterr()
    place = next(home.rglob("jobbot.db")).parent
    app = App(load(place))
    adverts = "\n".join(
        f"{posting.title} {posting.company} {posting.text}" for posting in app.postings.all(closed=True)
    )
    words = {words[:30] for words in _strings(app.profiles.current().resume) if len(words) > 11}
    app.close()
    planted = {word for word in words if word not in adverts}
    assert len(planted) > 30
    files = [path for path in home.rglob("*") if path.is_file() and path.parent.name != "outputs"]
    assert len(files) > 4
    assert [(path.name, word) for path in files for word in planted if word.encode() in path.read_bytes()] == []


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _strings(child)
