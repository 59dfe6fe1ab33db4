"""Papers set by hand, each with what a careful person would read from it: other countries, other habits, more mess."""

from __future__ import annotations

import io
from collections.abc import Iterator

from evals.cvs import Page, Resume

Paper = tuple[str, str, bytes, Resume]


def papers() -> Iterator[Paper]:
    """Name, file name, bytes, and the truth."""
    yield "french", "cv.pdf", _french(), FRENCH
    yield "spanish", "cv.txt", SPANISH_TEXT.encode("cp1252"), SPANISH
    yield "swedish", "cv.docx", _swedish(), SWEDISH
    yield "one employer, three roles", "cv.pdf", _grouped(), GROUPED
    yield "sidebar on the right", "cv.pdf", _right(), RIGHT
    yield "typed in a hurry", "cv.txt", HURRY_TEXT.encode(), HURRY
    yield "europass", "cv.pdf", _europass(), EUROPASS
    yield "docx with a sidebar table", "cv.docx", _docx_sidebar(), SIDE
    yield "markdown by hand", "resume.md", HAND_TEXT.encode(), HAND


FRENCH: Resume = {
    "basics": {
        "name": "Maëlle Kerdoncuff",
        "email": "maelle.kerdoncuff@example.fr",
        "phone": "06 55 00 12 34",
        "location": {"city": "Nantes"},
    },
    "work": [
        {
            "name": "Boulangerie Tréhic",
            "position": "Responsable de magasin",
            "startDate": "2019-09",
            "highlights": [
                "Gestion d'une équipe de 8 personnes et des plannings",
                "Chiffre d'affaires en hausse de 18 % en deux ans",
            ],
        },
        {
            "name": "Carrelage Lescop SARL",
            "position": "Assistante administrative",
            "startDate": "2016-01",
            "endDate": "2019-08",
            "highlights": ["Facturation, relances et suivi des commandes fournisseurs"],
        },
    ],
    "education": [{"institution": "Lycée Saint-Brevin", "studyType": "BTS", "area": "Management commercial"}],
    "languages": [{"language": "Français", "fluency": "langue maternelle"}, {"language": "Anglais", "fluency": "B2"}],
}


def _french() -> bytes:
    page = Page()
    page.line(50, "Maëlle KERDONCUFF", 18, bold=True)
    page.line(50, "12 rue des Halles, 44000 Nantes", 10)
    page.line(50, "Tél. : 06 55 00 12 34 - maelle.kerdoncuff@example.fr", 10)
    page.y += 10
    page.line(50, "EXPÉRIENCE PROFESSIONNELLE", 12, bold=True)
    page.line(50, "Depuis septembre 2019 : Responsable de magasin", 10, bold=True)
    page.line(50, "Boulangerie Tréhic, Nantes", 10)
    for text in FRENCH["work"][0]["highlights"]:
        page.wrapped(60, 450, text, mark="-")
    page.line(50, "Janvier 2016 à août 2019 : Assistante administrative", 10, bold=True)
    page.line(50, "Carrelage Lescop SARL, Rezé", 10)
    page.wrapped(60, 450, FRENCH["work"][1]["highlights"][0], mark="-")
    page.y += 8
    page.line(50, "FORMATION", 12, bold=True)
    page.line(50, "2013 - 2015 : BTS Management commercial, Lycée Saint-Brevin", 10)
    page.y += 8
    page.line(50, "LANGUES", 12, bold=True)
    page.line(50, "Français : langue maternelle", 10)
    page.line(50, "Anglais : B2", 10)
    return page.done()


