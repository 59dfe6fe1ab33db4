"""How the shipped tagger was made; training without other wishes makes such a one again."""

from __future__ import annotations

from dataclasses import dataclass

from jobbot.platform.inference.tagger.spans import Bias


@dataclass(frozen=True, slots=True)
class Teacher:
    """A larger network that the student learns from; `masked` is the share of words it cannot see while it learns.

    With a `warm_up` it first learns the spans of the further texts for so many epochs, where they have any: other
    people's rules for the same trade. Then its last layer is made anew and it learns the labelled sentences.
    """

    epochs: float = 4
    rate: float = 2e-4
    masked: float = 0.15
    average: float = 0.99
    warm_up: float = 1
    layers: int = 6
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Recipe:
    """The student, which is what is shipped, and its teachers; it begins as the lower layers of the first of them.

    `bias` (per head) and `gate_floor` are thresholds of `run`.
    """

    layers: int = 3
    epochs: float = 1.5
    rate: float = 3e-4
    seed: int = 1
    teachers: tuple[Teacher, ...] = (Teacher(),)
    bias: tuple[Bias, Bias] = ((0.0, 0.5), (-0.25, 0.25))
    gate_floor: float = -3.0


SHIPPED = Recipe()
WARM_UP_RATE, WARM_UP_MASKED = 2e-4, 0.05
