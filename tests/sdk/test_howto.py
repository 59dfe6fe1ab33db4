"""The how-to's source is a source, and its test passes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from jobbot.sdk import BoardRef

PAGE = Path(__file__).parents[2] / "docs" / "howto" / "write-a-source.md"


def test_the_source_of_the_page_passes_the_kit() -> None:
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    names: dict[str, Any] = {"__name__": "howto"}
    for block in blocks:
        exec(compile(block, str(PAGE), "exec", dont_inherit=True), names)  # our own page, whose code is to be tried
    names["test_acme"]()
    assert names["SOURCE"].recognise("https://jobs.acme.example/demo/7") == BoardRef("acme", "demo")
