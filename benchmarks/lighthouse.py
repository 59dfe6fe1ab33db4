"""Lighthouse 12 on every page of the web app with the demo's data, as a desktop and as a phone: median of three."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from benchmarks.frame import Row, Skipped

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "web" / "out"
TOOL = ROOT / ".cache" / "lighthouse" / "node_modules" / "lighthouse" / "cli" / "index.js"
ROUNDS = 3
FORMS = ("desktop", "mobile")
TRIES = 3
CATEGORIES = ("performance", "accessibility", "best-practices")
METRICS = {
    "largest-contentful-paint": ("LCP", 1000, "s"),
    "total-blocking-time": ("TBT", 1, "ms"),
    "cumulative-layout-shift": ("CLS", 1, ""),
}
FLAGS = "--headless=new --disable-gpu --disable-dev-shm-usage --disable-background-networking"


@dataclass(frozen=True)
class Tools:
    """What is needed beside jobbot: Node, Chromium and the pinned Lighthouse."""

    node: str
    chromium: str

    @classmethod
    def find(cls) -> Tools:
        node = shutil.which("node")
        chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
        if node is None or chromium is None:
            raise Skipped("Node and Chromium are needed")
        if not TOOL.exists():
            raise Skipped("Lighthouse is not installed (./run bench lighthouse does it)")
        if not (PAGES / "index.html").exists():
            raise Skipped("the web app is not built (./run web)")
        return cls(node, chromium)


@dataclass(frozen=True)
class Site:
    """A server over the demo's data, with a session's cookie and the best posting."""

    base: str
    cookie: str
    best: str

    def pages(self) -> Iterator[tuple[str, str]]:
        """Every page of the export by its address, and the page of one posting."""
        for path in sorted(PAGES.rglob("index.html")):
            folder = path.parent.relative_to(PAGES).as_posix()
            if folder not in ("404", "_not-found"):
                yield f"/{folder}/".replace("/./", "/"), self.base + folder.removeprefix(".") + "/" * (folder != ".")
        yield "/?posting", f"{self.base}?posting={self.best}"


def run() -> list[Row]:
    tools = Tools.find()
    with served() as site:
        found = {
            (name, form): [audit(tools, site, url, form) for _ in range(ROUNDS)]
            for form in FORMS
            for name, url in site.pages()
        }
    rows = [_performance(name, form, results) for (name, form), results in found.items()]
    return [*rows, *(_least(category, found) for category in CATEGORIES[1:]), *_company()]


def _company() -> list[Row]:
    """What else ran: Lighthouse takes waiting for a core as work of the page, and multiplies it for phones."""
    if not hasattr(os, "getloadavg"):
        return []
    note = f"{os.cpu_count()} cores; above their number the page waits for others, and every figure above is too low"
    return [Row("load of the machine, last five minutes", os.getloadavg()[1], note=note)]


def _performance(name: str, form: str, results: list[dict[str, float]]) -> Row:
    score = statistics.median(result["performance"] for result in results)
    shown = (
        f"{short} {statistics.median(result[metric] for result in results) / unit:.3g} {word}".strip()
        for metric, (short, unit, word) in METRICS.items()
    )
    note = f"{', '.join(shown)}; {min(r['performance'] for r in results):.0f} at worst of {len(results)}"
    return Row(f"{name} {form}: performance", score, bar=">= 95", note=note)


def _least(category: str, found: dict[tuple[str, str], list[dict[str, float]]]) -> Row:
    scores = {key: statistics.median(result[category] for result in results) for key, results in found.items()}
    page, form = min(scores, key=lambda key: scores[key])
    note = f"{len(scores)} pages and forms" if scores[page, form] >= 100 else f"{page} {form}"
    return Row(f"{category}, least of all", scores[page, form], bar=">= 100", note=note)


def audit(tools: Tools, site: Site, url: str, form: str) -> dict[str, float]:
    """One run of Lighthouse: scores of 100 and the metrics' numbers."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    command = [tools.node, str(TOOL), url, "--quiet", "--output=json", f"--only-categories={','.join(CATEGORIES)}"]
    command += [f"--chrome-flags={FLAGS}{' --no-sandbox' * root}"]
    command += [f"--extra-headers={json.dumps({'Cookie': site.cookie})}"]
    command += ["--preset=desktop"] if form == "desktop" else []
    environment = {**os.environ, "CHROME_PATH": tools.chromium}
    for _ in range(TRIES):  # now and then Chromium's trace begins too late, and Lighthouse asks to be run again
        done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=180)
        if not done.returncode:
            break
    else:
        raise Skipped(f"Lighthouse failed: {done.stderr.strip()[-300:]}")
    report = json.loads(done.stdout)
    scores = {category: 100 * float(report["categories"][category]["score"]) for category in CATEGORIES}
    return scores | {metric: float(report["audits"][metric]["numericValue"]) for metric in METRICS}


@contextmanager
def served() -> Iterator[Site]:
    """The demo in a directory of its own. The first ranking is over: it builds the encoder's graph."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "JOBBOT_KEK_FILE": f"{folder}/kek", "JOBBOT_OFFLINE": "1"}
        command = [sys.executable, "-m", "jobbot", "--home"]
        done = subprocess.run([*command, folder, "demo", "--json"], env=environment, capture_output=True, check=True)
        demo = json.loads(done.stdout)
        serve = [*command, demo["home"], "serve", "--port", "0", "--json"]
        with subprocess.Popen(serve, env=environment, stdout=subprocess.PIPE, text=True) as process:
            try:
                site = _opened(_document(process), demo["matches"][0]["posting_id"])
                ask = Request(f"{site.base}api/v1/matches?limit=1", headers={"Cookie": site.cookie})
                urlopen(ask, timeout=120).read()
                yield site
            finally:
                process.terminate()


def _document(process: subprocess.Popen[str]) -> Any:
    text = ""
    for line in process.stdout or ():
        text += line
        if line.startswith("}"):
            return json.loads(text)
    raise Skipped("the server ended before it was ready")


def _opened(told: Any, best: str) -> Site:
    """A session, as a browser opens it with the one-time link."""
    base, _, token = told["link"].partition("#token=")
    headers = {"Content-Type": "application/json", "Origin": base.rstrip("/"), "Idempotency-Key": "lighthouse"}
    asked = Request(f"{base}api/v1/auth/session", data=json.dumps({"token": token}).encode(), headers=headers)
    with urlopen(asked, timeout=60) as answer:
        return Site(base, answer.headers["Set-Cookie"].split(";")[0], best)
