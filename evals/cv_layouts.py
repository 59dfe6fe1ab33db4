"""Layouts of CVs, made from JSON Resume: what real papers look like, and where simple readers stumble."""

from __future__ import annotations

import io
import json
import tempfile
from pathlib import Path
from typing import Any

from evals.cvs import Page, Resume, bare, contacts, degree, place, span, when


def chronological(resume: Resume) -> tuple[str, bytes]:
    """One column, dates set to the right of the employer, wrapped bullets."""
    page, basics = Page(), resume["basics"]
    page.line(60, basics["name"], 20, bold=True)
    page.line(60, basics.get("label", ""), 11)
    page.line(60, " | ".join(contacts(resume)), 9)
    page.y += 8
    if basics.get("summary"):
        _title(page, "Summary")
        page.wrapped(60, 475, basics["summary"])
    _title(page, "Experience")
    for item in resume["work"]:
        _role(page, item)
    _education(page, resume)
    _lists(page, resume)
    _projects(page, resume)
    return "cv.pdf", page.done()


def _title(page: Page, text: str, x: float = 60) -> None:
    page.y += 8
    page.line(x, text.upper(), 12, bold=True, gap=1.6)


def _role(page: Page, item: Resume) -> None:
    page.room(40)
    page.text(535, span(item), 10, right=True)
    page.line(60, item["position"], 10, bold=True)
    page.line(60, f"{item['name']}, {item['location']}" if item.get("location") else item["name"], 10)
    if item.get("summary"):
        page.wrapped(60, 475, item["summary"])
    for text in item.get("highlights", []):
        page.wrapped(66, 469, text, mark="•")
    page.y += 6


def _education(page: Page, resume: Resume) -> None:
    if not resume.get("education"):
        return
    _title(page, "Education")
    for item in resume["education"]:
        page.text(535, span(item), 10, right=True)
        page.line(60, degree(item), 10, bold=True)
        score = f" (GPA: {item['score']})" if item.get("score") else ""
        page.line(60, item["institution"] + score, 10)
        if item.get("courses"):
            page.wrapped(60, 475, "Courses: " + ", ".join(item["courses"]))


def _lists(page: Page, resume: Resume) -> None:
    if resume.get("skills"):
        _title(page, "Skills")
        for group in resume["skills"]:
            level = f" ({group['level']})" if group.get("level") else ""
            page.wrapped(60, 475, f"{group['name']}{level}: " + ", ".join(group["keywords"]))
    if resume.get("certificates"):
        _title(page, "Certifications")
        for item in resume["certificates"]:
            page.wrapped(60, 475, _certificate(item), mark="•")
    if resume.get("languages"):
        _title(page, "Languages")
        page.wrapped(60, 475, ", ".join(_language(item) for item in resume["languages"]))


def _certificate(item: Resume) -> str:
    by = f", {item['issuer']}" if item.get("issuer") else ""
    return f"{item['name']}{by}" + (f" ({when(item['date'])})" if item.get("date") else "")


def _language(item: Resume) -> str:
    return f"{item['language']} ({item['fluency']})" if item.get("fluency") else item["language"]


def _projects(page: Page, resume: Resume) -> None:
    if resume.get("projects"):
        _title(page, "Projects")
        for item in resume["projects"]:
            page.text(535, span(item), 10, right=True)
            page.line(60, item["name"], 10, bold=True)
            if item.get("description"):
                page.wrapped(60, 475, item["description"])
            for text in item.get("highlights", []):
                page.wrapped(66, 469, text, mark="•")