SPANISH: Resume = {
    "basics": {
        "name": "Iñigo Belmonte Sarria",
        "label": "Técnico de mantenimiento industrial",
        "email": "inigo.belmonte@example.es",
        "phone": "+34 600 55 51 23",
        "location": {"city": "Zaragoza"},
    },
    "work": [
        {
            "name": "Cerámicas del Ebro S.A.",
            "position": "Técnico de mantenimiento",
            "startDate": "2018-03",
            "highlights": [
                "Mantenimiento preventivo de 6 hornos y 4 prensas",
                "Reducción de paradas no planificadas del 9 % al 4 %",
            ],
        },
        {
            "name": "Talleres Moncayo",
            "position": "Mecánico",
            "startDate": "2012-06",
            "endDate": "2018-02",
            "highlights": ["Reparación de maquinaria agrícola"],
        },
    ],
    "skills": [{"name": "x", "keywords": ["Hidráulica", "Neumática", "Soldadura TIG", "PLC Siemens"]}],
    "languages": [{"language": "Español", "fluency": "nativo"}, {"language": "Inglés", "fluency": "básico"}],
}
SPANISH_TEXT = """Iñigo Belmonte Sarria
Técnico de mantenimiento industrial
Zaragoza, España
+34 600 55 51 23
inigo.belmonte@example.es

EXPERIENCIA LABORAL

Técnico de mantenimiento
Cerámicas del Ebro S.A. (Zaragoza)
marzo de 2018 - actualidad
• Mantenimiento preventivo de 6 hornos y 4 prensas
• Reducción de paradas no planificadas del 9 % al 4 %

Mecánico
Talleres Moncayo
junio de 2012 - febrero de 2018
• Reparación de maquinaria agrícola

COMPETENCIAS

Hidráulica, Neumática, Soldadura TIG, PLC Siemens

IDIOMAS

Español (nativo), Inglés (básico)
"""

SWEDISH: Resume = {
    "basics": {
        "name": "Alva Strömkvist",
        "email": "alva.stromkvist@example.se",
        "phone": "070-123 45 67",
        "location": {"city": "Umeå"},
    },
    "work": [
        {
            "name": "Region Västerbotten",
            "position": "Undersköterska",
            "startDate": "2020-08",
            "highlights": ["Omvårdnad på en kirurgavdelning med 22 platser", "Handledare för sommarvikarier"],
        },
        {
            "name": "Umeå kommun",
            "position": "Vårdbiträde",
            "startDate": "2018-06",
            "endDate": "2020-08",
            "highlights": ["Hemtjänst för cirka 30 brukare"],
        },
    ],
    "education": [{"institution": "Dragonskolan", "studyType": "Gymnasieexamen", "area": "Vård och omsorg"}],
    "languages": [{"language": "Svenska", "fluency": "modersmål"}, {"language": "Engelska", "fluency": "flytande"}],
}


def _swedish() -> bytes:
    import docx

    document = docx.Document()
    document.add_paragraph().add_run("Alva Strömkvist").bold = True
    document.add_paragraph("Skolgatan 4, 903 22 Umeå | 070-123 45 67 | alva.stromkvist@example.se")
    document.add_heading("Arbetslivserfarenhet", 1)
    document.add_paragraph().add_run("Undersköterska, Region Västerbotten").bold = True
    document.add_paragraph("augusti 2020 – pågående")
    for text in SWEDISH["work"][0]["highlights"]:
        document.add_paragraph(text, style="List Bullet")
    document.add_paragraph().add_run("Vårdbiträde, Umeå kommun").bold = True
    document.add_paragraph("juni 2018 – augusti 2020")
    document.add_paragraph("Hemtjänst för cirka 30 brukare", style="List Bullet")
    document.add_heading("Utbildning", 1)
    document.add_paragraph("Gymnasieexamen, Vård och omsorg, Dragonskolan, 2015–2018")
    document.add_heading("Språk", 1)
    document.add_paragraph("Svenska: modersmål")
    document.add_paragraph("Engelska: flytande")
    document.add_heading("Referenser", 1)
    document.add_paragraph("Lämnas på begäran")
    return _saved(document)


