"""The web app's own gates: rules, types, unit tests, import zones, and how much a browser must fetch first."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

WEB = Path(__file__).resolve().parents[2] / "web"
FIRST_LOAD_BYTES = 260_000
PAGES = sorted(path.relative_to(WEB / "out").as_posix() for path in (WEB / "out").rglob("*.html")) or ["index.html"]
_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>")
_SOURCE = re.compile(r'src="(?P<path>/[^"]+)"')
BAD_IMPORTS = {
    "src/lib/made-up.ts": "@/components/ui/button",
    "src/components/ui/made-up.ts": "@/features/jobs/rows",
    "src/features/jobs/made-up.ts": "@/features/documents/left-out",
    "src/features/session/made-up.ts": "@/app/providers",
}
LINT_TEXTS = """
import { ESLint } from "eslint";
const linter = new ESLint();
const found = {};
for (const [file, from] of Object.entries(JSON.parse(process.argv[1]))) {
  const text = `import * as one from "${from}";\\nexport default one;\\n`;
  const [answer] = await linter.lintText(text, { filePath: file });
  found[file] = answer.messages.map((message) => message.ruleId);
}
console.log(JSON.stringify(found));
"""


def tool(*words: str, seconds: int = 240) -> subprocess.CompletedProcess[str]:
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not installed")
    if not (WEB / "node_modules" / ".installed").exists():
        pytest.skip("the web app's packages are not installed (./run web)")
    return subprocess.run([node, *words], cwd=WEB, capture_output=True, text=True, timeout=seconds)


def passes(*words: str) -> None:
    done = tool(*words)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def test_rules() -> None:
    passes("node_modules/eslint/bin/eslint.js", ".", "--max-warnings", "0")


def test_types() -> None:
    passes("node_modules/typescript/bin/tsc", "--noEmit")


def test_units() -> None:
    passes("node_modules/vitest/vitest.mjs", "run", "--reporter=dot")


def test_imports_that_point_up_or_sideways_are_refused() -> None:
    done = tool("--input-type=module", "-e", LINT_TEXTS, json.dumps(BAD_IMPORTS))
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert set(found) == set(BAD_IMPORTS)
    assert all("import-x/no-restricted-paths" in rules for rules in found.values()), found


def built() -> Path:
    out = WEB / "out"
    if not (out / "index.html").exists():
        pytest.skip("the web app is not built (./run web)")
    return out


def first_scripts(page: str) -> set[str]:
    """Scripts that a modern browser fetches with the page."""
    tags = (match["attributes"] for match in _SCRIPT.finditer(page))
    found = (_SOURCE.search(tag) for tag in tags if "nomodule" not in tag.lower())
    return {match["path"] for match in found if match}


@pytest.mark.parametrize("name", PAGES)
def test_first_load_is_small(name: str) -> None:
    out = built()
    scripts = first_scripts((out / name).read_text("utf-8"))
    assert scripts
    size = sum(len(gzip.compress((out / path.lstrip("/")).read_bytes(), 9)) for path in scripts)
    assert size <= FIRST_LOAD_BYTES, f"{name}: {size} bytes of JavaScript, compressed"


@pytest.mark.parametrize("name", PAGES)
def test_pages_carry_no_inline_style_and_name_no_other_host(name: str) -> None:
    page = (built() / name).read_text("utf-8")
    assert "<style" not in page
    assert 'style="' not in page
    hosts = set(re.findall(r"""(?:src|href)=["'](?:https?:)?//([^/"']+)""", page))
    assert hosts == set()
