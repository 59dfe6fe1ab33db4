"""Alert mails and saved pages: what a person brings is read as it is seen, and nothing else of it is kept.

No genuine mails may be kept here; these follow what such mails look like: links that hold the whole card, links with
the lines below, and links after the lines of plain text.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbot.features.sources.byhand.cards import Line, cards_of
from jobbot.features.sources.byhand.links import Link, link_of, plain
from jobbot.features.sources.byhand.mail import looks_like_mail, read_mail
from jobbot.features.sources.byhand.page import looks_like_page, read_page
from jobbot.kernel.clock import FixedClock
from jobbot.kernel.errors import InvalidInput
from jobbot.kernel.ids import LOCAL_USER
from jobbot.platform.storage import Database

from .world import World

CARDS = """<html><body><div style="display:none">Only filters read this</div><p>Hi Mara, 3 new jobs</p><table>
<tr><td><a href="https://www.linkedin.com/comm/jobs/view/4123456789/?trackingId=abc"><img src="https://px.example/1"></a>
<a href="https://www.linkedin.com/comm/jobs/view/4123456789/?trackingId=abc&refId=xyz"><div>Stage Manager</div>
<div>Nimbus Hall · Bergen, Norway (Hybrid)</div><div>12 company alumni</div></a>
<p>Actively recruiting · 2 days ago</p></td></tr>
<tr><td><a href="https://www.linkedin.com/jobs/view/lighting-lead-at-ledgerly-4987654321?refId=1">Lighting Lead</a>
<p>Ledgerly</p><p>Oslo</p><a href="https://www.linkedin.com/comm/jobs/view/4987654321/?x=1">View job</a></td></tr>
<tr><td><a href="https://www.linkedin.com/comm/jobs/view/4123456789/?again=1">Stage Manager</a></td></tr></table>
<p><a href="https://www.linkedin.com/comm/jobs/search?x">See all jobs</a></p>
<p>This email was intended for Mara Lindqvist</p><a href="https://www.linkedin.com/e/v2?e=a">Unsubscribe</a></body></html>"""
TEXT = """Your job alert for security in Bergen
New jobs match your preferences.

Security Officer
Acme Corp
Bergen
View job: https://www.linkedin.com/comm/jobs/view/11111?trk=x
---------------------------------------------------------
Night Guard - Alert Monitoring
Globex
Remote
3 company alumni
View job: https://www.linkedin.com/comm/jobs/view/22222/AAA/?trk=y

