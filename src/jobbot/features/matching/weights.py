"""The weights and curves of the score: data, tuned on six judged candidates, leave-one-out figures in evals/judged."""

from __future__ import annotations

from collections.abc import Mapping

from jobbot.features.matching.ledger import Weight

MUST, NICE, MEANING, SKILLS = "must-haves", "nice-to-haves", "experience", "skills"
TITLE, LEVEL, PLACE, PAY, RECENCY = "title", "level", "place", "pay", "recency"

WEIGHTS: Mapping[str, Weight] = {
    MUST: Weight(20.0, neutral=0.45),
    NICE: Weight(4.0, neutral=0.45),
    MEANING: Weight(16.0, neutral=0.4),
    SKILLS: Weight(8.0, neutral=0.35),
    TITLE: Weight(28.0, neutral=0.3),
    LEVEL: Weight(10.0, neutral=0.6),
    PLACE: Weight(8.0, neutral=0.5, relevance=False),
    PAY: Weight(3.0, neutral=0.5, relevance=False),
    RECENCY: Weight(3.0, neutral=0.5, relevance=False),
}
