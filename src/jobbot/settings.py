"""One typed, frozen settings object: environment > `.env` > `config.yaml` > default.

`load(home, environ)` is the only reader. Unknown keys are refused with the nearest known one, every secret has a
`*_FILE` twin, and `.env` is refused when others can read it. Nothing below `delivery` reads the environment.
"""

from __future__ import annotations

import difflib
import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from jobbot.kernel.errors import InvalidInput, NotFound, Problem

CONFIG_FILE = "config.yaml"
ENV_FILE = ".env"
LINE = r"^[^\x00-\x1f\x7f]*$"


class Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Paths(Section):
    """Where things are kept; relative paths are inside the data directory."""

    database: str = Field("jobbot.db", description="SQLite file, when no database URL is set")
    outputs: str = Field("outputs", description="Plain documents, yours to send")
    logs: str = Field("logs", description="Rotated logs without personal data")
    models: str = Field("models", description="Built encoder graphs")
    cache: str = Field("cache", description="Tables that can be made again at any time")


class Models(Section):
    """Which models are used."""

    embedding: str = Field("all-MiniLM-L6-v2", description="Bundled model name, a local directory, or `none`")
    languages: tuple[str, ...] = Field(
        (), description="Languages the encoder reads, as [en, de] or ['*']; empty: by its name"
    )
    precision: Literal["auto", "int8", "fp32"] = Field("auto", description="auto: int8 where its self-test passes")
    tagger: str = Field("bundled", description="Tagger of skills: `bundled`, a folder that was trained, or `none`")
    preference_model: str = Field("bayesian-linear", description="Learner of your ratings")
    rl_agent: str = Field("linucb", description="Policy that picks the slate")


class Llm(Section):
    """An optional language model; jobbot is complete without one."""

    provider: str = Field("none", description="none, or openai-compatible")
    base_url: str = Field("", description="Address of the model server")
    model: str = Field("", description="Model name at that server")
    api_key: str = Field("", description="Secret; prefer JOBBOT_LLM_API_KEY_FILE", repr=False)
    temperature: float = Field(0.0, ge=0, le=2, description="0 gives the same words each time")
    max_tokens: int = Field(1024, ge=1, le=32768, description="Upper bound of one answer")
    timeout_seconds: float = Field(60.0, gt=0, description="Upper bound of one call")


class JobSource(Section):
    """One entry of `job_sources`."""

    name: str = Field(description="Source, as in `jobbot sources list`")
    url: str = Field("", description="Careers page or board, where there is one")
    search_terms: tuple[str, ...] = Field((), description="Words for feeds that can be searched")
    companies: tuple[str, ...] = Field((), description="Boards to read")


class PluginSection(Section):
    """What the user says about one source; `options` belong to the plugin."""

    enabled: bool = Field(
        True, description="false leaves the source out of `ingest all`; true turns on one that is off by default"
    )
    options: dict[str, Any] = Field(
        default_factory=dict, description="Options of the plugin; see docs/reference/sources.md", repr=False
    )


class Schedule(Section):
    """When the weekly run happens."""

    frequency: Literal["off", "daily", "weekly"] = Field("off", description="off, daily or weekly")
    day: Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] = Field(
        "monday", description="Day of a weekly run"
    )
    hour: int = Field(7, ge=0, le=23, description="Local hour at which it starts")

    @field_validator("frequency", "day", mode="before")
    @classmethod
    def _any_case(cls, value: object) -> object:
        return value.strip().lower() if isinstance(value, str) else value


class Postings(Section):
    """How long postings are taken to be open."""

    age_out_days: int = Field(
        45, ge=8, le=3650, description="Days after which a posting that its feed no longer shows is aged out"
    )


class Network(Section):
    """The one way out."""

    offline: bool = Field(False, description="Airplane switch: nothing leaves but loopback")
    http_replay: str = Field("", description="Prefix of a recording server that stands in for all vendors")
    http_spacing: float | None = Field(None, ge=0, description="Seconds between requests; honoured with replay only")
    contact: str = Field("", description="Address or URL named in the User-Agent")


