"""The tagger in torch, for training only: the lower layers of a MiniLM encoder and one linear layer of tags.

`torch` is imported here and in `learn`, inside functions that training calls; running the tagger needs neither.
The arithmetic is that of `inference.graph`, so that what was trained is what runs.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import nn
from torch.nn import functional

from jobbot.platform.inference.directory import Shape
from jobbot.platform.inference.graph import NAMES, Tensors
from jobbot.platform.inference.tagger.spans import HEAD, HEADS, TAGS
from jobbot.platform.inference.weights import Array

FROZEN = ("embeddings.word_embeddings.weight", "embeddings.position_embeddings.weight")
"""Tables that keep the encoder's values: 4,800 sentences know too few words to move them."""


class Layer(nn.Module):  # type: ignore[misc]  # torch may be absent, and then it has no types
    """One transformer block (Vaswani et al. 2017, norm after the sum, as in BERT)."""

    def __init__(self, shape: Shape, inner: int) -> None:
        super().__init__()
        hidden = shape.hidden
        self.heads = shape.heads
        for part in ("query", "key", "value", "mixed"):
            setattr(self, part, nn.Linear(hidden, hidden))
        self.norm = nn.LayerNorm(hidden, eps=shape.epsilon)
        self.up, self.down = nn.Linear(hidden, inner), nn.Linear(inner, hidden)
        self.norm_out = nn.LayerNorm(hidden, eps=shape.epsilon)

    def forward(self, x: Any, mask: Any, rate: float) -> Any:
        """x (texts, tokens, hidden); `mask` True where a token may be looked at; `rate` of dropout."""
        count, tokens, hidden = x.shape

        def split(rows: Any) -> Any:
            return rows.view(count, tokens, self.heads, hidden // self.heads).transpose(1, 2)

        query, key, value = (split(getattr(self, part)(x)) for part in ("query", "key", "value"))
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        mixed = self.mixed(mixed.transpose(1, 2).reshape(count, tokens, hidden))
        x = self.norm(x + functional.dropout(mixed, rate, self.training))
        inner = functional.gelu(self.up(x))
        return self.norm_out(x + functional.dropout(self.down(inner), rate, self.training))


class Network(nn.Module):  # type: ignore[misc]
    """`forward(ids, mask)` gives (texts, tokens, heads, tags) scores that are no probabilities yet."""

    def __init__(self, shape: Shape, layers: int, tensors: Tensors) -> None:
        super().__init__()
        words = torch.from_numpy(tensors[FROZEN[0]].copy())
        places = tensors[FROZEN[1]] + tensors["embeddings.token_type_embeddings.weight"][0]
        self.words = nn.Embedding.from_pretrained(words, freeze=True)
        self.places = nn.Embedding.from_pretrained(torch.from_numpy(places), freeze=True)
        self.norm = nn.LayerNorm(shape.hidden, eps=shape.epsilon)
        inner = int(tensors["encoder.layer.0.intermediate.dense.weight"].shape[0])
        self.layers = nn.ModuleList(Layer(shape, inner) for _ in range(layers))
        self.head = nn.Linear(shape.hidden, len(HEADS) * len(TAGS))
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)
        with torch.no_grad():
            for name, parameter in named(self).items():
                if not name.startswith(HEAD):
                    parameter.copy_(torch.from_numpy(tensors[name]))

    def forward(self, ids: Any, mask: Any, rate: float = 0.1) -> Any:
        x = self.norm(self.words(ids) + self.places.weight[: ids.shape[1]])
        x = functional.dropout(x, rate, self.training)
        for layer in self.layers:
            x = layer(x, mask[:, None, None, :], rate)
        scores = self.head(functional.dropout(x, rate, self.training))
        return scores.view(*ids.shape, len(HEADS), len(TAGS))


def named(network: Network) -> dict[str, Any]:
    """The trained parameters under the names they have in the encoder's safetensors; the head as `tags.*`."""
    modules: dict[str, Any] = {"embeddings.LayerNorm": network.norm, HEAD: network.head}
    for number, layer in enumerate(network.layers):
        at = f"encoder.layer.{number}"
        for part in ("query", "key", "value", "mixed", "norm"):
            modules[f"{at}.{NAMES['bert'][part]}"] = getattr(layer, part)
        modules |= {f"{at}.intermediate.dense": layer.up, f"{at}.output.dense": layer.down}
        modules[f"{at}.output.LayerNorm"] = layer.norm_out
    return {f"{name}.{key}": value for name, module in modules.items() for key, value in module.named_parameters()}


def arrays(network: Network) -> dict[str, Array]:
    """Copies of the trained parameters in NumPy."""
    return {name: value.detach().numpy().astype("float32", copy=True) for name, value in named(network).items()}
