"""Sanitising: safe HTML, text with block structure, hidden words out before their style is gone."""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobbot.platform.safety.canonical import canonical_text
from jobbot.platform.safety.sanitise import clean, from_text

ALLOWED = {"p", "br", "ul", "ol", "li", "strong", "em", "b", "i", "h2", "h3", "h4", "a"}
CANARY = "CANARY"


def _fill(template: str) -> str:
    return template.replace("{{", "\x01").replace("}}", "\x02").replace("{}", CANARY).translate({1: "{", 2: "}"})


def test_blocks_become_lines() -> None:
    advert = (
        "<h1>Nurse</h1><div>Ward <b>7</b></div><div>Nights</div>"
        "<ul><li>One</li><li><p>Two</p><p>more</p></li></ul>after<br>break<table><tr><td>a</td><td>b</td></tr></table>"
    )
    result = clean(advert)
    assert result.text == "Nurse\nWard 7\nNights\n• One\n• Two\nmore\nafter\nbreak\na | b"
    assert "<h2>Nurse</h2>" in result.html
    assert "<li>One</li>" in result.html


def test_entities_are_decoded_once() -> None:
    assert clean("<p>R&amp;D &amp;lt;b&amp;gt; caf&eacute;</p>").text == "R&D &lt;b&gt; café"


def test_misread_utf8_is_read_rightly() -> None:
    assert clean("<p>we\u00e2\u0080\u0099re</p><p>\u00e2\u0080\u008b</p>").text == "we’re"


@pytest.mark.parametrize(
    ("html", "text", "kept"),
    [
        ("<p>I \u2764\ufe0f bread</p>", "I \u2764 bread", "<p>I \u2764 bread</p>"),
        ("<p>a <b>\ufe0f</b> c</p>", "a c", "<p>a <b></b>c</p>"),
        ("<p>\ufe0f</p><p>a\u200b\ufe0f</p>", "a", "<p>a</p>"),
        ("<ul><li>\u2764\ufe0f</li><li>\ufe0f</li></ul>", "\u2022 \u2764", "<ul><li>\u2764</li><li></li></ul>"),
    ],
)
def test_the_sign_that_colours_emoji_goes(html: str, text: str, kept: str) -> None:
    assert (clean(html).text, clean(html).html, clean(html).notes) == (text, kept, ())


def test_links_keep_only_absolute_addresses() -> None:
    html = clean('<a href="https://e.org/a?b=1&amp;c">x</a><a href="javascript:alert(1)">y</a><a href="/z">z</a>').html
    assert html.count("<a ") == 1
    assert 'rel="noopener noreferrer nofollow ugc"' in html


@pytest.mark.parametrize(
    "hiding",
    [
        '<p style="display:none">{}</p>',
        '<p style="DISPLAY : none !important">{}</p>',
        '<p style="dis/**/play:none">{}</p>',
        '<p style="d\\69splay:none">{}</p>',
        '<div style="visibility:hidden"><p><b>{}</b></p></div>',
        "<div hidden>{}</div>",
        '<span style="font-size:0">{}</span>',
        '<span style="font-size:0.0px;color:red">{}</span>',
        '<span style="font-size:1px">{}</span>',
        '<span style="font:0/0 a">{}</span>',
        '<span style="opacity:0">{}</span>',
        '<span style="opacity:.0">{}</span>',
        '<div style="position:absolute;left:-9999px">{}</div>',
        '<div style="text-indent:-9999em">{}</div>',
        '<div style="height:0;overflow:hidden">{}</div>',
        '<div style="position:absolute;clip:rect(0,0,0,0)">{}</div>',
        '<div style="clip-path:inset(50%)">{}</div>',
        '<div style="transform:scale(0)">{}</div>',
        '<span style="color:transparent">{}</span>',
        '<span style="color:rgba(0,0,0,0)">{}</span>',
        '<span style="color:#fff;background-color:#ffffff">{}</span>',
        '<span style="color:white">{}</span>',
        '<font color="#ffffff">{}</font>',
        '<p class="sr-only">{}</p>',
        "<style>.z{{display:none}}</style><p class=z>{}</p>",
        "<style>@media screen{{p>i.q{{opacity:0}}}}</style><p><i class=q>{}</i></p>",
        "<template><p>{}</p></template>",
        "<noscript>{}</noscript>",
        "<!-- {} -->",
        "<script>{}</script>",
        "<style>{}</style>",
        "<svg><text>{}</text></svg>",
        "<math><mtext>{}</mtext></math>",
        '<iframe srcdoc="{}">{}</iframe>',
        '<img alt="{}" src="https://e.org/{}">',
        '<p title="{}" data-x="{}" aria-label="{}"></p>',
        "<dialog>{}</dialog>",
        "<title>{}</title>",
        "<select><option>{}</option></select>",
        "<textarea>{}</textarea>",
    ],
)
def test_hidden_words_leave_no_trace(hiding: str) -> None:
    plain = clean("<p>before</p><p>after</p>")
    result = clean(
        "<p>before</p>" + hiding.replace("{}", CANARY).replace("{{", "{").replace("}}", "}") + "<p>after</p>"
    )
    assert CANARY not in result.html + result.text
    assert result.text == plain.text


