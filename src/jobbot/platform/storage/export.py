"""Everything of one user as a plain ZIP: rows as JSON with sealed columns opened, and the documents as they were made.

manifest.json          program, moment, counts
rows/<table>.json      a list of objects
documents/<name>       sealed copies, opened
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jobbot import __version__
from jobbot.kernel.clock import Clock, iso
from jobbot.kernel.errors import InvalidInput
from jobbot.kernel.ids import UserId
from jobbot.kernel.private import private_folder
from jobbot.platform.storage.artefacts import write_whole
from jobbot.platform.storage.erase import Scope
from jobbot.platform.storage.failures import disk
from jobbot.platform.storage.records import Records
from jobbot.platform.storage.vault import Vault


@dataclass(frozen=True)
class Exported:
    """Where it lies and what is in it."""

    file: Path
    sha256: str
    rows: dict[str, int]
    documents: int

    def as_dict(self) -> dict[str, Any]:
        return {"file": str(self.file), "sha256": self.sha256, "rows": self.rows, "documents": self.documents}


def export(scope: Scope, vault: Vault, records: Records, user: UserId, clock: Clock, target: Path) -> Exported:
    """Write `target` (0600), whole or not at all. Raises InvalidInput where it exists, Failed where the disk refuses or
    something sealed does not open."""
    file = target.expanduser().absolute()
    tables = _rows(scope, vault, user)
    documents = {name: records.get(name) for name in records.names()}
    rows = {name: len(found) for name, found in tables.items() if found}
    data = _packed(tables, documents, {"app": __version__, "at": iso(clock.now()), "rows": rows})
    try:
        private_folder(file.parent)
        write_whole(file, data, replace=False)
    except FileExistsError:
        raise InvalidInput(f"{file} exists already; name another file") from None
    except OSError as error:
        raise disk(error, file) from None
    return Exported(file, hashlib.sha256(data).hexdigest(), rows, len(documents))


def _rows(scope: Scope, vault: Vault, user: UserId) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    with scope.database.read() as session:
        for holder in scope.holders:
            found |= holder.export(session, user, vault)
    return found


def _packed(tables: dict[str, list[dict[str, Any]]], documents: dict[str, bytes], manifest: dict[str, Any]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", _text({**manifest, "documents": len(documents)}))
        for name, rows in sorted(tables.items()):
            if rows:
                archive.writestr(f"rows/{name}.json", _text(rows))
        for name, data in sorted(documents.items()):
            archive.writestr(f"documents/{name}", data)
    return made.getvalue()


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
