"""Writes what was trained as a folder that `run` opens."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import numpy as np

from jobbot.platform.inference.built import sha256_file
from jobbot.platform.inference.load import Found
from jobbot.platform.inference.tagger import graph
from jobbot.platform.inference.tagger.card import GATE, GRAPH, TOKENIZER, TaggerCard
from jobbot.platform.inference.tagger.data_set import DataSet
from jobbot.platform.inference.tagger.recipe import Recipe
from jobbot.platform.inference.weights import Array, Weights

LONGEST = 192
"""Tokens of a line that are read; training cuts sentences at about as many."""


def export(
    found: Found, place: DataSet, target: Path, recipe: Recipe, student: Mapping[str, Array], line_gate: Array
) -> TaggerCard:
    """Write a tagger's folder: the encoder with the trained tensors in int8, its tokenizer, the gate, the card."""
    about = found.description
    tensors = graph.Overlay(Weights(about.weights), student)
    graph.save(graph.build(about.shape, recipe.layers, tensors), target / GRAPH, "int8")
    shutil.copyfile(about.tokenizer, target / TOKENIZER)
    np.save(target / GATE, line_gate.astype(np.float16), allow_pickle=False)
    card = TaggerCard(
        name=f"jobbot span tagger on {about.name}, {recipe.layers} layers",
        licence=f"{about.licence} (encoder); learned from {', '.join(place.names)}",
        base=about.name,
        base_sha256=found.weights_sha256,
        layers=recipe.layers,
        tokens=min(LONGEST, about.max_tokens, about.shape.positions),
        precision="int8",
        bias=recipe.bias,
        gate_floor=recipe.gate_floor,
        trained_on=place.names,
        recipe=asdict(recipe),
        files={name: sha256_file(target / name) for name in (GRAPH, TOKENIZER, GATE)},
    )
    card.write(target)
    return card
