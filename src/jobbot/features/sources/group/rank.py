"""Which of the copies of an advert stands for them: the employer's own board, then a feed, then what a person brought.

Of equals the one that came first. Pure.
"""

from __future__ import annotations

from jobbot.features.sources.model import Posting

BOARD, FEED, BROUGHT = range(3)


def rank_of(posting: Posting) -> int:
    """What a window or a search brings stands under the source's own name, what a feed at an address under that."""
    if posting.owner is not None:
        return BROUGHT
    feed = posting.board == posting.source or posting.board.startswith(("http://", "https://"))
    return FEED if feed else BOARD
