"""Built graphs on disk: one folder per model and builder, made once, written whole, shared by processes.

models/all-minilm-l6-v2-3f…/int8.onnx  fp32.onnx  reference.npy  verdicts.json
models/weights.json                    which weights file (size, time) has which SHA-256
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from jobbot.kernel.errors import Failed, TryLater
from jobbot.kernel.ids import short_hash
from jobbot.kernel.private import private_file, private_folder

LOCK_SECONDS = 300.0


class Folder:
    """A folder of finished files. `ensure` makes what is missing under a lock; readers need none."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def file(self, name: str) -> Path:
        return self.path / name

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the folder while building. Raises TryLater when another process holds it for minutes."""
        with _explained(self.path):
            private_folder(self.path)
            guard = FileLock(self.path / ".lock", timeout=LOCK_SECONDS, mode=0o600)
            try:
                guard.acquire()
            except Timeout:
                raise TryLater(f"another jobbot has been building in {self.path} for {LOCK_SECONDS:.0f} s") from None
            try:
                self._sweep()
                yield
            finally:
                guard.release()

    def write(self, name: str, make: Callable[[Path], None]) -> Path:
        """Let `make` write a temporary file, then put it in place at once. Call it under `lock`."""
        temporary = self.path / f".{secrets.token_hex(8)}.tmp"
        with _explained(self.path):
            try:
                private_file(temporary)
                make(temporary)
                with temporary.open("rb+") as file:
                    os.fsync(file.fileno())
                temporary.replace(self.file(name))
            finally:
                temporary.unlink(missing_ok=True)
        return self.file(name)

    def read_json(self, name: str) -> dict[str, Any]:
        """What `write_json` kept; an unreadable file counts as empty and is made again."""
        try:
            value = json.loads(self.file(name).read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return value if isinstance(value, dict) else {}

    def write_json(self, name: str, value: dict[str, Any]) -> None:
        self.write(name, lambda path: _write_text(path, json.dumps(value, indent=1, sort_keys=True)))

    def _sweep(self) -> None:
        """Remove what a killed build left behind."""
        for leftover in self.path.glob(".*.tmp*"):
            leftover.unlink(missing_ok=True)


def sha256_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def weights_hash(models: Path, weights: Path) -> str:
    """SHA-256 of a weights file, remembered by path, size and time so that a start does not read it again."""
    stat = weights.stat()
    key = short_hash(str(weights.resolve()), str(stat.st_size), str(stat.st_mtime_ns))
    folder = Folder(models)
    known = folder.read_json("weights.json").get(key)
    if isinstance(known, str) and re.fullmatch(r"[0-9a-f]{64}", known):
        return known
    found = sha256_file(weights)
    with folder.lock():
        folder.write_json("weights.json", {**folder.read_json("weights.json"), key: found})
    return found


def this_machine() -> str:
    """What a self-test's outcome depends on: the CPU's instruction sets and the version of onnxruntime."""
    from importlib.metadata import version

    return short_hash(platform.system(), platform.machine(), _cpu(), version("onnxruntime"))


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8", "replace").splitlines()
    except OSError:
        return platform.processor()
    wanted = ("model name", "flags", "Features", "CPU part")
    return "\n".join(dict.fromkeys(line for line in lines[:80] if line.startswith(wanted)))


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Failed(
            f"an encoder cannot be kept in {folder}: {error.strerror or error}; it needs about 120 MB"
        ) from error
