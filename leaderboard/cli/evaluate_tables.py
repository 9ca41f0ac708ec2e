"""An evaluation as terminal tables, readable from 80 columns on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from leaderboard.cli.amounts import amount
from leaderboard.cli.tables import console, said
from leaderboard.evaluate import (
    CHANGES,
    LEVELS,
    Bin,
    Counts,
    Difference,
    ErrorCase,
    Evaluation,
    GoldRow,
    by_cause,
    by_phenomenon,
    by_rule,
    compare,
    errors,
    part_of,
    reliability,
    surest,
)
from leaderboard.models import Result

_CAUSES_SHOWN = 25
_RULES_SHOWN = 15


def report(evaluation: Evaluation, earlier: Evaluation | None, show: int) -> None:
    """Print an evaluation and what changed since an earlier one, with `show` sentences for each group."""
    out = console()
    out.print(_levels_table(evaluation))
    out.print(_fields_line(evaluation))
    out.print(_phenomena_table(evaluation))
    cases = errors(evaluation)
    if cases:
        _print_causes(out, cases, show)
        out.print(_rules_table(evaluation))
    out.print(_reliability_table(evaluation))
    if earlier is not None:
        _print_changes(out, earlier, evaluation, show)


def _table(title: str, first: str, *numbers: str) -> Table:
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, title=Text(title, style="bold"))
    table.title_justify = "left"
    table.add_column(first, overflow="fold", max_width=44)
    for name in numbers:
        table.add_column(name, justify="right", no_wrap=True)
    return table


def _levels_table(evaluation: Evaluation) -> Table:
    title = f"Right rows in {amount(len(evaluation.papers), 'paper')}"
    table = _table(title, "", "P", "R", "F1", "gold", "rows")
    for source, levels in evaluation.table().items():
        _add_levels(table, source, levels.items())
    parts = {part_of(scored.paper.id) for scored in evaluation.papers}
    if len(parts) > 1:
        for part in ("tune", "check"):
            _add_levels(table, f"{part} part", _of_part(evaluation, part))
    return table


def _of_part(evaluation: Evaluation, part: str) -> list[tuple[str, Counts]]:
    return [(level, evaluation.counts(level, lambda p: part_of(p.id) == part)) for level in LEVELS]


def _add_levels(table: Table, group: str, counts: Iterable[tuple[str, Counts]]) -> None:
    for level, c in counts:
        shares = (f"{c.precision:.3f}", f"{c.recall:.3f}", f"[bold]{c.f1:.3f}[/bold]")
        table.add_row(f"{group} {level}", *shares, str(c.gold), str(c.rows))
    table.add_section()


def _fields_line(evaluation: Evaluation) -> Text:
    parts = (f"{name} {right / of:.3f}" for name, (right, of) in evaluation.fields().items())
    return Text("of paired rows, right: " + ", ".join(parts) + "\n")


def _phenomena_table(evaluation: Evaluation) -> Table:
    table = _table("Gold rows by phenomenon", "", "gold", "detect", "tuple")
    group = ""
    for name, found in by_phenomenon(evaluation).items():
        if group and group != name.split(":")[0]:
            table.add_section()
        group = name.split(":")[0]
        shares = _share(found.detected, found.gold), _share(found.right, found.gold)
        table.add_row(name, str(found.gold), *shares)
    return table


def _print_causes(out: Console, cases: Sequence[ErrorCase], show: int) -> None:
    groups = by_cause(cases)
    table = _table(f"\n{amount(len(cases), 'error')} by cause", "cause", "rows", "tune", "check")
    table.columns[0].max_width = 60
    for cause, members in list(groups.items())[:_CAUSES_SHOWN]:
        check = sum(part_of(case.paper.id) == "check" for case in members)
        table.add_row(cause, str(len(members)), str(len(members) - check), str(check))
    out.print(table)
    if len(groups) > _CAUSES_SHOWN:
        rarer = len(groups) - _CAUSES_SHOWN
        out.print(Text(f"and {rarer} rarer causes (all with --errors FILE)", style="dim"))
    if not show:
        return
    for cause, members in list(groups.items())[:_CAUSES_SHOWN]:
        out.print(Text(f"\n{cause}", style="bold"))
        for case in [case for case in members if part_of(case.paper.id) == "tune"][:show]:
            _print_case(out, case)


def _print_case(out: Console, case: ErrorCase) -> None:
    out.print(_sentence("  ", case.paper.id, case.sentence))
    if case.gold is not None:
        out.print(Text(f"    gold {_gold(case.gold)}", style="green"))
    if case.row is not None:
        out.print(Text(f"    row  {_row(case.row)}", style="red"))


def _rules_table(evaluation: Evaluation) -> Table:
    records = [r for r in by_rule(evaluation) if r.wrong + r.spurious]
    shown = records[:_RULES_SHOWN]
    table = _table("\nErrors by rule", "rule", "rows", "right", "wrong", "spurious")
    for r in shown:
        table.add_row(Text(r.rule), str(r.rows), _share(r.right, r.rows), str(r.wrong), str(r.spurious))
    if len(records) > len(shown):
        rest = records[_RULES_SHOWN:]
        rows, right = sum(r.rows for r in rest), sum(r.right for r in rest)
        counts = str(sum(r.wrong for r in rest)), str(sum(r.spurious for r in rest))
        table.add_row(Text(f"{len(rest)} more rules", style="dim"), str(rows), _share(right, rows), *counts)
    return table


def _reliability_table(evaluation: Evaluation) -> Table:
    table = _table("\nReliability", "confidence", "rows", "right", "board rows", "right")
    for every, board in zip(reliability(evaluation), reliability(evaluation, board=True), strict=True):
        if every.rows:
            table.add_row(f"{every.low:.1f} to {every.high:.1f}", *_binned(every), *_binned(board))
    table.add_section()
    table.add_row("0.9 or more", *_binned(surest(evaluation)), *_binned(surest(evaluation, board=True)))
    return table


def _binned(one: Bin) -> tuple[str, str]:
    return str(one.rows), _share(one.right, one.rows)


def _print_changes(out: Console, earlier: Evaluation, later: Evaluation, show: int) -> None:
    table = _table("\nSince the earlier run", "", "F1 then", "F1 now", "change")
    for level in LEVELS:
        then, now = earlier.counts(level).f1, later.counts(level).f1
        table.add_row(level, f"{then:.3f}", f"{now:.3f}", f"{now - then:+.3f}")
    out.print(table)
    differences = compare(earlier, later)
    counts = Counter(d.change for d in differences)
    out.print(Text(", ".join(f"{counts[change]} {change}" for change in CHANGES)))
    for change in CHANGES:
        open_to_see = [d for d in differences if d.change == change and part_of(d.paper.id) == "tune"]
        shown = open_to_see[:show] if show else open_to_see
        if shown:
            out.print(Text(f"\n{change}", style="bold"))
        for difference in shown:
            _print_difference(out, difference)


def _print_difference(out: Console, difference: Difference) -> None:
    row = difference.row
    out.print(Text(f"  {_row(row) if isinstance(row, Result) else _gold(row)}"))
    out.print(_sentence("    ", difference.paper.id, difference.sentence))


def _sentence(indent: str, paper_id: str, sentence: str) -> Text:
    """A paper's id and sentence, wrapped, without what a terminal could obey."""
    return Text.assemble(indent, (paper_id, "dim"), " ", said(sentence).plain)


def _gold(row: GoldRow) -> str:
    return _line(row.value, row.value_high, row.unit, row.kind, row.holder, row.benchmark[:1], row.metric[:1])


def _row(row: Result) -> str:
    names = [row.benchmark] if row.benchmark else [], [row.metric] if row.metric else []
    return _line(row.value, row.value_high, row.unit, row.kind, row.holder, *names) + f"  [{row.rule}]"


def _line(
    value: float,
    high: float | None,
    unit: str,
    kind: str,
    holder: str,
    benchmark: Sequence[str],
    metric: Sequence[str],
) -> str:
    number = f"{value:g}" if high is None else f"{value:g} to {high:g}"
    where = f"on {benchmark[0] if benchmark else '–'}"
    measure = f"in {metric[0] if metric else '–'}"
    return " ".join(filter(None, (number, unit, kind, holder, where, measure)))


def _share(right: int, of: int) -> str:
    return f"{100 * right / of:.1f}%" if of else "–"
