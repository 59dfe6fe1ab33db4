"""Invented people as JSON Resume, and the layouts their CVs are set in: what the importer is measured and tested on."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

Resume = dict[str, Any]


def _months(names: str) -> list[str]:
    return names.split()


MONTHS = {
    "en": _months("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"),
    "long": _months("January February March April May June July August September October November December"),
    "de": _months("Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
}

NURSE: Resume = {
    "basics": {
        "name": "Imke Vandersloot",
        "label": "Registered Nurse, Intensive Care",
        "email": "imke.vandersloot@example.org",
        "phone": "+44 20 7946 0112",
        "url": "https://imke.example.org",
        "summary": "Intensive care nurse with nine years on mixed adult units. I teach new colleagues to read a "
        "ventilator before they touch it, and I have led the sepsis bundle of a 16-bed unit since 2021.",
        "location": {"city": "Leeds", "countryCode": "GB"},
        "profiles": [
            {
                "network": "LinkedIn",
                "username": "imke-vandersloot",
                "url": "https://www.linkedin.com/in/imke-vandersloot",
            }
        ],
    },
    "work": [
        {
            "name": "St Aldwyn Hospital",
            "location": "Leeds",
            "position": "Senior Staff Nurse",
            "startDate": "2019-03",
            "highlights": [
                "Led the sepsis bundle on a 16-bed unit; time to first antibiotic fell from 71 to 38 minutes",
                "Mentored 14 newly qualified nurses, of whom 13 passed their competencies at the first attempt",
                (
                    "Introduced a long-term device register that cut catheter infections by 42% over two years while "
                    "the number of device days on the unit rose by a tenth"
                ),
                "Rota lead for 62 staff",
            ],
        },
        {
            "name": "Northmoor Infirmary",
            "location": "Bradford",
            "position": "Staff Nurse",
            "startDate": "2016-09",
            "endDate": "2019-02",
            "highlights": [
                "Cared for post-operative cardiac patients on a 24-bed step-down ward",
                "Audited 310 drug charts and presented the findings to the medicines safety group",
            ],
        },
        {
            "name": "Beckside Care Home",
            "location": "Wakefield",
            "position": "Care Assistant",
            "startDate": "2013-06",
            "endDate": "2013-09",
            "highlights": ["Personal care for 20 residents, many with advanced dementia"],
        },
    ],
    "education": [
        {
            "institution": "University of Airedale",
            "area": "Adult Nursing",
            "studyType": "Bachelor of Science",
            "startDate": "2013",
            "endDate": "2016",
        }
    ],
    "skills": [
        {"name": "Clinical", "keywords": ["Mechanical ventilation", "CRRT", "Sepsis management", "Triage"]},
        {"name": "Systems", "keywords": ["EPIC", "Excel", "Datix"]},
    ],
    "languages": [{"language": "English", "fluency": "Fluent"}, {"language": "Dutch", "fluency": "Native"}],
    "certificates": [
        {"name": "Advanced Life Support", "date": "2024-05", "issuer": "Resuscitation Council UK"},
        {"name": "Mentorship in Practice", "date": "2020", "issuer": "University of Airedale"},
    ],
}

ANALYST: Resume = {
    "basics": {
        "name": "Tomás Okonkwo-Reyes",
        "label": "Senior Data Analyst",
        "email": "tomas.okonkwo@example.com",
        "phone": "+1 (503) 555-0147",
        "summary": "Data analyst with eight years in logistics and retail. Builds forecasts that planners trust and "
        "dashboards that get used.",
        "location": {"city": "Portland", "region": "OR"},
        "profiles": [{"network": "GitHub", "username": "tokonkwo", "url": "https://github.com/tokonkwo"}],
    },
    "work": [
        {
            "name": "Harrow Lane Logistics Inc.",
            "location": "Portland, OR",
            "position": "Senior Data Analyst",
            "startDate": "2020-02",
            "highlights": [
                "Rebuilt the demand forecast in Python; mean error fell from 23% to 14% across 1,900 lanes",
                "Own the weekly capacity dashboard used by 45 planners (Power BI, dbt, Snowflake)",
                "Trained 12 colleagues in SQL",
            ],
        },
        {
            "name": "Coppertree Retail Group",
            "location": "Seattle, WA",
            "position": "Data Analyst",
            "startDate": "2017-07",
            "endDate": "2020-01",
            "highlights": [
                "Ran 30 price tests on 400 products and documented which ones paid for themselves",
                "Automated the month-end stock report, saving three days of manual work each month",
            ],
        },
        {
            "name": "Coppertree Retail Group",
            "location": "Seattle, WA",
            "position": "Reporting Intern",
            "startDate": "2016-06",
            "endDate": "2017-06",
            "highlights": ["Maintained 25 Excel reports for store managers"],
        },
    ],
    "education": [
        {
            "institution": "Cascade State University",
            "area": "Economics",
            "studyType": "Bachelor of Arts",
            "startDate": "2012-09",
            "endDate": "2016-05",
            "score": "3.7/4.0",
        },
        {
            "institution": "Willamette College",
            "area": "Statistics",
            "studyType": "Master of Science",
            "startDate": "2018-09",
            "endDate": "2020-06",
        },
    ],
    "skills": [
        {"name": "Languages", "keywords": ["Python", "SQL", "R"]},
        {"name": "Tools", "keywords": ["Power BI", "dbt", "Snowflake", "Airflow", "Git"]},
        {"name": "Methods", "keywords": ["Forecasting", "A/B testing", "Regression"]},
    ],
    "languages": [
        {"language": "English", "fluency": "Native"},
        {"language": "Spanish", "fluency": "Professional working"},
    ],
    "certificates": [{"name": "SnowPro Core", "date": "2022-11", "issuer": "Snowflake"}],
    "projects": [
        {
            "name": "Transit Delay Map",
            "startDate": "2021",
            "endDate": "2022",
            "highlights": ["Open map of bus delays in Portland, built from 11 million arrival records"],
        }
    ],
}

TECHNIKER: Resume = {
    "basics": {
        "name": "Jürgen Brückenwirth",
        "label": "Elektrotechniker",
        "email": "j.brueckenwirth@example.org",
        "phone": "+49 711 5550 123",
        "location": {"address": "Lindenweg 14", "postalCode": "70180", "city": "Stuttgart"},
    },
    "work": [
        {
            "name": "Kessler Anlagenbau GmbH",
            "location": "Stuttgart",
            "position": "Servicetechniker",
            "startDate": "2018-04",
            "highlights": [
                "Wartung und Störungsbeseitigung an 140 Mittelspannungsanlagen",
                "Einführung eines digitalen Prüfprotokolls, Durchlaufzeit um 35 % verkürzt",
                "Ausbildung von vier Auszubildenden",
            ],
        },
        {
            "name": "Stadtwerke Neckartal AG",
            "location": "Esslingen",
            "position": "Elektroniker für Betriebstechnik",
            "startDate": "2012-08",
            "endDate": "2018-03",
            "highlights": [
                "Montage und Inbetriebnahme von Schaltschränken",
                "Bereitschaftsdienst für ein Netz mit 60.000 Haushalten",
            ],
        },
    ],
    "education": [
        {
            "institution": "Technikerschule Esslingen",
            "area": "Elektrotechnik",
            "studyType": "Staatlich geprüfter Techniker",
            "startDate": "2015-09",
            "endDate": "2018-07",
        },
        {
            "institution": "Berufsschule Stuttgart",
            "area": "Elektroniker für Betriebstechnik",
            "studyType": "Ausbildung",
            "startDate": "2009-09",
            "endDate": "2012-07",
        },
    ],
    "skills": [
        {"name": "Technik", "keywords": ["SPS-Programmierung", "Siemens TIA Portal", "EPLAN", "VDE-Prüfung"]},
        {"name": "EDV", "keywords": ["SAP PM", "MS Office"]},
    ],
    "languages": [{"language": "Deutsch", "fluency": "Muttersprache"}, {"language": "Englisch", "fluency": "B2"}],
}

SCHOLAR: Resume = {
    "basics": {
        "name": "Dr. Noor El-Hashemi",
        "label": "Marine Ecologist",
        "email": "noor.elhashemi@example.edu",
        "url": "https://noor-lab.example.edu",
        "location": {"city": "Bergen", "countryCode": "NO"},
    },
    "work": [
        {
            "name": "University of Vestland",
            "location": "Bergen, Norway",
            "position": "Postdoctoral Researcher",
            "startDate": "2021",
            "highlights": ["Lead field campaigns on kelp recovery at 22 sites", "Supervise three doctoral students"],
        },
        {
            "name": "Institute of Coastal Studies",
            "location": "Kiel, Germany",
            "position": "Research Assistant",
            "startDate": "2016",
            "endDate": "2021",
            "highlights": ["Designed the sampling scheme of a five-year plankton survey"],
        },
    ],
    "education": [
        {
            "institution": "University of Kiel",
            "area": "Marine Biology",
            "studyType": "PhD",
            "startDate": "2016",
            "endDate": "2020",
        },
        {
            "institution": "University of Alexandria",
            "area": "Oceanography",
            "studyType": "MSc",
            "startDate": "2013",
            "endDate": "2015",
        },
    ],
    "awards": [{"title": "Early Career Prize", "date": "2022", "awarder": "Nordic Society of Ecology"}],
    "skills": [{"name": "Methods", "keywords": ["Mixed models", "Bayesian statistics", "Scientific diving"]}],
    "languages": [
        {"language": "Arabic", "fluency": "Native"},
        {"language": "English", "fluency": "C2"},
        {"language": "German", "fluency": "B1"},
    ],
}

JOINER: Resume = {
    "basics": {
        "name": "Declan Hartnoll",
        "label": "Carpenter and Joiner",
        "email": "declan.hartnoll@example.org",
        "phone": "07700 900417",
        "location": {"city": "Plymouth"},
    },
    "work": [
        {
            "name": "Hartnoll & Sons",
            "position": "Carpenter",
            "startDate": "2015",
            "highlights": [
                "First and second fix on 40 new-build houses",
                "Fitted over 200 kitchens with no call-backs in the last three years",
            ],
        },
        {
            "name": "Tamar Joinery Ltd",
            "position": "Bench Joiner",
            "startDate": "2009",
            "endDate": "2015",
            "highlights": ["Made sash windows and staircases for listed buildings"],
        },
    ],
    "skills": [{"name": "Skills", "keywords": ["First fix", "Second fix", "Sash windows", "Site measuring"]}],
    "languages": [{"language": "English", "fluency": "native"}],
    "certificates": [{"name": "CSCS Gold Card"}, {"name": "IPAF 3a"}],
}


def when(date: str, style: str = "en", *, empty: str = "Present") -> str:
    """A partial ISO date as a CV of that style writes it: en `Jan 2020`, long, de, num `01/2020`, dot, year."""
    if not date:
        return empty
    year, _, month = date.partition("-")
    if not month or style == "year":
        return year
    if style == "num":
        return f"{month[:2]}/{year}"
    if style == "dot":
        return f"{month[:2]}.{year}"
    return f"{MONTHS[style][int(month[:2]) - 1]} {year}"


def span(item: Resume, style: str = "en", dash: str = " – ", empty: str = "Present") -> str:
    """Start and end of an entry, "" without dates."""
    start, end = item.get("startDate", ""), item.get("endDate", "")
    if not start:
        return when(end, style, empty="")
    return when(start, style) + dash + when(end, style, empty=empty)


def place(resume: Resume) -> str:
    location = resume["basics"].get("location", {})
    names = {"GB": "United Kingdom", "NO": "Norway", "DE": "Germany", "US": "USA"}
    country = names.get(location.get("countryCode", ""), location.get("countryCode", ""))
    return ", ".join(part for part in (location.get("city"), location.get("region"), country) if part)


def bare(url: str) -> str:
    return url.removeprefix("https://")


def contacts(resume: Resume) -> list[str]:
    basics = resume["basics"]
    links = [bare(profile["url"]) for profile in basics.get("profiles", [])]
    found = [place(resume), basics.get("email"), basics.get("phone"), bare(basics.get("url", "")), *links]
    return [part for part in found if part]


def degree(item: Resume) -> str:
    return " in ".join(part for part in (item.get("studyType"), item.get("area")) if part)


class Page:
    """A reportlab canvas that knows where it writes; y is counted down from the top, in points."""

    def __init__(self, size: tuple[float, float] = (595.0, 842.0)) -> None:
        from reportlab.pdfgen.canvas import Canvas

        self.buffer = io.BytesIO()
        self.size = size
        self.canvas = Canvas(self.buffer, pagesize=size, invariant=True)
        self.y = 50.0

    def text(self, x: float, words: str, size: float = 10, *, bold: bool = False, right: bool = False) -> None:
        font = "Helvetica-Bold" if bold else "Helvetica"
        self.canvas.setFont(font, size)
        draw = self.canvas.drawRightString if right else self.canvas.drawString
        draw(x, self.size[1] - self.y, words)

    def line(self, x: float, words: str, size: float = 10, *, bold: bool = False, gap: float = 1.35) -> None:
        self.room(size * gap)
        self.text(x, words, size, bold=bold)
        self.y += size * gap

    def wrapped(self, x: float, width: float, words: str, size: float = 10, mark: str = "") -> None:
        from reportlab.lib.utils import simpleSplit

        inset = 12.0 if mark else 0.0
        for number, part in enumerate(simpleSplit(words, "Helvetica", size, width - inset)):
            self.room(size * 1.3)
            if mark and number == 0:
                self.text(x, mark, size)
            self.text(x + inset, part, size)
            self.y += size * 1.3

    def room(self, height: float) -> None:
        if self.y + height > self.size[1] - 45:
            self.canvas.showPage()
            self.y = 50.0

    def done(self) -> bytes:
        self.canvas.save()
        return self.buffer.getvalue()


Layout = Callable[[Resume], tuple[str, bytes]]
