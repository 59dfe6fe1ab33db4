"""A bag of words that tells lines without any span at a hundredth of the tagger's cost, so that it need not read them.

Logistic regression over which tokens a line holds, with a ridge; fitted by gradient steps in NumPy (Adam, Kingma and
Ba 2015).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from jobbot.platform.inference.tagger.labelled import Sentence
from jobbot.platform.inference.weights import Array

STEPS, RATE, RIDGE = 150, 0.05, 2e-4


def learn(tokenizer: Any, sentences: Sequence[Sentence]) -> Array:
    """(tokens,) weights. A line's score is their sum over its distinct tokens: above 0 a span is likelier than not.

    The constant is in the weight of the closing token, which every line has.
    """
    rows = [np.unique(encoding.ids) for encoding in tokenizer.encode_batch([s.text for s in sentences])]
    spanned = np.array([any(spans for spans in s.spans if spans) for s in sentences], dtype=np.float32)
    columns = np.concatenate(rows)
    owners = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    weights = np.zeros(tokenizer.get_vocab_size(with_added_tokens=True), dtype=np.float32)
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        odds = np.bincount(owners, weights[columns], len(rows))
        error = (1 / (1 + np.exp(-odds)) - spanned) / len(rows)
        slope = np.bincount(columns, error[owners], len(weights)) + 2 * RIDGE * weights
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope**2
        shift = (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        weights = (weights - RATE * shift).astype(np.float32)
    return weights
