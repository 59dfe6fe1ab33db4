"""Parse the edge, run one command, print its answer or its failure, return the exit code."""

from __future__ import annotations

import contextlib
import difflib
import io
import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from jobbot import __version__
from jobbot.delivery.cli.commands import COMMANDS, Command, find, overview
from jobbot.kernel.answer import Answer
from jobbot.kernel.errors import Failed, InvalidInput, JobbotError, OurBug

if TYPE_CHECKING:
    import typer

    from jobbot.bootstrap import App

INTERRUPTED = 130


class Invocation(NamedTuple):
    """What the edge understood: the data directory, --json, the command and the words after it."""

    home: Path | None
    as_json: bool
    words: list[str]


def main(argv: list[str] | None = None) -> int:
    """Run `jobbot` with `argv` (default: the process's). Returns the exit code; never raises for a user's mistake."""
    words = sys.argv[1:] if argv is None else argv
    os.umask(0o077)  # whatever a command writes is the user's alone
    _utf8()
    if "_JOBBOT_COMPLETE" in os.environ:
        build(COMMANDS)(prog_name="jobbot")
        return 0
    as_json = "--json" in _options(words)
    try:
        return _run(parse(words))
    except JobbotError as error:
        return _fail(error, as_json)
    except KeyboardInterrupt:
        return _interrupted(as_json)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # the last fence: a bug becomes a report without personal data
        return _fail(_bug(error), as_json)


def parse(words: list[str]) -> Invocation:
    """Split the words of the command line. Raises InvalidInput for an option without its value, or bytes that are no
    text: they could be neither stored nor shown."""
    for word in words:
        if any("\ud800" <= character <= "\udfff" for character in word):
            raise InvalidInput(f"{word!r} is not UTF-8 text; if it is a file's name, give the file another name")
    options = _options(words)
    rest = [word for word in options if word != "--json"] + words[len(options) :]
    home = None
    while rest and rest[0].split("=")[0] == "--home":
        word = rest.pop(0)
        value = word.partition("=")[2] or (rest.pop(0) if rest and "=" not in word else "")
        if not value:
            raise InvalidInput("--home needs a directory, as in `jobbot --home ~/search match`")
        home = Path(value)
    return Invocation(home, "--json" in options, rest)


def build(commands: tuple[Command, ...]) -> typer.Typer:
    """A Typer application of the given commands; their modules are imported here."""
    import importlib

    import typer

    root = typer.Typer(name="jobbot", no_args_is_help=True, rich_markup_mode=None, add_completion=True)
    for command in commands:
        module, _, attribute = command.target.partition(":")
        target = getattr(importlib.import_module(module), attribute)
        if callable(target):
            _add(root, command.name, target, command.example)
            continue
        group = typer.Typer(help=command.summary, epilog=_epilog(command.example), rich_markup_mode=None)
        for name, function in target.items():
            _add(group, name, function, command.example)
        group.info.no_args_is_help = True
        root.add_typer(group, name=command.name)
    root.callback(invoke_without_command=False)(_nothing)
    return root


def _add(app: typer.Typer, name: str, function: Any, example: str) -> None:
    """A command whose help is its docstring; an `Example:` line in it takes the place of the group's."""
    text, _, own = (function.__doc__ or "").partition("\n    Example: ")
    app.command(name, help=text.rstrip(), epilog=_epilog(" ".join(own.split()) or example))(function)


def _epilog(example: str) -> str:
    return f"Example: {example}   (every command also takes --json)"


def _nothing() -> None:
    """Your job search, on your machine."""


def _run(invocation: Invocation) -> int:
    words = invocation.words
    if not words or words[0] in ("--help", "-h", "help"):
        _help(overview(), invocation.as_json)
        return 0
    if words[0] in ("--version", "-V"):
        print(json.dumps({"version": __version__}) if invocation.as_json else f"jobbot {__version__}")
        return 0
    command = find(words[0])
    if command is None:
        near = difflib.get_close_matches(words[0], [c.name for c in COMMANDS], 1)
        raise InvalidInput(f"no command {words[0]!r}; " + (f"did you mean {near[0]}?" if near else "see jobbot --help"))
    return _invoke(command, invocation)


def _help(text: str, as_json: bool) -> None:
    """A help text; with --json still one document."""
    sys.stdout.write(json.dumps({"help": text}, ensure_ascii=False, indent=2) + "\n" if as_json else text)


