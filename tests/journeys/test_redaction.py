"""What a person gave away to jobbot alone stays there: planted values are looked for in everything a run leaves.

The whole loop by command line and API, failures and bugs included. Looked at: every file of the data directory (the
database with its log, full-text index, records, cache, tasks, ledger, kept answers, backups, program logs), the folder
of temporary files, and what the processes say on stderr. Allowed is the named list below and nothing else.
"""

from __future__ import annotations

import io
import json
import signal
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from jobbot.delivery.cli.root import main

from .planted import (
    ADDRESS,
    API_KEY,
    BULLET,
    EMAIL,
    EMPLOYER,
    NAME,
    PHONE,
    PLANTED,
    POSTING,
    RESUME,
    SALARY,
    SUMMARY,
    found,
    leaks,
)
from .test_erase import Place

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
ALLOWED = (
    "outputs/",  # the documents are the person's, to send
    "resume-edit-default.json",  # an edit that was refused waits for another try; an edit that is taken leaves nothing
    ".env",  # written by the person, 0600
)
SECRETS = (*PLANTED, SALARY, API_KEY)
WISH = "Lighthouse Keeper of Vinga"
EVERY = (*SECRETS, WISH)


class Watched(Place):
    """A place whose processes are listened to."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        super().__init__(folder)
        self.temporary = folder / "temporary"
        self.temporary.mkdir()
        self.environment |= {"TMPDIR": str(self.temporary), "JOBBOT_LLM_API_KEY": API_KEY, "EDITOR": "true"}
        self.heard: list[tuple[str, str]] = []
        self.secrets: list[str] = []

    def run(self, *words: str, **more: Any) -> subprocess.CompletedProcess[str]:
        result = super().run(*words, **more)
        self.heard.append((" ".join(words), result.stderr))
        return result

    def quick(self, *words: str) -> subprocess.CompletedProcess[str]:
        """The same in this process, which need not start Python for each of thirty commands."""
        out, err = io.StringIO(), io.StringIO()
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
            for name, value in self.environment.items():
                patch.setenv(name, value)
            code = main(["--home", str(self.home), *words])
        self.heard.append((" ".join(words), err.getvalue()))
        return subprocess.CompletedProcess(words, code, out.getvalue(), err.getvalue())

    def fails(self, *words: str) -> None:
        """The person's mistake, or ours."""
        form = words if len(self.heard) % 2 else (*words, "--json")
        assert self.quick(*form).returncode in (1, 2, 3, 4), words

    @contextmanager
    def server(self) -> Iterator[Api]:
        command = [sys.executable, "-m", "jobbot", "--home", str(self.home), "serve", "--port", "0", "--json"]
        pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        process = subprocess.Popen(command, env=self.environment, **pipes)
        assert process.stdout
        shown = "".join(iter(process.stdout.readline, "}\n")) + "}"
        told = json.loads(shown)
        self.secrets += [told["token"], told["link"].partition("token=")[2]]
        try:
            yield Api(told["url"], told["token"])
        finally:
            process.send_signal(signal.SIGTERM)
            self.heard.append(("serve", process.communicate(timeout=60)[1]))


