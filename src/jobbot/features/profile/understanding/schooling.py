"""Education: institution, kind of degree, field, grade, courses."""

from __future__ import annotations

import re

from jobbot.features.profile.understanding.blocks import Block
from jobbot.features.profile.understanding.contacts import is_place
from jobbot.features.profile.understanding.entries import Entry, Piece
from jobbot.features.profile.understanding.found import Found, Tree
from jobbot.features.profile.understanding.lexicon import degree, school

_SCORE = re.compile(
    r"\(?\b(?:GPA|CGPA|grade|final grade|(?:Abschluss|Gesamt)?note|Durchschnitt|mention|nota media|betyg|score|"
    r"average)\b\s*:?\s*"
    r"(?P<score>[\d.,]+(?:\s?/\s?[\d.,]+)?|[A-ZÄ][\w ]{1,24})\)?",
    re.IGNORECASE,
)
_COURSES = re.compile(
    r"^(?:relevant )?(?:courses?|coursework|course work|modules|kurse|schwerpunkte?|schwerpunktfächer|cours|"
    r"asignaturas|kurser)(?: include)?\s*:\s*",
    re.IGNORECASE,
)
_FIELD = re.compile(r"\s+(?:in|i|en|im Fach|der|des)\s+(?=[A-ZÄÖÜÅ])|,\s+|\s+[–—-]\s+|:\s+|\s+·\s+")
_STUDY = re.compile(
    r"^(?P<kind>(?:(?:Bachelor|Master|Doctor|Associate|Licenciatura|Grado|Máster|Licence|Diploma|Diplôme|"
    r"Magister)(?:'s|s)?"
    r"(?:\s+(?:of|en|de)\s+(?:Applied )?(?:Science|Sciences|Arts|Engineering|Education|Commerce|Laws|Philosophy|"
    r"Business Administration|Fine Arts|Nursing|"
    r"Medicine|Pharmacy|Technology|Music|Social Work|Public Health))?(?:\s+degree)?(?:\s+\((?:Hons|Honours|"
    r"[\w.]+)\))?)"
    r"|[A-Z][\w.]*\.?\s?(?:Sc|A|Eng|Com|Ed|Tech|Phil|Pharm|D)\.?(?:\s+\(?Hons\)?)?)(?:\s+in|,|:|"
    r"\s+[–—-])?\s+(?P<area>[A-ZÄÖÜÅ].*)$"
)


def education(entries: list[Entry]) -> list[Tree]:
    """JSON Resume's `education` from the entries of its section."""
    return [item for entry in entries if (item := _school(entry))]


def _school(entry: Entry) -> dict[str, Tree]:
    item: dict[str, Tree] = {}
    score = _take_score(entry)
    parts = [part for piece in entry.pieces for part in _apart(piece, entry)]
    place = next(
        (part for part in reversed(parts) if len(parts) > 1 and is_place(part.text) and not school(part.text)), None
    )
    parts = [part for part in parts if part is not place]
    institution = _institution(parts)
    studies = [part for part in parts if part is not institution]
    if institution:
        item["institution"] = _found(institution, 0.9 if school(institution.text) else 0.6)
    item |= _studies(studies)
    item |= _dates(entry)
    if score:
        item["score"] = score
    courses = [found for block in entry.body for found in _courses(block)]
    if courses:
        item["courses"] = list(courses)
    return item


def _apart(piece: Piece, entry: Entry) -> list[Piece]:
    """`BSc Nursing, University of Somewhere` and its like, cut where a school begins."""
    text = piece.text
    if degree(text) and not school(text):
        return [piece] if any(school(other.text) for other in entry.pieces) else _unnamed_school(piece)
    if not degree(text):
        return _place_apart(piece)
    cuts = list(re.finditer(r",\s+|\s+[–—-]\s+|\s+(?:at|an der|am|à|vid)\s+", text))
    for match in reversed(cuts):
        head, tail = text[: match.start()], text[match.end() :]
        if (degree(head) and not school(head) and school(tail)) or (school(head) and not degree(head) and degree(tail)):
            return [
                part for cut in (head, tail) for part in _place_apart(Piece(cut, piece.block, piece.rank, piece.bold))
            ]
    return [piece]


def _unnamed_school(piece: Piece) -> list[Piece]:
    """`BSc Informatics, NTNU`: with kind and field before it, what stands last is the school."""
    text = piece.text
    while ", " in text and is_place(text.rpartition(", ")[2]):
        text = text.rpartition(", ")[0]
    head, _, tail = text.rpartition(", ")
    kind, area = split_degree(head)
    if (
        tail
        and kind
        and (area or (len(kind.split()) > 1 and text != piece.text))
        and not degree(tail)
        and head.count("(") == head.count(")")
    ):
        return [Piece(text, piece.block, piece.rank, piece.bold) for text in (head, tail)]
    return [piece]


