"""Pictures of the true pages: the PDF that was made, drawn by the engine of a browser's viewer."""

from __future__ import annotations

import struct
import zlib
from threading import Lock

import pypdfium2

from jobbot.kernel.errors import NotFound

ONE = Lock()
"""PDFium works on one page at a time in a process."""
_COLOUR = 2
"""PNG: red, green, blue."""


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF of ours has."""
    with ONE:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return len(document)
        finally:
            document.close()


def picture(pdf: bytes, page: int, width: int) -> bytes:
    """PNG of a page (from 1), `width` pixels wide. Raises NotFound for a page that is not there."""
    with ONE:
        document = pypdfium2.PdfDocument(pdf)
        try:
            if not 1 <= page <= len(document):
                raise NotFound(f"these documents have {len(document)} pages")
            sheet = document[page - 1]
            bitmap = sheet.render(scale=width / sheet.get_width(), rev_byteorder=True)
            return png(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels)
        finally:
            document.close()


def png(pixels: bytes, width: int, height: int, stride: int, channels: int) -> bytes:
    """Rows of RGB (or RGB with one byte more, which is dropped) as a PNG file."""
    rows = []
    for row in range(height):
        line = pixels[row * stride : row * stride + width * channels]
        if channels == 4:
            bare = bytearray(width * 3)
            for colour in range(3):
                bare[colour::3] = line[colour::4]
            line = bytes(bare)
        rows.append(b"\x00" + line)
    head = struct.pack(">IIBBBBB", width, height, 8, _COLOUR, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"".join(rows), 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
