"""Alert mails as files: one message (.eml) or many (.mbox). Read without network, attachment or script."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from email.message import Message
from html import unescape

from jobbot.features.sources.byhand.cards import Card, Line, cards_of
from jobbot.features.sources.byhand.links import Link, link_of
from jobbot.features.sources.model import Reject
from jobbot.kernel.ids import short_hash
from jobbot.platform.safety.canonical import canonical_line
from jobbot.platform.safety.sanitise import clean
from jobbot.sdk import RawPosting
from jobbot.sdk.fields import distinct, mail_moment

DEEPEST, MOST_PARTS = 8, 200
_HEADER = re.compile(rb"[!-9;-~]{1,70}:[ \t]")
_FROM = re.compile(rb"^From [^\r\n]*\r?\n", re.MULTILINE)
_BLOCK = re.compile(r"<(?:p|li|h[2-4])>(.*?)</(?:p|li|h[2-4])>", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>")
_TAG = re.compile(r"<[^>]*>")
_HREF = re.compile(r'<a href="([^"]*)"')
_URL = re.compile(r"https?://[^\s<>\"']+")


def looks_like_mail(data: bytes, name: str) -> bool:
    """By its first bytes, and its name where those say little."""
    start = data[:4096].lstrip(b"\xef\xbb\xbf\r\n")
    if start.startswith(b"From ") or name.lower().endswith((".eml", ".mbox", ".mbx")):
        return bool(_HEADER.match(_FROM.sub(b"", start, count=1)))
    lines = start.split(b"\n", 12)[:12]
    headers = sum(line.lower().startswith((b"from:", b"to:", b"subject:", b"date:", b"received:")) for line in lines)
    return headers > 1 and bool(_HEADER.match(start))


def read_mail(data: bytes) -> tuple[list[RawPosting], list[Reject]]:
    """Postings of all messages; a message without any is named in the second list with the reason.

    What a mail says besides postings is private and is kept nowhere.
    """
    postings: list[RawPosting] = []
    rejects: list[Reject] = []
    for number, raw in enumerate(_messages(data), 1):
        try:
            found = list(_postings(email.message_from_bytes(raw, policy=email.policy.default)))
        except (ValueError, LookupError, AttributeError, TypeError, IndexError, RecursionError) as error:
            rejects.append(Reject(f"message {number}", f"cannot be read as a mail ({type(error).__name__})", ""))
            continue
        postings += found
        if not found:
            rejects.append(Reject(f"message {number}", "a mail in which no link to a posting was found", ""))
    return postings, rejects


def _messages(data: bytes) -> list[bytes]:
    body = data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if not body.startswith(b"From "):
        return [body]
    starts = [found.start() for found in _FROM.finditer(body) if _begins(body, found.start(), found.end())]
    ends = [*starts[1:], len(body)]
    return [_FROM.sub(b"", body[start:end], count=1) for start, end in zip(starts, ends, strict=True)]


def _begins(body: bytes, start: int, end: int) -> bool:
    """A "From " line begins a message only after a blank line and before a header."""
    gap = start == 0 or body[max(0, start - 2) : start] in (b"\n\n", b"\r\n") or body[:start].endswith(b"\n\r\n")
    return gap and _HEADER.match(body, end) is not None


def _postings(message: Message) -> Iterator[RawPosting]:
    sent = mail_moment(str(message.get("date", "")))
    html, text = _bodies(message)
    found = list(cards_of(_of_html(html))) if html else []
    for card in found or cards_of(_of_text(text)):
        yield _posting(card, sent)


def _bodies(message: Message) -> tuple[str, str]:
    """The HTML and the plain text of a message, parts one after another."""
    html: list[str] = []
    text: list[str] = []
    for part in parts_of(message):
        kind = part.get_content_type()
        if kind in ("text/html", "text/plain") and part.get_content_disposition() != "attachment":
            (html if kind == "text/html" else text).append(content_of(part))
    return "\n".join(html), "\n".join(text)


def parts_of(message: Message) -> Iterator[Message]:
    """Parts in order, not deeper than `DEEPEST` and not more than `MOST_PARTS`: nesting is the sender's choice."""
    waiting: list[tuple[Message, int]] = [(message, 0)]
    count = 0
    while waiting and count < MOST_PARTS:
        part, depth = waiting.pop()
        count += 1
        payload = part.get_payload()
        if isinstance(payload, list):
            if depth < DEEPEST:
                waiting += [(inner, depth + 1) for inner in reversed(payload) if isinstance(inner, Message)]
        else:
            yield part


def content_of(part: Message) -> str:
    """The text of a part in whatever charset it really is."""
    body = part.get_payload(decode=True)
    data = body if isinstance(body, bytes) else b""
    return decoded(data, part.get_content_charset() or "utf-8")


def decoded(data: bytes, stated: str) -> str:
    """Text in the charset that is stated, or else in the one it is likely in."""
    for charset in (stated, "utf-8", "cp1252"):
        try:
            return data.decode(charset)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    return data.decode("utf-8", "replace")


def _of_html(html: str) -> list[Line]:
    """Lines as a person sees them; what is hidden in a mail is not there."""
    lines = (
        _line(_TAG.sub("", line), map(unescape, _HREF.findall(line)), unescape)
        for block in _BLOCK.findall(clean(html).html)
        for line in _BREAK.split(block)
    )
    return [line for line in lines if line.text or line.links]


def _of_text(text: str) -> list[Line]:
    return [
        _line(_URL.sub("", line), (url.rstrip(").,>") for url in _URL.findall(line)), str) for line in text.splitlines()
    ]


def _line(text: str, addresses: Iterable[str], read: Callable[[str], str]) -> Line:
    found = [link_of(address) for address in addresses]
    postings = tuple(link for link in found if link is not None)
    return Line(canonical_line(read(text), 400), postings, elsewhere=len(postings) < len(found))


def _posting(card: Card, sent: datetime | None) -> RawPosting:
    link: Link = card.link
    known = f"{link.vendor}:{link.id}" if link.id else ""
    return RawPosting(
        external_id=known or f"{link.vendor}:{_stand_in(card)}",
        title=card.title,
        text="\n".join(distinct(card.lines)),
        url=link.url,
        company=card.company,
        locations=(card.place,) if card.place else (),
        remote=card.remote,
        posted_at=card.posted(sent),
        raw={"vendor": link.vendor, "lines": list(card.lines)},
        complete=False,
    )


def _stand_in(card: Card) -> str:
    return short_hash(card.title, card.company or "", card.place or "")
