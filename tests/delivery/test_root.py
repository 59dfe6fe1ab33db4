"""The edge of the command line: words, exit codes, one JSON document, a log without personal data."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbot import __version__
from jobbot.delivery.cli.commands import COMMANDS, overview
from jobbot.delivery.cli.root import build, main, parse
from jobbot.delivery.log import open_log
from jobbot.kernel.errors import InvalidInput


@pytest.mark.parametrize(
    "words",
    [["match", "--json", "--limit", "3"], ["--json", "match", "--limit", "3"], ["match", "--limit", "3", "--json"]],
)
def test_json_is_understood_anywhere(words: list[str]) -> None:
    assert parse(words) == (None, True, ["match", "--limit", "3"])


def test_json_after_two_dashes_is_a_word() -> None:
    assert parse(["postings", "search", "--", "--json"]).as_json is False


@pytest.mark.parametrize("words", [["--home", "x", "match"], ["--home=x", "match"]])
def test_home_is_read_before_the_command(words: list[str]) -> None:
    assert parse(words) == (Path("x"), False, ["match"])


def test_home_needs_a_directory() -> None:
    with pytest.raises(InvalidInput, match="directory"):
        parse(["--home"])


@given(st.lists(st.text(max_size=8), max_size=6))
def test_any_words_parse_or_are_refused(words: list[str]) -> None:
    try:
        parse(words)
    except InvalidInput:
        return


def test_a_mistyped_command_names_the_near_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mach"]) == 2
    assert "did you mean match?" in capsys.readouterr().err


def test_a_failure_is_one_json_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mach", "--json"]) == 2
    document = json.loads(capsys.readouterr().out)
    assert set(document) == {"type", "title", "detail", "errors", "retry_at", "exit_code"}
    assert document["exit_code"] == 2


@pytest.mark.parametrize("words", [["match", "--no-such-option"], ["tailor"], ["postings", "nothing"]])
def test_wrong_usage_is_exit_2_in_words(words: list[str], home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--home", str(home), *words]) == 2
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err
    assert captured.out == ""


@pytest.mark.parametrize("words", [[], ["--help"], ["help"]])
def test_help_lists_every_command(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 0
    assert capsys.readouterr().out == overview()
    assert all(command.name in overview() for command in COMMANDS)


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"version": __version__}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_has_help_with_an_example(command: object, capsys: pytest.CaptureFixture[str]) -> None:
    name = command.name  # type: ignore[attr-defined]
    assert main([name, "--help"]) == 0
    shown = capsys.readouterr().out
    assert f"jobbot {name}" in shown
    assert "Example:" in shown


def test_the_whole_program_can_be_built() -> None:
    assert build(COMMANDS).registered_commands


def test_the_log_has_no_way_in_for_personal_data(tmp_path: Path) -> None:
    log = open_log(tmp_path / "logs")
    log.info("Mara Lindqvist", extra={"command": "match", "seconds": 1.5, "argument": "mara.lindqvist@example.org"})
    try:
        raise ValueError("+46 70 174 06 45")
    except ValueError:
        log.exception("oh", extra={"error": "ValueError", "exit_code": 1})
    for handler in log.handlers:
        handler.flush()
    text = (tmp_path / "logs" / "jobbot.log").read_text()
    assert [json.loads(line).get("command") for line in text.splitlines()] == ["match", None]
    assert not any(word in text for word in ("Mara", "example.org", "+46", "Traceback"))
    assert (tmp_path / "logs" / "jobbot.log").stat().st_mode & 0o077 == 0
    logging.shutdown()


def test_a_command_leaves_a_line_in_the_log(home: Path) -> None:
    home.mkdir()
    main(["--home", str(home), "tailor", "nosuchposting", "--json"])
    line = json.loads((home / "logs" / "jobbot.log").read_text().splitlines()[-1])
    assert line["command"] == "tailor"
    assert "nosuchposting" not in json.dumps(line)


def test_progress_fits_on_one_line() -> None:
    from jobbot.delivery.cli.progress import line

    assert line("boards · about 2 min left", 5, 20, 80) == "█████░░░░░░░░░░░░░░░ 5/20  boards · about 2 min left"
    assert line("x" * 200, 0, 0, 40) == "x" * 38 + "…"
    assert len(line("x" * 200, 3, 4, 60)) < 60
    assert "\x1b" not in line("a\x1b[2Jb\n", 1, 2, 80)
