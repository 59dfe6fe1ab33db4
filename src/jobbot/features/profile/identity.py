"""Which new fact is the old one: ids that stay when a resume is imported again.

Three rounds, heads (roles, projects, schools) before what stands under them:
1. the same kind, group and wording; 2. the same kind and wording in another group;
3. the same kind in the same group with a similar wording (`SIMILAR`), best pairs first.
What is left is new. A new id is a hash of kind, group and wording, so that the same file gives the same ids anywhere.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from jobbot.kernel.fact import Fact, FactKind
from jobbot.kernel.ids import FactId, short_hash

SIMILAR = 0.6
"""Share of words two wordings must have in common (difflib's ratio over words) to be one edited fact."""

SINGLE = (FactKind.NAME, FactKind.LABEL)
"""Of these there is one: a new wording is the same fact."""

MAX_PAIRS = 4000
"""Similar wordings are looked for only in groups with fewer pairs than this."""

HEADS = (FactKind.ROLE, FactKind.PROJECT, FactKind.VOLUNTEER, FactKind.EDUCATION)
_WORDS = re.compile(r"\w+")


def settle(drafts: Sequence[Fact], previous: Sequence[Fact]) -> tuple[Fact, ...]:
    """`drafts` in their order with ids: those of `previous` where it is the same fact, else new ones."""
    pairs = _Pairs(drafts, previous)
    pairs.run(lambda kind: kind in HEADS)
    pairs.run(lambda kind: kind not in HEADS)
    return pairs.named()


class _Pairs:
    def __init__(self, drafts: Sequence[Fact], previous: Sequence[Fact]) -> None:
        self.drafts, self.previous = drafts, previous
        self.ids: dict[int, FactId] = {}
        self.spent: set[int] = set()
        self.groups: dict[str, str] = {}
        self.heads: dict[str, str] = {}
        self.old_anchor = _anchors(previous)
        self.new_anchor = _anchors(drafts)

    def run(self, wanted: Callable[[FactKind], bool]) -> None:
        """The three rounds over the facts of the wanted kinds."""
        self.heads = {
            fact.group: fact.id
            for j, fact in enumerate(self.previous)
            if j in self.spent and fact.kind in HEADS and fact.group == fact.pointer
        }
        new = [i for i, fact in enumerate(self.drafts) if wanted(fact.kind)]
        old = [i for i, fact in enumerate(self.previous) if wanted(fact.kind)]
        self._equal(new, old, lambda fact, group: (fact.kind, group, fact.wording, fact.start))
        self._equal(new, old, lambda fact, group: (fact.kind, group, fact.wording))
        self._equal(new, old, lambda fact, group: (fact.kind, fact.wording))
        self._similar(new, old)

    def _equal(self, new: list[int], old: list[int], key: Callable[[Fact, str], Hashable]) -> None:
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for i in old:
            if i not in self.spent:
                waiting[key(self.previous[i], self._old_group(self.previous[i]))].append(i)
        for i in new:
            if i not in self.ids and (found := waiting.get(key(self.drafts[i], self._new_group(self.drafts[i])))):
                self._same(i, found.pop(0))

    def _similar(self, new: list[int], old: list[int]) -> None:
        rows: dict[Hashable, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for i in new:
            if i not in self.ids:
                rows[self._bucket(self.drafts[i], self._new_group(self.drafts[i]))][0].append(i)
        for i in old:
            if i not in self.spent:
                rows[self._bucket(self.previous[i], self._old_group(self.previous[i]))][1].append(i)
        for mine, theirs in rows.values():
            if len(mine) * len(theirs) <= MAX_PAIRS:
                self._best(mine, theirs)

    def _best(self, mine: list[int], theirs: list[int]) -> None:
        scored = [(_alike(self.drafts[i], self.previous[j]), i, j) for i in mine for j in theirs]
        for score, i, j in sorted(scored, key=lambda row: (-row[0], row[1], row[2])):
            if score >= SIMILAR and i not in self.ids and j not in self.spent:
                self._same(i, j)

    def _same(self, i: int, j: int) -> None:
        new, old = self.drafts[i], self.previous[j]
        self.ids[i] = old.id
        self.spent.add(j)
        if new.kind in HEADS and new.group == new.pointer:
            self.groups[new.group] = old.id

    def _bucket(self, fact: Fact, group: str) -> Hashable:
        return (fact.kind, "" if fact.kind in HEADS else group)

    def _new_group(self, fact: Fact) -> str:
        """The group as the old profile knows it: the id of its head, else what identifies it in words."""
        if fact.kind in HEADS:
            return self.new_anchor.get(fact.group, "")
        return self.groups.get(fact.group) or self.new_anchor.get(fact.group, fact.pointer if not fact.group else "")

    def _old_group(self, fact: Fact) -> str:
        if fact.kind in HEADS:
            return self.old_anchor.get(fact.group, "")
        return self.heads.get(fact.group) or self.old_anchor.get(fact.group, fact.pointer if not fact.group else "")

    def named(self) -> tuple[Fact, ...]:
        taken = {fact.id for fact in self.previous}
        salts: dict[Hashable, int] = defaultdict(int)
        named = []
        for i, draft in enumerate(self.drafts):
            found = self.ids.get(i)
            if found is None:
                found = _fresh(draft, self.new_anchor.get(draft.group, ""), taken, salts)
            taken.add(found)
            named.append(replace(draft, id=found))
        return tuple(named)


def _anchors(facts: Sequence[Fact]) -> dict[str, str]:
    """What identifies a group wherever it stands: wording and start of its head, or the name of a skill group."""
    anchors: dict[str, str] = {}
    for fact in facts:
        if fact.group and fact.group not in anchors:
            name = dict(fact.attributes).get("group", "") if fact.kind is FactKind.SKILL else ""
            anchors[fact.group] = name or f"{fact.wording}|{fact.start}"
    return anchors


def _fresh(fact: Fact, anchor: str, taken: set[FactId], salts: dict[Hashable, int]) -> FactId:
    """A new id; facts that say the same in the same group are told apart by a running number."""
    key = (fact.kind.value, anchor, fact.wording)
    while True:
        salt, salts[key] = salts[key], salts[key] + 1
        made = FactId(short_hash("fact", *key, str(salt) if salt else ""))
        if made not in taken:
            return made


def _alike(new: Fact, old: Fact) -> float:
    """0-1. Roles also by what they share: the same organisation or title counts half, the same start the rest."""
    if new.kind in SINGLE or (new.kind is FactKind.CONTACT and _field(new) == _field(old)):
        return 1.0
    words = SequenceMatcher(None, _words(new.wording), _words(old.wording), autojunk=False).ratio()
    if new.kind not in HEADS:
        return words
    firm = bool(new.organisation) and new.organisation == old.organisation
    title = bool(new.position) and new.position == old.position
    same = 0.5 * (firm or title) + 0.3 * (bool(new.start) and new.start[:4] == old.start[:4])
    return max(words, same) if firm or title else words * 0.9


def _field(fact: Fact) -> tuple[str, ...]:
    found = dict(fact.attributes)
    return found.get("field", ""), found.get("network", "")


def _words(text: str) -> list[str]:
    return _WORDS.findall(text.casefold()[:2000])[:80]
