"""The networks of one training, each made once and kept until all are: a stopped run goes on where it was.

`torch` and what needs it are imported when a network is made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jobbot.kernel.ids import short_hash
from jobbot.kernel.report import Report
from jobbot.platform.inference.directory import Description
from jobbot.platform.inference.tagger.labelled import Sentence
from jobbot.platform.inference.tagger.recipe import WARM_UP_MASKED, WARM_UP_RATE, Recipe, Teacher
from jobbot.platform.inference.weights import Array, Weights

if TYPE_CHECKING:
    from jobbot.platform.inference.tagger.learn import Example, Stage
    from jobbot.platform.inference.tagger.network import Network

Tensors = Mapping[str, Array]


class Stages:
    """`student()` makes all that is missing: warm-up, teachers, what they think, the student."""

    def __init__(
        self,
        about: Description,
        sentences: Sequence[Sentence],
        texts: Sequence[Sentence],
        recipe: Recipe,
        work: Path,
        report: Report,
    ) -> None:
        self._about, self._recipe, self._work, self._report = about, recipe, work, report
        self._base = Weights(about.weights)
        self.tokenizer = tokenizer(about)
        self._hide = int(self.tokenizer.token_to_id("[MASK]") or 0)
        self._sentences, self._texts = sentences, texts

    def student(self) -> Tensors:
        """The trained tensors of the network that is shipped, by their names in the encoder."""
        from jobbot.platform.inference.tagger import learn

        recipe = self._recipe
        data = learn.examples(self._sentences, self.tokenizer)
        stage = learn.Stage(recipe.layers, recipe.epochs, recipe.rate, seed=recipe.seed)
        teachers = [self._teacher(f"teacher {n}", each, data) for n, each in enumerate(recipe.teachers, 1)]
        if teachers:
            data += learn.examples(self._texts, self.tokenizer, labelled=False)
            learn.teach(data, [learn.score(self._network(each.layers, t), data) for each, t in teachers])
        begin = teachers[0][1] if teachers else {}
        return self._kept("student", repr(recipe), lambda: self._learned("student", stage, data, begin))

    def _teacher(self, name: str, teacher: Teacher, data: Sequence[Example]) -> tuple[Teacher, Tensors]:
        from jobbot.platform.inference.tagger import learn

        stage = learn.Stage(
            teacher.layers,
            teacher.epochs,
            teacher.rate,
            masked=teacher.masked,
            average=teacher.average,
            seed=teacher.seed,
        )
        warm = replace(stage, epochs=teacher.warm_up, rate=WARM_UP_RATE, masked=WARM_UP_MASKED)

        def make() -> Tensors:
            begin: Tensors = {}
            if self._texts and teacher.warm_up:
                others = learn.examples(self._texts, self.tokenizer)
                begin = self._kept(f"{name} warm", repr(warm), lambda: self._learned(name, warm, others, {}))
            return self._learned(name, stage, data, _without_head(begin))

        return teacher, self._kept(name, repr(teacher), make)

    def _learned(self, name: str, stage: Stage, data: Sequence[Example], begin: Tensors) -> Tensors:
        import torch

        from jobbot.platform.inference.tagger import learn
        from jobbot.platform.inference.tagger.network import arrays

        torch.manual_seed(stage.seed)
        network = self._network(stage.layers, begin)
        learn.fit(network, data, stage, self._hide, self._told(f"Training {name}"))
        return arrays(network)

    def _kept(self, name: str, how: str, make: Any) -> Tensors:
        from safetensors.numpy import load_file, save_file

        key = short_hash(how, str(len(self._sentences)), str(len(self._texts)))
        kept = self._work / f"{name.replace(' ', '-')}-{key}.safetensors"
        if not kept.is_file():
            tensors = dict(make())
            self._work.mkdir(parents=True, exist_ok=True)
            save_file(tensors, kept.with_suffix(".tmp"))
            kept.with_suffix(".tmp").replace(kept)
        return dict(load_file(kept))

    def _told(self, message: str) -> Report:
        return lambda _message, done=0, total=0: self._report(message, done, total)

    def _network(self, layers: int, tensors: Tensors) -> Network:
        """A network of the encoder's lower layers, with `tensors` over them where it has such."""
        import torch

        from jobbot.platform.inference.tagger.network import Network, named

        network = Network(self._about.shape, layers, self._base)
        with torch.no_grad():
            for name, parameter in named(network).items():
                if name in tensors:
                    parameter.copy_(torch.from_numpy(tensors[name]))
        return network


def _without_head(tensors: Tensors) -> Tensors:
    from jobbot.platform.inference.tagger.spans import HEAD

    return {name: value for name, value in tensors.items() if not name.startswith(f"{HEAD}.")}


def tokenizer(about: Description) -> Any:
    """The encoder's, without padding and cutting; special tokens written in a text are text."""
    from tokenizers import Tokenizer

    made: Any = Tokenizer.from_file(str(about.tokenizer))
    made.no_truncation()
    made.no_padding()
    made.encode_special_tokens = True
    return made
