"""Write the files and keep the records: plain ones for the user (0600), sealed ones and rows for the program."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jobbot.features.profile.model import Profile
from jobbot.features.sources.model import Posting
from jobbot.features.tailoring import docx, plain
from jobbot.features.tailoring.diff import diff
from jobbot.features.tailoring.model import Check, Fitted, Unit, UnitKind
from jobbot.features.tailoring.page import Made
from jobbot.features.tailoring.press import Press
from jobbot.features.tailoring.store import Document, DocumentStore
from jobbot.kernel.errors import InvalidInput
from jobbot.kernel.fact import Line
from jobbot.platform.storage import Artefacts, Records

FORMATS = ("pdf", "docx", "md", "txt")


@dataclass(frozen=True, slots=True)
class Bundle:
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


def write(bundle: Bundle, folder: Path, formats: Collection[str], press: Press) -> dict[str, Path]:
    """Write what was asked for into `folder` (0700); each file whole or not at all. Names as in the contract."""
    if unknown := [name for name in formats if name not in FORMATS]:
        raise InvalidInput(f"no format {unknown[0]!r}; there are: {', '.join(FORMATS)}")
    files, place, key = Artefacts(folder), {}, bundle.posting.id
    made = [("", f"resume_{key}", bundle.cv)] + (
        [("letter_", f"cover_letter_{key}", bundle.letter)] if bundle.letter else []
    )
    for prefix, stem, document in made:
        for name in FORMATS:
            if name in formats:
                place[prefix + name] = files.put(f"{stem}.{name}", _rendered(document, name, bundle))
    place["diff"] = files.put(
        f"diff_{key}.md", diff(bundle.base, bundle.cv.units, bundle.fitted.left_out, bundle.posting).encode()
    )
    place["provenance"] = files.put(f"provenance_{key}.json", _json(provenance(bundle)))
    place["build_log"] = files.put(f"build_log_{key}.txt", build_log(bundle).encode())
    return place


def keep(
    bundle: Bundle, files: dict[str, Path], store: DocumentStore | None, records: Records | None
) -> tuple[str, ...]:
    """Sealed copies first, then the rows: an orphan copy is tolerable, a row without its copy is not."""
    if store is None:
        return ()
    stamp = bundle.at.strftime("%Y%m%dT%H%M%S%f")
    documents = []
    for kind, name, made in (("cv", "pdf", bundle.cv), ("letter", "letter_pdf", bundle.letter)):
        if made is None:
            continue
        record = f"{kind}_{bundle.posting.id}_{stamp}.pdf"
        if records is not None:
            records.put(record, made.printed.data)
        documents.append(_document(bundle, kind, made, record, files.get(name)))
    if records is not None:
        records.put(f"provenance_{bundle.posting.id}_{stamp}.json", _json(provenance(bundle)))
    return store.save(documents, bundle.profile.user)


def provenance(bundle: Bundle) -> dict[str, Any]:
    """Every line with its proof, and the profile version the pointers lead into."""
    return {
        "posting_id": bundle.posting.id,
        "posting": {
            "title": bundle.posting.title,
            "company": bundle.posting.company,
            "url": bundle.posting.url,
            "attribution": bundle.posting.attribution,
            "content_hash": bundle.posting.content_hash,
        },
        "profile": {"persona": bundle.profile.persona, "version": bundle.profile.version},
        "template": bundle.template,
        "lines": [line.as_dict() for line in bundle.lines],
    }


def build_log(bundle: Bundle) -> str:
    """Figures of the run, without a word of the profile."""
    fitted = bundle.fitted
    rows = [
        ("made", bundle.at.isoformat(timespec="seconds")),
        ("posting", bundle.posting.id),
        ("profile", f"{bundle.profile.persona} version {bundle.profile.version}, {len(bundle.profile.facts)} facts"),
        ("template", f"{bundle.template}, {fitted.density}, {bundle.cv.page.paper}"),
        ("typst", version("typst")),
        ("chosen", f"{_entries(fitted.units)} entries, {len(fitted.left_out)} left out, {fitted.method} optimum"),
        ("page", f"{fitted.used:.1f} of {fitted.available:.1f} pt ({fitted.fill:.1%}), air {fitted.air:.2f} pt"),
        ("pages", f"{bundle.cv.printed.pages}" + (f", letter {bundle.letter.printed.pages}" if bundle.letter else "")),
        ("lines", f"{len(bundle.lines)} proven"),
        ("cv", f"sha256 {_sha(bundle.cv.printed.data)}"),
        *([("letter", f"sha256 {_sha(bundle.letter.printed.data)}")] if bundle.letter else []),
        ("seconds", f"{bundle.seconds:.3f}"),
        *(
            (f"check {'ok' if check.passed else 'FAILED'}", f"{check.name}: {check.detail}")
            for check in _bare(bundle.checks)
        ),
        *(("note", note) for note in bundle.notes),
    ]
    return "".join(f"{name:<13}{value}\n" for name, value in rows)


def _bare(checks: Sequence[Check]) -> list[Check]:
    """Checks without the words they quote."""
    return [Check(check.name, check.passed, check.detail.split(";")[0]) for check in checks]


def _rendered(made: Made, name: str, bundle: Bundle) -> bytes:
    if name == "pdf":
        return made.printed.data
    if name == "docx":
        return docx.document(made.units, made.page, bundle.at)
    return (plain.markdown(made.units) if name == "md" else plain.text(made.units)).encode()


def _document(bundle: Bundle, kind: str, made: Made, record: str, path: Path | None) -> Document:
    return Document(
        posting_id=bundle.posting.id,
        kind=kind,
        template=bundle.template,
        persona=bundle.profile.persona,
        profile_version=bundle.profile.version,
        pages=made.printed.pages,
        sha256=_sha(made.printed.data),
        record=record,
        created_at=bundle.at,
        build_log=build_log(bundle),
        artefact=path or Path(),
        lines=tuple(line for unit in made.units for line in unit.lines),
    )


def _entries(units: Sequence[Unit]) -> int:
    return sum(unit.kind in (UnitKind.BULLET, UnitKind.ROW, UnitKind.ROLE) for unit in units)


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
