"""Each step of the quantisation on its own loses next to nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import onnx
import pytest

from jobbot.platform.inference.directory import read
from jobbot.platform.inference.encoder import open_session
from jobbot.platform.inference.graph import build
from jobbot.platform.inference.quantise import quantise, quantise_blocks, quantise_rows
from jobbot.platform.inference.weights import Weights

IDS = [np.array([2, *range(4 + start, 4 + start + length), 3]) for start, length in ((0, 1), (3, 9), (12, 20))]


def vectors(path: Path) -> np.ndarray:
    session = open_session(path)
    rows = np.array([session.run(None, {"ids": ids})[0] for ids in IDS])
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.mark.parametrize(
    ("step", "operators", "least"),
    [
        (lambda model: quantise_rows(model, "words"), {"Cast"}, 0.9999),
        (quantise_blocks, {"MatMulNBits"}, 0.9995),
    ],
)
def test_a_step_keeps_the_vectors(
    tiny: SimpleNamespace, tmp_path: Path, step: Callable[[Any], None], operators: set[str], least: float
) -> None:
    about = read(tiny.make(tmp_path / "model", pooling="mean"))
    model = build(about, Weights(about.weights))
    onnx.save_model(model, str(tmp_path / "full.onnx"))
    step(model)
    onnx.save_model(model, str(tmp_path / "step.onnx"))
    assert operators <= {node.op_type for node in model.graph.node}
    cosine = (vectors(tmp_path / "full.onnx") * vectors(tmp_path / "step.onnx")).sum(axis=1)
    assert cosine.min() >= least


def test_all_steps_together_make_a_small_graph(tiny: SimpleNamespace, tmp_path: Path) -> None:
    about = read(tiny.make(tmp_path / "model", pooling="mean"))
    onnx.save_model(build(about, Weights(about.weights)), str(tmp_path / "full.onnx"))
    quantise(build(about, Weights(about.weights)), tmp_path / "small.onnx")
    operators = {node.op_type for node in onnx.load(str(tmp_path / "small.onnx")).graph.node}
    assert {"DynamicQuantizeLinear", "MatMulInteger", "MatMulNBits"} <= operators
    assert (tmp_path / "small.onnx").stat().st_size < (tmp_path / "full.onnx").stat().st_size / 2
    cosine = (vectors(tmp_path / "full.onnx") * vectors(tmp_path / "small.onnx")).sum(axis=1)
    assert cosine.min() >= 0.98
