"""`leaderboard dashboard`: rows as pages in the browser."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from leaderboard.errors import LeaderboardError

app = typer.Typer(rich_markup_mode="rich", add_completion=False)


@app.command(
    epilog="Examples: [bold]leaderboard dashboard[/bold]   "
    "[bold]leaderboard dashboard rows.parquet --papers papers.jsonl.gz --port 8600[/bold]"
)
def dashboard(
    rows: Annotated[
        str,
        typer.Argument(
            metavar="[ROWS|FOLDER]",
            help="Rows as 'leaderboard extract' writes them: a file or a folder of parts. Left out: the "
            "demo corpus.",
            show_default=False,
        ),
    ] = "",
    papers: Annotated[
        str, typer.Option(help="The papers that the rows come from, to show their abstracts.")
    ] = "",
    rules: Annotated[
        Path | None,
        typer.Option(
            help="Your folder of rules: used on top of the built-in ones, and saved to from the page."
        ),
    ] = None,
    gold: Annotated[str, typer.Option(help="A gold file, for the page on quality.")] = "",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8501,
    host: Annotated[
        str, typer.Option(help="Address to listen on; anyone who can reach it can save rules.")
    ] = "127.0.0.1",
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open a browser.")] = True,
) -> None:
    """Browse leaderboards, papers and rules in the browser."""
    from leaderboard.views.source import Named

    app_file = dashboard_folder() / "app.py"
    try:
        from streamlit.web import cli as streamlit
    except ImportError:
        raise LeaderboardError(
            "the dashboard needs more packages: pip install 'leaderboard[dashboard]'"
        ) from None
    if rules is not None and rules.exists() and not rules.is_dir():
        raise LeaderboardError(f"{rules}: is not a folder (name a folder of rule files, or one to be made)")
    if rows and "://" not in rows and not Path(rows).exists():
        raise LeaderboardError(f"{rows}: no such file (make it with 'leaderboard extract PAPERS -o {rows}')")
    os.environ.update(Named(rows, papers, str(rules) if rules else "", gold).environment())
    options = {
        "server.address": host,
        "server.port": port,
        "server.headless": str(not browser or not sys.stdout.isatty()).lower(),
        "browser.serverAddress": host,
    }
    flags = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    streamlit.main(["run", str(app_file), *flags], prog_name="streamlit")


def dashboard_folder() -> Path:
    """`dashboard/` of a checkout, or the copy inside the installed package."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_data" / "dashboard"
    return installed if installed.is_dir() else package.parent / "dashboard"
