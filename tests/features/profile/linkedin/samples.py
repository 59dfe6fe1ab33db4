"""LinkedIn exports of one invented member, made as the real ones are described."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import Any

NAME = "Basic_LinkedInDataExport_11-01-2026.zip"
PROFILE = (
    "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location,"
    "Twitter Handles,Websites,Instant Messengers\n"
    'Mara,Lindqvist,Ek,,"Mar 3, 1990",Registered Nurse &amp; team lead,'
    '"Nurse for nine years.\n\nI like night shifts & ""quiet"" wards.",Hospital & Health Care,211 20,'
    '"Malmö, Skåne County, Sweden",[maralind],'
    '"[PERSONAL:https://mara.example,COMPANY:https://region.example,OTHER:https://github.com/mara-l]",\n'
)
POSITIONS = (
    "Company Name,Title,Description,Location,Started On,Finished On\n"
    'Region Syd,Team Lead,"• Led 12 nurses on nights.\n• Cut falls by 30 %\nwithin a year.",Malmö,Jan 2020,\n'
    "Region Syd,Staff Nurse,Worked on the stroke unit.,Malmö,2017,Dec 2019\n"
    'Hill &amp; Dale Clinic,Nurse,"Ran the night desk. - not a list",,2016-02,Jan 2017\n'
)
EDUCATION = (
    "School Name,Start Date,End Date,Notes,Degree Name,Activities\n"
    "Lund University,2013,2016,With honours,Bachelor of Science in Nursing,Choir\n"
    "Komvux Malmö,2012,2013,,Preparatory year,\n"
)
SKILLS = "Name\nTriage\nWound care\nTriage\n"
LANGUAGES = "Name,Proficiency\nSwedish,NATIVE_OR_BILINGUAL\nEnglish,Full professional proficiency\nDanish,\n"
CERTIFICATIONS = (
    "Name,Url,Authority,Started On,Finished On,License Number\n"
    "Advanced Life Support,https://als.example/1,HLR-rådet,Mar 2021,Mar 2025,A-17\n"
)
PROJECTS = (
    "Title,Description,Url,Started On,Finished On\n"
    'Quiet nights,"Earplugs and dim light for 40 beds.",quiet.example/nights,May 2022,2023\n'
)
PUBLICATIONS = (
    "Name,Published On,Description,Publisher,Url\n"
    "Falls at night,Jun 2023,A count over 12 wards.,Vård Idag,https://vard.example/7\n"
)
HONORS = "Title,Description,Issued On\nNurse of the year,Given by the region.,Nov 2022\n"
VOLUNTEERING = (
    "Company Name,Role,Cause,Started On,Finished On,Description\n"
    "Red Lantern,First aider,Health,Jun 2015,,Two weekends a month.\n"
)
EMAILS = (
    "Email Address,Confirmed,Primary,Updated On\n"
    'old@example.org,Yes,No,"1/1/20, 9:00 AM"\nmara@example.org,Yes,Yes,"1/1/24, 9:00 AM"\n'
)
PHONES = "Extension,Number,Type\n,+46 40 000 00 00,Work\n,+46 70 174 06 45,Mobile\n"
OTHERS = "A,B\nnobody,reads this\n"

FILES: dict[str, str] = {
    "Profile.csv": PROFILE,
    "Positions.csv": POSITIONS,
    "Education.csv": EDUCATION,
    "Skills.csv": SKILLS,
    "Languages.csv": LANGUAGES,
    "Certifications.csv": CERTIFICATIONS,
    "Projects.csv": PROJECTS,
    "Publications.csv": PUBLICATIONS,
    "Honors.csv": HONORS,
    "Volunteering.csv": VOLUNTEERING,
    "Email Addresses.csv": EMAILS,
    "PhoneNumbers.csv": PHONES,
    "Courses.csv": "Name,Number\nPalliative care,7\n",
    "messages.csv": OTHERS,
    "Connections.csv": "Notes:\n" + OTHERS,
    "Recommendations_Received.csv": OTHERS,
}
SNAPSHOT = [
    {
        "paging": {"start": 0, "count": 10, "total": 1},
        "elements": [
            {
                "snapshotDomain": "PROFILE",
                "snapshotData": [
                    {"Last Name": "Lindqvist", "First Name": "Mara", "Headline": "Nurse", "Geo Location": "", "X": None}
                ],
            },
            {"snapshotDomain": "INBOX", "snapshotData": [{"CONTENT": "nobody reads this"}]},
        ],
    },
    {
        "elements": [
            {
                "snapshotDomain": "POSITIONS",
                "snapshotData": [{"Title": "Team Lead", "Company Name": "Region Syd", "Started On": "Jan 2020"}],
            },
            {"snapshotDomain": "PHONE_NUMBERS", "snapshotData": [{"Number": "+46 70 174 06 45", "Type": "Mobile"}]},
        ]
    },
]


def packed(files: dict[str, str | bytes] | dict[str, str], folder: str = "") -> bytes:
    """A ZIP of the given files, each under `folder`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(folder + name, content)
    return buffer.getvalue()