class Mailbox(Section):
    """A mailbox that job alerts come to; `jobbot ingest mailbox` looks into it and changes nothing there."""

    host: str = Field("", pattern=LINE, description="The provider's IMAP server; empty: no mailbox is read")
    port: int = Field(993, ge=1, le=65535, description="Its port; 993 speaks TLS from the first byte")
    user: str = Field("", pattern=LINE, description="Your user name there, mostly the address", repr=False)
    password: str = Field("", description="Secret, an app password; prefer JOBBOT_MAILBOX_PASSWORD_FILE", repr=False)
    folder: str = Field("INBOX", pattern=LINE, min_length=1, max_length=200, description="Where the alerts are")
    tls: bool = Field(True, description="false only for a bridge on this machine (127.0.0.1) that speaks plain IMAP")
    ca_file: str = Field("", description="Certificates (PEM) to trust besides the system's, for a server of your own")
    since_days: int = Field(30, ge=1, le=3650, description="How far back the first reading goes")
    senders: tuple[str, ...] = Field(
        (), description="More senders of alerts: an address or its end, as in @jobs.example"
    )


class Keys(Section):
    """Where the key that encrypts personal data lives (its home is never the data directory)."""

    kek_file: str = Field("", description="File with the key (0600)")
    passphrase_file: str = Field("", description="File with the passphrase that unlocks the key (0600)")
    recovery_key_file: str = Field("", description="File with the recovery key, for `restore` only")


class Server(Section):
    """Hosting for many; empty means embedded."""

    database_url: str = Field("", description="postgresql://…; empty: SQLite in the data directory", repr=False)
    redis_url: str = Field("", description="redis://…", repr=False)
    s3_url: str = Field("", description="s3://…", repr=False)
    public_url: str = Field("", description="https://… where a proxy serves jobbot to others; empty: this machine only")


class Settings(Section):
    """Everything that can be set."""

    home: Path = Field(description="The data directory")
    paths: Paths = Paths()
    models: Models = Models()
    llm: Llm = Llm()
    job_sources: tuple[JobSource, ...] = Field((), description="Boards and feeds of the weekly run")
    sources: dict[str, PluginSection] = Field(default_factory=dict, description="Per source: enabled, options")
    schedule: Schedule = Schedule()
    postings: Postings = Postings()
    network: Network = Network()
    mailbox: Mailbox = Mailbox()
    keys: Keys = Keys()
    server: Server = Server()

    def path(self, relative: str) -> Path:
        """A configured path, inside the data directory unless absolute."""
        return self.home / Path(relative).expanduser()


ENVIRONMENT: Mapping[str, tuple[str, str, bool]] = {
    # variable: (section, field, is a secret and so has a *_FILE twin)
    "JOBBOT_DATABASE_URL": ("server", "database_url", True),
    "JOBBOT_REDIS_URL": ("server", "redis_url", True),
    "JOBBOT_S3_URL": ("server", "s3_url", True),
    "JOBBOT_PUBLIC_URL": ("server", "public_url", False),
    "JOBBOT_LLM_PROVIDER": ("llm", "provider", False),
    "JOBBOT_LLM_BASE_URL": ("llm", "base_url", False),
    "JOBBOT_LLM_MODEL": ("llm", "model", False),
    "JOBBOT_LLM_API_KEY": ("llm", "api_key", True),
    "JOBBOT_EMBEDDING_MODEL": ("models", "embedding", False),
    "JOBBOT_OFFLINE": ("network", "offline", False),
    "JOBBOT_HTTP_REPLAY": ("network", "http_replay", False),
    "JOBBOT_HTTP_SPACING": ("network", "http_spacing", False),
    "JOBBOT_CONTACT": ("network", "contact", False),
    "JOBBOT_MAILBOX_HOST": ("mailbox", "host", False),
    "JOBBOT_MAILBOX_PORT": ("mailbox", "port", False),
    "JOBBOT_MAILBOX_USER": ("mailbox", "user", False),
    "JOBBOT_MAILBOX_PASSWORD": ("mailbox", "password", True),
    "JOBBOT_MAILBOX_FOLDER": ("mailbox", "folder", False),
    "JOBBOT_KEK_FILE": ("keys", "kek_file", False),
    "JOBBOT_PASSPHRASE_FILE": ("keys", "passphrase_file", False),
    "JOBBOT_RECOVERY_KEY_FILE": ("keys", "recovery_key_file", False),
}
OF_A_SOURCE = "JOBBOT_SOURCE_"
"""Before the name of a source and of one of its options."""
NOT_SETTINGS = frozenset({"JOBBOT_HOME", "JOBBOT_SHARED", "JOBBOT_DEBUG"})
"""Variables with our prefix that are read elsewhere (the command line's edge, tests)."""


