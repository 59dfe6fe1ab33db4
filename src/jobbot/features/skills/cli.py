"""`jobbot skills` and `jobbot taxonomy`: what a text asks for, which occupation a title names, what is known."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any, Protocol

import typer

from jobbot.features.skills.extract import Extractor
from jobbot.features.skills.imported import bring, files
from jobbot.features.skills.imported.keep import Shelf
from jobbot.features.skills.imported.model import TITLES
from jobbot.features.skills.imported.tell import lines, told
from jobbot.features.skills.tag import TaggingExtractor
from jobbot.kernel import strictjson
from jobbot.kernel.answer import Answer, Screen
from jobbot.kernel.clock import Clock
from jobbot.kernel.errors import InvalidInput, NotFound, Problem
from jobbot.kernel.report import Report, silent
from jobbot.settings import Settings

Ranked = tuple[str, str, float]
LIMIT, MANY = 10, 20
"""Occupations of one title for a person, and of each line for a program."""
BIGGEST = 64 * 2**20


class Titles(Protocol):
    """Reads many job titles at once."""

    def rank_many(self, titles: Sequence[str], limit: int = 10, report: Report = silent) -> list[list[Ranked]]:
        """(uri, label, score 0-1) of each title, best first."""


class Wired(Protocol):
    """What these commands need of the wired program."""

    @property
    def settings(self) -> Settings: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def report(self) -> Report: ...
    @property
    def extractor(self) -> Extractor: ...
    @property
    def titles(self) -> Titles: ...
    @property
    def tagging(self) -> TaggingExtractor | None: ...


def extract(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(help="A text file, or - for standard input")] = "-",
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Lines of {id, text} in, one result a line out")] = False,
    literal: Annotated[bool, typer.Option("--literal", help="Only names of the taxonomy, without the tagger")] = False,
) -> Answer:
    """Skills and requirements of a text, each with the exact words it rests on.

    Spans that the trained tagger sees are among the skills, marked `inferred` where no known name stands there.
    Without its weights, or with --literal, there are only the names of the taxonomy.

    Example: jobbot skills extract advert.txt
    """
    wired: Wired = ctx.obj
    extractor = (None if literal else wired.tagging) or wired.extractor
    if jsonl:
        return _lines([extractor.extract(text).as_dict(name) for name, text in _rows(file)])
    data = extractor.extract(_read(file)).as_dict(None if file == "-" else Path(file).name)
    plain = extractor is wired.extractor and not literal
    return Answer(data, lambda screen: _show_extraction(screen, data, "no tagger: literal names only" if plain else ""))


def title(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(help="A job title; with --jsonl a file of {id, text} lines, or -")],
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Lines of {id, text} in, one result a line out")] = False,
) -> Answer:
    """Occupations a job title stands for, best first.

    Example: jobbot skills title "night nurse"
    """
    wired: Wired = ctx.obj
    if jsonl:
        rows = _rows(words[0])
        return _lines(_occupations(wired.titles, rows, MANY, wired.report))
    asked = " ".join(words)
    if not any(character.isalnum() for character in asked):
        raise InvalidInput('which title? As in `jobbot skills title "night nurse"`')
    (data,) = _occupations(wired.titles, [(None, asked)], LIMIT, wired.report)
    return Answer(data, lambda screen: _show_title(screen, data))


def status(ctx: typer.Context) -> Answer:
    """Which skill taxonomies are in use, and how much they hold.

    Example: jobbot taxonomy status
    """
    wired: Wired = ctx.obj
    extractor, shelf = wired.extractor, Shelf(wired.settings.home)
    data = told(extractor, shelf)
    return Answer(data, lambda screen: _show_status(screen, data))


def import_set(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="esco|onet", help="Which taxonomy it is")],
    path: Annotated[Path, typer.Argument(help="File or folder, plain, .xz or .zip")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be read; keep nothing")] = False,
) -> Answer:
    """Lay a full taxonomy that you have on disk over the bundled core: more names, languages, occupations and uris.

    Files are recognised by their header. Importing again takes the place of what was imported; `remove` undoes it.

    Example: jobbot taxonomy import esco ~/Downloads/ESCO-v1.2.0-en.zip
    """
    wired: Wired = ctx.obj
    chosen, shelf = bring.set_name(name), Shelf(wired.settings.home)
    data = bring.bring(files.parts(path), chosen, shelf, wired.clock.now(), dry_run=dry_run, report=wired.report)
    return Answer(data, lambda screen: _show_lines(screen, lines(data)))


def remove_set(
    ctx: typer.Context, name: Annotated[str, typer.Argument(metavar="esco|onet", help="Which taxonomy")]
) -> Answer:
    """Undo an import; the core stays as it is.

    Example: jobbot taxonomy remove esco
    """
    wired: Wired = ctx.obj
    chosen = bring.set_name(name)
    Shelf(wired.settings.home).remove(chosen)
    return Answer({"removed": chosen}, lambda screen: screen.print(f"{TITLES[chosen]} is removed."))


SKILLS: dict[str, Callable[..., Answer]] = {"extract": extract, "title": title}
TAXONOMY: dict[str, Callable[..., Answer]] = {
    "status": status,
    "import": import_set,
    "remove": remove_set,
}


def _extractor(ctx: typer.Context) -> Extractor:
    wired: Wired = ctx.obj
    return wired.extractor


def _read(file: str) -> str:
    """The text of a file or of standard input. Raises NotFound, or InvalidInput where it is no UTF-8 text."""
    try:
        raw = sys.stdin.buffer.read(BIGGEST + 1) if file == "-" else Path(file).read_bytes()
    except FileNotFoundError:
        raise NotFound(f"there is no file {file}; give a text file, or - to read standard input") from None
    except OSError as error:
        raise InvalidInput(
            f"{file} cannot be read: {error.strerror}; give a text file, or - for standard input"
        ) from None
    if len(raw) > BIGGEST:
        raise InvalidInput(f"{file} is larger than {BIGGEST // 2**20} MB; split it")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{file} is not UTF-8 text (byte {error.start}); save it as UTF-8") from None


def _rows(file: str) -> list[tuple[str | None, str]]:
    """The (id, text) pairs of JSON lines. Raises InvalidInput naming file, line and field."""
    rows: list[tuple[str | None, str]] = []
    for number, line in enumerate(_read(file).split("\n"), 1):
        if not line.strip():
            continue
        value = strictjson.loads(line, where=f"{file}:{number}")
        text = value.get("text") if isinstance(value, dict) else None
        if not isinstance(text, str):
            problem = Problem(
                'expected an object with a string "text"', '{"id": "1", "text": "..."}', file, number, "/text"
            )
            raise InvalidInput(str(problem), errors=[problem])
        name = value.get("id")
        rows.append((None if name is None else str(name), text))
    return rows


def _lines(results: list[dict[str, Any]]) -> Answer:
    """A list for --json; for the terminal and for pipes one JSON document a line, never wrapped."""

    def show(screen: Any) -> None:  # rich's own console: lines must not be wrapped at its width
        for result in results:
            screen.print(json.dumps(result, ensure_ascii=False), markup=False, highlight=False, soft_wrap=True)

    return Answer(results, show)


def _occupations(
    titles: Titles, rows: list[tuple[str | None, str]], limit: int, report: Report
) -> list[dict[str, Any]]:
    ranked = titles.rank_many([text for _, text in rows], limit, report)
    return [
        {"id": name, "occupations": [{"uri": uri, "label": label, "score": score} for uri, label, score in found]}
        for (name, _), found in zip(rows, ranked, strict=True)
    ]


def _show_extraction(screen: Screen, data: dict[str, Any], note: str = "") -> None:
    from rich.table import Table
    from rich.text import Text

    asked = Table(box=None, pad_edge=False, show_header=True)
    for heading in ("asks", "years", "what", "skills"):
        asked.add_column(heading, overflow="fold")
    for row in data["requirements"]:
        years = f"{row['years']:g}" if row["years"] else ""
        skills = (" or " if row["any_of"] else ", ").join(dict.fromkeys(row["skills"]))
        asked.add_row(row["polarity"], years, Text(row["quote"]), Text(skills))
    screen.print(asked if data["requirements"] else "No requirements found.")
    counts = Counter((row["skill"], row["kind"]) for row in data["skills"])
    named = ", ".join(f"{skill} ({count})" if count > 1 else skill for (skill, _), count in counts.most_common())
    screen.print(Text(f"\nSkills named: {named or 'none'}"))
    if note:
        screen.print(Text(f"({note}; `jobbot doctor` says more)"))


def _show_title(screen: Screen, data: dict[str, Any]) -> None:
    from rich.text import Text

    for row in data["occupations"]:
        screen.print(Text(f"{row['score']:.2f}  {row['label']}"))


def _show_lines(screen: Screen, lines: Iterable[str]) -> None:
    from rich.text import Text

    for line in lines:
        screen.print(Text(line))


def _show_status(screen: Screen, data: dict[str, Any]) -> None:
    from rich.text import Text

    for one in data["imported"]:
        version = f" {one['version']}" if one["version"] else ""
        languages = ", ".join(one["languages"])
        screen.print(
            f"{TITLES[one['name']]}{version}: {one['skills']} skills, {one['occupations']} occupations, {languages}"
        )
    for reason in data["broken"]:
        screen.print(Text(reason))
    skills = f"{data['skills']} skills under {data['names']} names"
    screen.print(f"{' + '.join(data['taxonomies'])}: {skills}, {data['occupations']} occupations")
    screen.print("kinds: " + ", ".join(f"{count} {kind}" for kind, count in data["kinds"].items()))
    screen.print("fields: " + ", ".join(f"{name} {count}" for name, count in data["fields"].items()))
