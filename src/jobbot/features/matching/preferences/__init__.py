"""What one person weighs, blocks and avoids: kept sealed, applied by the same ledger, and shown as rows and filters."""

from jobbot.features.matching.preferences.model import NONE, Preferences

__all__ = ["NONE", "Preferences"]
