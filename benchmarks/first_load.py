"""JavaScript and the rest that a page's first load sends, gzip, as the server sends it.

The method: the scripts, styles and fonts that stand in a built page's own HTML, each as `jobbot serve` compresses it.
Scripts marked `nomodule` are left out: no browser of the last eight years asks for them. What a page loads later, when
it is used, is not counted.
"""

from __future__ import annotations

import re
from pathlib import Path

from benchmarks.frame import Row, Skipped
from jobbot.delivery.api.pages import Asset, find, read

BAR = 260
_SCRIPT = re.compile(r"<script([^>]*)\ssrc=\"([^\"]+)\"([^>]*)>", re.I)
_LINKED = re.compile(r"<link[^>]*\shref=\"([^\"]+\.(?:css|woff2))[^\"]*\"", re.I)


def scripts(page: str) -> list[str]:
    """Addresses of the scripts a modern browser loads with the page."""
    found = [(before + after, address) for before, address, after in _SCRIPT.findall(page)]
    return list(dict.fromkeys(address for words, address in found if "nomodule" not in words.lower()))


def sent(assets: dict[str, Asset], addresses: list[str]) -> int:
    """Bytes: scripts, styles and pages go compressed, fonts are already."""
    files = [assets[address.partition("?")[0]] for address in addresses]
    return sum(len(file.data if file.kind.startswith("font/") else file.small) for file in files)


def run() -> list[Row]:
    folder = find()
    if folder is None:
        raise Skipped("the web app is not built (./run web)")
    assets = read(folder)
    return [
        _row(path, folder, assets) for path in sorted(folder.rglob("index.html")) if path.parent.name != "_not-found"
    ]


def _row(path: Path, folder: Path, assets: dict[str, Asset]) -> Row:
    page = path.read_text("utf-8")
    own = scripts(page)
    rest = list(dict.fromkeys(_LINKED.findall(page)))
    address = f"/{path.parent.relative_to(folder).as_posix()}/".replace("/./", "/")
    note = f"{len(own)} files; styles and fonts {sent(assets, rest) / 1000:.0f} kB more"
    return Row(f"{address} JavaScript, gzip", sent(assets, own) / 1000, bar=f"<= {BAR}", unit="kB", note=note)
