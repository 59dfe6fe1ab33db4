"""A person's mailbox: looked at and left as it was, over real TCP to a maintained server; what breaks loses nothing."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import typer
from pydantic import ValidationError
from rich.console import Console

from jobbot.bootstrap import App
from jobbot.delivery.cli.commands import find
from jobbot.delivery.cli.root import build
from jobbot.features.sources import tasks
from jobbot.features.sources.mailbox.read import MOST_MAILS, MailboxReader
from jobbot.features.sources.mailbox.senders import senders
from jobbot.features.sources.mailbox.store import MarkStore
from jobbot.kernel.clock import FixedClock
from jobbot.kernel.errors import Failed, InvalidInput, NotFound, RefusedByPolicy, TryLater
from jobbot.platform.storage import Database
from jobbot.platform.work.model import State
from jobbot.settings import Mailbox, Settings, load

from .server import PASSWORD, USER, Authority, MailServer, Way, free_port, mail_server

Opened = Callable[..., App]


def alert(number: int, *, sender: str = "LinkedIn <jobalerts-noreply@linkedin.com>", more: str = "") -> bytes:
    """A mail with one posting; `number` is LinkedIn's."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, "Mara Lindqvist <mara@example.org>", "1 new job"
    mail["Date"] = "Thu, 19 Nov 2026 07:00:00 +0000"
    link = f"https://www.linkedin.com/comm/jobs/view/{number}/?trackingId=abc&midToken=secret"
    mail.set_content("See the other part.")
    mail.add_alternative(
        f'<p>Hi Mara</p><a href="{link}">Stage Manager {number}</a><p>Nimbus Hall · Bergen</p>{more}', subtype="html"
    )
    return mail.as_bytes()


@pytest.fixture(scope="module")
def server() -> Iterator[MailServer]:
    with mail_server() as started:
        yield started


@pytest.fixture
def folder(request: pytest.FixtureRequest) -> str:
    """A folder of its own for each test."""
    return re.sub(r"\W+", "-", request.node.name)[:60]


@pytest.fixture
def app(home: Path, clock: FixedClock, sqlite: Database) -> Iterator[Opened]:
    """jobbot over one data directory; called again, it is as if the program had been started again."""
    sqlite.close()  # the file is there, migrated
    opened: list[App] = []

    def make(port: int, folder: str, offline: bool = False, **more: Any) -> App:
        stated = {"host": "127.0.0.1", "user": USER, "password": PASSWORD, "tls": False, **more}
        base = load(home, {"JOBBOT_KEK_FILE": str(home.parent / "kek")}).model_dump()
        settings = {**base, "mailbox": {**stated, "port": port, "folder": folder}, "network": {"offline": offline}}
        opened.append(App(Settings.model_validate(settings), clock=clock))
        return opened[-1]

    yield make
    for one in opened:
        one.close()


def titles(app: App) -> list[str]:
    return sorted(posting.title for posting in app.postings.all())


def ledger(app: App) -> list[dict[str, Any]]:
    return app.mailbox._open.__self__._ledger.rows()  # type: ignore[attr-defined, no-any-return]


def test_postings_come_in_and_the_mailbox_is_as_it_was(server: MailServer, app: Opened, folder: str) -> None:
    server.put(folder, alert(4111111), alert(4222222))
    server.put(folder, alert(4333333), flags=r"(\Seen \Flagged)")
    before = server.flags(folder)
    with Way(server.port) as way:
        jobbot = app(way.port, folder)
        run = jobbot.mailbox.read()
    assert (run["new"], run["fetched"], run["mails"], run["requests"]) == (3, 3, 3, 1)
    assert titles(jobbot) == ["Stage Manager 4111111", "Stage Manager 4222222", "Stage Manager 4333333"]
    assert server.flags(folder) == before
    assert [flag for line in before for flag in (b"Seen",) if flag in line] == [b"Seen"]
    verbs = [" ".join(command.split()[:2]) for command in way.commands]
    assert {verb.split()[0] for verb in verbs} == {"CAPABILITY", "AUTHENTICATE", "EXAMINE", "UID", "LOGOUT"}
    assert {verb for verb in verbs if verb.startswith("UID")} == {"UID SEARCH", "UID FETCH"}
    asked = [command.split(" ", 3)[3] for command in way.commands if command.startswith("UID FETCH")]
    assert all(one == "(RFC822.SIZE)" or re.fullmatch(r"\(BODY\.PEEK\[\]<0\.\d+>\)", one) for one in asked), asked


