"""`jobbot tailor`: the documents for one posting, and what was chosen and left out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Protocol

import typer

from jobbot.features.matching.match import Matcher
from jobbot.features.matching.model import Wishes
from jobbot.features.profile.store import ProfileStore
from jobbot.features.sources.store import PostingStore
from jobbot.features.tailoring import theme
from jobbot.features.tailoring.model import Tailored
from jobbot.features.tailoring.tailor import DEFAULT_TEMPLATE, FORMATS, Tailor
from jobbot.kernel.answer import Answer, Screen
from jobbot.kernel.errors import InvalidInput
from jobbot.kernel.fact import FactKind, LineKind
from jobbot.kernel.ids import LOCAL_USER
from jobbot.platform.storage import Artefacts

LEADING = 3
SHOWN = 5
"""Most lines shown as left out; the diff has all."""

_NAMES = {
    "pdf": "CV",
    "docx": "CV, Word",
    "txt": "CV, text",
    "md": "CV, Markdown",
    "letter_pdf": "Letter",
    "letter_docx": "Letter, Word",
    "letter_txt": "Letter, text",
    "letter_md": "Letter, Markdown",
    "diff": "What changed",
    "provenance": "Proof of each line",
    "build_log": "Build log",
}


class _App(Protocol):
    """What this command needs of the wired application."""

    @property
    def profiles(self) -> ProfileStore: ...
    @property
    def postings(self) -> PostingStore: ...
    @property
    def matcher(self) -> Matcher: ...
    @property
    def tailor(self) -> Tailor: ...
    @property
    def outputs(self) -> Artefacts: ...


def tailor(
    ctx: typer.Context,
    posting: Annotated[str, typer.Argument(help="Id of a posting, or the beginning of one.")],
    template: Annotated[
        str, typer.Option("--template", help=f"Look of the documents: {', '.join(theme.names())}.")
    ] = DEFAULT_TEMPLATE,
    formats: Annotated[str, typer.Option("--format", help="Formats, with commas: pdf, docx, md, txt.")] = ",".join(
        FORMATS
    ),
    no_letter: Annotated[bool, typer.Option("--no-letter", help="Only the CV.")] = False,
    persona: Annotated[str, typer.Option("--persona", help="Which of your profiles.")] = "default",
    output: Annotated[
        Path | None, typer.Option("--output", help="Folder for the files (default: outputs/ in the data directory).")
    ] = None,
) -> Answer:
    """A one-page CV and a letter for one posting, with the proof of every line."""
    app: _App = ctx.obj
    wanted = _formats(formats)
    profile = app.profiles.current(persona=persona)
    advert = app.postings.get(posting, LOCAL_USER)
    made = app.tailor.tailor(
        profile,
        advert,
        app.matcher.one(profile, Wishes(), advert.id),
        folder=output or app.outputs.folder,
        template=template,
        formats=wanted,
        letter=not no_letter,
    )
    return Answer(made.as_dict(), lambda screen: show(made, f"{advert.title}, {advert.company}", screen))


def show(made: Tailored, heading: str, screen: Screen) -> None:
    """Files first, then the page, the checks, and what was left out."""
    from rich.markup import escape
    from rich.table import Table

    screen.print(f"\n[bold]{escape(heading)}[/bold]\n")
    folder = next(iter(made.files.values())).parent
    screen.print(f"{escape(str(folder))}", soft_wrap=True)
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 2))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, path in made.files.items():
        table.add_row(_NAMES[name], escape(path.name))
    screen.print(table)
    screen.print(f"\n{_page(made)}\n{_checks(made)}")
    for note in made.notes:
        screen.print(f"[yellow]Note:[/yellow] {escape(note)}")
    _show_chosen(made, screen)
    _show_left_out(made, screen)


def _show_chosen(made: Tailored, screen: Screen) -> None:
    """The bullet that leads each of the newest entries."""
    from rich.markup import escape
    from rich.padding import Padding

    first: dict[str, str] = {}
    for line in made.lines:
        if line.document == "cv" and line.facts and line.facts[0].kind is FactKind.BULLET:
            first.setdefault(line.facts[0].group, line.text)
    if first:
        screen.print("\nLeads each entry, for this posting:")
        for text in list(first.values())[:LEADING]:
            screen.print(Padding(f"• {escape(_short(text))}", (0, 0, 0, 2)))


def _page(made: Tailored) -> str:
    cv = [line for line in made.lines if line.document == "cv"]
    proven = sum(line.kind is LineKind.FACT for line in made.lines)
    words = "one page" if made.pages == 1 else f"{made.pages} pages"
    return (
        f"CV: {words}, {made.fill:.0%} full, template {made.template}, {len(cv)} lines. "
        f"{proven} lines of CV and letter cite your profile (version {made.profile_version}), each one proven."
    )


def _checks(made: Tailored) -> str:
    failed = [check for check in made.checks if not check.passed]
    if not failed:
        return f"Read back as a parser does: all {len(made.checks)} checks passed."
    rows = "\n".join(f"  [red]{check.name}[/red]: {check.detail}" for check in failed)
    return f"Read back as a parser does: {len(failed)} of {len(made.checks)} checks failed.\n{rows}"


def _show_left_out(made: Tailored, screen: Screen) -> None:
    from rich.markup import escape
    from rich.padding import Padding

    if not made.left_out:
        screen.print("\nNothing had to be left out.")
        return
    screen.print(f"\nLeft out ({len(made.left_out)}), for this posting:")
    for item in made.left_out[:SHOWN]:
        screen.print(Padding(f"• {escape(_short(item.text))}", (0, 0, 0, 2)))
        screen.print(Padding(f"[dim]{escape(item.reason)}[/dim]", (0, 0, 0, 4)))
    if len(made.left_out) > SHOWN:
        screen.print(f"  … and {len(made.left_out) - SHOWN} more, each with its reason, in {made.files['diff'].name}")


def _short(text: str) -> str:
    return text if len(text) <= 90 else text[:89].rsplit(" ", 1)[0] + "…"


def _formats(words: str) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(word.strip().lower() for word in words.split(",") if word.strip()))
    if not wanted or (unknown := [word for word in wanted if word not in FORMATS]):
        raise InvalidInput(
            f"--format {words!r}: {unknown[0] if wanted else 'nothing'} is no format; there are: {', '.join(FORMATS)}"
        )
    return wanted
