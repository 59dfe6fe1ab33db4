"""Encoders with their model cards, vectors keyed by card and content, exact search. onnxruntime stays in here.

Public: `load_encoder`, `Encoder`, `ModelCard`, `Decision`, `text_key`, `VectorStore`, `ExactIndex`, `embed_missing`,
`Ephemeral`. Importing this package loads NumPy and SQLAlchemy; onnxruntime, onnx, tokenizers and FAISS wait for use.
"""

from jobbot.platform.inference.backlog import Ephemeral, embed_missing
from jobbot.platform.inference.card import ModelCard
from jobbot.platform.inference.encoder import Decision, Encoder, text_key
from jobbot.platform.inference.index import ExactIndex
from jobbot.platform.inference.load import load_encoder
from jobbot.platform.inference.store import PUBLIC, VectorStore

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
