"""Make the pictures of the README from the demo: `python docs/pictures.py`.

`docs/images/demo.svg` is the terminal, `docs/images/cv.png` and `docs/images/letter.png` the pages of the best posting.
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
from pathlib import Path

import pypdfium2
from rich.console import Console

from jobbot import settings
from jobbot.delivery.demo.run import DemoRun, run
from jobbot.delivery.demo.show import show
from jobbot.kernel.clock import SystemClock
from jobbot.kernel.report import silent

IMAGES = Path(__file__).parent / "images"
WIDTH = 104
SCALE = 1.5


def terminal(result: DemoRun) -> str:
    """The demo's answer as SVG, without the fonts that rich would fetch from elsewhere."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    show(result, console)
    drawn = console.export_svg(title="jobbot demo").replace(str(result.home), "~/.local/share/jobbot/demo")
    return re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.S)


def page(pdf: str, target: Path) -> None:
    document = pypdfium2.PdfDocument(pdf)
    document[0].render(scale=SCALE).to_pil().save(target, optimize=True)


def main() -> int:
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        environment = {"JOBBOT_KEK_FILE": f"{folder}/keys/kek", "JOBBOT_OFFLINE": "1"}
        result = run(settings.load(Path(folder) / "home", environment), SystemClock(), silent)
        (IMAGES / "demo.svg").write_text(terminal(result), "utf-8")
        page(result.documents["files"]["pdf"], IMAGES / "cv.png")
        page(result.documents["files"]["letter_pdf"], IMAGES / "letter.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
