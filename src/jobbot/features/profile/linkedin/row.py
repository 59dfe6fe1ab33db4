"""One row of a sheet while it becomes an entry: leaves with their source, and words about what could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from jobbot.features.profile import dates
from jobbot.features.profile.linkedin import values
from jobbot.features.profile.linkedin.table import Cell, Row, Table
from jobbot.features.profile.understanding.found import NOWHERE, Found, Source, Tree

SURE = 0.98
GUESSED = 0.5
NOTHING = Found("", NOWHERE)
MAX_CHARACTERS = 300_000
"""Of all values together; a CV has some ten thousand."""


@dataclass(slots=True)
class Spoken:
    """What the person is told: `notes`, and `unused` for values that no field of a JSON Resume fits."""

    notes: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    left: int = MAX_CHARACTERS


@dataclass(frozen=True, slots=True)
class Entry:
    """A row and the file it stands in."""

    file: str
    row: Row
    spoken: Spoken

    def text(self, column: str) -> str:
        return self._value(column)[0]

    def leaf(self, column: str, text: str = "", sure: float = SURE) -> Found:
        """The value of a column as a leaf, or `text` that was taken from it; empty when there is none."""
        value, known = self._value(column)
        cell = self.row.cells.get(column)
        if cell is None or not value:
            return NOTHING
        return Found(text or value, self.source(column, cell), min(sure, known))

    def source(self, column: str, cell: Cell, below: int = 0) -> Source:
        return Source(None, cell.start, cell.end, self.file, cell.line + below, column)

    def day(self, column: str) -> Found:
        """A partial date; what is no date is named and left out."""
        text = self.text(column)
        found = values.date(text) if text else None
        if text and found is None:
            self.say(f"{column} “{_short(text)}” is no date that can be read; it was left out")
        if found is None or not found[0]:
            return NOTHING
        return self.leaf(column, found[0], SURE if found[1] else GUESSED)

    def span(self, start: str, end: str) -> dict[str, Tree]:
        """`startDate` and `endDate`. An end before its start is two dates that cannot both be true: none is kept.
        An end that cannot be read is not the same as none, so the start goes too rather than claim a running job."""
        first, last = self.day(start), self.day(end)
        if first.value and last.value and dates.before(last.value, first.value):
            self.say(f"{end} {last.value} is before {start} {first.value}; both were left out")
            return {}
        unread = bool(self.text(end)) and not last.value and values.date(self.text(end)) is None
        if unread and first.value:
            self.say(f"{start} {first.value} was left out with it, so that nothing seems to go on that may have ended")
            return {}
        return {"startDate": first, "endDate": last}

    def told(self, column: str, prose: str) -> dict[str, Tree]:
        """A description: its paragraphs under `prose`, its bullets as highlights, each with the line it stands in."""
        cell = self.row.cells.get(column)
        text, sure = self._value(column)
        if cell is None or not text:
            return {}
        paragraphs, bullets = values.story(text)
        if len(bullets) > values.MAX_BULLETS:
            self.say(f"{column}: only the first {values.MAX_BULLETS} of {len(bullets):,} bullets were read")
            bullets = bullets[: values.MAX_BULLETS]
        made: dict[str, Tree] = {}
        if paragraphs:
            source = self.source(column, cell, paragraphs[0].line)
            made[prose] = Found("\n".join(part.text for part in paragraphs), source, sure)
        if bullets:
            made["highlights"] = [Found(part.text, self.source(column, cell, part.line), sure) for part in bullets]
        return made

    def unused(self, column: str) -> None:
        if text := self.text(column):
            self.spoken.unused.append(f"{column}: {_short(text)} ({self.file}, line {self.row.line})")

    def say(self, words: str) -> None:
        self.spoken.notes.append(f"{self.file}, line {self.row.line}: {words}")

    def _value(self, column: str) -> tuple[str, float]:
        """The text of a cell and how sure it is: less where the row was short or the text had to be mended."""
        cell = self.row.cells.get(column)
        if cell is None:
            return "", SURE
        text = values.clean(cell.text)
        if whole := values.mended(text):
            return values.clean(whole), GUESSED
        return text, GUESSED if self.row.short else SURE


def entries(table: Table | None, spoken: Spoken, *needs: str) -> Iterator[Entry]:
    """The rows that have one of the needed columns and say something new; the others are named."""
    seen: dict[tuple[tuple[str, str], ...], int] = {}
    for row in table.rows if table else ():
        entry = Entry(table.file if table else "", row, spoken)
        spoken.left -= sum(len(cell.text) for cell in row.cells.values())
        if spoken.left < 0:
            entry.say("not read, nor the rows after it: a CV is far shorter")
            return
        said = tuple(sorted((name, entry.text(name).casefold()) for name in row.cells if entry.text(name)))
        if not any(entry.text(name) for name in needs):
            entry.say(f"not read: it has no {' and no '.join(needs)}")
        elif said in seen:
            entry.say(f"not read: it says the same as line {seen[said]}")
        else:
            seen[said] = row.line
            yield entry


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 80 else flat[:79] + "…"
