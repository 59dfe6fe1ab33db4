"""The file of a backup: a tar of the members a manifest lists, sealed with age to the recovery key.

    manifest.json      format, program, schema, counts of rows, size and SHA-256 of every other member
    database.sqlite    all rows, whichever database they came from
    records/... outputs/... resume.json config.yaml

What comes out of an archive was maybe not written by us: names, kinds and sizes are checked before a byte is placed.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import tarfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from pyrage import DecryptError, decrypt_io, encrypt_io, x25519

from jobbot.kernel import strictjson
from jobbot.kernel.errors import Failed, InvalidInput
from jobbot.kernel.private import private_folder
from jobbot.platform.storage.artefacts import sync_file

FORMAT = 1
DATABASE = "database.sqlite"
MANIFEST = "manifest.json"
SINGLE = (DATABASE, "resume.json", "config.yaml")
FOLDERS = ("records", "outputs")
MAX_MEMBERS = 200_000
_MAX_MANIFEST = 64 * 1024 * 1024
_CHUNK = 1024 * 1024
_PART = re.compile(r"^(?!\.{1,2}$)[^\x00-\x1f\x7f/\\:]{1,255}$")


@dataclass(frozen=True)
class Member:
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What an archive says about itself; `left_out` names what was seen and not taken."""

    app: str
    schema: str
    created_at: str
    counts: Mapping[str, int]
    members: Mapping[str, Member]
    left_out: tuple[str, ...] = ()

    def as_bytes(self) -> bytes:
        import json

        return json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False, indent=1).encode("utf-8")


def describe(path: Path) -> Member:
    return Member(path.stat().st_size, file_hash(path))


def file_hash(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def pack(staging: Path, manifest: Manifest, target: Path, recipient: str) -> x25519.Identity:
    """Write the members found under `staging` to `target` (0600). Returns a key, kept nowhere, that opens it too,
    so that the caller can read back what really is on the disk."""
    witness = x25519.Identity.generate()
    plain = staging / ".archive.tar"
    with new_file(plain) as file, tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
        _add(tar, MANIFEST, io.BytesIO(manifest.as_bytes()), len(manifest.as_bytes()))
        for name, member in manifest.members.items():
            with (staging / name).open("rb") as content:
                _add(tar, name, content, member.size)
    with plain.open("rb") as content, new_file(target) as sealed:
        encrypt_io(content, sealed, [x25519.Recipient.from_str(recipient), witness.to_public()])
    plain.unlink()
    sync_file(target)
    return witness


def unpack(archive: Path, identity: object, staging: Path) -> Manifest:
    """Open `archive` into the empty folder `staging`, every member checked against the manifest.

    Raises InvalidInput for a key that does not open it, Failed for anything damaged, unexpected or too large.
    """
    plain = staging / ".archive.tar"
    _decrypt(archive, identity, plain)
    try:
        with tarfile.open(plain, "r:") as tar:
            manifest = _read_manifest(tar)
            _need_space(staging, sum(member.size for member in manifest.members.values()))
            _read_members(tar, manifest, staging)
    except (tarfile.TarError, EOFError, ValueError, OverflowError) as error:
        raise damaged(f"{type(error).__name__}") from None
    finally:
        plain.unlink(missing_ok=True)
    return manifest


def damaged(reason: str) -> Failed:
    return Failed(f"the backup is damaged or was changed ({reason}); nothing was restored. Use another copy of it")


def _decrypt(archive: Path, identity: object, plain: Path) -> None:
    try:
        with archive.open("rb") as sealed, new_file(plain) as file:
            decrypt_io(sealed, file, [identity])
    except DecryptError as error:
        if "No matching keys" in str(error):
            raise InvalidInput("this recovery key does not open this backup (or its first lines are damaged)") from None
        raise damaged("no complete age file") from None
    except OSError as error:
        if error.errno is not None:
            raise
        raise damaged("its seal is broken or its end is missing") from None


def _read_manifest(tar: tarfile.TarFile) -> Manifest:
    first = tar.next()
    if first is None or first.name != MANIFEST or not _plain(first) or first.size > _MAX_MANIFEST:
        raise damaged("no manifest")
    content = tar.extractfile(first)
    try:
        data = strictjson.loads(content.read() if content else b"", where=MANIFEST)
        if data["format"] > FORMAT:
            raise Failed("this backup was made by a newer jobbot; update jobbot, then restore it")
        members = {str(name): Member(_whole(m["size"]), str(m["sha256"])) for name, m in data["members"].items()}
        manifest = Manifest(
            app=str(data["app"]),
            schema=str(data["schema"]),
            created_at=str(data["created_at"]),
            counts={str(name): _whole(count) for name, count in data["counts"].items()},
            members=members,
            left_out=tuple(str(name) for name in data.get("left_out", ())),
        )
    except (InvalidInput, KeyError, TypeError, AttributeError, ValueError):
        raise damaged("an unreadable manifest") from None
    return _checked(manifest)


def _checked(manifest: Manifest) -> Manifest:
    if DATABASE not in manifest.members or len(manifest.members) > MAX_MEMBERS:
        raise damaged("no database, or too many members")
    for name in manifest.members:
        if not allowed(name):
            raise damaged(f"a member called {name!r}")
    return manifest


def allowed(name: str) -> bool:
    """True for a name that may be placed: one of the single files, or a plain path under records/ or outputs/.

    >>> allowed("outputs/resume_4kq2.pdf"), allowed("outputs/../../.bashrc"), allowed("/etc/passwd")
    (True, False, False)
    """
    if name in SINGLE:
        return True
    parts = name.split("/")
    return len(parts) > 1 and parts[0] in FOLDERS and all(_PART.match(part) for part in parts)


def _read_members(tar: tarfile.TarFile, manifest: Manifest, staging: Path) -> None:
    seen: set[str] = set()
    while (entry := tar.next()) is not None:
        member = manifest.members.get(entry.name)
        if member is None or entry.name in seen or not _plain(entry) or entry.size != member.size:
            raise damaged(f"an unexpected entry {entry.name[:80]!r}")
        seen.add(entry.name)
        if _place(tar, entry, staging / entry.name) != member.sha256:
            raise damaged(f"{entry.name} differs from its checksum")
    missing = len(manifest.members) - len(seen)
    if missing:
        raise damaged(f"{missing} members are missing")


def _place(tar: tarfile.TarFile, entry: tarfile.TarInfo, target: Path) -> str:
    private_folder(target.parent)
    content, digest = tar.extractfile(entry), hashlib.sha256()
    if content is None:
        raise damaged("an entry without content")
    with new_file(target) as file:
        while chunk := content.read(_CHUNK):
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def _plain(entry: tarfile.TarInfo) -> bool:
    return entry.type in (tarfile.REGTYPE, tarfile.AREGTYPE) and entry.size >= 0 and not entry.issparse()


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError("not a count")
    return value


def _need_space(folder: Path, size: int) -> None:
    free = shutil.disk_usage(folder).free
    if size > free:
        raise Failed(f"the backup needs {size // 2**20 + 1} MiB and {folder} has {free // 2**20} MiB free")


def _add(tar: tarfile.TarFile, name: str, content: IO[bytes], size: int) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    tar.addfile(entry, content)


def new_file(path: Path) -> IO[bytes]:
    """A file that was not there before, 0600, never through a link. Raises FileExistsError."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, 0o600), "wb")
