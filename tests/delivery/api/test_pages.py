"""The static pages: policies by the hashes of what stands in them, nothing but what was built, fair caching."""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from jobbot.bootstrap import App
from jobbot.delivery.api.app import create_app
from jobbot.delivery.api.pages import policy, read
from jobbot.features.accounts.model import Kind

from .conftest import ADDRESS, key

SCRIPT = 'self.__next_f.push([1,"é\\n"])'
PAGE = f"""<!DOCTYPE html><html><head><style>body{{margin:0}}</style><script src="/a.js" async=""></script></head>
<body style="color:red" data-style="x"><p style='top:1px &amp; x'></p><script id="x">{SCRIPT}</script></body></html>"""


def hashed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    for name, text in {
        "index.html": PAGE,
        "404.html": "<!doctype html><h1>There is no such page</h1>",
        "import/index.html": "<!doctype html><h1>Import</h1>",
        "about.html": "<!doctype html><h1>About</h1>",
        "_next/static/chunks/a1b2.js": "console.log(1);" * 100,
        "icon.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    (tmp_path / "secret.txt").write_text("outside")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    return folder


@pytest.fixture
def site(program: App, built: Path) -> Iterator[TestClient]:
    with TestClient(create_app(program, folder=built), base_url=ADDRESS) as client:
        yield client


def directives(page: str) -> dict[str, str]:
    return {part.split()[0]: part.strip() for part in policy(page).split(";")}


def test_inline_parts_are_allowed_by_their_hash_alone() -> None:
    told = directives(PAGE)
    assert told["script-src"] == f"script-src 'self' {hashed(SCRIPT)}"
    for part in ("body{margin:0}", "color:red", "top:1px & x"):
        assert hashed(part) in told["style-src"]
    assert "'unsafe-inline'" not in policy(PAGE)
    assert told["require-trusted-types-for"] == "require-trusted-types-for 'script'"
    assert told["trusted-types"] == "trusted-types default"
    assert told["default-src"] == "default-src 'none'"
    assert told["frame-ancestors"] == "frame-ancestors 'none'"
    assert "unsafe" not in policy("<!doctype html><script src=x></script>")


def test_another_script_has_another_policy() -> None:
    assert policy(PAGE) != policy(PAGE.replace("push", "pull"))


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/", "__next_f"),
        ("/index.html", "__next_f"),
        ("/import", "Import"),
        ("/import/", "Import"),
        ("/about", "About"),
    ],
)
def test_pages_by_their_address(address: str, words: str, site: TestClient) -> None:
    answer = site.get(address)
    assert answer.status_code == 200
    assert words in answer.text
    assert answer.headers["content-type"].startswith("text/html")
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-cache"
    again = site.get(address, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["content-security-policy"] == answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "address",
    [
        "/nope",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/link.txt",
        "/_next/",
        "/import/index",
        "/..%2fsecret.txt",
    ],
)
def test_nothing_else_is_served(address: str, site: TestClient) -> None:
    answer = site.get(address)
    assert answer.status_code == 404
    assert "no such page" in answer.text
    assert "outside" not in answer.text


def test_hashed_files_are_kept_for_ever_and_sent_small(site: TestClient) -> None:
    small = site.get("/_next/static/chunks/a1b2.js", headers={"Accept-Encoding": "gzip"})
    assert small.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert small.headers["content-encoding"] == "gzip"
    assert int(small.headers["content-length"]) < 200
    plain = site.get("/_next/static/chunks/a1b2.js", headers={"Accept-Encoding": "identity"})
    assert plain.text == small.text == "console.log(1);" * 100
    assert small.headers["vary"] == "Accept-Encoding"
    assert gzip.decompress(read(None).get("x", _asset(plain.content)).small) == plain.content


def test_long_answers_of_the_api_are_sent_small(site: TestClient) -> None:
    small = site.get("/api/openapi.json", headers={"Accept-Encoding": "gzip"})
    plain = site.get("/api/openapi.json", headers={"Accept-Encoding": "identity"})
    assert small.headers["content-encoding"] == "gzip"
    assert int(small.headers["content-length"]) * 4 < int(plain.headers["content-length"])
    assert small.json() == plain.json()
    assert "content-encoding" not in site.get("/api/v1/health", headers={"Accept-Encoding": "gzip"}).headers


def _asset(data: bytes):  # type: ignore[no-untyped-def]
    from jobbot.delivery.api.pages import Asset

    return Asset(data, "text/javascript")


def test_a_page_is_not_changed_by_a_post(site: TestClient) -> None:
    answer = site.post("/", headers=key())
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_without_a_built_app_the_reason_is_said(anonymous: TestClient) -> None:
    answer = anonymous.get("/")
    assert answer.status_code == 404
    assert "./run demo" in answer.text


def test_over_a_public_address_the_cookie_is_bound_to_tls(program: App) -> None:
    web = create_app(program, public_url="https://jobs.example.org")
    with TestClient(web, base_url="http://127.0.0.1:8765") as client:
        link, _ = program.sessions.issue(Kind.LINK)
        own = {"Host": "jobs.example.org", "Origin": "https://jobs.example.org", **key()}
        answer = client.post("/api/v1/auth/session", json={"token": link}, headers=own)
        assert answer.status_code == 200, answer.text
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-jobbot=")
        assert "Secure" in cookie
        assert "Path=/" in cookie
        assert answer.headers["strict-transport-security"]
        assert client.get("/healthz", headers={"Host": "other.example.org"}).status_code == 403
