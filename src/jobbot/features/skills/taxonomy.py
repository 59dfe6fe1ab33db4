"""The taxonomy: skills with aliases, hierarchy and relations, and occupations with their titles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from jobbot.features.skills.corefile import Core, read_core
from jobbot.features.skills.imported.titletext import core_words
from jobbot.features.skills.model import Occupation, Skill
from jobbot.features.skills.normal import numbers, spellings, squeeze
from jobbot.features.skills.titles import TitleIndex

MAX_DEPTH = 6
FAMILY = 12
"""Skills under one shelf of an imported hierarchy that count as siblings; of larger shelves nothing follows."""


@dataclass(frozen=True, slots=True)
class Credits:
    """What a skill one has is worth for a skill that is asked, by how the two stand to each other (0-1)."""

    exact: float = 1.0
    narrower: float = 0.5
    broader: float = 0.5
    related: float = 0.5
    sibling: float = 0.35


Keys = Sequence[tuple[str, Sequence[tuple[int, str, bool]]]]
"""Normal form -> (number of the skill, the case that counts or "", whether company is needed): `find.named_keys`."""


@dataclass(frozen=True, slots=True)
class Over:
    """What imported sets add. `mark` changes with their content; `spoken` holds names that count in texts of one
    language only (language -> uri -> names), `notes` what an imported name is ((uri, normal name) -> "alternative
    label, ESCO"), `hierarchy` the skills whose place below a shelf was imported, `titles` the names of imported
    occupations (normal form -> uri -> label), `keys` what texts are searched for, `bridges` occupations of other sets
    whose titles lead to those that are answered."""

    mark: str = ""
    sets: tuple[str, ...] = ()
    spoken: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    notes: Mapping[tuple[str, str], str] = field(default_factory=dict)
    hierarchy: frozenset[str] = frozenset()
    titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    keys: Keys = ()
    bridges: Callable[[], Sequence[Occupation]] = tuple


class Taxonomy:
    """Skills and occupations by uri and by name. Immutable; safe to share between threads."""

    def __init__(
        self,
        skills: Iterable[Skill],
        occupations: Iterable[Occupation] | Callable[[], Iterable[Occupation]] = (),
        credits_: Credits | None = None,
        over: Over | None = None,
    ):
        self._skills = {skill.uri: skill for skill in skills}
        self._given = occupations
        self._credits = credits_ or Credits()
        self._over = over or Over()

    def __len__(self) -> int:
        return len(self._skills)

    @property
    def over(self) -> Over:
        """What was imported over the core; empty where nothing was."""
        return self._over

    @property
    def skills(self) -> tuple[Skill, ...]:
        return tuple(self._skills.values())

    @cached_property
    def all_occupations(self) -> tuple[Occupation, ...]:
        """Read when first asked for, where a function was given."""
        return tuple(self._given() if callable(self._given) else self._given)

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
        return tuple((self._skills[other], strength) for other, strength in ranked if other in self._skills)

    def broader_chain(self, uri: str) -> tuple[Skill, ...]:
        """Every skill above this one, nearest first."""
        return tuple(self._skills[other] for other in self._above(uri) if other in self._skills)

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
        if have in self._neighbours.get(want, ()):
            return "related"
        return "sibling" if self._siblings(have, want) else ""

    def named(self, uri: str, words: str) -> str:
        """Why `words` stand for that skill where they are not its label: "alternative label, ESCO"; "" where they are.

        A plural or another spelling of the label is the label.
        """
        skill, key = self._skills.get(uri), squeeze(words)
        if skill is None or key in _forms(skill.label) or not key:
            return ""
        noted = self._over.notes.get((uri, key))
        return noted or ("alternative label" if any(key in _forms(name) for name in skill.aliases) else "")

    def _siblings(self, have: str, want: str) -> bool:
        """Whether both lie directly under one small shelf of an imported hierarchy."""
        over = self._over.hierarchy
        if have not in over or want not in over:
            return False
        shared = set(self._skills[have].broader) & set(self._skills[want].broader)
        return any(len(self._narrower.get(shelf, ())) <= FAMILY for shelf in shared)

    def occupations(self, title: str, limit: int = 10) -> list[tuple[str, str, float]]:
        """Occupations of a job title by its words, best first, as (uri, label, score 0-1); at least ten while there are
        ten. Where sets were imported these are the core's: `imported.occupations` ranks the others."""
        return self._titles.rank(title, limit)

    def called(self, title: str) -> Mapping[str, str]:
        """Imported occupations that have this title among their names, level and gender marks aside: uri -> label."""
        return self._over.titles.get(core_words(title), {}) if self._over.titles else {}

    @property
    def titles(self) -> TitleIndex:
        """Reads titles by their words; where occupations were imported, `imported.occupations` reads them better."""
        return self._titles

    def occupation(self, uri: str) -> Occupation | None:
        return self._occupation_by_uri.get(uri)

    @cached_property
    def _occupation_by_uri(self) -> dict[str, Occupation]:
        return {occupation.uri: occupation for occupation in self.all_occupations}

    @cached_property
    def _titles(self) -> TitleIndex:
        return TitleIndex(load_core().all_occupations if self._over.sets else self.all_occupations)

    @cached_property
    def _names(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for skill in self._skills.values():
            for alias in skill.aliases:
                names.setdefault(squeeze(alias), skill.uri)
        labels: dict[str, str] = {}
        for skill in self._skills.values():
            labels.setdefault(squeeze(skill.label), skill.uri)
        return names | labels

    @cached_property
    def _synonyms(self) -> dict[str, str]:
        """Without imported names: ESCO's alternative labels are near, and not always the same."""
        noted = self._over.notes
        return {
            name: squeeze(self._skills[uri].label)
            for name, uri in self._names.items()
            if len(name) > 1 and (uri, name) not in noted
        }

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


@lru_cache(maxsize=20_000)
def _forms(name: str) -> frozenset[str]:
    """The normal forms of one name: spelling variants and the other number."""
    return frozenset(form for key in spellings(squeeze(name)) for form in (key, *numbers(key)))


@lru_cache(maxsize=1)
def load_core() -> Taxonomy:
    """The bundled taxonomy, read once per process."""
    core: Core = read_core()
    return Taxonomy(core.skills, core.occupations)
