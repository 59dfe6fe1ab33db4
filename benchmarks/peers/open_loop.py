"""Requests at a constant rate, whatever the answers do; latency counts from when a request was due. Standard library.

Reads a plan (JSON) from standard input and prints what it saw. A process of its own, so that its processor time can be
told from the server's.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import resource
import sys
import time
from collections import deque
from typing import Any

Due = tuple[float, int]


class Connection(asyncio.Protocol):
    """One kept-alive connection: asks, reads one answer, says so."""

    def __init__(self, crowd: Crowd) -> None:
        self._crowd = crowd
        self._buffer = bytearray()
        self._due: Due = (0.0, 0)
        self._wanted = -1
        self._status = 0
        self.busy = False
        self.transport: Any = None

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def ask(self, due: Due) -> None:
        self._due, self.busy = due, True
        self.transport.write(self._crowd.requests[due[1]])

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if self._wanted < 0:
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            head = bytes(self._buffer[:end]).lower()
            self._status = int(head[9:12])
            start = head.index(b"content-length:") + 15
            self._wanted = end + 4 + int(head[start:].split(b"\r\n", 1)[0])
        if len(self._buffer) >= self._wanted:
            self._buffer.clear()
            self._wanted, self.busy = -1, False
            self._crowd.answered(self, self._due, self._status)

    def connection_lost(self, error: Exception | None) -> None:
        self._crowd.lost(self)


class Crowd:
    """All connections, and what waits for one of them to be free."""

    def __init__(self, requests: list[bytes]) -> None:
        self.requests = requests
        self.free: list[Connection] = []
        self.waiting: deque[Due] = deque()
        self.seen: list[tuple[int, float, int]] = []
        self.dropped = 0
        self.expected = 0
        self.done = asyncio.Event()

    def ask(self, due: Due) -> None:
        if self.free:
            self.free.pop().ask(due)
        else:
            self.waiting.append(due)

    def answered(self, connection: Connection, due: Due, status: int) -> None:
        self.seen.append((due[1], time.perf_counter() - due[0], status))
        self._look()
        if self.waiting:
            connection.ask(self.waiting.popleft())
        else:
            self.free.append(connection)

    def lost(self, connection: Connection) -> None:
        self.dropped += connection.busy
        self._look()
        if connection in self.free:
            self.free.remove(connection)

    def _look(self) -> None:
        if len(self.seen) + self.dropped == self.expected:
            self.done.set()


async def campaign(plan: dict[str, Any]) -> dict[str, Any]:
    """Every request of `order` at its time; at most `patience` seconds more for the last answers."""
    crowd = Crowd([request.encode() for request in plan["requests"]])
    crowd.expected, loop = len(plan["order"]), asyncio.get_running_loop()
    for _ in range(plan["connections"]):
        _, connection = await loop.create_connection(lambda: Connection(crowd), "127.0.0.1", plan["port"])
        crowd.free.append(connection)
    began = time.perf_counter()
    for number, request in enumerate(plan["order"]):
        due = began + number / plan["rate"]
        if (wait := due - time.perf_counter()) > 0:
            await asyncio.sleep(wait)
        crowd.ask((due, request))
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(crowd.done.wait(), plan["patience"])
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = time.perf_counter() - began
    return {"seen": crowd.seen, "seconds": seconds, "cpu": used.ru_utime + used.ru_stime}


if __name__ == "__main__":
    gc.disable()
    json.dump(asyncio.run(campaign(json.load(sys.stdin))), sys.stdout)
