"""What is asked and answered where a person brings postings by hand, as the API describes it."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, StringConstraints

from jobbot.features.sources.byhand.paste import MOST_BLOCKS, MOST_DATA, MOST_TEXT, Pasted
from jobbot.platform.http.shapes import NO_NUL, Shape

Name = Annotated[str, StringConstraints(max_length=500, pattern=NO_NUL)]
Address = Annotated[str, StringConstraints(max_length=8_000, pattern=NO_NUL)]
Text = Annotated[str, StringConstraints(max_length=MOST_TEXT, pattern=NO_NUL)]
Block = Annotated[str, StringConstraints(max_length=MOST_DATA, pattern=NO_NUL)]


class PastedShape(Shape):
    """A posting that a person brings. `page_title`, `heading`, `site` and `data` are the page's own words, if any."""

    title: Name = ""
    company: Name = ""
    location: Name = Field("", description="Several places with a semicolon between them")
    url: Address = ""
    text: Text = ""
    page_title: Name = ""
    heading: Name = ""
    site: Name = ""
    data: list[Block] = Field([], max_length=MOST_BLOCKS, description="Blocks of JSON-LD that stand in the page")

    def given(self) -> Pasted:
        return Pasted(**{**self.model_dump(), "data": tuple(self.data)})


class DraftShape(Shape):
    """What would be kept; "" where nothing was found."""

    title: str
    company: str
    location: str
    url: str
    text: str


class Left(Shape):
    """What was not kept, and why."""

    ref: str
    reason: str


class BroughtShape(Shape):
    """The `ingest` shape; `ids` are the first twenty of the postings, to open them."""

    source: str
    board: str
    requests: int
    not_modified: bool
    fetched: int
    new: int
    updated: int
    unchanged: int
    reopened: int
    closed: int
    skipped: list[Left]
    quarantined: list[Left]
    seconds: float
    ids: list[str]


def brought(run: dict[str, Any]) -> dict[str, Any]:
    """An answer of `Ingest.brought` as this shape says it."""
    return {name: run[name] for name in BroughtShape.model_fields}
