"""Ids and content hashes. All ids are made by the application, never by a database."""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from typing import NewType

PostingId = NewType("PostingId", str)
FactId = NewType("FactId", str)
UserId = NewType("UserId", str)

LOCAL_USER = UserId("local")
"""The one implicit user of an embedded installation."""

_SEPARATOR = "\x1f"


def posting_id(vendor: str, region: str, board: str, external_id: str) -> PostingId:
    """16 lower-case base-32 characters of SHA-256 over the composite key of a posting.

    >>> posting_id("lever", "eu", "acme", "42") == posting_id("lever", "eu", "acme", "42")
    True
    """
    return PostingId(short_hash(vendor, region, board, external_id))


def short_hash(*parts: str) -> str:
    """16 lower-case base-32 characters (80 bits) of SHA-256 over the parts, separated unambiguously."""
    digest = hashlib.sha256(_SEPARATOR.join(parts).encode("utf-8", "surrogatepass")).digest()
    return base64.b32encode(digest[:10]).decode("ascii").lower()


def content_hash(text: str) -> str:
    """SHA-256 of the UTF-8 text, 64 hexadecimal characters."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def new_id() -> str:
    """26 lower-case base-32 characters that sort by creation time: 48 bits of milliseconds, 80 random bits."""
    raw = int(time.time() * 1000).to_bytes(6, "big") + secrets.token_bytes(10)
    return base64.b32hexencode(raw).decode("ascii").rstrip("=").lower()
