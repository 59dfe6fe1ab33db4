"""A body read to its end under three caps: bytes, expansion, time."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from jobbot.kernel.errors import Failed, TryLater

MAX_RATIO = 200
"""Most bytes that one compressed byte may become; JSON of adverts stays below 20."""
FREE = 1024 * 1024
"""Expansion below this many bytes harms nobody."""
_STEP = 256 * 1024


class Body:
    """Collects a body. `received` counts the bytes on the wire, also when reading fails half-way."""

    def __init__(self, host: str, encoding: str, max_bytes: int) -> None:
        self._host = host
        self._max = max_bytes
        self._parts: list[bytes] = []
        self._size = 0
        self.received = 0
        self._gzip = self._inflater(encoding)

    def read(self, chunks: Iterable[bytes]) -> bytes:
        """Everything, decompressed. Raises Failed (too large, not decodable) or TryLater (broken off)."""
        for chunk in chunks:
            self.received += len(chunk)
            if self._gzip is None:
                self._add(chunk)
            else:
                self._inflate(chunk)
        if self._gzip is not None and self.received and not self._gzip.eof:
            raise TryLater(f"{self._host} broke off in the middle of a compressed answer")
        return b"".join(self._parts)

    def _inflater(self, encoding: str) -> zlib._Decompress | None:
        if encoding in ("", "identity"):
            return None
        if encoding in ("gzip", "x-gzip"):
            return zlib.decompressobj(16 + zlib.MAX_WBITS)
        raise Failed(f"{self._host} answered with the compression {encoding[:40]!r}, which was not asked for")

    def _inflate(self, chunk: bytes) -> None:
        data = chunk
        while data and self._gzip is not None:
            try:
                self._add(self._gzip.decompress(data, _STEP))
            except zlib.error:
                raise Failed(f"{self._host} sent a body that is not the gzip it claims to be") from None
            if self._size > FREE and self._size > MAX_RATIO * self.received:
                raise Failed(f"{self._host} sent a body that expands more than {MAX_RATIO}-fold: not read further")
            data = self._gzip.unconsumed_tail
            if self._gzip.eof and self._gzip.unused_data:
                data = self._gzip.unused_data
                self._gzip = zlib.decompressobj(16 + zlib.MAX_WBITS)

    def _add(self, part: bytes) -> None:
        self._size += len(part)
        if self._size > self._max:
            raise Failed(f"{self._host} sent more than {self._max:,} bytes, the most this source may send")
        self._parts.append(part)
