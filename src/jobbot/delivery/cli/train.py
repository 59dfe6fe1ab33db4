"""`jobbot train`: models made on this machine. The heavy libraries are asked for here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jobbot.kernel.answer import Answer, Screen
from jobbot.kernel.errors import NotFound

if TYPE_CHECKING:
    from jobbot.bootstrap import App


def tagger(
    ctx: typer.Context,
    dataset: Annotated[
        Path, typer.Argument(help="Labelled sentences: a file, or a folder with train.json and dev.json")
    ],
    output: Annotated[
        Path | None, typer.Option(help="Folder to write (default: models/tagger in the data directory)")
    ] = None,
    text: Annotated[list[Path] | None, typer.Option(help="More sentences, read without labels; repeatable")] = None,
    layers: Annotated[int, typer.Option(help="Layers of the shipped network")] = 0,
    teachers: Annotated[int, typer.Option(help="Larger networks it learns from; -1 as shipped")] = -1,
    epochs: Annotated[float, typer.Option(help="Times through the data; 0 as shipped")] = 0,
    seed: Annotated[int, typer.Option(help="Another seed gives another network of about the same quality")] = 1,
) -> Answer:
    """Train the tagger of skills on labelled sentences (needs torch: pip install 'jobbot[train]').

    Stopped in between, it goes on after its last finished stage when it is started again.

    Example: jobbot train tagger data/skillspan --text data/green/train.json
    """
    from jobbot.platform.inference.load import find
    from jobbot.platform.inference.tagger import data_set, train
    from jobbot.platform.inference.tagger.recipe import SHIPPED

    app: App = ctx.obj
    models = app.settings.path(app.settings.paths.models)
    found = find(app.settings.models.embedding, models)
    if found is None:
        raise NotFound("a tagger grows from an encoder and none is installed; `jobbot doctor` says how to get it")
    recipe = replace(SHIPPED, seed=seed)
    if layers:
        recipe = replace(recipe, layers=layers)
    if teachers >= 0:
        recipe = replace(recipe, teachers=recipe.teachers[:teachers])
    if epochs:
        all_ = tuple(replace(teacher, epochs=epochs) for teacher in recipe.teachers)
        recipe = replace(recipe, epochs=epochs, teachers=all_)
    target = output or models / "tagger"
    made = train.train(found, data_set.find(dataset, tuple(text or ())), target, recipe, report=app.report)
    data: dict[str, Any] = {"folder": str(made.folder), "card": asdict(made.card)}
    return Answer(data, lambda screen: _show(screen, data))


def _show(screen: Screen, data: dict[str, Any]) -> None:
    for name, value in data["card"]["measured"].items():
        screen.print(f"{name}: {value:.3f}")
    screen.print(f"Written to {data['folder']}; use it by the setting models.tagger: {data['folder']}", soft_wrap=True)


TRAIN: dict[str, Callable[..., Answer]] = {"tagger": tagger}
