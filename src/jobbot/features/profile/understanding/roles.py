"""Work, volunteering and projects: which part of a heading is the position, the organisation, the place."""

from __future__ import annotations

import re
from collections.abc import Callable

from jobbot.features.profile.understanding.blocks import Block
from jobbot.features.profile.understanding.contacts import URL, is_place
from jobbot.features.profile.understanding.entries import Entry, Piece
from jobbot.features.profile.understanding.found import Found, Tree
from jobbot.features.profile.understanding.lexicon import organisation_score, position_score
from jobbot.features.profile.understanding.lists import outside, split_list

_AT = re.compile(r"\s+(?:at|@|bei(?: der| dem)?|chez|på|hos|en)\s+(?=[A-ZÄÖÜÅ0-9])")
_DASH = re.compile(r"\s+[–—-]\s+|\s+·\s+")
_BRACKET = re.compile(r"\s*\((?!(?i:remote|hybrid|on-?site))(?P<place>[^()]{2,40})\)$")
_COMMA = re.compile(r",\s+")
_COLON = re.compile(
    r"^(?:tech(?:nologies|nology|nical)?(?: stack| environment)?|stack|tools|environment|technologien|"
    r"keywords)\s*:\s*",
    re.IGNORECASE,
)
_TASKS = re.compile(
    r"^(?:responsibilities|key responsibilities|duties|key achievements|achievements|highlights|aufgaben|"
    r"tätigkeiten|erfolge|"
    r"missions|tareas|funciones|arbetsuppgifter|main duties|selected achievements)\s*:?$",
    re.IGNORECASE,
)


def work(entries: list[Entry]) -> list[Tree]:
    """JSON Resume's `work` from the entries of its section."""
    return _positions(entries, "name")


def volunteer(entries: list[Entry]) -> list[Tree]:
    made = _positions(entries, "organization")
    for item in made:
        if isinstance(item, dict):
            item.pop("location", None)
    return made


def projects(entries: list[Entry]) -> list[Tree]:
    """A project's name is the first piece; links and dates are taken out, prose is its description."""
    made: list[Tree] = []
    for entry in entries:
        names = [piece for piece in entry.pieces if not URL.fullmatch(piece.text)]
        links = [piece for piece in entry.pieces if URL.fullmatch(piece.text)]
        if not names and not entry.body:
            continue
        item: dict[str, Tree] = {}
        body = entry.body
        if names:
            first = _split_once(names[0], _DASH)
            item["name"] = _found(first[0])
            prose = first[1:] + names[1:]
            words = split_list(prose[0].text) if prose else []
            if len(words) > 1 and all(len(word.split()) <= 3 for word in words):
                item["keywords"] = [_found(Piece(word, prose[0].block), 0.75) for word in words]
            elif prose:
                item["description"] = _found(prose[0], 0.7)
        else:
            item["name"], item["description"] = _name_in_prose(body[0])
            body = body[1:]
        item |= _dates(entry)
        if links:
            item["url"] = _found(links[0])
        made.append(item | _body(body, "description", item.get("description")))
    return made


def _name_in_prose(block: Block) -> tuple[Found, Found]:
    """`Name: what it is` or `Name - what it is` in one list item."""
    parts = re.split(r":\s+|\s+[–—-]\s+|\.\s+", block.text, maxsplit=1)
    name = parts[0] if len(parts[0]) < 80 else block.text
    return block.found(name, 0.6), block.found(parts[1] if len(parts) > 1 and name == parts[0] else "", 0.6)


def _positions(entries: list[Entry], organisation: str) -> list[Tree]:
    split = [_pieces(entry) for entry in entries]
    first = _title_first(split)
    made: list[Tree] = []
    employer: Found | None = None
    inherited = 0.55
    for index, (entry, (parts, place)) in enumerate(zip(entries, split, strict=True)):
        if not parts and entry.dates is None:
            _append_body(made, entry)
            continue
        if _heads_group(entries, split, index):
            employer, inherited = _found(parts[0]), 0.8
            continue
        item = _named(parts, first, organisation)
        if organisation in item:
            inherited = 0.55
        elif employer is not None and entry.dates is not None:
            item[organisation] = Found(employer.value, employer.source, inherited)
        employer = item[organisation] if isinstance(item.get(organisation), Found) else employer  # type: ignore[assignment]
        if place:
            item["location"] = _found(place)
        ordered = {key: item[key] for key in (organisation, "location", "position") if key in item}
        made.append(ordered | _dates(entry) | _body(entry.body, "summary", None))
    return made


