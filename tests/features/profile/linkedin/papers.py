"""LinkedIn's "Save to PDF" of one invented member, set as readers of real ones describe it; several variants.

There is no recording of a real one here: a pass shows that the described layout is read, not that LinkedIn's is.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any

EDGE, MAIN_WIDTH, SIDE_WIDTH = 223.56, 362.0, 168.0


@dataclass(frozen=True)
class Words:
    """What differs by language: headings, the footer, how dates and durations are written."""

    contact: str = "Contact"
    skills: str = "Top Skills"
    languages: str = "Languages"
    certificates: str = "Certifications"
    summary: str = "Summary"
    work: str = "Experience"
    education: str = "Education"
    footer: str = "Page {} of {}"
    months: tuple[str, str, str] = ("January", "March", "May")
    present: str = "Present"
    total: str = "6 years 10 months"
    lasted: str = "(2 years 1 month)"


ENGLISH = Words()
GERMAN = Words(
    *("Kontakt", "Top-Kenntnisse", "Languages", "Certifications", "Zusammenfassung", "Berufserfahrung", "Ausbildung"),
    footer="Page {} of {}",
    months=("Januar", "März", "Mai"),
    total="6 Jahre 10 Monate",
    lasted="(2 Jahre 1 Monat)",
)
FRENCH = Words(
    *("Coordonnées", "Principales compétences", "Languages", "Certifications", "Résumé", "Expérience", "Formation"),
    months=("janvier", "mars", "mai"),
    total="6 ans 10 mois",
    lasted="(2 ans 1 mois)",
)
SPANISH = Words(
    *("Contactar", "Aptitudes principales", "Languages", "Certifications", "Extracto", "Experiencia", "Educación"),
    months=("enero de", "marzo de", "mayo de"),
    total="6 años 10 meses",
    lasted="(2 años 1 mes)",
)


@dataclass(frozen=True)
class Look:
    """Sizes of the type, and what may be missing."""

    name: float = 26
    heading: float = 15.75
    company: float = 12
    title: float = 11.5
    body: float = 10.5
    page: tuple[float, float] = (612, 792)
    footer: bool = True
    address: bool = True
    font: str = "Helvetica"
    pages: int = 1


@dataclass
class _Sheet:
    look: Look
    words: Words
    buffer: io.BytesIO = field(default_factory=io.BytesIO)

    def __post_init__(self) -> None:
        from reportlab.pdfgen.canvas import Canvas

        self.canvas = Canvas(self.buffer, pagesize=self.look.page, invariant=True)
        self.number, self.y = 0, 0.0
        self.begin()

    def begin(self) -> None:
        if self.number:
            self.canvas.showPage()
        self.number, self.y = self.number + 1, 50.0
        self.canvas.setFillGray(0.2)
        self.canvas.rect(0, 0, EDGE - 20, self.look.page[1], stroke=0, fill=1)
        if self.look.footer:
            self.canvas.setFillGray(0.5)
            self.canvas.setFont(self.look.font, 9)
            text = self.words.footer.format(self.number, self.look.pages)
            self.canvas.drawCentredString(EDGE + 150, 22, text)

    def text(self, x: float, width: float, words: str, size: float, after: float = 0.0) -> None:
        """Wrapped words; the next line stands at 1.3 of the size, what follows `after` points lower."""
        from reportlab.lib.utils import simpleSplit

        self.canvas.setFillGray(0.9 if x < EDGE else 0.1)
        for part in simpleSplit(words, self.look.font, size, width):
            if self.y + size > self.look.page[1] - 45:
                self.begin()
            self.canvas.setFont(self.look.font, size)
            self.canvas.drawString(x, self.look.page[1] - self.y - size, part)
            self.y += 1.3 * size
        self.y += after

    def done(self) -> bytes:
        self.canvas.save()
        return self.buffer.getvalue()


HEADLINE = "Registered Nurse | Team Lead on the Stroke Unit | Nights, Falls and Early Warning"
SUMMARY = (
    "Nurse for nine years. I lead a night team and count what we do, since figures change a ward faster than posters."
)
LEAD = ["Led 12 nurses on nights across two wards and a day clinic, and wrote their plan.", "Cut falls by 30 %."]
TOLD = "Worked on the stroke unit, with early warning scores and families at night."


def truth(words: Words) -> dict[str, Any]:
    """What the PDF says, as a JSON Resume; dates are those that `paper` writes."""
    del words
    return {
        "basics": {
            "name": "Mara Lindqvist",
            "label": HEADLINE,
            "email": "mara@example.org",
            "phone": "+46 70 174 06 45",
            "url": "https://mara.example",
            "summary": SUMMARY,
            "location": {"countryCode": "SE", "city": "Malmö", "region": "Skåne County"},
            "profiles": [
                {
                    "network": "LinkedIn",
                    "username": "mara-lindqvist-0a1b2c3d4",
                    "url": "https://www.linkedin.com/in/mara-lindqvist-0a1b2c3d4",
                }
            ],
        },
        "work": [
            {
                "name": "Region Syd",
                "location": "Malmö, Skåne County, Sweden",
                "position": "Team Lead",
                "startDate": "2020-01",
                "highlights": LEAD,
            },
            {
                "name": "Region Syd",
                "position": "Staff Nurse, Stroke Unit",
                "startDate": "2017-03",
                "endDate": "2020-01",
                "summary": TOLD,
            },
            {
                "name": "Hill & Dale Clinic",
                "location": "Greater Malmö Metropolitan Area",
                "position": "Nurse",
                "startDate": "2016-05",
                "endDate": "2017-03",
            },
        ],
        "education": [
            {
                "institution": "Lund University",
                "area": "Nursing",
                "studyType": "Bachelor of Science - BS",
                "startDate": "2013",
                "endDate": "2016",
            },
            {"institution": "Komvux Malmö", "startDate": "2012-05", "endDate": "2013-03"},
        ],
        "certificates": [
            {"name": "Advanced Life Support for Nurses in Hospitals"},
            {"name": "Infusion Therapy"},
        ],
        "skills": [{"name": "Skills", "keywords": ["Triage", "Wound Care", "Early Warning Scores"]}],
        "languages": [
            {"language": "Swedish", "fluency": "Native or Bilingual"},
            {"language": "English", "fluency": "Full Professional"},
        ],
    }


def paper(words: Words = ENGLISH, look: Look | None = None) -> bytes:
    """The PDF of `truth`."""
    look = look or Look()
    sheet = _Sheet(look, words)
    _sidebar(sheet, words, look)
    sheet.y = 46.0
    sheet.text(EDGE, MAIN_WIDTH, "Mara Lindqvist", look.name, 4)
    sheet.text(EDGE, MAIN_WIDTH, HEADLINE, look.company)
    sheet.text(EDGE, MAIN_WIDTH, "Malmö, Skåne County, Sweden", look.company, 14)
    sheet.text(EDGE, MAIN_WIDTH, words.summary, look.heading, 4)
    sheet.text(EDGE, MAIN_WIDTH, SUMMARY, look.company, 14)
    sheet.text(EDGE, MAIN_WIDTH, words.work, look.heading, 4)
    _work(sheet, words, look)
    sheet.text(EDGE, MAIN_WIDTH, words.education, look.heading, 4)
    sheet.text(EDGE, MAIN_WIDTH, "Lund University", look.company, 1)
    sheet.text(EDGE, MAIN_WIDTH, "Bachelor of Science - BS, Nursing · (2013 - 2016)", look.body, 12)
    sheet.text(EDGE, MAIN_WIDTH, "Komvux Malmö", look.company, 1)
    may, march = words.months[2], words.months[1]
    sheet.text(EDGE, MAIN_WIDTH, f" · ({may} 2012 - {march} 2013)".strip(), look.body, 12)
    return sheet.done()


def _sidebar(sheet: _Sheet, words: Words, look: Look) -> None:
    contact = ["+46 70 174 06 45 (Mobile)", "mara@example.org"]
    contact += ["www.linkedin.com/in/mara-", "lindqvist-0a1b2c3d4 (LinkedIn)"] if look.address else []
    contact += ["mara.example (Personal)"]
    sections = {
        words.contact: (contact, 0.0),
        words.skills: (["Triage", "Wound Care", "Early Warning Scores"], 4.0),
        words.languages: (["Swedish (Native or Bilingual)", "English (Full Professional)"], 4.0),
        words.certificates: (["Advanced Life Support for Nurses in Hospitals", "Infusion Therapy"], 6.0),
    }
    sheet.y = 40.0
    for title, (lines, after) in sections.items():
        sheet.text(22, SIDE_WIDTH, title, look.heading - 2.75, 4)
        for text in lines:
            sheet.text(22, SIDE_WIDTH, text, look.body, after)
        sheet.y += 14


def _work(sheet: _Sheet, words: Words, look: Look) -> None:
    january, march, may = words.months
    sheet.text(EDGE, MAIN_WIDTH, "Region Syd", look.company, 1)
    sheet.text(EDGE, MAIN_WIDTH, words.total, look.body, 4)
    sheet.text(EDGE, MAIN_WIDTH, "Team Lead", look.title, 1)
    sheet.text(EDGE, MAIN_WIDTH, f"{january} 2020 - {words.present} {words.lasted}", look.body)
    sheet.text(EDGE, MAIN_WIDTH, "Malmö, Skåne County, Sweden", look.body, 6)
    for text in LEAD:
        sheet.text(EDGE, MAIN_WIDTH, f"• {text}", look.body)
    sheet.y += 12
    sheet.text(EDGE, MAIN_WIDTH, "Staff Nurse, Stroke Unit", look.title, 1)
    sheet.text(EDGE, MAIN_WIDTH, f"{march} 2017 - {january} 2020 {words.lasted}", look.body, 6)
    sheet.text(EDGE, MAIN_WIDTH, TOLD, look.body, 12)
    if look.pages > 1:
        sheet.y = look.page[1]
    sheet.text(EDGE, MAIN_WIDTH, "Hill & Dale Clinic", look.company, 1)
    sheet.text(EDGE, MAIN_WIDTH, "Nurse", look.title, 1)
    sheet.text(EDGE, MAIN_WIDTH, f"{may} 2016 - {march} 2017 {words.lasted}", look.body)
    sheet.text(EDGE, MAIN_WIDTH, "Greater Malmö Metropolitan Area", look.body, 14)


def awkward() -> bytes:
    """What breaks simple readers: names, titles and companies on two lines, years only, a sidebar that goes on on the
    next page, words like headings in a description, a page break inside a paragraph."""
    look = Look(pages=2)
    sheet = _Sheet(look, ENGLISH)
    sheet.y = 40.0
    sheet.text(22, SIDE_WIDTH, "Contact", 13, 4)
    sheet.text(22, SIDE_WIDTH, "www.linkedin.com/in/mara-l", 10.5)
    sheet.text(22, SIDE_WIDTH, "(LinkedIn)", 10.5, 14)
    sheet.text(22, SIDE_WIDTH, "Top Skills", 13, 4)
    sheet.text(22, SIDE_WIDTH, "Early Recognition of Stroke and of Sepsis on Wards", 10.5, 4)
    sheet.text(22, SIDE_WIDTH, "Experience", 10.5, 4)
    sheet.y = 46.0
    sheet.text(EDGE, MAIN_WIDTH, "Mara Elisabet Lindqvist-Ekström", 26, 4)
    sheet.text(EDGE, MAIN_WIDTH, "Sweden", 12, 14)
    sheet.text(EDGE, MAIN_WIDTH, "Experience", 15.75, 4)
    sheet.text(
        EDGE, MAIN_WIDTH, "The Regional Hospital Trust of Southern Scania and the Islands, Unit for Stroke", 12, 1
    )
    sheet.text(EDGE, MAIN_WIDTH, "Deputy Head Nurse with Responsibility for the Night Teams of Three Wards", 11.5, 1)
    sheet.text(EDGE, MAIN_WIDTH, "2019 - Present (7 years)", 10.5, 6)
    sheet.text(EDGE, MAIN_WIDTH, "Education", 10.5, 6)
    sheet.text(
        EDGE, MAIN_WIDTH, "- Taught 40 new colleagues to read an early warning score before the second night.", 10.5
    )
    sheet.text(EDGE, MAIN_WIDTH, "- Wrote the plan.", 10.5, 6)
    sheet.text(EDGE, MAIN_WIDTH, "Clinic", 12, 1)
    sheet.text(EDGE, MAIN_WIDTH, "Nurse", 11.5, 1)
    sheet.text(EDGE, MAIN_WIDTH, "2018 - 2018 (less than a year)", 10.5)
    sheet.text(EDGE, MAIN_WIDTH, "Remote", 10.5, 6)
    sheet.y = look.page[1] - 45 - 2 * 1.3 * 10.5
    sheet.text(EDGE, MAIN_WIDTH, TOLD + " " + TOLD.replace("Worked", "I worked"), 10.5, 14)
    sheet.text(EDGE, MAIN_WIDTH, "Education", 15.75, 4)
    sheet.text(EDGE, MAIN_WIDTH, "A School of Nursing and Midwifery with a Name that Needs Two Lines, Malmö", 12, 1)
    sheet.text(EDGE, MAIN_WIDTH, "Evening School", 12, 1)
    sheet.text(EDGE, MAIN_WIDTH, "Certificate · (2010)", 10.5, 6)
    sheet.y = 60.0
    sheet.text(22, SIDE_WIDTH, "Certifications", 13, 4)
    sheet.text(22, SIDE_WIDTH, "Advanced Life Support", 10.5, 6)
    return sheet.done()
