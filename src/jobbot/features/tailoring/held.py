"""What of this slice's tables and files is whose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from jobbot.features.tailoring.made.store import DocumentSetRow
from jobbot.features.tailoring.store import DocumentLineRow, DocumentRow
from jobbot.platform.storage.holder import Holder, owned

HOLDER = Holder(
    "tailoring",
    (
        owned(DocumentLineRow, named=lambda row: f"{row.document_id}/{row.ordinal}"),
        owned(DocumentRow),
        owned(DocumentSetRow),
    ),
)
_OURS = re.compile(r"(resume|cover_letter|diff|provenance|build_log)_[a-z0-9]{16}\.(pdf|docx|md|txt|json)")
_HALF = re.compile(r"\.[0-9a-f]{16}\.tmp")


def made(outputs: Path) -> Sequence[Path]:
    """The documents in the folder of plain files that jobbot made, by their names; what a kill left half written."""
    return [path for path in _files(outputs) if _OURS.fullmatch(path.name) or _HALF.fullmatch(path.name)]


def others(outputs: Path) -> Sequence[Path]:
    """What else lies there."""
    ours = set(made(outputs))
    return [path for path in _files(outputs) if path not in ours]


def _files(folder: Path) -> list[Path]:
    return (
        [path for path in sorted(folder.rglob("*")) if path.is_file() or path.is_symlink()] if folder.is_dir() else []
    )
