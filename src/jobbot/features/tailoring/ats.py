"""The round trip: read the made PDF the way an applicant-tracking system does, and see whether everything is there."""

from __future__ import annotations

import importlib.util
import re
import unicodedata
from collections.abc import Callable, Sequence

from jobbot.features.tailoring.model import Check, Unit, UnitKind

_LIGATURES = re.compile("[\ufb00-\ufb06\ufffd\u00ad\x00]")
_LINE_END_HYPHEN = "\x02"
"""How PDFium hands out a hyphen at the end of a line."""

_DATE = re.compile(r"(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) )?(?:19|20)\d\d")
_EMAIL = re.compile(r"[^\s@·]+@[^\s@·]+\.[^\s@·]+")


def check(pdf: bytes, units: Sequence[Unit], pages: int) -> tuple[Check, ...]:
    """What each extractor at hand reads, beside what was meant."""
    texts = {name: read(pdf) for name, read in readers().items()}
    found = [
        Check("one page", pages == 1, f"{pages} page{'s' if pages != 1 else ''}"),
        Check("fonts embedded", _embedded(pdf), "every font travels inside the file"),
        Check(
            "tagged", b"/StructTreeRoot" in pdf and b"/Lang" in pdf, "structure, language and title for screen readers"
        ),
    ]
    for name, text in texts.items():
        found += _of_text(name, text, units)
    return tuple(found)


def readers() -> dict[str, Callable[[bytes], str]]:
    """The extractors at hand; pypdf only where it is installed."""
    found: dict[str, Callable[[bytes], str]] = {"pdfium": _pdfium}
    if importlib.util.find_spec("pypdf"):
        found["pypdf"] = _pypdf
    return found


def _of_text(name: str, text: str, units: Sequence[Unit]) -> list[Check]:
    flat = _flat(text)
    lines = [line for unit in units for line in _wanted(unit)]
    lost = _lost(flat, lines)
    bad = _LIGATURES.findall(text)
    headings = [unit.text for unit in units if unit.kind is UnitKind.SECTION]
    unseen = [h for h in headings if not re.search(rf"^\s*{re.escape(h)}\s*$", text, re.IGNORECASE | re.MULTILINE)]
    contacts = [line.text for unit in units if unit.kind in (UnitKind.NAME, UnitKind.CONTACT) for line in unit.lines]
    hidden = [contact for contact in contacts if _flat(contact) not in flat]
    dates = [unit.parts[2] for unit in units if unit.kind is UnitKind.ROLE and unit.parts[2]]
    unread = [d for d in dates if _flat(d) not in flat or not _DATE.search(d)]
    return [
        Check(f"text in order ({name})", not lost, f"{len(lines) - len(lost)} of {len(lines)} lines" + _first(lost)),
        Check(
            f"contacts ({name})", not hidden, f"{len(contacts) - len(hidden)} of {len(contacts)} read" + _first(hidden)
        ),
        Check(
            f"headings ({name})",
            not unseen,
            f"{len(headings) - len(unseen)} of {len(headings)} on a line" + _first(unseen),
        ),
        Check(f"dates ({name})", not unread, f"{len(dates) - len(unread)} of {len(dates)} parsed" + _first(unread)),
        Check(f"clean characters ({name})", not bad, f"{len(bad)} ligatures, soft hyphens or unknown characters"),
    ]


def _wanted(unit: Unit) -> list[str]:
    if unit.kind is UnitKind.ROW:
        return [part for part in unit.parts if part]
    if unit.kind is UnitKind.CONTACT:
        return [line.text for line in unit.lines]
    return [part for part in unit.parts if part]


def _lost(flat: str, lines: Sequence[str]) -> list[str]:
    """Lines that do not follow one another in the flattened text."""
    at, lost = 0, []
    for line in lines:
        place = flat.find(_flat(line), at)
        if place < 0:
            lost.append(line)
        else:
            at = place + len(_flat(line))
    return lost


def _flat(text: str) -> str:
    """Without blanks and case: extractors break lines where the page does, also after a hyphen or slash."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text)).casefold()


def _first(lost: Sequence[str]) -> str:
    return f"; first one lost: “{lost[0][:60]}”" if lost else ""


def _embedded(pdf: bytes) -> bool:
    import pypdfium2 as pdfium
    import pypdfium2.raw as raw

    document = pdfium.PdfDocument(pdf)
    try:
        fonts = [
            raw.FPDFTextObj_GetFont(item.raw)
            for page in document
            for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])
        ]
        return all(raw.FPDFFont_GetIsEmbedded(font) == 1 for font in fonts)
    finally:
        document.close()


def _pdfium(pdf: bytes) -> str:
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(pdf)
    try:
        text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
        return text.replace("\r\n", "\n").replace(_LINE_END_HYPHEN, "-")
    finally:
        document.close()


def _pypdf(pdf: bytes) -> str:
    import io

    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
