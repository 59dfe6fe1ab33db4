"""Choose what stands on the page: the exact optimum of a small integer programme over measured heights.

    maximise   sum of points of chosen units + skills shown once (whole weight) and twice (SECOND of it)
               - BROKEN for each recent role without a bullet
    subject to heights and gaps within the page; a unit only under its chosen role and heading; roles newest first
               without holes; at most `cap` bullets under a role; of twins one.

HiGHS solves it; `greedy` does without a solver and is what runs when HiGHS has no answer in time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

SECOND = 0.35
"""What a second showing of a skill adds to the first (two-level coverage)."""

BROKEN = 60.0
"""Cost of a recent role without a bullet: above what any bullet gains, so it happens only where nothing else fits."""

SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Item:
    """A unit as the solver sees it: `cost` in points of height with its gap, `parent` the index it stands under.

    `chain` names a sequence whose items may only be cut from its end. `needs_child`: a recent role. `cap`: most
    children. `twins`: items that say nearly the same, of which one may stand.
    """

    value: float
    cost: float
    parent: int | None = None
    skills: Mapping[str, float] = field(default_factory=dict)
    chain: str = ""
    needs_child: bool = False
    cap: int = 99
    twins: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """Chosen indexes in order, the objective's value, and how it was found: `exact` or `greedy`."""

    chosen: tuple[int, ...]
    value: float
    method: str


def choose(items: Sequence[Item], budget: float) -> Choice:
    """The best set within `budget` points of height."""
    found = exact(items, budget)
    return found if found is not None else greedy(items, budget)


def worth(items: Sequence[Item], chosen: set[int]) -> float:
    """The objective's value of a set of indexes."""
    total = sum(items[i].value for i in chosen)
    shown: dict[str, int] = {}
    weight: dict[str, float] = {}
    for i in chosen:
        for uri, share in items[i].skills.items():
            shown[uri] = shown.get(uri, 0) + 1
            weight[uri] = share
    total += sum(weight[uri] * (1 + SECOND * (count > 1)) for uri, count in shown.items())
    parents = {items[i].parent for i in chosen}
    return total - BROKEN * sum(item.needs_child and i not in parents for i, item in enumerate(items))


def feasible(items: Sequence[Item], chosen: set[int], budget: float) -> bool:
    """Whether a set keeps every rule."""
    children: dict[int, int] = {}
    for i in chosen:
        parent = items[i].parent
        if parent is not None:
            children[parent] = children.get(parent, 0) + 1
            if parent not in chosen or children[parent] > items[parent].cap:
                return False
    for before, after in _links(items):
        if after in chosen and before not in chosen:
            return False
    if any(twin in chosen for i in chosen for twin in items[i].twins):
        return False
    return sum(items[i].cost for i in chosen) <= budget + 1e-6


def _links(items: Sequence[Item]) -> list[tuple[int, int]]:
    """Neighbours of every chain: the second may stand only where the first does."""
    last: dict[str, int] = {}
    links = []
    for i, item in enumerate(items):
        if item.chain:
            if item.chain in last:
                links.append((last[item.chain], i))
            last[item.chain] = i
    return links


class _Rows:
    """A linear programme in the row-wise arrays HiGHS takes."""

    def __init__(self) -> None:
        self.cost: list[float] = []
        self.upper: list[float] = []
        self.whole: list[bool] = []
        self.bounds: list[float] = []
        self.starts: list[int] = [0]
        self.index: list[int] = []
        self.factors: list[float] = []

    def column(self, gain: float, *, whole: bool, upper: float = 1.0) -> int:
        self.cost.append(gain)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.cost) - 1

    def row(self, terms: Sequence[tuple[int, float]], at_most: float) -> None:
        self.index += [column for column, _ in terms]
        self.factors += [factor for _, factor in terms]
        self.starts.append(len(self.index))
        self.bounds.append(at_most)


