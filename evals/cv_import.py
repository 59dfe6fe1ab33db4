"""Fields of a CV read back from 23 kinds of paper: F1, a plain line-by-line reader beside it."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.frame import Row

from evals import cv_layouts, cv_papers, cv_random, cvs
from jobbot.features.profile.importer import read_bytes

Resume = dict[str, Any]
KINDS = ("name", "contacts", "roles", "dates", "bullets", "education", "skills", "languages", "certificates")
DRAWN = range(64)
BARS = {"name": 0.9, "contacts": 0.9, "roles": 0.9, "dates": 0.9, "bullets": 0.85}

CASES = (
    (cv_layouts.chronological, (cvs.NURSE, cvs.ANALYST)),
    (cv_layouts.sidebar, (cvs.NURSE, cvs.ANALYST)),
    (cv_layouts.lebenslauf, (cvs.TECHNIKER,)),
    (cv_layouts.academic, (cvs.SCHOLAR,)),
    (cv_layouts.typeset, (cvs.NURSE, cvs.ANALYST, cvs.SCHOLAR)),
    (cv_layouts.linkedin, (cvs.NURSE, cvs.ANALYST)),
    (cv_layouts.word, (cvs.NURSE, cvs.ANALYST, cvs.SCHOLAR)),
    (cv_layouts.word_table, (cvs.NURSE, cvs.ANALYST)),
    (cv_layouts.markdown, (cvs.NURSE, cvs.ANALYST)),
    (cv_layouts.plaintext, (cvs.NURSE, cvs.ANALYST)),
    (cv_layouts.headless, (cvs.JOINER,)),
)
NOT_SHOWN = {
    "sidebar": ("skills:group",),
    "linkedin": ("skills", "url", "phone", "certificates:more"),
    "word_table": ("certificates",),
    "headless": (),
}


def run() -> list[Row]:
    rows: list[Row] = []
    total: dict[str, list[Counter[str]]] = defaultdict(list)
    peer: dict[str, list[Counter[str]]] = defaultdict(list)
    for name, pairs in _cases():
        scored = [_score(truth, resume, name) for truth, resume, _ in pairs]
        naive = [_score(truth, _naive(text), name) for truth, _, text in pairs]
        rows.append(
            Row(f"{name}: all fields", _f1(scored, KINDS), "lines", _f1(naive, KINDS), note=f"{len(pairs)} CVs")
        )
        for counts, other in zip(scored, naive, strict=True):
            for kind in KINDS:
                total[kind].append(counts[kind])
                peer[kind].append(other[kind])
    drawn = [
        (_score(truth, resume, "chance"), _score(truth, _naive(text), "chance"))
        for truth, resume, text in _chance(DRAWN)
    ]
    for kind in KINDS:
        ours, theirs = ([pair[side][kind] for pair in drawn] for side in (0, 1))
        bar = f">= {BARS[kind]}" if kind in BARS else ""
        rows.append(
            Row(
                f"{kind}: drawn by chance",
                _mean(ours),
                "lines",
                _mean(theirs),
                bar,
                note=f"{len(drawn)} CVs; tuned on other draws",
            )
        )
    for kind in KINDS:
        bar = f">= {BARS[kind]}" if kind in BARS else ""
        rows.append(Row(f"{kind} (F1, layouts it was tuned on)", _mean(total[kind]), "lines", _mean(peer[kind]), bar))
    return rows


def _cases() -> Iterator[tuple[str, list[tuple[Resume, Resume, str]]]]:
    for layout, resumes in (*CASES, *_judged()):
        yield layout.__name__, [(truth, *read_back(layout, truth)) for truth in resumes]
    for name, file, data, truth in cv_papers.papers():
        yield name, [(truth, read_bytes(data, file).resume, _text(file, data))]


def _chance(seeds: range) -> Iterator[tuple[Resume, Resume, str]]:
    """Papers in habits drawn by chance."""
    people = (cvs.NURSE, cvs.ANALYST, *(resumes for layout, found in _judged()[:1] for resumes in found))
    for seed in seeds:
        truth = cv_random.shown(people[seed % len(people)], seed)
        name, data = cv_random.paper(truth, seed)
        yield truth, read_bytes(data, name).resume, _text(name, data)


def _judged() -> list[tuple[Any, tuple[Resume, ...]]]:
    folder = (
        Path(os.environ.get("JOBBOT_SHARED") or Path(__file__).parents[2] / "shared") / "data" / "judged" / "candidates"
    )
    found = (
        tuple(json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))) if folder.exists() else ()
    )
    if not found:
        return []

    def judged_typeset(resume: Resume) -> tuple[str, bytes]:
        return cv_layouts.typeset(resume)

    def judged_chronological(resume: Resume) -> tuple[str, bytes]:
        return cv_layouts.chronological(resume)

    def judged_sidebar(resume: Resume) -> tuple[str, bytes]:
        return cv_layouts.sidebar(resume)

    return [(judged_typeset, found), (judged_chronological, found), (judged_sidebar, found)]


def read_back(layout: Any, truth: Resume) -> tuple[Resume, str]:
    """The resume as the importer reads it from the layout, and the plain text that the naive reader gets."""
    name, data = layout(truth)
    return read_bytes(data, name).resume, _text(name, data)


def fields(resume: Resume, layout: str = "") -> dict[str, Counter[str]]:
    """What can be compared, by kind: normalised values, each once per occurrence."""
    basics = resume.get("basics", {})
    hidden = NOT_SHOWN.get(layout.removeprefix("judged_"), ())
    got: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    _count(got["name"], [basics.get("name")])
    contacts = [basics.get("email"), re.sub(r"\D", "", basics.get("phone", "")) if "phone" not in hidden else ""]
    links = [basics.get("url")] if "url" not in hidden else []
    links += [profile.get("url") for profile in basics.get("profiles", [])]
    _count(
        got["contacts"], [*contacts, *(_link(link) for link in links if link), basics.get("location", {}).get("city")]
    )
    for item in resume.get("work", []):
        _count(got["roles"], [item.get("position"), item.get("name")])
        _count(
            got["dates"], [f"{item.get('startDate', '')[:4]}-{item.get('endDate', 'open')[:4]}", item.get("startDate")]
        )
        _count(got["bullets"], item.get("highlights", []))
    for item in resume.get("education", []):
        _count(got["education"], [item.get("institution"), item.get("area"), item.get("studyType")])
    if "skills" not in hidden:
        _count(got["skills"], [word for group in resume.get("skills", []) for word in group.get("keywords", [])])
    _count(
        got["languages"], [f"{item.get('language')}: {item.get('fluency', '')}" for item in resume.get("languages", [])]
    )
    if "certificates" not in hidden:
        _count(got["certificates"], [item.get("name") for item in resume.get("certificates", [])])
    return got


def _count(counter: Counter[str], values: list[Any]) -> None:
    counter.update(_plain(value) for value in values if value)


def _plain(value: str) -> str:
    text = unicodedata.normalize("NFKC", value).casefold().replace("’", "'")
    return re.sub(r"[^\w%$€£+#]+", " ", text).strip()


def _link(url: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", url).rstrip("/")


def _score(truth: Resume, resume: Resume, layout: str) -> dict[str, Counter[str]]:
    """Per kind: hits, expected, given."""
    want, have = fields(truth, layout), fields(resume, layout)
    result = {}
    for kind in KINDS:
        hits = sum((want[kind] & have[kind]).values())
        result[kind] = Counter(hits=hits, want=want[kind].total(), have=have[kind].total())
    return result


def _f1(scored: list[dict[str, Counter[str]]], kinds: tuple[str, ...]) -> float:
    return _mean([counts[kind] for counts in scored for kind in kinds])


def _mean(counts: list[Counter[str]]) -> float:
    """F1 over the pooled fields."""
    total = sum(counts, Counter())
    return 2 * total["hits"] / (total["want"] + total["have"]) if total["want"] + total["have"] else 1.0


def _text(name: str, data: bytes) -> str:
    """Plain text by the usual one-liners: pypdf, python-docx, decode."""
    import io

    if name.endswith(".pdf"):
        import pypdf

        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    if name.endswith(".docx"):
        import docx

        document = docx.Document(io.BytesIO(data))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)
    return data.decode("utf-8", "replace")


_NAIVE_HEADS = {
    "work": r"experience|employment|work|berufserfahrung|appointments",
    "education": r"education|ausbildung",
    "skills": r"skills|kenntnisse",
    "languages": r"languages|sprachen",
    "certificates": r"certificat",
}
_NAIVE_POINT = r"(?:\w{3,9}\.? |\d\d[/.])?(?:19|20)\d\d"
_NAIVE_RANGE = re.compile(rf"({_NAIVE_POINT})\s*[-–—]\s*({_NAIVE_POINT}|present|heute|now)", re.I)


def _naive(text: str) -> Resume:
    """The peer: first line is the name, headings by word, a role per dated line, a bullet per marked line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    email, phone = re.search(r"\S+@\S+", text), re.search(r"\+?\d[\d ()-]{7,}", text)
    resume: Resume = {
        "basics": {"name": lines[0]},
        "work": [],
        "education": [],
        "skills": [],
        "languages": [],
        "certificates": [],
    }
    resume["basics"] |= {"email": email.group()} if email else {}
    resume["basics"] |= {"phone": phone.group()} if phone else {}
    section = ""
    for before, line in zip(["", *lines], lines, strict=False):
        head = next(
            (name for name, words in _NAIVE_HEADS.items() if len(line) < 30 and re.search(words, line, re.I)), ""
        )
        if head:
            section = head
        elif section == "work":
            _naive_work(resume, before, line)
        elif section == "education" and _NAIVE_RANGE.search(line):
            resume["education"].append({"institution": _NAIVE_RANGE.sub("", line), "studyType": before})
        elif section == "skills":
            resume["skills"].append({"keywords": re.split(r"[,|]", line.split(":")[-1])})
        elif section == "languages":
            resume["languages"] += [{"language": part} for part in line.split(",")]
        elif section == "certificates":
            resume["certificates"].append({"name": line.lstrip("•- ")})
    return resume


def _naive_work(resume: Resume, before: str, line: str) -> None:
    found = _NAIVE_RANGE.search(line)
    if found:
        rest = _NAIVE_RANGE.sub("", line).strip(" ,|") or before
        title, _, firm = rest.partition(",")
        item = {
            "position": title,
            "name": firm,
            "startDate": found.group(1)[-4:],
            "endDate": found.group(2)[-4:],
            "highlights": [],
        }
        if not found.group(2)[-4:].isdecimal():
            del item["endDate"]
        resume["work"].append(item)
    elif line[:1] in "•-–*" and resume["work"]:
        resume["work"][-1]["highlights"].append(line[1:].strip())
