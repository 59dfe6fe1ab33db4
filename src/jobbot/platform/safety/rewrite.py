"""One pass over a parsed advert that writes a small HTML and the plain text beside it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from html import escape, unescape

from selectolax.lexbor import LexborHTMLParser, LexborNode

from jobbot.platform.safety.canonical import canonical_line
from jobbot.platform.safety.hidden import hidden_nodes, may_hide

BULLET = "• "
MAX_LISTS = 12
MAX_INLINE = 12
"""Lists in lists, and inline tags in inline tags, that are written; deeper ones keep their text."""


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_DROPPED = _names(
    "script style template noscript svg math iframe object embed applet canvas audio video map head title "
    "meta link base noembed noframes frameset frame xmp input select option optgroup textarea button "
    "datalist output progress meter param source track area portal"
)
_ACTIVE = frozenset(["script", "iframe", "object", "embed", "applet", "svg", "math", "frame", "portal"])
_HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
_BLOCKS = _names(
    "p div section article header footer main nav aside address figure figcaption blockquote dl dt dd pre "
    "center fieldset legend details summary table caption thead tbody tfoot tr form hgroup search dir "
    "menu plaintext listing"
)
_INLINE = frozenset({"strong", "em", "b", "i"})
_LISTS = frozenset({"ul", "ol"})
_CELLS = frozenset({"td", "th"})
_DIVIDING = _BLOCKS | {"p"}
"""Their start and their end do the same: end the line."""
_BARE = frozenset({"span", "font", "u", "small", "sub", "sup"})
"""Met often, and written without."""
_SPACE = re.compile(r"[^\S ]\s*| \s+")
_TOKEN = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-zA-Z:_-]+="[^"]*")*)>')
_LINKED = re.compile(r' href="([^"]*)"')
_WALKED = _DROPPED | {"dialog", "plaintext"}
"""Elements that need the walk: their text is no markup, is not shown, or not always."""
_VOID = frozenset({"br", "hr", "img", "wbr"})
_HREF = re.compile(r"(?:https?://[^\s]+|mailto:[^\s]+)", re.IGNORECASE)


class Rewriter:
    """`run()` fills `html` and `text`; both come from the same visible nodes in the same order.

    `without` is a table for `str.translate` of code points to leave out.
    """

    def __init__(self, tree: LexborHTMLParser, without: Mapping[int, None] | None = None) -> None:
        self._tree = tree
        self._without = without
        self._hidden: frozenset[int] = frozenset()
        self._out: list[str] = []
        self._lines: list[str] = []
        self._line: list[str] = []
        self._inline: list[tuple[str, str]] = []  # (tag, opening markup), open across blocks
        self._wrapper = ""  # the block element that the current line opened
        self._block = "p"
        self._items = 0
        self._lists = 0
        self._bullet = False
        self._space = True  # whether a blank would be redundant here
        self._hidden_characters = 0
        self._active: Counter[str] = Counter()

    @property
    def html(self) -> str:
        return "".join(self._out)

    @property
    def text(self) -> str:
        return "\n".join(self._lines)

    def notes(self) -> list[str]:
        """What was left out that a reader should know of."""
        notes = []
        if self._hidden_characters:
            notes.append(f"hidden text removed ({self._hidden_characters:,} characters)")
        if self._active:
            kinds = ", ".join(f"{tag} {count}" for tag, count in sorted(self._active.items()))
            notes.append(f"active content removed ({kinds})")
        return notes

    def run(self) -> None:
        """Read the tokens of a plain advert, else walk its tree; both write the same."""
        tokens = self._tokens()
        if tokens is None:
            self._walk()
        else:
            self._replay(tokens)
        self._end_line()

    def _tokens(self) -> list[str] | None:
        """Text, slash, tag, attributes, text ... of the parsed page written out; None where that cannot say all.

        It cannot where a `<` is no tag of this form (comments, odd attributes), an element's text is no markup, an
        attribute may hide something, or the head holds anything (scripts and style sheets begin there).
        """
        head, body = self._tree.head, self._tree.body
        html = body.html if body is not None and head is not None and head.first_child is None else None
        if html is None:
            return None
        tokens = _TOKEN.split(html)
        if html.count("<") != len(tokens) // 4 or not _WALKED.isdisjoint(tokens[2::4]):
            return None
        return None if any(map(may_hide, set(tokens[3::4]))) else tokens

    def _replay(self, tokens: list[str]) -> None:
        stream = iter(tokens[4:])  # without the start of the body itself
        if tokens[4]:
            self._text(_plain(tokens[4]))
        next(stream)
        for slash, tag, attributes, text in zip(stream, stream, stream, stream, strict=True):
            if tag in _DIVIDING:
                if self._wrapper:
                    self._end_line()
            elif tag in _BARE:
                pass
            elif slash:
                self._leave(tag)
            elif tag == "a":
                found = _LINKED.search(attributes)
                self._push("a", _link(unescape(found[1]) if found else ""))
            else:
                self._open(tag)
                if tag in _VOID:
                    self._leave(tag)
            if text:
                self._text(unescape(text) if "&" in text else text)

    def _walk(self) -> None:
        """Walk in document order, without recursion: depth is the sender's choice."""
        self._hidden = hidden_nodes(self._tree)
        self._active = Counter(node.tag or "" for node in self._tree.css(",".join(sorted(_ACTIVE))))
        root = self._tree.body or self._tree.root
        node = root.first_child if root is not None else None
        while node is not None and root is not None:
            child = self._enter(node)
            if child is not None:
                node = child
                continue
            while node is not None and node.next is None:
                node = node.parent
                if node is None or node.mem_id == root.mem_id:
                    node = None
                    break
                self._leave(node.tag or "")
            if node is not None:
                node = node.next

    def _enter(self, node: LexborNode) -> LexborNode | None:
        """Handle a node; its first child where the walk shall go down, else None (leaves are left at once)."""
        tag = node.tag or ""
        if node.is_text_node:
            self._text(node.text_content or "")
            return None
        if not node.is_element_node or tag in _DROPPED:
            return None
        if self._hidden and node.mem_id in self._hidden:
            self._hidden_characters += len(node.text(deep=True).strip())
            return None
        if tag == "a":
            self._push("a", _link(node.attributes.get("href") or ""))
        else:
            self._open(tag)
        child = node.first_child
        if child is None:
            self._leave(tag)
        return child

    def _open(self, tag: str) -> None:
        if tag == "p":
            self._end_line()
        elif tag == "br":
            self._break()
        elif tag == "li":
            self._end_line()
            self._items += 1
            self._bullet = True
            self._out.append("<li>")
        elif tag in _HEADINGS:
            self._end_line()
            self._block = _HEADINGS[tag]
        elif tag in _LISTS:
            self._end_line()
            self._lists += 1
            self._out.append(f"<{tag}>" if self._lists <= MAX_LISTS else "")
        elif tag in _INLINE:
            self._push(tag, f"<{tag}>" if len(self._inline) < MAX_INLINE else "")
        elif tag in _CELLS:
            self._cell()
        elif tag in _BLOCKS or tag == "hr":
            self._end_line()

    def _leave(self, tag: str) -> None:
        if tag == "p":
            self._end_line()
        elif tag in _INLINE or tag == "a":
            self._pop(tag)
        elif tag == "li":
            self._end_line()
            self._items -= 1
            self._bullet = False
            self._out.append("</li>")
        elif tag in _LISTS:
            self._end_line()
            self._out.append(f"</{tag}>" if self._lists <= MAX_LISTS else "")
            self._lists -= 1
        elif tag in _HEADINGS:
            self._end_line()
            self._block = "p"
        elif tag in _BLOCKS:
            self._end_line()

    def _text(self, text: str) -> None:
        if self._without:
            text = text.translate(self._without)
        if "  " in text or not text.isprintable():
            text = _SPACE.sub(" ", text)
        if self._space:
            text = text.lstrip(" ")
        if not text:
            return
        if not self._line:
            self._begin_line()
        self._line.append(text)
        self._out.append(escape(text, quote=False) if "&" in text or "<" in text or ">" in text else text)
        self._space = text.endswith(" ")

    def _begin_line(self) -> None:
        """Open the block of the line about to be written, and again the inline tags still open."""
        if not self._wrapper:
            self._wrapper = "br" if self._items and self._block == "p" else self._block
            if self._wrapper != "br":
                self._out.append(f"<{self._wrapper}>")
            elif not self._bullet:
                self._out.append("<br>")
            if self._inline:
                self._out.extend(opening for _, opening in self._inline)
        if self._bullet:
            self._line.append(BULLET)
            self._bullet = False

    def _break(self) -> None:
        """A <br>: a new line of text inside the same block."""
        if self._line:
            self._out.append("<br>")
        self._end_text()

    def _end_text(self) -> None:
        if self._line:
            if line := "".join(self._line).rstrip(" "):
                self._lines.append(line)
            self._line.clear()
            self._space = True

    def _end_line(self) -> None:
        if not self._wrapper:  # no line without one
            return
        self._end_text()
        if self._inline:
            self._out.extend(f"</{tag}>" for tag, opening in reversed(self._inline) if opening)
        if self._wrapper != "br":
            self._out.append(f"</{self._wrapper}>")
        self._wrapper = ""
        if not self._items:
            self._out.append("\n")

    def _cell(self) -> None:
        if self._line:
            self._text(" | ")

    def _push(self, tag: str, opening: str) -> None:
        self._inline.append((tag, opening))
        if self._wrapper:
            self._out.append(opening)

    def _pop(self, tag: str) -> None:
        if self._inline and self._inline[-1][0] == tag:
            _, opening = self._inline.pop()
            if self._wrapper and opening:
                self._out.append(f"</{tag}>")


def _plain(written: str) -> str:
    return unescape(written) if "&" in written else written


def _link(href: str) -> str:
    """Only absolute web and mail addresses stay; other links become plain text."""
    href = canonical_line(href.strip())
    return f'<a href="{escape(href)}">' if _HREF.fullmatch(href) else ""
