"""Postings per CPU second with the tagger of skills, beside literal extraction of the same texts; one thread."""

from __future__ import annotations

import json
import time

from evals.shared import ROOT, judged

from benchmarks.frame import Row, Skipped
from jobbot.features.skills.extract import Extractor
from jobbot.features.skills.tag import TaggingExtractor
from jobbot.features.skills.taxonomy import load_core
from jobbot.platform.inference.tagger import Tagger, find

BAR = ">= 40"
WORDS = (450, 950)
REPEATS = 3


def run() -> list[Row]:
    folder = find("bundled", ROOT)
    if folder is None:
        raise Skipped("this checkout has no weights of a tagger")
    texts = _texts()
    literal = Extractor(load_core())
    tagging = [TaggingExtractor(literal, Tagger(folder)) for _ in range(REPEATS)]  # each remembers no line yet
    for extractor in (literal, *tagging):
        extractor.extract("You know SQL and lead a team.")
    ours = min(_seconds(extractor, texts) for extractor in tagging)
    again = min(_seconds(extractor, texts) for extractor in tagging)
    peer = min(_seconds(literal, texts) for _ in range(REPEATS))
    count, unit = len(texts), "postings/CPU s"
    note = f"{count} real postings of {sum(len(text.split()) for text in texts) // count} words, best of {REPEATS}"
    return [
        Row("extract, with the tagger", count / ours, "literal", count / peer, bar=BAR, unit=unit, note=note),
        Row("  lines seen before", count / again, unit=unit, note="a board that is read again"),
    ]


def _texts() -> list[str]:
    paths = sorted(judged().glob("postings/*.jsonl"))
    rows = [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]
    texts = dict.fromkeys(str(row["description"]) for row in rows)
    return [text for text in texts if WORDS[0] <= len(text.split()) <= WORDS[1]]


def _seconds(extractor: Extractor | TaggingExtractor, texts: list[str]) -> float:
    start = time.process_time()
    for text in texts:
        extractor.extract(text)
    return time.process_time() - start
