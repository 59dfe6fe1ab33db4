"""The limited process: a document on stdin, its lines (or tables) as JSON on stdout.

Limits where the system has them (POSIX): CPU 10 s, address space 1 GB, no file is written, few are opened.
"""

from __future__ import annotations

import json
import sys
from typing import Any


def main() -> int:
    _limit()
    from jobbot.features.profile.reading.pdf import Unreadable

    data = sys.stdin.buffer.read()
    try:
        answer = _read(sys.argv[1], data)
    except Unreadable as reason:
        answer = {"refused": reason.code, "detail": reason.detail}
    except MemoryError:
        answer = {"refused": "limits"}
    sys.stdout.write(json.dumps(answer))
    return 0


def _read(kind: str, data: bytes) -> dict[str, Any]:
    if kind == "linkedin":
        from jobbot.features.profile.linkedin import archive

        return archive.read(data)
    from jobbot.features.profile.reading import pdf, word

    return (pdf.read if kind == "pdf" else word.read)(data).as_dict()


def _limit() -> None:
    try:
        import resource
    except ImportError:
        return
    limits = {"RLIMIT_CPU": 10, "RLIMIT_AS": 1024**3, "RLIMIT_FSIZE": 0, "RLIMIT_NOFILE": 64, "RLIMIT_CORE": 0}
    for name, value in limits.items():
        which = getattr(resource, name, None)
        if which is not None:
            try:
                resource.setrlimit(which, (value, value))
            except (ValueError, OSError):  # macOS knows RLIMIT_AS and refuses it
                continue


if __name__ == "__main__":
    sys.exit(main())