@pytest.mark.parametrize(
    "visible",
    [
        '<p style="opacity:0.9">{}</p>',
        '<p style="font-size:10px">{}</p>',
        '<p style="display:block">{}</p>',
        '<p style="height:0">{}</p>',
        '<p style="text-indent:-10px">{}</p>',
        '<p style="margin-left:-20px">{}</p>',
        '<p style="color:#fff;background:#003366">{}</p>',
        '<div style="background:navy"><p style="color:white">{}</p></div>',
        '<p class="hidden-gem">{}</p>',
        "<style>@media print{{.z{{display:none}}}}</style><p class=z>{}</p>",
        "<details><summary>x</summary>{}</details>",
        "<form><p>{}</p></form>",
        "<p aria-hidden=true>{}</p>",
        "<unknown-tag>{}</unknown-tag>",
    ],
)
def test_visible_words_stay(visible: str) -> None:
    assert CANARY in clean(_fill(visible)).text


def test_notes_say_what_was_dropped() -> None:
    result = clean('<p>a\u202eb</p><p style="display:none">1234567890</p><script>x</script>')
    assert result.notes == (
        "hidden text removed (10 characters)",
        "active content removed (script 1)",
        "invisible characters removed (direction mark 1)",
    )
    assert clean("<p>All in sight.</p>").notes == ()


XSS = [
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='https://e.org/\" onmouseover=\"alert(1)'>x</a>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
    "<form action=javascript:alert(1)><input type=submit>",
    "<iframe src=javascript:alert(1)>",
    "<style>@import 'https://e.org/x.css'</style>",
    "<a download href=blob:https://e.org/1>x</a>",
    "<p style='background:url(https://e.org/t.gif)'>x</p>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<title><img src=x onerror=alert(1)></title>",
    "<<script>alert(1)//<</script>",
    "<b onclick=alert(1)>x</b>",
]


@pytest.mark.parametrize("payload", XSS)
def test_nothing_active_comes_out(payload: str) -> None:
    html = clean(f"<p>a</p>{payload}<p>b</p>").html
    assert set(re.findall(r"<([a-z0-9]+)", html)) <= ALLOWED
    attributes = re.findall(r"<[a-z0-9]+ ([^>]*)>", html)
    assert all(re.fullmatch(r'href="(https?|mailto):[^"]*" rel="[a-z ]+"', found) for found in attributes)


FRAGMENT = st.lists(
    st.sampled_from(["<p>", "</p>", "<li>", "<ul>", "</ul>", "<b>", "</b>", "<br>", "<div hidden>", "</div>", "<h2>"])
    | st.sampled_from(["<a href='https://e.org'>", "</a>", "<table>", "<td>", "<script>", "</script>", "&amp;", "&lt;"])
    | st.text("ab <>&\u200b\u00a0\n•", max_size=6)
    | st.text(max_size=6),
    max_size=25,
).map("".join)