GROUPED: Resume = {
    "basics": {
        "name": "Priscilla Achterberg",
        "label": "Operations Manager",
        "email": "p.achterberg@example.com",
        "phone": "(312) 555-0188",
        "location": {"city": "Chicago", "region": "IL"},
    },
    "work": [
        {
            "name": "Lakeshore Parcel Co.",
            "position": "Operations Manager",
            "startDate": "2022-04",
            "highlights": ["Run two sorting centers with 140 staff and a $9M budget", "Cut missorts by 31% in a year"],
        },
        {
            "name": "Lakeshore Parcel Co.",
            "position": "Shift Supervisor",
            "startDate": "2019-01",
            "endDate": "2022-03",
            "highlights": ["Led the night shift of 38 people"],
        },
        {
            "name": "Lakeshore Parcel Co.",
            "position": "Package Handler",
            "startDate": "2017-05",
            "endDate": "2018-12",
            "highlights": ["Loaded and scanned up to 1,200 parcels a shift"],
        },
        {
            "name": "Bluestem Grocers",
            "position": "Cashier",
            "startDate": "2015",
            "endDate": "2017",
            "highlights": ["Trained five new cashiers"],
        },
    ],
    "education": [{"institution": "Harold Park College", "studyType": "Associate", "area": "Business"}],
}


def _grouped() -> bytes:
    page, works = Page(), GROUPED["work"]
    page.line(210, "PRISCILLA ACHTERBERG", 18, bold=True)
    page.line(225, "Operations Manager", 11)
    page.line(150, "Chicago, IL • (312) 555-0188 • p.achterberg@example.com", 10)
    page.y += 10
    page.line(50, "PROFESSIONAL EXPERIENCE", 12, bold=True)
    page.text(545, "May 2017 – Present", 10, right=True)
    page.line(50, "Lakeshore Parcel Co., Chicago, IL", 11, bold=True)
    for item, dates in zip(
        works[:3], ("Apr 2022 – Present", "Jan 2019 – Mar 2022", "May 2017 – Dec 2018"), strict=True
    ):
        page.text(545, dates, 10, right=True)
        page.line(50, item["position"], 10)
        for text in item["highlights"]:
            page.wrapped(60, 450, text, mark="•")
    page.y += 6
    page.text(545, "2015 – 2017", 10, right=True)
    page.line(50, "Bluestem Grocers, Evanston, IL", 11, bold=True)
    page.line(50, "Cashier", 10)
    page.wrapped(60, 450, "Trained five new cashiers", mark="•")
    page.y += 6
    page.line(50, "EDUCATION", 12, bold=True)
    page.line(50, "Harold Park College, Chicago, IL", 11, bold=True)
    page.line(50, "Associate in Business, 2017", 10)
    return page.done()


RIGHT: Resume = {
    "basics": {
        "name": "Kwabena Osei-Tutu",
        "label": "UX Designer",
        "email": "kwabena@example.design",
        "url": "https://kwabena.example.design",
        "location": {"city": "Toronto", "region": "ON"},
    },
    "work": [
        {
            "name": "Maplefield Health",
            "position": "Senior UX Designer",
            "startDate": "2021-05",
            "highlights": [
                "Redesigned the booking flow for 120 clinics; abandoned bookings fell by a quarter.",
                "Built and maintain the design system with three engineers.",
            ],
        },
        {
            "name": "Studio Parallax",
            "position": "UX Designer",
            "startDate": "2017-02",
            "endDate": "2021-04",
            "highlights": ["Research and prototypes for eleven public-sector clients.", "Ran 64 usability tests."],
        },
    ],
    "education": [{"institution": "OCAD University", "studyType": "Bachelor of Design", "area": "Industrial Design"}],
    "skills": [
        {"name": "x", "keywords": ["Figma", "User research", "Prototyping", "Accessibility", "HTML & CSS", "Miro"]}
    ],
    "languages": [{"language": "English", "fluency": "Native"}, {"language": "Twi", "fluency": "Fluent"}],
}


def _right() -> bytes:
    page = Page()
    page.line(40, "Kwabena Osei-Tutu", 26, bold=True)
    page.line(40, "UX Designer", 14)
    page.y = top = 120.0
    page.line(40, "Experience", 14, bold=True)
    for item, dates in zip(RIGHT["work"], ("May 2021 - Present", "Feb 2017 - Apr 2021"), strict=True):
        page.line(40, item["name"], 11, bold=True)
        page.line(40, f"{item['position']} / {dates}", 10)
        for text in item["highlights"]:
            page.wrapped(40, 330, text, 10)
            page.y += 4
        page.y += 6
    page.line(40, "Education", 14, bold=True)
    page.line(40, "OCAD University", 11, bold=True)
    page.line(40, "Bachelor of Design in Industrial Design / 2012 - 2016", 10)
    page.y = top
    for title, rows in (
        ("Contact", ["kwabena@example.design", "kwabena.example.design", "Toronto, ON"]),
        ("Skills", RIGHT["skills"][0]["keywords"]),
        ("Languages", ["English", "Native", "Twi", "Fluent"]),
    ):
        page.line(410, title, 14, bold=True)
        for text in rows:
            page.line(410, text, 10)
        page.y += 10
    return page.done()


