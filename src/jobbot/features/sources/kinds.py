"""What a person chooses from when a board is connected."""

from __future__ import annotations

from typing import Any

from jobbot.features.sources.policy import PROHIBITED
from jobbot.platform.plugins import Plugins
from jobbot.sdk import Source, Verdict


def kinds(plugins: Plugins[Source]) -> list[dict[str, Any]]:
    """Every source that can be named, by title; those that a program must not read come last."""
    off = {name: entry.error.detail for name, entry in plugins.off.items()}
    there = [*plugins.loaded.values(), *(entry.plugin for entry in plugins.off.values())]
    cards = sorted((plugin.card for plugin in there), key=lambda card: card.title.casefold())
    readable = [
        {
            "source": card.name,
            "title": card.title,
            "kind": card.kind.value,
            "verdict": card.verdict.value,
            "reason": off.get(card.name, card.reason),
            "naming": card.naming,
            "attribution": card.attribution or None,
            "terms_url": card.terms_url or None,
        }
        for card in cards
    ]
    nothing = dict.fromkeys(("kind", "naming", "attribution", "terms_url"))
    refused = [
        {"source": name, "title": title, "verdict": Verdict.PROHIBITED.value, "reason": why, **nothing}
        for name, (title, why) in sorted(PROHIBITED.items())
    ]
    return [*readable, *refused]
