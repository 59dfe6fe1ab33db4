"""The house rules that no linter knows, as small checks over one parse per file. `problems(root)` runs them all.

Each rule has a test that breaks it on purpose (test_rules.py).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

MAX_FUNCTION_LINES = 60
MAX_FILE_LINES = 400
BIG_FILE_LINES = 300
BIG_FILES_SHARE = 0.10  # of all files may be between BIG_FILE_LINES and MAX_FILE_LINES

OUTBOUND = {
    "httpx",
    "httpcore",
    "httpx2",
    "socket",
    "ssl",
    "urllib.request",
    "http.client",
    "ftplib",
    "smtplib",
    "imaplib",
    "requests",
}
MAY_REACH_OUT = ("platform/safety/",)
SYSTEM_CLOCK = {("datetime", "now"), ("datetime", "utcnow"), ("date", "today"), ("time", "time")}
MAY_READ_CLOCK = ("kernel/clock.py", "kernel/ids.py", "delivery/cli/progress.py")
MAY_READ_ENVIRONMENT = ("settings.py", "delivery/")
BANNED_FILES = re.compile(r"(^|[_/])(service|services|utils?|helpers?|managers?|misc|common)\.py$")
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK|NotImplementedError|for now|placeholder)\b")


@dataclass(frozen=True)
class Source:
    """One file: its path relative to the package, its text, its tree."""

    path: str
    text: str
    tree: ast.Module


def sources(package: Path) -> Iterator[Source]:
    for path in sorted(package.rglob("*.py")):
        text = path.read_text("utf-8")
        yield Source(path.relative_to(package).as_posix(), text, ast.parse(text))


def small_functions(source: Source) -> Iterator[str]:
    """A function of more than 60 lines hides a second one."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > MAX_FUNCTION_LINES:
                yield f"{source.path}:{node.lineno}: {node.name} has {lines} lines ({MAX_FUNCTION_LINES} at the most)"


def small_files(source: Source) -> Iterator[str]:
    """A file of more than 400 lines hides a second one."""
    lines = source.text.count("\n")
    if lines > MAX_FILE_LINES:
        yield f"{source.path}: {lines} lines ({MAX_FILE_LINES} at the most)"


def one_way_out(source: Source) -> Iterator[str]:
    """Outbound requests leave through platform.safety alone; a second door would have no ledger."""
    if source.path.startswith(MAY_REACH_OUT):
        return
    for node, name in imports(source.tree):
        if any(name == banned or name.startswith(banned + ".") for banned in OUTBOUND):
            yield f"{source.path}:{node.lineno}: imports {name}; outbound requests leave through platform.safety"


def clock_is_handed_in(source: Source) -> Iterator[str]:
    """Code that asks the system for the hour cannot be replayed."""
    if source.path in MAY_READ_CLOCK:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            name = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
            if (name, node.func.attr) in SYSTEM_CLOCK:
                yield f"{source.path}:{node.lineno}: reads the system clock; take the Clock handed in"


def settings_are_handed_in(source: Source) -> Iterator[str]:
    """Only settings.py and the command line's edge read the environment."""
    if source.path.startswith(MAY_READ_ENVIRONMENT):
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv"):
            yield f"{source.path}:{node.lineno}: reads the environment; take the settings handed in"


def named_after_work(source: Source) -> Iterator[str]:
    """A role name with no ceiling becomes a bag."""
    if BANNED_FILES.search(source.path):
        yield f"{source.path}: name the file after its work, not after its role"


def finished(source: Source) -> Iterator[str]:
    """Nothing unfinished stands in a user's path."""
    for number, line in enumerate(source.text.splitlines(), 1):
        if UNFINISHED.search(line):
            yield f"{source.path}:{number}: unfinished: {line.strip()[:60]}"


def chartered(source: Source) -> Iterator[str]:
    """Every module says in its first lines what it is for."""
    if source.tree.body and not ast.get_docstring(source.tree) and not source.path.endswith("versions/__init__.py"):
        yield f"{source.path}: no module docstring"


def no_broad_silence(source: Source) -> Iterator[str]:
    """`except Exception: pass` loses things."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ExceptHandler) and len(node.body) == 1 and isinstance(node.body[0], ast.Pass):
            caught = node.type.id if isinstance(node.type, ast.Name) else ""
            if node.type is None or caught in ("Exception", "BaseException"):
                yield f"{source.path}:{node.lineno}: swallows every error"


RULES: tuple[Callable[[Source], Iterator[str]], ...] = (
    small_functions,
    small_files,
    one_way_out,
    clock_is_handed_in,
    settings_are_handed_in,
    named_after_work,
    finished,
    chartered,
    no_broad_silence,
)


def problems(package: Path) -> list[str]:
    """Everything the rules find in a package, and the ratchet over all files."""
    found, big, total = [], 0, 0
    for source in sources(package):
        total += 1
        big += source.text.count("\n") > BIG_FILE_LINES
        for rule in RULES:
            found += list(rule(source))
    if total and big / total > BIG_FILES_SHARE:
        found.append(f"{big} of {total} files exceed {BIG_FILE_LINES} lines ({BIG_FILES_SHARE:.0%} at the most)")
    return found


def imports(tree: ast.Module) -> Iterator[tuple[ast.stmt, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node, node.module
            for alias in node.names:
                yield node, f"{node.module}.{alias.name}"
