"""Puts the built web app into the wheel and the source package, where there is one; an editable install needs none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PAGES = Path("web/out")
INSIDE = {"wheel": "jobbot/delivery/api/static", "sdist": PAGES.as_posix()}


class WebApp(BuildHookInterface):
    """Names each file of `web/out` for the package. Without them a wheel has the command line and the API alone."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        folder = Path(self.root) / PAGES
        if not (folder / "index.html").is_file():
            self.app.display_warning(f"{PAGES} is not built: the package will have no pages (./run wheel builds both)")
            return
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".map":
                inside = f"{INSIDE[self.target_name]}/{path.relative_to(folder).as_posix()}"
                build_data["force_include"][str(path)] = inside
