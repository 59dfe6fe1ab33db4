"""Mails as they should not be: nested, cut, in another charset than they say. Read as far as they go, without error."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobbot.features.sources.byhand.mail import decoded, read_mail
from jobbot.features.sources.byhand.page import read_page

LINK = '<a href="https://www.linkedin.com/comm/jobs/view/{0}/?trackingId=x">{1}</a><p>{2} · {3}</p>'
HEAD = b"From: alerts@example.com\nDate: Fri, 20 Nov 2026 07:00:00 +0000\nSubject: jobs\n"


def html(number: int, title: str = "Gaffer", company: str = "Müller & Söhne", place: str = "Köln") -> str:
    return LINK.format(number, title, company, place)


def part(kind: str, body: bytes, *headers: str) -> bytes:
    return "\n".join([f"Content-Type: {kind}", *headers]).encode() + b"\n\n" + body


def multipart(kind: str, *parts: bytes, boundary: str = "b", closed: bool = True) -> bytes:
    mark = b"\n--" + boundary.encode()
    body = b"".join(mark + b"\n" + one for one in parts) + (mark + b"--\n" if closed else b"")
    return part(f'multipart/{kind}; boundary="{boundary}"', body)


def titles(data: bytes) -> list[str]:
    postings, rejects = read_mail(HEAD + data)
    assert bool(postings) != bool(rejects)
    return [posting.title for posting in postings]


def attached(inner: bytes, date: str = "Mon, 16 Nov 2026 08:00:00 +0000") -> bytes:
    return part("message/rfc822", f"From: a@b.example\nDate: {date}\nSubject: inner\n".encode() + inner)


PAGE = part("text/html; charset=utf-8", html(7_000_001).encode())
PLAIN = part("text/plain; charset=utf-8", b"See the other part.")


@pytest.mark.parametrize(
    "data",
    [
        multipart("mixed", attached(multipart("alternative", PLAIN, multipart("mixed", PAGE, boundary="c")))),
        multipart("mixed", PLAIN, attached(multipart("related", multipart("alternative", PAGE, boundary="d")))),
        multipart("alternative", PLAIN, PAGE, closed=False),
        multipart("mixed", attached(attached(attached(PAGE)))),
        multipart("report", PLAIN, PAGE) + b"\n--b\nafter the end",
    ],
    ids=["alternative in a mail in a mail", "related", "never closed", "three deep", "more after the end"],
)
def test_parts_in_parts(data: bytes) -> None:
    assert titles(data) == ["Gaffer"]


def test_a_digest_is_many_alerts_each_with_its_own_date() -> None:
    aged = "<p>2 days ago</p>"
    inner = [
        f"From: a@b.example\nDate: {day} Nov 2026 08:00:00 +0000\nContent-Type: text/html; charset=utf-8\n\n"
        f"{html(7_100_000 + number, f'Role {number}')}{aged}".encode()
        for number, day in enumerate(("10", "12"))
    ]
    data = multipart("digest", *(b"\n" + one for one in inner))
    postings, rejects = read_mail(HEAD + data)
    assert rejects == []
    assert [posting.posted_at for posting in postings] == [datetime(2026, 11, day, 8, tzinfo=UTC) for day in (8, 10)]


def test_an_attached_mail_without_a_date_has_that_of_the_mail_around_it() -> None:
    inner = part("message/rfc822", b"Subject: x\n" + part("text/html", (html(7_200_001) + "<p>1 day ago</p>").encode()))
    (posting,), _ = read_mail(HEAD + multipart("mixed", inner))
    assert posting.posted_at == datetime(2026, 11, 19, 7, tzinfo=UTC)


def test_a_hundred_levels_end() -> None:
    deep = PAGE
    for level in range(100):
        deep = multipart("mixed", deep, boundary=f"level{level}")
    assert titles(deep) == []


@pytest.mark.parametrize("wrong", ["other", "", '"'])
def test_a_wrong_boundary_leaves_nothing_to_read(wrong: str) -> None:
    data = multipart("mixed", PAGE).replace(b'boundary="b"', f"boundary={wrong}".encode())
    assert titles(data) == []


@pytest.mark.parametrize(
    ("stated", "actual"),
    [
        ("utf-8", "utf-8"),
        ("utf-8", "cp1252"),
        ("iso-8859-1", "utf-8"),
        ("us-ascii", "utf-8"),
        ("windows-1252", "utf-8"),
        ("iso-8859-15", "utf-8"),
        ("iso-8859-1", "cp1252"),
        ("x-unknown", "utf-8"),
        ("punycode", "utf-8"),
        ("hex", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-8", "utf-16"),
        ("'; DROP", "cp1252"),
        ("é", "utf-8"),
        ("", "utf-8"),
    ],
)
def test_a_charset_that_lies(stated: str, actual: str) -> None:
    body = html(7_300_001, "Küchenhilfe – Köln").encode(actual)
    data = part(f'text/html; charset="{stated}"', base64.b64encode(body), "Content-Transfer-Encoding: base64")
    (posting,), _ = read_mail(HEAD + data)
    assert (posting.title, posting.company, posting.locations) == ("Küchenhilfe – Köln", "Müller & Söhne", ("Köln",))


@pytest.mark.parametrize("wrong", ["cp1252", "latin-1"])
def test_text_that_was_encoded_twice_is_read_as_it_was(wrong: str) -> None:
    body = html(7_350_001, "Ärztin für Öl – Übung" if wrong == "cp1252" else "Ágnes Ízletes").encode()
    twice = body.decode(wrong).encode()
    (posting,), _ = read_mail(HEAD + part("text/html; charset=utf-8", twice))
    assert "Ã" not in posting.title + (posting.company or "")
    assert posting.company == "Müller & Söhne"


@given(st.text(max_size=200))
def test_text_that_was_encoded_once_stays(text: str) -> None:
    try:
        text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        assert decoded(text.encode("utf-8", "ignore"), "utf-8") == text.encode("utf-8", "ignore").decode()


def test_charsets_that_take_minutes_are_not_asked() -> None:
    assert decoded(b"a-" * 200_000, "punycode") == "a-" * 200_000


def test_base64_with_junk_and_without_its_end() -> None:
    code = base64.b64encode(html(7_400_001).encode())
    junk = b"\n".join(b"!%s \xa0" % code[at : at + 10] for at in range(0, len(code), 10))
    assert titles(part("text/html; charset=utf-8", junk, "Content-Transfer-Encoding: base64")) == ["Gaffer"]
    assert titles(part("text/html", b"\x00\xff!", "Content-Transfer-Encoding: base64")) == []
    read_mail(HEAD + part("text/html", code[:-3], "Content-Transfer-Encoding: base64"))


def test_quoted_printable_that_is_broken() -> None:
    body = html(7_500_001, "Bäcker").encode().replace("ä".encode(), b"=C3=A4").replace(b'href="', b'href=3D"')
    data = part("text/html; charset=utf-8", body + b"=\n=ZZ =", "Content-Transfer-Encoding: quoted-printable")
    assert titles(data) == ["Bäcker"]


@pytest.mark.parametrize(
    "header",
    [
        b"Subject: =?utf-8?B?broken",
        b"Subject: =?nope?Q?=FF?= =?utf-8?b?====?=",
        b"Date: =?utf-8?q?" + b"x" * 10_000,
        b"Date: " + b"(" * 5_000,
        b"Date: Fri, 99 Foo 20266",
        b"Content-Disposition: =?\xff?q?\xfe?=",
        b"X: folded\n without\n\tend" * 500,
        b"From: " + b"<" * 10_000,
        b"\xff\xfe: x",
    ],
    ids=["cut word", "unknown charset", "long word", "comments", "no day", "bytes", "folds", "angles", "no name"],
)
def test_headers_that_are_broken(header: bytes) -> None:
    postings, rejects = read_mail(header + b"\n" + PAGE)
    assert [posting.title for posting in postings] == ["Gaffer"] or rejects


def test_a_box_of_a_hundred_thousand_from_lines_is_read_in_one_go() -> None:
    box = b"From a\n\n" * 100_000 + b"From b\n" + HEAD + PAGE
    postings, _ = read_mail(box)
    assert [posting.title for posting in postings] == ["Gaffer"]


PIECES = st.sampled_from(
    [
        b"\n",
        b"\n\n",
        b"--b\n",
        b"--b--\n",
        b"From a\n",
        b"Content-Type: multipart/mixed; boundary=b\n",
        b"Content-Type: message/rfc822\n",
        b"Content-Type: text/html; charset=utf-7\n",
        b"Content-Type: message/external-body\n",
        b"Content-Type: message/delivery-status\n",
        b"Content-Transfer-Encoding: base64\n",
        b"Content-Transfer-Encoding: uuencode\n",
        b"Subject: =?utf-8?q?=",
        b"Date: ",
        b"Snapshot-Content-Location: ",
        b"begin 644 x\n",
        html(7_600_001).encode(),
        b'<script type=\'application/ld+json\'>{"@type": "JobPosting"',
    ]
)


@settings(max_examples=300)
@given(st.lists(st.one_of(PIECES, st.binary(max_size=12)), max_size=20), st.booleans())
def test_any_pieces_in_any_order_are_postings_or_a_reason(pieces: list[bytes], one: bool) -> None:
    data = b"".join(pieces)
    postings, rejects = read_mail(data, one=one)
    assert postings or rejects
    assert all(reject.reason for reject in rejects)
    postings, rejects = read_page(b"From: <Saved by Blink>\n" + data if one else data)
    assert postings or rejects