def _programme(items: Sequence[Item], budget: float) -> _Rows:
    rows = _Rows()
    for item in items:
        rows.column(item.value, whole=True)
    rows.row([(i, item.cost) for i, item in enumerate(items)], budget)
    children: dict[int, list[int]] = {}
    for i, item in enumerate(items):
        if item.parent is not None:
            children.setdefault(item.parent, []).append(i)
            rows.row([(i, 1.0), (item.parent, -1.0)], 0.0)
    for before, after in _links(items):
        rows.row([(after, 1.0), (before, -1.0)], 0.0)
    for i, item in enumerate(items):
        below = children.get(i, [])
        for twin in item.twins:
            if twin > i:
                rows.row([(i, 1.0), (twin, 1.0)], 1.0)
        if item.needs_child and below:
            broken = rows.column(-BROKEN, whole=False)
            rows.row([(child, -1.0) for child in below] + [(broken, -1.0)], -1.0)
        if len(below) > item.cap:
            rows.row([(child, 1.0) for child in below], float(item.cap))
    _coverage(rows, items)
    return rows


def _coverage(rows: _Rows, items: Sequence[Item]) -> None:
    showing: dict[str, list[int]] = {}
    weight: dict[str, float] = {}
    for i, item in enumerate(items):
        for uri, share in item.skills.items():
            showing.setdefault(uri, []).append(i)
            weight[uri] = share
    for uri, found in sorted(showing.items()):
        once = rows.column(weight[uri], whole=False)
        twice = rows.column(SECOND * weight[uri], whole=False)
        rows.row([(once, 1.0), (twice, 1.0)] + [(i, -1.0) for i in found], 0.0)


def exact(items: Sequence[Item], budget: float, seconds: float = SECONDS) -> Choice | None:
    """The proven optimum by HiGHS, or None when it is not proven in time."""
    import highspy
    import numpy as np

    if not items:
        return Choice((), 0.0, "exact")
    rows = _programme(items, budget)
    programme = highspy.HighsLp()
    count = len(rows.cost)
    programme.num_col_, programme.num_row_ = count, len(rows.bounds)
    programme.sense_ = highspy.ObjSense.kMaximize
    programme.col_cost_ = np.array(rows.cost)
    programme.col_lower_, programme.col_upper_ = np.zeros(count), np.array(rows.upper)
    programme.row_lower_ = np.full(len(rows.bounds), -highspy.kHighsInf)
    programme.row_upper_ = np.array(rows.bounds)
    programme.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    programme.a_matrix_.start_ = np.array(rows.starts)
    programme.a_matrix_.index_, programme.a_matrix_.value_ = np.array(rows.index), np.array(rows.factors)
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    programme.integrality_ = [kinds[whole] for whole in rows.whole]
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("time_limit", seconds)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.passModel(programme)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    values = solver.getSolution().col_value
    chosen = {i for i in range(len(items)) if values[i] > 0.5}
    return Choice(tuple(sorted(chosen)), worth(items, chosen), "exact") if feasible(items, chosen, budget) else None


def greedy(items: Sequence[Item], budget: float) -> Choice:
    """By gain per point of height, with what a unit needs above it; deterministic, some .99 of the optimum."""
    chosen: set[int] = set()
    before = {after: first for first, after in _links(items)}
    for must in (i for i, item in enumerate(items) if item.needs_child):
        options = [i for i, item in enumerate(items) if item.parent == must]
        best = max(options, key=lambda i: (_gain(items, chosen, {i}) / items[i].cost, -i), default=None)
        bundle = _bundle(items, chosen, must if best is None else best, before)
        if feasible(items, chosen | bundle, budget):
            chosen |= bundle
    while True:
        moves = [bundle for i in range(len(items)) if i not in chosen and (bundle := _bundle(items, chosen, i, before))]
        moves = [m for m in moves if _gain(items, chosen, m) > 0 and feasible(items, chosen | m, budget)]
        if not moves:
            return Choice(tuple(sorted(chosen)), worth(items, chosen), "greedy")
        best_move = max(moves, key=lambda m: (_gain(items, chosen, m) / sum(items[i].cost for i in m), -min(m)))
        chosen |= best_move


def _bundle(items: Sequence[Item], chosen: set[int], index: int, before: Mapping[int, int]) -> set[int]:
    """A unit with everything it may not stand without."""
    needed, stack = set(), [index]
    while stack:
        i = stack.pop()
        if i in chosen or i in needed:
            continue
        needed.add(i)
        stack += [n for n in (items[i].parent, before.get(i)) if n is not None]
    return needed


def _gain(items: Sequence[Item], chosen: set[int], more: set[int]) -> float:
    return worth(items, chosen | more) - worth(items, chosen)
