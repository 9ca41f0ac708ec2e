"""`leaderboard init` and `leaderboard update`: a folder of boards that is kept up to date."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from leaderboard.cli.extract import end_on_termination

app = typer.Typer(rich_markup_mode="rich", add_completion=False)

Say = Callable[[str], None]

_SHOWN = 10
"""Records and benchmarks that are shown on the terminal."""


@app.command(epilog="Example: [bold]leaderboard init boards && leaderboard update boards[/bold]")
def init(
    folder: Annotated[
        Path, typer.Argument(help="Folder for settings, papers, rows and boards; made if need be.")
    ],
) -> None:
    """Write a starter leaderboard.toml into a folder, with every setting explained."""
    from leaderboard.project.starter import make_folder

    path = make_folder(folder)
    typer.echo(f"wrote {path}: say there what to fetch, then run: leaderboard update {folder}")


@app.command(
    epilog="Examples: [bold]leaderboard update boards[/bold]   "
    "[bold]leaderboard update boards --report news.md[/bold]   "
    "[bold]leaderboard update boards --no-fetch[/bold]"
)
def update(
    folder: Annotated[Path, typer.Argument(help="Folder that holds leaderboard.toml.")] = Path(),
    report: Annotated[
        Path | None, typer.Option(help="Write what changed to this file, as Markdown.", show_default=False)
    ] = None,
    fetch: Annotated[
        bool, typer.Option("--fetch/--no-fetch", help="Ask the sources; without, work on what is there.")
    ] = True,
    workers: Annotated[
        int, typer.Option(min=0, help="Processes to extract in; 0 is one for each core. Same rows for any.")
    ] = 1,
) -> None:
    """Fetch what is new, extract it, rebuild the boards, and say what changed.

    Running it again changes nothing; a run that was interrupted is made good by the next. When rules changed,
    all papers are extracted again. Exit code 1: a source did not answer; the rest was done.
    """
    from leaderboard.project.report import markdown, summary
    from leaderboard.project.update import Told
    from leaderboard.project.update import update as bring_up_to_date
    from leaderboard.writers import whole_file

    end_on_termination()

    def tell(changes: Any) -> None:
        if report:
            with whole_file(report) as stream:
                stream.write(markdown(changes).encode())
        typer.echo(markdown(changes, most=_SHOWN), nl=False)
        sys.stdout.flush()

    with _progress() as (progress, step, wait):
        changes = bring_up_to_date(
            folder, Told(step, wait, progress, tell), fetching=fetch, workers=workers or os.cpu_count() or 1
        )
    for line in changes.fetched:
        typer.echo(line, err=True)
    for line in changes.failures:
        typer.echo(f"not fetched: {line}", err=True)
    typer.echo(summary(changes), err=True)
    if changes.failures:
        raise typer.Exit(1)


@contextmanager
def _progress() -> Iterator[tuple[Callable[[Any, Any], None] | None, Say, Say]]:
    """What is being done, on standard error, when a person looks at it; a log is told of waits alone."""
    if not sys.stderr.isatty():
        yield None, lambda _: None, lambda said: typer.echo(said, err=True)
        return
    from rich.console import Console

    with Console(stderr=True).status("") as status:
        at_hand = ""

        def step(said: str) -> None:
            nonlocal at_hand
            at_hand = said
            status.update(_plain(said))

        yield lambda page, fetched: status.update(_plain(f"{at_hand}: {fetched}")), step, step


def _plain(text: str) -> Any:
    from rich.text import Text

    return Text(text)
