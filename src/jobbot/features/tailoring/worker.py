"""The Typst process: reads length-prefixed JSON on stdin, answers on stdout, owns nothing but its empty folder.

It runs as `python -I -B -m jobbot.features.tailoring.worker FOLDER FONTS` and is limited before Typst is imported: CPU
seconds per request, address space, open files, no file can be written, no network where the kernel lets us drop it.
Frame: 4 bytes big-endian length, JSON; an answer may be followed by `bytes` raw bytes.
"""

from __future__ import annotations

import contextlib
import json
import os
import struct
import sys
import time
from pathlib import Path
from typing import Any, BinaryIO

CPU_SECONDS = 10
ADDRESS_SPACE = 2 << 30
OPEN_FILES = 64
MAX_FRAME = 8 << 20
TEMPLATE = "document.typ"
_NEW_NETWORK = 0x40000000
_NEW_USER = 0x10000000


def limit() -> None:
    """Once: address space, files, network. Windows has no such limits; the parent's timeout holds there too."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
        _drop_network()


def _drop_network() -> None:
    """A network namespace with nothing in it, where the kernel allows one; Typst needs none in any case."""
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.unshare(_NEW_NETWORK) != 0:
            libc.unshare(_NEW_USER | _NEW_NETWORK)


def allow_cpu() -> None:
    """Move the soft limit: every request may use CPU_SECONDS more than what is used by now."""
    if sys.platform == "win32":
        return
    import resource

    soft = int(time.process_time()) + CPU_SECONDS + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


class Compilers:
    """Typst over one folder; fonts are the vendored ones and those inside Typst, never the machine's."""

    def __init__(self, folder: Path, fonts: Path) -> None:
        import typst

        self._typst = typst
        self._folder, self._fonts = folder, fonts
        self._kept: Any = None

    def _new(self, data: str) -> Any:
        return self._typst.Compiler(
            str(self._folder / TEMPLATE),
            root=str(self._folder),
            font_paths=[str(self._fonts)],
            ignore_system_fonts=True,
            package_path=str(self._folder),
            package_cache_path=str(self._folder),
            sys_inputs={"data": data},
        )

    def measure(self, data: str) -> tuple[dict[str, Any], bytes]:
        """Heights of all units in points."""
        heights = json.loads(self._new(data).query("<heights>", field="value", one=True))
        return {"heights": heights}, b""

    def render(self, data: str, kind: str, ppi: float) -> tuple[dict[str, Any], bytes]:
        """The document as `pdf` or `png` (first page) and where its text ends. Same data, same bytes."""
        if self._kept is None:
            self._kept = self._new(data)
        made = self._kept.compile(format=kind, sys_inputs={"data": data}, timestamp=0, ppi=ppi)
        place = json.loads(self._kept.query("<pages>", field="value", one=True))
        return place, bytes(made[0] if isinstance(made, list) else made)


def answer(compilers: Compilers, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    try:
        if request["op"] == "measure":
            return compilers.measure(request["data"])
        return compilers.render(request["data"], request.get("format", "pdf"), float(request.get("ppi", 110)))
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"[:2000]}, b""


def serve(source: BinaryIO, sink: BinaryIO, folder: Path, fonts: Path) -> None:
    """Answer until stdin ends."""
    allow_cpu()
    compilers = Compilers(folder, fonts)
    while (request := read_frame(source)) is not None:
        allow_cpu()
        head, body = answer(compilers, json.loads(request))
        data = json.dumps({**head, "bytes": len(body)}).encode()
        sink.write(struct.pack(">I", len(data)) + data + body)
        sink.flush()


def read_frame(source: BinaryIO) -> bytes | None:
    """The next frame, None at the end. Raises ValueError for one beyond MAX_FRAME."""
    head = source.read(4)
    if len(head) < 4:
        return None
    (length,) = struct.unpack(">I", head)
    if length > MAX_FRAME:
        raise ValueError(f"a frame of {length} bytes")
    return source.read(length)


def main() -> None:
    folder, fonts = Path(sys.argv[1]), Path(sys.argv[2])
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not enter the stream of answers
    limit()
    serve(sys.stdin.buffer, sink, folder, fonts)


if __name__ == "__main__":
    main()