HURRY: Resume = {
    "basics": {
        "name": "Dwayne Pettigrew",
        "email": "dpettigrew77@example.net",
        "phone": "214-555-0173",
        "location": {"city": "Dallas", "region": "TX"},
    },
    "work": [
        {
            "name": "RIDGELINE FREIGHT",
            "position": "CDL-A Truck Driver",
            "startDate": "2019-06",
            "highlights": ["over 400,000 miles, no accidents", "Hazmat and tanker endorsements, local and OTR"],
        },
        {
            "name": "Garza Concrete",
            "position": "Mixer Driver",
            "startDate": "2014-02",
            "endDate": "2019-05",
            "highlights": ["6-8 loads a day on residential sites", "trained new drivers"],
        },
    ],
    "education": [{"institution": "Lincoln High School", "studyType": "High School Diploma"}],
    "certificates": [{"name": "CDL Class A"}, {"name": "OSHA 10"}],
}
HURRY_TEXT = """DWAYNE PETTIGREW
Dallas, TX    214-555-0173    dpettigrew77@example.net

WORK HISTORY
06/2019-Present     RIDGELINE FREIGHT, Dallas TX
CDL-A Truck Driver
 o over 400,000 miles, no accidents
 o Hazmat and tanker endorsements, local and OTR
02/2014-05/2019     Garza Concrete, Irving TX
Mixer Driver
 o 6-8 loads a day on residential sites
 o trained new drivers

EDUCATION
High School Diploma, Lincoln High School, 2008

LICENSES
CDL Class A
OSHA 10
"""

EUROPASS: Resume = {
    "basics": {
        "name": "Zdenka Horáková",
        "email": "z.horackova@example.cz",
        "phone": "(+420) 601 555 012",
        "location": {"city": "Brno"},
    },
    "work": [
        {
            "name": "Moravská papírna a.s.",
            "position": "Quality Engineer",
            "startDate": "2019-01",
            "highlights": ["Responsible for incoming inspection of 60 suppliers", "Introduced 8D reports"],
        },
        {
            "name": "Brno Casting s.r.o.",
            "position": "Laboratory Technician",
            "startDate": "2014-07",
            "endDate": "2018-12",
            "highlights": ["Metallographic samples, 40 a week"],
        },
    ],
    "education": [
        {"institution": "Brno University of Technology", "studyType": "MSc", "area": "Materials Engineering"}
    ],
    "languages": [{"language": "Czech", "fluency": "Mother tongue"}, {"language": "English", "fluency": "C1"}],
}


def _europass() -> bytes:
    page = Page()
    page.line(60, "Zdenka Horáková", 20, bold=True)
    page.line(60, "Email: z.horackova@example.cz    Phone: (+420) 601 555 012", 9)
    page.line(60, "Address: Kounicova 10, 602 00 Brno, Czech Republic", 9)
    page.y += 8
    page.line(60, "WORK EXPERIENCE", 13, bold=True)
    for item, dates in zip(EUROPASS["work"], ("01/2019 – Current", "07/2014 – 12/2018"), strict=True):
        page.line(60, f"[ {dates} ]", 9)
        page.line(60, item["position"], 11, bold=True)
        page.line(60, item["name"], 10)
        page.line(60, "Brno, Czech Republic", 9)
        for text in item["highlights"]:
            page.wrapped(70, 440, text, mark="◦")
    page.line(60, "EDUCATION AND TRAINING", 13, bold=True)
    page.line(60, "[ 09/2009 – 06/2014 ]", 9)
    page.line(60, "MSc in Materials Engineering", 11, bold=True)
    page.line(60, "Brno University of Technology", 10)
    page.line(60, "LANGUAGE SKILLS", 13, bold=True)
    page.line(60, "Czech: Mother tongue", 10)
    page.line(60, "English: C1", 10)
    return page.done()


