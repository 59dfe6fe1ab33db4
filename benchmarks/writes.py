"""Writes over the API at 100 a second: each its own transaction with its idempotency key, synced before the answer."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

from benchmarks.frame import Row
from benchmarks.load import Plan, Server, at, generate, served
from jobbot.kernel.ids import new_id

PLAN = Plan(rate=100, requests=2_000, connections=32)


def run() -> list[Row]:
    with tempfile.TemporaryDirectory() as place, served(Path(place) / "home") as server:
        server.rested()
        before = server.cpu()
        requests = [switch(server, offline=bool(number % 2)) for number in range(PLAN.requests)]
        told = generate(server, requests, range(PLAN.requests), PLAN)
        spent = server.cpu() - before
    times = [seconds * 1000 for _, seconds, status in told["seen"] if status == 200]
    note = f"n={len(times)}, {PLAN.connections} connections; load average {os.getloadavg()[0]:.1f}"
    return [
        Row("one write, p95", at(times, 95), bar="<= 100", unit="ms", note=note),
        Row("  p50", at(times, 50), unit="ms"),
        Row("  p99", at(times, 99), unit="ms"),
        Row("acknowledged a second", len(times) / told["seconds"], bar=f">= {PLAN.rate * 0.99:g}"),
        Row("not acknowledged", PLAN.requests - len(times), bar="<= 0"),
        Row("server's processor time", spent / max(len(times), 1) * 1000, unit="ms a write"),
    ]


def switch(server: Server, *, offline: bool) -> str:
    """A write that changes one row of the settings."""
    body = json.dumps({"offline": offline})
    head = {
        "Host": f"127.0.0.1:{server.port}",
        "Authorization": f"Bearer {server.token}",
        "Idempotency-Key": new_id(),
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
    }
    return (
        "PUT /api/v1/settings/offline HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in head.items()) + f"\r\n{body}"
    )
