"""Small boards and feeds of invented employers, in the wire formats that documents and recordings show.

`SAMPLES` has one of each source: what is asked and what comes back, enough for the kit and for mutations.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from tests.features.sources import wire

from jobbot.sdk import BoardRef
from jobbot.sdk.contract.sources import Recorded

XML = "application/xml"


class Sample(NamedTuple):
    """`source` as in the entry points; `recorded` is one board of it."""

    source: str
    recorded: Recorded


def body(value: Any) -> bytes:
    return json.dumps(value).encode()


def workable_job(**more: Any) -> dict[str, Any]:
    return {
        "title": "Roofer",
        "shortcode": "AB12CD34EF",
        "code": "",
        "employment_type": "Full-time",
        "telecommuting": False,
        "department": "Field",
        "url": "https://apply.workable.com/j/AB12CD34EF",
        "published_on": "2026-10-02",
        "created_at": "2026-10-01",
        "country": "United States",
        "city": "Dover",
        "state": "Delaware",
        "locations": [
            {"country": "United States", "countryCode": "US", "city": "Dover", "region": "Delaware", "hidden": False}
        ],
        "description": "<p>Climb ladders.</p>",
        **more,
    }


WORKABLE_API = "https://highroof.workable.com/spi/v3/jobs?state=published&limit=100&include_fields=description,requirements,benefits"


def workable_own_job(**more: Any) -> dict[str, Any]:
    return {
        "id": "61884e2",
        "title": "Roof inspector",
        "shortcode": "EF12AB34CD",
        "state": "published",
        "department": None,
        "url": "https://highroof.workable.com/jobs/1",
        "location": {
            "location_str": "Dover, Delaware, United States",
            "country": "United States",
            "country_code": "US",
            "region": "Delaware",
            "city": "Dover",
            "telecommuting": False,
            "workplace_type": "on_site",
        },
        "created_at": "2026-10-02T00:00:00Z",
        "description": "<p>Look closely.</p>",
        "requirements": "<p>No fear of heights.</p>",
        "benefits": None,
        **more,
    }


def recruitee_offer(**more: Any) -> dict[str, Any]:
    return {
        "id": 41,
        "guid": "x1y2z",
        "slug": "chef",
        "title": "Chef de partie",
        "status": "published",
        "careers_url": "https://saltmarsh.recruitee.com/o/chef",
        "company_name": "Saltmarsh Kitchen",
        "mailbox_email": "job.x1y2z@saltmarsh.example",
        "city": "Bristol",
        "country": "United Kingdom",
        "country_code": "GB",
        "location": "Bristol, England, United Kingdom",
        "locations": [{"id": 1, "name": "Bristol", "city": "Bristol", "state": "England", "country": "United Kingdom"}],
        "remote": False,
        "hybrid": False,
        "on_site": True,
        "employment_type_code": "fulltime_permanent",
        "department": "Kitchen",
        "tags": [],
        "salary": {"min": "28000", "max": "32000.00", "period": "year", "currency": "GBP"},
        "description": "<p>Cook.</p>",
        "requirements": "<ul><li>Knives</li></ul>",
        "published_at": "2026-10-02 17:18:08 UTC",
        "close_at": None,
        "open_questions": [{"id": 9, "body": "Do you eat?"}],
        "translations": {"en": {"title": "Chef de partie"}},
        **more,
    }


PERSONIO = """<?xml version="1.0" encoding="UTF-8"?>
<workzag-jobs>
  <position>
    <id>711</id>
    <subcompany>Nordlicht Pflege GmbH</subcompany>
    <office>Kiel</office>
    <additionalOffices><office>Lübeck</office><office>Hamburg (Hybrid)</office></additionalOffices>
    <department>Pflege</department>
    <recruitingCategory>Klinik</recruitingCategory>
    <name>Pflegefachkraft (m/w/d)</name>
    <jobDescriptions>
      <jobDescription><name>Aufgaben &amp; mehr</name>
        <value><![CDATA[<p>Menschen pflegen.</p><position>kein Element</position>]]></value></jobDescription>
      <jobDescription><name>Profil</name><value><![CDATA[<ul><li>Examen</li></ul>]]></value></jobDescription>
    </jobDescriptions>
    <employmentType>permanent</employmentType>
    <seniority>experienced</seniority>
    <schedule>part-time</schedule>
    <createdAt>2026-10-02T08:00:00+0200</createdAt>
  </position>
  <position><id>712</id><name>Werkstudent Küche</name><employmentType>working_student</employmentType></position>
