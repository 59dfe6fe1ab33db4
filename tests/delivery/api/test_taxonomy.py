"""`/taxonomy`: a set is uploaded, used at once, and taken away again."""

from __future__ import annotations

import io
import zipfile

from starlette.testclient import TestClient
from tests.features.skills.imported.made import FOLDER, LABELS

from .conftest import key

ADDRESS = "/api/v1/taxonomy"


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, text in FOLDER.items():
            packed.writestr(name, text)
    return out.getvalue()


def test_a_whole_round(api: TestClient) -> None:
    before = api.get(ADDRESS).json()
    assert before["taxonomies"] == ["core"]
    file = {"file": ("esco.zip", archive())}
    dry = api.post(f"{ADDRESS}?set=esco&dry_run=true", files=file, headers=key())
    assert (dry.status_code, dry.json()["dry_run"]) == (200, True)
    assert api.get(ADDRESS).json() == before
    head = key()
    done = api.post(f"{ADDRESS}?set=esco", files=file, headers=head)
    assert (done.status_code, done.json()["changed"]) == (200, True)
    assert api.post(f"{ADDRESS}?set=esco", files=file, headers=head).json() == done.json()
    after = api.get(ADDRESS).json()
    assert after["taxonomies"] == ["core", "esco"]
    assert after["skills"] == before["skills"] + 6
    assert api.delete(f"{ADDRESS}?set=esco", headers=key()).json() == {"removed": "esco"}
    assert api.get(ADDRESS).json() == before
    assert api.delete(f"{ADDRESS}?set=esco", headers=key()).status_code == 404


def test_what_cannot_be_read_is_named(api: TestClient) -> None:
    wrong = {"file": ("labels.csv", LABELS.replace(",", ";").encode())}
    answer = api.post(f"{ADDRESS}?set=esco", files=wrong, headers=key())
    assert answer.status_code == 422
    assert answer.json()["errors"][0] | {"fix": ""} == {
        "file": "labels.csv",
        "line": 1,
        "pointer": None,
        "problem": "the columns are separated by semicolons",
        "fix": "",
    }
    assert api.post(f"{ADDRESS}?set=wikidata", files=wrong, headers=key()).status_code == 422
