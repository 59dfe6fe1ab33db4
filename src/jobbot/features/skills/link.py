"""Which entry of the taxonomy a phrase means, by nearness of vectors; nothing where none is near enough."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from jobbot.features.skills.model import Skill
from jobbot.features.skills.taxonomy import Taxonomy
from jobbot.kernel.ids import short_hash
from jobbot.kernel.report import Report, silent
from jobbot.platform.inference.built import Folder

Vectors = NDArray[np.float32]

FLOOR = 0.8
"""Least cosine of a link: at this one 79 % of the links of 489 labelled spans were right (docs/reference/tagger.md)."""
TOKENS = 32
REMEMBERED = 8192
_AT_A_TIME = 2048


class Encodes(Protocol):
    """Texts to vectors of length 1."""

    @property
    def card(self) -> Any: ...
    def encode(self, texts: Sequence[str], *, query: bool = False, max_tokens: int | None = None) -> Vectors: ...


class Linker:
    """`link(phrases)`; the encoder is opened, and the names' vectors made and kept in `folder`, at the first call.

    Where `encoder` gives None nothing is linked.
    """

    def __init__(
        self,
        taxonomy: Taxonomy,
        encoder: Callable[[], Encodes | None],
        folder: Path,
        *,
        floor: float = FLOOR,
        report: Report = silent,
    ) -> None:
        self._open, self._folder, self._floor, self._report = encoder, Folder(folder / "names"), floor, report
        pairs = [(name, skill) for skill in taxonomy.skills for name in (skill.label, *skill.aliases)]
        self._names = [name for name, _ in pairs]
        self._skills = [skill for _, skill in pairs]
        self._vectors: Vectors | None = None
        self._known: dict[str, tuple[Skill, float] | None] = {}

    def link(self, phrases: Sequence[str]) -> list[tuple[Skill, float] | None]:
        """For each phrase the skill of the nearest name and the cosine, None below the floor."""
        new = [phrase for phrase in dict.fromkeys(phrases) if phrase not in self._known]
        fresh = dict(zip(new, self._near(new), strict=True))
        found = [fresh[phrase] if phrase in fresh else self._known[phrase] for phrase in phrases]
        if len(self._known) + len(fresh) > REMEMBERED:
            self._known = {}
        self._known.update(fresh)
        return found

    def _near(self, phrases: Sequence[str]) -> list[tuple[Skill, float] | None]:
        encoder = self._open() if phrases else None
        if encoder is None:
            return [None] * len(phrases)
        nearness = encoder.encode(phrases, query=True, max_tokens=TOKENS) @ self._all(encoder).T
        best = nearness.argmax(axis=1)
        rows = zip(best.tolist(), nearness.max(axis=1).tolist(), strict=True)
        return [(self._skills[at], min(1.0, cosine)) if cosine >= self._floor else None for at, cosine in rows]

    def _all(self, encoder: Encodes) -> Vectors:
        if self._vectors is None:
            name = f"{encoder.card.card_id}-{short_hash(*self._names)}.npy"
            kept = self._read(name, encoder.card.dim)
            self._vectors = kept if kept is not None else self._make(name, encoder)
        return self._vectors

    def _read(self, name: str, size: int) -> Vectors | None:
        """The kept vectors; an unreadable or foreign file counts as none and is made again."""
        try:
            vectors = np.load(self._folder.file(name), allow_pickle=False)
        except (OSError, ValueError, EOFError):
            return None
        return vectors.astype(np.float32) if vectors.shape == (len(self._names), size) else None

    def _make(self, name: str, encoder: Encodes) -> Vectors:
        parts = []
        for start in range(0, len(self._names), _AT_A_TIME):
            self._report("Reading the names of skills", start, len(self._names))
            parts.append(encoder.encode(self._names[start : start + _AT_A_TIME], max_tokens=TOKENS))
        self._report("Reading the names of skills", len(self._names), len(self._names))
        vectors = np.concatenate(parts) if parts else np.zeros((0, encoder.card.dim), np.float32)
        with self._folder.lock():
            self._folder.write(name, lambda path: _save(path, vectors))
        return vectors


def _save(path: Path, vectors: Vectors) -> None:
    with path.open("wb") as file:
        np.save(file, vectors.astype(np.float16), allow_pickle=False)
