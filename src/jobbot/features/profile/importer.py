"""Any CV -> JSON Resume: what was read, from where, how sure. JSON Resume itself comes through unchanged."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from jobbot.features.profile import resume as json_resume
from jobbot.features.profile.linkedin import folder, paper, snapshot
from jobbot.features.profile.linkedin import resume as linkedin
from jobbot.features.profile.linkedin.table import Table
from jobbot.features.profile.positions import resolve
from jobbot.features.profile.reading import package, sandbox
from jobbot.features.profile.reading.lines import Pages
from jobbot.features.profile.understanding.assemble import understand
from jobbot.features.profile.understanding.found import UNSURE, Read, Source
from jobbot.kernel.errors import InvalidInput, NotFound

MAX_BYTES = sandbox.MAX_BYTES
MAX_TEXT = 1_000_000
MAX_LINES = 4000
MAX_CHARACTERS = 120_000
KINDS = "JSON Resume (.json), PDF, DOCX, Markdown (.md), HTML, plain text or a LinkedIn export (.zip)"
LINKEDIN = ("linkedin", "linkedin-pdf")
TOO_LARGE = (
    "; of LinkedIn ask for the categories of your profile only (not the larger archive with messages and media), or "
    "pack its CSV files into a smaller ZIP"
)


@dataclass(frozen=True, slots=True)
class Imported:
    """`kind` is json, pdf, docx, markdown, text, html, linkedin or linkedin-pdf; `complete` when the file is the
    profile itself (JSON Resume) and not a paper that the profile was read from. `unused` are lines that found no
    field; `notes` are for the person.
    """

    resume: dict[str, Any] = field(repr=False)
    kind: str
    file: str
    read: tuple[Read, ...] = field(repr=False)
    unused: tuple[str, ...] = field(default=(), repr=False)
    notes: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        return self.kind == "json"

    @property
    def unsure(self) -> tuple[Read, ...]:
        return tuple(read for read in self.read if read.confidence < UNSURE)


def read_file(path: Path) -> Imported:
    """Read a CV, its kind detected by content. Raises NotFound, or InvalidInput with what is wrong and what to do."""
    try:
        unpacked = folder.of_folder(path) if path.is_dir() else None
        if unpacked is not None:
            return read_bytes(unpacked, path.name or "the folder")
        size = path.stat().st_size
        if path.is_dir() or size > MAX_BYTES:
            what = "is a folder" if path.is_dir() else f"has {size / 1e6:.0f} MB, and a CV has at most 25"
            more = TOO_LARGE if path.suffix.casefold() == ".zip" and not path.is_dir() else ""
            raise InvalidInput(f"{path.name} {what}; give one file: {KINDS}{more}")
        data = path.read_bytes()
    except FileNotFoundError:
        raise NotFound(f"there is no file {path}") from None
    except PermissionError:
        raise InvalidInput(f"{path.name} may not be read by you; check its permissions") from None
    return read_bytes(data, path.name)


def read_linkedin(path: Path) -> Imported:
    """Like `read_file`, for what comes from LinkedIn only. Raises InvalidInput for any other CV."""
    imported = read_file(path)
    if imported.kind not in LINKEDIN:
        raise InvalidInput(
            f"{imported.file} is no LinkedIn export (ZIP, JSON, or the profile's own PDF); "
            f"`jobbot import resume {imported.file}` reads it as a CV"
        )
    return imported


def read_bytes(data: bytes, name: str) -> Imported:
    """Like `read_file`; `name` is shown and helps to tell Markdown from text."""
    if folder.is_sheet(name):
        return _linkedin(folder.packed({name: data}), name)
    kind = detect(data, name)
    if kind == "json":
        return _json(data, name)
    if kind == "linkedin":
        return _linkedin(data, name)
    if kind in ("pdf", "docx"):
        return _understood(sandbox.read(kind, data, name), kind, name)
    return _understood(_plain(kind, _decode(data, name)), kind, name)


def detect(data: bytes, name: str) -> str:
    """The kind of a file: by its first bytes, then by its name. Raises InvalidInput for kinds that cannot be read."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    suffix = Path(name).suffix.casefold()
    if not head:
        raise InvalidInput(f"{name} is empty; give a CV as {KINDS}")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _package(data, name)
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" or head[:5] == b"{\\rtf":
        raise InvalidInput(f"{name} is an old Word or RTF file; save it as DOCX or PDF and import that")
    if data[:4] in (b"\x89PNG", b"\xff\xd8\xff\xe0", b"\xff\xd8\xff\xe1", b"GIF8", b"RIFF", b"II*\x00"):
        raise InvalidInput(f"{name} is a picture; run text recognition on it or import the CV as {KINDS}")
    if suffix == ".json" or head[:1] in (b"{", b"["):
        return "json"
    if suffix in (".htm", ".html") or re.match(rb"(?i)<!doctype html|<html|<body", head):
        return "html"
    return "markdown" if suffix in (".md", ".markdown") or _is_markdown(data) else "text"


def _package(data: bytes, name: str) -> str:
    entries = package.names(data)
    if any(entry.startswith("word/") for entry in entries):
        return "docx"
    if "content.xml" in entries or b"opendocument" in data[:200]:
        raise InvalidInput(f"{name} is an OpenDocument file; save it as DOCX or PDF and import that")
    return "linkedin"  # the limited process says what else it is


def _is_markdown(data: bytes) -> bool:
    return len(re.findall(rb"(?m)^#{1,4} \S|^={3,}$", data[:20_000])) >= 2


def _decode(data: bytes, name: str) -> str:
    """UTF-8, UTF-16 with its mark, else Windows-1252; a text with NUL characters is no text."""
    if len(data) > MAX_TEXT:
        raise InvalidInput(f"{name} has {len(data) / 1e6:.1f} MB of text; a CV has far less than one")
    for encoding in ("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise InvalidInput(f"{name} is no text; give a CV as {KINDS}")


def _plain(kind: str, text: str) -> Pages:
    from jobbot.features.profile.reading import text as readers

    return {"markdown": readers.read_markdown, "html": readers.read_html, "text": readers.read_text}[kind](text)


def _linkedin(data: bytes, name: str) -> Imported:
    """The archive of a member's data."""
    answer = sandbox.answer("linkedin", data, name)
    return _of_tables([Table.from_dict(table) for table in answer["tables"]], answer["notes"], name)


def _of_tables(tables: list[Table], notes: list[str], name: str) -> Imported:
    made, more = linkedin.understand(tables)
    if not made.reads:
        told = "; ".join((*notes, *more)[:3])
        raise InvalidInput(f"{name} is a LinkedIn export with nothing of a CV in it ({told}); nothing was read")
    return Imported(made.resume, "linkedin", name, made.reads, made.unused, (*notes, *more))


def _understood(pages: Pages, kind: str, name: str) -> Imported:
    pages = _bounded(pages)
    made = paper.understand(pages) if pages.layout == "linkedin" else None
    if made is not None:
        kind, pages = "linkedin-pdf", replace(pages, notes=(*pages.notes, paper.NOTE))
    else:
        made = understand(pages)
    if not made.reads:
        raise InvalidInput(f"nothing in {name} looks like a CV; give one as {KINDS}")
    if kind not in ("pdf", "linkedin-pdf"):  # these have no pages
        made_reads = tuple(read._replace(source=read.source._replace(page=None)) for read in made.reads)
    else:
        made_reads = made.reads
    return Imported(made.resume, kind, name, made_reads, made.unused, pages.notes)


def _bounded(pages: Pages) -> Pages:
    """What is more than a CV is not looked at, and that is said."""
    kept, size = [], 0
    for line in pages.lines[:MAX_LINES]:
        size += len(line.text)
        if size > MAX_CHARACTERS:
            break
        kept.append(line)
    if len(kept) == len(pages.lines):
        return pages
    note = f"only the first {len(kept):,} of {len(pages.lines):,} lines were read; a CV is shorter"
    return replace(pages, lines=tuple(kept), notes=(*pages.notes, note))


def _json(data: bytes, name: str) -> Imported:
    loaded = json_resume.load(data, name)
    if snapshot.is_snapshot(loaded.resume):
        return _of_tables(*snapshot.tables(loaded.resume, loaded.positions, name), name)
    json_resume.require_valid(loaded)
    reads = []
    for pointer, place in loaded.positions.places.items():
        value = resolve(loaded.resume, pointer)
        if isinstance(value, str) and value:
            reads.append(Read(pointer, value, Source(None, place.start, place.end), 1.0))
    notes = tuple(f"line {p.line}: {p.pointer or '/'}: {p.problem}; {p.fix}" for p in loaded.problems(warnings=True))
    return Imported(loaded.resume, "json", name, tuple(reads), (), notes)
