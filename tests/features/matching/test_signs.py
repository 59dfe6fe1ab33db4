"""What was seen of an advert's life stands in the match as in the posting, and changes no score."""

from __future__ import annotations

from datetime import UTC, datetime

from jobbot.features.matching.answers import MatchShape
from jobbot.features.matching.copies import noted
from jobbot.features.matching.model import Contribution, Match
from jobbot.features.sources.model import Posting
from jobbot.features.sources.signs.model import Sight, Sign
from jobbot.kernel.ids import PostingId, short_hash

POSTING = PostingId(short_hash("ashby", "1"))
SIGN = Sign(
    "reposted",
    "Posted 3 times in 120 days.",
    Sight("back on the board under another id", datetime(2026, 9, 1, tzinfo=UTC), POSTING),
    Sight("back on the board under another id", datetime(2026, 10, 1, tzinfo=UTC), POSTING),
)


def match() -> Match:
    posting = Posting(
        id=POSTING, source="ashby", board="linden", external_id="1", title="Nurse", company="Linden", content_hash="x"
    )
    return Match(posting, 20, 20, 0, False, (Contribution("title", 20, "the same"),))


def test_a_match_tells_the_signs_of_its_posting_with_their_evidence() -> None:
    told = noted(match(), {POSTING: (SIGN,)}).as_dict()
    assert told["signals"] == [SIGN.as_dict()]
    assert len(told["signals"][0]["evidence"]) == 2
    assert told["notes"] == ["seen of this advert: Posted 3 times in 120 days."]
    assert MatchShape.model_validate(told).signals[0].name == "reposted"
    assert told["score"] == match().score == sum(row["points"] for row in told["contributions"])


def test_nothing_seen_is_nothing_told() -> None:
    told = noted(match(), {"another": (SIGN,)}).as_dict()
    assert told["signals"] == []
    assert told["notes"] == []