def _heads_group(entries: list[Entry], split: list[tuple[list[Piece], Piece | None]], index: int) -> bool:
    """An employer with the dates of all its roles, which follow with a title only."""
    parts, after = split[index][0], split[index + 1][0] if index + 1 < len(split) else []
    if entries[index].body or len(parts) != 1 or len(after) != 1 or position_score(parts[0].text):
        return False
    whole, role = entries[index].dates, entries[index + 1].dates
    return (
        whole is not None and role is not None and whole.start <= role.start and (whole.open or whole.end >= role.end)
    )


def _append_body(made: list[Tree], entry: Entry) -> None:
    """Text without a heading goes to the role above it."""
    if made and isinstance(made[-1], dict):
        made[-1].update(_body(entry.body, "summary", None))


def _pieces(entry: Entry) -> tuple[list[Piece], Piece | None]:
    """Pieces of the heading without the place, and the place; finer marks are used while a part is missing."""
    parts = [piece for piece in entry.pieces if not URL.fullmatch(piece.text)]
    parts = [part for piece in parts for part in _split_at(piece)]
    parts = [part for piece in parts for part in _split_place(piece)]
    parts, place = _take_place(parts)
    if not place:
        parts, place = _place_at_end(parts)
    for mark in (_AT, _DASH, _COMMA):
        if len(parts) == 1:
            parts = _split(parts[0], mark)
        if not place:
            parts, place = _take_place(parts)
        if not place:
            parts, place = _place_at_end(parts)
    return parts, place


def _split_place(piece: Piece) -> list[Piece]:
    """`Town, ST – Position` where one side of the dash is a place."""
    parts = _split_once(piece, _DASH)
    return parts if len(parts) > 1 and any(is_place(part.text) for part in parts) else [piece]


def _split_at(piece: Piece) -> list[Piece]:
    """`Position at Employer`; a name that only holds such a word stays whole."""
    parts = _split_once(piece, _AT)
    return parts if len(parts) == 2 and position_score(parts[0].text) else [piece]


def _take_place(parts: list[Piece]) -> tuple[list[Piece], Piece | None]:
    """The last piece that is a place, unless nothing else would be left."""
    for piece in reversed(parts):
        if len(parts) > 1 and is_place(piece.text):
            return [part for part in parts if part is not piece], piece
    return parts, None


def _place_at_end(parts: list[Piece]) -> tuple[list[Piece], Piece | None]:
    """`Employer, Town` or `Employer, Town, Country` in one piece."""
    for index, piece in enumerate(parts):
        if (bracket := _BRACKET.search(piece.text)) and is_place(bracket["place"]):
            firm = Piece(piece.text[: bracket.start()], piece.block, piece.rank, piece.bold)
            return [*parts[:index], firm, *parts[index + 1 :]], Piece(bracket["place"], piece.block, piece.rank)
        cuts = list(_COMMA.finditer(piece.text))
        for match in cuts:
            head, tail = piece.text[: match.start()], piece.text[match.end() :]
            if head.count("(") != head.count(")"):
                continue
            if is_place(tail) and not re.fullmatch(r"(?i)inc\.?|ltd\.?|llc|sa|se|ag", tail):
                rest = [*parts[:index], Piece(head, piece.block, piece.rank, piece.bold), *parts[index + 1 :]]
                return rest, Piece(tail, piece.block, piece.rank)
    return parts, None


