"""Words by which a position, an organisation, a degree or a language is known."""

from __future__ import annotations

import re

_POSITION = re.compile(
    r"\b(?:manager|managerin|engineer|developer|analyst|nurse|assistant|associate|director|officer|specialist|"
    r"consultant|technician|"
    r"teacher|lecturer|professor|researcher|scientist|administrator|coordinator|supervisor|intern|internship|"
    r"trainee|apprentice|"
    r"journeyman|electrician|plumber|carpenter|welder|joiner|fitter|mechanic|driver|foreman|operator|inspector|"
    r"installer|"
    r"accountant|auditor|controller|bookkeeper|clerk|cashier|receptionist|secretary|executive|head|lead|leader|"
    r"chief|president|"
    r"partner|recruiter|designer|architect|writer|editor|journalist|pharmacist|physician|doctor|surgeon|therapist|"
    r"physiotherapist|midwife|carer|caregiver|paramedic|advisor|adviser|agent|representative|rep|buyer|planner|"
    r"chef|cook|waiter|waitress|barista|bartender|housekeeper|cleaner|guard|worker|labourer|laborer|warehouse|"
    r"student|fellow|postdoc|postdoctoral|instructor|tutor|trainer|coach|counsellor|counselor|librarian|curator|"
    r"translator|"
    r"programmer|devops|sre|cto|ceo|cfo|coo|vp|founder|co-founder|owner|freelance[r]?|contractor|volunteer|member|"
    r"chair|"
    r"sdr|bdr|salesperson|sales|marketer|strategist|producer|photographer|artist|actor|musician|"
    r"leiter|leiterin|leitung|mitarbeiter|mitarbeiterin|entwickler|entwicklerin|ingenieur|ingenieurin|berater|"
    r"beraterin|"
    r"kaufmann|kauffrau|fachkraft|krankenschwester|pflegefachkraft|pflegefachfrau|pflegefachmann|gesundheits|"
    r"lehrer|lehrerin|"
    r"praktikant|praktikantin|praktikum|werkstudent|werkstudentin|auszubildende[r]?|azubi|referent|referentin|"
    r"sachbearbeiter|sachbearbeiterin|assistentin|assistenz|"
    r"elektriker|elektrikerin|techniker|technikerin|meister|meisterin|geselle|verkäufer|verkäuferin|fahrer|"
    r"fahrerin|arzt|ärztin|"
    r"apotheker|apothekerin|buchhalter|buchhalterin|geschäftsführer|geschäftsführerin|erzieher|erzieherin|"
    r"intercedent|"
    r"responsable|chargée?|directeur|directrice|ingénieure?|développeu(?:r|se)|infirmi(?:er|ère)|stagiaire|"
    r"assistante|technicienne?|"
    r"vendeu(?:r|se)|comptable|enseignante?|chef de projet|consultante|conseill(?:er|ère)|"
    r"gerente|ingenier[oa]|desarrollador[a]?|enfermer[oa]|analista|técnic[oa]|profesor[a]?|jef[ea]|becari[oa]|"
    r"auxiliar|"
    r"administrativ[oa]|consultor[a]?|"
    r"chef|utvecklare|sjuksköterska|ingenjör|säljare|lärare|projektledare|tekniker|konsult|handläggare|"
    r"undersköterska|praktikant|"
    r"ekonom|apotekare|butikssäljare|montör|snickare)\b|\w+(?:leiter|leiterin|entwickler|entwicklerin|ingenieur|"
    r"pfleger|pflegerin|"
    r"helfer|helferin|mechaniker|mechatroniker|techniker|technikerin|chef|ledare|skötare|sköterska|assistent|"
    r"assistentin|berater|beraterin|meister|monteur|monteurin)\b",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"\b(?:inc|ltd|llc|llp|plc|corp|corporation|company|co|gmbh|ag|kg|ohg|se|e\.?v|sa|sas|sarl|s\.a|s\.l|sl|ab|as|"
    r"oy|bv|b\.v|nv|n\.v|pvt|pty|"
    r"limited|group|gruppe|holding|partners|associates|university|college|school|institute|institut|hospital|"
    r"clinic|klinik|klinikum|"
    r"krankenhaus|spital|hôpital|sjukhus|universität|hochschule|université|universidad|universitet|högskola|"
    r"academy|akademie|"
    r"council|ministry|department|authority|agency|agentur|foundation|stiftung|trust|charity|bank|insurance|"
    r"versicherung|"
    r"systems|software|technologies|technology|solutions|services|logistics|electric|electrical|foods|pharma|labs|"
    r"laboratories|"
    r"consulting|industries|works|center|centre|zentrum|praxis|apotheke|verein|verlag|werke|bau|stores?|retail|"
    r"hotel|restaurant|"
    r"kommun|region|landsting|society|church|team|club|house|press|energy|mobility|health|care home|nhs|share|"
    r"exports|family business|"
    r"home|rural|builders|construction|contractors|engineering|kliniken|stadt|amt|mairie|ayuntamiento|bakery|"
    r"bäckerei|salon|"
    r"brothers|bros|sons|& \w+)\b(?:\.|$|\W)",
    re.IGNORECASE,
)
_DEGREE = re.compile(
    r"\b(?:bachelor(?:'s|s)?|master(?:'s|s)?|b\.?\s?sc|m\.?\s?sc|b\.?a\.?|m\.?a\.?|b\.?s\.?|m\.?s\.?|b\.?eng|"
    r"m\.?eng|b\.?com|m\.?com|b\.?ed|m\.?ed|"
    r"b\.?tech|m\.?tech|mba|ll\.?[bm]|ph\.?\s?d|dphil|doctor(?:ate)?|dr\.|m\.?phil|associate(?:'s)?|diploma|"
    r"diplom|magister|staatsexamen|"
    r"abitur|fachabitur|mittlere reife|realschulabschluss|hauptschulabschluss|ausbildung|lehre|"
    r"gesellenbrief|(?:staatlich )?geprüfter?(?: \w+)?|"
    r"meisterbrief|promotion|"
    r"licence|maîtrise|baccalauréat|bac|bts|dut|cap|doctorat|grado|licenciatura|máster|bachillerato|doctorado|"
    r"técnico|"
    r"kandidatexamen|masterexamen|civilingenjör|yrkesexamen|gymnasieexamen|högskoleexamen|legitimation|"
    r"doktorsexamen|kandidat|magisterexamen|apotekarexamen|"
    r"certificate|apprenticeship|a-?levels?|gcses?|high school diploma|ged|nvq|hnd|hnc|btec|city (?:and|&) guilds|"
    r"minor|pgce|"
    r"postgraduate|undergraduate|hbo|mbo|wo|vwo|degree|pharm\.?d|m\.?d|r\.?n|bsn|msn|foundation)(?=$|"
    r"[\s,.;:()/\-–|'])",
    re.IGNORECASE,
)
_SCHOOL = re.compile(
    r"\b(?:university|universität|université|universidad|universitet|uni|college|school|schule|hochschule|"
    r"fachhochschule|polytechnic|"
    r"institute|institut|instituto|academy|akademie|académie|école|escuela|lycée|lycee|gymnasium|gymnasiet|"
    r"gymnasieskola|högskola|högskolan|"
    r"berufsschule|realschule|gesamtschule|hogeschool|tafe|training centre|training center|faculty|iut|ifsi|"
    r"komvux|conservatory|"
    r"seminary|campus|eth|mit|tu|fh|kth|skola|skolan|berufskolleg|kolleg|handwerkskammer|ihk)\b|\w+(?:schule|"
    r"universität|universitet|skola|skolan|gymnasium|kolleg|högskola)\b",
    re.IGNORECASE,
)
_LANGUAGES_WORDS = (
    "english german french spanish swedish norwegian danish finnish dutch italian portuguese polish czech slovak "
    "hungarian "
    "romanian bulgarian greek turkish russian ukrainian arabic hebrew persian farsi hindi urdu bengali tamil "
    "telugu kannada "
    "malayalam marathi gujarati punjabi chinese mandarin cantonese japanese korean vietnamese thai indonesian "
    "malay tagalog filipino "
    "swahili amharic somali yoruba igbo hausa zulu afrikaans catalan basque galician irish welsh latin croatian "
    "serbian bosnian "
    "slovenian albanian macedonian lithuanian latvian estonian icelandic tigrinya kurdish pashto dari armenian "
    "georgian azerbaijani "
    "kazakh uzbek mongolian nepali sinhala burmese khmer lao bsl asl "
    "deutsch englisch französisch spanisch schwedisch italienisch polnisch russisch türkisch arabisch "
    "niederländisch portugiesisch "
    "chinesisch japanisch latein ukrainisch dänisch norwegisch tschechisch kroatisch griechisch ungarisch rumänisch "
    "anglais allemand français espagnol italien portugais arabe chinois russe néerlandais suédois "
    "inglés alemán francés español italiano portugués chino árabe ruso catalán "
    "engelska tyska franska spanska svenska norska danska finska arabiska persiska polska ryska kinesiska somaliska"
)
LANGUAGES = frozenset(_LANGUAGES_WORDS.split())
FLUENCY = re.compile(
    r"native|mother tongue|bilingual|fluent|fluency|proficient|professional|working|conversational|intermediate|"
    r"basic|beginner|"
    r"elementary|advanced|limited|full|business|school|spoken|written|good|excellent|heritage|rusty|"
    r"\b[abc][12]\b|muttersprach|fließend|fliessend|verhandlungssicher|grundkenntnisse|gute|sehr gut|konversation|"
    r"langue maternelle|courant|bilingue|intermédiaire|notions|débutant|lu, écrit|nativ|fluido|avanzado|"
    r"intermedio|básico|"
    r"lengua materna|modersmål|flytande|god|goda|grundläggande|obehindrat|erstsprache",
    re.IGNORECASE,
)
MODES = re.compile(
    r"^(?:full[- ]?time|part[- ]?time|permanent|temporary|contract|fixed[- ]term|freelance|internship|"
    r"apprenticeship|self[- ]employed|"
    r"vollzeit|teilzeit|befristet|unbefristet|cdi|cdd|temps plein|temps partiel|heltid|deltid|vikariat|"
    r"tillsvidare|seasonal|casual)$",
    re.IGNORECASE,
)


MAX_TITLE = 200
"""Characters of a text that are looked at for a title or a name."""


def position_score(text: str) -> float:
    """How much a short text looks like the title of a position."""
    text = text[:MAX_TITLE]
    return float(len(_POSITION.findall(text))) - 0.3 * (len(text.split()) > 9)


def organisation_score(text: str) -> float:
    """How much a short text looks like the name of an organisation."""
    return float(len(_ORGANISATION.findall(text[:MAX_TITLE])))


def degree(text: str) -> bool:
    return bool(_DEGREE.search(text))


_DIPLOMA = re.compile(r"\b(?:high )?school (?:diploma|degree|certificate)", re.IGNORECASE)


def school(text: str) -> bool:
    return bool(_SCHOOL.search(_DIPLOMA.sub("", text)))


def language(text: str) -> bool:
    """Whether the text begins with the name of a language."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return bool(words) and (words[0] in LANGUAGES or (len(words) > 1 and words[1] in LANGUAGES))
