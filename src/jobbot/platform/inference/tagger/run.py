"""Tags spans in lines of text with onnxruntime and `tokenizers` alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from jobbot.kernel.errors import Failed
from jobbot.platform.inference.encoder import open_session
from jobbot.platform.inference.tagger.card import GATE, GRAPH, TOKENIZER, TaggerCard, read_card
from jobbot.platform.inference.tagger.graph import OUTPUT
from jobbot.platform.inference.tagger.spans import HEADS, TAGS, Bounds, Span, decode, log_softmax, words_of

CHARACTERS = 1200
REMEMBERED = 8192
"""Lines whose spans are kept: employers repeat theirs in every advert."""

_HALVES = re.compile("[\ud800-\udfff]")


class Tagger:
    """`tag(text)` finds the spans of a text. The same text gives the same spans; safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        self.card: TaggerCard = read_card(folder)
        try:
            self._tokenizer: Any = Tokenizer.from_file(str(folder / TOKENIZER))
            self._session = open_session(folder / GRAPH)
            self._gate = np.load(folder / GATE, allow_pickle=False).astype(np.float32)
        except Exception as error:  # neither library has a base of its errors
            raise Failed(f"the tagger in {folder} cannot be opened: {error}") from None
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._tokenizer.encode_special_tokens = True  # "[SEP]" in a posting is text, not a command
        self._known: dict[str, tuple[Span, ...]] = {}

    def tag(self, text: str, lines: Sequence[Bounds] | None = None) -> list[Span]:
        """Spans inside the given lines (default: every line of the text), in reading order.

        Each is `text[start:end]` without blanks at its edges; spans of one head never overlap, those of two may.
        """
        bounds = [(a, b) for a, b in (lines if lines is not None else _lines(text)) if a < b]
        bounds = [(a, min(b, a + CHARACTERS)) for a, b in bounds]
        texts = [text[a:b] for a, b in bounds]
        new = [line for line in dict.fromkeys(texts) if line not in self._known]
        fresh = dict(zip(new, self._read(new), strict=True)) if new else {}
        if len(self._known) + len(fresh) > REMEMBERED:
            self._known = {}
        known = {**{line: self._known[line] for line in texts if line in self._known}, **fresh}
        self._known.update(fresh)
        found = [
            Span(start + span.start, start + span.end, span.head, span.confidence)
            for (start, _), line in zip(bounds, texts, strict=True)
            for span in known[line]
        ]
        return sorted(found)

    def _read(self, lines: Sequence[str]) -> list[tuple[Span, ...]]:
        whole = [_HALVES.sub("\ufffd", line) for line in lines]  # one for one, so that places stay
        return [self._spans(line, self._tokenizer.encode(line)) for line in whole]  # a batch would start threads

    def _spans(self, line: str, encoding: Any) -> tuple[Span, ...]:
        ids = np.array(encoding.ids[: self.card.tokens], dtype=np.int64)
        if len(ids) < 3 or float(self._gate[np.unique(ids)].sum()) < self.card.gate_floor:
            return ()
        (logits,) = self._session.run([OUTPUT], {"ids": ids})
        words = words_of(encoding, line)
        count = int(np.searchsorted(words.first, len(ids)))
        scores = log_softmax(logits[words.first[:count]].reshape(count, len(HEADS), len(TAGS)))
        return tuple(decode(scores, words.bounds[:count], self.card.bias)) if count else ()


def _lines(text: str) -> list[Bounds]:
    bounds, start = [], 0
    for line in text.split("\n"):
        bounds.append((start, start + len(line)))
        start += len(line) + 1
    return bounds


def open_tagger(name: str, models: Path) -> Tagger | None:
    """The tagger that `models.tagger` names: bundled, none, or a folder (inside `models`, or from here).

    None for `none`, and for `bundled` where this package was installed without its weights. Raises NotFound,
    InvalidInput or Failed in words for a folder that is missing, foreign or damaged.
    """
    folder = find(name, models)
    return Tagger(folder) if folder is not None else None


def find(name: str, models: Path) -> Path | None:
    """Where that tagger lies; None where there is to be none."""
    if name == "none":
        return None
    if name == "bundled":
        return BUNDLED if (BUNDLED / GRAPH).is_file() else None
    asked = Path(name).expanduser()
    return next((place for place in (models / asked, asked) if place.is_dir()), models / asked)


BUNDLED = Path(__file__).parent / "data"
