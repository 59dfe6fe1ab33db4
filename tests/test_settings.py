"""Settings from a file, a variable or nowhere: what is wrong is named with its place."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from jobbot.kernel.errors import InvalidInput
from jobbot.settings import load


def refused(home: Path, **environ: str) -> str:
    with pytest.raises(InvalidInput) as caught:
        load(home, environ)
    return caught.value.detail


def test_a_wrong_variable_is_not_blamed_on_the_file(tmp_path: Path) -> None:
    told = refused(tmp_path, JOBBOT_OFFLINE="maybe")
    assert told.startswith("JOBBOT_OFFLINE in the environment")
    assert "config.yaml" not in told


def test_a_wrong_line_of_the_env_file_names_that_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("JOBBOT_HTTP_SPACING=x\n")
    (tmp_path / ".env").chmod(0o600)
    assert refused(tmp_path).startswith(f"JOBBOT_HTTP_SPACING in {tmp_path / '.env'}")


def test_a_wrong_line_of_the_config_names_file_and_field(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("schedule:\n  hour: soon\n")
    assert refused(tmp_path).startswith(f"{tmp_path / 'config.yaml'} schedule.hour: should be a whole number")


@pytest.mark.parametrize("content", [b"\xff\xfe", b"llm:\n  model: a\n  model: b\n", b"a: [1\n", b"- a\n"])
def test_a_file_that_is_no_settings_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "config.yaml").write_bytes(content)
    assert "config.yaml" in refused(tmp_path)


@pytest.mark.parametrize("name", ["config.yaml", ".env"])
def test_a_folder_in_the_place_of_a_file_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    assert f"{name}: cannot be read" in refused(tmp_path)


def test_the_environment_wins_over_the_env_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("JOBBOT_LLM_MODEL=one\nJOBBOT_CONTACT=me\n")
    (tmp_path / ".env").chmod(0o600)
    found = load(tmp_path, {"JOBBOT_LLM_MODEL": "two"})
    assert (found.llm.model, found.network.contact) == ("two", "me")


GOLDEN = Path(__file__).parent / "golden" / "settings"


def test_the_contracts_config_file_means_what_it_says(tmp_path: Path) -> None:
    """Golden: to renew, delete settings.json and run twice; the missing file is written and the test fails once."""
    shutil.copy(GOLDEN / "config.yaml", tmp_path / "config.yaml")
    told = json.loads(load(tmp_path, {}).model_dump_json(exclude={"home"}))
    kept = GOLDEN / "settings.json"
    if not kept.exists():
        kept.write_text(json.dumps(told, indent=2) + "\n")
        pytest.fail("written anew: look at it")
    assert told == json.loads(kept.read_text())


@pytest.mark.parametrize(
    ("content", "near"),
    [
        ("llm:\n  provder: x\n", "provider"),
        ("modles: {}\n", "models"),
        ("job_sources:\n  - name: lever\n    companes: [a]\n", "companies"),
        ("schedule:\n  frequncy: weekly\n", "frequency"),
    ],
)
def test_an_unknown_key_is_refused_with_the_nearest_known_one(content: str, near: str, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(content)
    assert f"did you mean {near}?" in refused(tmp_path)


def test_a_secret_may_come_from_a_file_and_never_shows(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("s3cret\n")
    settings = load(tmp_path, {"JOBBOT_LLM_API_KEY_FILE": str(tmp_path / "key")})
    assert settings.llm.api_key == "s3cret"
    assert "s3cret" not in repr(settings)