</workzag-jobs>
"""

TEAMTAILOR_RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:tt="https://teamtailor.com/locations">
  <channel><title>Fjordlight</title>
    <item>
      <title>Store manager</title>
      <description>&lt;p&gt;Run a shop.&lt;/p&gt;</description>
      <pubDate>Fri, 02 Oct 2026 09:00:00 +0200</pubDate>
      <link>https://fjordlight.teamtailor.com/jobs/1-store-manager</link>
      <remoteStatus>none</remoteStatus>
      <guid>5f1c0c3e-0000-4000-8000-000000000001</guid>
      <tt:locations>
        <tt:location><tt:name>Oslo</tt:name><tt:city>Oslo</tt:city><tt:country>Norway</tt:country></tt:location>
        <tt:location><tt:name>Bergen</tt:name><tt:city>Bergen</tt:city><tt:country>Norway</tt:country></tt:location>
      </tt:locations>
      <tt:department>Retail</tt:department>
    </item>
  </channel>
</rss>
"""


def teamtailor_item(**more: Any) -> dict[str, Any]:
    return {
        "id": "5f1c0c3e-0000-4000-8000-000000000001",
        "title": "Store manager",
        "url": "https://fjordlight.teamtailor.com/jobs/1-store-manager",
        "date_published": "2026-10-02T09:00:00+02:00",
        "content_html": "<p>Run a shop.</p>",
        "_jobposting": {
            "@context": "http://schema.org/",
            "@type": "JobPosting",
            "title": "Store manager",
            "identifier": {"@type": "PropertyValue", "name": "Fjordlight", "value": 1},
            "employmentType": "FULL_TIME",
            "baseSalary": {
                "@type": "MonetaryAmount",
                "currency": "NOK",
                "value": {"@type": "QuantitativeValue", "minValue": "42000", "maxValue": "48000", "unitText": "MONTH"},
            },
            "jobLocation": [
                {"@type": "Place", "address": {"addressLocality": "Oslo", "addressCountry": "NO"}},
            ],
        },
        **more,
    }


def pinpoint_posting(**more: Any) -> dict[str, Any]:
    return {
        "id": "19",
        "title": "Lecturer in Ceramics",
        "url": "https://kilnworth.pinpointhq.com/en/postings/19",
        "description": "<div>Teach.</div>",
        "key_responsibilities": "<ul><li>Glaze</li></ul>",
        "key_responsibilities_header": "What you do",
        "skills_knowledge_expertise": "<p>A kiln of your own.</p>",
        "skills_knowledge_expertise_header": "What you bring",
        "benefits": "<p>Clay.</p>",
        "benefits_header": "What we offer",
        "employment_type": "permanent_full_time",
        "employment_type_text": "Permanent - Full Time",
        "workplace_type": "onsite",
        "compensation": "£37,099 - £41,732 / year",
        "compensation_minimum": 37099.0,
        "compensation_maximum": 41732.0,
        "compensation_currency": "GBP",
        "compensation_frequency": "year",
        "compensation_visible": True,
        "deadline_at": "2026-12-31T23:59:59+01:00",
        "job": {"id": "1", "requisition_id": "R1", "department": {"id": "2", "name": "Arts"}},
        "location": {"id": "3", "city": "Bath", "name": "Bath", "province": "Somerset"},
        **more,
    }


def smartrecruiters_row(**more: Any) -> dict[str, Any]:
    return {
        "id": "743999900000001",
        "name": "Baker",
        "uuid": "00000000-0000-4000-8000-000000000001",
        "refNumber": "REF1",
        "company": {"identifier": "Crumbly1", "name": "Crumbly"},
        "releasedDate": "2026-10-02T07:51:55.575Z",
        "location": {"city": "Leeds", "region": "England", "country": "gb", "remote": False},
        "department": {},
        "function": {"id": "production", "label": "Production"},
        "typeOfEmployment": {"id": "permanent", "label": "Full-time"},
        "customField": [{"fieldId": "f", "fieldLabel": "Hiring Manager", "valueLabel": "Invented Person"}],
        "creator": {"name": "Invented Person"},
        **more,
    }