def export(**changed: str | bytes) -> bytes:
    """The whole export, some of its files given anew by their stem (`Positions="..."`)."""
    return packed(FILES | {f"{stem.replace('_', ' ')}.csv": content for stem, content in changed.items()})


def snapshot() -> bytes:
    return json.dumps(SNAPSHOT, ensure_ascii=False, indent=1).encode()


_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def files_of(resume: dict[str, Any]) -> dict[str, str]:
    """The archive that LinkedIn would give a member who says what a JSON Resume says."""
    basics = resume["basics"]
    first, _, last = basics["name"].partition(" ")
    place = basics.get("location", {})
    geo = ", ".join(place[key] for key in ("city", "region", "countryCode") if place.get(key))
    rows: dict[str, list[list[str]]] = {
        "Profile": [
            ["First Name", "Last Name", "Headline", "Summary", "Geo Location", "Websites"],
            [first, last, basics.get("label", ""), basics.get("summary", ""), geo, f"[OTHER:{basics.get('url', '')}]"],
        ],
        "Email Addresses": [["Email Address", "Confirmed", "Primary"], [basics.get("email", ""), "Yes", "Yes"]],
        "PhoneNumbers": [["Extension", "Number", "Type"], ["", basics.get("phone", ""), "Mobile"]],
        "Positions": [["Company Name", "Title", "Description", "Location", "Started On", "Finished On"]],
        "Education": [["School Name", "Start Date", "End Date", "Notes", "Degree Name", "Activities"]],
        "Skills": [["Name"], *([word] for group in resume.get("skills", []) for word in group.get("keywords", []))],
        "Languages": [["Name", "Proficiency"]],
        "Certifications": [["Name", "Url", "Authority", "Started On", "Finished On", "License Number"]],
    }
    for item in resume.get("work", []):
        told = "\n".join([item.get("summary", ""), *(f"• {text}" for text in item.get("highlights", []))]).strip()
        dates = [_shown(item.get("startDate", "")), _shown(item.get("endDate", ""))]
        rows["Positions"].append([item["name"], item["position"], told, item.get("location", ""), *dates])
    for item in resume.get("education", []):
        degree = " in ".join(item[key] for key in ("studyType", "area") if item.get(key))
        dates = [item.get("startDate", "")[:4], item.get("endDate", "")[:4]]
        rows["Education"].append([item["institution"], *dates, "", degree, ""])
    for item in resume.get("languages", []):
        rows["Languages"].append([item["language"], item.get("fluency", "")])
    for item in resume.get("certificates", []):
        rows["Certifications"].append([item["name"], "", item.get("issuer", ""), _shown(item.get("date", "")), "", ""])
    return {f"{name}.csv": _csv(table) for name, table in rows.items()}


def _shown(date: str) -> str:
    """`2020-01` as LinkedIn shows it."""
    return f"{_MONTHS[int(date[5:7]) - 1]} {date[:4]}" if len(date) >= 7 else date


def _csv(rows: list[list[str]]) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()
