"""Commands: import, profile."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Protocol, cast

import typer

from jobbot.features.profile import show
from jobbot.features.profile.edit import done, edit
from jobbot.features.profile.export import FORMATS, export
from jobbot.features.profile.importer import read_linkedin
from jobbot.features.profile.model import DEFAULT_PERSONA, Profile, persona_name
from jobbot.features.profile.resume import dump, load
from jobbot.features.profile.store import ProfileStore
from jobbot.features.profile.take import compare, lay, take
from jobbot.features.profile.tell import checked, shown
from jobbot.kernel.answer import Answer
from jobbot.kernel.errors import InvalidInput, NotFound
from jobbot.platform.storage.failures import disk
from jobbot.settings import Settings


class App(Protocol):
    """The part of the wired program that this slice uses."""

    @property
    def settings(self) -> Settings: ...
    @property
    def profiles(self) -> ProfileStore: ...


Persona = Annotated[str, typer.Option("--persona", help="Which of your profiles")]


def _app(ctx: typer.Context) -> App:
    return cast(App, ctx.obj)


def import_resume(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="JSON Resume, LinkedIn export, PDF, DOCX, Markdown, HTML or text")],
    persona: Persona = DEFAULT_PERSONA,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be read; keep nothing")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Start over from this file; do not lay it over")] = False,
) -> Answer:
    """Read a CV or a LinkedIn export and show what was read, from where, and what to look at again.

    A JSON Resume becomes your profile as it is. Any other CV is laid over the profile you have: what is missing is
    added, what differs is shown as a conflict and your own words stay. Nothing leaves this machine.

    Example: jobbot import resume cv.pdf
    """
    name = persona_name(persona)
    taken = take(_app(ctx).profiles, file.expanduser(), persona=name, dry_run=dry_run, replace=replace)
    return Answer(taken.as_dict(), lambda screen: show.taken(screen, taken))


def import_linkedin(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="The ZIP (or its folder), JSON or PDF from LinkedIn")],
    persona: Persona = DEFAULT_PERSONA,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be read; keep nothing")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Start over from this file; do not lay it over")] = False,
) -> Answer:
    """Read what LinkedIn gives you of your own data, and show each value with its file, line and column.

    The archive: Settings & Privacy, Data privacy, Get a copy of your data. Or the profile's "Save to PDF", which holds
    less. Messages, connections and other people's data stay unopened; LinkedIn is never asked.

    Example: jobbot import linkedin Basic_LinkedInDataExport_11-01-2026.zip
    """
    name = persona_name(persona)
    imported = read_linkedin(file.expanduser())
    taken = lay(_app(ctx).profiles, imported, persona=name, dry_run=dry_run, replace=replace)
    return Answer(taken.as_dict(), lambda screen: show.taken(screen, taken))


def profile_show(
    ctx: typer.Context,
    persona: Persona = DEFAULT_PERSONA,
    version: Annotated[int | None, typer.Option(help="An older version, as documents cite it")] = None,
    facts: Annotated[bool, typer.Option("--facts", help="Every fact with its id and pointer")] = False,
) -> Answer:
    """Show your profile: roles, skills, and the facts that every document cites.

    Example: jobbot profile show --facts
    """
    store, name = _app(ctx).profiles, persona_name(persona)
    profile = store.current(persona=name) if version is None else store.version(version, persona=name)
    history = store.history(persona=name)
    data = shown(store, profile)
    return Answer(data, lambda screen: show.profile(screen, profile, history, facts=facts))


def profile_check(
    ctx: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="A JSON Resume; without it your profile")] = None,
    persona: Persona = DEFAULT_PERSONA,
) -> Answer:
    """Check against the JSON Resume schema, with line numbers, and say what would make the profile stronger.

    Exit code 2 when the document breaks the schema.

    Example: jobbot profile check
    """
    if file is None:
        text = dump(_app(ctx).profiles.current(persona=persona_name(persona)).resume).encode()
        loaded = load(text, "your profile")
    else:
        loaded = load(_bytes(file.expanduser()), file.name)
    data = checked(loaded)
    return Answer(data, lambda screen: show.check(screen, loaded.where, data), 0 if loaded.valid else 2)


def profile_edit(
    ctx: typer.Context,
    persona: Persona = DEFAULT_PERSONA,
    editor: Annotated[str, typer.Option("--editor", envvar=["VISUAL", "EDITOR"], help="The editor's command")] = "",
) -> Answer:
    """Open your JSON Resume in $VISUAL or $EDITOR and import it again when you close it.

    If something is wrong you are told the line; your edit is kept and the next `profile edit` opens it.

    Example: jobbot profile edit --editor nano
    """
    app, name = _app(ctx), persona_name(persona)
    before = app.profiles.find(persona=name)
    edited = edit(before.resume if before else None, app.settings.home, name, editor)
    after = app.profiles.save(edited.loaded.resume, persona=name, origin="edit") if edited.changed else before
    done(edited)
    if after is None:
        raise InvalidInput("nothing was changed, so there is still no profile")
    data = _difference(before, after)
    return Answer(data, lambda screen: show.edited(screen, data))


def _difference(before: Profile | None, after: Profile) -> dict[str, Any]:
    added, changed, removed = compare(before.facts if before else (), after.facts)
    counts = {"added": added, "changed": changed, "removed": removed}
    return {"persona": after.persona, "version": after.version, "saved": after != before, **counts}


def profile_export(
    ctx: typer.Context,
    form: Annotated[str, typer.Option("--format", help=" | ".join(FORMATS))] = "json",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file (0600); without it the screen")] = None,
    persona: Persona = DEFAULT_PERSONA,
) -> Answer:
    """Write your profile as JSON Resume (value-equal to what you imported), Markdown, text or HTML.

    Example: jobbot profile export --format md --output profile.md
    """
    if form not in FORMATS:
        raise InvalidInput(f"no format {form!r}; there are {', '.join(FORMATS)} (`jobbot tailor` makes PDF and DOCX)")
    profile = _app(ctx).profiles.current(persona=persona_name(persona))
    text = export(profile.resume, form)
    if output is not None:
        path = output.expanduser().absolute()
        _write(path, text)
        data = {"file": str(path), "format": form, "version": profile.version}
        return Answer(data, lambda screen: screen.print(f"Written: {show.safe(str(path))}"))
    data = json.loads(text) if form == "json" else {"format": form, "text": text, "version": profile.version}
    return Answer(data, lambda screen: show.raw(screen, text))


def _write(path: Path, text: str) -> None:
    """Whole or not at all, 0600; a folder that is not there is refused."""
    if not path.parent.is_dir():
        raise NotFound(f"there is no folder {path.parent}")
    if path.is_dir():
        raise InvalidInput(f"{path} is a folder; name a file in it")
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        temporary.replace(path)
    except OSError as error:
        raise disk(error, path) from None
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise NotFound(f"there is no file {path}") from None
    except OSError as error:
        raise InvalidInput(f"{path.name} cannot be read: {error.strerror}") from None


IMPORT: dict[str, Callable[..., Answer]] = {"resume": import_resume, "linkedin": import_linkedin}
PROFILE: dict[str, Callable[..., Answer]] = {
    "show": profile_show,
    "check": profile_check,
    "edit": profile_edit,
    "export": profile_export,
}
