"""Small invented tables in every layout that is read."""

from __future__ import annotations

from pathlib import Path

from jobbot.features.skills.imported.files import Part, parts
from jobbot.features.skills.imported.gather import gather
from jobbot.features.skills.imported.keep import Imported, compiled
from jobbot.features.skills.imported.load import over_core
from jobbot.features.skills.imported.model import Gathered, SetName
from jobbot.features.skills.taxonomy import Taxonomy

ESCO = "http://data.europa.eu/esco"


def uuid(number: int) -> str:
    return f"{number:08x}-0000-4000-8000-000000000000"


def skill(number: int) -> str:
    return f"{ESCO}/skill/{uuid(number)}"


def job(number: int) -> str:
    return f"{ESCO}/occupation/{uuid(number)}"


OFFICIAL = (
    "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,description\n"
    f'KnowledgeSkillCompetence,{skill(1)},knowledge,cross-sector,Kubernetes,"kube cluster runtime\n'
    'container pilot",Runs.\n'
    f"KnowledgeSkillCompetence,{skill(2)},skill/competence,sector-specific,polish brass bells,shine brass bells,\n"
    f"KnowledgeSkillCompetence,{skill(3)},knowledge,sector-specific,bell tuning,tuning of bells,\n"
    f"KnowledgeSkillCompetence,{skill(4)},skill/competence,transversal,think,ponder,\n"
    f"KnowledgeSkillCompetence,{skill(5)},knowledge,sector-specific,Brazier (bell casting software),,\n"
    f"KnowledgeSkillCompetence,{skill(6)},knowledge,sector-specific,bell casting,casting of bells,\n"
)
GROUPS = f"conceptType,conceptUri,preferredLabel,altLabels\nSkillGroup,{ESCO}/skill/S9.9,working with bells,\n"
BROADER = (
    "conceptType,conceptUri,conceptLabel,broaderType,broaderUri,broaderLabel\n"
    f"KnowledgeSkillCompetence,{skill(3)},bell tuning,SkillGroup,{ESCO}/skill/S9.9,working with bells\n"
    f"KnowledgeSkillCompetence,{skill(6)},bell casting,SkillGroup,{ESCO}/skill/S9.9,working with bells\n"
)
RELATED = (
    "originalSkillUri,originalSkillType,relationType,relatedSkillType,relatedSkillUri\n"
    f"{skill(3)},knowledge,optional,knowledge,{skill(2)}\n"
)
GERMAN = (
    f"conceptUri,preferredLabel,altLabels\n{skill(3)},Glockenstimmung,Stimmen von Glocken\n{skill(6)},Glockenguss,\n"
)
JOBS = (
    "conceptUri,iscoGroup,preferredLabel,altLabels,description\n"
    f'{job(1)},7311,bell founder,"caster of bells\nbell maker",Bell founders cast bells.\n'
    f"{job(2)},2512,software developer,programmer,Developers write software.\n"
    f"{job(3)},2221,specialist nurse,night nurse,Nurses look after patients.\n"
)
TABIYA_JOBS = (
    "ORIGINURI,ID,UUIDHISTORY,ISCOGROUPCODE,CODE,PREFERREDLABEL,ALTLABELS,DESCRIPTION\n"
    f'{job(1)},key_1,x,7311,7311.1,bell founder,"caster of bells\nbell maker",Casts.\n'
)
TABIYA_SKILLS = (
    "ORIGINURI,ID,UUIDHISTORY,SKILLTYPE,REUSELEVEL,PREFERREDLABEL,ALTLABELS,DESCRIPTION\n"
    f"{skill(3)},key_2,x,knowledge,sector-specific,bell tuning,tuning of bells,\n"
    f"{skill(2)},key_3,x,skill/competence,sector-specific,polish brass bells,,\n"
)
TABIYA_ABOVE = "PARENTOBJECTTYPE,PARENTID,CHILDID,CHILDOBJECTTYPE\nskill,key_2,key_3,skill\nskill,key_77,key_3,skill\n"
TABIYA_RELATED = "REQUIRINGID,RELATIONTYPE,REQUIREDID\nkey_3,optional,key_2\n"
LABELS = f"﻿concept_uri,preferred_label,alt_labels,description,status\n{skill(3)},bell tuning,,,\n"
BARE = f"id,label\n{uuid(3)},bell tuning\n"
TITLED = f"uri,title,isco_code,description\n{job(1)},bell founder,7311,Casts bells\n"
BY_ISCO = (
    f'{{"7311": {{"isco_title": "Founders", "essential_skills": [{{"uri": "{skill(3)}", "label": "bell tuning"}}]}}}}'
)

OCCUPATION_DATA = "O*NET-SOC Code\tTitle\tDescription\n51-4071.00\tBell Founders\tCast bells.\n"
ALTERNATE = "O*NET-SOC Code\tAlternate Title\tShort Title\tSource(s)\n51-4071.00\tBell Caster\tn/a\t08\n"
TECHNOLOGY = (
    "O*NET-SOC Code\tExample\tCommodity Code\tCommodity Title\tHot Technology\tIn Demand\n"
    "51-4071.00\tBellSoft Tuner\t43232402\tTuning software\tN\tN\n"
    "51-4071.00\tKubernetes\t43232402\tTuning software\tY\tY\n"
)

FOLDER = {
    "skills_en.csv": OFFICIAL,
    "skillGroups_en.csv": GROUPS,
    "broaderRelationsSkillPillar_en.csv": BROADER,
    "skillSkillRelations_en.csv": RELATED,
    "skills_de.csv": GERMAN,
    "occupations_en.csv": JOBS,
}
ONET = {
    "Occupation Data.txt": OCCUPATION_DATA,
    "Alternate Titles.txt": ALTERNATE,
    "Technology Skills.txt": TECHNOLOGY,
}


def folder(path: Path, texts: dict[str, str]) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (path / name).write_text(text, encoding="utf-8")
    return path


def read(texts: dict[str, str], name: SetName = "esco") -> Gathered:
    return gather([Part(file, text.encode()) for file, text in texts.items()], name)


def kept(texts: dict[str, str], name: SetName = "esco") -> Imported:
    return compiled(read(texts, name), "2026-11-20T09:00:00+00:00")


def taxonomy(texts: dict[str, str] | None = None) -> Taxonomy:
    return over_core([kept(texts or FOLDER)])


def gathered(path: Path, name: SetName = "esco") -> Gathered:
    return gather(parts(path), name)