def test_what_is_kept_is_the_owners_and_holds_no_tracking(server: MailServer, app: Opened, folder: str) -> None:
    server.put(folder, alert(4444444))
    jobbot = app(server.port, folder)
    run = jobbot.mailbox.read()
    posting = jobbot.postings.get(run["ids"][0])
    assert posting.owner == "local"
    assert posting.url == "https://www.linkedin.com/jobs/view/4444444/"
    assert "Mara" not in posting.text
    (row,) = ledger(jobbot)
    assert (row["host"], row["purpose"], row["allowed"]) == ("127.0.0.1", "alert mails", True)
    assert row["fields"] == ["user", "password", "folder"]
    assert row["bytes_out"] > 100
    assert row["bytes_in"] > 500


def test_a_second_reading_takes_only_what_is_new(server: MailServer, app: Opened, folder: str) -> None:
    server.put(folder, alert(5000001), alert(5000002))
    assert app(server.port, folder).mailbox.read()["new"] == 2
    server.put(folder, alert(5000003))
    with Way(server.port) as way:
        again = app(way.port, folder).mailbox.read()
    assert (again["new"], again["fetched"], again["mails"]) == (1, 1, 1)
    assert sum("BODY.PEEK" in command for command in way.commands) == 1
    assert app(server.port, folder).mailbox.read()["mails"] == 0


def test_a_folder_that_is_numbered_anew_is_read_from_the_start(server: MailServer, app: Opened, folder: str) -> None:
    server.put(folder, alert(5100001), alert(5100002))
    app(server.port, folder).mailbox.read()
    with server.client() as client:
        client.delete(folder)
    server.put(folder, alert(5100002), alert(5100003))
    run = app(server.port, folder).mailbox.read()
    assert (run["mails"], run["new"], run["unchanged"]) == (2, 1, 1)


def test_only_alerts_are_asked_for_and_a_mail_without_one_is_skipped(
    server: MailServer, app: Opened, folder: str
) -> None:
    letter = EmailMessage()
    letter["From"], letter["Subject"] = "a friend <tove@example.org>", "https://www.linkedin.com/jobs/view/4999999/"
    letter.set_content("Look at https://www.linkedin.com/jobs/view/4999999/")
    newsletter = alert(1).replace(b"/comm/jobs/view/1/", b"/feed/")
    old = datetime(2026, 8, 1, tzinfo=UTC)
    server.put(folder, letter.as_bytes(), newsletter, alert(5200001, sender="x@jobs.club.example"))
    server.put(folder, alert(5200002), at=old)
    run = app(server.port, folder, senders=("@jobs.club.example",)).mailbox.read()
    assert (run["mails"], run["new"], run["quarantined"]) == (2, 1, [])
    assert [one["reason"] for one in run["skipped"]] == ["a mail in which no link to a posting was found"]
    assert run["fetched"] == 2


def test_folders_of_any_name(server: MailServer, app: Opened) -> None:
    name = 'Stellen & "für" mich'
    server.put('"Stellen &- \\"f&APw-r\\" mich"', alert(5300001))
    assert app(server.port, name).mailbox.read()["new"] == 1


def test_a_wrong_password_says_what_to_do_and_is_told_nowhere(server: MailServer, app: Opened, folder: str) -> None:
    jobbot = app(server.port, folder, password="hunter2-guess")
    with pytest.raises(InvalidInput, match=r"app password.*JOBBOT_MAILBOX_PASSWORD_FILE") as told:
        jobbot.mailbox.read()
    (row,) = ledger(jobbot)
    assert "hunter2" not in f"{told.value} {row} {jobbot.settings!r}"
    assert PASSWORD not in repr(app(server.port, folder).settings)


def test_a_folder_that_is_not_there_names_those_that_are(server: MailServer, app: Opened, folder: str) -> None:
    server.put("Here", alert(1))
    with pytest.raises(NotFound, match=r"no folder .*there are: .*INBOX"):
        app(server.port, "Elsewhere").mailbox.read()


def fail(error: Exception) -> None:
    raise error


