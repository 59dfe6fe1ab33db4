"""`logs/jobbot.log`: one JSON object a line, rotated, without personal data.

Only the fields named in FIELDS are written, and a value longer than a code word is cut: arguments, texts, paths of the
user and messages of exceptions have no way in.
"""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from jobbot.kernel.private import private_file, private_folder

FIELDS = ("command", "exit_code", "seconds", "error", "place", "version", "error_id", "status", "route")
MAX_VALUE = 60
MAX_BYTES = 1_000_000
KEPT = 5


class AllowList(logging.Formatter):
    """Writes time, level and the allowed fields of a record, nothing else; control characters are escaped by JSON."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds")
        fields = {name: _short(getattr(record, name)) for name in FIELDS if getattr(record, name, None) is not None}
        return json.dumps({"at": at, "level": record.levelname.lower(), **fields})


def _short(value: object) -> object:
    return value if isinstance(value, int | float) else str(value)[:MAX_VALUE]


def open_log(folder: Path) -> logging.Logger:
    """The program's log in `folder` (0700, file 0600); a folder that cannot be written gives silence."""
    logger = logging.getLogger("jobbot.program")
    logger.propagate = False
    logger.setLevel(logging.INFO)
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
        handler.close()
    logger.addHandler(_handler(folder))
    return logger


class Private(RotatingFileHandler):
    """Its files are 0600, those after a turn-over too; one that was erased meanwhile is begun anew."""

    def _open(self) -> Any:
        file = Path(self.baseFilename)
        private_folder(file.parent)
        private_file(file)
        return super()._open()

    def emit(self, record: logging.LogRecord) -> None:
        if self.stream is not None and not Path(self.baseFilename).exists():
            old, self.stream = self.stream, None  # opened again by the next line
            old.close()
        super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (logging's name)
        """A log that cannot be written stops nothing, and its record is not for the screen."""


def _handler(folder: Path) -> logging.Handler:
    try:
        private_folder(folder)
        handler: logging.Handler = Private(
            folder / "jobbot.log", maxBytes=MAX_BYTES, backupCount=KEPT, encoding="utf-8"
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(AllowList())
    return handler
