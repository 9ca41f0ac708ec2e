"""`leaderboard explain`, with its options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from leaderboard.cli import showing

app = typer.Typer(rich_markup_mode="rich", add_completion=False)


@app.command(
    epilog='Examples: [bold]leaderboard explain "SCNN reaches 96.53% accuracy on TuSimple."[/bold]   '
    "[bold]leaderboard explain papers.jsonl --paper 1802.05591[/bold]"
)
def explain(
    text: Annotated[str, typer.Argument(metavar="TEXT|FILE|-", help="A text, a file of papers, or a pipe.")],
    title: Annotated[str, typer.Option(help="The title that goes with TEXT.")] = "",
    paper: Annotated[str, typer.Option(help="Of a file, only the paper with this identifier.")] = "",
    limit: Annotated[int, typer.Option(min=1, help="Of a file, at most this many papers.")] = 5,
    rules: Annotated[
        list[Path] | None, typer.Option(help="A folder of rules on top of the built-in ones. Repeatable.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object for each paper.")] = False,
) -> None:
    """Show the mentions found in a text, the tokens of each sentence, the rules that matched, the rules that
    lost and to which, and the rows with where each field came from."""
    showing.explain(text, title, paper, limit, rules or [], as_json)