def default_home() -> Path:
    """The platform's user data directory."""
    import platformdirs  # slow to import, needed once

    return Path(platformdirs.user_data_dir("jobbot", appauthor=False))


def load(home: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """Read settings for the data directory `home`. Raises InvalidInput naming file, line and nearest key."""
    variables = os.environ if environ is None else environ
    root = _root(home or Path(variables.get("JOBBOT_HOME") or default_home()))
    values = _config_file(root / CONFIG_FILE)
    origins: dict[tuple[str, str], str] = {}
    for file, pairs in ((str(root / ENV_FILE), _env_file(root / ENV_FILE)), ("the environment", _ours(variables))):
        for name, value in pairs.items():
            origins[_apply(values, name, value, file)] = f"{name} in {file}"
    try:
        return Settings.model_validate({**values, "home": root})
    except ValidationError as error:
        raise _explain(error, root / CONFIG_FILE, origins) from None


def _root(home: Path) -> Path:
    try:
        return home.expanduser().absolute()
    except RuntimeError:
        raise InvalidInput(f"{home} names the home of a user who is not here; give the directory in full") from None


def _ours(variables: Mapping[str, str]) -> dict[str, str]:
    return {k: v for k, v in variables.items() if k.startswith("JOBBOT_") and k not in NOT_SETTINGS and v != ""}


def _config_file(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    import yaml

    text = _text(path)
    try:
        values = yaml.load(text, _loader())  # noqa: S506 - a SafeLoader
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark, reason = getattr(error, "problem_mark", None), getattr(error, "problem", None)
        problem = Problem(
            f"not valid YAML{': ' + reason if reason else ''}",
            "see docs/reference/settings.md",
            file=str(path),
            line=mark.line + 1 if mark else None,
        )
        raise InvalidInput(str(problem), errors=[problem]) from None
    if values is None:
        return {}
    if not isinstance(values, dict) or "home" in values:
        problem = Problem("must be a mapping of sections, without `home`", file=str(path))
        raise InvalidInput(str(problem), errors=[problem])
    return {str(key): value for key, value in values.items()}


def _text(path: Path) -> str:
    """A settings file as text. Raises InvalidInput where it is a directory, unreadable or no UTF-8."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        problem = Problem(f"not UTF-8 at byte {error.start}", "save it as plain UTF-8 text", file=str(path))
    except OSError as error:
        problem = Problem(f"cannot be read ({error.strerror})", "a file that you can read", file=str(path))
    raise InvalidInput(str(problem), errors=[problem])


def _loader() -> Any:
    """YAML's safe loader, which also refuses a key that stands twice: the second would win in silence."""
    import yaml

    class Strict(yaml.SafeLoader):
        def construct_mapping(self, node: Any, deep: bool = False) -> Any:
            seen: set[str] = set()
            for key, _ in node.value:
                name = str(key.value)
                if name in seen:
                    raise yaml.constructor.ConstructorError(None, None, f"{name} stands twice", key.start_mark)
                seen.add(name)
            return super().construct_mapping(node, deep)

    return Strict


def _env_file(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    if sys.platform != "win32" and path.is_file() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        problem = Problem("others can read this file, and it may hold secrets", f"chmod 600 {path}", file=str(path))
        raise InvalidInput(str(problem), errors=[problem])
    pairs = {}
    for number, line in enumerate(_text(path).splitlines(), 1):
        text = line.strip().removeprefix("export ")
        if not text or text.startswith("#"):
            continue
        name, equals, value = text.partition("=")
        if not equals:
            problem = Problem("not NAME=value", file=str(path), line=number)
            raise InvalidInput(str(problem), errors=[problem])
        pairs[name.strip()] = value.strip().strip("'\"")
    return _ours(pairs)


def _apply(values: dict[str, Any], name: str, value: str, where: str) -> tuple[str, str]:
    """Put a variable's value where it belongs; returns that place."""
    if name.endswith("_FILE") and name not in ENVIRONMENT:
        twin = name.removesuffix("_FILE")
        if twin in ENVIRONMENT and ENVIRONMENT[twin][2]:
            name, value = twin, _secret_file(name, value)
    if name.startswith(OF_A_SOURCE):
        return _apply_option(values, name, value)
    if name not in ENVIRONMENT:
        raise _unknown(name, [*ENVIRONMENT, *NOT_SETTINGS], where)
    section, field, _ = ENVIRONMENT[name]
    if not isinstance(values.setdefault(section, {}), dict):
        values[section] = {}
    values[section] = {**values[section], field: value}
    return section, field


def _apply_option(values: dict[str, Any], name: str, value: str) -> tuple[str, str]:
    """`JOBBOT_SOURCE_ADZUNA_APP_KEY` is `sources.adzuna.options.app_key`; with `_FILE` the value is read from there."""
    if name.endswith("_FILE"):
        value, name = _secret_file(name, value), name.removesuffix("_FILE")
    source, _, option = name.removeprefix(OF_A_SOURCE).lower().partition("_")
    sections = values.setdefault("sources", {})
    section = sections.setdefault(source, {}) if isinstance(sections, dict) else None
    options = section.setdefault("options", {}) if isinstance(section, dict) else None
    if isinstance(options, dict):
        options[option] = value
    return "sources", source


def _secret_file(name: str, value: str) -> str:
    path = Path(value).expanduser()
    try:
        return path.read_text("utf-8").strip()
    except OSError as error:
        raise NotFound(f"{name} names {path}, which cannot be read ({error.strerror})") from None


def _unknown(key: str, known: list[str], where: str) -> InvalidInput:
    near = difflib.get_close_matches(key, known, 1, 0.4)
    fix = f"did you mean {near[0]}?" if near else "see docs/reference/settings.md"
    problem = Problem(f"unknown setting {key}", fix, file=where)
    return InvalidInput(str(problem), errors=[problem])


def _explain(error: ValidationError, path: Path, origins: Mapping[tuple[str, str], str]) -> InvalidInput:
    found = error.errors(include_url=False, include_input=False)
    problems = [_setting_problem(item, path, origins) for item in found]
    return InvalidInput("; ".join(str(problem) for problem in problems), errors=problems)


def _setting_problem(item: Any, path: Path, origins: Mapping[tuple[str, str], str]) -> Problem:
    location = list(item["loc"])
    pointer = ".".join(str(part) for part in location)
    if item["type"] == "extra_forbidden":
        near = difflib.get_close_matches(str(location[-1]), known_fields(location[:-1]), 1, 0.4)
        fix = f"did you mean {near[0]}?" if near else "see docs/reference/settings.md"
        return Problem("unknown setting", fix, file=str(path), pointer=pointer)
    origin = origins.get((str(location[0]), str(location[-1]))) if len(location) == 2 else None
    what = _WORDS.get(item["type"], item["msg"].replace("Input should", "should", 1))
    return Problem(what, "see docs/reference/settings.md", file=origin or str(path), pointer=pointer)


_WORDS: Mapping[str, str] = {
    "model_type": "should be a section: lines of `name: value`, indented below it",
    "dict_type": "should be a section: lines of `name: value`, indented below it",
    "tuple_type": "should be a list: lines that begin with `- `",
    "string_type": "should be text; put it in quotes",
    "string_pattern_mismatch": "should be one line without control characters",
    "bool_parsing": "should be true or false (in a variable: 1 or 0)",
    "bool_type": "should be true or false (in a variable: 1 or 0)",
    "float_parsing": "should be a number",
    "int_parsing": "should be a whole number",
    "int_type": "should be a whole number",
    "missing": "is missing",
}
"""What would be right, for the kinds of mistakes that the validator names in a programmer's words."""


def known_fields(location: list[Any]) -> list[str]:
    """Names allowed at a place such as ["llm"] or ["job_sources", 0]."""
    model: type[BaseModel] = Settings
    for part in location:
        if isinstance(part, int):
            continue
        if part in ("job_sources", "sources"):
            model = JobSource if part == "job_sources" else PluginSection
        elif part in model.model_fields:
            annotation = model.model_fields[part].annotation
            if isinstance(annotation, type) and issubclass(annotation, BaseModel):
                model = annotation
    return [name for name in model.model_fields if name != "home"]