class Api:
    """Requests of a script."""

    def __init__(self, url: str, token: str) -> None:
        self._url, self._token, self._number = url + "api/v1", token, 0

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, bytes]:
        self._number += 1
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        send = {"Authorization": f"Bearer {self._token}", "Idempotency-Key": f"request-{self._number}"}
        send |= {"Content-Type": "application/json"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        request = urllib.request.Request(self._url + path, data, send, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return int(answer.status), answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()


def by_hand(place: Watched) -> None:
    """The loop on the command line, and what goes wrong on it."""
    cv, own = place.folder / "cv.json", place.folder / "own.jsonl"
    cv.write_text(json.dumps(RESUME))
    own.write_text(json.dumps(POSTING))
    place.json("init")
    place.json("import", "resume", str(cv))
    place.json("ingest", "file", str(own))
    wishes = ("--role", WISH, "--location", "Lund", "--min-salary", SALARY, "--currency", "sek")
    best = place.json("match", *wishes)[0]["posting_id"]
    assert place.quick("match", *wishes, "--explain").returncode == 0
    assert place.run("tailor", best).returncode == 0
    for words in (("profile", "show"), ("profile", "check"), ("postings", "search", NAME), ("doctor",), ("ledger",)):
        assert place.quick(*words).returncode == 0, words
    place.json("profile", "export", "--output", str(place.folder / "mine.json"))
    place.json("backup")


def mistakes(place: Watched) -> None:
    """Files that cannot be read, an edit that is not JSON, words that mean nothing, options that do not exist."""
    bad = place.folder / "bad"
    bad.mkdir()
    (bad / "half.json").write_text(json.dumps(RESUME)[:-40])
    (bad / "wrong.json").write_text(json.dumps({"basics": {**RESUME["basics"], "email": [EMAIL]}, "work": NAME}))
    (bad / "twice.json").write_text(f'{{"basics": {{"name": "{NAME}", "name": "{NAME}"}}}}')
    (bad / "cv.pdf").write_bytes(b"%PDF-1.7\n" + BULLET.encode() + b"\nstartxref\n99999\n%%EOF")
    (bad / "cv.docx").write_bytes(b"PK\x03\x04" + NAME.encode() * 20)
    (bad / "binary.txt").write_bytes(b"\x00\xff" + ADDRESS.encode())
    for file in sorted(bad.iterdir()):
        place.fails("import", "resume", str(file))
    place.fails("ingest", "file", str(bad / "half.json"))
    for file in (place.folder / "cv.json", _lines(bad), _mail(bad)):  # a CV is no posting, and mails greet by name
        place.quick("ingest", "file", str(file), "--json")
    for words in (("profile", "check", str(bad / "wrong.json")), ("tailor", "zzzz"), ("match", "--persona", "nobody")):
        place.fails(*words)
    spoil = place.folder / "spoil.sh"
    spoil.write_text(f'#!/bin/sh\necho "{NAME} {EMPLOYER}" >> "$1"\n')
    spoil.chmod(0o700)
    place.environment["EDITOR"] = str(spoil)
    place.fails("profile", "edit")


def _lines(folder: Path) -> Path:
    """The CV again, as a line among postings, and a line that is no JSON."""
    file = folder / "mixed.jsonl"
    file.write_text(f"{json.dumps(POSTING)}\n{json.dumps(RESUME)}\n{{{NAME} {EMAIL}\n")
    return file


def _mail(folder: Path) -> Path:
    """An alert as it comes: with the person's name and address all over."""
    link = "https://www.linkedin.com/comm/jobs/view/4123456789/?trackingId=abc"
    body = f'<p>Hi {NAME}, 1 new job</p><a href="{link}"><div>Stage Manager</div><div>Nimbus Hall · Bergen</div></a>'
    end = f"<p>This email was intended for {NAME} ({SUMMARY}) at {EMAIL}, {EMPLOYER}</p>"
    file = folder / "alert.eml"
    head = f"From: alerts@example.com\nTo: {NAME} <{EMAIL}>\nSubject: {NAME}, jobs\n"
    file.write_text(f"{head}Content-Type: text/html; charset=utf-8\n\n{body}{end}", "utf-8")
    return file


def over_http(place: Watched) -> None:
    """The loop by requests, and requests that are wrong; the data directory is looked at while the log is open."""
    with place.server() as api:
        profile = json.loads(api.ask("GET", "/profile")[1])
        assert api.ask("PUT", "/profile", profile["resume"], If_Match='"other"')[0] in (412, 428)
        assert api.ask("PUT", "/profile", {"basics": {"name": [NAME]}}, If_Match='"other"')[0] >= 400
        assert api.ask("PUT", "/profile", b'{"basics": "' + EMAIL.encode(), If_Match='"x"')[0] == 422
        upload = {"Content_Type": "application/octet-stream"}
        assert (
            api.ask("POST", f"/profile/import?name={quote(NAME)}.json", json.dumps(RESUME).encode(), **upload)[0] == 200
        )
        assert (
            api.ask("POST", f"/profile/import?name={quote(NAME)}.pdf", b"%PDF-1.7 " + PHONE.encode(), **upload)[0]
            == 422
        )
        best = json.loads(api.ask("GET", f"/matches?role={quote(WISH)}&min_salary={SALARY}")[1])["items"][0][
            "posting_id"
        ]
        made = api.ask("POST", "/documents", {"posting_id": best})
        assert made[0] == 201, made[1]
        assert api.ask("GET", f"/search?q={quote(SUMMARY)}")[0] == 200
        assert api.ask("GET", f"/jobs/{quote(NAME)}")[0] in (404, 422)
        assert api.ask("GET", f"/{quote(EMAIL)}?{quote(NAME)}={quote(PHONE)}")[0] == 404
        assert api.ask("POST", "/documents", {"posting_id": NAME, NAME: EMAIL})[0] == 422
        api.ask("POST", "/sources/ingest", {"source": "greenhouse", "company": "somewhere"})
        look(place)


def bugs(place: Watched) -> None:
    """Tables that are missing: errors that nobody meant, on the command line and as 500s, with all that SQL knows."""
    with sqlite3.connect(place.home / "jobbot.db") as connection:
        connection.execute("ALTER TABLE facts RENAME TO facts_gone")
    connection.close()
    place.fails("import", "resume", str(place.folder / "mine.json"))
    place.fails("profile", "show")
    with place.server() as api:
        assert api.ask("GET", "/profile")[0] == 500
        assert api.ask("POST", f"/profile/import?name={quote(NAME)}", json.dumps(RESUME).encode(),
                       Content_Type="application/octet-stream")[0] == 500  # fmt: skip
        look(place)


def look(place: Watched) -> None:
    """Nothing anywhere but where it is allowed."""
    values = (*EVERY, *place.secrets)
    assert leaks(place.home, *values, allowed=ALLOWED) == []
    assert leaks(place.temporary, *values) == []
    said = [(words, value) for words, text in place.heard for value in found(text.encode(), *values)]
    assert said == []


def test_nothing_is_anywhere_but_where_it_may_be(tmp_path: Path) -> None:
    """One test, for each part goes on where the one before ended."""
    place = Watched(tmp_path / "watched")
    for part in (by_hand, mistakes, over_http, bugs):
        part(place)
        look(place)
    assert sum("Invalid input" in text for _, text in place.heard) > 2, "there was nothing to hear"
    assert '"status": 500' in (place.home / "logs" / "jobbot.log").read_text(), "no bug was met"
    told = leaks(place.home, *PLANTED)  # without the list of what is allowed: inside DOCX and PDF as well
    assert {value for _, value in told} == set(PLANTED)
    assert {".docx", ".txt", ".md", ".json"} <= {Path(name).suffix for name, _ in told}


@pytest.mark.parametrize("way", ["plain", "base64", "hex", "gzip", "row"])
def test_a_leak_on_purpose_is_found(way: str, tmp_path: Path) -> None:
    import base64
    import gzip
    import zlib

    (tmp_path / "logs").mkdir()
    log = tmp_path / "logs" / "jobbot.log"
    if way == "row":
        with sqlite3.connect(tmp_path / "jobbot.db") as connection:
            connection.execute("CREATE TABLE t (body BLOB)")
            connection.execute("INSERT INTO t VALUES (?)", (zlib.compress(f"to {EMAIL}".encode()),))
        connection.close()
    else:
        data = f"import failed for {EMAIL} (row 3)".encode()
        how = {
            "plain": bytes,
            "base64": base64.b64encode,
            "hex": lambda d: d.hex().upper().encode(),
            "gzip": gzip.compress,
        }
        log.write_bytes(b"x" + how[way](data))  # type: ignore[operator]
    if way == "gzip":
        log.write_bytes(gzip.compress(data))
    assert [value for _, value in leaks(tmp_path, *EVERY)] == [EMAIL]
