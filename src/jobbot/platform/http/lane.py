"""Quick reads take turns in a lane of their own.

Python runs one thread at a time. Forty that each want a millisecond wait for each other at every row they fetch, which
costs half as much again as the work; a few do the same work sooner. What takes long (matching, documents, uploads)
keeps the many threads it had, so that a quick read never waits for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial, wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

WIDTH = 2
"""Threads of the lane: one works while another waits for SQLite."""
_LANE = ThreadPoolExecutor(WIDTH, thread_name_prefix="jobbot-lane")


def quick(endpoint: Callable[P, T]) -> Callable[P, Coroutine[Any, Any, T]]:
    """An endpoint that reads for a few milliseconds."""

    @wraps(endpoint)
    async def run(*arguments: P.args, **named: P.kwargs) -> T:
        work = partial(copy_context().run, partial(endpoint, *arguments, **named))
        return await asyncio.get_running_loop().run_in_executor(_LANE, work)

    return run
