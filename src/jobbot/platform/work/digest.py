"""Unique keys as they are stored: comparable, not readable."""

from __future__ import annotations

import hashlib
import hmac

from jobbot.platform.storage import Vault


def digest(vault: Vault, key: str) -> str:
    """A keyed digest of 64 hexadecimal characters; a key may name an employer."""
    return hmac.new(vault.derive("index"), key.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