def sidebar(resume: Resume) -> tuple[str, bytes]:
    """Two columns: contacts, skills and languages beside the work history."""
    basics, page = resume["basics"], Page()
    page.y = 60
    for title, lines in (
        ("Contact", contacts(resume)),
        ("Skills", [word for group in resume.get("skills", []) for word in group["keywords"]]),
        ("Languages", [f"{item['language']} - {item['fluency']}" for item in resume.get("languages", [])]),
    ):
        page.line(36, title, 12, bold=True, gap=1.7)
        for text in lines:
            page.wrapped(36, 140, text, 8.5)
        page.y += 12
    page.y = 60
    page.line(200, basics["name"], 22, bold=True)
    page.line(200, basics.get("label", ""), 12)
    if basics.get("summary"):
        page.line(200, "Profile", 12, bold=True, gap=1.7)
        page.wrapped(200, 350, basics["summary"], 9.5)
    page.y += 8
    page.line(200, "Work Experience", 12, bold=True, gap=1.7)
    for item in resume["work"]:
        page.line(200, f"{item['position']} at {item['name']}", 10, bold=True)
        page.line(200, f"{span(item, 'num')} | {item['location']}" if item.get("location") else span(item, "num"), 9)
        for text in item.get("highlights", []):
            page.wrapped(200, 350, text, 9.5, mark="–")
        page.y += 5
    page.line(200, "Education", 12, bold=True, gap=1.7)
    for item in resume.get("education", []):
        page.line(200, degree(item), 10, bold=True)
        page.line(200, f"{item['institution']}, {span(item, 'year')}", 9)
    if resume.get("certificates"):
        page.line(200, "Certificates", 12, bold=True, gap=1.7)
        for item in resume["certificates"]:
            page.line(200, _certificate(item), 9)
    return "cv.pdf", page.done()


def lebenslauf(resume: Resume) -> tuple[str, bytes]:
    """German: a column of dates on the left, personal data on top."""
    basics, page, location = resume["basics"], Page(), resume["basics"].get("location", {})
    page.line(60, "Lebenslauf", 18, bold=True, gap=2)
    page.line(60, "Persönliche Daten", 12, bold=True, gap=1.7)
    address = f"{location.get('address', '')}, {location.get('postalCode', '')} {location.get('city', '')}".strip(", ")
    rows = [("Name:", basics["name"]), ("Anschrift:", address), ("Telefon:", basics.get("phone", ""))]
    for label, text in [*rows, ("E-Mail:", basics["email"]), ("Geburtsdatum:", "14.02.1990")]:
        if text:
            page.text(60, label)
            page.line(190, text)
    _dated_left(page, "Berufserfahrung", resume["work"], lambda item: (item["position"], _firm(item)), "dot")
    _dated_left(page, "Ausbildung", resume["education"], lambda item: (_study(item), item["institution"]), "dot")
    page.y += 8
    page.line(60, "Kenntnisse", 12, bold=True, gap=1.7)
    for group in resume.get("skills", []):
        page.text(60, group["name"])
        page.wrapped(190, 350, ", ".join(group["keywords"]))
    page.line(60, "Sprachen", 12, bold=True, gap=1.7)
    for item in resume.get("languages", []):
        page.text(60, item["language"])
        page.line(190, item["fluency"])
    return "lebenslauf.pdf", page.done()


def _firm(item: Resume) -> str:
    return f"{item['name']}, {item['location']}" if item.get("location") else str(item["name"])


def _study(item: Resume) -> str:
    return ", ".join(part for part in (item.get("studyType"), item.get("area")) if part)


def _dated_left(page: Page, title: str, items: list[Resume], heads: Any, style: str) -> None:
    page.y += 8
    page.line(60, title, 12, bold=True, gap=1.7)
    for item in items:
        page.room(40)
        page.text(60, span(item, style, empty="heute" if style == "dot" else "present"))
        first, second = heads(item)
        page.line(190, first, bold=True)
        page.line(190, second)
        for text in item.get("highlights", []):
            page.wrapped(190, 350, text, mark="•")
        page.y += 4


def academic(resume: Resume) -> tuple[str, bytes]:
    """Set by Typst: small capitals, years on the left, comma-separated headings, a list of awards."""
    return "cv.pdf", _typst(_ACADEMIC, resume)


def typeset(resume: Resume) -> tuple[str, bytes]:
    """Set by Typst: employer and place on one line, position and dates on the next, centred head."""
    return "cv.pdf", _typst(_MODERN, resume)