SIDE: Resume = {
    "basics": {
        "name": "Rosalind Featherby",
        "label": "Primary School Teacher",
        "email": "r.featherby@example.org",
        "phone": "020 7946 0876",
        "summary": "Key Stage 2 teacher with twelve years in inner-city schools.",
        "location": {"city": "London"},
    },
    "work": [
        {
            "name": "Larkrise Primary School",
            "position": "Year 5 Teacher and Maths Lead",
            "startDate": "2016-09",
            "highlights": ["Raised the share at expected standard in maths from 61% to 78%", "Mentor for four ECTs"],
        },
        {
            "name": "St Crispin's Academy",
            "position": "Class Teacher",
            "startDate": "2012-09",
            "endDate": "2016-08",
            "highlights": ["Taught Years 3 and 4"],
        },
    ],
    "education": [{"institution": "University of Roehampton", "studyType": "PGCE", "area": "Primary Education"}],
    "skills": [{"name": "x", "keywords": ["Phonics", "SEND", "Safeguarding", "Google Classroom"]}],
}


def _docx_sidebar() -> bytes:
    import docx

    document = docx.Document()
    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    for text, bold in (
        ("CONTACT", True),
        ("London", False),
        ("020 7946 0876", False),
        ("r.featherby@example.org", False),
        ("SKILLS", True),
        *((word, False) for word in SIDE["skills"][0]["keywords"]),
    ):
        left.add_paragraph().add_run(text).bold = bold
    for text, bold in (
        ("Rosalind Featherby", True),
        ("Primary School Teacher", False),
        ("PROFILE", True),
        (SIDE["basics"]["summary"], False),
        ("EMPLOYMENT", True),
    ):
        right.add_paragraph().add_run(text).bold = bold
    for item, dates in zip(SIDE["work"], ("September 2016 to present", "September 2012 to August 2016"), strict=True):
        right.add_paragraph(f"{item['position']}, {item['name']}")
        right.add_paragraph(dates)
        for text in item["highlights"]:
            right.add_paragraph(text, style="List Bullet")
    right.add_paragraph().add_run("EDUCATION").bold = True
    right.add_paragraph("PGCE Primary Education, University of Roehampton, 2012")
    return _saved(document)


HAND: Resume = {
    "basics": {
        "name": "Sunniva Brekke",
        "label": "Backend developer",
        "email": "sunniva@example.dev",
        "profiles": [{"network": "GitHub", "url": "https://github.com/sbrekke"}],
        "location": {"city": "Oslo"},
    },
    "work": [
        {
            "name": "Fjordpay",
            "position": "Senior Backend Developer",
            "startDate": "2021-03",
            "highlights": [
                "Own the settlement service (Kotlin, Kafka), 2 million transactions a day",
                "Moved 14 services from VMs to Kubernetes",
            ],
        },
        {
            "name": "Kontek AS",
            "position": "Developer",
            "startDate": "2018-08",
            "endDate": "2021-02",
            "highlights": ["Built the API of a ferry booking site"],
        },
    ],
    "education": [{"institution": "NTNU", "studyType": "BSc", "area": "Informatics"}],
    "skills": [{"name": "x", "keywords": ["Kotlin", "Go", "PostgreSQL", "Kafka", "Kubernetes", "Terraform"]}],
}
HAND_TEXT = """Sunniva Brekke
==============

Backend developer in Oslo, Norway · <sunniva@example.dev> · [GitHub](https://github.com/sbrekke)

Work
----

**Senior Backend Developer** @ Fjordpay (Mar 2021 - now)

* Own the settlement service (Kotlin, Kafka), 2 million
  transactions a day
* Moved 14 services from VMs to Kubernetes

**Developer** @ Kontek AS (Aug 2018 - Feb 2021)

* Built the API of a ferry booking site

Education
---------

BSc Informatics, NTNU, 2015 - 2018

Skills
------

`Kotlin` `Go` `PostgreSQL` `Kafka` `Kubernetes` `Terraform`
"""


def _saved(document: object) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()
