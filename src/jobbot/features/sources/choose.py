"""Sources as the settings want them: with their options, and without those that are off until turned on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import cast

from jobbot.features.sources.policy import refusal, refusal_of_url
from jobbot.kernel.errors import InvalidInput, JobbotError, RefusedByPolicy
from jobbot.platform.plugins import Off, Plugins
from jobbot.sdk import Configurable, Option, Source, SourceCard, Verdict
from jobbot.settings import PluginSection, Settings


def chosen(plugins: Plugins[Source], settings: Settings) -> Plugins[Source]:
    """What may be used, and what is off with the reason. Never raises: a wrong option turns its source off."""
    loaded: dict[str, Source] = {}
    off: dict[str, Off[Source]] = {}
    for name, plugin in plugins.loaded.items():
        section = settings.sources.get(name, PluginSection())
        try:
            loaded[name] = _ready(plugin, section)
        except JobbotError as error:
            off[name] = Off(plugin, error)
    return Plugins(loaded, plugins.broken, off)


def _ready(plugin: Source, section: PluginSection) -> Source:
    card = plugin.card
    if refused := refusal(card.name) or _walled(card):
        raise refused
    if card.verdict is Verdict.PROHIBITED:
        raise RefusedByPolicy(f"{card.title} is not read by a program: {card.reason}")
    asked = section.enabled and "enabled" in section.model_fields_set
    if card.verdict is Verdict.CONDITIONAL and not asked:
        terms = f" ({card.terms_url})" if card.terms_url else ""
        raise RefusedByPolicy(
            f"{card.title} is off until you turn it on: {card.reason}. If its terms{terms} let you read it, say so in "
            f"config.yaml: sources.{card.name}.enabled: true"
        )
    if not card.options:
        return plugin
    return cast(Configurable, plugin).configured(_options(card, section.options))


def _walled(card: SourceCard) -> RefusedByPolicy | None:
    """The refusal of a plugin that would read a place which no program may."""
    hosts = (host.removeprefix("*.") for host in sorted(card.policy.hosts))
    return next((refused for host in hosts if (refused := refusal_of_url(f"https://{host}/"))), None)


def _options(card: SourceCard, stated: Mapping[str, object]) -> dict[str, str]:
    found = {option.name: _value(card, option, stated) for option in card.options}
    missing = [option for option in card.options if option.required and not found[option.name]]
    if missing:
        names = " and ".join(option.name for option in missing)
        variables = ", ".join(variable(card, option) for option in missing)
        raise InvalidInput(
            f"{card.title} needs {names} ({'; '.join(option.meaning for option in missing)}): set {variables}, or "
            f"sources.{card.name}.options in config.yaml; get them at {card.terms_url}"
        )
    return {name: value for name, value in found.items() if value}


def variable(card: SourceCard, option: Option) -> str:
    """The environment variable of an option."""
    return f"JOBBOT_SOURCE_{card.name.upper()}_{option.name.upper()}{'_FILE' if option.secret else ''}"


def _value(card: SourceCard, option: Option, stated: Mapping[str, object]) -> str:
    file = stated.get(f"{option.name}_file") if option.secret else None
    if not file:
        value = stated.get(option.name)
        return str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    try:
        return Path(str(file)).expanduser().read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise InvalidInput(
            f"sources.{card.name}.options.{option.name}_file names {file}, which cannot be read"
        ) from None