def _typst(template: str, resume: Resume) -> bytes:
    import typst

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "cv.typ")
        path.write_text(template, encoding="utf-8")
        data = {**resume, "contacts": contacts(resume)}
        for section in ("work", "education", "projects", "volunteer"):
            data[section] = [
                {
                    **item,
                    "when": span(item, "long"),
                    "years": span(item, "year", "–", "present"),
                    "degree": degree(item),
                }
                for item in resume.get(section, [])
            ]
        data["certificates"] = [{**item, "line": _certificate(item)} for item in resume.get("certificates", [])]
        return bytes(typst.compile(str(path), sys_inputs={"cv": json.dumps(data)}))


_MODERN = """
#let cv = json(bytes(sys.inputs.cv))
#set page(paper: "us-letter", margin: 2cm)
#set text(size: 10pt)
#set par(justify: true)
#align(center)[#text(20pt, weight: "bold")[#cv.basics.name] \\ #cv.basics.at("label", default: "") \\
  #text(9pt)[#cv.contacts.join(" · ")]]
#let head(name) = { v(6pt); text(13pt, weight: "bold")[#name]; line(length: 100%) }
#if "summary" in cv.basics [#head("Professional Summary") #cv.basics.summary]
#head("Professional Experience")
#for item in cv.work [
  #text(weight: "bold")[#item.name] #h(1fr) #item.at("location", default: "") \\
  #emph(item.position) #h(1fr) #item.when
  #if "summary" in item [#parbreak() #item.summary]
  #for text in item.at("highlights", default: ()) [- #text]
]
#head("Education")
#for item in cv.education [
  #text(weight: "bold")[#item.institution] #h(1fr) #item.when \\
  #item.degree #parbreak()
]
#if "skills" in cv [#head("Technical Skills")
  #for group in cv.skills [#text(weight: "bold")[#group.name:] #group.keywords.join(", ") \\ ]]
#if cv.certificates.len() > 0 [#head("Certifications") #for item in cv.certificates [- #item.line]]
#if "languages" in cv [#head("Languages")
  #cv.languages.map(item => item.language + " (" + item.at("fluency", default: "") + ")").join(" | ")]
#if cv.projects.len() > 0 [#head("Projects") #for item in cv.projects [
  #text(weight: "bold")[#item.name] #h(1fr) #item.when
  #if "description" in item [#parbreak() #item.description]
  #for text in item.at("highlights", default: ()) [- #text]]]
"""

_ACADEMIC = """
#let cv = json(bytes(sys.inputs.cv))
#set page(margin: 2.4cm, footer: align(center)[Page #context counter(page).display() of 1])
#set text(size: 11pt, font: "Libertinus Serif")
#text(19pt)[#cv.basics.name] \\
#cv.basics.at("label", default: "") \\
#cv.contacts.join(", ")
#let head(name) = block(above: 14pt, text(13pt, weight: "bold")[#name])
#let row(left, body) = grid(columns: (3cm, 1fr), left, body)
#head("Academic Appointments")
#for item in cv.work { row(item.years, [#item.position, #item.name, #item.at("location", default: "")
  #for text in item.at("highlights", default: ()) [- #text]]) }
#head("Education")
#for item in cv.education { row(item.years, [#item.degree, #item.institution]) }
#if "awards" in cv [#head("Awards") #for item in cv.awards { row(item.date, [#item.title, #item.awarder]) }]
#head("Skills")
#for group in cv.skills { row(group.name, group.keywords.join(", ")) }
#head("Languages")
#cv.languages.map(item => item.language + " (" + item.fluency + ")").join(", ")
"""