See all jobs on LinkedIn: https://www.linkedin.com/comm/jobs/search?keywords=
"""
TABLE = """<table><tr><td><h2><a href="https://de.indeed.com/rc/clk/dl?jk=0123456789abcdef&from=ja">
Altenpfleger (m/w/d)</a></h2></td></tr><tr><td><p>Haus Sonnenschein 3,9 3,9/5 Bewertung</p></td></tr>
<tr><td><p>Köln</p></td></tr>
<tr><td>3.200 € – 3.800 € pro Monat</td></tr><tr><td>Einfach bewerben</td></tr><tr><td>Wir suchen eine
Pflegefachkraft.</td></tr><tr><td>vor 3 Tagen</td></tr>
<tr><td><a href="https://cts.indeed.com/v3/H4sIAAA/z">
Data Engineer</a><div>Initech &bull; Austin, TX</div></td></tr></table>"""


def mail(html: str = "", text: str = "See the other part.", charset: str = "utf-8") -> bytes:
    message = EmailMessage()
    message["From"] = "Job alerts <alerts@example.com>"
    message["Date"] = "Fri, 20 Nov 2026 07:00:00 +0000"
    message["Subject"] = "3 new jobs"
    message.set_content(text, charset=charset)
    if html:
        message.add_alternative(html, subtype="html", charset=charset)
    return message.as_bytes()


@pytest.mark.parametrize(
    ("address", "link"),
    [
        (
            "https://www.linkedin.com/comm/jobs/view/4012345678/?trackingId=a",
            Link("linkedin", "4012345678", "https://www.linkedin.com/jobs/view/4012345678/"),
        ),
        (
            "https://de.linkedin.com/jobs/view/baker-at-crumb-4012345678",
            Link("linkedin", "4012345678", "https://www.linkedin.com/jobs/view/4012345678/"),
        ),
        (
            "https://uk.indeed.com/viewjob?jk=0123456789abcdef&utm_source=mail",
            Link("indeed", "0123456789abcdef", "https://uk.indeed.com/viewjob?jk=0123456789abcdef"),
        ),
        ("https://cts.indeed.com/v3/H4sI/x", Link("indeed", "", None)),
        (
            "https://www.glassdoor.co.uk/partner/jobListing.htm?pos=1&jobListingId=1009876543210",
            Link("glassdoor", "1009876543210", "https://www.glassdoor.co.uk/job-listing/?jl=1009876543210"),
        ),
        (
            "https://www.stepstone.de/stellenangebote--Koch-Koeln-Haus--9876543-inline.html?cid=alert_1",
            Link(
                "stepstone", "9876543", "https://www.stepstone.de/stellenangebote--Koch-Koeln-Haus--9876543-inline.html"
            ),
        ),
        ("https://www.linkedin.com/comm/jobs/search?keywords=x", None),
        ("https://notindeed.com/about", None),
        ("https://example.org/unsubscribe/job/1", None),
        ("javascript:alert(1)", None),
        ("https://[broken/jobs/1", None),
        ("mailto:a@example.org", None),
    ],
)
def test_addresses_of_postings(address: str, link: Link | None) -> None:
    assert link_of(address) == link


def test_a_look_alike_is_not_taken_for_the_site_it_looks_like() -> None:
    found = link_of("https://www.linkedin.com.evil.example/comm/jobs/view/4012345678")
    assert found
    assert found.vendor == "linkedin.com.evil.example"


def test_a_redirect_is_unwrapped_and_another_site_s_posting_keeps_its_address_without_tracking() -> None:
    wrapped = "https://click.example.net/r?u=https%3A%2F%2Fjobs.example.org%2Fjobs%2F42%3Flang%3Dno%26utm_source%3Dx"
    found = link_of(wrapped)
    assert found
    assert (found.vendor, found.url) == ("jobs.example.org", "https://jobs.example.org/jobs/42?lang=no")
    assert plain("https://me:secret@Example.org/a?trk=1&b=2#c") == "https://example.org/a?b=2"


def test_cards_in_links_and_below_them() -> None:
    postings, rejects = read_mail(mail(CARDS))
    assert rejects == []
    first, second = postings
    assert (first.external_id, first.title, first.company) == ("linkedin:4123456789", "Stage Manager", "Nimbus Hall")
    assert (first.locations, first.remote) == (("Bergen, Norway",), "hybrid")
    assert first.posted_at == datetime(2026, 11, 18, 7, tzinfo=UTC)
    assert first.url == "https://www.linkedin.com/jobs/view/4123456789/"
    assert (second.title, second.company, second.locations) == ("Lighting Lead", "Ledgerly", ("Oslo",))
    kept = repr(postings)
    assert not any(word in kept for word in ("Mara", "Only filters", "trackingId", "Unsubscribe", "px.example"))


def test_links_after_the_lines_of_plain_text() -> None:
    postings, _ = read_mail(mail(text=TEXT))
    assert [(p.title, p.company, p.locations, p.remote) for p in postings] == [
        ("Security Officer", "Acme Corp", ("Bergen",), None),
        ("Night Guard - Alert Monitoring", "Globex", (), "remote"),
    ]


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-15"])
def test_rows_of_a_table_with_pay_and_a_redirect_that_says_nothing(charset: str) -> None:
    first, second = read_mail(mail(TABLE.replace("–", "-"), charset=charset))[0]
    assert (first.title, first.company, first.locations) == ("Altenpfleger (m/w/d)", "Haus Sonnenschein", ("Köln",))
    assert "3.200 €" in first.text
    assert "bewerben" not in first.text
    assert (second.title, second.company, second.url) == ("Data Engineer", "Initech", None)


def test_many_messages_in_one_file_and_those_without_postings() -> None:
    box = b"".join(
        b"From alerts@example.com Fri Nov 20 07:00:00 2026\n" + part + b"\n\n"
        for part in (mail(CARDS), mail(text="From here on\n\nFrom nobody: nothing\n"), mail(text=TEXT))
    )
    postings, rejects = read_mail(box)
    assert len(postings) == 4
    assert [(reject.ref, reject.raw) for reject in rejects] == [("message 2", "")]


def test_a_mail_in_a_mail_is_read_and_endless_nesting_is_not() -> None:
    outer = EmailMessage()
    outer["Subject"] = "Fwd"
    outer.set_content("see below")
    inner = EmailMessage()
    inner.set_content(TEXT)
    outer.add_attachment(inner)
    assert len(read_mail(outer.as_bytes())[0]) == 2
    deep = [b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (number, number) for number in range(2_000)]
    postings, rejects = read_mail(b"Subject: deep\n" + b"".join(deep) + b"Content-Type: text/plain\n\n" + TEXT.encode())
    assert postings == []
    assert len(rejects) == 1


@given(st.binary(max_size=600), st.sampled_from([b"Subject: x\n", b"From a b\nSubject: x\n", b"", b"\xff\xfe"]))
def test_any_bytes_are_a_mail_with_or_without_postings(data: bytes, start: bytes) -> None:
    postings, rejects = read_mail(start + data)
    assert postings or rejects


@given(st.lists(st.tuples(st.text(max_size=40), st.booleans(), st.booleans()), max_size=30))
def test_cards_of_any_lines_have_titles_and_come_once(lines: list[tuple[str, bool, bool]]) -> None:
    link = Link("linkedin", "12345", "https://www.linkedin.com/jobs/view/12345/")
    found = list(cards_of([Line(text, (link,) if linked else (), other) for text, linked, other in lines]))
    assert len(found) <= 1
    assert all(card.title for card in found)


STATED = """<!DOCTYPE html><!-- saved from url=(0050)https://www.linkedin.com/jobs/view/4012345678/?trk=x -->
<html><head><title>Baker | Crumb &amp; Co | LinkedIn</title><script>steal()</script>
<script type="application/ld+json">{"@type":"JobPosting","title":"Baker","description":"&lt;p&gt;You bake.&lt;/p&gt;",
"hiringOrganization":{"name":"Crumb &amp; Co"},"jobLocation":{"address":{"addressLocality":"Porto"}}}</script></head>
<body><main><h1>Baker</h1></main></body></html>"""
WORDS = "You open the bakery at four and bake two hundred loaves with a small team. " * 5


def test_a_saved_page_that_states_its_posting() -> None:
    (baker,), rejects = read_page(STATED.encode())
    assert rejects == []
    assert (baker.title, baker.company, baker.locations) == ("Baker", "Crumb & Co", ("Porto",))
    assert baker.external_id == "linkedin:4012345678"


@pytest.mark.parametrize(
    ("line", "title", "company", "places"),
    [
        ("(3) Baker | Crumb Ltd | LinkedIn", "Baker", "Crumb Ltd", ()),
        ("Crumb Ltd hiring Baker in Porto, Portugal | LinkedIn", "Baker", "Crumb Ltd", ("Porto, Portugal",)),
        ("Jobs at Crumb", "We look for a baker", None, ()),
    ],
)
def test_a_saved_page_that_states_nothing_is_read(
    line: str, title: str, company: str | None, places: tuple[str, ...]
) -> None:
    html = f"<html><head><title>{line}</title></head><body><nav>Menu</nav><main><h1>We look for a baker</h1><p>{WORDS}"
    (baker,), _ = read_page(f"{html}<script>x()</script></p></main><footer>Cookies</footer></body></html>".encode())
    assert (baker.title, baker.company, baker.locations) == (title, company, places)
    assert "two hundred loaves" in baker.html
    assert not any(word in baker.html for word in ("Menu", "Cookies", "x()"))


def test_a_page_saved_as_one_file() -> None:
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = "https://jobs.example.org/jobs/7?utm_source=a"
    message["Subject"] = "Baker"
    message.set_content(f"<html><body><h1>Baker</h1><p>{WORDS}</p></body></html>", subtype="html")
    message.make_related()
    data = message.as_bytes()
    assert looks_like_page(data, "saved.mhtml")
    (baker,), _ = read_page(data)
    assert (baker.title, baker.url) == ("Baker", "https://jobs.example.org/jobs/7")


def test_an_empty_page_is_said_to_be_none() -> None:
    postings, (reject,) = read_page(b"<html><body>Sign in to continue</body></html>")
    assert postings == []
    assert "no posting" in reject.reason


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (mail(CARDS), "a.eml", "mail"),
        (mail(CARDS), "a", "mail"),
        (b"From x Fri\nSubject: y\n\nz", "a.mbox", "mail"),
        (STATED.encode(), "a.html", "page"),
        (b"\xef\xbb\xbf<html></html>", "a", "page"),
        (b'[{"title": "x"}]', "a.json", ""),
        (b"title: nothing\n", "a.yaml", ""),
        (b"<?xml version='1.0'?><rss/>", "a.xml", ""),
    ],
    ids=["eml", "mail without an ending", "mbox", "html", "page without an ending", "json", "yaml", "xml"],
)
def test_kinds_of_files_are_told_apart(data: bytes, name: str, kind: str) -> None:
    found = "page" if looks_like_page(data, name) else "mail" if looks_like_mail(data, name) else ""
    assert found == kind


@pytest.fixture
def world(database: Database, home: Path, clock: FixedClock) -> World:
    return World(database, home, clock)


def test_ingest_takes_them_as_the_owner_s_own_and_two_mails_of_one_posting_are_one(
    world: World, tmp_path: Path
) -> None:
    (tmp_path / "one.eml").write_bytes(mail(CARDS))
    (tmp_path / "two.eml").write_bytes(mail(CARDS.replace("3 new jobs", "again")))
    (tmp_path / "page.html").write_text(STATED)
    assert world.ingest.file(tmp_path / "one.eml")["new"] == 2
    assert world.ingest.file(tmp_path / "two.eml")["unchanged"] == 2
    assert world.ingest.file(tmp_path / "page.html")["new"] == 1
    assert {posting.owner for posting in world.store.all()} == {LOCAL_USER}


def test_the_saved_page_completes_what_an_alert_told_and_a_later_alert_takes_nothing_away(
    world: World, tmp_path: Path
) -> None:
    (tmp_path / "alert.eml").write_bytes(mail(CARDS))
    (tmp_path / "page.html").write_text(STATED.replace("4012345678", "4123456789"))
    assert world.ingest.file(tmp_path / "alert.eml")["new"] == 2
    assert world.ingest.file(tmp_path / "page.html")["updated"] == 1
    assert world.ingest.file(tmp_path / "alert.eml")["unchanged"] == 2
    baker = next(posting for posting in world.store.all() if posting.title == "Baker")
    assert baker.complete
    assert "You bake." in baker.text


def test_a_posting_without_employer_says_so_and_entities_are_read(world: World, tmp_path: Path) -> None:
    rows = [{"title": "R&amp;D Baker", "company": "Crumb &amp; Co", "description": "x"}, {"title": "B", "text": "y"}]
    (tmp_path / "list.json").write_text(json.dumps(rows))
    world.ingest.file(tmp_path / "list.json")
    named = {posting.title: posting.company for posting in world.store.all()}
    assert named == {"R&D Baker": "Crumb & Co", "B": ""}


def test_what_is_of_no_known_kind_is_told_what_would_be_right(world: World, tmp_path: Path) -> None:
    (tmp_path / "odd.txt").write_text("nothing here")
    with pytest.raises(InvalidInput, match=r"an .eml or .mbox file"):
        world.ingest.file(tmp_path / "odd.txt")
