"""HTML from outside becomes a small safe HTML and a plain text with offsets that hold still.

Order: parse (lexbor) -> leave out what a person would not see -> write it anew with a dozen tags, and the text in the
same pass -> canonical text -> nh3 with a strict allowlist as the fence. The text has one block per line, list items as
lines that begin with a bullet. The same input always gives the same output.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

import nh3
from selectolax.lexbor import LexborHTMLParser

from jobbot.platform.safety.canonical import CanonicalText, canonical_text, invisible, repaired
from jobbot.platform.safety.nesting import shallow
from jobbot.platform.safety.rewrite import BULLET, Rewriter

TAGS = {"p", "br", "ul", "ol", "li", "strong", "em", "b", "i", "h2", "h3", "h4", "a"}
ATTRIBUTES = {"a": {"href"}}
SCHEMES = {"https", "http", "mailto"}
REL = "noopener noreferrer nofollow ugc"

MAX_HTML = 400_000
"""Most code points of HTML that are looked at; a board's advert has some 5,000."""

_SURROGATE = b"\xed"
"""How lone surrogates begin where they are written out, and some letters of Korean."""
_HALF = re.compile("[\ud800-\udfff]")
_C1 = re.compile(rb"\xc2[\x80-\x9f]")
"""The controls that tell of text read wrongly, in UTF-8."""

_EMOJI_SIGN = "\ufe0f"
"""Draws the character before it in colour: the one invisible sign that a tenth of all adverts hold."""
_ALONE = re.compile(rf"(?<![^\s>]){_EMOJI_SIGN}")
"""One that follows no character of the same piece of text."""

_HOLLOW = re.compile(rf"^(?:{BULLET.strip()})?\n|\n(?:{BULLET.strip()})?(?=\n|$)")
"""A line that is empty once its characters were judged."""

_CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    url_schemes=SCHEMES,
    link_rel=REL,
    clean_content_tags={"script", "style", "template", "svg", "math", "iframe", "noscript"},
)

_WORDS = {
    "bidi": "direction mark",
    "blank_letter": "blank letter",
    "control": "control",
    "format": "format",
    "private_use": "private use",
    "surrogate": "half character",
    "tag": "tag",
    "unassigned": "unassigned",
    "variation_selector": "variation selector",
    "zero_width": "zero width",
}
_HARMLESS = frozenset({"variation_selector", "format", "zero_width"})
"""Kinds that honest adverts hold by the way (emoji, soft hyphens, word joiners) when there are few of them."""
_FEW = 20


@dataclass(frozen=True, slots=True)
class Clean:
    """Safe HTML, plain text (canonical; offsets are code points) and what was left out, in words."""

    html: str
    text: str
    notes: tuple[str, ...] = ()


def clean(html: str) -> Clean:
    """Sanitise an HTML fragment or page. Never raises on any string; time is linear in its length."""
    whole, deep = shallow(html[:MAX_HTML])
    tree = LexborHTMLParser(_encodable(whole))
    seen = Rewriter(tree)
    seen.run()
    text = canonical_text(seen.text)
    notes = (*_cut_notes(len(html) - MAX_HTML, deep), *seen.notes(), *_invisible_notes(text))
    if text.text == seen.text:
        return Clean(_fence(seen.html), text.text, notes)
    if _EMOJI_SIGN in seen.text and not _ALONE.search(seen.html) and text.text == seen.text.replace(_EMOJI_SIGN, ""):
        plain = canonical_text(seen.html.replace(_EMOJI_SIGN, ""), MAX_HTML)
        return Clean(_fence(plain.text), text.text, notes)
    return _second_pass(tree, seen.text, notes)


def _second_pass(tree: LexborHTMLParser, seen: str, notes: tuple[str, ...]) -> Clean:
    """The rare advert with odd characters: leave them out first, so that no line stays that only they filled."""
    rewriter = Rewriter(tree, invisible(seen))
    rewriter.run()
    text = _HOLLOW.sub("", canonical_text(rewriter.text).text)
    return Clean(_fence(canonical_text(rewriter.html, MAX_HTML).text), text, notes)


def from_text(plain: str) -> Clean:
    """The same for plain text: paragraphs are divided by blank lines, lines kept."""
    text = canonical_text(plain)
    paragraphs = [escape(part, quote=False).replace("\n", "<br>") for part in text.text.split("\n\n")]
    html = "\n".join(f"<p>{part}</p>" for part in paragraphs if part)
    return Clean(_fence(html), text.text, tuple(_invisible_notes(text)))


def _encodable(html: str) -> str:
    """Without lone surrogates and NUL, which the parser's UTF-8 cannot carry."""
    if html.isascii():
        return html.replace("\x00", "")
    written = html.encode("utf-8", "surrogatepass")
    if _SURROGATE in written and _HALF.search(html):
        html = _HALF.sub("", html)
    whole = html.replace("\x00", "")
    return repaired(whole) if _C1.search(written) else whole


def _fence(html: str) -> str:
    return _CLEANER.clean(html)


def _cut_notes(long: int, deep: int) -> list[str]:
    notes = [f"cut: {long:,} characters of HTML beyond {MAX_HTML:,} left out"] if long > 0 else []
    return [*notes, f"cut: {deep:,} characters of HTML nested too deep left out"] if deep else notes


def _invisible_notes(text: CanonicalText) -> list[str]:
    notes = []
    seen = {kind: count for kind, count in text.stripped.items() if kind != "cut"}
    telling = {k: n for k, n in seen.items() if k not in _HARMLESS or n > _FEW}
    if telling:
        kinds = ", ".join(f"{_WORDS[kind]} {count:,}" for kind, count in sorted(telling.items()))
        notes.append(f"invisible characters removed ({kinds})")
    if cut := text.stripped.get("cut"):
        notes.append(f"cut: {cut:,} characters of text left out")
    return notes
