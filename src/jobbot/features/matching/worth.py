"""What the candidate's skills are worth for a skill that is asked. Pure, and remembered per run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from jobbot.features.skills.model import Skill, SkillKind, SkillMention
from jobbot.kernel.fact import Fact

CREDITS: Mapping[str, float] = {"exact": 1.0, "narrower": 0.9, "broader": 0.45, "related": 0.4, "sibling": 0.35}
"""Exact 1, under any of its names; a special case of what is asked .9; its parent or relation less than half; one that
lies beside it in an imported hierarchy .35; always shown as such."""
WORDS: Mapping[str, str] = {
    "exact": "",
    "narrower": "a kind of it",
    "broader": "a wider skill",
    "related": "related",
    "sibling": "beside it in the taxonomy",
}


EVERYWHERE = "general"
"""The taxonomy's field of abilities that every advert asks for and no CV evidences."""


def is_craft(skill: Skill) -> bool:
    """Whether a skill tells one profession from another, unlike team spirit or attention to detail."""
    return skill.fields != (EVERYWHERE,) and skill.kind is not SkillKind.LANGUAGE


class Relations(Protocol):
    """The part of the taxonomy that is needed."""

    def relation(self, have: str, want: str) -> str:
        """exact, narrower, broader, related, sibling, or "" for strangers."""

    def named(self, uri: str, words: str) -> str:
        """Why `words` stand for a skill where they are not its label ("alternative label, ESCO"), "" where they are."""


class Value(NamedTuple):
    """Credit 0-1, how the best skill stands to what is asked, and the facts that evidence it."""

    credit: float
    relation: str
    facts: tuple[Fact, ...]


_NOTHING = Value(0.0, "", ())


class Worth:
    """Credit of one candidate's skills for any wanted skill."""

    def __init__(self, skills: Mapping[str, tuple[Fact, ...]], relations: Relations) -> None:
        self._skills = skills
        self._relations = relations
        self._known: dict[str, Value] = {}

    def of(self, uri: str) -> Value:
        """The best of the candidate's skills for `uri`, ties by uri: the order of facts decides nothing."""
        if uri not in self._known:
            self._known[uri] = self._find(uri)
        return self._known[uri]

    def _find(self, uri: str) -> Value:
        if uri in self._skills:
            return Value(1.0, "exact", self._skills[uri])
        best = _NOTHING
        for have in sorted(self._skills):
            relation = self._relations.relation(have, uri)
            credit = CREDITS.get(relation, 0.0)
            if credit > best.credit:
                best = Value(credit, relation, self._skills[have])
        return best

    def known_as(self, mention: SkillMention) -> str:
        """The asked words and the skill they stand for where its label is another one, else the label.

        `K8s = Kubernetes, alternative label, ESCO`.
        """
        words, label = " ".join(mention.evidence.quote.split()), mention.skill.label
        why = "" if mention.inferred else self._relations.named(mention.skill.uri, words)
        return f"{words} = {label}, {why}" if why else label

    def shown(self, uri: str) -> tuple[Fact, ...]:
        """Facts that evidence `uri` or a special case of it."""
        names = [have for have in sorted(self._skills) if self._relations.relation(have, uri) in ("exact", "narrower")]
        return tuple(dict.fromkeys(fact for have in names for fact in self._skills[have]))


class WorthWith(Worth):
    """The same candidate as if one more skill were evidenced: what counterfactuals are computed with."""

    def __init__(self, base: Worth, uri: str) -> None:
        super().__init__(base._skills, base._relations)
        self._base = base
        self.uri = uri

    def touches(self, uri: str) -> bool:
        """Whether the added skill is worth more for `uri` than what is there."""
        return self.of(uri).credit > self._base.of(uri).credit

    def _find(self, uri: str) -> Value:
        known = self._base.of(uri)
        relation = self._relations.relation(self.uri, uri)
        credit = CREDITS.get(relation, 0.0)
        return Value(credit, relation, ()) if credit > known.credit else known
