"""A tagger with random weights over a small random encoder: everything is real but what it has learned."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from jobbot.platform.inference.load import Found, find
from jobbot.platform.inference.tagger.card import TaggerCard
from jobbot.platform.inference.tagger.data_set import DataSet
from jobbot.platform.inference.tagger.export import export
from jobbot.platform.inference.tagger.recipe import Recipe
from jobbot.platform.inference.tagger.run import BUNDLED, GRAPH, Tagger
from jobbot.platform.inference.tagger.spans import HEAD, HEADS, TAGS

SMALL = Recipe(layers=1, epochs=1, teachers=(), gate_floor=-1e9)


@pytest.fixture(scope="session")
def found(tiny: SimpleNamespace, tmp_path_factory: pytest.TempPathFactory) -> Found:
    """The small encoder that taggers of these tests grow from."""
    folder = tmp_path_factory.mktemp("grown")
    tiny.make(folder / "model")
    place = find(str(folder / "model"), folder)
    assert place is not None
    return place


@pytest.fixture(scope="session")
def random_tagger(found: Found, tiny: SimpleNamespace) -> Callable[[Path], TaggerCard]:
    """Call it with a folder to write one there."""

    def make(folder: Path) -> TaggerCard:
        dice = np.random.default_rng(3)
        head = {
            f"{HEAD}.weight": dice.normal(0, 1, (len(HEADS) * len(TAGS), tiny.hidden)).astype(np.float32),
            f"{HEAD}.bias": np.zeros(len(HEADS) * len(TAGS), np.float32),
        }
        folder.mkdir(parents=True, exist_ok=True)
        return export(found, DataSet(Path("a/b.json"), None), folder, SMALL, head, np.ones(80, np.float32))

    return make


@pytest.fixture(scope="session")
def tagger(random_tagger: Callable[[Path], TaggerCard], tmp_path_factory: pytest.TempPathFactory) -> Tagger:
    folder = tmp_path_factory.mktemp("tagger")
    random_tagger(folder)
    return Tagger(folder)


@pytest.fixture(scope="session")
def bundled() -> Tagger:
    if not (BUNDLED / GRAPH).is_file():
        pytest.skip("this checkout has no weights of a tagger")
    return Tagger(BUNDLED)
