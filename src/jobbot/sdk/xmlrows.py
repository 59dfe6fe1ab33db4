"""Read a vendor's XML answer row by row, as `rows` does for JSON: one bad row never sinks a feed.

An element becomes what its JSON would be: text, or an object of its children by their local names, a list where a name
repeats. Entities of a document's own and anything external are refused. An answer that is a web page, or ends in the
middle, is `Failed`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from jobbot.kernel.errors import Failed
from jobbot.sdk.http import Reply
from jobbot.sdk.rows import Rows, body_text
from jobbot.sdk.source import Rejected

MAX_DEPTH = 64
_PAGE = re.compile(rb"\s*(?:<!doctype html|<html)", re.IGNORECASE)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_ROOT = re.compile(r"<([A-Za-z_][\w.:-]*)[^<>]*>")
_NAMESPACE = re.compile(r"""\sxmlns(?::[\w.-]+)?\s*=\s*(?:"[^"<]*"|'[^'<]*')""")
_ID = re.compile(r"<(?:id|guid)\b[^>]*>([^<]{1,300})</")


def xml_rows_of(reply: Reply, tag: str, root: str) -> Rows:
    """The elements `tag` below the root element `root`, wherever they stand. Raises Failed with clear words."""
    if _PAGE.match(reply.body.removeprefix(b"\xef\xbb\xbf")):
        raise Failed(f"{reply.url} answered with a web page instead of XML; nothing was changed")
    try:
        top = fromstring(reply.body, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except DefusedXmlException:
        raise Failed(f"{reply.url} answered XML with entities of its own; nothing was changed") from None
    except (ParseError, ValueError, LookupError, RecursionError):
        return _one_by_one(reply, tag, root)
    if _local(top.tag) != root:
        raise Failed(f"{reply.url} answered XML without <{root}>; nothing was changed")
    rows = Rows([], [], {})
    for number, element in enumerate((item for item in top.iter() if _local(item.tag) == tag), 1):
        _keep(rows, number, _value(element))
    return rows


def _keep(rows: Rows, number: int, value: Any) -> None:
    if isinstance(value, dict):
        rows.good.append(value)
    else:
        rows.bad.append(Rejected(f"row {number}", "an element without any field", value, identified=False))


def _value(element: Any, depth: int = 1) -> Any:
    """Text, or an object of the children. A child of a foreign namespace gives way to one of the same name without."""
    children = list(element)
    if not children or depth > MAX_DEPTH:
        return (element.text or "").strip()
    found: dict[str, list[Any]] = {}
    own = {child.tag for child in children if isinstance(child.tag, str) and not child.tag.startswith("{")}
    for child in children:
        if isinstance(child.tag, str) and (child.tag in own or _local(child.tag) not in own):
            found.setdefault(_local(child.tag), []).append(_value(child, depth + 1) or _attributes(child))
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}


def _attributes(element: Any) -> Any:
    """An empty element says what it says in its attributes, as Atom's links do."""
    return {f"@{_local(name)}": value for name, value in element.attrib.items()} or ""


def _local(tag: Any) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _one_by_one(reply: Reply, tag: str, root: str) -> Rows:
    """The rows of a document that is not well-formed as a whole, each read alone."""
    text = _CDATA.sub(lambda found: html.escape(found[1]), body_text(reply))
    first = next((found[1] for found in _ROOT.finditer(text)), "")
    if first.rpartition(":")[2] != root or not text.rstrip().endswith(f"</{first}>"):
        raise Failed(f"{reply.url} answered something that is not whole XML; nothing was changed")
    if "<!ENTITY" in text:
        raise Failed(f"{reply.url} answered XML with entities of its own; nothing was changed")
    rows = Rows([], [], {})
    for number, (head, piece) in enumerate(_pieces(text, tag), 1):
        try:
            element = fromstring(f"<rows {head}>{piece}</rows>", forbid_dtd=True)[0]
        except (ParseError, DefusedXmlException, ValueError, RecursionError, IndexError):
            identity = _ID.search(piece)
            ref = identity[1].strip() if identity and identity[1].strip() else f"row {number}"
            rows.bad.append(Rejected(ref, "not well-formed XML", piece[:20_000], identified=bool(identity)))
        else:
            _keep(rows, number, _value(element))
    return rows


def _pieces(text: str, tag: str) -> Iterator[tuple[str, str]]:
    """The namespaces declared before the rows, and the text of each row."""
    start = re.search(rf"<{re.escape(tag)}[\s>/]", text)
    head = " ".join({found.strip(): None for found in _NAMESPACE.findall(text[: start.start()])}) if start else ""
    for found in re.finditer(rf"<{re.escape(tag)}(?:\s[^<>]*)?(?:/>|>.*?</{re.escape(tag)}\s*>)", text, re.DOTALL):
        yield head, found[0]
