"""Which files of a data set are what: labelled sentences to learn, to measure on, and further text without labels."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jobbot.kernel.errors import NotFound

LABELLED = "skillspan"
TEXTS = ("nnose/green/train.json",)
"""Job adverts under CC BY 4.0. Their labels follow other rules: a teacher warms up on them, a student never sees them.

Sayfullina's sentences are left out on purpose: nobody states a licence for them.
"""


@dataclass(frozen=True, slots=True)
class DataSet:
    """`train` is learned, `measure` only measured (None where there is none), `texts` are read without labels."""

    train: Path
    measure: Path | None
    texts: tuple[Path, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The last two parts of each learned file's path: enough to know it, nothing of the machine."""
        return tuple("/".join(path.parts[-2:]) for path in (self.train, *self.texts))


def find(place: Path, texts: tuple[Path, ...] = ()) -> DataSet:
    """`place` is a file, a folder with train.json, or a folder that has such a folder `skillspan` beside others.

    Raises NotFound saying what should be there.
    """
    for path in texts:
        if not path.is_file():
            raise NotFound(f"there is no file {path}; --text takes JSON lines with `tokens`")
    if place.is_file():
        return DataSet(place, None, texts)
    folder = place / LABELLED if (place / LABELLED / "train.json").is_file() else place
    if not (folder / "train.json").is_file():
        raise NotFound(
            f"there is no data set in {place}; give a file of labelled sentences, "
            "or a folder with train.json (and dev.json)"
        )
    beside = tuple(place / name for name in TEXTS if folder != place and (place / name).is_file())
    measure = folder / "dev.json"
    return DataSet(folder / "train.json", measure if measure.is_file() else None, (*beside, *texts))
