"""The contract's `tailor` shape, as the API describes it: files are addresses in place of paths."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from jobbot.features.profile.model import DEFAULT_PERSONA
from jobbot.features.tailoring.tailor import DEFAULT_TEMPLATE
from jobbot.platform.http.shapes import Fact, Shape, Short, Words


class SpanShape(Shape):
    start: int
    end: int


class LineShape(Shape):
    """A line of kind `fact` cites facts, `posting` quotes the posting at its spans, `frame` claims nothing."""

    document: Literal["cv", "letter"]
    kind: Literal["fact", "posting", "frame"]
    text: str
    facts: list[Fact]
    spans: list[SpanShape]


class LeftOutShape(Shape):
    text: str
    reason: str


class AtsCheck(Shape):
    name: str
    passed: bool
    detail: str


class AtsShape(Shape):
    score: int
    checks: list[AtsCheck]


class FilesShape(Shape):
    """The address of each file, null for a format that was not made."""

    pdf: str | None
    txt: str | None
    md: str | None
    docx: str | None
    letter_pdf: str | None
    letter_txt: str | None
    letter_md: str | None
    letter_docx: str | None
    diff: str | None
    provenance: str | None
    build_log: str | None


class DocumentsShape(Shape):
    """Documents for one posting, with the proof of every line and pictures of the true pages."""

    id: str
    created_at: str | None
    title: str
    company: str
    posting_id: str
    pages: int
    template: str
    files: FilesShape
    pictures: list[str] = Field(description="Addresses of the true pages of the CV as PNG; ?width= in pixels")
    letter_pictures: list[str]
    ats: AtsShape
    lines: list[LineShape]
    left_out: list[LeftOutShape]
    fill: float
    notes: list[str]
    profile_version: int


class DocumentsBrief(Shape):
    """One row of the list."""

    id: str
    created_at: str | None
    posting_id: str
    title: str
    company: str
    template: str
    pages: int
    profile_version: int
    score: int


class DocumentsPage(Shape):
    items: list[DocumentsBrief]
    next: str | None


class DocumentsWanted(Shape):
    """What `jobbot tailor` is asked."""

    posting_id: Words = Field(min_length=1, description="An id, or the first letters of one where they fit only one")
    template: Short = Field(DEFAULT_TEMPLATE, description="Look of the documents, one of /templates")
    formats: list[Literal["pdf", "docx", "md", "txt"]] = Field(["pdf", "docx", "md", "txt"], min_length=1, max_length=4)
    letter: bool = Field(True, description="false: only the CV")
    persona: Short = Field(DEFAULT_PERSONA, description="Which of your profiles")


class TemplatesShape(Shape):
    items: list[str]
    next: None


class PlaceShape(Shape):
    """A row of print of the line at index `line` of `lines`; left, top, width and height are parts of the page."""

    line: int
    page: int
    left: float
    top: float
    width: float
    height: float


class PlacesShape(Shape):
    items: list[PlaceShape]
    next: None
