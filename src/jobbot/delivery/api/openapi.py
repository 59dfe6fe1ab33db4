"""Write `web/openapi.json`, from which the web app's client is made: `python -m jobbot.delivery.api.openapi`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from jobbot.bootstrap import App
from jobbot.delivery.api.app import create_app
from jobbot.settings import Settings

FILE = Path(__file__).resolve().parents[4] / "web" / "openapi.json"


def description() -> str:
    """The description of the API as it is committed; no data directory is touched."""
    web = create_app(App(Settings(home=Path("unused"))))
    return json.dumps(web.openapi(), ensure_ascii=False, indent=2) + "\n"


def main() -> int:
    """With --check only say whether the committed file is fresh; with --print write to the screen."""
    text = description()
    if "--print" in sys.argv:
        sys.stdout.write(text)
        return 0
    if "--check" in sys.argv:
        fresh = FILE.exists() and FILE.read_text("utf-8") == text
        sys.stdout.write("up to date\n" if fresh else "stale: run python -m jobbot.delivery.api.openapi\n")
        return int(not fresh)
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