SMARTRECRUITERS_DETAIL = {
    "id": "743999900000001",
    "name": "Baker",
    "active": True,
    "postingUrl": "https://jobs.smartrecruiters.com/Crumbly1/743999900000001-baker",
    "compensation": {"min": 25000, "max": 29000, "currency": "GBP", "period": "YEARLY"},
    "jobAd": {
        "sections": {
            "companyDescription": {"title": "Company", "text": "<p>We bake.</p>"},
            "jobDescription": {"title": "Job", "text": "<p>Knead.</p>"},
            "qualifications": {"title": "You", "text": "<p>Early riser.</p>"},
        }
    },
}


def bamboohr_row(**more: Any) -> dict[str, Any]:
    return {
        "id": "31",
        "jobOpeningName": "Gardener",
        "departmentLabel": "Grounds",
        "employmentStatusLabel": "Full-Time",
        "location": {"city": None, "state": None},
        "atsLocation": {"country": "Canada", "state": None, "province": "Ontario", "city": "Guelph"},
        "isRemote": None,
        "locationType": "0",
        **more,
    }


BAMBOOHR_DETAIL = {
    "result": {
        "jobOpening": {
            "jobOpeningName": "Gardener",
            "description": "<p>Plant trees.</p>",
            "datePosted": "2026-10-02",
            "compensation": "$22 - $26 per hour",
        }
    }
}


def breezy_row(**more: Any) -> dict[str, Any]:
    return {
        "id": "a1b2c3",
        "friendly_id": "a1b2c3-ferry-captain",
        "name": "Ferry captain",
        "url": "https://tidewater.breezy.hr/p/a1b2c3-ferry-captain",
        "published_date": "2026-10-02T07:00:00.000Z",
        "type": {"id": "fullTime", "name": "Full-Time"},
        "location": {
            "name": "Split, HR",
            "city": "Split",
            "country": {"id": "HR", "name": "Croatia"},
            "is_remote": False,
        },
        "department": "Fleet",
        "salary": "€2,400 - €2,900 a month",
        "company": {"name": "Tidewater", "friendly_id": "tidewater"},
        **more,
    }


BREEZY_PAGE = b"""<!doctype html><html><head><script type="application/ld+json">
{"@context": "http://schema.org", "@type": "JobPosting", "title": "Ferry captain",
"description": "&lt;p&gt;Steer.&lt;/p&gt;",}
</script></head><body>Ferry captain</body></html>"""


def rippling_row(**more: Any) -> dict[str, Any]:
    return {
        "uuid": "9d2f0000-0000-4000-8000-000000000001",
        "name": "Paramedic",
        "department": {"id": "d", "label": "Response"},
        "url": "https://ats.rippling.com/Lifeline/jobs/9d2f0000-0000-4000-8000-000000000001",
        "workLocation": {"id": "w", "label": "Reno, NV"},
        **more,
    }


RIPPLING_DETAIL = {
    "uuid": "9d2f0000-0000-4000-8000-000000000001",
    "name": "Paramedic",
    "description": {"company": "<p>About us.</p>", "role": "<p>Save lives.</p>"},
    "workLocations": ["Reno, NV", "Elko, NV"],
    "employmentType": {"label": "Salaried, full-time", "id": "SALARIED_FT"},
    "createdOn": "2026-10-02T07:00:00-07:00",
    "payRangeDetails": [
        {"rangeStart": 28.5, "rangeEnd": 34, "currency": "USD", "frequency": "HOURLY"},
        {"rangeStart": 61000, "rangeEnd": 70000, "currency": "USD", "frequency": ""},
    ],
    "companyName": "Lifeline Rescue",
}


