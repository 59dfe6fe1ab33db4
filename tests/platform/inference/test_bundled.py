"""The bundled model: its golden vectors, its self-test, its cache, and what a hostile text may do to it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jobbot.kernel.errors import Failed
from jobbot.platform.inference import Encoder, golden, load_encoder
from jobbot.platform.inference.built import Folder
from jobbot.platform.inference.load import BUNDLED, Built, find
from jobbot.platform.inference.tokens import Tokens
from jobbot.settings import Models

pytestmark = pytest.mark.weights

LOAD = (
    "import sys, pathlib\n"
    "from jobbot.settings import Models\n"
    "from jobbot.platform.inference import load_encoder\n"
    "encoder = load_encoder(Models(), pathlib.Path(sys.argv[1]))\n"
    "print(encoder.card.card_id, encoder.encode(['night nurse']).shape)\n"
)


def test_the_card(minilm: Encoder) -> None:
    card = minilm.card
    assert (card.name, card.dim, card.max_tokens, card.pooling, card.licence) == (
        BUNDLED,
        384,
        256,
        "mean",
        "apache-2.0",
    )
    assert card.card_id.startswith("all-minilm-l6-v2-int8-")


def test_int8_passes_its_self_test(minilm: Encoder) -> None:
    cosines = (minilm.encode(golden.texts()) * golden.bundled()).sum(axis=1)
    assert cosines.min() >= golden.INT8_BAR


def test_float32_reproduces_sentence_transformers(bundled_folder: Path) -> None:
    encoder = load_encoder(Models(precision="fp32"), bundled_folder)
    assert encoder is not None
    assert encoder.decision.reason == "set in settings"
    assert golden.least_cosine(encoder.encode, golden.bundled()) >= 0.99999


def test_a_text_has_one_vector_alone_or_in_company(minilm: Encoder) -> None:
    texts = [f"Requirement {n}: " + "valid driving licence and first aid certificate " * (n % 7) for n in range(40)]
    together = minilm.encode([*texts, *texts[:5]])
    alone = np.concatenate([minilm.encode([text]) for text in texts])
    assert np.array_equal(together[:40], alone)
    assert np.array_equal(together[40:], alone[:5])
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)


def test_related_work_is_nearer_than_unrelated(minilm: Encoder) -> None:
    nurse, ward, welder = minilm.encode(["Registered nurse", "Staff nurse on a surgical ward", "TIG welder, pipework"])
    assert nurse @ ward > nurse @ welder + 0.2


def test_max_tokens_shortens_and_never_lengthens(minilm: Encoder) -> None:
    text = "welder " * 300
    assert np.array_equal(minilm.encode([text], max_tokens=32)[0], minilm.encode(["welder " * 30], max_tokens=32)[0])
    assert not np.array_equal(minilm.encode([text], max_tokens=32)[0], minilm.encode([text])[0])
    assert np.array_equal(minilm.encode([text], max_tokens=9999)[0], minilm.encode([text])[0])


def test_white_space_around_a_text_does_not_count(minilm: Encoder) -> None:
    bare, padded = minilm.encode(["night nurse", "\n" * 9000 + "night nurse  "])
    assert np.array_equal(bare, padded)


def test_no_texts_no_rows(minilm: Encoder) -> None:
    assert minilm.encode([]).shape == (0, 384)


@settings(max_examples=100, deadline=None)
@example(text="nurse \ud800")
@example(text="\udc00\ud800")
@example(text="a\x00b\ufffe")
@given(text=st.text(st.characters() | st.sampled_from("\ud800\udc00\x00\u200b\U0001f469")))
def test_any_text_gets_a_finite_vector_of_length_one(minilm: Encoder, text: str) -> None:
    vector = minilm.encode([text])[0]
    assert np.isfinite(vector).all()
    assert abs(float(np.linalg.norm(vector)) - 1) < 1e-4


def test_halves_of_a_character_are_joined(minilm: Encoder) -> None:
    whole, halves = minilm.encode(["\U0001d4dd nurse", "\ud835\udcdd nurse"])
    assert np.array_equal(whole, halves)


def test_special_tokens_in_a_posting_are_text(minilm: Encoder) -> None:
    plain, marked = minilm.encode(["nurse", "nurse [SEP] [PAD] [CLS]"])
    assert not np.array_equal(plain, marked)
    found = find(BUNDLED, Path())
    assert found is not None
    (ids,) = Tokens(found.description.tokenizer)(["[SEP] nurse [CLS]"], 64)
    assert (ids == 102).sum() == 1
    assert (ids == 101).sum() == 1


def test_of_a_huge_text_only_the_first_page_counts(minilm: Encoder) -> None:
    huge = "We are hiring a payroll specialist. " * 60_000
    first_page = huge[:3_000]
    assert np.array_equal(minilm.encode([huge], max_tokens=128), minilm.encode([first_page], max_tokens=128))


def test_a_start_builds_nothing_again(bundled_folder: Path) -> None:
    said: list[str] = []
    encoder = load_encoder(Models(precision="int8"), bundled_folder, report=lambda message, *_: said.append(message))
    assert encoder is not None
    assert said == []
    assert encoder.decision.cosine is not None


def test_a_failed_self_test_falls_back_to_float32_and_says_so(bundled_folder: Path, tmp_path: Path) -> None:
    folder = copied(bundled_folder, tmp_path)
    verdicts = folder / "verdicts.json"
    verdicts.write_text(json.dumps(dict.fromkeys(json.loads(verdicts.read_text()), 0.91)))
    encoder = load_encoder(Models(), tmp_path)
    assert encoder is not None
    assert encoder.card.precision == encoder.decision.precision == "fp32"
    assert "0.9100" in encoder.decision.reason
    obeyed = load_encoder(Models(precision="int8"), tmp_path)
    assert obeyed is not None
    assert obeyed.card.precision == "int8"
    assert "although" in obeyed.decision.reason


def test_another_cpu_is_judged_anew(bundled_folder: Path, tmp_path: Path) -> None:
    folder = copied(bundled_folder, tmp_path)
    (folder / "verdicts.json").write_text('{"anothermachine": 0.5}')
    encoder = load_encoder(Models(), tmp_path)
    assert encoder is not None
    assert encoder.decision.cosine is not None
    assert encoder.decision.cosine > 0.5
    assert len(json.loads((folder / "verdicts.json").read_text())) == 2


def test_a_damaged_graph_is_built_again(bundled_folder: Path, tmp_path: Path) -> None:
    graph = copied(bundled_folder, tmp_path) / "int8.onnx"
    graph.write_bytes(graph.read_bytes()[:100_000])
    graph.with_name(".0123456789abcdef.tmp").write_bytes(b"left behind by a killed build")
    encoder = load_encoder(Models(precision="int8"), tmp_path)
    assert encoder is not None
    assert golden.least_cosine(encoder.encode, golden.bundled()) >= golden.INT8_BAR
    assert list(graph.parent.glob("*.tmp")) == []


def test_other_weights_under_the_bundled_name_are_refused(tiny: SimpleNamespace, tmp_path: Path) -> None:
    local = find(str(tiny.make(tmp_path / "model")), tmp_path)
    assert local is not None
    pretended = replace(local, bundled=True)
    built = Built(pretended, Folder(tmp_path / "built"), Tokens(local.description.tokenizer), lambda *_: None)
    with pytest.raises(Failed, match="not the published file"):
        built.graph("int8")
    assert list((tmp_path / "built").glob("*.onnx")) == []


def test_two_processes_may_build_at_once(tmp_path: Path) -> None:
    if find(BUNDLED, tmp_path) is None:
        pytest.skip("the bundled weights are not installed")
    command = [sys.executable, "-c", LOAD, str(tmp_path)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate(timeout=120)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert said[0] == said[1]
    assert [path.name for path in tmp_path.glob("*/*") if path.suffix in (".onnx", ".tmp")] == ["int8.onnx"]


def test_a_folder_that_cannot_be_written_is_explained(tmp_path: Path) -> None:
    if find(BUNDLED, tmp_path) is None:
        pytest.skip("the bundled weights are not installed")
    (tmp_path / "models").write_text("a file where a folder should be")
    with pytest.raises(Failed, match="an encoder cannot be kept in"):
        load_encoder(Models(), tmp_path / "models")


FULL_DISK = (
    "import sys, resource\n"
    "resource.setrlimit(resource.RLIMIT_FSIZE, (5_000_000, 5_000_000))\n"
    "from jobbot.kernel.errors import Failed\n"
    "try:\n    exec(sys.argv[2])\nexcept Failed as error:\n    print(error.detail)\n"
)


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files there")
def test_a_full_disk_leaves_nothing_half_built(tmp_path: Path) -> None:
    if find(BUNDLED, tmp_path) is None:
        pytest.skip("the bundled weights are not installed")
    command = [sys.executable, "-c", FULL_DISK, str(tmp_path), LOAD]
    said = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert "cannot be kept in" in said.stdout, said.stderr
    assert [path for path in tmp_path.rglob("*") if path.stat().st_size > 4096] == []
    assert load_encoder(Models(), tmp_path) is not None


def copied(source: Path, target: Path) -> Path:
    """A copy of the built int8 folder, to be broken."""
    graph = next(source.glob("*/int8.onnx"))
    folder = target / graph.parent.name
    folder.mkdir()
    for name in ("int8.onnx", "verdicts.json"):
        (folder / name).write_bytes((graph.parent / name).read_bytes())
    return folder
