"""One database, one writer at a time, personal columns sealed, files written whole or not at all.

Public: `Database`, `Base`, `Vault`, `Sealed`, `SealedColumn`, `Context`, `Moment`, `Artefacts`, `Records`.
"""

from jobbot.platform.storage.artefacts import Artefacts
from jobbot.platform.storage.base import Base, Moment
from jobbot.platform.storage.database import Database
from jobbot.platform.storage.records import Records
from jobbot.platform.storage.vault import Context, Sealed, SealedColumn, Vault

__all__ = ["Artefacts", "Base", "Context", "Database", "Moment", "Records", "Sealed", "SealedColumn", "Vault"]