def test_the_scheduled_run_looks_into_a_mailbox_that_is_set_and_into_none_else(
    server: MailServer, app: Opened, folder: str
) -> None:
    server.put(folder, alert(4111111))
    jobbot = app(server.port, folder, offline=True)  # every feed is refused; the mailbox of this machine is not
    jobbot.tasks.enqueue(tasks.refresh_wanted(), jobbot.clock.now())
    jobbot.worker(Event(), fail).drain()
    done = {task.name: task.state for task in jobbot.tasks.page()[0]}
    assert done[tasks.MAILBOX] is State.DONE
    assert titles(jobbot) == ["Stage Manager 4111111"]
    bare = app(server.port, folder, offline=True, host="")
    bare.tasks.enqueue(tasks.refresh_wanted(), bare.clock.now())
    bare.worker(Event(), fail).drain()
    assert [task.name for task in bare.tasks.page()[0]].count(tasks.MAILBOX) == 1


def test_nothing_set_says_so(app: Opened) -> None:
    with pytest.raises(InvalidInput, match=r"mailbox\.host, mailbox\.user"):
        app(993, "INBOX", host="", user="").mailbox.read()


@pytest.mark.parametrize(("password", "told"), [(PASSWORD, "1 new"), ("wrong", "The mailbox was not read: ")])
def test_ingest_all_looks_into_it_after_the_boards(
    server: MailServer, app: Opened, folder: str, password: str, told: str
) -> None:
    server.put(folder, alert(4111111))
    command = find("ingest")
    assert command
    jobbot = app(server.port, folder, offline=True, password=password)
    answer = typer.main.get_command(build((command,))).main(["ingest", "all"], standalone_mode=False, obj=jobbot)
    console = Console(file=io.StringIO(), width=120)
    answer.show(console)
    assert told in console.file.getvalue()  # type: ignore[attr-defined]
    assert ("failed" in answer.data["mailbox"]) is (password != PASSWORD)
    assert titles(jobbot) == (["Stage Manager 4111111"] if password == PASSWORD else [])


def test_a_certificate_that_nobody_vouches_for_is_refused_before_a_word_is_said(
    server: MailServer, app: Opened, folder: str, tmp_path: Path
) -> None:
    server.put(folder, alert(5400001))
    authority = Authority(tmp_path)
    with Way(server.port, authority.context) as way:
        with pytest.raises(Failed, match=r"certificate was refused.*mailbox\.ca_file"):
            app(way.port, folder, tls=True).mailbox.read()
        assert way.said == b""
        run = app(way.port, folder, tls=True, ca_file=str(authority.file)).mailbox.read()
    assert run["new"] == 1
    assert way.commands


def test_a_port_without_tls_is_named(server: MailServer, app: Opened, folder: str) -> None:
    with pytest.raises(Failed, match="does not speak TLS"):
        app(server.port, folder, tls=True).mailbox.read()


def test_without_tls_only_this_machine_is_spoken_to(app: Opened, folder: str) -> None:
    jobbot = app(993, folder, host="192.0.2.7")
    with pytest.raises(RefusedByPolicy, match="without TLS"):
        jobbot.mailbox.read()
    (row,) = ledger(jobbot)
    assert (row["allowed"], row["bytes_out"]) == (False, 0)


def test_the_airplane_switch_holds(app: Opened, folder: str) -> None:
    jobbot = app(993, folder, offline=True, host="imap.example.org", tls=True)
    with pytest.raises(RefusedByPolicy, match="airplane switch"):
        jobbot.mailbox.read()
    (row,) = ledger(jobbot)
    assert (row["host"], row["allowed"]) == ("imap.example.org", False)


def test_on_loopback_the_switch_lets_pass(server: MailServer, app: Opened, folder: str) -> None:
    server.put(folder, alert(5500001))
    assert app(server.port, folder, offline=True).mailbox.read()["new"] == 1


def test_nobody_there(app: Opened, folder: str) -> None:
    with pytest.raises(TryLater, match="could not be reached"):
        app(free_port(), folder).mailbox.read()


def test_a_server_that_hangs_up_in_the_middle_loses_nothing(server: MailServer, app: Opened, folder: str) -> None:
    server.put(folder, *(alert(5600000 + number, more="<p>x</p>" * 3000) for number in range(4)))
    with Way(server.port, cut=70_000) as way:
        jobbot = app(way.port, folder)
        with pytest.raises(TryLater, match=r"broke the connection off.*\(2 mails were read and their postings kept\)"):
            jobbot.mailbox.read()
        assert len(titles(jobbot)) == 2
        assert "broke" in str(ledger(jobbot)[0]["reason"])
    run = app(server.port, folder).mailbox.read()
    assert (run["mails"], run["new"], run["unchanged"]) == (2, 2, 0)