def _invoke(command: Command, invocation: Invocation) -> int:
    from jobbot import settings
    from jobbot.bootstrap import App

    if "--help" in _options(invocation.words):
        shown = io.StringIO()
        with contextlib.redirect_stdout(shown):
            code = _call(command, invocation, None)
        _help(shown.getvalue(), invocation.as_json)
        return code
    app = App(settings.load(invocation.home), report=_report(invocation.as_json))
    started = time.monotonic()
    outcome: dict[str, Any] = {"command": command.name, "version": __version__}
    try:
        code = _call(command, invocation, app)
        outcome |= {"exit_code": code}
        return code
    except BaseException as error:
        outcome |= {"exit_code": getattr(error, "exit_code", 1), "error": type(error).__name__, "place": _place(error)}
        raise
    finally:
        app.close()
        _note(app.settings.home, app.settings.paths.logs, {**outcome, "seconds": round(time.monotonic() - started, 2)})


def _note(home: Path, logs: str, outcome: dict[str, Any]) -> None:
    """A line in the log of a data directory that exists; a refused command makes none."""
    if home.is_dir():
        from jobbot.delivery.log import open_log

        open_log(home / logs).info("", extra=outcome)


def _call(command: Command, invocation: Invocation, app: App | None) -> int:
    import typer.main

    program = typer.main.get_command(build((command,)))
    usage_error: type[Exception] = typer.BadParameter.__mro__[2]  # the base of every usage error
    try:
        answer = program.main(invocation.words, prog_name="jobbot", standalone_mode=False, obj=app)
    except usage_error as error:
        raise InvalidInput(_usage(error)) from None
    except typer.Exit as leave:
        return int(leave.exit_code)
    except typer.Abort:
        raise KeyboardInterrupt from None
    if answer == INTERRUPTED:  # Typer's word for Ctrl-C
        raise KeyboardInterrupt
    return _print(answer, invocation.as_json) if isinstance(answer, Answer) else int(answer or 0)


def _usage(error: Any) -> str:
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError" and context:
        path, names = context.command_path, "|".join(context.command.commands)
        return f"which one? `{path} {names}` (try `{path} --help`)"
    hint = f" (try `{context.command_path} --help`)" if context else ""
    return f"{error.format_message()}{hint}"


def _print(answer: Answer, as_json: bool) -> int:
    if as_json:
        sys.stdout.write(json.dumps(answer.data, ensure_ascii=False, indent=2, allow_nan=False) + "\n")
    else:
        from rich.console import Console

        class Terminal(Console):
            def on_broken_pipe(self) -> None:
                """Whoever read along has seen enough: no failure."""
                raise BrokenPipeError

        answer.show(Terminal(highlight=False, soft_wrap=False))
    sys.stdout.flush()
    return answer.then() if answer.then else answer.exit_code


def _fail(error: JobbotError, as_json: bool) -> int:
    if as_json:
        sys.stdout.write(json.dumps(error.problem(), ensure_ascii=False, indent=2) + "\n")
        return error.exit_code
    print(f"{error.title}: {error.detail}", file=sys.stderr)
    shown = [str(problem) for problem in error.errors]
    for line in shown if shown != [error.detail] else []:
        print(f"  - {line}", file=sys.stderr)
    if error.retry_at:
        print(f"  try again after {error.retry_at.isoformat(timespec='seconds')}", file=sys.stderr)
    return error.exit_code


def _interrupted(as_json: bool) -> int:
    stopped = Failed("interrupted; what was finished before is kept")
    if as_json:
        print(json.dumps({**stopped.problem(), "exit_code": INTERRUPTED}, indent=2))
    else:
        print(stopped.detail, file=sys.stderr)
    return INTERRUPTED


def _bug(error: Exception) -> OurBug:
    import traceback

    if os.environ.get("JOBBOT_DEBUG"):
        traceback.print_exception(error)
    return OurBug(
        f"{type(error).__name__} at {_place(error)}; nothing half done was kept. Please report this line "
        "(JOBBOT_DEBUG=1 shows more; read it before you share it)"
    )


def _place(error: BaseException) -> str:
    """File name and line where it was raised, without the folder (which may hold a person's name)."""
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""


def _report(as_json: bool) -> Any:
    from jobbot.delivery.cli.progress import terminal_report

    return terminal_report(quiet=as_json)


def _options(words: list[str]) -> list[str]:
    """The words before a bare `--`."""
    return words[: words.index("--")] if "--" in words else words


def _utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")
