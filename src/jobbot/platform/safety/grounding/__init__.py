"""The verifier: whether a line says only what the facts it cites say. Pure functions over the kernel's facts and lines.

`verify` judges lines of kind `fact`, `verify_posting` quotes of a posting, `verify_frame` words of a template. All
return a `Verdict` with reasons; none raises on any input. What cannot be proven is refused: silence is no proof.
"""

from jobbot.platform.safety.grounding.model import Synonyms, Verdict
from jobbot.platform.safety.grounding.others import verify_frame, verify_posting
from jobbot.platform.safety.grounding.phrases import Equal
from jobbot.platform.safety.grounding.verify import verify

__all__ = ["Equal", "Synonyms", "Verdict", "verify", "verify_frame", "verify_posting"]