def _split(piece: Piece, mark: re.Pattern[str]) -> list[Piece]:
    if mark is not _COMMA:
        return _split_once(piece, mark)
    texts = outside(piece.text, r",\s+")
    if len(texts) == 1:
        return [piece]
    place: list[str] = []
    for size in (2, 1):
        if len(texts) > size + 1 and is_place(", ".join(texts[-size:])):
            texts, place = texts[:-size], [", ".join(texts[-size:])]
            break
    cut = max(range(1, len(texts)), key=lambda at: (_contrast(", ".join(texts[:at]), ", ".join(texts[at:])), -at))
    made = [", ".join(texts[:cut]), ", ".join(texts[cut:]), *place]
    return [Piece(text, piece.block, piece.rank, piece.bold) for text in made]


def _contrast(head: str, tail: str) -> float:
    """How clearly one of two texts is a position and the other an organisation."""
    return abs(_leaning(head) - _leaning(tail)) - 0.5 * tail[:1].islower()


def _split_once(piece: Piece, mark: re.Pattern[str]) -> list[Piece]:
    texts = [text.strip() for text in mark.split(piece.text) if text.strip()]
    if len(texts) > 2 and mark is _AT:
        texts = [" ".join(texts[:-1]), texts[-1]]
    return [Piece(text, piece.block, piece.rank, piece.bold) for text in texts]


def _title_first(split: list[tuple[list[Piece], Piece | None]]) -> bool:
    """Whether headings name the position before the organisation: all entries vote, since a CV keeps to one order."""
    vote = 0.0
    for parts, _ in split:
        if len(parts) >= 2:
            vote += _leaning(parts[0].text) - _leaning(parts[1].text)
    return vote >= 0


def _leaning(text: str) -> float:
    """Positive for a position, negative for an organisation."""
    title, firm = position_score(text), organisation_score(text)
    return (1.0 if title else 0.0) - (1.0 if firm else 0.0) - (0.2 if firm and title else 0.0)


def _named(parts: list[Piece], title_first: bool, organisation: str) -> dict[str, Tree]:
    if not parts:
        return {}
    if len(parts) == 1:
        firm = _leaning(parts[0].text) < 0
        return {organisation if firm else "position": _found(parts[0], 0.7)}
    title, firm_piece = (parts[0], parts[1]) if title_first else (parts[1], parts[0])
    sure = 0.9 if _leaning(title.text) > _leaning(firm_piece.text) else 0.65
    if _leaning(title.text) < 0 < _leaning(firm_piece.text):
        title, firm_piece, sure = firm_piece, title, 0.6
    return {"position": _found(title, sure), organisation: _found(firm_piece, sure)}


def _dates(entry: Entry) -> dict[str, Tree]:
    if entry.dates is None or entry.dated is None:
        return {}
    dates, block = entry.dates, entry.dated
    source = block.found(block.text[dates.first : dates.last]).source
    sure = 0.9 if dates.sure else 0.5
    made: dict[str, Tree] = {"startDate": Found(dates.start, source, sure)}
    if dates.end or dates.single:
        made["endDate"] = Found(dates.end or dates.start, source, sure if dates.end else 0.5)
    return made


def _body(blocks: list[Block], prose: str, described: Tree | None) -> dict[str, Tree]:
    """List items are highlights. One paragraph is prose; several paragraphs without items are highlights."""
    blocks = [block for block in blocks if not _TASKS.match(block.text)]
    items = [block for block in blocks if block.item]
    rest = [block for block in blocks if not block.item]
    made: dict[str, Tree] = {}
    keywords = [block for block in rest if _COLON.match(block.text)]
    rest = [block for block in rest if block not in keywords]
    if rest and (items or len(rest) == 1) and not described:
        text = " ".join(block.text for block in rest)
        lines = tuple(line for block in rest for line in block.lines)
        made[prose] = Block(text, lines).found(confidence=0.8)
    elif rest and not described:
        items, rest = rest, []
    elif rest:
        items = rest + items
    if items or keywords:
        made["highlights"] = [block.found(confidence=0.9 if block.item else 0.7) for block in (*items, *keywords)]
    return made


def _found(piece: Piece, confidence: float = 0.85) -> Found:
    return piece.block.found(piece.text, confidence)


SECTIONS: dict[str, Callable[[list[Entry]], list[Tree]]] = {"work": work, "volunteer": volunteer, "projects": projects}
