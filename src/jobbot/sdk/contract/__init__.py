"""The test kit that a plugin is held to; import it in the plugin's own tests.

`check_source` tries a recorded board in every way that a vendor may answer, `check_mutations` the same board with one
thing wrong at a time. What a source does not keep is a `Breach`, which says what was tried and what would be right.
"""

from jobbot.sdk.contract.mutate import check_mutations
from jobbot.sdk.contract.sources import Breach, Recorded, RecordedHttp, check_card, check_posting, check_source

__all__ = ["Breach", "Recorded", "RecordedHttp", "check_card", "check_mutations", "check_posting", "check_source"]
