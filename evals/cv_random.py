"""Layouts drawn by chance: order of parts, marks, dates, headings, bullets. Tuned on other seeds than measured."""

from __future__ import annotations

import random

from evals.cvs import Page, Resume, contacts, degree, span

HEADINGS = {
    "work": ("Experience", "WORK EXPERIENCE", "Employment History", "Professional Experience", "Career History:"),
    "education": ("Education", "EDUCATION", "Academic Background", "Education and Training"),
    "skills": ("Skills", "KEY SKILLS", "Core Competencies", "Technical Skills", "Tools and Technologies"),
    "languages": ("Languages", "LANGUAGES", "Language Skills"),
    "certificates": ("Certifications", "CERTIFICATES", "Licenses & Certifications"),
    "summary": ("Summary", "PROFILE", "About me", "Professional Summary"),
}
DASHES = (" – ", " - ", "–", " to ", " — ")


class Habits:
    """One person's way to set a CV, drawn from a seed."""

    def __init__(self, seed: int) -> None:
        pick = random.Random(seed)
        self.style = pick.choice(("en", "long", "num", "year"))
        self.dash = pick.choice(DASHES)
        self.dates = pick.choice(("right", "left", "below", "brackets", "above"))
        self.title_first = pick.random() < 0.6
        self.joint = pick.choice((", ", " | ", " – ", "\n", "\n", " · "))
        self.place = pick.choice((", {}", " | {}", " ({})", ""))
        self.mark = pick.choice(("•", "–", "-", "*", "▪"))
        self.size = pick.choice((9.0, 10.0, 11.0))
        self.bold = pick.random() < 0.6
        self.contact = pick.choice((" | ", " • ", "\n", "  ·  "))
        self.skills = pick.choice(("comma", "pipe", "bullet", "lines"))
        self.width = pick.choice((380.0, 430.0, 480.0))
        self.left = pick.choice((50.0, 72.0))
        self.order = pick.sample(("education", "skills", "certificates", "languages"), 4)
        self.headings = {name: pick.choice(words) for name, words in HEADINGS.items()}
        self.heading_size = pick.choice((0.0, 2.0, 4.0))


def paper(resume: Resume, seed: int) -> tuple[str, bytes]:
    """The resume as a PDF in the habits of this seed."""
    habits, page, basics = Habits(seed), Page(), resume["basics"]
    page.line(habits.left, basics["name"], 20, bold=True)
    page.line(habits.left, basics.get("label", ""), 12)
    for line in habits.contact.join(contacts(resume)).split("\n"):
        page.wrapped(habits.left, 490, line, 9)
    if basics.get("summary"):
        _heading(page, habits, "summary")
        page.wrapped(habits.left, habits.width, basics["summary"], habits.size)
    _heading(page, habits, "work")
    for item in resume["work"]:
        names = (item["position"], _firm(item, habits))
        _entry(page, habits, names if habits.title_first else names[::-1], span(item, habits.style, habits.dash))
        for text in item.get("highlights", []):
            page.wrapped(habits.left + 8, habits.width, text, habits.size, mark=habits.mark)
        page.y += 6
    for name in habits.order:
        if resume.get(name):
            _heading(page, habits, name)
            {"education": _education, "skills": _skills, "certificates": _certificates, "languages": _languages}[name](
                page, habits, resume
            )
    return "cv.pdf", page.done()


def _heading(page: Page, habits: Habits, name: str) -> None:
    page.y += 8
    page.room(60)
    page.line(habits.left, habits.headings[name], habits.size + habits.heading_size, bold=True, gap=1.6)


def _firm(item: Resume, habits: Habits) -> str:
    return str(item["name"]) + (habits.place.format(item["location"]) if item.get("location") else "")


def _entry(page: Page, habits: Habits, names: tuple[str, str], dates: str) -> None:
    page.room(50)
    lines = habits.joint.join(names).split("\n")
    x = habits.left
    if habits.dates == "above":
        page.line(x, dates, habits.size)
    if habits.dates == "brackets":
        lines[0] += f" ({dates})"
    if habits.dates == "right":
        page.text(545, dates, habits.size, right=True)
    if habits.dates == "left":
        page.text(x, dates, habits.size)
        x += 150
    for number, line in enumerate(lines):
        page.line(x, line, habits.size, bold=habits.bold and number == 0)
    if habits.dates == "below":
        page.line(x, dates, habits.size)


def _education(page: Page, habits: Habits, resume: Resume) -> None:
    for item in resume["education"]:
        dates = span(item, "year", habits.dash)
        _entry(page, habits, (degree(item), item["institution"]), dates)
        page.y += 4


def _skills(page: Page, habits: Habits, resume: Resume) -> None:
    for group in resume["skills"]:
        words = group["keywords"]
        if habits.skills == "lines":
            for word in words:
                page.line(habits.left, word, habits.size)
        elif habits.skills == "bullet":
            page.wrapped(
                habits.left, habits.width, f"{group['name']}: {', '.join(words)}", habits.size, mark=habits.mark
            )
        else:
            joined = (" | " if habits.skills == "pipe" else ", ").join(words)
            page.wrapped(habits.left, habits.width, f"{group['name']}: {joined}", habits.size)


def _certificates(page: Page, habits: Habits, resume: Resume) -> None:
    for item in resume["certificates"]:
        by = f", {item['issuer']}" if item.get("issuer") else ""
        page.wrapped(
            habits.left, habits.width, f"{item['name']}{by}, {item.get('date', '')[:4]}".strip(", "), habits.size
        )


def _languages(page: Page, habits: Habits, resume: Resume) -> None:
    for item in resume["languages"]:
        page.line(habits.left, f"{item['language']}: {item['fluency']}", habits.size)


def shown(resume: Resume, seed: int) -> Resume:
    """What the paper says: dates to the precision of its style."""
    if Habits(seed).style != "year":
        return resume
    work = [
        {**item, **{key: item[key][:4] for key in ("startDate", "endDate") if key in item}} for item in resume["work"]
    ]
    return {**resume, "work": work}
