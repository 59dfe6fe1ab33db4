"""Write the reference pages that come from code: `python docs/generate.py [--check]`.

CI runs the check (tests/docs): a setting, command or error that is not in the reference fails the build.
"""

from __future__ import annotations

import inspect
import os
import sys
from pathlib import Path
from typing import Any

REFERENCE = Path(__file__).parent / "reference"
NOTE = "<!-- Written by docs/generate.py; edit the code, not this page. -->\n\n"


def settings_page() -> str:
    from pydantic import BaseModel

    from jobbot import settings

    lines = ["# Settings\n", NOTE, inspect.getdoc(settings) or "", "\n"]
    lines.append(
        "\nPrecedence: environment, then `.env`, then `config.yaml` (both in the data directory), then the default.\n"
    )
    for name, field in settings.Settings.model_fields.items():
        if name == "home":
            continue
        kind = field.annotation
        inner = {"job_sources": settings.JobSource, "sources": settings.PluginSection}.get(name, kind)
        assert isinstance(inner, type)
        assert issubclass(inner, BaseModel)
        suffix = {"job_sources": " (a list of entries)", "sources": ".NAME"}.get(name, "")
        summary = (inner.__doc__ or "").strip().split("\n")[0]
        lines += [f"\n## `{name}`{suffix}\n\n{summary}\n\n", _fields(name, inner, settings.ENVIRONMENT)]
    lines.append("\n## Environment\n\nEvery secret has a `*_FILE` twin that names a file holding it.\n\n")
    lines.append("| variable | setting | secret |\n|---|---|---|\n")
    for variable, (section, key, secret) in settings.ENVIRONMENT.items():
        lines.append(f"| `{variable}` | `{section}.{key}` | {'yes, `' + variable + '_FILE`' if secret else ''} |\n")
    lines.append("| `JOBBOT_HOME` | the data directory | |\n")
    lines.append("| `JOBBOT_DEBUG` | show the traceback of a bug (it may hold personal data) | |\n")
    return "".join(lines)


def _fields(section: str, model: Any, environment: Any) -> str:
    rows = ["| key | type | default | meaning |\n|---|---|---|---|\n"]
    for key, field in model.model_fields.items():
        default = "required" if field.is_required() else repr(field.get_default(call_default_factory=True))
        kind = getattr(field.annotation, "__name__", None) or str(field.annotation)
        kind = str(field.annotation).replace("typing.", "") if "[" in str(field.annotation) else kind
        rows.append(f"| `{key}` | `{kind.replace('|', 'or')}` | `{default}` | {field.description} |\n")
    return "".join(rows)


def errors_page() -> str:
    from jobbot.kernel import errors
    from jobbot.platform.http import caller, problems
    from jobbot.platform.http.once import run

    lines = ["# Errors and exit codes\n\n", NOTE, "```\n", (inspect.getdoc(errors) or "").strip(), "\n```\n\n"]
    lines.append("| class | type | exit code | HTTP status | title |\n|---|---|---|---|---|\n")
    lines += [
        f"| `{error.__name__}` | `{error.type}` | {error.exit_code} | {error.status} | {error.title} |\n"
        for error in _tree(errors.JobbotError)
        if error.__module__ == errors.__name__
    ]
    lines.append("\nOnly of the API:\n\n| type | HTTP status | title |\n|---|---|---|\n")
    found = {e for module in (caller, problems, run) for e in vars(module).values() if _of_api(e, module)}
    lines += [f"| `{e.type}` | {e.status} | {e.title} |\n" for e in sorted(found, key=lambda e: (e.status, e.type))]
    lines.append("\nAn interrupted command (Ctrl-C) ends with 130.\n")
    return "".join(lines)


def _of_api(thing: Any, module: Any) -> bool:
    from jobbot.kernel.errors import JobbotError

    return isinstance(thing, type) and issubclass(thing, JobbotError) and thing.__module__ == module.__name__


def _tree(error: Any) -> list[Any]:
    """The error and those below it that the kernel defines; a slice's own are its parent's in all that counts."""
    below = [child for child in error.__subclasses__() if child.__module__ == error.__module__]
    return [error] + [found for child in below for found in _tree(child)]


def cli_page() -> str:
    import typer.main

    from jobbot.delivery.cli.commands import COMMANDS, overview
    from jobbot.delivery.cli.root import build

    os.environ["COLUMNS"] = os.environ["TERMINAL_WIDTH"] = "100"
    lines = ["# Command line\n\n", NOTE, "```\n", overview(), "```\n"]
    for command in COMMANDS:
        program: Any = typer.main.get_command(build((command,)))
        context = program.make_context("jobbot", [command.name], resilient_parsing=True)
        target = program.commands[command.name]
        with target.make_context(command.name, [], parent=context, resilient_parsing=True) as here:
            lines += [f"\n## jobbot {command.name}\n\n```\n", target.get_help(here).rstrip(), "\n```\n"]
            for name, below in getattr(target, "commands", {}).items():
                with below.make_context(name, [], parent=here, resilient_parsing=True) as deeper:
                    lines += [
                        f"\n### jobbot {command.name} {name}\n\n```\n",
                        below.get_help(deeper).rstrip(),
                        "\n```\n",
                    ]
    return "".join(lines)


PAGES = {"settings.md": settings_page, "errors.md": errors_page, "cli.md": cli_page}


def stale(folder: Path = REFERENCE) -> list[str]:
    """Names of the pages that differ from what the code says."""
    return [
        name for name, page in PAGES.items() if not (folder / name).exists() or (folder / name).read_text() != page()
    ]


def main() -> int:
    if "--check" in sys.argv:
        names = stale()
        print("\n".join(f"stale: docs/reference/{name}" for name in names) or "up to date")
        return bool(names)
    REFERENCE.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page())
    return 0


if __name__ == "__main__":
    sys.exit(main())
