"""Alert mails as files: one message (.eml) or many (.mbox). Read without network, attachment or script."""

from __future__ import annotations

import codecs
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

DEEPEST, MOST_PARTS = 12, 200
NOTHING = "a mail in which no link to a posting was found"
_CHARSETS = re.compile(
    r"utf-8(?:-sig)?|utf-16(?:-[bl]e)?|utf-7|iso8859-\d+|cp\d+|koi8-[ru]|mac-\w+|gb2312|gbk|gb18030|big5(?:hkscs)?|"
    r"euc_(?:jp|kr)|shift_jis|iso2022_(?:jp|kr)|johab|tis-620|hz"
)
_ANY_BYTES = frozenset(
    {"cp1252", *(f"iso8859-{number}" for number in range(2, 17)), *(f"cp{n}" for n in range(1250, 1259))}
)
"""Charsets in which nearly every run of bytes is some text."""
_HEADER = re.compile(rb"[!-9;-~]{1,70}:[ \t]")
_FROM = re.compile(rb"^From [^\r\n]*\r?\n", re.MULTILINE)
_BLOCK = re.compile(r"<(?:p|li|h[2-4])>(.*?)</(?:p|li|h[2-4])>", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>")
_TAG = re.compile(r"<[^>]*>")
_HREF = re.compile(r'<a href="([^"]*)"')
_MARKUP = re.compile(r"<a\s[^<>]{0,200}?href=", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s<>\"']+")


def looks_like_mail(data: bytes, name: str) -> bool:
    """By its first bytes, and its name where those say little."""
    start = data[:4096].lstrip(b"\xef\xbb\xbf\r\n")
    if start.startswith(b"From ") or name.lower().endswith((".eml", ".mbox", ".mbx")):
        return bool(_HEADER.match(_FROM.sub(b"", start, count=1)))
    lines = start.split(b"\n", 12)[:12]
    headers = sum(line.lower().startswith((b"from:", b"to:", b"subject:", b"date:", b"received:")) for line in lines)
    return headers > 1 and bool(_HEADER.match(start))


def read_mail(data: bytes, *, one: bool = False) -> tuple[list[RawPosting], list[Reject]]:
    """Postings of all messages; a message without any is named in the second list with the reason. Never raises.

    `one`: the bytes are one message and no mbox. What a mail says besides postings is private and is kept nowhere.
    """
    postings: list[RawPosting] = []
    rejects: list[Reject] = []
    for number, raw in enumerate([data] if one else _messages(data), 1):
        try:
            found = list(_postings(email.message_from_bytes(raw, policy=email.policy.compat32)))
        except Exception as error:  # the parsers below meet whatever any sender wrote
            rejects.append(Reject(f"message {number}", f"cannot be read as a mail ({type(error).__name__})", ""))
            continue
        postings += found
        if not found:
            rejects.append(Reject(f"message {number}", NOTHING, ""))
    return postings, rejects


def _messages(data: bytes) -> list[bytes]:
    body = data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if not body.startswith(b"From "):
        return [body]
    begun = (found.start() for found in _FROM.finditer(body) if _begins(body, found.start(), found.end()))
    starts = [0, *(start for start in begun if start)]
    ends = [*starts[1:], len(body)]
    return [_FROM.sub(b"", body[start:end], count=1) for start, end in zip(starts, ends, strict=True)]


def _begins(body: bytes, start: int, end: int) -> bool:
    """A "From " line begins a message only after a blank line and before a header."""
    gap = start == 0 or body.endswith((b"\n\n", b"\n\r\n"), 0, start)
    return gap and _HEADER.match(body, end) is not None


def _postings(message: Message) -> Iterator[RawPosting]:
    """Of a message and of every one that is attached to it: a digest, a forwarded alert."""
    for letter, date in _letters(message):
        html, text = _bodies(letter)
        html = html or (text if _MARKUP.search(text) else "")  # some mails say that they are text, and are not
        found = list(cards_of(_of_html(html))) if html else []
        for card in found or cards_of(_of_text(text)):
            yield _posting(card, date)


def _letters(message: Message) -> Iterator[tuple[list[Message], datetime | None]]:
    """The parts of each message with its date; one that tells none has the date of the message around it."""
    letters: dict[int, tuple[list[Message], datetime | None]] = {}
    for part, around in _walk(message):
        if id(around) not in letters:
            letters[id(around)] = ([], _sent(around) or _sent(message))
        letters[id(around)][0].append(part)
    return iter(letters.values())


def _sent(message: Message) -> datetime | None:
    return mail_moment(" ".join(str(message.get("date", ""))[:200].split()))


def _bodies(parts: Iterable[Message]) -> tuple[str, str]:
    """The HTML and the plain text of a message, parts one after another."""
    html: list[str] = []
    text: list[str] = []
    for part in parts:
        kind = part.get_content_type()
        if kind in ("text/html", "text/plain") and part.get_content_disposition() != "attachment":
            (html if kind == "text/html" else text).append(content_of(part))
    return "\n".join(html), "\n".join(text)


def parts_of(message: Message) -> Iterator[Message]:
    """Parts in order, not deeper than `DEEPEST` and not more than `MOST_PARTS`: nesting is the sender's choice."""
    return (part for part, _ in _walk(message))


def _walk(message: Message) -> Iterator[tuple[Message, Message]]:
    """Each part with the message that it belongs to."""
    waiting: list[tuple[Message, Message, int]] = [(message, message, 0)]
    count = 0
    while waiting and count < MOST_PARTS:
        part, around, depth = waiting.pop()
        count += 1
        payload = part.get_payload()
        if not isinstance(payload, list):
            yield part, around
        elif depth < DEEPEST:
            attached = part.get_content_maintype() == "message"
            inner = [one for one in reversed(payload) if isinstance(one, Message)]
            waiting += [(one, one if attached else around, depth + 1) for one in inner]


def content_of(part: Message) -> str:
    """The text of a part in whatever charset it really is."""
    body = part.get_payload(decode=True)
    data = body if isinstance(body, bytes) else b""
    return decoded(data, part.get_content_charset() or "utf-8")


def decoded(data: bytes, stated: str) -> str:
    """Text in the charset that is stated, or else in the one it is likely in.

    What is valid UTF-8 beyond ASCII is UTF-8, also where a charset is stated that can read any bytes. Of the codecs of
    the standard library only those of the web are used: others take minutes for a megabyte, or are no charsets.
    """
    name = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else _charset(stated)
    for charset in ("utf-8", name, "cp1252") if name in _ANY_BYTES else (name, "utf-8", "cp1252"):
        try:
            return _once(data.decode(charset))
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    return data.decode("utf-8", "replace")


def _once(text: str) -> str:
    """Text that was taken for Windows-1252 or Latin-1 and encoded again ("MÃ¼ller") as it was before.

    Only where the whole of it reads as UTF-8 then, which other text with letters beyond ASCII does not by chance.
    """
    for charset in () if text.isascii() else ("cp1252", "latin-1"):
        try:
            return text.encode(charset).decode("utf-8")
        except UnicodeError:
            continue
    return text


def _charset(stated: str) -> str:
    """The codec of a charset's label; Latin-1 and ASCII are read as Windows-1252, as browsers do."""
    try:
        name = codecs.lookup(stated.strip()[:40]).name
    except (LookupError, ValueError):
        return "utf-8"
    if name in ("iso8859-1", "ascii"):
        return "cp1252"
    return name if _CHARSETS.fullmatch(name) else "utf-8"


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
