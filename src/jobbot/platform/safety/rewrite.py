"""One pass over a parsed advert that writes a small HTML and the plain text beside it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from html import escape

from selectolax.lexbor import LexborHTMLParser, LexborNode

from jobbot.platform.safety.canonical import canonical_line
from jobbot.platform.safety.hidden import hidden_nodes

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
_SPACE = re.compile(r"[^\S ]\s*| \s+")
_HREF = re.compile(r"(?:https?://[^\s]+|mailto:[^\s]+)", re.IGNORECASE)


class Rewriter:
    """`run()` fills `html` and `text`; both come from the same visible nodes in the same order.

    `without` is a table for `str.translate` of code points to leave out.
    """

    def __init__(self, tree: LexborHTMLParser, without: Mapping[int, None] | None = None) -> None:
        self._root = tree.body or tree.root
        self._without = without
        self._hidden = hidden_nodes(tree)
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
        self._active: Counter[str] = Counter(node.tag or "" for node in tree.css(",".join(sorted(_ACTIVE))))

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
        """Walk in document order, without recursion: depth is the sender's choice."""
        root = self._root
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
        self._end_line()

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
        self._open(tag, node)
        child = node.first_child
        if child is None:
            self._leave(tag)
        return child

    def _open(self, tag: str, node: LexborNode) -> None:
        if tag == "br":
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
        elif tag == "a":
            self._push("a", self._link(node))
        elif tag in _CELLS:
            self._cell()
        elif tag in _BLOCKS or tag == "hr":
            self._end_line()

    def _leave(self, tag: str) -> None:
        if tag in _INLINE or tag == "a":
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
        text = _SPACE.sub(" ", text.translate(self._without) if self._without else text)
        if self._space:
            text = text.lstrip(" ")
        if not text:
            return
        if not self._line:
            self._begin_line()
        self._line.append(text)
        self._out.append(escape(text, quote=False))
        self._space = text.endswith(" ")

    def _begin_line(self) -> None:
        """Open the block of the line about to be written, and again the inline tags still open."""
        if not self._wrapper:
            self._wrapper = "br" if self._items and self._block == "p" else self._block
            if self._wrapper != "br":
                self._out.append(f"<{self._wrapper}>")
            elif not self._bullet:
                self._out.append("<br>")
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
        self._end_text()
        if self._wrapper:
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

    @staticmethod
    def _link(node: LexborNode) -> str:
        """Only absolute web and mail addresses stay; other links become plain text."""
        href = canonical_line((node.attributes.get("href") or "").strip())
        return f'<a href="{escape(href)}">' if _HREF.fullmatch(href) else ""
