"""Which lines and phrases are headings, and what the part under them is about.

Most are in the lexicon (`phrases.txt`). Employers invent new ones every day, so a line that looks like a heading is
also read by the words that give its kind away: "What we hope you'll bring", "You're right for this if".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jobbot.features.skills.find import Found
from jobbot.features.skills.lexicon import Section
from jobbot.features.skills.normal import squeeze

HEADING_CHARS = 90
FLAT_CHARS = 320
EDGES = " \t\r\xa0*_#:–—-•●▪‣◦·○■►✓✔➢"
BULLET = re.compile(r"[ \t]*(?:[•●▪‣◦·○■►✓✔➢*–—-]|\d{1,2}[.)]|[a-z]\))[ \t]+")

_BONUS = r"preferred|bonus|nice|desir\w+|plus|extra credit|stand out|even better|set you apart|advantage"
_OFFER = r"benefits?|perks?|we offer|compensation|salary|you get|you ll get|in it for you|rewards?"
_LAW = r"equal opportunit\w+|diversity|privacy|accommodations?|disclaimer"
_STEPS = r"how to apply|(interview|hiring|application|recruitment|selection) process|apply (now|today|here)"
_WORK = (
    r"responsibilit\w+|duties|you (ll|will) (be )?(do|doing|own|work|achieve|deliver|build|lead|learn)|you will|"
    r"your (role|impact|mission)|in this role|day to day|success looks like"
)
_ASKED = (
    r"requirements?|qualifications?|you (ll |will )?(need|bring|have|offer)|looking for|who you are|about you|"
    r"need to (have|succeed|bring|know)|(be|to) succe\w+|we value|we (would|d) (like|love)|(right|fit|great) (for|if)|"
    r"your (profile|background|skills|experience)|experience and skills|"
    r"(required|minimum|key|technical|core) (skills|experience|competenc\w+)"
)
_BONUS_ABROAD = (
    r"wunschenswert\w*|von vorteil|idealerweise|pluspunkte?|les (petits )?plus|atouts?|souhait\w+|apprecie\w*|"
    r"deseable\w*|valora\w*|valorable\w*|se valorar\w+"
)
_OFFER_ABROAD = (
    r"(wir|ihnen|dir) bieten|bieten wir|vorteile|dich freuen|sie freuen|unser angebot|gehalt|verdienst|avantages?|"
    r"(nous|on) (t |vous )?(offrons|proposons|offre|propose)|remuneration|ofrecemos|ofrece|beneficios|retribucion"
)
_STEPS_ABROAD = (
    r"bewerbung\w*|bewerben|weg zu uns|ablauf|recrutement|candidature|postuler|(proceso|etapas) de seleccion|"
    r"postular|inscribete|aplica"
)
_WORK_ABROAD = (
    r"aufgaben\w*|tatigkeit\w*|deine mission|deine rolle|(dich|sie) erwartet|erwartet (dich|sie)|du tun wirst|"
    r"missions?|responsabilites?|taches|quotidien|funciones|tareas|responsabilidades|haras|tu mision"
)
_ASKED_ABROAD = (
    r"profil|anforderung\w*|voraussetzung\w*|qualifikation\w*|kenntnisse|mitbring\w*|bringst|bringen sie|skillset|"
    r"(wonach|wen) (wir )?suchen|suchen wir|erwarten wir|wir erwarten|passt zu uns|competences|recherch\w+|cherchons|"
    r"attendons|requis|prerequis|criteres|perfil|requisitos|buscamos|necesitas|pedimos|esperamos|formacion|"
    r"conocimientos|habilidades|competencias"
)
_SELF_ABROAD = (
    r"^(uber|warum|wieso|wer (wir|sind)|unser (team|unternehmen)|a propos|pourquoi|qui (sommes|est)|notre|sobre|"
    r"quienes|nuestr\w+|por que)\b"
)
"""What a heading in German, French or Spanish gives its kind away by, in normal form."""
_SELF = (
    r"^(about(?! (the|this|your) (role|job|position|opportunity))|why|who we|what we do|our|life at|working at|meet)\b"
)
_KINDS_OF_HEADING = tuple(
    (section, re.compile(pattern))
    for section, pattern in (
        (Section.NICE, rf"\b({_BONUS}|{_BONUS_ABROAD})\b"),
        (Section.BENEFITS, rf"\b({_OFFER}|{_OFFER_ABROAD})\b"),
        (Section.LEGAL, rf"\b({_LAW})\b"),
        (Section.PROCESS, rf"\b({_STEPS}|{_STEPS_ABROAD})\b"),
        (Section.DUTIES, rf"\b({_WORK}|{_WORK_ABROAD})\b"),
        (Section.MUST, rf"\b({_ASKED}|{_ASKED_ABROAD})\b|\bif( you)?( have| are)?$"),
        (Section.COMPANY, rf"{_SELF}|{_SELF_ABROAD}"),
    )
)
_ABOUT = re.compile(
    r"(?:More a|A)bout [A-Z][\w.&-]*(?: [A-Z][\w.&-]*){0,3}$|(?:Life|Working) at [A-Z][\w. &-]+$", re.ASCII
)
_TWICE = re.compile(r"\bAbout ((?:[A-Z][\w.&-]* ){1,3})(?=\1)")
"""Where running text begins to tell of the employer: "About Acme Acme makes anvils"."""
_CAPITALS = re.compile(r"[A-Z]{2}[A-Z’'/&, ]{6,60}(?=\s?[:•–-]|\s[A-Z]?[a-z]|\s\d)")
_LABEL = re.compile(r"(?:[.!?•)]\s*)([A-Z][\w’'&/ -]{6,60})$")


def classify(words: str) -> Section | None:
    """What a heading outside the lexicon is about, by the words in it; None where nothing gives it away.

    >>> classify("WHAT WE HOPE YOU'LL BRING").name, classify("Locations")
    ('MUST', None)
    """
    key = squeeze(words)
    return next((section for section, pattern in _KINDS_OF_HEADING if pattern.search(key)), None)


def heading_of(text: str, start: int, end: int, inside: Sequence[Found]) -> Section | None:
    """The section a short line opens, None where the line is no heading."""
    if end - start > HEADING_CHARS:
        return None
    line = text[start:end]
    known = _known(line, start, inside) if inside else None
    return known if known is not None or not looks_like_heading(line) else classify(line)


def _known(line: str, start: int, inside: Sequence[Found]) -> Section | None:
    bullet = BULLET.match(line)
    bare = line.strip(EDGES)
    if (
        not bare
        or bare[-1] in ".;,"
        or (bullet and not line.rstrip().endswith(":") and not line.lstrip().startswith("**"))
    ):
        return None
    best = max(inside, key=lambda item: item[1] - item[0])
    share = (best[1] - best[0]) / len(bare)
    offset = best[0] - start
    if share >= 0.6 or (share >= 0.3 and line.rstrip(" *_").endswith((":", "…", "...", "?"))):
        return best[2].section
    if bare.isupper() or (bare.istitle() and len(bare.split()) <= 7):
        return best[2].section if share >= 0.25 else None
    return best[2].section if offset <= 4 and share >= 0.45 and len(bare.split()) <= 6 else None


def looks_like_heading(line: str) -> bool:
    """Whether a short line without a full stop stands over something, by its colon, capitals or stars."""
    bare = line.strip(EDGES)
    if len(bare) > 60 or len(bare) < 3 or bare[-1] in ".;,!" or BULLET.match(line):
        return False
    words = bare.split()
    if line.rstrip(" *_").endswith(":") and len(words) <= 8:
        return True
    return len(words) <= 8 and (
        bare.isupper()
        or _ABOUT.match(bare) is not None
        or (line.lstrip().startswith(("**", "##")) and line.rstrip().endswith(("**", "#")))
    )


def inside_line(text: str, start: int, end: int, known: Sequence[Found]) -> Iterator[tuple[int, int, Section]]:
    """Headings that stand inside a line of running text: (start, end, section), in order."""
    found = [(h[0], h[1], h[2].section or Section.NEUTRAL) for h in known if _inline(text, h, start, end)]
    if end - start > FLAT_CHARS:
        for first, last in (*_capitals(text, start, end), *_labels(text, start, end)):
            section = classify(text[first:last])
            if section is not None:
                found.append((first, last, section))
        found += [(m.start(), m.end() - 1, Section.COMPANY) for m in _TWICE.finditer(text, start, end)]
        found.sort(key=lambda row: (row[0], -row[1]))
    yield from found


def _capitals(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Runs of capitals: "SKILLS YOU'LL NEED"."""
    return (match.span() for match in _CAPITALS.finditer(text, start, end))


