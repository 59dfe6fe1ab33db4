"""Ready files that let the system start jobbot: systemd user units, a line for cron, a launchd agent. Pure.

systemd.exec(5) and systemd.timer(5) name the settings, crontab(5) the line, launchd.plist(5) the agent. A unit of the
user, not of the system: the data directory and the key are the user's.
"""

from __future__ import annotations

import plistlib
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from jobbot.platform.work.schedule import DAYS
from jobbot.settings import Schedule

LABEL = "io.jobbot.run"
SYSTEMD, CRON, LAUNCHD = "systemd", "cron", "launchd"
DAILY = Schedule(frequency="daily", hour=7)
"""What is written where the settings have no schedule."""


@dataclass(frozen=True, slots=True)
class Program:
    """`command` begins the jobbot that is to run, `home` is its data directory ("": the usual one), `kept` are other
    folders it must write to (its key, where that is a file). For systemd `%h/` begins a path below the user's home."""

    command: tuple[str, ...]
    home: str = ""
    kept: tuple[str, ...] = ()

    def words(self, *more: str) -> list[str]:
        """The whole command."""
        return [*self.command, *(("--home", self.home) if self.home else ()), *more]


def written(kind: str, program: Program, schedule: Schedule) -> dict[str, str]:
    """The files of a kind by name. Raises KeyError for a kind that is none."""
    makers = {SYSTEMD: systemd, CRON: cron, LAUNCHD: launchd}
    return dict(makers[kind](program, schedule if schedule.frequency != "off" else DAILY))


def systemd(program: Program, schedule: Schedule) -> Mapping[str, str]:
    """A worker that runs on, and a timer with a run that ends. One of the two is enough."""
    return {
        "jobbot-worker.service": _service(program, "jobbot: background work", ["worker"], "simple", "on-failure"),
        "jobbot-run.service": _service(program, "jobbot: read every board once", RUN, "oneshot", "no"),
        "jobbot-run.timer": _timer(schedule),
    }


RUN = ["ingest", "all", "--resume"]
"""One run over all boards; one that was cut off goes on."""


def _service(program: Program, what: str, words: list[str], kind: str, restart: str) -> str:
    start = " ".join(_quoted(word).replace("$", "$$") for word in program.words(*words))
    writable = " ".join(_quoted(f"-{path}") for path in (program.home, *program.kept))
    ends = "SuccessExitStatus=130 143\n" if kind == "simple" else "TimeoutStartSec=2h\n"
    install = "\n[Install]\nWantedBy=default.target\n" if kind == "simple" else ""
    return f"""[Unit]
Description={what}

[Service]
Type={kind}
ExecStart={start}
Restart={restart}
{ends}UMask=0077
Nice=10
NoNewPrivileges=yes
PrivateUsers=yes
PrivateTmp=yes
ProtectSystem=strict
ReadWritePaths={writable}
ProtectKernelTunables=yes
ProtectControlGroups=yes
RestrictSUIDSGID=yes
RestrictRealtime=yes
LockPersonality=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
{install}"""


def _timer(schedule: Schedule) -> str:
    day = f"{schedule.day[:3].capitalize()} " if schedule.frequency == "weekly" else ""
    return f"""[Unit]
Description=jobbot: when every board is read

[Timer]
OnCalendar={day}*-*-* {schedule.hour:02d}:00:00
RandomizedDelaySec=15min
Persistent=true

[Install]
WantedBy=timers.target
"""


def _quoted(word: str) -> str:
    """A word of a unit: systemd expands `%`, and reads quotes and backslashes."""
    safe = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    safe = re.sub(r"^(-?)%%h/", r"\1%h/", safe)
    return f'"{safe}"' if re.search(r"[\s\"'\\;]", safe) else safe


def cron(program: Program, schedule: Schedule) -> Mapping[str, str]:
    """One line for `crontab -e`. cron does not make up for a slot that was slept through."""
    day = str((DAYS.index(schedule.day) + 1) % 7) if schedule.frequency == "weekly" else "*"
    command = shlex.join(program.words(*RUN)).replace("%", "\\%")
    return {
        "jobbot.cron": f"# minute hour day month weekday\n7 {schedule.hour} * * {day} {command} --json >/dev/null\n"
    }


def launchd(program: Program, schedule: Schedule) -> Mapping[str, str]:
    """An agent of the user; launchd makes up for a slot that was slept through, not for one that was switched off."""
    when = {"Hour": schedule.hour, "Minute": 7}
    if schedule.frequency == "weekly":
        when["Weekday"] = (DAYS.index(schedule.day) + 1) % 7
    told = {
        "Label": LABEL,
        "ProgramArguments": program.words(*RUN),
        "StartCalendarInterval": when,
        "ProcessType": "Background",
        "Umask": 0o077,
    }
    return {f"{LABEL}.plist": plistlib.dumps(told).decode()}


def folder(kind: str, user: PurePosixPath, config: PurePosixPath | None = None) -> PurePosixPath | None:
    """Where the files of a kind are looked for: below a user's home, or their configuration where that is elsewhere;
    None where a person puts them in themselves."""
    places = {
        SYSTEMD: (config or user / ".config") / "systemd" / "user",
        LAUNCHD: user / "Library" / "LaunchAgents",
    }
    return places.get(kind)


def then(kind: str) -> list[str]:
    """What is to be done with the files, a command each."""
    return {
        SYSTEMD: [
            "systemctl --user daemon-reload",
            "systemctl --user enable --now jobbot-run.timer",
            "loginctl enable-linger    # so that it runs without you being logged in",
        ],
        CRON: ["(crontab -l; cat jobbot.cron) | crontab -"],
        LAUNCHD: [f"launchctl bootstrap gui/$(id -u) ~/Library/LaunchAgents/{LABEL}.plist"],
    }[kind]


def samples() -> dict[str, str]:
    """The files of `deploy/` by path, over the usual data directory, daily at seven."""
    linux = Program(("%h/.local/bin/jobbot",), "%h/.local/share/jobbot", ("%h/.config/jobbot-keys",))
    anywhere = Program(("/usr/local/bin/jobbot",))
    made = ((SYSTEMD, linux), (CRON, anywhere), (LAUNCHD, anywhere))
    return {f"{kind}/{name}": text for kind, program in made for name, text in written(kind, program, DAILY).items()}
