"""A day, or a number of days back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from jobbot.kernel.errors import InvalidInput


def since(text: str, now: datetime) -> datetime | None:
    """A day, or a number of days back. Raises InvalidInput."""
    if not text:
        return None
    if text.lower().endswith("d") and text[:-1].isdecimal() and len(text) < 6:
        return now - timedelta(days=int(text[:-1]))
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise InvalidInput(f"since {text!r} is neither a day as in 2026-11-01 nor a count of days as in 7d") from None