def linkedin(resume: Resume) -> tuple[str, bytes]:
    """Like LinkedIn's own PDF: dark sidebar of a third, months spelled out with a duration."""
    basics, page = resume["basics"], Page((612.0, 792.0))
    page.y = 40
    sections = [
        (
            "Contact",
            [basics["email"] + " (Work)"]
            + [f"www.{bare(p['url']).removeprefix('www.')} ({p['network']})" for p in basics.get("profiles", [])],
        ),
        ("Top Skills", [word for group in resume["skills"] for word in group["keywords"]][:3]),
        ("Languages", [_language(item) for item in resume.get("languages", [])]),
        ("Certifications", [item["name"] for item in resume.get("certificates", [])]),
    ]
    for title, lines in sections:
        if lines:
            page.line(25, title, 13, bold=False, gap=1.6)
            for text in lines:
                page.wrapped(25, 160, text, 10.5)
            page.y += 14
    page.y = 50
    page.line(223, basics["name"], 26, gap=1.4)
    page.line(223, basics.get("label", ""), 12)
    page.line(223, place(resume), 12, gap=2)
    if basics.get("summary"):
        page.line(223, "Summary", 15.75, gap=1.6)
        page.wrapped(223, 350, basics["summary"], 12)
    page.line(223, "Experience", 15.75, gap=1.8)
    for item in resume["work"]:
        page.line(223, item["name"], 12)
        page.line(223, item["position"], 11.5)
        page.line(223, f"{span(item, 'long', ' - ')} (2 years 3 months)", 10.5)
        if item.get("location"):
            page.line(223, item["location"], 10.5)
        for text in item.get("highlights", []):
            page.wrapped(223, 350, "- " + text, 10.5)
        page.y += 10
    page.line(223, "Education", 15.75, gap=1.8)
    for item in resume.get("education", []):
        page.line(223, item["institution"], 12)
        page.line(223, f"{_study(item)} · ({span(item, 'year', ' - ')})", 10.5)
        page.y += 8
    page.y = 770
    page.text(480, "Page 1 of 1", 9)
    return "Profile.pdf", page.done()


def markdown(resume: Resume) -> tuple[str, bytes]:
    basics = resume["basics"]
    rows = [f"# {basics['name']}", "", f"**{basics.get('label', '')}**", "", " | ".join(contacts(resume)), ""]
    if basics.get("summary"):
        rows += ["## Summary", "", basics["summary"], ""]
    rows += ["## Experience", ""]
    for item in resume["work"]:
        rows += [
            f"### {item['position']}, {item['name']}",
            "",
            f"*{span(item, 'long')}*, {item.get('location', '')}".rstrip(", "),
            "",
        ]
        rows += [f"- {text}" for text in item.get("highlights", [])] + [""]
    rows += ["## Education", ""]
    for item in resume.get("education", []):
        rows += [f"- **{degree(item)}**, {item['institution']} ({span(item, 'year', '–')})"]
    rows += ["", "## Skills", ""] + [f"- **{g['name']}:** {', '.join(g['keywords'])}" for g in resume.get("skills", [])]
    rows += ["", "## Languages", ""] + [
        f"- {item['language']}: {item['fluency']}" for item in resume.get("languages", [])
    ]
    if resume.get("certificates"):
        rows += ["", "## Certifications", ""] + [f"- {_certificate(item)}" for item in resume["certificates"]]
    return "cv.md", "\n".join(rows).encode()


def plaintext(resume: Resume) -> tuple[str, bytes]:
    """Hard-wrapped at 76 characters, headings in capitals."""
    import textwrap

    basics = resume["basics"]
    rows = [basics["name"].upper(), basics.get("label", ""), *contacts(resume), ""]
    if basics.get("summary"):
        rows += ["PROFILE", "", *textwrap.wrap(basics["summary"], 76), ""]
    rows += ["EMPLOYMENT HISTORY", ""]
    for item in resume["work"]:
        rows += [f"{span(item)}    {item['position']}", f"{_firm(item)}"]
        for text in item.get("highlights", []):
            rows += textwrap.wrap(text, 76, initial_indent="  * ", subsequent_indent="    ")
        rows += [""]
    rows += ["EDUCATION", ""]
    rows += [
        f"{span(item, 'year', '-')}    {degree(item)}, {item['institution']}" for item in resume.get("education", [])
    ]
    rows += ["", "SKILLS", ""] + [f"{g['name']}: {', '.join(g['keywords'])}" for g in resume.get("skills", [])]
    rows += ["", "LANGUAGES", "", "; ".join(f"{i['language']}, {i['fluency']}" for i in resume.get("languages", []))]
    if resume.get("certificates"):
        rows += ["", "CERTIFICATIONS", ""] + [_certificate(item) for item in resume["certificates"]]
    return "cv.txt", "\n".join(rows).encode()


