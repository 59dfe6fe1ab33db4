"""How matches look in a terminal: a list of cards, or with `explain` the whole ledger. Readable from 80 columns on."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from jobbot.features.matching.filters import misses_a_wish
from jobbot.features.matching.model import Contribution, Coverage, Filter, Match, RequirementFit
from jobbot.features.matching.weights import WEIGHTS
from jobbot.features.skills.model import Polarity
from jobbot.kernel.answer import Screen

BANDS = ((70, "Strong", "green"), (60, "Good", "cyan"), (45, "Possible", "yellow"), (0, "Weak", "red"))
"""From which score on a band is called what; see docs/reference/score.md for what readers said about them."""
WIDEST = 120
_BAR = 12
_MARKS = {Coverage.MET: ("✓", "green"), Coverage.PARTLY: ("~", "yellow"), Coverage.MISSING: ("✗", "red")}
_EMPTY = (
    "No posting to rank. `jobbot ingest lever --company NAME` or `jobbot ingest file PATH` brings some; "
    "with --strict, loosen a wish."
)


def band(score: int) -> tuple[str, str]:
    """(word, colour) of a score."""
    return next((word, colour) for bound, word, colour in BANDS if score >= bound)


def draw(screen: Screen, matches: Sequence[Match], *, explain: bool) -> None:
    """Draw for a person; the width of the screen decides how much stands on a line."""
    if not matches:
        screen.print(_EMPTY)
        return
    width = min(screen.width, WIDEST)
    missed = False
    for rank, match in enumerate(matches, 1):
        if not missed and misses_a_wish(match.filters):
            missed = True
            screen.print(Text(f"{'─' * 4} from here on: misses a wish {'─' * (width - 32)}\n", style="dim"))
        if explain:
            screen.print(_page(rank, match, width))
        else:
            screen.print(_card(rank, match, width))
    if not explain:
        screen.print(Text("\nWhy? jobbot match --explain   Documents: jobbot tailor ID", style="dim"))


def _card(rank: int, match: Match, width: int) -> RenderableType:
    word, colour = band(match.score)
    facts = Text(no_wrap=True, overflow="ellipsis")
    facts.append(f"{word:<9}", style=colour)
    facts.append(f"fit {match.fit}" + (f" · taste {match.taste:+d}" if match.taste else ""), style="dim")
    facts.append(f" · {_met(match)}" if _met(match) else "", style="dim")
    facts.append(f" · {match.posting.id}", style="dim")
    if match.odds:
        chance = (
            f" · {match.odds.p:.0%} ({match.odds.low:.0%} to {match.odds.high:.0%}, n {match.odds.n}) you would like it"
        )
        facts.append(chance, style="dim")
    facts.append(" · provisional" if match.provisional else "", style="yellow")
    lines: list[RenderableType] = [facts, *_evidence_lines(match), *_failed(match)]
    grid = Table.grid(padding=(0, 1), expand=True)
    grid.width = width
    grid.add_column(width=3, justify="right", style="dim")
    grid.add_column(width=3, justify="right", style=f"bold {colour}")
    grid.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
    grid.add_row(str(rank), str(match.score), _title(match))
    for line in lines:
        grid.add_row("", "", line)
    return Padding(grid, (0, 0, 1, 0))


def _title(match: Match) -> Text:
    text = Text(no_wrap=True, overflow="ellipsis")
    text.append(match.posting.title.strip() or "(no title)", style="bold")
    text.append(f" · {match.posting.company}" if match.posting.company else "")
    where = "; ".join(match.posting.locations)
    text.append(f" · {where}" if where else "", style="dim")
    if match.posting.attribution:  # whoever lent the posting wants to be named, and linked
        text.append(f" · {match.posting.attribution}", style=f"link {match.posting.url}" if match.posting.url else "")
    return text


def _met(match: Match) -> str:
    must = _must_haves(match)
    if not must:
        return "no must-haves found"
    return f"{sum(fit.coverage is Coverage.MET for fit in must)} of {len(must)} must-haves"


def _must_haves(match: Match) -> list[RequirementFit]:
    wanted = (fit for fit in match.requirements if fit.requirement.polarity is Polarity.MUST)
    return [fit for fit in wanted if not fit.requirement.negated]


def _evidence_lines(match: Match) -> list[Text]:
    lines = []
    if match.skills_hit:
        names = ", ".join(dict.fromkeys(hit.skill for hit in match.skills_hit))
        lines.append(Text.assemble(("+ ", "green"), names, no_wrap=True, overflow="ellipsis"))
    if match.must_haves_missed:
        names = "; ".join(match.must_haves_missed)
        lines.append(Text.assemble(("- ", "red"), names, no_wrap=True, overflow="ellipsis"))
    return lines


def _failed(match: Match) -> list[Text]:
    return [
        Text.assemble(("✗ ", "red"), (f"{item.name}: ", "red"), item.reason, no_wrap=True, overflow="ellipsis")
        for item in match.filters
        if not item.passed
    ]


def _bar(value: float, most: float, colour: str, width: int = _BAR) -> Text:
    """Blocks in eighths, so that small differences show."""
    eighths = round(max(0.0, min(1.0, value / most if most else 0.0)) * width * 8)
    full, rest = divmod(eighths, 8)
    bar = "█" * full + (" ▏▎▍▌▋▊▉"[rest] if rest else "")
    return Text.assemble((bar, colour), ("·" * (width - len(bar)), "dim"))


# -- explain ---------------------------------------------------------------------------------------------------------


def _page(rank: int, match: Match, width: int) -> RenderableType:
    word, colour = band(match.score)
    head = Text()
    head.append(f"{match.score}", style=f"bold {colour}")
    head.append(f"/100 {word.lower()}", style=colour)
    head.append(f"   fit {match.fit}   taste {match.taste:+d}   {match.posting.id}", style="dim")
    parts: list[RenderableType] = [_rule(rank, match, colour, width), head, Text("")]
    parts += [_ledger(match, width)]
    parts += _section("Must-haves", _answers(_must_haves(match), width))
    parts += _section("Filters", _decisions(match.filters, width))
    parts += _section("What would raise it", _changes(match, width))
    parts += _section("Notes", _notes(match, width))
    parts += [Text("")]
    return Group(*parts)


def _rule(rank: int, match: Match, colour: str, width: int) -> RenderableType:
    title = Text(f"{rank}  ", style="dim")
    title.append_text(_title(match))
    title.truncate(width - 8, overflow="ellipsis")
    rule = Table.grid()
    rule.width = width
    rule.add_column()
    rule.add_row(Rule(title, style=colour, align="left"))
    return rule


def _section(title: str, body: RenderableType | None) -> list[RenderableType]:
    return [] if body is None else [Text(""), Text(title, style="bold"), body]


def _grid(width: int, *columns: int) -> Table:
    """Fixed columns, then one that takes the rest and wraps."""
    grid = Table.grid(padding=(0, 1), expand=True)
    grid.width = width
    for size in columns:
        grid.add_column(width=size, no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    return grid


def _ledger(match: Match, width: int) -> RenderableType:
    name = max([13, *(min(22, len(row.signal)) for row in match.contributions)])
    grid = _grid(width, name, 7, _BAR)
    for row in match.contributions:
        grid.add_row(*_ledger_row(row))
    grid.add_row(
        Text("score", style="bold"),
        Text(f"{match.score:>4}", style="bold"),
        "",
        Text("the sum of the rows above", "dim"),
    )
    return grid


def _ledger_row(row: Contribution) -> tuple[Text, Text, Text, Text]:
    weight = WEIGHTS.get(row.signal)
    if weight is None:
        return Text(row.signal, "red"), Text(f"{row.points:>+4}", "red"), Text(""), Text(row.reason)
    share = row.points / weight.points if weight.points else 0.0
    colour = "green" if share >= 0.6 else "yellow" if share >= 0.33 else "red"
    unknown = row.reason.startswith("unknown")
    bar = _bar(row.points, weight.points, "dim" if unknown else colour)
    return (
        Text(row.signal),
        Text(f"{row.points:>4}/{weight.points:.0f}"),
        bar,
        Text(row.reason, "dim" if unknown else ""),
    )


def _answers(fits: Sequence[RequirementFit], width: int) -> RenderableType | None:
    if not fits:
        return None
    grid = _grid(width, 2, 7)
    for fit in sorted(fits, key=lambda fit: list(_MARKS).index(fit.coverage)):
        mark, colour = _MARKS[fit.coverage]
        quote = Text(f"“{_one_line(fit.requirement.evidence.quote, 2 * width)}”")
        grid.add_row(Text(mark, colour), Text(fit.coverage.value, colour), quote)
        if fit.facts:
            fact = fit.facts[0]
            said = Text.assemble(
                ("you: ", "dim"), f"“{_one_line(fact.wording, 2 * width)}”", (f" {fact.pointer}", "dim")
            )
            grid.add_row("", "", said)
        if fit.reason and (fit.coverage is not Coverage.MET or fit.requirement.years):
            grid.add_row("", "", Text(fit.reason, "dim"))
    return grid


def _decisions(filters: Sequence[Filter], width: int) -> RenderableType | None:
    if not filters:
        return None
    grid = _grid(width, 2, 11)
    for item in filters:
        mark, colour = ("✓", "green") if item.passed else ("✗", "red")
        words = Text(item.reason)
        if item.evidence:
            words.append(f"  “{_one_line(item.evidence.quote, width)}”", style="dim")
        grid.add_row(Text(mark, colour), Text(item.name), words)
    return grid


def _changes(match: Match, width: int) -> RenderableType | None:
    if not match.counterfactuals:
        return None
    grid = _grid(width, 8)
    for item in match.counterfactuals:
        grid.add_row(Text(f"{match.score} → {item.score_after}", "green"), Text(item.change))
    return grid


def _notes(match: Match, width: int) -> RenderableType | None:
    if not match.notes:
        return None
    grid = _grid(width, 2)
    for note in match.notes:
        grid.add_row("·", Text(note))
    return grid


def _one_line(words: str, most: int) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= most else flat[: most - 1].rsplit(" ", 1)[0] + "…"
