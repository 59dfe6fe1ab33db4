"""JSON answers, sent exactly as the slice made them."""

from __future__ import annotations

import json
from typing import Any

from starlette.responses import Response

JSON = "application/json"
PROBLEM = "application/problem+json"


class Reply(Response):
    """`data` as JSON, in the order of its keys; NaN is a bug and raises."""

    media_type = JSON

    def render(self, content: Any) -> bytes:
        return encoded(content)


def encoded(data: Any) -> bytes:
    """UTF-8 JSON without blanks."""
    return json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
