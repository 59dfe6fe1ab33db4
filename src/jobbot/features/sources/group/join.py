"""From postings that may be copies to groups. Pure, and the same whatever order they come in.

Postings that everybody sees are grouped among themselves. One with an owner is added to such a group, or to others of
its owner's, and never joins two groups that everybody sees. What is only like an excerpt, or only a title, is added
where there is just one place for it: between two teams that look for the same role it stays alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from jobbot.features.sources.group.alike import Seen, Verdict, compare

MOST = 150
"""Of an employer's role with more different texts than these, only those with the same text are joined."""


def grouped(seen: Iterable[Seen]) -> dict[str, str]:
    """{posting: group}, a group being named after the first of its members' ids; one that is alone is its own."""
    everybodys: list[Seen] = []
    owned: dict[str, list[Seen]] = defaultdict(list)
    for one in seen:
        (everybodys if one.owner is None else owned[one.owner]).append(one)
    found = _Joined(everybodys).groups()
    for _, own in sorted(owned.items()):
        found |= _added(own, everybodys, found)
    return found


class _Joined:
    """Components of what is firmly one advert, with what was added to them."""

    def __init__(self, nodes: Sequence[Seen]) -> None:
        self._parent = {node.id: node.id for node in nodes}
        self._nodes = {node.id: node for node in nodes}
        self._loose: list[tuple[Seen, Seen]] = []
        for same in _by("text", nodes).values():
            first: dict[str | None, str] = {}
            for node in same:  # where no employer is named, nothing says that it is another
                self._join(first.setdefault(node.prints.role, node.id), node.id)
        for one, other in _pairs(nodes):
            self._look(one, other)
        self._add()

    def groups(self) -> dict[str, str]:
        """A root is the first id of its component, for `_join` keeps it so."""
        return {name: self._root(name) for name in self._parent}

    def _look(self, one: Seen, other: Seen) -> None:
        if self._root(one.id) == self._root(other.id):
            return
        verdict = compare(one, other)
        if verdict.firm:
            self._join(one.id, other.id)
        elif verdict:
            self._loose.append((one, other) if _size(one) < _size(other) else (other, one))

    def _add(self) -> None:
        """Each component at most once, those with the longest text first, and only where there is one place for it."""
        places: dict[str, set[str]] = defaultdict(set)
        for small, big in self._loose:
            places[self._root(small.id)].add(big.id)
        order = sorted(places, key=lambda root: (-max(_size(self._nodes[n])[0] for n in self._members(root)), root))
        for root in order:
            there = {self._root(name) for name in places[root]} - {self._root(root)}
            if len(there) == 1:
                self._join(root, there.pop())

    def _members(self, root: str) -> list[str]:
        return [name for name in self._parent if self._root(name) == root]

    def _root(self, name: str) -> str:
        while self._parent[name] != name:
            self._parent[name] = name = self._parent[self._parent[name]]
        return name

    def _join(self, one: str, other: str) -> None:
        first, second = sorted((self._root(one), self._root(other)))
        self._parent[second] = first


def _added(own: Sequence[Seen], everybodys: Sequence[Seen], groups: Mapping[str, str]) -> dict[str, str]:
    """Where a user's own postings belong in that user's eyes."""
    alone = _Joined(own).groups()
    firm: dict[str, set[str]] = defaultdict(set)
    loose: dict[str, set[str]] = defaultdict(set)
    for one, other in _pairs([*own, *everybodys], across=True):
        mine, public = (one, other) if one.owner is not None else (other, one)
        verdict: Verdict = compare(mine, public)
        if verdict:
            (firm if verdict.firm else loose)[alone[mine.id]].add(groups[public.id])
    places = {
        name: min(firm[name]) if firm.get(name) else _only(loose.get(name, set())) for name in set(alone.values())
    }
    return {name: places[root] or root for name, root in alone.items()}


def _only(groups: set[str]) -> str | None:
    return next(iter(groups)) if len(groups) == 1 else None


def _pairs(nodes: Sequence[Seen], *, across: bool = False) -> Iterator[tuple[Seen, Seen]]:
    """Pairs worth comparing, each once: of one role, of one page, of one text; with `across` of a user's and
    everybody's."""
    done: set[tuple[str, str]] = set()
    for kind in ("text", "role", "url"):
        for block in _by(kind, nodes).values():
            distinct = list({_told(node): node for node in block}.values())
            if kind != "text" and len({node.prints.text for node in distinct}) > MOST:
                continue
            for one, other in combinations(distinct, 2):
                pair = (one.id, other.id) if one.id < other.id else (other.id, one.id)
                if pair not in done and (not across or (one.owner is None) != (other.owner is None)):
                    done.add(pair)
                    yield one, other


def _told(node: Seen) -> tuple[object, ...]:
    """Two that are equal in it are joined by their text already; of those without a text none is."""
    return (node.id,) if node.silent else (node.owner, *node.prints, node.places)


def _by(kind: str, nodes: Sequence[Seen]) -> dict[str, list[Seen]]:
    blocks: dict[str, list[Seen]] = defaultdict(list)
    for node in sorted(nodes, key=lambda node: node.id):
        name = getattr(node.prints, kind)
        if name is not None:
            blocks[name].append(node)
    return {name: block for name, block in blocks.items() if len(block) > 1}


def _size(seen: Seen) -> tuple[int, str]:
    """Smaller: has less text; of equals the later id."""
    return (0 if seen.silent else len(seen.words), seen.id)
