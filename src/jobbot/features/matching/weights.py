"""The weights and curves of the score: data. How they were chosen, and how little that matters: `evals/judged`.

Six judged candidates are few: anything between equal weights and these ranks within a few hundredths of the same, so
they follow what is plausible (title first) and were not searched for. They are a compromise between what was first
thought (title and experience far ahead) and equal weights, which rank as well: of eight such compromises all came
within .798 and .804 of NDCG@10.
"""

from __future__ import annotations

from collections.abc import Mapping

from jobbot.features.matching.ledger import Weight

TITLE, MUST, MEANING, LEVEL = "title", "must-haves", "experience", "level"
SKILLS, NICE, PLACE, PAY, RECENCY = "skills", "nice-to-haves", "place", "pay", "recency"
EMPLOYER = "employer"

WEIGHTS: Mapping[str, Weight] = {
    TITLE: Weight(22.0, neutral=0.3),
    MEANING: Weight(18.0, (0.0, 0.1, 0.55, 0.95, 1.0), neutral=0.4),
    MUST: Weight(18.0, neutral=0.45),
    LEVEL: Weight(14.0, neutral=0.6),
    SKILLS: Weight(8.0, (0.0, 0.5, 0.8, 0.95, 1.0), neutral=0.25),
    NICE: Weight(8.0, neutral=0.45),
    PLACE: Weight(8.0, neutral=0.5, relevance=False),
    PAY: Weight(2.0, neutral=0.5, relevance=False),
    RECENCY: Weight(2.0, neutral=0.5, relevance=False),
}
"""Points at f(x) = 1; `curve` is f at x = 0, 1/4, 1/2, 3/4, 1; `neutral` is the x of an unknown signal."""

OFFERED: Mapping[str, Weight] = {EMPLOYER: Weight(4.0, neutral=0.5, relevance=False)}
"""Signals that count only once a person has said something they can be measured by."""