@settings(max_examples=600, deadline=None)
@given(FRAGMENT)
def test_text_is_the_text_of_the_html(fragment: str) -> None:
    result = clean(fragment)
    assert canonical_text(result.text).text == result.text
    assert "\n\n" not in result.text
    stripped = re.sub(r"<[^>]*>", "", result.html)
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&amp;", "&")):
        stripped = stripped.replace(entity, char)
    assert re.sub(r"[\s•|]", "", stripped) == re.sub(r"[\s•|]", "", result.text)
    assert clean(fragment) == result


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_plain_text_survives_its_own_html(plain: str) -> None:
    result = from_text(plain)
    assert result.text == canonical_text(plain).text
    assert re.sub(r"\s", "", clean(result.html).text) == re.sub(r"\s", "", result.text)


HOSTILE = (
    "<div>|<b>|<p>x|<b><p>|<a>|<li>|<table>|<svg>|&amp;|<!--|<p style='display:none'>x|<div hidden>|\u200b|<font><p>|"
    "<i style='color:white'>|<select><option>|<x y='|<td>a|</p>|<style>a{display:none}</style><p>|<b><i><a><p>|"
    "<nobr><p>|<h2>|<ul><li>|\x00|\ud800<b>|<div></p>|<table><div>|<x>|<button><p>|<p><x>|<div></foo>|<svg><p>|<math><mi>|<br>|"
    "<a href='https://e.org/\u00e9'>x</a>|<h1><h2>|<!DOCTYPE x>|<p a=1 b=2>|\u0301|<i></b>|<form>|<applet><div>|<q>"
)


@pytest.mark.timeout(60)  # well under a second; what grows with the square would not come back
@pytest.mark.parametrize("unit", HOSTILE.split("|"))
def test_hostile_input_comes_back(unit: str) -> None:
    page = unit * (200_000 // len(unit))
    assert len(clean(page).text) <= 2 * len(page)


PAGES = {
    "scopes": "<x>" * 30_000 + "<div></div>" * 15_000,
    "attributes": "<p " + "a=1 " * 50_000 + ">x",
    "style": "<p style='" + "font:0 0;" * 20_000 + "'>x",
    "sheet": "<style>" + "a{b:c}" * 30_000 + "</style>x",
    "braces": "<style>" + "a{" * 60_000 + "</style>x",
    "brackets": "<" * 200_000,
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_hostile_pages_come_back(page: str) -> None:
    assert len(clean(page).text) <= 2 * len(page)


HIDINGS = (
    '<div style="display:none">{}</div>',
    '<span style="font-size:0">{}</span>',
    "<p hidden>{}</p>",
    "<!-- {} -->",
    '<p style="position:absolute;left:-9999px">{}</p>',
    "<template>{}</template>",
    '<a href="javascript:{}"></a>',
    '<img alt="{}" src="x">',
    "tags",
)
ADVERT = "<h2>Nurse</h2><p>We ask for triage.</p><ul><li>Nights</li></ul><p>Apply at https://example.org.</p>"


def attacks(shared: Path) -> list[str]:
    """Texts of the recorded prompt injections."""
    found: list[str] = []
    for file in sorted((shared / "data" / "injection" / "bipia").glob("*.json")):
        groups = json.loads(file.read_text("utf-8"))
        found += [text for texts in groups.values() for text in texts]
    return found


@pytest.mark.shared
@pytest.mark.parametrize("hiding", HIDINGS)
def test_hidden_injections_change_nothing(shared: Path, hiding: str) -> None:
    """What a model or a score sees of the advert is the same with the payload and without."""
    honest = clean(ADVERT)
    texts = attacks(shared)
    assert len(texts) >= 50
    for text in texts:
        if hiding == "tags":
            payload = "".join(chr(0xE0000 + ord(c)) for c in text if c.isascii())
        else:
            payload = hiding.replace("{}", escape(text).replace("--", ""))
        result = clean(ADVERT.replace("triage.", f"triage.{payload}"))
        assert result.text == honest.text
