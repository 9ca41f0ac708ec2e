"""`leaderboard fetch`: papers from where they live, appended to a file that `extract` reads."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from leaderboard.cli.extract import end_on_termination
from leaderboard.errors import InputError

if TYPE_CHECKING:
    from leaderboard.sources.kinds import Source

app = typer.Typer(rich_markup_mode="rich", add_completion=False)

_SHOWN_MISSING = 5


@app.command(
    epilog='Examples: [bold]leaderboard fetch arxiv "cat:cs.CV AND abs:TuSimple" --since 2024[/bold]   '
    "[bold]leaderboard fetch hf-papers --date 2024-03-31 -o papers.jsonl[/bold]   "
    "[bold]leaderboard fetch ids my-ids.txt[/bold]"
)
def fetch(
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE",
            help="arxiv (papers that a query finds), hf-papers (daily papers of Hugging Face), or ids (a "
            "file of arXiv ids).",
        ),
    ],
    what: Annotated[
        str,
        typer.Argument(
            metavar="[QUERY|FILE]", show_default=False,
            help="arxiv: a query as its API has it; ids: the file, one id a line, - for standard input.",
        ),
    ] = "",
    output: Annotated[
        str, typer.Option("--output", "-o", help="File to append to, JSON Lines; - is standard output.")
    ] = "papers.jsonl",
    since: Annotated[str, typer.Option(help="Only papers from this day, month or year on.")] = "",
    until: Annotated[str, typer.Option(help="Only papers up to this day, month or year.")] = "",
    date: Annotated[str, typer.Option(help="hf-papers: the list of this day.")] = "",
    max: Annotated[
        int, typer.Option("--max", min=0, help="arxiv: only so many papers, the newest; 0 is all.")
    ] = 0,
    base: Annotated[str, typer.Option(help="Ask this address instead of the source's own.")] = "",
    config: Annotated[
        Path | None,
        typer.Option(
            help="Take the source's settings from this file; leaderboard.toml here where left out.",
            show_default=False,
        ),
    ] = None,
    afresh: Annotated[
        bool, typer.Option("--afresh", help="Ask from the beginning, not from where the last run stopped.")
    ] = False,
) -> None:  # fmt: skip
    """Fetch papers and append those that the file does not have yet.

    A run that is interrupted is gone on with by the same command. Each line says where its paper comes from
    and when it was fetched. Keys are read from the environment only (HF_TOKEN for hf-papers).
    """
    from leaderboard.sources import Query, fetch, open_papers, settings_of, source_named
    from leaderboard.sources.papersfile import PapersOut

    end_on_termination()
    chosen = source_named(source)
    settings = settings_of(chosen.settings_name, chosen.defaults, _table(config, chosen), base=base)
    query = Query(_text(chosen, what), since, until, date, max)
    with _progress() as (progress, told):
        if output == "-":
            out = sys.stdout.buffer
            fetched = fetch(
                chosen, query, settings, PapersOut(out.write), afresh=afresh, progress=progress, told=told
            )
            out.flush()
            held = ""
        else:
            with open_papers(Path(output)) as papers:
                fetched = fetch(chosen, query, settings, papers, afresh=afresh, progress=progress, told=told)
                held = f"; {output} holds {len(papers):,}"
    if fetched.missing:
        named = ", ".join(fetched.missing[:_SHOWN_MISSING])
        more = len(fetched.missing) - _SHOWN_MISSING
        typer.echo(f"not to be had: {named}" + (f" and {more:,} more" if more > 0 else ""), err=True)
    typer.echo(f"{fetched}{held}", err=True)


def _text(source: Source, what: str) -> str:
    """The query, or for a list its content."""
    if source.argument and not what:
        raise InputError(f"fetch {source.name}: what? (leaderboard fetch {source.name} {source.argument})")
    if source.argument != "FILE":
        return what
    if what == "-":
        return sys.stdin.read()
    return read_list(Path(what))


def read_list(path: Path) -> str:
    """The content of a file of ids; raises `InputError`."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError(f"{path}: no such file (write one arXiv id a line into it)") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error} (write it as UTF-8 text)") from None


def _table(config: Path | None, source: Source) -> dict[str, Any]:
    """The source's settings in leaderboard.toml, if there is one."""
    from leaderboard.project.config import CONFIG, read_config

    path = config or Path(CONFIG)
    if config is None and not path.is_file():
        return {}
    return read_config(path).sources.get(source.settings_name, {})


@contextmanager
def _progress() -> Iterator[tuple[Callable[[Any, Any], None] | None, Callable[[str], None]]]:
    """Progress on standard error when a person looks at it; waits are told to everybody."""
    if not sys.stderr.isatty():
        yield None, lambda said: typer.echo(said, err=True)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("asking", total=None)

        def advance(page: Any, fetched: Any) -> None:
            bar.update(task, completed=page.asked, total=page.total, description=str(fetched))

        yield advance, lambda said: bar.console.print(said, markup=False, highlight=False)
