"""Reads labelled sentences: JSON lines with `tokens`, `tags_skill`, `tags_knowledge` (SkillSpan) or one of the two."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from jobbot.kernel import strictjson
from jobbot.kernel.errors import InvalidInput, NotFound, Problem
from jobbot.platform.inference.tagger.spans import HEADS, TAGS, Bounds, runs

WINDOW = 100
"""Longer sentences are cut after so many words: some "sentences" of SkillSpan are whole adverts."""


class Sentence(NamedTuple):
    """Words joined by one blank, and the spans of each head; None for a head the file does not label."""

    text: str
    spans: tuple[tuple[Bounds, ...] | None, ...]
    document: str


def read(path: Path, window: int = WINDOW) -> list[Sentence]:
    """All sentences of a file. Raises NotFound, or InvalidInput naming file, line and field."""
    try:
        lines = path.read_text("utf-8").split("\n")
    except FileNotFoundError:
        raise NotFound(f"there is no file {path}; it should hold labelled sentences as JSON lines") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{path} cannot be read as UTF-8 text: {error}") from None
    sentences: list[Sentence] = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            sentences += _sentences(strictjson.loads(line, where=f"{path}:{number}"), path, number, window)
    if not sentences:
        raise _wrong(path, 1, "no sentence is in the file", "a line of JSON per sentence")
    return sentences


def _sentences(row: Any, path: Path, number: int, window: int) -> Iterator[Sentence]:
    tokens = row.get("tokens") if isinstance(row, dict) else None
    if not isinstance(tokens, list) or not all(isinstance(token, str) and token for token in tokens):
        raise _wrong(path, number, "tokens is no list of words", '{"tokens": ["Python"], "tags_knowledge": ["B"]}')
    tags = [_tags(row, f"tags_{head}", len(tokens), path, number) for head in HEADS]
    if all(row_ is None for row_ in tags):
        raise _wrong(path, number, "neither tags_skill nor tags_knowledge is there", "a tag O, B or I for each word")
    for start in range(0, max(len(tokens), 1), window):
        some = tokens[start : start + window]
        cut = tuple(None if row_ is None else _spans(some, row_[start : start + window]) for row_ in tags)
        yield Sentence(" ".join(some), cut, str(row.get("idx", number)))


def _tags(row: dict[str, Any], key: str, count: int, path: Path, number: int) -> list[int] | None:
    tags = row.get(key)
    if tags is None:
        return None
    if not isinstance(tags, list) or len(tags) != count:
        raise _wrong(path, number, f"{key} has not one tag for each of the {count} words", "a list of O, B and I")
    letters = [tag[:1] if isinstance(tag, str) else "" for tag in tags]
    if any(letter not in TAGS for letter in letters):
        raise _wrong(path, number, f"{key} holds a tag that is none of O, B and I", "O, B or I, as in B or B-SKILL")
    return [TAGS.index(letter) for letter in letters]


def _spans(tokens: list[str], tags: list[int]) -> tuple[Bounds, ...]:
    starts, at = [], 0
    for token in tokens:
        starts.append(at)
        at += len(token) + 1
    return tuple((starts[first], starts[last] + len(tokens[last])) for first, last in runs(tags))


def _wrong(path: Path, line: int, what: str, right: str) -> InvalidInput:
    problem = Problem(what, right, file=str(path), line=line)
    return InvalidInput(str(problem), errors=[problem])
