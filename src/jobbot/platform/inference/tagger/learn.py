"""Trains the tagger: teachers on the labelled sentences, then a smaller student on labels and on what they think.

Hinton et al. 2015 (arXiv 1503.02531): the student learns the teachers' probabilities, also on sentences nobody
labelled. Weights are averaged over the steps (Polyak and Juditsky 1992). One thread and one seed: the same machine
and the same torch make the same weights.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from jobbot.kernel.report import Report, silent
from jobbot.platform.inference.tagger.labelled import Sentence
from jobbot.platform.inference.tagger.network import Network, named
from jobbot.platform.inference.tagger.spans import HEADS, Scores, tags_of, words_of

UNLABELLED = -100
"""What torch's cross entropy leaves out."""
CLIP, DECAY, WARM_UP = 1.0, 0.01, 0.06
TOGETHER = 64


@dataclass(frozen=True, slots=True)
class Stage:
    """How one network is trained; `masked` is the share of words hidden, `average` the decay of averaged weights."""

    layers: int
    epochs: float
    rate: float
    batch: int = 32
    masked: float = 0.15
    dropout: float = 0.1
    average: float = 0.99
    seed: int = 1


@dataclass(slots=True)
class Example:
    """A sentence as numbers: tokens, the first token of each word, tags (words, heads), the teachers' scores."""

    ids: list[int]
    first: list[int]
    tags: np.ndarray[Any, np.dtype[np.int64]]
    soft: Scores | None = None


def examples(sentences: Sequence[Sentence], tokenizer: Any, *, labelled: bool = True) -> list[Example]:
    """Sentences without words are left out; with `labelled` off their tags are too."""
    found = []
    for sentence, encoding in zip(sentences, tokenizer.encode_batch([s.text for s in sentences]), strict=True):
        words = words_of(encoding, sentence.text)
        tags = np.full((len(words.first), len(HEADS)), UNLABELLED, dtype=np.int64)
        for head, spans in enumerate(sentence.spans):
            if labelled and spans is not None:
                tags[:, head] = tags_of(words.bounds, spans)
        if words.first:
            found.append(Example(encoding.ids, words.first, tags))
    return found


def fit(network: Network, data: Sequence[Example], stage: Stage, hide: int, report: Report = silent) -> None:
    """Train in place and leave the averaged weights; `hide` is the token put over a hidden word."""
    torch.manual_seed(stage.seed)
    dice = random.Random(stage.seed)  # noqa: S311 - the order of batches is no secret
    total = max(1, math.ceil(len(data) / stage.batch * stage.epochs))
    parameters = list(named(network).values())
    optimiser = _optimiser(parameters, stage.rate)
    averaged = [parameter.detach().clone() for parameter in parameters]
    network.train()
    for step, some in enumerate(_endless(data, stage.batch, dice)):
        if step == total:
            break
        for group in optimiser.param_groups:
            group["lr"] = stage.rate * min(1.0, (step + 1) / (WARM_UP * total)) * (1 - step / total)
        loss = _loss(network, some, hide, stage.masked, stage.dropout)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, CLIP)
        optimiser.step()
        decay = min(stage.average, (step + 2) / (step + 11))
        with torch.no_grad():
            for mean, parameter in zip(averaged, parameters, strict=True):
                mean.lerp_(parameter, 1 - decay)
        report("Training", step + 1, total)
    with torch.no_grad():
        for mean, parameter in zip(averaged, parameters, strict=True):
            parameter.copy_(mean)
    network.eval()


def _optimiser(parameters: list[Any], rate: float) -> Any:
    """AdamW (Loshchilov and Hutter 2019) that shrinks matrices, not biases and norms."""
    matrices = [parameter for parameter in parameters if parameter.dim() > 1]
    others = [parameter for parameter in parameters if parameter.dim() == 1]
    groups = [{"params": matrices, "weight_decay": DECAY}, {"params": others, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.98))


def _loss(network: Network, some: Sequence[Example], hide: int, masked: float, dropout: float) -> Any:
    """Half the labels', half the teachers', where there are both."""
    ids, mask = _padded(some)
    rows = [torch.tensor(example.first) + at * ids.shape[1] for at, example in enumerate(some)]
    words = torch.cat(rows)
    hidden = words[torch.rand(len(words)) < masked]
    ids.view(-1)[hidden] = hide
    with _cast():
        scores = network(ids, mask, dropout)
    scores = scores.float().view(-1, *scores.shape[2:])[words].log_softmax(-1)
    tags = torch.from_numpy(np.concatenate([example.tags for example in some]))
    losses = []
    if bool((tags != UNLABELLED).any()):
        losses.append(functional.nll_loss(scores.reshape(-1, scores.shape[-1]), tags.reshape(-1)))
    if all(example.soft is not None for example in some):
        soft = torch.from_numpy(np.concatenate([np.exp(example.soft) for example in some if example.soft is not None]))
        losses.append(-(soft * scores).sum(-1).mean())
    return sum(losses) / len(losses)


def score(network: Network, data: Sequence[Example]) -> list[Scores]:
    """Logarithms of probabilities for each example, (words, heads, tags)."""
    network.eval()
    order = sorted(range(len(data)), key=lambda at: len(data[at].ids))
    found: dict[int, Scores] = {}
    with torch.no_grad(), _cast():
        for start in range(0, len(order), TOGETHER):
            places = order[start : start + TOGETHER]
            ids, mask = _padded([data[at] for at in places])
            scores = network(ids, mask).float().log_softmax(-1).numpy()
            found |= {at: scores[row, data[at].first] for row, at in enumerate(places)}
    return [found[at] for at in range(len(data))]


def teach(data: Sequence[Example], opinions: Sequence[Sequence[Scores]]) -> None:
    """Give each example the mean of the teachers' probabilities."""
    for at, example in enumerate(data):
        mean = np.mean([np.exp(opinion[at]) for opinion in opinions], axis=0)
        example.soft = np.log(np.maximum(mean, 1e-9)).astype(np.float32)


def _endless(data: Sequence[Example], size: int, dice: random.Random) -> Iterator[list[Example]]:
    """Batches of about the same length, in another order every time through."""
    while True:
        order = sorted(data, key=lambda example: len(example.ids) * (1 + 0.1 * dice.random()))
        batches = [order[start : start + size] for start in range(0, len(order), size)]
        dice.shuffle(batches)
        yield from batches


def _padded(some: Sequence[Example]) -> tuple[Any, Any]:
    longest = max(len(example.ids) for example in some)
    ids = torch.zeros(len(some), longest, dtype=torch.long)
    mask = torch.zeros(len(some), longest, dtype=torch.bool)
    for row, example in enumerate(some):
        ids[row, : len(example.ids)] = torch.tensor(example.ids)
        mask[row, : len(example.ids)] = True
    return ids, mask


def _cast() -> Any:
    """bfloat16 where the CPU multiplies it natively: twice the speed, the same F1 within noise."""
    return torch.autocast("cpu", torch.bfloat16, enabled=torch.cpu._is_avx512_bf16_supported())