@pytest.mark.parametrize("instead", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"* BYE busy\r\n", b"\0" * 2_000_000])
def test_what_is_no_mail_server_is_told_and_ends(app: Opened, folder: str, instead: bytes) -> None:
    with Way(0, instead=instead) as way, pytest.raises((Failed, TryLater)):
        app(way.port, folder).mailbox.read()


def test_a_mail_of_megabytes_is_set_aside_unread_and_the_next_is_read(
    server: MailServer, app: Opened, folder: str
) -> None:
    server.put(folder, alert(5700001, more="x" * 6_000_000), alert(5700002))
    with Way(server.port) as way:
        run = app(way.port, folder).mailbox.read()
    assert (run["new"], run["mails"], run["fetched"]) == (1, 1, 2)
    assert "larger than an alert is" in run["quarantined"][0]["reason"]
    assert "jobbot ingest file" in run["quarantined"][0]["reason"]
    assert sum("BODY.PEEK" in command for command in way.commands) == 1
    assert app(server.port, folder).mailbox.read()["fetched"] == 0


def test_mails_that_are_broken_are_counted_and_the_others_are_read(
    server: MailServer, app: Opened, folder: str
) -> None:
    head = b"From: jobalerts-noreply@linkedin.com\r\n"
    link = b'<a href="https://www.linkedin.com/jobs/view/5800001/">Gaffer</a><p>M\xfcller'
    server.put(
        folder,
        head + b"Content-Type: multipart/mixed; boundary=none\r\n\r\n--other\r\n\r\nx",
        head + b"Content-Type: text/html; charset=utf-8\r\n\r\n" + link + b"</p>",
        head + b"Content-Type: text/html; charset=nonsense\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!",
        alert(5800002),
    )
    run = app(server.port, folder).mailbox.read()
    assert run["new"] == 2
    assert run["fetched"] == run["new"] + len(run["skipped"]) + len(run["quarantined"]) == 4


class Plays:
    """A folder in memory: `mails` by uid, `told` sizes win over theirs, `refused` is not given."""

    validity = 7

    def __init__(self, mails: dict[int, bytes], told: dict[int, int] | None = None, refused: int = 0) -> None:
        self.mails, self.told, self.refused, self.read = mails, told or {}, refused, [0]

    @contextlib.contextmanager
    def opened(self, _: Settings) -> Iterator[Plays]:
        yield self

    def search(self, since: date, senders: Sequence[str], after: int) -> list[int]:
        return [uid for uid in self.mails if uid > after]

    def sizes(self, uids: Sequence[int]) -> dict[int, int]:
        return {uid: self.told.get(uid, len(self.mails[uid])) for uid in uids}

    def message(self, uid: int, most: int) -> bytes | None:
        self.read.append(uid)
        if uid == self.refused:
            raise Failed("the mail server answered FETCH with NO")
        return self.mails[uid]


def reader(jobbot: App, plays: Plays) -> MailboxReader:
    marks = MarkStore(jobbot.database, jobbot.vault)
    return MailboxReader(jobbot.settings.mailbox, plays.opened, marks, jobbot.ingest.brought, jobbot.clock)


def test_many_wait_for_the_next_reading(app: Opened, folder: str) -> None:
    jobbot = app(1, folder)
    mails = reader(jobbot, Plays({uid: alert(5_900_000 + uid % 3) for uid in range(1, MOST_MAILS + 3)}))
    first, second, third = mails.read(), mails.read(), mails.read()
    assert (first["mails"], first["notes"]) == (MOST_MAILS, ["2 more mails wait; run it again"])
    assert (second["mails"], second["notes"], third["mails"]) == (2, [], 0)


def test_a_mail_that_the_server_keeps_back_or_states_as_huge_holds_up_no_other(app: Opened, folder: str) -> None:
    plays = Plays({uid: alert(6_000_000 + uid) for uid in (3, 4, 5, 6)}, told={3: 20_000_000}, refused=5)
    run = reader(app(1, folder), plays).read()
    assert (run["new"], plays.read) == (2, [0, 4, 5, 6])
    assert [one["ref"] for one in run["quarantined"]] == ["mail 3", "mail 5"]


def test_senders_are_known_ones_and_those_of_the_settings() -> None:
    assert senders(["  Alerts@Jobs.Example ", ""])[-1] == "alerts@jobs.example"
    assert len(senders(["@indeed.com"])) == len(senders([]))
    with pytest.raises(InvalidInput, match=r"mailbox\.senders"):
        senders(['x"\r\nA1 STORE 1 +FLAGS (\\Deleted)'])


