"""Must-haves: adverts with labels; what readers missed in a CV, found among the extracted musts; snippets."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import yaml
from benchmarks.frame import Row, Skipped

from evals import must_haves_rule
from evals.must_haves_labels import Advert, Said, kappa, labelled, scores
from evals.shared import ROOT, judged
from evals.titles_fit import imported
from jobbot.features.skills.extract import Extractor
from jobbot.features.skills.imported.load import over_core
from jobbot.features.skills.model import Extraction, Polarity, Requirement
from jobbot.features.skills.taxonomy import load_core
from jobbot.features.sources.language import language_of
from jobbot.kernel.errors import JobbotError

SNIPPETS = ROOT / "tests" / "features" / "skills" / "data" / "adverts.yaml"
ENOUGH = 0.5
READ = 4500
_STOPS = "a an and as at by for in of on or the to with years year experience skills knowledge own record"
_STOP = frozenset(_STOPS.split())


def run() -> list[Row]:
    extractor = Extractor(load_core())
    rows = [*_labelled(extractor), *_snippets(extractor)]
    try:
        return _judged(extractor, Extractor(over_core(imported("esco", "onet")))) + rows
    except (Skipped, JobbotError):
        return rows


def _labelled(extractor: Extractor) -> list[Row]:
    """Precision and recall of single demands on labelled adverts, beside a plain rule."""
    try:
        adverts = labelled()
    except Skipped:
        return []
    held = [advert for advert in adverts if advert.held_out]
    abroad = [advert for advert in adverts if language_of(None, advert.text) not in ("en", None)]
    agreed, units = kappa(adverts)
    return [
        *_scored("held out", held, extractor, bars=True),
        *_scored("all", adverts, extractor),
        *_scored("other languages", abroad, extractor),
        Row("labels: kappa of two readings", agreed, note=f"{units} sentences; not known to be independent"),
    ]


def _scored(what: str, adverts: Sequence[Advert], extractor: Extractor, *, bars: bool = False) -> list[Row]:
    ours, plain = scores(adverts, lambda text: said(extractor, text)), scores(adverts, must_haves_rule.read)
    rows = []
    for name, mine, rule in zip(("musts", "wishes"), ours, plain, strict=True):
        wanted = (">= 0.9", ">= 0.8") if bars and name == "musts" else ("", "")
        for measure, bar, of in zip(("precision", "recall"), wanted, (mine.said, mine.labelled), strict=True):
            figures = getattr(mine, measure), getattr(rule, measure)
            note = f"{of} in {len(adverts)} adverts"
            rows.append(Row(f"labels, {what}: {name}, {measure}", figures[0], "plain rule", figures[1], bar, note=note))
    return rows


def said(extractor: Extractor, text: str) -> Said:
    """Where jobbot reads a must and where a wish; what is *not* asked for is neither."""
    asked = [r for r in extractor.extract(text).requirements if not r.negated]
    spans = [(r.polarity, (r.evidence.start, r.evidence.end)) for r in asked]
    return (
        [span for polarity, span in spans if polarity is Polarity.MUST],
        [span for polarity, span in spans if polarity is Polarity.NICE],
    )


def _judged(extractor: Extractor, full: Extractor) -> list[Row]:
    """Recall per phrase: its words (or a skill it names) stand in one requirement marked must."""
    ours, theirs = _recalled(extractor), _recalled(full)
    peer = "ESCO and O*NET imported"
    note = f"{ours.phrases} phrases of two readers; half of the words or a shared skill"
    return [
        Row("must-haves found as must", ours.must, peer, theirs.must, ">= 0.8", note=note),
        Row("... as any requirement", ours.anywhere, peer, theirs.anywhere, note="polarity set aside"),
        Row("... by a shared skill alone", ours.named, peer, theirs.named, note="without word overlap"),
    ]


class Recalled(NamedTuple):
    """Shares of the phrases."""

    phrases: int
    must: float
    anywhere: float
    named: float


def _recalled(extractor: Extractor) -> Recalled:
    folder = judged()
    found: dict[str, Extraction] = {}
    for path in sorted((folder / "postings").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            posting = json.loads(line)
            found[posting["id"]] = extractor.extract(posting["description"])
    hits = anywhere = named = total = 0
    for line in (folder / "judgments.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        extraction = found[row["id"]]
        musts = [r for r in extraction.requirements if r.polarity is Polarity.MUST]
        for phrase in {phrase for phrases in row["must_haves_missed"] for phrase in phrases}:
            total += 1
            hits += covers(musts, phrase, extractor)
            anywhere += covers(extraction.requirements, phrase, extractor)
            named += shares_skill(musts, phrase, extractor)
    return Recalled(total, hits / total, anywhere / total, named / total)


def covers(requirements: Sequence[Requirement], phrase: str, extractor: Extractor) -> bool:
    words = _words(phrase)
    return shares_skill(requirements, phrase, extractor) or any(
        len(words & _words(r.evidence.quote)) >= ENOUGH * len(words) for r in requirements if words
    )


def shares_skill(requirements: Sequence[Requirement], phrase: str, extractor: Extractor) -> bool:
    wanted = {mention.skill.uri for mention in extractor.skills(phrase)}
    return any(mention.skill.uri in wanted for r in requirements for mention in r.skills)


def _words(text: str) -> set[str]:
    return {word[:6] for word in re.findall(r"\w[\w+#.]*", text.lower()) if word not in _STOP}


def _snippets(extractor: Extractor) -> list[Row]:
    """Precision and recall of polarity on the invented snippets of the test suite."""
    right = wrong = missing = spurious = 0
    adverts: list[dict[str, Any]] = yaml.safe_load(SNIPPETS.read_text(encoding="utf-8"))
    for advert in adverts:
        extraction = extractor.extract(advert["text"])
        expected = advert["asks"]
        for asked in expected:
            same = [r for r in extraction.requirements if asked["quote"].lower() in r.evidence.quote.lower()]
            right += bool(same) and same[0].polarity.value == asked["polarity"]
            wrong += bool(same) and same[0].polarity.value != asked["polarity"]
            missing += not same
        firm = [r for r in extraction.requirements if r.polarity is not Polarity.UNCLEAR]
        spurious += sum(not _expected(r, expected) for r in firm)
    total = right + wrong + missing
    note = f"{total} labelled requirements in {len(adverts)} snippets of our own; the rules were tuned on them"
    return [
        Row("snippets: recall with polarity", right / total, bar=">= 0.8", note=note),
        Row("snippets: precision", right / (right + wrong + spurious), bar=">= 0.9"),
    ]


def _expected(requirement: Requirement, expected: list[dict[str, Any]]) -> bool:
    quote = requirement.evidence.quote.lower()
    return any(asked["quote"].lower() in quote or quote in asked["quote"].lower() for asked in expected) or any(
        mention.skill.label.lower() in {skill.lower() for asked in expected for skill in asked.get("skills", ())}
        for mention in requirement.skills
    )
