"""What kind of ZIP a file is, by the names in its directory alone; nothing is unpacked here."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import islice

_END, _ENTRY, _LOCAL = b"PK\x05\x06", b"PK\x01\x02", b"PK\x03\x04"
MAX_NAMES = 5000


def names(data: bytes) -> list[str]:
    """Names of the entries as the directory at the end lists them, else (a file cut short) as the entries do."""
    end = data.rfind(_END)
    at = end - struct.unpack_from("<I", data, end + 12)[0] if 0 <= end <= len(data) - 22 else -1
    found = list(islice(_listed(data, at), MAX_NAMES)) if at >= 0 else []
    return found or list(islice(_local(data), MAX_NAMES))


def _listed(data: bytes, at: int) -> Iterator[str]:
    while data[at : at + 4] == _ENTRY and at + 46 <= len(data):
        name, extra, comment = struct.unpack_from("<HHH", data, at + 28)
        yield data[at + 46 : at + 46 + name].decode("utf-8", "replace")
        at += 46 + name + extra + comment


def _local(data: bytes) -> Iterator[str]:
    at = data.find(_LOCAL)
    while 0 <= at <= len(data) - 30:
        (name,) = struct.unpack_from("<H", data, at + 26)
        yield data[at + 30 : at + 30 + name].decode("utf-8", "replace")
        at = data.find(_LOCAL, at + 4)
