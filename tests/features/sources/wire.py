"""Small boards of invented employers in the true wire formats of the three vendors."""

from __future__ import annotations

import html
import json
from typing import Any


def greenhouse_job(number: int, title: str, content: str = "<p>Care for people.</p>", **more: Any) -> dict[str, Any]:
    return {
        "absolute_url": f"https://job-boards.greenhouse.io/kestrelcare/jobs/{number}",
        "internal_job_id": number + 7,
        "location": {"name": "Leeds, England"},
        "metadata": None,
        "id": number,
        "updated_at": "2026-10-01T10:57:44-04:00",
        "requisition_id": "R_1",
        "title": title,
        "company_name": "Kestrel Care",
        "first_published": "2026-09-19T06:10:12-05:00",
        "language": "en",
        "content": html.escape(content),
        "departments": [{"id": 1, "name": "Nursing", "child_ids": [], "parent_id": None}],
        "offices": [
            {"id": 2, "name": "Leeds", "location": "Leeds, United Kingdom", "child_ids": [], "parent_id": None}
        ],
        "data_compliance": [{"type": "gdpr", "requires_consent": False}],
        **more,
    }


def greenhouse(*jobs: dict[str, Any]) -> bytes:
    return json.dumps({"jobs": list(jobs), "meta": {"total": len(jobs)}}).encode()


def lever_posting(identity: str, title: str, **more: Any) -> dict[str, Any]:
    url = f"https://jobs.lever.co/Harbourline/{identity}"
    return {
        "id": identity,
        "text": title,
        "categories": {
            "commitment": "Full Time",
            "department": "Yard",
            "location": "Gdańsk",
            "team": "Welding",
            "allLocations": ["Gdańsk", "Gdynia"],
        },
        "country": "PL",
        "workplaceType": "onsite",
        "createdAt": 1_758_000_000_000,
        "hostedUrl": url,
        "applyUrl": url + "/apply",
        "opening": "",
        "openingPlain": "",
        "description": "<div>We build ferries &amp; tugs.</div>",
        "descriptionPlain": "We build ferries & tugs.\n",
        "descriptionBody": "<div>We build ferries &amp; tugs.</div>",
        "descriptionBodyPlain": "We build ferries & tugs.\n",
        "additional": "<div>Shifts of eight hours.</div>",
        "additionalPlain": "Shifts of eight hours.\n",
        "lists": [{"text": "What you bring", "content": "<li>MIG/MAG welding</li><li>Licence ISO 9606-1</li>"}],
        **more,
    }


def lever(*postings: dict[str, Any]) -> bytes:
    return json.dumps(list(postings)).encode()


def ashby_job(identity: str, title: str, **more: Any) -> dict[str, Any]:
    return {
        "id": identity,
        "title": title,
        "department": "Teaching",
        "team": "Primary",
        "employmentType": "FullTime",
        "location": "Utrecht",
        "secondaryLocations": [],
        "publishedAt": "2026-10-30T16:47:27.463+00:00",
        "isListed": True,
        "isRemote": None,
        "workplaceType": None,
        "address": {"postalAddress": {"addressLocality": "Utrecht", "addressCountry": "Netherlands"}},
        "jobUrl": f"https://jobs.ashbyhq.com/linden-school/{identity}",
        "applyUrl": f"https://jobs.ashbyhq.com/linden-school/{identity}/application",
        "descriptionHtml": "<p>Teach a class of twenty.</p><ul><li><p>Patience</p></li></ul>",
        "descriptionPlain": "Teach a class of twenty.\n\n - Patience",
        "shouldDisplayCompensationOnJobPostings": True,
        "compensation": {
            "compensationTierSummary": None,
            "scrapeableCompensationSalarySummary": None,
            "compensationTiers": [],
            "summaryComponents": [],
        },
        **more,
    }


def ashby(*jobs: dict[str, Any]) -> bytes:
    return json.dumps({"apiVersion": "1", "jobs": list(jobs)}).encode()


def tier(title: str | None, *components: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": "t",
        "title": title,
        "tierSummary": "t",
        "additionalInformation": None,
        "components": list(components),
    }


def salary(low: Any, high: Any, interval: str = "1 YEAR", currency: str | None = "EUR") -> dict[str, Any]:
    return {
        "id": "c",
        "summary": f"{currency} {low} – {high}",
        "compensationType": "Salary",
        "interval": interval,
        "currencyCode": currency,
        "minValue": low,
        "maxValue": high,
    }


GREENHOUSE_URL = "https://boards-api.greenhouse.io/v1/boards/{}/jobs?content=true&pay_transparency=true"
LEVER_URL = "https://api.lever.co/v0/postings/{}?mode=json"
LEVER_EU_URL = "https://api.eu.lever.co/v0/postings/{}?mode=json"
ASHBY_URL = "https://api.ashbyhq.com/posting-api/job-board/{}?includeCompensation=true"
