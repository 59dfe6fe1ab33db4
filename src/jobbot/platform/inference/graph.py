"""Writes the ONNX graph of a BERT-type encoder: `ids` (tokens) -> `vector` (hidden), one text, pooled, not normalised.

One text per run: there is no padding and no mask, so a text's vector can never depend on its neighbours in a batch.
What is constant is folded in here: token type row 0 into the position table, 1/sqrt(head size) into the query weights.
The arithmetic is that of Devlin et al. 2019 (arXiv 1810.04805); MPNet adds the relative position buckets of T5.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Protocol

import numpy as np

from jobbot.platform.inference.directory import Description, Shape
from jobbot.platform.inference.weights import Array

BUILDER = "2"
"""Part of every cache key: raise it when the graph changes."""
OPSET, IR_VERSION = 18, 9

FEED_FORWARD_OUT = ".output.w"
"""How the weights after the activation are called; their inputs have outliers (see `quantise`)."""


class Tensors(Protocol):
    def __getitem__(self, name: str) -> Array: ...


NAMES: Mapping[str, Mapping[str, str]] = {
    "bert": {
        "query": "attention.self.query",
        "key": "attention.self.key",
        "value": "attention.self.value",
        "mixed": "attention.output.dense",
        "norm": "attention.output.LayerNorm",
    },
    "mpnet": {
        "query": "attention.attn.q",
        "key": "attention.attn.k",
        "value": "attention.attn.v",
        "mixed": "attention.attn.o",
        "norm": "attention.LayerNorm",
    },
}


class Writer:
    """Collects nodes and constants; every method returns the name of what it made."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: dict[str, Any] = {}

    def constant(self, name: str, value: Any, kind: Any = np.float32) -> str:
        from onnx import numpy_helper

        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.array(value, dtype=kind, order="C"), name)
        return name

    def ints(self, *values: int) -> str:
        return self.constant("ints_" + "_".join(map(str, values)).replace("-", "m"), values, np.int64)

    def node(self, operator: str, *inputs: str, **attributes: Any) -> str:
        return self.many(1, operator, *inputs, **attributes)[0]

    def many(self, outputs: int, operator: str, *inputs: str, **attributes: Any) -> list[str]:
        from onnx import helper

        name = f"{operator}_{len(self.nodes)}"
        names = [f"{name}.{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(operator, list(inputs), names, name=name, **attributes))
        return names

    def linear(self, x: str, name: str, weight: Array, bias: Array) -> str:
        """x (tokens, in) @ weight.T (in, out) + bias."""
        product = self.node("MatMul", x, self.constant(f"{name}.w", weight.T))
        return self.node("Add", product, self.constant(f"{name}.b", bias))

    def norm(self, x: str, name: str, tensors: Tensors, epsilon: float) -> str:
        weight = self.constant(f"{name}.weight", tensors[f"{name}.weight"])
        bias = self.constant(f"{name}.bias", tensors[f"{name}.bias"])
        return self.node("LayerNormalization", x, weight, bias, axis=-1, epsilon=epsilon)


def build(description: Description, tensors: Tensors) -> Any:
    """An `onnx.ModelProto` in float32 for the described model."""
    shape = description.shape
    writer = Writer()
    x = embed(writer, shape, tensors)
    bias = _relative_bias(writer, shape, tensors) if shape.architecture == "mpnet" else ""
    for layer in range(shape.layers):
        x = layer_of(writer, shape, tensors, f"encoder.layer.{layer}", x, bias)
    _pool(writer, description, x)
    return finish(writer, "encoder", "vector", [shape.hidden])


def finish(writer: Writer, name: str, output: str, sizes: list[Any]) -> Any:
    """The `onnx.ModelProto` of what was written: `ids` (tokens) -> `output` of the given sizes."""
    from onnx import TensorProto, helper

    graph = helper.make_graph(
        writer.nodes,
        name,
        [helper.make_tensor_value_info("ids", TensorProto.INT64, ["tokens"])],
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, sizes)],
        list(writer.constants.values()),
    )
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION, producer_name="jobbot")


def embed(writer: Writer, shape: Shape, tensors: Tensors) -> str:
    """The sum of word and position rows, normalised: (tokens, hidden)."""
    positions = tensors["embeddings.position_embeddings.weight"][shape.offset :]
    if shape.architecture != "mpnet":
        positions = positions + tensors["embeddings.token_type_embeddings.weight"][0]
    words = writer.constant("words", tensors["embeddings.word_embeddings.weight"])
    count = writer.node("Shape", "ids")
    table = writer.constant("positions", positions)
    here = writer.node("Slice", table, writer.ints(0), count, writer.ints(0))
    summed = writer.node("Add", writer.node("Gather", words, "ids"), here)
    return writer.norm(summed, "embeddings.LayerNorm", tensors, shape.epsilon)


