"""Adverts in which every demand is labelled, and how near a reader of adverts comes to them. Not an eval itself."""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from benchmarks.frame import Skipped

from evals.shared import ROOT, data

LABELS = ROOT / "evals" / "labels" / "must_haves.jsonl"
Span = tuple[int, int]
Said = tuple[list[Span], list[Span]]
"""What a reader takes for musts and for wishes."""
_MARKUP = re.compile(r"<(?P<tag>/?[a-z][a-z0-9]*)\b[^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|\w+);")
_PARTED = re.compile(r"/?(?:p|div|br|ul|ol|li|h[1-6])$")


@dataclass(frozen=True)
class Advert:
    """A text and the units of it (start, end) that hold musts, wishes, or both. `readers`: units that both of two
    readers, the first alone, the second alone and neither took for a demand; empty where one person read it."""

    number: int
    text: str
    source: str
    musts: tuple[Span, ...]
    wishes: tuple[Span, ...]
    both: tuple[Span, ...]
    readers: tuple[int, ...] = ()

    @property
    def held_out(self) -> bool:
        """Whether no rule was tuned on it."""
        return self.number % 2 == 1


@dataclass
class Score:
    """Counts of one polarity: what was said and is right, and labelled units that were met."""

    said: int = 0
    right: int = 0
    labelled: int = 0
    met: int = 0
    false: list[tuple[int, Span]] = field(default_factory=list)
    missed: list[tuple[int, Span]] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.said if self.said else 1.0

    @property
    def recall(self) -> float:
        return self.met / self.labelled if self.labelled else 1.0

    def add(self, number: int, said: Sequence[Span], labelled: Sequence[Span]) -> None:
        wrong = [span for span in said if not _met(span, labelled)]
        missed = [span for span in labelled if not _met(span, said)]
        self.said += len(said)
        self.right += len(said) - len(wrong)
        self.labelled += len(labelled)
        self.met += len(labelled) - len(missed)
        self.false += [(number, span) for span in wrong]
        self.missed += [(number, span) for span in missed]


def _met(span: Span, others: Iterable[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def labelled() -> list[Advert]:
    """The labelled adverts whose texts are among the shared postings, found by the hash of the text.

    Raises Skipped where the postings, or what reads them, are not here.
    """
    try:
        from pyarrow import parquet
    except ImportError:
        raise Skipped("pyarrow is not installed") from None
    path = data() / "postings" / "postings.parquet"
    if not path.is_file():
        raise Skipped("no shared postings here")
    rows = parquet.read_table(path, columns=["source", "description"]).to_pylist()
    texts = {hashlib.sha256((row["description"] or "").encode()).hexdigest(): row for row in rows}
    lines = LABELS.read_text(encoding="utf-8").splitlines()
    return [_advert(label, texts[label["sha"]]) for label in map(json.loads, lines) if label["sha"] in texts]


def _advert(label: dict[str, object], row: dict[str, str]) -> Advert:
    def spans(name: str) -> tuple[Span, ...]:
        return tuple((start, end) for start, end in label[name])  # type: ignore[attr-defined]

    return Advert(
        number=int(str(label["number"])),
        text=row["description"],
        source=row["source"],
        musts=spans("musts"),
        wishes=spans("wishes"),
        both=spans("both"),
        readers=tuple(label.get("readers", ())),  # type: ignore[arg-type]
    )


def scores(adverts: Iterable[Advert], read: Callable[[str], Said]) -> tuple[Score, Score]:
    """How near `read` comes to the musts and to the wishes of the labels. A unit that holds both counts for both."""
    musts, wishes = Score(), Score()
    for advert in adverts:
        text, at = plain(advert.text)
        must, wish = ([(at[start], at[end - 1] + 1) for start, end in spans] for spans in read(text))
        musts.add(advert.number, must, [*advert.musts, *advert.both])
        wishes.add(advert.number, wish, [*advert.wishes, *advert.both])
    return musts, wishes


def plain(text: str) -> tuple[str, list[int]]:
    """A text without markup, as jobbot keeps it, and for each of its characters where it stands in `text`.

    >>> plain("<p>C &amp; D</p>")[0]
    '\\nC & D\\n'
    """
    written: list[str] = []
    at: list[int] = []
    for piece, start in _unmarked(text):
        literal = text.startswith(piece, start)
        written.append(piece)
        at += range(start, start + len(piece)) if literal else [start] * len(piece)
    return "".join(written), at


def _unmarked(text: str) -> Iterator[tuple[str, int]]:
    last = 0
    for match in _MARKUP.finditer(text):
        yield text[last : match.start()], last
        last = match.end()
        yield _written(match), match.start()
    yield text[last:], last


def _written(match: re.Match[str]) -> str:
    tag = match.group("tag")
    if tag is None:
        return html.unescape(match.group())
    return "\n• " if tag == "li" else "\n" if _PARTED.match(tag) else ""


def kappa(adverts: Iterable[Advert]) -> tuple[float, int]:
    """Cohen's kappa of two readers over units (demand or not), and how many units both read (Cohen 1960)."""
    both, first, second, neither = (
        sum(cells) for cells in zip(*(a.readers for a in adverts if a.readers), strict=True)
    )
    total = both + first + second + neither
    agreed = (both + neither) / total
    chance = ((both + first) * (both + second) + (neither + first) * (neither + second)) / total**2
    return (agreed - chance) / (1 - chance), total
