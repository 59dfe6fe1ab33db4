"""A bound on depth before a parser sees the HTML: scope checks make deep nesting cost the square of its depth."""

from __future__ import annotations

import re
from collections import Counter

MAX_DEPTH = 400
"""Elements open at once; honest pages stay below 60."""
FEW_TAGS = 1_500
"""With fewer tags than this depth cannot hurt."""

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,40})")
_FLAT_NAMES = (
    "p li br hr img input meta link wbr col base area embed source track dd dt option optgroup tr td th tbody thead "
    "tfoot param body html head"
)
_FLAT = frozenset(_FLAT_NAMES.split())
"""Elements that never stay open, or close their like."""


def shallow(html: str) -> tuple[str, int]:
    """`html` up to where more than MAX_DEPTH elements would be open, and how many characters were cut off."""
    if html.count("<") < FEW_TAGS:
        return html, 0
    is_open: Counter[str] = Counter()
    depth = 0
    for match in _TAG.finditer(html):
        name = match[2].lower()
        if name in _FLAT:
            continue
        if match[1]:
            if is_open[name]:
                is_open[name] -= 1
                depth -= 1
            continue
        is_open[name] += 1
        depth += 1
        if depth > MAX_DEPTH:
            return html[: match.start()], len(html) - match.start()
    return html, 0