def headless(resume: Resume) -> tuple[str, bytes]:
    """A tradesperson's page: no headings at all."""
    basics = resume["basics"]
    rows = [
        basics["name"],
        basics.get("label", ""),
        f"{place(resume)}   {basics.get('phone', '')}",
        basics["email"],
        "",
    ]
    for item in resume["work"]:
        rows += [f"{item['position']}, {item['name']}, {span(item, 'year', ' to ', 'now')}"]
        rows += [f"- {text}" for text in item.get("highlights", [])] + [""]
    rows += [f"Skills: {', '.join(word for group in resume['skills'] for word in group['keywords'])}"]
    if resume.get("certificates"):
        rows += ["Tickets: " + ", ".join(item["name"] for item in resume["certificates"])]
    rows += ["Languages: " + ", ".join(_language(item) for item in resume.get("languages", []))]
    return "cv.txt", "\n".join(rows).encode()


def word(resume: Resume) -> tuple[str, bytes]:
    """DOCX with Word's own headings and list styles."""
    import docx

    basics, document = resume["basics"], docx.Document()
    document.add_heading(basics["name"], 0)
    document.add_paragraph(basics.get("label", ""))
    document.add_paragraph(" | ".join(contacts(resume)))
    if basics.get("summary"):
        document.add_heading("About me", 1)
        document.add_paragraph(basics["summary"])
    document.add_heading("Work experience", 1)
    for item in resume["work"]:
        document.add_heading(f"{item['position']} – {item['name']}", 2)
        document.add_paragraph(f"{span(item)}\t{item.get('location', '')}".strip())
        for text in item.get("highlights", []):
            document.add_paragraph(text, style="List Bullet")
    document.add_heading("Education", 1)
    for item in resume.get("education", []):
        document.add_paragraph(f"{degree(item)}, {item['institution']}\t{span(item, 'year')}")
    document.add_heading("Skills", 1)
    for group in resume.get("skills", []):
        document.add_paragraph(f"{group['name']}: {', '.join(group['keywords'])}", style="List Bullet")
    _word_lists(document, resume)
    return "cv.docx", _saved(document)


def _word_lists(document: Any, resume: Resume) -> None:
    if resume.get("certificates"):
        document.add_heading("Certifications", 1)
        for item in resume["certificates"]:
            document.add_paragraph(_certificate(item), style="List Bullet")
    document.add_heading("Languages", 1)
    for item in resume.get("languages", []):
        document.add_paragraph(f"{item['language']} – {item['fluency']}")


def word_table(resume: Resume) -> tuple[str, bytes]:
    """DOCX as a table: dates in the left cell, the rest in the right; contacts in the page header."""
    import docx

    basics, document = resume["basics"], docx.Document()
    document.sections[0].header.paragraphs[0].text = " • ".join(contacts(resume))
    title = document.add_paragraph().add_run(basics["name"])
    title.bold = True
    document.add_paragraph(basics.get("label", ""))
    for name, items in (("PROFESSIONAL EXPERIENCE", resume["work"]), ("EDUCATION", resume.get("education", []))):
        document.add_paragraph().add_run(name).bold = True
        table = document.add_table(rows=0, cols=2)
        for item in items:
            cells = table.add_row().cells
            cells[0].text = span(item, "num" if name[0] == "P" else "year")
            head = item["position"] if "position" in item else degree(item)
            cells[1].paragraphs[0].add_run(head).bold = True
            cells[1].add_paragraph(_firm(item) if "name" in item else item["institution"])
            for text in item.get("highlights", []):
                cells[1].add_paragraph(text, style="List Bullet")
    document.add_paragraph().add_run("SKILLS").bold = True
    table = document.add_table(rows=0, cols=2)
    for group in resume.get("skills", []):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = group["name"], ", ".join(group["keywords"])
    document.add_paragraph().add_run("LANGUAGES").bold = True
    document.add_paragraph(", ".join(_language(item) for item in resume.get("languages", [])))
    return "cv.docx", _saved(document)


def _saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
