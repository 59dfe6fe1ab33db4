"""What each vendor's fields mean, on boards of invented employers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.features.sources.boards import wire
from tests.features.sources.boards.wire import SAMPLES

from jobbot.features.sources.boards.hackernews.header import header_of
from jobbot.kernel.errors import Failed, InvalidInput, NotFound, TryLater
from jobbot.platform.plugins import load
from jobbot.sdk import BoardRef, Listing, RawPosting, Reply
from jobbot.sdk.contract.sources import RecordedHttp

SHIPPED = load("jobbot.sources").loaded


def listed(source: str, bodies: Mapping[str, bytes] | None = None, board: str | None = None) -> Listing:
    recorded = SAMPLES[source].recorded
    http = RecordedHttp(bodies or recorded.bodies, recorded.media_type)
    return SHIPPED[source].list(recorded.board if board is None else BoardRef(source, board), http, "")


def first(source: str, row: dict[str, Any] | None = None, key: str = "") -> RawPosting:
    """The first posting of the sample, or of the sample with this one row."""
    recorded = SAMPLES[source].recorded
    if row is None:
        return listed(source).postings[0]
    url = next(iter(recorded.bodies))
    return listed(source, {**recorded.bodies, url: wire.body({key: [row]} if key else [row])}).postings[0]


# Boards


def test_workable_rows_are_places_of_one_posting() -> None:
    rows = listed("workable").postings
    assert {row.external_id for row in rows} == {"AB12CD34EF"}
    assert [row.locations[0] for row in rows] == ["Dover, Delaware, United States", "Newark, Delaware, United States"]
    assert listed("workable").company == "Highroof"


def test_workable_shows_no_place_that_the_employer_hides() -> None:
    place = {"city": "Dover", "country": "United States", "hidden": True}
    assert first("workable", wire.workable_job(locations=[place]), "jobs").locations == ()
    assert first("workable", wire.workable_job(telecommuting=True), "jobs").remote == "remote"


def test_workable_with_a_token_follows_its_own_host_only() -> None:
    listing = listed("workableapi")
    posting = listing.postings[0]
    assert ([row.external_id for row in listing.postings], listing.complete) == (["EF12AB34CD", "B2"], True)
    assert posting.html == "<p>Look closely.</p>\n<h3>Requirements</h3>\n<p>No fear of heights.</p>"
    assert (posting.locations, posting.remote) == (("Dover, Delaware, United States",), "onsite")
    elsewhere = {"jobs": [wire.workable_own_job()], "paging": {"next": "https://evil.example/spi/v3/jobs?x"}}
    cut = listed("workableapi", {wire.WORKABLE_API: wire.body(elsewhere)})
    assert (len(cut.postings), cut.complete) == (1, False)
    keyed = SHIPPED["workableapi"].configured({"token": "t0ken"})
    assert keyed.headers == {"Authorization": "Bearer t0ken"}


def test_recruitee_keeps_neither_mailbox_nor_questions() -> None:
    posting = first("recruitee")
    kept = json.dumps(dict(posting.raw))
    assert "saltmarsh.example" not in kept
    assert "Do you eat" not in kept
    assert posting.html == "<p>Cook.</p>\n<ul><li>Knives</li></ul>"
    assert posting.posted_at == datetime(2026, 10, 2, 17, 18, 8, tzinfo=UTC)
    assert posting.salaries[0].as_dict()["max"] == 32000.0
    assert (posting.remote, posting.employment_type, posting.language) == ("onsite", "full-time", "en")


def test_recruitee_leaves_out_what_is_not_published() -> None:
    assert [(skip.ref, skip.reason) for skip in listed("recruitee").skipped] == [("42", "not published")]


def test_recruitee_flags_leave_most_freedom() -> None:
    assert first("recruitee", wire.recruitee_offer(remote=True, hybrid=True), "offers").remote == "remote"
    assert first("recruitee", wire.recruitee_offer(hybrid=True), "offers").remote == "hybrid"


def test_personio_reads_direct_children_and_all_offices() -> None:
    posting, second = listed("personio").postings
    assert posting.title == "Pflegefachkraft (m/w/d)"
    assert posting.locations == ("Kiel", "Lübeck", "Hamburg (Hybrid)")
    assert (posting.remote, posting.employment_type) == ("hybrid", "part-time")
    assert posting.html.startswith("<h3>Aufgaben &amp; mehr</h3>\n<p>Menschen pflegen.</p><position>")
    assert posting.url == "https://nordlicht.jobs.personio.de/job/711"
    assert (second.complete, second.employment_type) == (False, "working student")


def test_personio_tries_its_other_address() -> None:
    body = wire.PERSONIO.encode()
    listing = listed("personio", {"https://nordlicht.jobs.personio.com/xml?language=en": body})
    assert listing.board.region == "com"
    assert listing.postings[0].url == "https://nordlicht.jobs.personio.com/job/711"


def test_teamtailor_reads_the_json_feed() -> None:
    posting = first("teamtailor")
    assert (posting.locations, posting.country) == (("Oslo, NO",), "NO")
    assert posting.salaries[0].as_dict() | {"raw": None} == {
        "min": 42000.0,
        "max": 48000.0,
        "currency": "NOK",
        "period": "month",
        "raw": None,
        "predicted": False,
        "label": None,
    }
    assert listed("teamtailor").company == "Fjordlight"


def test_teamtailor_falls_back_to_rss_and_reads_its_pages() -> None:
    base = "https://fjordlight.teamtailor.com/jobs.rss?per_page=100&offset="
    item = wire.TEAMTAILOR_RSS.partition("<item>")[2].partition("</item>")[0]
    full = "".join(f"<item>{item.replace('000000000001', f'{number:012}')}</item>" for number in range(100))
    page = wire.TEAMTAILOR_RSS.replace(f"<item>{item}</item>", full).encode()
    listing = listed("teamtailor", {f"{base}0": page, f"{base}100": wire.TEAMTAILOR_RSS.encode()})
    assert (len(listing.postings), listing.complete) == (101, True)
    stuck = listed("teamtailor", {f"{base}0": page, f"{base}100": page})
    assert (len(stuck.postings), stuck.complete) == (100, False)
    posting = listing.postings[-1]
    assert (posting.locations, posting.department) == (("Oslo, Norway", "Bergen, Norway"), "Retail")
    assert posting.posted_at == datetime(2026, 10, 2, 7, tzinfo=UTC)


def test_teamtailor_feed_that_goes_on_elsewhere_is_not_complete() -> None:
    url = "https://fjordlight.teamtailor.com/jobs.json"
    assert not listed("teamtailor", {url: wire.body({"items": [wire.teamtailor_item()], "next_url": url})}).complete


def test_pinpoint_text_in_four_parts_and_an_end_that_is_no_beginning() -> None:
    posting = first("pinpoint")
    parts = ["Teach.", "What you do", "Glaze", "What you bring", "kiln", "What we offer", "Clay."]
    assert [posting.html.index(part) for part in parts] == sorted(posting.html.index(part) for part in parts)
    assert (posting.posted_at, posting.closes_at) == (None, datetime(2026, 12, 31, 22, 59, 59, tzinfo=UTC))


def test_pinpoint_hides_pay_that_is_not_to_be_shown() -> None:
    posting = first("pinpoint", wire.pinpoint_posting(compensation_visible=False), "data")
    assert posting.salaries == ()
    assert "37099" not in json.dumps(dict(posting.raw)) + posting.html
    words = wire.pinpoint_posting(compensation_minimum=None, compensation_maximum=None)
    assert "£37,099 - £41,732 / year" in first("pinpoint", words, "data").html


def test_a_pinpoint_listing_of_a_thousand_may_be_cut_off() -> None:
    rows = [wire.pinpoint_posting(id=str(number)) for number in range(1_000)]
    url = "https://kilnworth.pinpointhq.com/postings.json"
    assert not listed("pinpoint", {url: wire.body({"data": rows})}).complete
    assert listed("pinpoint", {url: wire.body({"data": rows[1:]})}).complete


# Boards whose texts are fetched one by one


def test_smartrecruiters_text_pay_and_no_person() -> None:
    posting = first("smartrecruiters")
    assert posting.html.startswith("<h3>Company</h3>\n<p>We bake.</p>\n<h3>Job</h3>")
    assert posting.salaries[0].period == "year"
    assert posting.locations == ("Leeds, England, GB",)
    assert posting.url == "https://jobs.smartrecruiters.com/Crumbly1/743999900000001-baker"
    assert "Invented Person" not in json.dumps(dict(posting.raw))


def test_smartrecruiters_nothing_is_no_company() -> None:
    url = "https://api.smartrecruiters.com/v1/companies/nobody/postings?limit=100&offset=0"
    empty = wire.body({"offset": 0, "limit": 100, "totalFound": 0, "content": []})
    with pytest.raises(NotFound, match="companies that it does not know"):
        listed("smartrecruiters", {url: empty}, "nobody")


def test_smartrecruiters_posting_that_is_closed_is_left_out() -> None:
    bodies = dict(SAMPLES["smartrecruiters"].recorded.bodies)
    detail = next(url for url in bodies if url.endswith("0001"))
    listing = listed("smartrecruiters", {**bodies, detail: wire.body({**wire.SMARTRECRUITERS_DETAIL, "active": False})})
    assert ([skip.reason for skip in listing.skipped], listing.postings) == (["closed"], ())


def test_a_text_that_cannot_be_had_leaves_the_posting_incomplete() -> None:
    bodies = SAMPLES["bamboohr"].recorded.bodies
    listing = listed("bamboohr", {url: body for url, body in bodies.items() if "detail" not in url})
    assert [(posting.title, posting.complete) for posting in listing.postings] == [("Gardener", False)]
    assert listing.complete


class Refusing(RecordedHttp):
    """Lists, and refuses every text."""

    def get(self, url: str, **more: Any) -> Reply:
        reply = super().get(url, **more)
        return Reply(403, {}, b"", url) if "/detail" in url else reply


def test_a_vendor_that_refuses_texts_is_asked_for_one_only() -> None:
    rows = [wire.bamboohr_row(id=number) for number in range(9)]
    http = Refusing({"https://rowanhall.bamboohr.com/careers/list": wire.body({"meta": {}, "result": rows})})
    listing = SHIPPED["bamboohr"].list(BoardRef("bamboohr", "rowanhall"), http, "")
    assert len(listing.postings) == 9
    assert sum("/detail" in url for url in http.asked) == 1


def test_bamboohr() -> None:
    posting = first("bamboohr")
    assert posting.html == "<p>Plant trees.</p>\n<h3>Compensation</h3>\n<p>$22 - $26 per hour</p>"
    assert (posting.locations, posting.remote) == (("Guelph, Ontario, Canada",), "onsite")
    assert listed("bamboohr").company == "Rowan Hall"


def test_breezy_text_is_the_page_s_job_posting() -> None:
    posting = first("breezy")
    assert posting.html == "<p>Steer.</p>\n<h3>Salary</h3>\n<p>€2,400 - €2,900 a month</p>"
    assert (posting.locations, posting.company) == (("Split, Croatia",), "Tidewater")


def test_rippling_groups_places_and_keeps_each_range() -> None:
    posting = first("rippling")
    assert posting.locations == ("Reno, NV", "Elko, NV")
    assert [(salary.min, salary.period) for salary in posting.salaries] == [(28.5, "hour"), (61000.0, None)]
    assert posting.employment_type == "full-time"
    http = RecordedHttp(SAMPLES["rippling"].recorded.bodies)
    SHIPPED["rippling"].list(SAMPLES["rippling"].recorded.board, http, "")
    assert len(http.asked) == 2


# Feeds


def test_remoteok_text_as_it_was_meant() -> None:
    posting = first("remoteok")
    assert posting.html == "You’ll teach."
    assert (posting.title, posting.company, posting.locations) == ("Maths tutor", "Fernway & Co", ())
    assert [(salary.min, salary.max) for salary in posting.salaries] == [(None, 42000.0)]
    assert "RMTI3" not in json.dumps(dict(posting.raw))
    assert [skip.ref for skip in listed("remoteok").skipped] == ["terms"]


def test_remoteok_links_to_its_own_page() -> None:
    rows = [wire.REMOTEOK_TERMS, wire.remoteok_job(url="https://elsewhere.example/jump")]
    posting = listed("remoteok", {"https://remoteok.com/api": wire.body(rows)}).postings[0]
    assert posting.url == "https://remoteok.com/remote-jobs/remote-tutor-fernway-77"


def test_remotive_keeps_pay_in_words() -> None:
    posting = first("remotive")
    assert posting.html.endswith("<h3>Salary</h3>\n<p>$30 - $40 per hour</p>")
    assert (posting.employment_type, posting.locations) == ("part-time", ("USA only",))
    assert posting.posted_at == datetime(2026, 10, 2, 6, tzinfo=UTC)


def test_arbeitnow_counts_pages_itself() -> None:
    http = RecordedHttp(SAMPLES["arbeitnow"].recorded.bodies)
    listing = SHIPPED["arbeitnow"].list(BoardRef("arbeitnow", ""), http, "")
    assert [url.partition("?")[2] for url in http.asked] == ["page=1", "page=2"]
    assert [posting.external_id for posting in listing.postings] == ["schreiner-holzwerk-erfurt-9", "b"]


def test_a_page_that_comes_again_is_read_once() -> None:
    first_page, second_page = list(SAMPLES["arbeitnow"].recorded.bodies)
    same = wire.body({"data": [wire.arbeitnow_job(), {"slug": ""}], "links": {"next": second_page}})
    listing = listed("arbeitnow", {first_page: same, second_page: same})
    assert (len(listing.postings), len(listing.rejected)) == (1, 1)


def test_himalayas_epochs_places_and_pay() -> None:
    posting = listed("himalayas").postings[0]
    assert (posting.posted_at, posting.closes_at) == (
        datetime.fromtimestamp(1_790_000_000, UTC),
        datetime.fromtimestamp(1_795_000_000, UTC),
    )
    assert posting.locations == ("Spain", "Portugal")
    assert (posting.salaries[0].min, posting.salaries[0].period) == (21.5, "hour")
    assert len(listed("himalayas").postings) == 21


def test_himalayas_is_searched_where_it_can_be() -> None:
    search = "https://himalayas.app/jobs/api/search?q=night%20nurse&limit=20&page=1"
    http = RecordedHttp({search: wire.body({"jobs": [wire.himalayas_job(title="Night nurse")]})})
    listing = SHIPPED["himalayas"].list(BoardRef("himalayas", "night nurse"), http, "")
    assert (http.asked, [posting.title for posting in listing.postings]) == ([search], ["Night nurse"])
    there = RecordedHttp(SAMPLES["himalayas"].recorded.bodies)
    assert len(SHIPPED["himalayas"].list(BoardRef("himalayas", "night nurse"), there, "").postings) == 21


def test_jobicy_reads_both_names_of_pay() -> None:
    assert first("jobicy").salaries[0].as_dict()["period"] == "year"
    renamed = {"annualSalaryMin": None, "annualSalaryMax": None, "salaryMin": 30, "salaryMax": 40}
    posting = first("jobicy", wire.jobicy_job(**renamed, salaryPeriod="hour"), "jobs")
    assert (posting.salaries[0].min, posting.salaries[0].period) == (30.0, "hour")
    assert posting.locations == ("Canada", "USA")
    assert posting.tags == ("Copywriting & Content",)


def test_the_muse_remote_is_no_place_and_403_means_later() -> None:
    posting = first("themuse")
    assert (posting.remote, posting.locations) == ("remote", ("Dallas, TX",))
    http = RecordedHttp(SAMPLES["themuse"].recorded.bodies, status=403)
    with pytest.raises(TryLater, match="asked too often"):
        SHIPPED["themuse"].list(BoardRef("themuse", ""), http, "")


def test_adzuna_is_a_snippet_and_guesses_no_pay() -> None:
    posting = first("adzuna")
    assert (posting.title, posting.complete) == ("Care assistant & driver", False)
    salary = posting.salaries[0]
    assert (salary.min, salary.max, salary.currency, salary.period) == (23000.0, 25000.5, "GBP", None)
    for guessed in ("1", 1, True):
        assert first("adzuna", wire.adzuna_result(salary_is_predicted=guessed), "results").salaries == ()


def test_adzuna_shows_its_key_to_nobody() -> None:
    keyed = SHIPPED["adzuna"].configured({"app_id": "idid", "app_key": "s3cret", "country": "nl"})
    url = wire.ADZUNA.replace("/gb/", "/nl/").replace("app_id=&app_key=", "app_id=idid&app_key=s3cret")
    http = RecordedHttp({f"{url}&what=care%20home": b"[]"})
    with pytest.raises(Failed) as caught:
        keyed.list(BoardRef("adzuna", "care home"), http, "")
    assert http.asked == [f"{url}&what=care%20home"]
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    ("source", "options"),
    [
        ("adzuna", {"app_id": "a", "app_key": "b&c=d"}),
        ("adzuna", {"app_id": "a", "app_key": "b", "country": "atlantis"}),
        ("workableapi", {"token": "a b"}),
        ("usajobs", {"email": "mara@example.org", "key": "a b"}),
        ("usajobs", {"email": "mara", "key": "ab"}),
        ("usajobs", {"email": "mara@example.org", "key": "ab\r\nHost: x"}),
    ],
)
def test_options_that_are_wrong(source: str, options: dict[str, str]) -> None:
    with pytest.raises(InvalidInput):
        SHIPPED[source].configured(options)


def test_usajobs() -> None:
    posting = first("usajobs")
    assert posting.html.startswith("<p>Look after a park.</p>\n<h3>Major duties</h3>\n<p>Walk.</p><p>Talk.</p>")
    assert "&lt;specialised&gt;" in posting.html
    assert posting.locations == ("Moab, Utah", "Page, Arizona")
    assert (posting.salaries[0].min, posting.salaries[0].period) == (49025.0, "year")
    assert posting.closes_at == datetime(2026, 12, 2, 23, 59, 59, 997000, tzinfo=UTC)
    keyed = SHIPPED["usajobs"].configured({"email": "mara@example.org", "key": "k3y"})
    assert keyed.headers == {"From": "mara@example.org", "Authorization-Key": "k3y"}


def test_rss_takes_the_fullest_text_and_no_author() -> None:
    posting, second = listed("rss").postings
    assert (posting.title, posting.external_id, posting.remote) == ("Librarian & archivist (Hybrid)", "job-7", "hybrid")
    assert (posting.html, posting.tags) == ("<p>Look after books.</p>", ("Culture", "Archive"))
    assert posting.posted_at == datetime(2026, 10, 2, 8, tzinfo=UTC)
    assert "Invented Person" not in json.dumps(dict(posting.raw))
    assert second.external_id == second.url == "https://council.example/jobs/8"
    assert not listed("rss").complete


def test_atom_links_to_the_page() -> None:
    posting = listed("rss", {wire.RSS_URL: wire.ATOM.encode()}).postings[0]
    assert (posting.url, posting.external_id) == ("https://museum.example/jobs/1", "tag:museum.example,2026:1")
    assert (posting.html, posting.tags) == ("<p>Hang pictures.</p>", ("Art",))
    assert "Invented Person" not in json.dumps(dict(posting.raw))


def test_rss_of_the_first_kind() -> None:
    text = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        "<item><title>Usher</title><link>https://stage.example/1</link></item></rdf:RDF>"
    )
    assert [posting.title for posting in listed("rss", {wire.RSS_URL: text.encode()}).postings] == ["Usher"]


@pytest.mark.parametrize("body", [b"<html><body>closed</body></html>", b"{}", b"", b"<opml></opml>"])
def test_a_feed_that_was_switched_off(body: bytes) -> None:
    with pytest.raises(Failed, match="nothing was changed"):
        listed("rss", {wire.RSS_URL: body})


def test_we_work_remotely_title_is_company_and_role() -> None:
    posting = first("weworkremotely")
    assert (posting.company, posting.title) == ("Wren Books", "Proofreader: fiction")
    assert posting.locations == ("Anywhere in the World",)
    assert posting.tags == ("All Other Remote", "Grammar", "Patience", "Tea")
    assert posting.closes_at == datetime(2026, 11, 1, 20, 20, 27, tzinfo=UTC)


def test_hacker_news_takes_the_right_thread_and_no_address() -> None:
    listing = listed("hackernews")
    posting = listing.postings[0]
    assert (posting.company, posting.title) == ("Plumbline", "Backend Engineer")
    assert (posting.locations, posting.remote) == (("Leeds, UK", "ONSITE"), "onsite")
    assert "plumbline.example" not in posting.html + json.dumps(dict(posting.raw))
    assert posting.url == "https://news.ycombinator.com/item?id=601"
    assert [skip.reason for skip in listing.skipped] == ["not in the form Company | Role | Place", "deleted"]


@pytest.mark.parametrize(
    ("line", "company", "title", "remote"),
    [
        ("Acme | Remote (US) | Nurse, Teacher roles | $90k", "Acme", "Nurse, Teacher roles", "remote"),
        ("Acme (YC F24) | https://acme.com | NYC | ONSITE", "Acme (YC F24)", "Roles at Acme (YC F24)", "onsite"),
        ("Software Engineer (Contract) | Chicago, IL or REMOTE (US)", None, "Software Engineer (Contract)", "remote"),
        ("Acme — Head of Marketing — Remote (EU) — Contract", "Acme", "Head of Marketing", "remote"),
        ("Acme (YC F24) is hiring Site Managers in Leeds. Onsite.", "Acme", "Site Managers in Leeds", "onsite"),
        ("Acme | REMOTE or ONSITE | Designer", "Acme", "Designer", None),
    ],
)
def test_first_lines(line: str, company: str | None, title: str, remote: str | None) -> None:
    header = header_of(f"{line}<p>More words.")
    assert header is not None
    assert (header.company, header.title, header.remote) == (company, title, remote)


@pytest.mark.parametrize(
    "line", ["", "Amazing to see such a support", "I applied - to no avail", "We are hiring!", "|", "a |"]
)
def test_first_lines_that_are_none(line: str) -> None:
    assert header_of(line) is None


# Addresses


@pytest.mark.parametrize(
    ("url", "ref"),
    [
        ("https://apply.workable.com/highroof/j/AB12/", ("workable", "highroof", "")),
        ("https://highroof.workable.com/", ("workable", "highroof", "")),
        ("https://apply.workable.com/j/AB12CD34EF", None),
        ("https://saltmarsh.recruitee.com/o/chef", ("recruitee", "saltmarsh", "")),
        ("https://nordlicht.jobs.personio.com/job/711", ("personio", "nordlicht", "com")),
        ("https://nordlicht.jobs.personio.de", ("personio", "nordlicht", "")),
        ("https://fjordlight.na.teamtailor.com/jobs", ("teamtailor", "fjordlight", "na")),
        ("https://fjordlight.teamtailor.com/jobs/1", ("teamtailor", "fjordlight", "")),
        ("https://kilnworth.pinpointhq.com/en/postings/1", ("pinpoint", "kilnworth", "")),
        ("https://jobs.smartrecruiters.com/Crumbly1/743-baker", ("smartrecruiters", "Crumbly1", "")),
        ("https://jobs.smartrecruiters.com/oneclick-ui/company/Crumbly1/x", ("smartrecruiters", "Crumbly1", "")),
        ("https://rowanhall.bamboohr.com/careers/31", ("bamboohr", "rowanhall", "")),
        ("https://www.bamboohr.com/careers", None),
        ("https://tidewater.breezy.hr/p/a1b2c3", ("breezy", "tidewater", "")),
        ("https://ats.us1.rippling.com/en-GB/Lifeline/jobs/9d2f", ("rippling", "Lifeline", "")),
        ("https://saltmarsh.recruitee.com.evil.example/", None),
        ("https://evil.example/saltmarsh.recruitee.com/", None),
    ],
)
def test_addresses(url: str, ref: tuple[str, str, str] | None) -> None:
    found = [one for source in SHIPPED.values() if (one := source.recognise(url))]
    assert found == ([BoardRef(*ref)] if ref else [])
