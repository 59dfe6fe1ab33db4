"""A candidate whose every word can be recognised, and a search for those words in whatever form they were kept."""

from __future__ import annotations

import base64
import binascii
import gzip
import io
import json
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

NAME = "Zebulon Quistgaard"
EMAIL = "zq-planted@example.org"
PHONE = "+46 70 123 99 88"
ADDRESS = "Vintergatan 7173"
EMPLOYER = "Nordhamnens Sjukhusapotek"
BULLET = "Reconciled 48210 dispensing records with the ward ledgers in SQL"
SUMMARY = "Pharmacy data steward who untangles dispensing ledgers"
SALARY = "48765431"
API_KEY = "sk-planted-7Qx2vLr9TzB4"
PLANTED = (NAME, EMAIL, PHONE, ADDRESS, EMPLOYER, BULLET, SUMMARY)
RESUME: Mapping[str, Any] = {
    "basics": {
        "name": NAME,
        "label": "Data Steward",
        "email": EMAIL,
        "phone": PHONE,
        "summary": SUMMARY,
        "location": {"address": ADDRESS, "city": "Lund", "countryCode": "SE"},
    },
    "work": [
        {"name": EMPLOYER, "position": "Data Steward", "startDate": "2019-03", "highlights": [BULLET, "Ran 12 audits"]}
    ],
    "education": [{"institution": "Lund University", "studyType": "BSc", "area": "Pharmacy", "endDate": "2018"}],
    "skills": [{"name": "Data", "keywords": ["SQL", "Python", "Excel"]}],
}
OWN_TITLE = "Wardrobe Quartermaster of Skelderwick"
OWN_WORD = "flumboxery"
POSTING: Mapping[str, Any] = {
    "id": "p-1",
    "title": OWN_TITLE,
    "company": "Skelderwick Theatre",
    "location": "Lund",
    "description": f"You keep the {OWN_WORD} in order. You must know SQL. Experience with data quality is a plus.",
}
_BASE64 = "utf-8", "utf-16-le"
_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_MOST = 50_000_000


def forms(value: str) -> Iterator[bytes]:
    """A value as it might have been kept: plain, wide, escaped, for an address, in hexadecimal digits, as base64."""
    yield value.encode()
    yield value.encode("utf-16-le")
    yield value.encode("utf-16-be")
    yield json.dumps(value)[1:-1].encode()
    yield quote(value).encode()
    yield quote_plus(value).encode()
    yield quote(value, safe="").encode()
    for encoding in _BASE64:
        data = value.encode(encoding)
        yield binascii.hexlify(data)
        for shift in range(3):  # base64 looks different at each of three offsets
            middle = base64.b64encode(b"\0" * shift + data)[4 if shift else 0 : -4]
            yield middle
            yield middle.replace(b"+", b"-").replace(b"/", b"_")


def found(data: bytes, *values: str) -> list[str]:
    """Those of the values that are in the bytes in any form, capitals or not."""
    low = data.lower()
    return [value for value in values if any(form in data or form.lower() in low for form in set(forms(value)))]


def leaks(folder: Path, *values: str, allowed: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """(file, value) for every value in any file below `folder`, but in the allowed top-level names."""
    told = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not path.is_symlink() and not name.startswith(allowed or ("\0",)):
            told += [(name, value) for value in values if any(found(data, value) for data in readings(path))]
    return told


def readings(path: Path) -> Iterator[bytes]:
    """The bytes of a file, and what is packed inside: gzip, zlib at any place, members of ZIPs, cells of a database."""
    data = path.read_bytes()
    yield data
    with suppress(OSError, EOFError, zlib.error):
        yield gzip.decompress(data)
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from (archive.read(name) for name in archive.namelist())
    if data.startswith(b"SQLite format 3"):
        yield b"\n".join(_cells(path))
    else:
        yield from _inflated(data)


def _inflated(data: bytes) -> Iterator[bytes]:
    for start in _ZLIB.finditer(data):
        with suppress(zlib.error):
            yield zlib.decompressobj().decompress(data[start.start() :], _MOST)


def _cells(path: Path) -> Iterator[bytes]:
    """Every cell of every table, packed ones opened; shadow tables of full-text indexes included."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in names:
            if name.endswith("_fts"):
                continue  # a view of the postings; its words lie in the shadow tables
            for row in connection.execute(f'SELECT * FROM "{name}"'):
                for cell in row:
                    data = cell if isinstance(cell, bytes) else str(cell).encode("utf-8", "replace")
                    yield data
                    yield from _inflated(data)
    finally:
        connection.close()
