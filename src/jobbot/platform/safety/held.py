"""What of the ledger is whose."""

from __future__ import annotations

from jobbot.platform.safety.ledger import EgressRow
from jobbot.platform.storage.holder import Holder, owned

HOLDER = Holder("egress", (owned(EgressRow),))