def _place_apart(piece: Piece) -> list[Piece]:
    for match in re.finditer(r",\s+", piece.text):
        head, tail = piece.text[: match.start()], piece.text[match.end() :]
        if is_place(tail) and school(head):
            return [Piece(head, piece.block, piece.rank, piece.bold), Piece(tail, piece.block, piece.rank)]
    return [piece]


def _institution(parts: list[Piece]) -> Piece | None:
    named = [part for part in parts if school(part.text) and not _is_degree(part.text)]
    if named:
        return named[0]
    schools = [part for part in parts if school(part.text)]
    if schools and len(parts) > 1 and not _is_degree(schools[0].text):
        return schools[0]
    rest = [part for part in parts if not degree(part.text)]
    if rest and len(parts) > 1:
        return rest[-1] if degree(parts[0].text) else rest[0]
    return None


def _is_degree(text: str) -> bool:
    return degree(text) and not re.search(
        r"(?i)universit|college|school|schule|academy|institut|hochschule|polytechnic", text
    )


def _studies(parts: list[Piece]) -> dict[str, Tree]:
    """The kind of degree and its field, from one piece or two."""
    if not parts:
        return {}
    head = parts[0]
    if len(parts) > 1 and not degree(head.text) and degree(parts[1].text):
        head, parts = parts[1], [parts[1], parts[0]]
    kind, area = split_degree(head.text)
    item: dict[str, Tree] = {}
    if kind:
        item["studyType"] = _found(Piece(kind, head.block), 0.85)
    if area:
        item["area"] = _found(Piece(area, head.block), 0.85 if kind else 0.6)
    elif len(parts) > 1:
        item["area"] = _found(parts[1], 0.7)
    return item


def split_degree(text: str) -> tuple[str, str]:
    """Kind and field of a degree; ("", text) when no degree is named.

    >>> split_degree("Bachelor of Science in Media Informatics"), split_degree("MSc Nursing")
    (('Bachelor of Science', 'Media Informatics'), ('MSc', 'Nursing'))
    """
    if (match := re.search(r"\s+(?:in|i)\s+(?=[A-ZÄÖÜÅ])", text)) and degree(text[: match.start()]):
        return text[: match.start()].strip(), text[match.end() :].strip()
    if match := _STUDY.match(text):
        return match["kind"].rstrip(" ,"), match["area"].strip()
    for match in _FIELD.finditer(text):
        head, tail = text[: match.start()].strip(), text[match.end() :].strip()
        if degree(head) and tail:
            return head, tail
        if degree(tail) and not degree(head) and "in" not in match.group():
            return tail, head
    words = text.split()
    if len(words) > 1 and degree(words[0]) and len(words[0]) <= 8 and not degree(" ".join(words[1:])):
        return words[0], " ".join(words[1:])
    return (text, "") if degree(text) else ("", text)


def _take_score(entry: Entry) -> Found | None:
    for piece in list(entry.pieces):
        if match := _SCORE.search(piece.text):
            piece.text = (piece.text[: match.start()] + piece.text[match.end() :]).strip(" ,;()·|–-")
            if not piece.text:
                entry.pieces.remove(piece)
            return piece.block.found(match["score"].strip(), 0.85)
    for block in entry.body:
        if match := _SCORE.search(block.text):
            return block.found(match["score"].strip(), 0.85)
    return None


def _courses(block: Block) -> list[Found]:
    match = _COURSES.match(block.text)
    if not match:
        return []
    words = re.split(r"\s*[,;|•·]\s+", block.text[match.end() :].rstrip("."))
    return [block.found(word.strip(), 0.85) for word in words if word.strip()]


def _dates(entry: Entry) -> dict[str, Tree]:
    if entry.dates is None or entry.dated is None:
        return {}
    dates, block = entry.dates, entry.dated
    source = block.found(block.text[dates.first : dates.last]).source
    sure = 0.9 if dates.sure else 0.5
    if dates.single:
        return {"endDate": Found(dates.start, source, 0.75)}
    made: dict[str, Tree] = {"startDate": Found(dates.start, source, sure)}
    if dates.end:
        made["endDate"] = Found(dates.end, source, sure)
    return made


def _found(piece: Piece, confidence: float) -> Found:
    return piece.block.found(piece.text, confidence)
