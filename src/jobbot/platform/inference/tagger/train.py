"""`jobbot train tagger`: teachers, student, thresholds, int8, card. Finished stages are kept until the end."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from jobbot.kernel.errors import Failed
from jobbot.kernel.report import Report, silent
from jobbot.platform.inference.load import Found
from jobbot.platform.inference.tagger import gate, labelled, measure
from jobbot.platform.inference.tagger.card import TaggerCard
from jobbot.platform.inference.tagger.data_set import DataSet
from jobbot.platform.inference.tagger.export import export
from jobbot.platform.inference.tagger.recipe import SHIPPED, Recipe
from jobbot.platform.inference.tagger.run import Tagger
from jobbot.platform.inference.tagger.stages import Stages


@dataclass(frozen=True, slots=True)
class Trained:
    folder: Path
    card: TaggerCard


def train(found: Found, place: DataSet, target: Path, recipe: Recipe = SHIPPED, *, report: Report = silent) -> Trained:
    """Train on `place`, starting from the encoder `found`, and write a tagger's folder to `target`.

    A run that was stopped goes on after its last finished stage. Raises Failed where torch is not installed,
    InvalidInput where the data or the encoder do not fit.
    """
    _need_torch()
    _one_thread()
    layers = max(recipe.layers, *(teacher.layers for teacher in recipe.teachers), 1)
    if found.description.shape.architecture != "bert" or found.description.shape.layers < layers:
        raise Failed(f"a tagger grows from a BERT-type encoder of at least {layers} layers, such as MiniLM")
    sentences = labelled.read(place.train)
    texts = [sentence for path in place.texts for sentence in labelled.read(path)]
    stages = Stages(found.description, sentences, texts, recipe, target / ".work", report)
    student = stages.student()
    target.mkdir(parents=True, exist_ok=True)
    card = export(found, place, target, recipe, student, gate.learn(stages.tokenizer, sentences))
    if place.measure is not None:
        measured = measure.table(labelled.read(place.measure), Tagger(target).tag)
        card = replace(card, measured={f"{key}, strict F1": round(value, 4) for key, value in measured.items()})
        card.write(target)
    shutil.rmtree(target / ".work", ignore_errors=True)
    return Trained(target, card)


def _need_torch() -> None:
    try:
        import torch  # noqa: F401
    except ImportError:
        raise Failed(
            "training needs torch, which running jobbot does not: pip install 'jobbot[train]' "
            "(on Linux the CPU build of torch is enough)"
        ) from None


def _one_thread() -> None:
    """So that a seed makes the same weights again, and training leaves the other cores to the person."""
    import torch

    torch.set_num_threads(1)
