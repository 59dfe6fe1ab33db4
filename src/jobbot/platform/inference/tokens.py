"""Text to token numbers with the `tokenizers` library alone, safe for whatever a posting holds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jobbot.kernel.errors import InvalidInput

Ids = NDArray[np.int64]

CHARACTERS_PER_TOKEN = 16
"""Text beyond `max_tokens` times this is not read: a 200 kB advert must not cost more than its first page."""


class Tokens:
    """`tokens(texts, limit)` gives one array of token numbers per text, special tokens included."""

    def __init__(self, file: Path, *, lower_case: bool = False) -> None:
        from tokenizers import Tokenizer

        try:
            self._tokenizer: Any = Tokenizer.from_file(str(file))
        except Exception as error:  # the library raises bare Exception
            raise InvalidInput(f"{file} is not a tokenizer this program can read: {error}") from None
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._tokenizer.encode_special_tokens = True  # "[SEP]" in a posting is text, not a command
        self._lower = lower_case
        if len(self._tokenizer.encode("").ids) != 2:
            raise InvalidInput(
                f"{file} does not put one token before and one after a text; such models are not supported"
            )

    @property
    def size(self) -> int:
        """One more than the largest token number."""
        return int(self._tokenizer.get_vocab_size(with_added_tokens=True))

    def __call__(self, texts: Sequence[str], limit: int) -> list[Ids]:
        """At most `limit` (>= 2) tokens each; the last one is always the closing special token."""
        readable = [self._readable(text[: limit * CHARACTERS_PER_TOKEN]) for text in texts]
        return [_cut(encoding.ids, limit) for encoding in self._tokenizer.encode_batch_fast(readable)]

    def _readable(self, text: str) -> str:
        """Halves of a character pair are joined or, alone, become U+FFFD, as the library takes only valid Unicode."""
        if not text.isascii():
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return text.lower() if self._lower else text


def _cut(ids: list[int], limit: int) -> Ids:
    return np.array(ids if len(ids) <= limit else [*ids[: limit - 1], ids[-1]], dtype=np.int64)
