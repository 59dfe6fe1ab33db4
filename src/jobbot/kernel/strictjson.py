"""One JSON reader for everything that comes from outside.

Python's own accepts NaN, merges duplicate keys in silence, and lets lone surrogates, NUL, 2^63 and a hundred thousand
brackets through, each of which breaks something later. Here they are refused with the reason.
"""

from __future__ import annotations

import json
from typing import Any

from jobbot.kernel.errors import InvalidInput, Problem

MAX_DEPTH = 64
MAX_INTEGER = 2**63 - 1


class _Refused(ValueError):
    """Raised inside the parser's hooks, turned into InvalidInput at the edge."""


def loads(data: bytes | str, *, where: str = "", max_depth: int = MAX_DEPTH) -> Any:
    """Parse JSON strictly; `where` names the file or URL in errors. Raises InvalidInput."""
    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data
        value = json.loads(
            text, object_pairs_hook=_no_duplicates, parse_constant=_no_constant, parse_int=_integer, parse_float=_float
        )
        check(value, max_depth)
    except json.JSONDecodeError as error:
        problem = f"not JSON: {error.msg} (column {error.colno})"
        raise _invalid(where, problem, error.lineno, "put the comma, quote or bracket right there") from None
    except UnicodeDecodeError as error:
        raise _invalid(where, f"not UTF-8 at byte {error.start}", None, "save the file as plain UTF-8 JSON") from None
    except RecursionError:
        raise _invalid(where, f"nested deeper than {max_depth} levels", None, _WITHOUT) from None
    except _Refused as error:
        raise _invalid(where, str(error), None, _WITHOUT) from None
    return value


def check(value: Any, max_depth: int = MAX_DEPTH) -> None:
    """Walk a parsed value without recursion: depth, surrogates and NUL."""
    stack: list[tuple[Any, int]] = [(value, 1)]
    while stack:
        item, depth = stack.pop()
        if depth > max_depth:
            raise _Refused(f"nested deeper than {max_depth} levels")
        if isinstance(item, str):
            _text(item)
        elif isinstance(item, list):
            stack.extend((child, depth + 1) for child in item)
        elif isinstance(item, dict):
            for key, child in item.items():
                _text(key)
                stack.append((child, depth + 1))


def _text(value: str) -> None:
    if not value.isascii():
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            raise _Refused("a lone surrogate (half of a character) in a string") from None
    if "\x00" in value:
        raise _Refused("a NUL character in a string")


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise _Refused(f'the key "{twice}" appears twice in one object')
    return result


def _no_constant(name: str) -> Any:
    raise _Refused(f"{name} is not a JSON value")


def _integer(digits: str) -> int:
    if len(digits) > 20 or abs(int(digits)) > MAX_INTEGER:
        raise _Refused("a whole number beyond 64 bits")
    return int(digits)


def _float(digits: str) -> float:
    value = float(digits)
    if value in (float("inf"), float("-inf")):
        raise _Refused("a number too large for a computer's double")
    return value


_WITHOUT = "correct or remove that value"


def _invalid(where: str, problem: str, line: int | None, fix: str) -> InvalidInput:
    shown = Problem(problem, fix, file=where, line=line)
    return InvalidInput(str(shown), errors=[shown])
