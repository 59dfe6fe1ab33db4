"""Write the files and keep the records: plain ones for the user (0600), sealed ones and rows for the program."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jobbot.features.profile.model import Profile
from jobbot.features.sources.model import Posting
from jobbot.features.tailoring import docx, plain
from jobbot.features.tailoring.diff import diff
from jobbot.features.tailoring.model import Check, Fitted, Unit, UnitKind
from jobbot.features.tailoring.press import Press
from jobbot.features.tailoring.store import Document, DocumentStore
from jobbot.kernel.errors import InvalidInput
from jobbot.kernel.fact import Line
from jobbot.platform.storage import Artefacts, Records

if TYPE_CHECKING:
    from jobbot.features.tailoring.tailor import Made

FORMATS = ("pdf", "docx", "md", "txt")


@dataclass(frozen=True, slots=True)
class Job:
    """Everything one tailoring made."""

    profile: Profile
    posting: Posting
    template: str
    fitted: Fitted
    cv: Made
    letter: Made | None
    base: tuple[Unit, ...]
    checks: tuple[Check, ...]
    notes: tuple[str, ...]
    at: datetime
    seconds: float

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines, CV first, in reading order."""
        units = self.cv.units + (self.letter.units if self.letter else ())
        return tuple(line for unit in units for line in unit.lines)


def write(job: Job, folder: Path, formats: Collection[str], press: Press) -> dict[str, Path]:
    """Write what was asked for into `folder` (0700); each file whole or not at all. Names as in the contract."""
    if unknown := [name for name in formats if name not in FORMATS]:
        raise InvalidInput(f"no format {unknown[0]!r}; there are: {', '.join(FORMATS)}")
    files, place, key = Artefacts(folder), {}, job.posting.id
    made = [("", f"resume_{key}", job.cv)] + ([("letter_", f"cover_letter_{key}", job.letter)] if job.letter else [])
    for prefix, stem, document in made:
        for name in FORMATS:
            if name in formats:
                place[prefix + name] = files.put(f"{stem}.{name}", _rendered(document, name, job))
    place["diff"] = files.put(f"diff_{key}.md", diff(job.base, job.cv.units, job.fitted.left_out, job.posting).encode())
    place["provenance"] = files.put(f"provenance_{key}.json", _json(provenance(job)))
    place["build_log"] = files.put(f"build_log_{key}.txt", build_log(job).encode())
    return place


def keep(job: Job, files: dict[str, Path], store: DocumentStore | None, records: Records | None) -> tuple[str, ...]:
    """Sealed copies first, then the rows: an orphan copy is tolerable, a row without its copy is not."""
    if store is None:
        return ()
    stamp = job.at.strftime("%Y%m%dT%H%M%S%f")
    documents = []
    for kind, name, made in (("cv", "pdf", job.cv), ("letter", "letter_pdf", job.letter)):
        if made is None:
            continue
        record = f"{kind}_{job.posting.id}_{stamp}.pdf"
        if records is not None:
            records.put(record, made.printed.data)
        documents.append(_document(job, kind, made, record, files.get(name)))
    if records is not None:
        records.put(f"provenance_{job.posting.id}_{stamp}.json", _json(provenance(job)))
    return store.save(documents, job.profile.user)


def provenance(job: Job) -> dict[str, Any]:
    """Every line with its proof, and the profile version the pointers lead into."""
    return {
        "posting_id": job.posting.id,
        "posting": {
            "title": job.posting.title,
            "company": job.posting.company,
            "content_hash": job.posting.content_hash,
        },
        "profile": {"persona": job.profile.persona, "version": job.profile.version},
        "template": job.template,
        "lines": [line.as_dict() for line in job.lines],
    }


def build_log(job: Job) -> str:
    """Figures of the run, without a word of the profile."""
    fitted = job.fitted
    rows = [
        ("made", job.at.isoformat(timespec="seconds")),
        ("posting", job.posting.id),
        ("profile", f"{job.profile.persona} version {job.profile.version}, {len(job.profile.facts)} facts"),
        ("template", f"{job.template}, {fitted.density}, {job.cv.page.paper}"),
        ("typst", version("typst")),
        ("chosen", f"{_entries(fitted.units)} entries, {len(fitted.left_out)} left out, {fitted.method} optimum"),
        ("page", f"{fitted.used:.1f} of {fitted.available:.1f} pt ({fitted.fill:.1%}), air {fitted.air:.2f} pt"),
        ("pages", f"{job.cv.printed.pages}" + (f", letter {job.letter.printed.pages}" if job.letter else "")),
        ("lines", f"{len(job.lines)} proven"),
        ("cv", f"sha256 {_sha(job.cv.printed.data)}"),
        *([("letter", f"sha256 {_sha(job.letter.printed.data)}")] if job.letter else []),
        ("seconds", f"{job.seconds:.3f}"),
        *(
            (f"check {'ok' if check.passed else 'FAILED'}", f"{check.name}: {check.detail}")
            for check in _bare(job.checks)
        ),
        *(("note", note) for note in job.notes),
    ]
    return "".join(f"{name:<13}{value}\n" for name, value in rows)


def _bare(checks: Sequence[Check]) -> list[Check]:
    """Checks without the words they quote."""
    return [Check(check.name, check.passed, check.detail.split(";")[0]) for check in checks]


def _rendered(made: Made, name: str, job: Job) -> bytes:
    if name == "pdf":
        return made.printed.data
    if name == "docx":
        return docx.document(made.units, made.page, job.at)
    return (plain.markdown(made.units) if name == "md" else plain.text(made.units)).encode()


def _document(job: Job, kind: str, made: Made, record: str, path: Path | None) -> Document:
    return Document(
        posting_id=job.posting.id,
        kind=kind,
        template=job.template,
        persona=job.profile.persona,
        profile_version=job.profile.version,
        pages=made.printed.pages,
        sha256=_sha(made.printed.data),
        record=record,
        created_at=job.at,
        build_log=build_log(job),
        artefact=path or Path(),
        lines=tuple(line for unit in made.units for line in unit.lines),
    )


def _entries(units: Sequence[Unit]) -> int:
    return sum(unit.kind in (UnitKind.BULLET, UnitKind.ROW, UnitKind.ROLE) for unit in units)


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