def test_a_server_that_sends_more_than_it_was_asked_for_is_left(app: Opened, folder: str) -> None:
    greeting = b"* PREAUTH IMAP4rev1 ready\r\n* CAPABILITY IMAP4rev1 {9999999999}\r\n"
    with Way(0, instead=greeting) as way, pytest.raises(Failed, match="more than it was asked for"):
        app(way.port, folder).mailbox.read()


def test_certificates_that_are_none_are_named(app: Opened, folder: str, tmp_path: Path) -> None:
    (tmp_path / "none.pem").write_text("no certificate")
    with pytest.raises(InvalidInput, match=r"mailbox\.ca_file"):
        app(1, folder, tls=True, ca_file=str(tmp_path / "none.pem")).mailbox.read()


@pytest.mark.parametrize("field", ["host", "user", "folder"])
def test_a_setting_of_two_lines_is_refused_before_it_could_be_a_second_command(field: str) -> None:
    with pytest.raises(ValidationError):
        Mailbox.model_validate({field: "x\r\nA1 DELETE INBOX"})


class Command:
    """`jobbot` as a person runs it: settings in config.yaml, the password in a file of its own."""

    def __init__(self, folder: Path, port: int, mailbox: str) -> None:
        self.home = folder / "home"
        self.home.mkdir(mode=0o700, exist_ok=True)
        (self.home / "config.yaml").write_text(
            f"mailbox:\n  host: 127.0.0.1\n  port: {port}\n  user: {USER}\n  folder: {mailbox}\n  tls: false\n"
        )
        (folder / "password").write_text(f"{PASSWORD}\n", "utf-8")
        kept = {name: value for name, value in os.environ.items() if not name.startswith("JOBBOT_")}
        mine = {"JOBBOT_KEK_FILE": str(folder / "kek"), "JOBBOT_OFFLINE": "1"}
        self.environment = {**kept, **mine, "JOBBOT_MAILBOX_PASSWORD_FILE": str(folder / "password")}

    def run(self, *words: str, given: bytes = b"") -> tuple[int, Any, str]:
        """Exit code, what stands on stdout, and stderr."""
        command = [sys.executable, "-m", "jobbot", "--home", str(self.home), *words, "--json"]
        done = subprocess.run(command, env=self.environment, input=given, capture_output=True, timeout=240)
        return done.returncode, json.loads(done.stdout), done.stderr.decode()

    def holds(self, words: str) -> list[str]:
        """Files of the data directory in which words stand as they are."""
        sought = words.encode()
        files = [path for path in self.home.rglob("*") if path.is_file() and path.name != "config.yaml"]
        return [path.name for path in files if sought in path.read_bytes()]


def test_by_command_nothing_of_the_mail_and_no_secret_is_left_anywhere(
    server: MailServer, folder: str, tmp_path: Path
) -> None:
    server.put(folder, alert(6100001).replace(b"1 new job", b"Private subject of Mara"))
    command = Command(tmp_path, server.port, folder)
    code, run, told = command.run("ingest", "mailbox")
    assert (code, run["new"], run["mails"]) == (0, 1, 1)
    (tmp_path / "password").write_text("not-my-password-7", "utf-8")
    code, problem, more = command.run("ingest", "mailbox")
    assert (code, problem["type"]) == (2, "urn:jobbot:invalid-input")
    assert command.holds("Stage Manager 6100001"), "the posting itself is kept, so looking finds what is there"
    for secret in (
        PASSWORD,
        "not-my-password-7",
        USER,
        "Private subject",
        "Mara Lindqvist",
        "midToken",
        "See the other",
    ):
        assert command.holds(secret) == [], secret
        assert secret not in f"{told}{more}{problem}", secret


def test_by_command_a_paste_and_what_comes_in(folder: str, tmp_path: Path) -> None:
    command = Command(tmp_path, 1, folder)
    text = f"Baker\nCrumb & Co · Porto\n\n{'You bake two hundred loaves with a small team. ' * 6}"
    code, run, _ = command.run("ingest", "paste", "--url", "jobs.example.org/jobs/7?utm_source=x", given=text.encode())
    assert (code, run["new"], run["requests"], len(run["ids"])) == (0, 1, 0, 1)
    code, run, _ = command.run("ingest", "file", "-", given=alert(6200001))
    assert (code, run["new"]) == (0, 1)
