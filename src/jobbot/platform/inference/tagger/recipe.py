"""How the shipped tagger was made; training without other wishes makes it again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipe:
    """`epochs` and `rate` are the student's; `bias` and `gate_floor` are thresholds of `run`.

    A teacher first learns the spans of the further texts for `warm_up` epochs, where they have any: other people's
    rules for the same trade. Then its last layer is made anew and it learns the labelled sentences.
    """

    layers: int = 3
    epochs: float = 3
    rate: float = 3e-4
    teachers: int = 1
    teacher_layers: int = 6
    teacher_epochs: float = 4
    teacher_rate: float = 2e-4
    warm_up: float = 1
    warm_up_rate: float = 2e-4
    seed: int = 1
    bias: tuple[float, float] = (0.0, 0.0)
    gate_floor: float = -3.0


SHIPPED = Recipe()
