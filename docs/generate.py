"""Write the reference pages that come from code: `python docs/generate.py [--check]`.

CI runs the check (tests/docs): a setting, command or error that is not in the reference fails the build.
"""

from __future__ import annotations

import inspect
import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

REFERENCE = Path(__file__).parent / "reference"
DEPLOY = Path(__file__).parent.parent / "deploy"
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
    lines.append("| `JOBBOT_SOURCE_<SOURCE>_<OPTION>` | `sources.<source>.options.<option>` | may be, with `_FILE` |\n")
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


def sources_page() -> str:
    from jobbot.features.sources.policy import PROHIBITED
    from jobbot.platform.plugins import load

    cards = [source.card for source in load("jobbot.sources").loaded.values()]
    cards.sort(key=lambda card: (card.kind.value, card.title.casefold()))
    lines = ["# Sources\n\n", NOTE, SOURCES_INTRO]
    for title, kinds in (
        ("Boards of one employer", {"board"}),
        ("Feeds of many employers", {"window", "search", "address"}),
    ):
        chosen = [card for card in cards if card.kind.value in kinds]
        lines += [f"\n## {title}\n\n", "| source | verdict | read how often | verified against |\n|---|---|---|---|\n"]
        lines += [_source_row(card) for card in chosen]
        lines += [_source_text(card) for card in chosen]
    lines.append("\n## Not read by a program\n\n| source | why |\n|---|---|\n")
    lines += [f"| {title} | {why} |\n" for title, why in sorted(PROHIBITED.values())]
    lines.append(
        "\nThe allowed way to their postings: save the page or its alert mail, and `jobbot ingest file PATH`.\n"
    )
    return "".join(lines)


SOURCES_INTRO = """\
What each source permits, how politely it is read, and what its reader was held to. **Unverified** means that
the reader was written from documents and tried on boards made up from them: no genuine answer was at hand.
Every reader is lenient about fields and strict about state: an answer that is not whole changes nothing, a
posting is closed only when a complete listing of its board lacks it, and what a feed lacks is not gone.

robots.txt of every host is obeyed. Attribution stands beside each posting, with the link to the page that the
source wants linked.

Which work and which places the feeds are for, counted, and what to do where they have little: [coverage](coverage.md).
"""


def _source_row(card: Any) -> str:
    policy = card.policy
    often = f"{policy.spacing_seconds:g} s apart, {policy.daily_requests:,} a day and host at the most"
    return f"| `{card.name}` | {card.verdict.value} | {often} | {card.verified or '**unverified**'} |\n"


def _source_text(card: Any) -> str:
    lines = [f"\n### {card.title}\n\n", f"{card.reason[0].upper()}{card.reason[1:]}. "]
    if card.kind.value == "address":
        lines.append(f"`jobbot ingest {card.name} ADDRESS`: {card.naming}. ")
    elif card.kind.value == "board":
        lines.append(f"`jobbot ingest {card.name} --company NAME`: {card.naming}. ")
    else:
        lines.append(f"`jobbot ingest {card.name} --query WORDS`, or without words all it has. ")
    if card.covers:
        lines.append(f"For: {card.covers}. ")
    if card.attribution:
        lines.append(f"Shown as: {card.attribution}. ")
    if card.verdict.value == "conditional":
        lines.append(f"Off until you turn it on: `sources.{card.name}.enabled: true` in `config.yaml`. ")
    if card.policy.robots_exempt:
        lines.append(f"Its robots.txt does not decide: {card.policy.robots_exempt}. ")
    for option in card.options:
        need = "needed" if option.required else "optional"
        variable = f"JOBBOT_SOURCE_{card.name.upper()}_{option.name.upper()}{'_FILE' if option.secret else ''}"
        lines.append(f"Option `{option.name}` ({need}): {option.meaning}; `{variable}`. ")
    return "".join([*lines, f"Terms: <{card.terms_url}>\n" if card.terms_url else "\n"])


def coverage_page() -> str:
    from jobbot.features.sources.policy import PROHIBITED
    from jobbot.platform.plugins import load

    counts = json.loads((Path(__file__).parent / "coverage.json").read_text("utf-8"))
    cards = {name: source.card for name, source in load("jobbot.sources").loaded.items()}
    total = sum(feed["postings"] for feed in counts.values())
    lines = ["# Coverage\n\n", NOTE, COVERAGE_INTRO.format(total=total, feeds=len(counts)), _feeds_table(cards, counts)]
    for what, heading, elsewhere in (("fields", "field of work", FIELDS_ELSEWHERE), ("regions", "region", ELSEWHERE)):
        sums = _sums(counts, what)
        lines.append(f"\n## By {heading}\n\n| {heading} | of {total} | where else to look |\n|---|---|---|\n")
        lines += [f"| {name} | {count} | {elsewhere.get(name, '')} |\n" for name, count in sums.most_common()]
    walled = ", ".join(title for title, _ in sorted(PROHIBITED.values()))
    spot = sum(_sums(counts, "fields")[name] for name in SPOT)
    lines.append(COVERAGE_REST.format(walled=walled, spot=spot, total=total))
    return "".join(lines)


