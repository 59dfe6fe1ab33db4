"""Encoders with their model cards, vectors keyed by card and content, exact search. onnxruntime stays in here.

Public: `load_encoder`, `Encoder`, `ModelCard`, `Decision`, `text_key`, `VectorStore`, `ExactIndex`, `embed_missing`,
`Ephemeral`. Each is imported when first named: who only encodes loads no database, who only searches no onnxruntime.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jobbot.platform.inference.backlog import Ephemeral, embed_missing
    from jobbot.platform.inference.card import ModelCard
    from jobbot.platform.inference.encoder import Decision, Encoder, text_key
    from jobbot.platform.inference.index import ExactIndex
    from jobbot.platform.inference.load import load_encoder
    from jobbot.platform.inference.store import PUBLIC, VectorStore

_HOMES = {
    "PUBLIC": "store",
    "Decision": "encoder",
    "Encoder": "encoder",
    "Ephemeral": "backlog",
    "ExactIndex": "index",
    "ModelCard": "card",
    "VectorStore": "store",
    "embed_missing": "backlog",
    "load_encoder": "load",
    "text_key": "encoder",
}

__all__ = [
    "PUBLIC",
    "Decision",
    "Encoder",
    "Ephemeral",
    "ExactIndex",
    "ModelCard",
    "VectorStore",
    "embed_missing",
    "load_encoder",
    "text_key",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
