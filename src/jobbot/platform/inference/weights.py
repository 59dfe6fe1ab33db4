"""A model's tensors by their plain names, as float32, whatever wrapped the transformer when it was saved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jobbot.kernel.errors import InvalidInput

Array = NDArray[np.float32]

_ANCHOR = "embeddings.word_embeddings.weight"


class Weights:
    """`weights["encoder.layer.0…"]` reads one tensor; a wrapper's prefix (`bert.`, `0.auto_model.`) is left out."""

    def __init__(self, path: Path) -> None:
        from safetensors import SafetensorError

        self._path = path
        try:
            self._file: Any = _open(path)
        except (SafetensorError, OSError) as error:
            raise InvalidInput(f"{path} cannot be read as safetensors: {error}") from None
        self._names = frozenset(self._file.keys())
        anchors = [name for name in self._names if name.endswith(_ANCHOR)]
        if len(anchors) != 1:
            raise InvalidInput(f"{path} holds no encoder: expected one tensor {_ANCHOR}, found {len(anchors)}")
        self._prefix = anchors[0].removesuffix(_ANCHOR)

    def __getitem__(self, name: str) -> Array:
        """The tensor in float32. Raises InvalidInput when the file lacks it or holds something that is not finite."""
        full = self._prefix + name
        if full not in self._names:
            raise InvalidInput(f"{self._path} lacks the tensor {full}; it does not fit its config.json")
        if self._file.get_slice(full).get_dtype() == "BF16":
            import ml_dtypes  # noqa: F401  (registers bfloat16 with NumPy)
        tensor: Array = np.asarray(self._file.get_tensor(full)).astype(np.float32)
        if not np.isfinite(tensor).all():
            raise InvalidInput(f"{self._path}: the tensor {full} holds NaN or infinity")
        return tensor

    def __contains__(self, name: str) -> bool:
        return self._prefix + name in self._names


def _open(path: Path) -> Any:
    from safetensors import safe_open

    return safe_open(str(path), framework="np")
