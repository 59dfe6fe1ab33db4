"""Writes the ONNX graph of a trained tagger: `ids` (tokens) -> `scores` (tokens, heads x tags), one line a run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jobbot.platform.inference.directory import Shape
from jobbot.platform.inference.graph import Tensors, Writer, embed, finish, layer_of
from jobbot.platform.inference.quantise import quantise
from jobbot.platform.inference.tagger.spans import HEAD, HEADS, TAGS
from jobbot.platform.inference.weights import Array

OUTPUT = "scores"


class Overlay:
    """The encoder's tensors with the trained ones in their place."""

    def __init__(self, base: Tensors, trained: Mapping[str, Array]) -> None:
        self._base, self._trained = base, trained

    def __getitem__(self, name: str) -> Array:
        return self._trained[name] if name in self._trained else self._base[name]


def build(shape: Shape, layers: int, tensors: Tensors) -> Any:
    """An `onnx.ModelProto` in float32."""
    from onnx import helper

    writer = Writer()
    x = embed(writer, shape, tensors)
    for number in range(layers):
        x = layer_of(writer, shape, tensors, f"encoder.layer.{number}", x, "")
    last = writer.linear(x, HEAD, tensors[f"{HEAD}.weight"], tensors[f"{HEAD}.bias"])
    writer.nodes.append(helper.make_node("Identity", [last], [OUTPUT]))
    return finish(writer, "tagger", OUTPUT, ["tokens", len(HEADS) * len(TAGS)])


def save(model: Any, target: Path, precision: str) -> None:
    """Write the graph as it is (fp32), or its int8 twin (`model` is changed on the way)."""
    import onnx

    if precision == "fp32":
        onnx.save_model(model, str(target))
    else:
        quantise(model, target, blocks=False)
