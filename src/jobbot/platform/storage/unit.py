"""Several writes as one transaction: begun by the first of them, committed after the last, or nothing of it kept.

Slices write through `Database.write()` each on its own. Inside `Database.unit()` those writes join one transaction, so
that what must stand or fall together does, while work before the first write holds no lock.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from contextvars import ContextVar

from sqlalchemy.orm import Session

Begun = Callable[[Session], None]
Begin = Callable[[], AbstractContextManager[Session]]


class Unit:
    """One transaction in the making; `session` is None until the first write."""

    def __init__(self, owner: object, begin: Begin, begun: Begun) -> None:
        self.owner = owner
        self.session: Session | None = None
        self.spoiled = False
        self.stack = ExitStack()
        self._begin = begin
        self._begun = begun

    def open(self) -> Session:
        """The transaction, begun now if it was not; `begun` is then told first."""
        if self.session is None:
            self.session = self.stack.enter_context(self._begin())
            self._begun(self.session)
        return self.session


CURRENT: ContextVar[Unit | None] = ContextVar("jobbot_unit", default=None)
"""The unit that this thread of work is in."""


def nothing(_session: Session) -> None:
    """What is told when nobody wants to know that the transaction has begun."""