def _labels(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Phrases from the end of a sentence to a colon: "Requirements of the post:"."""
    colon = text.find(":", start, end)
    while colon >= 0:
        match = _LABEL.search(text[max(start, colon - 66) : colon])
        if match:
            yield colon - len(match.group(1)), colon
        colon = text.find(":", colon + 1, end)


def _inline(text: str, heading: Found, start: int, end: int) -> bool:
    """Whether a heading phrase inside running text is one: capitalised, and with a colon or at a sentence's start."""
    phrase = text[heading[0] : heading[1]]
    if not phrase[0].isupper():
        return False
    after = text[heading[1] : min(end, heading[1] + 4)]
    if after.lstrip(" *_").startswith(":") or after.startswith((" (", " •", " -", " –")):
        return True
    if end - start < FLAT_CHARS or len(phrase) < 6:
        return False
    before = text[max(start, heading[0] - 3) : heading[0]].rstrip()
    words = [word for word in phrase.split() if len(word) > 3]
    titled = all(word[0].isupper() for word in words) and (len(words) > 1 or phrase.isupper() or len(phrase) > 9)
    follows = after.lstrip()[:1]
    starts = not before or before[-1] in ".!?:)•;" or heading[0] == start
    return titled and (starts or phrase.count(" ") > 0 or phrase.isupper()) and (follows.isupper() or follows.isdigit())
