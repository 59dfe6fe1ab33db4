"""The airplane switch: nothing may leave while the settings say so, or while it is thrown in the app."""

from __future__ import annotations

from jobbot.kernel.errors import RefusedByPolicy
from jobbot.platform.storage import Database, kv
from jobbot.settings import Network


def thrown(network: Network, database: Database) -> bool:
    with database.read() as session:
        return network.offline or kv.get(session, kv.OFFLINE) is True


def throw(network: Network, database: Database, *, offline: bool) -> None:
    """It stays so for every program over this data directory.

    Raises RefusedByPolicy where the settings say offline, which the app does not overrule.
    """
    if network.offline and not offline:
        raise RefusedByPolicy(
            "JOBBOT_OFFLINE or network.offline keeps jobbot offline; change it there and start jobbot again"
        )
    with database.write() as session:
        kv.put(session, kv.OFFLINE, offline)
