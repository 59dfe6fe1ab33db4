"""Which section a heading opens, in the words of five languages."""

from __future__ import annotations

import re

SECTIONS: dict[str, str] = {
    "work": "work experience|experience|professional experience|employment|employment history|work history|"
    "career|career history|"
    "relevant experience|professional background|positions|positions held|appointments|academic appointments|"
    "career summary|"
    "job history|jobs|professional appointments|clinical experience|teaching experience|research experience|"
    "experience highlights|"
    "berufserfahrung|beruflicher werdegang|berufspraxis|praktische erfahrung|berufliche erfahrung|werdegang|"
    "beruflicher hintergrund|"
    "expérience|expériences|expérience professionnelle|expériences professionnelles|parcours professionnel|"
    "experiencia|experiencia laboral|experiencia profesional|trayectoria profesional|"
    "arbetslivserfarenhet|erfarenhet|arbetserfarenhet|yrkeserfarenhet|anställningar|where i've worked|work|"
    "selected experience",
    "education": "education|academic background|education and training|education & training|qualifications|"
    "academic qualifications|"
    "studies|academic education|training|schooling|education and qualifications|degrees|"
    "ausbildung|bildungsweg|bildung|studium|schulbildung|akademische ausbildung|hochschulausbildung|schule und "
    "ausbildung|"
    "ausbildung und studium|studium und ausbildung|formation|formations|études|diplômes|formation académique|"
    "parcours académique|"
    "educación|formación|formación académica|estudios|utbildning|utbildningar",
    "skills": "skills|technical skills|key skills|core competencies|competencies|core skills|areas of expertise|"
    "expertise|top skills|"
    "skills and tools|skills & tools|tools|technologies|tools and technologies|professional skills|skills & "
    "expertise|abilities|"
    "what i can do|trade skills|it skills|computer skills|skills summary|methods|technical expertise|strengths|"
    "kenntnisse|fähigkeiten|kompetenzen|it-kenntnisse|edv-kenntnisse|fachkenntnisse|kenntnisse und fähigkeiten|"
    "fachliche kompetenzen|"
    "besondere kenntnisse|weitere kenntnisse|stärken|compétences|compétences techniques|compétences clés|"
    "savoir-faire|"
    "competencias|habilidades|aptitudes|conocimientos|kompetenser|färdigheter|kunskaper|tekniska färdigheter",
    "languages": "languages|language skills|sprachen|sprachkenntnisse|fremdsprachen|langues|idiomas|lenguas|"
    "språk|språkkunskaper",
    "certificates": "certifications|certificates|licenses|licences|licenses and certifications|licenses & "
    "certifications|"
    "certifications and licenses|certifications & licenses|tickets|tickets and licences|tickets & licences|cards "
    "and tickets|"
    "professional certifications|certificates and training|certificates & licences|training and certificates|"
    "courses and certificates|"
    "credentials|licensure|registrations|professional registration|accreditations|courses|further training|"
    "continuing education|"
    "zertifikate|zertifizierungen|weiterbildung|weiterbildungen|fortbildung|fortbildungen|weiterbildungen und "
    "zertifikate|"
    "certificats|certifications et formations|certificados|certificaciones|cursos|certifikat|certifieringar|"
    "kurser|intyg",
    "projects": "projects|personal projects|selected projects|key projects|side projects|project experience|"
    "projekte|projekterfahrung|"
    "projets|proyectos|projekt",
    "publications": "publications|selected publications|papers|peer-reviewed publications|articles|"
    "veröffentlichungen|publikationen|"
    "publicaciones|publikationer",
    "awards": "awards|honors|honours|honors and awards|awards and honors|awards & honours|honors-awards|grants "
    "and awards|"
    "awards and grants|prizes|scholarships|achievements|auszeichnungen|preise|stipendien|distinctions|prix|premios|"
    "utmärkelser|stipendier|grants|fellowships and awards",
    "volunteer": "volunteering|volunteer|volunteer experience|volunteer work|community|community work|ehrenamt|"
    "ehrenamtliche tätigkeiten|"
    "ehrenamtliches engagement|engagement|bénévolat|voluntariado|ideellt arbete|föreningsliv|ideellt engagemang",
    "interests": "interests|hobbies|hobbies and interests|hobbies & interests|interests and hobbies|personal "
    "interests|interessen|"
    "hobbys|freizeit|centres d'intérêt|loisirs|intereses|aficiones|intressen|fritidsintressen|outside work",
    "references": "references|referees|referenzen|références|referencias|referenser",
    "summary": "summary|profile|about|about me|professional summary|professional profile|personal profile|"
    "personal statement|objective|"
    "career objective|executive summary|overview|introduction|profil|kurzprofil|über mich|zusammenfassung|"
    "berufliches profil|"
    "à propos|résumé|profil professionnel|perfil|perfil profesional|resumen|sobre mí|sammanfattning|om mig|"
    "research interests|bio|biography|who i am",
    "contact": "contact|contact details|contact information|personal details|personal information|personal data|"
    "get in touch|details|"
    "kontakt|kontaktdaten|persönliche daten|persönliche angaben|angaben zur person|zur person|coordonnées|"
    "informations personnelles|"
    "contacto|datos personales|datos de contacto|kontaktuppgifter|personuppgifter|personliga uppgifter|reach me",
    "other": "patents|memberships|professional memberships|affiliations|professional affiliations|"
    "mitgliedschaften|presentations|talks|"
    "conferences|invited talks|additional information|miscellaneous|sonstiges|weitere angaben|divers|otros|"
    "övrigt|service|"
    "professional service|teaching|memberships and affiliations|hard facts",
}
_TITLES_WORDS = (
    "curriculum vitae|cv|resume|résumé|lebenslauf|tabellarischer lebenslauf|hoja de vida|currículum vitae|currículum|"
    "meritförteckning|curriculum"
)
TITLES = frozenset(_TITLES_WORDS.split("|"))
_KNOWN = {name: section for section, names in SECTIONS.items() for name in names.split("|")}
_NOISE = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_CONTINUED = re.compile(r"\s*\((?:continued|cont\.?|fortsetzung|suite|forts\.?)\)$", re.IGNORECASE)


def section_of(text: str) -> str:
    """The section a heading opens, "" when the text is no heading that we know.

    >>> section_of("WORK EXPERIENCE:"), section_of("3. Berufserfahrung"), section_of("Experienced nurse")
    ('work', 'work', '')
    """
    if len(text) > 48:
        return ""
    name = _NOISE.sub("", _CONTINUED.sub("", text.replace("\t", " "))).casefold().replace("’", "'")
    name = re.sub(r"\s+", " ", name)
    if found := _KNOWN.get(name):
        return found
    joined = re.split(r"\s*(?:&|\band\b|\bund\b|\bet\b|\by\b|\boch\b|/|,)\s*", name)
    if 2 <= len(joined) <= 3 and all(part in _KNOWN for part in joined):
        return _KNOWN[joined[0]]
    return ""


def is_title(text: str) -> bool:
    """`Curriculum Vitae` and its like: says what the paper is, nothing about the person."""
    return _NOISE.sub("", text).casefold() in TITLES
