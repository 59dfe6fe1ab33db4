"""The table of commands. `jobbot --help` is printed from it, so that help imports nothing of the work."""

from __future__ import annotations

from typing import NamedTuple


class Command(NamedTuple):
    """`target` is module:attribute, a function for a command or a mapping of functions for a group."""

    name: str
    target: str
    summary: str
    example: str
    everyday: bool = False


_PROFILE = "jobbot.features.profile.cli"
_SOURCES = "jobbot.features.sources.cli"
_OPERATIONS = "jobbot.delivery.cli.operations"

COMMANDS: tuple[Command, ...] = (
    Command("demo", "jobbot.delivery.cli.demo:demo", "The main job on bundled samples", "jobbot demo", True),
    Command(
        "init",
        "jobbot.delivery.cli.setup:init",
        "Make the data directory, key and profile",
        "jobbot init --from cv.pdf",
        True,
    ),
    Command("import", f"{_PROFILE}:IMPORT", "Read your CV or LinkedIn export", "jobbot import resume cv.pdf", True),
    Command(
        "ingest",
        f"{_SOURCES}:ingest",
        "Fetch postings from a board or a file",
        "jobbot ingest lever --company acme",
        True,
    ),
    Command(
        "match",
        "jobbot.features.matching.cli:match",
        "Rank postings, with reasons",
        "jobbot match --location Berlin --explain",
        True,
    ),
    Command(
        "tailor",
        "jobbot.features.tailoring.cli:tailor",
        "One-page CV and letter that prove every line",
        "jobbot tailor 4kq2",
        True,
    ),
    Command(
        "postings",
        f"{_SOURCES}:POSTINGS",
        "List, show and search postings",
        'jobbot postings search "night nurse"',
        True,
    ),
    Command(
        "profile", f"{_PROFILE}:PROFILE", "Show, check, edit and export your profile", "jobbot profile check", True
    ),
    Command("serve", "jobbot.delivery.cli.serve:serve", "Web app and API on this machine", "jobbot serve", True),
    Command("sources", f"{_SOURCES}:SOURCES", "Connected boards and where they stand", "jobbot sources list"),
    Command(
        "prefer",
        "jobbot.features.matching.cli:PREFER",
        "What you weigh, block and avoid",
        'jobbot prefer employer "Acme GmbH" --block',
    ),
    Command(
        "skills",
        "jobbot.features.skills.cli:SKILLS",
        "Skills and requirements of a text",
        "jobbot skills extract advert.txt",
    ),
    Command(
        "taxonomy",
        "jobbot.features.skills.cli:TAXONOMY",
        "Lists of skills: the core, ESCO, O*NET",
        "jobbot taxonomy import esco PATH",
    ),
    Command(
        "train", "jobbot.delivery.cli.train:TRAIN", "Train models on your own machine", "jobbot train tagger DATASET"
    ),
    Command("worker", "jobbot.delivery.cli.worker:worker", "Background work, without the web app", "jobbot worker"),
    Command(
        "schedule", "jobbot.delivery.cli.schedule:schedule", "When the next scheduled run starts", "jobbot schedule"
    ),
    Command("doctor", f"{_OPERATIONS}:doctor", "Check the installation", "jobbot doctor"),
    Command(
        "backup",
        f"{_OPERATIONS}:backup",
        "Encrypted, verified backup in one file",
        "jobbot backup --output friday.jobbot",
    ),
    Command(
        "restore",
        f"{_OPERATIONS}:restore",
        "Restore a backup into an empty place",
        "jobbot --home new restore friday.jobbot",
    ),
    Command("ledger", f"{_OPERATIONS}:ledger", "Everything that left this machine", "jobbot ledger"),
    Command(
        "export", "jobbot.delivery.cli.export:export", "Everything of yours in one plain file", "jobbot export mine.zip"
    ),
    Command("erase", "jobbot.delivery.cli.erase:erase", "Erase everything of yours", "jobbot erase --yes"),
    Command("db", f"{_OPERATIONS}:DB", "Database upkeep", "jobbot db migrate"),
)


def find(name: str) -> Command | None:
    return next((command for command in COMMANDS if command.name == name), None)


def overview() -> str:
    """The text of `jobbot --help`."""
    width = max(len(command.name) for command in COMMANDS)

    def rows(everyday: bool) -> str:
        return "\n".join(f"  {c.name:<{width}}  {c.summary}" for c in COMMANDS if c.everyday is everyday)

    return (
        "Usage: jobbot [--home DIR] [--json] COMMAND ...\n\n"
        "Your job search, on your machine: postings in, a ranked and explained shortlist,\n"
        "and a one-page CV and letter that prove every line.\n\n"
        f"Everyday:\n{rows(True)}\n\nMore:\n{rows(False)}\n\n"
        "Options:\n"
        "  --home DIR  Data directory (or JOBBOT_HOME)\n"
        "  --json      One JSON document on stdout, messages on stderr; works with every command\n"
        "  --version   Print the version\n"
        "  --help      This text; `jobbot COMMAND --help` shows a command with an example\n\n"
        "Start here:  jobbot demo\n"
    )
