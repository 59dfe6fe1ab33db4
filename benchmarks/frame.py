"""The frame of benchmarks and evals: a module has `run() -> list[Row]`; a table is printed, unmet bars say so."""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import sys
from dataclasses import asdict, dataclass
from types import ModuleType


@dataclass(frozen=True)
class Row:
    """One figure: ours, the peer's in the same run, the bar (`>= 1.8`, `<= 60`, or empty) and what it was taken on."""

    name: str
    ours: float
    peer: str = ""
    peer_value: float | None = None
    bar: str = ""
    unit: str = ""
    note: str = ""

    @property
    def verdict(self) -> str:
        if not self.bar:
            return ""
        operator, _, bound = self.bar.partition(" ")
        met = self.ours >= float(bound) if operator == ">=" else self.ours <= float(bound)
        return "met" if met else "UNMET"


class Skipped(Exception):
    """Raised by `run` when the machine lacks what it needs; the reason is printed."""


def main(package: ModuleType, argv: list[str] | None = None) -> int:
    """Run every module of `package` that has `run`, or those named. Exit 0 also when a bar is unmet: it is shown."""
    parser = argparse.ArgumentParser(prog=package.__name__, description=package.__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(argv)
    known = [m.name for m in pkgutil.iter_modules(package.__path__) if m.name not in ("frame", "__main__")]
    if unknown := set(options.names) - set(known):
        parser.error(f"no {', '.join(sorted(unknown))}; there are: {', '.join(known)}")
    results = {}
    for name in options.names or known:
        module = importlib.import_module(f"{package.__name__}.{name}")
        if not hasattr(module, "run"):
            continue
        print(f"\n{name}: {(module.__doc__ or '').strip().splitlines()[0]}", file=sys.stderr)
        try:
            rows = module.run()
        except Skipped as reason:
            print(f"  skipped: {reason}", file=sys.stderr)
            continue
        results[name] = [{**asdict(row), "verdict": row.verdict} for row in rows]
        if not options.json:
            show(rows)
    if options.json:
        print(json.dumps(results, indent=2))
    unmet = [f"{name}/{row['name']}" for name, rows in results.items() for row in rows if row["verdict"] == "UNMET"]
    print(f"\nunmet bars: {', '.join(unmet) or 'none'}", file=sys.stderr)
    return 0


def show(rows: list[Row]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for heading in ("figure", "ours", "peer", "bar", "", "note"):
        table.add_column(heading, justify="right" if heading in ("ours", "bar") else "left", overflow="fold")
    for row in rows:
        peer = f"{row.peer} {row.peer_value:.4g}" if row.peer_value is not None else row.peer
        table.add_row(row.name, f"{row.ours:.4g} {row.unit}".strip(), peer, row.bar, row.verdict, row.note)
    Console(width=140).print(table)