def remoteok_job(**more: Any) -> dict[str, Any]:
    return {
        "slug": "remote-tutor-fernway-77",
        "id": "77",
        "epoch": 1_790_000_000,
        "date": "2026-09-21T14:13:20+00:00",
        "company": "Fernway &amp; Co",
        "position": "Maths tutor",
        "tags": ["teaching", "teaching", "maths"],
        "location": "",
        "salary_min": 0,
        "salary_max": 42000,
        "description": "Youâ\x80\x99ll teach.\\n<br/><br/>Please mention the word **KIND** and tag RMTI3LjAuMC4x.",
        "url": "https://remoteOK.com/remote-jobs/remote-tutor-fernway-77",
        "apply_url": "https://elsewhere.example/apply",
        **more,
    }


REMOTEOK_TERMS = {"last_updated": 1_790_000_100, "legal": "Please link back and mention Remote OK as a source."}


def remotive_job(**more: Any) -> dict[str, Any]:
    return {
        "id": 55,
        "url": "https://remotive.com/remote-jobs/nursing/triage-nurse-55",
        "title": "Triage nurse",
        "company_name": "Calloway Care",
        "category": "Medical",
        "tags": ["health"],
        "job_type": "part_time",
        "publication_date": "2026-10-02T06:00:00",
        "candidate_required_location": "USA only",
        "salary": "$30 - $40 per hour",
        "description": "<p>Listen on the phone.</p>",
        **more,
    }


def arbeitnow_job(**more: Any) -> dict[str, Any]:
    return {
        "slug": "schreiner-holzwerk-erfurt-9",
        "company_name": "Holzwerk Erfurt",
        "title": "Schreiner (m/w/d)",
        "description": "<p>Wir bauen Möbel.</p>",
        "remote": False,
        "url": "https://www.arbeitnow.com/jobs/companies/holzwerk/schreiner-9",
        "tags": ["Handwerk"],
        "job_types": ["Full-Time"],
        "location": "Erfurt",
        "created_at": 1_790_000_000,
        **more,
    }


def himalayas_job(**more: Any) -> dict[str, Any]:
    return {
        "title": "Translator",
        "excerpt": "Translate.",
        "companyName": "Babelwood",
        "employmentType": "Contractor",
        "minSalary": 21.5,
        "maxSalary": 30,
        "salaryPeriod": "hourly",
        "currency": "EUR",
        "seniority": ["Mid-level"],
        "locationRestrictions": ["Spain", {"name": "Portugal"}],
        "timezoneRestrictions": [0, 1],
        "categories": ["Translation"],
        "parentCategories": ["Languages"],
        "description": "<p>Translate novels.</p>",
        "pubDate": 1_790_000_000,
        "expiryDate": 1_795_000_000_000,
        "applicationLink": "https://himalayas.app/companies/babelwood/jobs/translator",
        "guid": "https://himalayas.app/companies/babelwood/jobs/translator",
        **more,
    }


def jobicy_job(**more: Any) -> dict[str, Any]:
    return {
        "id": 4242,
        "url": "https://jobicy.com/jobs/4242-editor",
        "jobTitle": "Editor",
        "companyName": "Quill &amp; Sons",
        "jobIndustry": ["Copywriting &amp; Content"],
        "jobType": ["full-time"],
        "jobGeo": "Canada,  USA",
        "jobLevel": "Senior",
        "jobDescription": "<p>Edit.</p>",
        "pubDate": "2026-10-02 04:24:13",
        "annualSalaryMin": "65000",
        "annualSalaryMax": "80000",
        "salaryCurrency": "CAD",
        **more,
    }


def themuse_job(**more: Any) -> dict[str, Any]:
    return {
        "id": 9001,
        "name": "Physiotherapist",
        "type": "external",
        "publication_date": "2026-10-02T23:48:16Z",
        "contents": "<p>Mend knees.</p>",
        "locations": [{"name": "Flexible / Remote"}, {"name": "Dallas, TX"}],
        "categories": [{"name": "Healthcare"}],
        "levels": [{"name": "Mid Level", "short_name": "mid"}],
        "tags": [],
        "refs": {"landing_page": "https://www.themuse.com/jobs/kneeworks/physiotherapist"},
        "company": {"id": 5, "short_name": "kneeworks", "name": "Kneeworks"},
        **more,
    }


