"""`leaderboard boards`, `board` and `export`: rows as tables on the terminal, and as files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from leaderboard.cli.rulesets import rules_of
from leaderboard.errors import LeaderboardError

if TYPE_CHECKING:
    import pandas as pd

app = typer.Typer(rich_markup_mode="rich", add_completion=False)

_ROWS_HERE = ("rows.parquet", "rows.jsonl", "rows.csv")
_ROWS_HELP = (
    "Rows as 'leaderboard extract' writes them: a file or a folder. Left out: rows.parquet, rows.jsonl or "
    "rows.csv here, or else the demo corpus."
)
Rules = Annotated[
    list[Path] | None, typer.Option(help="A folder of rules on top of the built-in ones. Repeatable.")
]
OptionalRows = Annotated[str | None, typer.Argument(metavar="[ROWS]", help=_ROWS_HELP, show_default=False)]


@app.command(
    epilog="Examples: [bold]leaderboard boards rows.csv --min-entries 5[/bold]   "
    "[bold]leaderboard boards rows.csv --area vision[/bold]"
)
def boards(
    rows: OptionalRows = None,
    area: Annotated[str, typer.Option(help="Only boards of this area: vision, nlp, speech, ...")] = "",
    task: Annotated[str, typer.Option(help="Only boards of this task.")] = "",
    min_entries: Annotated[int, typer.Option(min=1, help="Only boards with this many papers or more.")] = 1,
    top: Annotated[int, typer.Option(min=0, help="Show this many boards; 0 shows all.")] = 40,
    rules: Rules = None,
) -> None:
    """List the boards: how many papers each has, the best result, and when it was reached."""
    from leaderboard.boards import boards as summary
    from leaderboard.cli.tables import console, summary_table

    catalogue = rules_of(rules or [])
    frame = _rows(rows, catalogue)
    found = summary(frame, area=area, task=task, min_entries=min_entries, rules=catalogue)
    if found.empty:
        raise LeaderboardError(_no_boards(frame, area, task, min_entries, catalogue))
    shown = found.head(top) if top else found
    out = console()
    out.print(summary_table(shown))
    if len(shown) < len(found):
        typer.echo(f"{len(shown)} of {len(found):,} boards (more with --top, 0 for all)", err=True)


@app.command(
    epilog='Examples: [bold]leaderboard board "ImageNet" rows.csv[/bold]   '
    '[bold]leaderboard board coco rows.csv --metric "box AP" --since 2023 --top 5[/bold]'
)
def board(
    name: Annotated[str, typer.Argument(metavar="BENCHMARK", help="Name, alias or catalogue id.")],
    rows: OptionalRows = None,
    metric: Annotated[str | None, typer.Option(help="Metric; by default the one with most papers.")] = None,
    split: Annotated[
        str | None, typer.Option(help="Split or language pair; by default the one with most papers.")
    ] = None,
    setting: Annotated[
        str | None, typer.Option(help='Only results in this setting: "zero-shot"; "" for none.')
    ] = None,
    since: Annotated[str, typer.Option(help="Only papers from this day, month or year on.")] = "",
    until: Annotated[str, typer.Option(help="Only papers up to this day, month or year.")] = "",
    min_confidence: Annotated[float, typer.Option(min=0, max=1, help="Only rows at least this sure.")] = 0.0,
    implausible: Annotated[
        bool, typer.Option("--implausible", help="Rank numbers outside the metric's plausible range too.")
    ] = False,
    variants: Annotated[
        bool, typer.Option("--variants", help="Show each paper's other numbers under its best.")
    ] = False,
    top: Annotated[int, typer.Option(min=0, help="Show this many papers; 0 shows all.")] = 20,
    rules: Rules = None,
) -> None:
    """Show one board: its papers ranked, each once, with who quotes them and who disagrees."""
    from leaderboard.boards import board as make_board
    from leaderboard.cli.tables import board_table, closing_lines, console

    catalogue = rules_of(rules or [])
    frame = _rows(rows, catalogue)
    entries = make_board(
        frame, name, metric=metric, split=split, setting=setting, since=since, until=until,
        min_confidence=min_confidence, implausible=implausible, variants=variants, rules=catalogue,
    )  # fmt: skip
    if entries.empty:
        raise LeaderboardError(f"{name}: no paper's own result is left (ask for less, or name another split)")
    papers = (~entries["variant"]).cumsum()
    out = console()
    out.print(board_table(entries.loc[papers <= top] if top else entries))
    for line in closing_lines(entries, top):
        out.print(line)


@app.command(
    epilog="Examples: [bold]leaderboard export rows.jsonl -o rows.csv --bom[/bold]   "
    "[bold]leaderboard export rows.csv --board ImageNet -o imagenet.tex[/bold]   "
    "[bold]leaderboard export rows.csv --all-boards -o evaluation-tables.json[/bold]"
)
def export(
    rows: Annotated[str, typer.Argument(metavar="ROWS", help="Rows: a file or a folder of parts.")],
    output: Annotated[str, typer.Option("--output", "-o", help="File to write; - is standard output.")] = "-",
    board: Annotated[str, typer.Option(help="Export the board of this benchmark.")] = "",
    all_boards: Annotated[bool, typer.Option("--all-boards", help="Export all boards.")] = False,
    format: Annotated[
        str,
        typer.Option(
            "--format", "-f",
            help="csv, jsonl, parquet, markdown, latex or pwc (the evaluation tables of Papers with Code). "
            "Told from the suffix when left out: .csv .jsonl .parquet .md .tex .json",
        ),
    ] = "",
    metric: Annotated[str | None, typer.Option(help="With --board: the metric.")] = None,
    split: Annotated[str | None, typer.Option(help="With --board: the split or language pair.")] = None,
    min_entries: Annotated[
        int, typer.Option(min=1, help="With --all-boards: only boards with this many papers or more.")
    ] = 1,
    bom: Annotated[
        bool, typer.Option("--bom", help="Begin a CSV file with a byte order mark, for old spreadsheets.")
    ] = False,
    rules: Rules = None,
) -> None:  # fmt: skip
    """Write rows or boards as a file. The same rows give the same bytes.

    Without --board or --all-boards the rows themselves are written (CSV, JSON Lines, Parquet).
    """
    from leaderboard.boards import all_boards as make_all_boards
    from leaderboard.boards import board as make_board
    from leaderboard.boards import read_results
    from leaderboard.export import export_boards, export_rows, format_of

    if board and all_boards:
        raise LeaderboardError("--board and --all-boards exclude each other (leave one of them out)")
    chosen = format_of(output, format)
    frame = read_results(rows)
    with _stream_to(output) as stream:
        if board:
            catalogue = rules_of(rules or [])
            one = make_board(frame, board, metric=metric, split=split, variants=True, rules=catalogue)
            export_boards(one, stream, chosen, bom=bom)
        elif all_boards:
            many = make_all_boards(frame, min_entries=min_entries, rules=rules_of(rules or []))
            export_boards(many, stream, chosen, bom=bom)
        else:
            export_rows(frame, stream, chosen, bom=bom)


def _rows(named: str | None, rules: Any) -> pd.DataFrame:
    from leaderboard.boards import read_results
    from leaderboard.boards.demo import demo_rows

    if named is not None:
        return read_results(named)
    here = next((name for name in _ROWS_HERE if Path(name).exists()), None)
    if here is not None:
        typer.echo(f"rows from {here}", err=True)
        return read_results(here)
    typer.echo("no rows named, and no rows.parquet, rows.jsonl or rows.csv here: the demo corpus", err=True)
    return demo_rows(rules)


def _stream_to(output: str) -> Any:
    from contextlib import nullcontext

    from leaderboard.writers import whole_file

    return nullcontext(sys.stdout.buffer) if output == "-" else whole_file(Path(output))


def _no_boards(frame: pd.DataFrame, area: str, task: str, min_entries: int, rules: Any) -> str:
    """Why no board is shown, and what there is instead."""
    from leaderboard.boards import boards as summary
    from leaderboard.boards.lookup import suggestions

    found = summary(frame, rules=rules)
    if found.empty:
        return "the rows hold no result of a paper's own on a named benchmark (extract more papers)"
    areas = sorted({text for text in found["area"] if text})
    if area and area.casefold() not in areas:
        return f"no boards in an area called {area!r} (there are: {', '.join(areas)})"
    if task:
        tasks = {one for text in found["task"] for one in text.split("; ") if one}
        near = suggestions(task, sorted(tasks), limit=3)
        hint = f"did you mean {' or '.join(near)}?" if near else "leave out --task to see all"
        return f"no boards of a task called {task!r} ({hint})"
    return (
        f"no board has {min_entries} entries; the largest has {found['entries'].max()} (lower --min-entries)"
    )