def _sums(counts: Any, what: str) -> Counter[str]:
    sums = Counter[str]()
    for feed in counts.values():
        sums.update(feed[what])
    return sums


def _feeds_table(cards: Any, counts: Any) -> str:
    rows = ["| source | for | read by `ingest all` | recorded postings |\n|---|---|---|---|\n"]
    for name, card in sorted(cards.items()):
        if card.kind.value == "board":
            continue
        on = (
            "yes"
            if card.kind.value == "window"
            else "off until turned on"
            if card.verdict.value == "conditional"
            else ""
        )
        on = on or ("with a key, for words" if card.options else "at an address you give")
        rows.append(f"| `{name}` | {card.covers} | {on} | {counts.get(name, {}).get('postings', '')} |\n")
    return "".join(rows)


COVERAGE_INTRO = """\
What a first day gives without any employer named: {total} postings were recorded of the {feeds} feeds that `ingest all`
reads (2024 and 2026), each counted by the words of its title and the places that it names. The counts are coarse, and
`./run eval coverage` makes them again. A posting that names two regions counts in both.

"""
FIELDS_ELSEWHERE = {
    "software and data": "boards of employers (Greenhouse, Lever, Ashby, ...)",
    "other engineering and science": "boards of employers; universities and institutes by RSS",
    "health and care": "boards of clinics and care homes; `usajobs`, `adzuna`; alert mails",
    "education and languages": "boards of schools; universities by RSS; `adzuna`",
    "trades, production and transport": "boards of employers; `adzuna`; alert mails and saved pages",
    "hospitality, retail and personal services": "boards of employers; `adzuna`; alert mails and saved pages",
    "law and compliance": "boards of employers; `usajobs`; associations by RSS",
    "people and office": "boards of employers; `adzuna`",
}
ELSEWHERE = {
    "United States": "`usajobs` for the federal government; `adzuna`",
    "Canada": "`adzuna`",
    "United Kingdom and Ireland": "`adzuna` (United Kingdom)",
    "Germany, Austria and Switzerland": "`adzuna`; boards of Personio",
    "rest of Europe": "`adzuna` (Belgium, France, Italy, Netherlands, Poland, Spain); the plugin `platsbanken`",
    "Latin America": "`adzuna` (Brazil, Mexico)",
    "Asia": "`adzuna` (India, Singapore); alert mails",
    "Africa": "`adzuna` (South Africa); alert mails",
    "Australia and Oceania": "`adzuna` (Australia, New Zealand)",
}
SPOT = (
    "health and care",
    "education and languages",
    "trades, production and transport",
    "hospitality, retail and personal services",
)
"""Fields of work that is mostly done on the spot."""
COVERAGE_REST = """
## What the feeds do not cover

- **Work on the spot**: care, hospitals, schools, trades, kitchens, shops, transport: {spot} of the {total} titles.
- **Public service** outside the federal government of the United States: states, municipalities, schools, police.
- **{walled}**: not read by a program, whatever they hold.

## The allowed way there

1. **The employer's own board**: `jobbot sources discover URL` with the careers page of a clinic, a school or a
   builder, then `jobbot ingest SOURCE --company NAME`.
2. **Alert mails**: let LinkedIn, Indeed or a public employment service mail you, and `jobbot ingest file PATH`
   ([how](../howto/postings-from-mail-and-saved-pages.md)).
3. **A saved page**: `jobbot ingest file PAGE.html`, or `jobbot ingest url URL` for one posting of an employer's site.
4. **RSS or Atom**: `jobbot ingest rss ADDRESS`, where a university, a city or an association has a feed.
5. **A list of boards** that somebody keeps: `jobbot sources import LIST`. The project behind Job Seek publishes its own
   (`apps/crawler/data/boards.csv` of github.com/colophon-group/jobseek, MIT); cut it to the employers you want.
6. **A source of your own**: [write one](../howto/write-a-source.md); `plugins/jobbot-platsbanken` brings Sweden's.
"""


PAGES = {
    "settings.md": settings_page,
    "errors.md": errors_page,
    "cli.md": cli_page,
    "sources.md": sources_page,
    "coverage.md": coverage_page,
}


def stale(folder: Path = REFERENCE) -> list[str]:
    """Names of the pages that differ from what the code says."""
    return [
        name for name, page in PAGES.items() if not (folder / name).exists() or (folder / name).read_text() != page()
    ]


def unit_files() -> dict[Path, str]:
    """The ready files for systemd, cron and launchd, as `jobbot schedule` writes them."""
    from jobbot.delivery.worker.units import samples

    return {DEPLOY / name: text for name, text in samples().items()}


def main() -> int:
    if "--check" in sys.argv:
        names = stale()
        print("\n".join(f"stale: docs/reference/{name}" for name in names) or "up to date")
        return bool(names)
    REFERENCE.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page())
    for path, text in unit_files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
