"""Other people's CVs as LinkedIn would hand them out, read back field by field: no line was written for the reader."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from evals import cv_import, cv_layouts, cvs

from jobbot.features.profile.importer import Imported, read_bytes

from .samples import NAME, files_of, packed

OWN = [cvs.NURSE, cvs.ANALYST, cvs.SCHOLAR, cvs.TECHNIKER, cvs.JOINER]
CERTAIN = ("name", "roles", "dates", "bullets", "education")


def compared(imported: Imported, truth: dict[str, Any], kinds: tuple[str, ...]) -> None:
    want, have = cv_import.fields(truth), cv_import.fields(imported.resume)
    for kind in kinds:
        assert want[kind] == have[kind], (kind, want[kind] - have[kind], have[kind] - want[kind])


def check_both(truth: dict[str, Any]) -> None:
    archive = read_bytes(packed(files_of(truth)), NAME)
    compared(archive, truth, (*CERTAIN, "skills", "certificates"))
    assert archive.unsure == ()
    name, data = cv_layouts.linkedin(truth)
    paper = read_bytes(data, name)
    assert paper.kind == "linkedin-pdf"
    compared(paper, truth, CERTAIN)
    unsure = {read.wording for read in paper.unsure}
    names = {item["name"] for item in truth.get("certificates", [])}
    for item in paper.resume.get("certificates", []):
        assert item["name"] in names | unsure, "a certificate cut in two is unsure"


@pytest.mark.parametrize("truth", OWN, ids=lambda truth: truth["basics"]["name"])
def test_people_of_our_own(truth: dict[str, Any]) -> None:
    check_both(truth)


def test_judged_candidates(shared: Path) -> None:
    for path in sorted((shared / "data" / "judged" / "candidates").glob("*.json")):
        check_both(json.loads(path.read_text("utf-8")))
