"""Spans of text and the evidence that rests on them. Offsets are Unicode code points, as in `str`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range `[start, end)` of code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"span {self.start}..{self.end} runs backwards or starts before the text")

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def evidence(self, text: str) -> Evidence:
        return Evidence(self.of(text), self.start, self.end)


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """A quote and where it stands: `quote == text[start:end]` of the posting's `text`."""

    quote: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    def holds_in(self, text: str) -> bool:
        return text[self.start : self.end] == self.quote

    def as_dict(self) -> dict[str, Any]:
        return {"quote": self.quote, "start": self.start, "end": self.end}
