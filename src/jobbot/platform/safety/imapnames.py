"""Names of IMAP folders: modified UTF-7 (RFC 3501, 5.1.3) and quoted strings (RFC 3501, 4.3). Pure."""

from __future__ import annotations

import base64
import binascii
import re

_RUN = re.compile(r"([^\x20-\x7e]+)")
_SHIFTED = re.compile(r"&([A-Za-z0-9+,]*)-")


def quoted(name: str) -> str:
    """A name as an argument. Line breaks and NUL have no place in one: the caller's settings refuse them.

    >>> quoted('Stellen für "mich"')
    '"Stellen f&APw-r \\\\"mich\\\\""'
    """
    return '"' + encoded(name).replace("\\", "\\\\").replace('"', '\\"') + '"'


def encoded(name: str) -> str:
    """Modified UTF-7.

    >>> encoded("Entwürfe & 日本")
    'Entw&APw-rfe &- &ZeVnLA-'
    """
    parts = _RUN.split(name)
    return "".join(_shifted(part) if number % 2 else part.replace("&", "&-") for number, part in enumerate(parts))


def readable(name: str) -> str:
    """The other way round; what is no modified UTF-7 stays as it is.

    >>> readable("Entw&APw-rfe &- &ZeVnLA-"), readable("&===-")
    ('Entwürfe & 日本', '&===-')
    """
    return _SHIFTED.sub(lambda found: _unshifted(found[1]) if found[1] else "&", name)


def _shifted(run: str) -> str:
    code = base64.b64encode(run.encode("utf-16-be", "surrogatepass")).rstrip(b"=").decode()
    return f"&{code.replace('/', ',')}-"


def _unshifted(code: str) -> str:
    try:
        padded = code.replace(",", "/") + "=" * (-len(code) % 4)
        return base64.b64decode(padded, validate=True).decode("utf-16-be")
    except (binascii.Error, UnicodeDecodeError):
        return f"&{code}-"
