"""Own weights, employers and words over HTTP: kept whole, refused in words, felt by the next match."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from .conftest import key

ADDRESS = "/api/v1/preferences"
CHOSEN = {
    "points": {"pay": 10, "recency": 0},
    "employers": [{"name": "Tidewell Health", "blocked": True, "prestige": None}],
    "avoid": ["night shift"],
}


def test_what_is_put_is_what_counts(api: TestClient) -> None:
    before = api.get(ADDRESS).json()
    saved = api.put(ADDRESS, json=CHOSEN, headers=key())
    assert saved.status_code == 200, saved.text
    body = saved.json()
    assert (body["employers"], body["avoid"]) == (CHOSEN["employers"], CHOSEN["avoid"])
    own = {row["signal"]: row["own"] for row in body["weights"] if row["own"] is not None}
    assert own == CHOSEN["points"]
    assert sum(row["points"] for row in body["weights"]) == pytest.approx(100, abs=0.1)
    assert api.get(ADDRESS).json() == body
    matches = api.get("/api/v1/matches", params={"limit": 50}).json()["items"]
    assert matches
    assert not any(one["company"].startswith("Tidewell") for one in matches)
    assert api.put(ADDRESS, json={}, headers=key()).json() == before == api.get(ADDRESS).json()


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"points": {"pya": 3}}, "did you mean pay"),
        ({"avoid": ["  "]}, "a word or a phrase"),
        ({"employers": [{"name": " "}]}, "employer's name"),
    ],
)
def test_what_is_wrong_is_refused_in_words_and_nothing_is_kept(api: TestClient, body: object, says: str) -> None:
    before = api.get(ADDRESS).json()
    refused = api.put(ADDRESS, json=body, headers=key())
    assert refused.status_code == 422, refused.text
    assert says in refused.text
    assert api.get(ADDRESS).json() == before