def layer_of(writer: Writer, shape: Shape, tensors: Tensors, name: str, x: str, bias: str) -> str:
    """One transformer block over x (tokens, hidden); `bias` is MPNet's, "" for the others."""
    names = NAMES["mpnet" if shape.architecture == "mpnet" else "bert"]
    mixed = _attention(writer, shape, tensors, name, x, bias)
    dense = f"{name}.{names['mixed']}"
    out = writer.linear(mixed, f"{name}.mixed", tensors[f"{dense}.weight"], tensors[f"{dense}.bias"])
    x = writer.norm(writer.node("Add", out, x), f"{name}.{names['norm']}", tensors, shape.epsilon)
    up, down = f"{name}.intermediate.dense", f"{name}.output.dense"
    inner = writer.linear(x, f"{name}.intermediate", tensors[f"{up}.weight"], tensors[f"{up}.bias"])
    inner = _activate(writer, shape.activation, inner)
    out = writer.linear(inner, f"{name}.output", tensors[f"{down}.weight"], tensors[f"{down}.bias"])
    return writer.norm(writer.node("Add", out, x), f"{name}.output.LayerNorm", tensors, shape.epsilon)


def _attention(writer: Writer, shape: Shape, tensors: Tensors, name: str, x: str, bias: str) -> str:
    """softmax(Q K^T / sqrt(d) + bias) V over all heads, from one product with the stacked weights."""
    size = shape.hidden // shape.heads
    weight, offset = _stacked(shape, tensors, name)
    stacked = writer.linear(x, f"{name}.qkv", weight, offset)
    split = writer.node("Reshape", stacked, writer.ints(0, 3, shape.heads, size))
    ordered = writer.node("Transpose", split, perm=[1, 2, 0, 3])
    parts = writer.many(3, "Split", ordered, axis=0, num_outputs=3)
    query, key, value = (writer.node("Squeeze", part, writer.ints(0)) for part in parts)
    scores = writer.node("MatMul", query, writer.node("Transpose", key, perm=[0, 2, 1]))
    if bias:
        scores = writer.node("Add", scores, bias)
    context = writer.node("MatMul", writer.node("Softmax", scores, axis=-1), value)
    return writer.node("Reshape", writer.node("Transpose", context, perm=[1, 0, 2]), writer.ints(0, shape.hidden))


def _stacked(shape: Shape, tensors: Tensors, name: str) -> tuple[Array, Array]:
    """Query, key and value weights one above the other; the query's carry the factor 1/sqrt(head size)."""
    names = NAMES["mpnet" if shape.architecture == "mpnet" else "bert"]
    factor = np.float32(1 / math.sqrt(shape.hidden // shape.heads))
    scales = (("query", factor), ("key", np.float32(1)), ("value", np.float32(1)))
    weight = np.concatenate([tensors[f"{name}.{names[part]}.weight"] * scale for part, scale in scales])
    bias = np.concatenate([tensors[f"{name}.{names[part]}.bias"] * scale for part, scale in scales])
    return weight, bias


def _activate(writer: Writer, activation: str, x: str) -> str:
    if activation == "relu":
        return writer.node("Relu", x)
    one, half = writer.constant("one", 1.0), writer.constant("half", 0.5)
    if activation == "gelu":
        curve = writer.node("Erf", writer.node("Div", x, writer.constant("sqrt2", math.sqrt(2))))
    else:
        cube = writer.node("Mul", writer.node("Mul", writer.node("Mul", x, x), x), writer.constant("c", 0.044715))
        inner = writer.node("Mul", writer.node("Add", x, cube), writer.constant("k", math.sqrt(2 / math.pi)))
        curve = writer.node("Tanh", inner)
    return writer.node("Mul", writer.node("Mul", x, writer.node("Add", curve, one)), half)


def _pool(writer: Writer, description: Description, x: str) -> None:
    from onnx import helper

    if description.pooling == "cls":
        node = helper.make_node("Gather", [x, writer.constant("first", 0, np.int64)], ["vector"], axis=0)
    else:
        node = helper.make_node("ReduceMean", [x, writer.ints(0)], ["vector"], keepdims=0)
    writer.nodes.append(node)


def relative_buckets(count: int, buckets: int = 32, longest: int = 128) -> np.ndarray[Any, np.dtype[np.int64]]:
    """(count, count) bucket numbers of MPNet's relative positions: Raffel et al. 2020 (T5), in both directions."""
    distance = np.arange(count)[:, None] - np.arange(count)[None, :]
    half, exact = buckets // 2, buckets // 4
    ahead = np.where(distance < 0, half, 0)
    far = np.abs(distance)
    scaled = np.log(np.maximum(far, 1).astype(np.float32) / exact) / np.float32(math.log(longest / exact))
    coarse = np.minimum(exact + (scaled * (half - exact)).astype(np.int64), half - 1)
    return np.asarray(ahead + np.where(far < exact, far, coarse), dtype=np.int64)


def _relative_bias(writer: Writer, shape: Shape, tensors: Tensors) -> str:
    """(heads, tokens, tokens), looked up once and used by every layer."""
    longest = shape.positions - shape.offset
    table = writer.constant("buckets", relative_buckets(longest).astype(np.int32), np.int32)
    count = writer.node("Shape", "ids")
    ends = writer.node("Concat", count, count, axis=0)
    here = writer.node("Slice", table, writer.ints(0, 0), ends, writer.ints(0, 1))
    values = writer.constant("relative", tensors["encoder.relative_attention_bias.weight"])
    return writer.node("Transpose", writer.node("Gather", values, here), perm=[2, 0, 1])