WWR = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss">
  <channel><title>We Work Remotely</title><ttl>60</ttl>
    <item>
      <media:content url="https://img.example/logo.gif" type="image/png"/>
      <media:title>Not the title</media:title>
      <title>Wren Books: Proofreader: fiction</title>
      <region>Anywhere in the World</region>
      <country></country>
      <state>Ohio</state>
      <skills>Grammar, Patience, and Tea</skills>
      <category>All Other Remote</category>
      <type>Contract</type>
      <description>&lt;p&gt;Read novels.&lt;/p&gt;</description>
      <pubDate>Fri, 02 Oct 2026 20:20:27 +0000</pubDate>
      <expires_at>Sun, 01 Nov 2026 20:20:27 +0000</expires_at>
      <guid>https://weworkremotely.com/remote-jobs/wren-books-proofreader</guid>
      <link>https://weworkremotely.com/remote-jobs/wren-books-proofreader</link>
    </item>
  </channel>
</rss>
"""

ADZUNA = "https://api.adzuna.com/v1/api/jobs/gb/search/1?app_id=&app_key=&results_per_page=50"


def adzuna_result(**more: Any) -> dict[str, Any]:
    return {
        "id": "3141",
        "title": "<strong>Care</strong> assistant &amp; driver",
        "description": "You will help people at home and…",
        "created": "2026-10-02T07:00:00Z",
        "redirect_url": "https://www.adzuna.co.uk/jobs/land/ad/3141",
        "company": {"display_name": "Hearthside"},
        "location": {"display_name": "Hull, East Yorkshire", "area": ["UK", "Hull"]},
        "category": {"label": "Social work Jobs", "tag": "social-work-jobs"},
        "salary_min": 23000,
        "salary_max": 25000.5,
        "salary_is_predicted": "0",
        "contract_time": "part_time",
        "contract_type": "permanent",
        "__CLASS__": "Adzuna::API::Response::Job",
        **more,
    }


USAJOBS = "https://data.usajobs.gov/api/Search?ResultsPerPage=250&Fields=Full&Page=1"


def usajobs_item(**more: Any) -> dict[str, Any]:
    return {
        "MatchedObjectId": "800100",
        "MatchedObjectDescriptor": {
            "PositionID": "VA-1",
            "PositionTitle": "Park ranger",
            "PositionURI": "https://www.usajobs.gov/job/800100",
            "PositionLocationDisplay": "Multiple Locations",
            "PositionLocation": [{"LocationName": "Moab, Utah"}, {"LocationName": "Page, Arizona"}],
            "OrganizationName": "National Park Service",
            "JobCategory": [{"Name": "Park Ranger", "Code": "0025"}],
            "PositionSchedule": [{"Name": "Full-time", "Code": "1"}],
            "QualificationSummary": "A year of <specialised> experience.",
            "PositionRemuneration": [
                {"MinimumRange": "49025.0", "MaximumRange": "63733.0", "RateIntervalCode": "PA", "Description": "Year"}
            ],
            "PublicationStartDate": "2026-10-02T00:00:00.0000000",
            "ApplicationCloseDate": "2026-12-02T23:59:59.9970000",
            "UserArea": {"Details": {"JobSummary": "Look after a park.", "MajorDuties": ["Walk.", "Talk."]}},
            **more,
        },
    }


RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel><title>Council jobs</title><link>https://council.example/jobs</link>
    <item><title>Librarian &amp;amp; archivist (Hybrid)</title><link>https://council.example/jobs/7</link>
      <guid isPermaLink="false">job-7</guid><pubDate>Fri, 02 Oct 2026 09:00:00 +0100</pubDate>
      <dc:creator>An Invented Person</dc:creator><category>Culture</category><category>Archive</category>
      <description>Short.</description><content:encoded><![CDATA[<p>Look after books.</p>]]></content:encoded></item>
    <item><title>Gardener</title><link>https://council.example/jobs/8</link><description>Plant.</description></item>
  </channel>
</rss>
"""
ATOM = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Museum</title><link rel="self" href="https://museum.example/atom"/>
  <entry><title>Curator</title><id>tag:museum.example,2026:1</id>
    <link rel="edit" href="https://museum.example/edit/1"/><link href="https://museum.example/jobs/1"/>
    <updated>2026-10-02T09:00:00Z</updated><author><name>An Invented Person</name></author>
    <category term="Art"/><content type="html">&lt;p&gt;Hang pictures.&lt;/p&gt;</content></entry>
