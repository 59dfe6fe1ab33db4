"""What of an HTML advert a person would not see: the way to smuggle words past a reader to a machine.

A sanitiser strips `style` and thereby makes hidden text visible; so hidden subtrees are found before. Judged are inline
styles, attributes, well-known class names, and the rules of `<style>` elements inside the advert itself.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from jobbot.platform.safety.css import Declarations, colour_of, declarations, hides, same_colour

_CANDIDATES = "[style],[hidden],[class],[color],dialog"
_CLASSES = frozenset({"sr-only", "visually-hidden", "screen-reader-text", "d-none", "hidden", "invisible"})
_BACKGROUND = ("background", "background-color")

_ATTRIBUTE = re.compile(r' ([a-zA-Z:_-]+)="([^"]*)"')
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_PRINT = re.compile(r"@(?:media\s+print|font-face|keyframes|page)[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_AT = re.compile(r"@[^{};]*[{;]")

MAX_RULES = 50
MAX_CSS = 20_000
MAX_CLIMB = 64


def hidden_nodes(tree: LexborHTMLParser) -> frozenset[int]:
    """The `mem_id`s of elements whose whole subtree a person would not see."""
    found = {node.mem_id for node in tree.css(_CANDIDATES) if _is_hidden(node)}
    for selector in _hiding_selectors(tree):
        try:
            found.update(node.mem_id for node in tree.css(selector))
        except (SelectolaxError, ValueError, RuntimeError):
            continue  # a selector the parser does not know hides nothing we could name
    return frozenset(found)


@lru_cache(maxsize=2048)
def may_hide(attributes: str) -> bool:
    """Whether an element with these attributes, as a parser writes them out, could be hidden. True where unsure."""
    for name, value in _ATTRIBUTE.findall(attributes):
        if name in ("hidden", "color"):
            return True
        if name == "class" and not _CLASSES.isdisjoint(unescape(value).lower().split()):
            return True
        if name == "style":
            style, hiding = _judged(unescape(value))
            if hiding or colour_of(style, ("color",)):
                return True
    return False


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    if "hidden" in attributes or (node.tag == "dialog" and "open" not in attributes):
        return True
    names = attributes.get("class")
    if names and not _CLASSES.isdisjoint(names.lower().split()):
        return True
    style, hiding = _judged(attributes.get("style") or "")
    return hiding or _unreadable(node, style, attributes.get("color") or "")


@lru_cache(maxsize=2048)
def _judged(style: str) -> tuple[Declarations, bool]:
    """A style attribute and whether it hides; adverts repeat the same few a hundred times."""
    parsed = declarations(style)
    return parsed, hides(parsed)


def _unreadable(node: LexborNode, style: Declarations, attribute: str) -> bool:
    """Text in the colour of its own background, or white where nothing around it has a background."""
    colour = colour_of(style, ("color",)) or same_colour(attribute)
    if not colour:
        return False
    own = colour_of(style, _BACKGROUND)
    return colour == own if own else colour == "#ffffff" and not _has_background(node)


def _has_background(node: LexborNode) -> bool:
    """Whether the element or one of the next elements above it has one; far below nobody can tell: yes."""
    parent: LexborNode | None = node
    for _ in range(MAX_CLIMB):
        if parent is None:
            return False
        attributes = parent.attributes
        if "bgcolor" in attributes or "background" in (attributes.get("style") or "").lower():
            return True
        parent = parent.parent
    return True


def _hiding_selectors(tree: LexborHTMLParser) -> list[str]:
    """Selectors of the advert's own style sheets whose rules hide."""
    sheets = "".join(node.text(deep=True)[:MAX_CSS] for node in tree.css("style")[:8])
    if not sheets:
        return []
    css = _AT.sub("", _PRINT.sub("", _COMMENT.sub("", sheets)))
    rules = [(selector.strip(), declarations(body)) for selector, body in _RULE.findall(css)]
    return [selector for selector, body in rules if selector and hides(body)][:MAX_RULES]
