"""Spans of skills in text, by a small network: trained with torch, run with onnxruntime.

Public: `Tagger`, `open_tagger`, `find`, `Span`. `train` and what it needs are imported by who trains.
"""

from __future__ import annotations

from jobbot.platform.inference.tagger.run import Tagger, find, open_tagger
from jobbot.platform.inference.tagger.spans import HEADS, Span

__all__ = ["HEADS", "Span", "Tagger", "find", "open_tagger"]
