"""The taxonomy: skills with aliases, hierarchy and relations, and occupations with their titles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from jobbot.features.skills.corefile import Core, read_core
from jobbot.features.skills.model import Occupation, Skill
from jobbot.features.skills.normal import squeeze
from jobbot.features.skills.titles import TitleIndex

MAX_DEPTH = 6


@dataclass(frozen=True, slots=True)
class Credits:
    """What a skill one has is worth for a skill that is asked, by how the two stand to each other (0-1)."""

    exact: float = 1.0
    narrower: float = 0.5
    broader: float = 0.5
    related: float = 0.5


class Taxonomy:
    """Skills and occupations by uri and by name. Immutable; safe to share between threads."""

    def __init__(
        self, skills: Iterable[Skill], occupations: Iterable[Occupation] = (), credits_: Credits | None = None
    ):
        self._skills = {skill.uri: skill for skill in skills}
        self._occupations = tuple(occupations)
        self._credits = credits_ or Credits()

    def __len__(self) -> int:
        return len(self._skills)

    @property
    def skills(self) -> tuple[Skill, ...]:
        return tuple(self._skills.values())

    @property
    def all_occupations(self) -> tuple[Occupation, ...]:
        return self._occupations

    def get(self, uri: str) -> Skill | None:
        """The skill of that uri, or None."""
        return self._skills.get(uri)

    def by_label(self, text: str) -> Skill | None:
        """The skill whose label or alias is `text`, in any case and spelling; labels win over aliases."""
        uri = self._names.get(squeeze(text))
        return self._skills[uri] if uri else None

    def related(self, uri: str) -> tuple[tuple[Skill, float], ...]:
        """Skills one step away with the strength of the relation (0-1), strongest first."""
        skill = self._skills.get(uri)
        if skill is None:
            return ()
        strengths: dict[str, float] = {}
        for other, strength in (
            *((parent, self._credits.broader) for parent in skill.broader),
            *((child, self._credits.narrower) for child in self._narrower.get(uri, ())),
            *((near, self._credits.related) for near in self._neighbours.get(uri, ())),
        ):
            strengths[other] = max(strength, strengths.get(other, 0.0))
        ranked = sorted(strengths.items(), key=lambda item: (-item[1], item[0]))
        return tuple((self._skills[other], strength) for other, strength in ranked)

    def broader_chain(self, uri: str) -> tuple[Skill, ...]:
        """Every skill above this one, nearest first."""
        return tuple(self._skills[other] for other in self._above(uri))

    def aliases(self, uri: str) -> tuple[str, ...]:
        """Label and aliases as written in the taxonomy."""
        skill = self._skills.get(uri)
        return (skill.label, *skill.aliases) if skill else ()

    def synonyms(self) -> Mapping[str, str]:
        """Normal form of every unambiguous name -> normal form of its skill's label; for the verifier of documents."""
        return self._synonyms

    def credit(self, have: str, want: str) -> float:
        """What having `have` is worth where `want` is asked: 1 exact, part for parent, child or related, else 0."""
        relation = self.relation(have, want)
        return float(getattr(self._credits, relation)) if relation else 0.0

    def relation(self, have: str, want: str) -> str:
        """How `have` stands to `want`: exact, narrower, broader, related, or "" for strangers."""
        if have == want:
            return "exact"
        if want in self._above(have):
            return "narrower"
        skill = self._skills.get(want)
        if skill is not None and have in skill.broader:
            return "broader"
        return "related" if have in self._neighbours.get(want, ()) else ""

    def occupations(self, title: str, limit: int = 10) -> list[tuple[str, str, float]]:
        """Occupations of a job title, best first, as (uri, label, score 0-1); at least ten while there are ten."""
        return self._titles.rank(title, limit)

    def occupation(self, uri: str) -> Occupation | None:
        return self._occupation_by_uri.get(uri)

    @cached_property
    def _occupation_by_uri(self) -> dict[str, Occupation]:
        return {occupation.uri: occupation for occupation in self._occupations}

    @cached_property
    def _titles(self) -> TitleIndex:
        return TitleIndex(self._occupations)

    @cached_property
    def _names(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for skill in self._skills.values():
            for alias in skill.aliases:
                names.setdefault(squeeze(alias), skill.uri)
        names.update({squeeze(skill.label): skill.uri for skill in self._skills.values()})
        return names

    @cached_property
    def _synonyms(self) -> dict[str, str]:
        return {name: squeeze(self._skills[uri].label) for name, uri in self._names.items() if len(name) > 1}

    @cached_property
    def _narrower(self) -> dict[str, list[str]]:
        children: dict[str, list[str]] = {}
        for skill in self._skills.values():
            for parent in skill.broader:
                children.setdefault(parent, []).append(skill.uri)
        return children

    @cached_property
    def _neighbours(self) -> dict[str, set[str]]:
        near: dict[str, set[str]] = {}
        for skill in self._skills.values():
            for other in skill.related:
                near.setdefault(skill.uri, set()).add(other)
                near.setdefault(other, set()).add(skill.uri)
        return near

    def _above(self, uri: str) -> tuple[str, ...]:
        found: dict[str, None] = {}
        level = [uri]
        for _ in range(MAX_DEPTH):
            level = [parent for child in level if child in self._skills for parent in self._skills[child].broader]
            level = [parent for parent in level if parent not in found and parent != uri]
            if not level:
                break
            found.update(dict.fromkeys(level))
        return tuple(found)


@lru_cache(maxsize=1)
def load_core() -> Taxonomy:
    """The bundled taxonomy, read once per process."""
    core: Core = read_core()
    return Taxonomy(core.skills, core.occupations)