</feed>
"""
RSS_URL = "https://council.example/jobs.rss"

HN_SEARCH = "https://hn.algolia.com/api/v1/search_by_date?tags=story,author_whoishiring&hitsPerPage=5"
HN_HITS = {
    "hits": [
        {"objectID": "501", "title": "Ask HN: Who wants to be hired? (October 2026)"},
        {"objectID": "500", "title": "Ask HN: Who is hiring? (October 2026)"},
    ]
}


def hn_comment(number: int, text: Any, **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "author": "someone",
        "text": text,
        "created_at_i": 1_790_000_000,
        "created_at": "2026-09-21T14:13:20.000Z",
        "parent_id": 500,
        "type": "comment",
        "children": [],
        **more,
    }


HN_THREAD = {
    "id": 500,
    "title": "Ask HN: Who is hiring? (October 2026)",
    "children": [
        hn_comment(
            601,
            "Plumbline | Backend Engineer | Leeds, UK | ONSITE | Full-time | £60k<p>Mail jobs@plumbline.example",
        ),
        hn_comment(602, "Is anybody still reading this?"),
        hn_comment(603, None),
    ],
}


def _json(source: str, board: str, url: str, value: Any, rows: str, region: str = "") -> Sample:
    return Sample(source, Recorded(BoardRef(source, board, region), {url: body(value)}, rows=rows))


def _feed(source: str, bodies: dict[str, bytes], rows: str, media: str = "application/json", **more: Any) -> Sample:
    return Sample(source, Recorded(BoardRef(source, ""), bodies, media, rows, **more))


def _detailed(source: str, board: str, bodies: dict[str, bytes], rows: str) -> Sample:
    return Sample(source, Recorded(BoardRef(source, board), bodies, rows=rows))


FREEHIRE = (
    "https://freehire.me/api/v1/agent/jobs/search?limit=100&offset=0&description_format=html&source_exclude="
    "adzuna,arbeitnow,himalayas,jobicy,remoteok,remotive,themuse,usajobs,weworkremotely"
)
JOBSEEK = "https://jseek.co/api/v1/search"


def freehire_job(**more: Any) -> dict[str, Any]:
    return {
        "public_slug": "dental-nurse-fernway-1a2b",
        "source": "greenhouse",
        "manually_added": False,
        "external_id": "123",
        "url": "https://boards.greenhouse.io/fernway/jobs/123",
        "title": "Dental nurse",
        "company": "Fernway",
        "company_slug": "fernway",
        "location": "Hull, England",
        "description": "<p>Assist at the chair.</p>",
        "countries": ["gb"],
        "regions": ["uk"],
        "cities": ["Hull"],
        "work_mode": "onsite",
        "skills": ["radiography"],
        "posted_at": "2026-11-02T00:00:00Z",
        "closed_at": None,
        "enrichment": {
            "category": "healthcare",
            "employment_type": "full_time",
            "salary_min": 24000,
            "salary_max": 27000,
            "salary_currency": "GBP",
            "salary_period": "year",
            "posting_language": "en",
            "domains": ["healthcare"],
        },
        "my_vote": None,
        "view_count": 4,
        **more,
    }


def jobseek_posting(**more: Any) -> dict[str, Any]:
    link = "https://jseek.co/en/company/alpenglas?show=5b1f0000-0000-4000-8000-000000000001"
    identity = "5b1f0000-0000-4000-8000-000000000001"
    return {"id": identity, "title": "Glazier", "location": "Chur", "url": link, **more}


def jobseek_company(*postings: dict[str, Any], **more: Any) -> dict[str, Any]:
    shown = list(postings) or [jobseek_posting()]
    named = {"name": "Alpenglas", "slug": "alpenglas", "icon": None, "activeJobs": len(shown)}
    return {**named, "topPostings": shown, **more}


JOBSEEK_DETAIL = {
    "id": "5b1f0000-0000-4000-8000-000000000001",
    "title": "Glazier",
    "company": {"name": "Alpenglas", "slug": "alpenglas", "icon": None},
    "locations": [{"name": "Chur", "type": "onsite", "geoType": "city", "parentName": "Switzerland"}],
    "seniority": None,
    "technologies": [{"name": "CAD"}],
    "salary": {"min": 62000, "max": None, "currency": "CHF", "period": "year"},
    "employmentType": "full_time",
    "url": "https://jseek.co/en/company/alpenglas?show=5b1f0000-0000-4000-8000-000000000001",
    "firstSeenAt": "2026-11-01T00:00:00Z",
}
RIPPLING = "https://api.rippling.com/platform/api/ats/v1/board/Lifeline/jobs"
PAGES = "https://himalayas.app/jobs/api?limit=20&offset="
SAMPLES = {
    sample.source: sample
    for sample in (
        Sample(
            "greenhouse",
            Recorded(
                BoardRef("greenhouse", "kestrelcare"),
                {wire.GREENHOUSE_URL.format("kestrelcare"): wire.greenhouse(wire.greenhouse_job(4101, "Night Nurse"))},
                rows="jobs",
            ),
        ),
        Sample(
            "lever",
            Recorded(
                BoardRef("lever", "Harbourline"),
                {wire.LEVER_URL.format("Harbourline"): wire.lever(wire.lever_posting("1" * 8, "Welder"))},
            ),
        ),
        Sample(
            "ashby",
            Recorded(
                BoardRef("ashby", "linden-school"),
                {wire.ASHBY_URL.format("linden-school"): wire.ashby(wire.ashby_job("a-1", "Class Teacher"))},
                rows="jobs",
            ),
        ),
        _json(
            "workable",
            "highroof",
            "https://apply.workable.com/api/v1/widget/accounts/highroof?details=true",
            {
                "name": "Highroof",
                "description": "",
                "jobs": [workable_job(), workable_job(city="Newark", locations=[])],
            },
            "jobs",
        ),
        Sample(
            "workableapi",
            Recorded(
                BoardRef("workableapi", "highroof"),
                {
                    WORKABLE_API: body(
                        {"jobs": [workable_own_job()], "paging": {"next": f"{WORKABLE_API}&since_id=1"}}
                    ),
                    f"{WORKABLE_API}&since_id=1": body({"jobs": [workable_own_job(shortcode="B2")], "paging": {}}),
                },
                rows="jobs",
            ),
        ),
        _json(
            "recruitee",
            "saltmarsh",
            "https://saltmarsh.recruitee.com/api/offers/",
            {"offers": [recruitee_offer(), recruitee_offer(id=42, status="draft")]},
            "offers",
        ),
        Sample(
            "personio",
            Recorded(
                BoardRef("personio", "nordlicht"),
                {"https://nordlicht.jobs.personio.de/xml?language=en": PERSONIO.encode()},
                XML,
                "position",
            ),
        ),
        _json(
            "teamtailor",
            "fjordlight",
            "https://fjordlight.teamtailor.com/jobs.json",
            {"version": "https://jsonfeed.org/version/1.1", "title": "Fjordlight", "items": [teamtailor_item()]},
            "items",
        ),
        _json(
            "pinpoint",
            "kilnworth",
            "https://kilnworth.pinpointhq.com/postings.json",
            {"data": [pinpoint_posting()]},
            "data",
        ),
        _detailed(
            "smartrecruiters",
            "Crumbly1",
            {
                "https://api.smartrecruiters.com/v1/companies/Crumbly1/postings?limit=100&offset=0": body(
                    {"offset": 0, "limit": 100, "totalFound": 1, "content": [smartrecruiters_row()]}
                ),
                "https://api.smartrecruiters.com/v1/companies/Crumbly1/postings/743999900000001": body(
                    SMARTRECRUITERS_DETAIL
                ),
            },
            "content",
        ),
        _detailed(
            "bamboohr",
            "rowanhall",
            {
                "https://rowanhall.bamboohr.com/careers/list": body(
                    {"meta": {"totalCount": 1}, "result": [bamboohr_row()]}
                ),
                "https://rowanhall.bamboohr.com/careers/31/detail": body(BAMBOOHR_DETAIL),
                "https://rowanhall.bamboohr.com/careers/company-info": body({"result": {"name": "Rowan Hall"}}),
            },
            "result",
        ),
        _detailed(
            "breezy",
            "tidewater",
            {
                "https://tidewater.breezy.hr/json": body([breezy_row()]),
                "https://tidewater.breezy.hr/p/a1b2c3-ferry-captain": BREEZY_PAGE,
            },
            "",
        ),
        _detailed(
            "rippling",
            "Lifeline",
            {
                RIPPLING: body([rippling_row(), rippling_row(workLocation={"id": "v", "label": "Elko, NV"})]),
                f"{RIPPLING}/9d2f0000-0000-4000-8000-000000000001": body(RIPPLING_DETAIL),
            },
            "",
        ),
        _feed("remoteok", {"https://remoteok.com/api": body([REMOTEOK_TERMS, remoteok_job()])}, ""),
        _feed(
            "remotive",
            {"https://remotive.com/api/remote-jobs": body({"job-count": 1, "jobs": [remotive_job()]})},
            "jobs",
        ),
        _feed(
            "arbeitnow",
            {
                "https://www.arbeitnow.com/api/job-board-api?page=1": body(
                    {"data": [arbeitnow_job()], "links": {"next": "https://www.arbeitnow.com/x?search=y&page=2"}}
                ),
                "https://www.arbeitnow.com/api/job-board-api?page=2": body(
                    {"data": [arbeitnow_job(slug="b")], "links": {}}
                ),
            },
            "data",
        ),
        _feed(
            "himalayas",
            {
                f"{PAGES}0": body(
                    {"totalCount": 21, "jobs": [himalayas_job(guid=f"g{number}") for number in range(20)]}
                ),
                f"{PAGES}20": body({"totalCount": 21, "jobs": [himalayas_job()]}),
            },
            "jobs",
        ),
        _feed("jobicy", {"https://jobicy.com/api/v2/remote-jobs?count=100": body({"jobs": [jobicy_job()]})}, "jobs"),
        _feed(
            "themuse",
            {
                "https://www.themuse.com/api/public/jobs?page=0": body({"page_count": 2, "results": [themuse_job()]}),
                "https://www.themuse.com/api/public/jobs?page=1": body(
                    {"page_count": 2, "results": [themuse_job(id=2)]}
                ),
            },
            "results",
        ),
        _feed("freehire", {FREEHIRE: body({"data": [freehire_job()], "meta": {"total": 1, "limit": 100}})}, "data"),
        _feed(
            "jobseek",
            {
                JOBSEEK: body({"companies": [jobseek_company()], "totalCompanies": 1, "moreAt": "https://jseek.co/en"}),
                f"https://jseek.co/api/v1/job?id={JOBSEEK_DETAIL['id']}": body(JOBSEEK_DETAIL),
            },
            "companies",
        ),
        _feed("adzuna", {ADZUNA: body({"count": 1, "mean": 2.5, "results": [adzuna_result()]})}, "results"),
        _feed(
            "usajobs",
            {
                USAJOBS: body(
                    {
                        "LanguageCode": "EN",
                        "SearchResult": {"SearchResultCount": 1, "SearchResultItems": [usajobs_item()]},
                    }
                )
            },
            "SearchResult.SearchResultItems",
        ),
        Sample("rss", Recorded(BoardRef("rss", RSS_URL), {RSS_URL: RSS.encode()}, XML, "item")),
        _feed("weworkremotely", {"https://weworkremotely.com/remote-jobs.rss": WWR.encode()}, "item", XML),
        _feed(
            "hackernews",
            {HN_SEARCH: body(HN_HITS), "https://hn.algolia.com/api/v1/items/500": body(HN_THREAD)},
            "children",
            conditional=False,
        ),
    )
}
