"""`leaderboard extract`: papers in, result rows out."""

from __future__ import annotations

import dataclasses
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from leaderboard.errors import LeaderboardError, OutputError
from leaderboard.readers.records import RECORD_BYTES

app = typer.Typer(rich_markup_mode="rich", add_completion=False)

_SHOWN_REJECTS = 3


@app.command(
    epilog="Examples: [bold]leaderboard extract papers.jsonl.gz -o rows.csv[/bold]   "
    "[bold]zcat dump.gz | leaderboard extract - --format jsonl | head[/bold]"
)
def extract(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Files of papers; - is standard input.")
    ],
    output: Annotated[
        str,
        typer.Option("--output", "-o", help="Where rows go: .csv, .jsonl or .parquet; - prints JSON Lines."),
    ] = "-",
    format: Annotated[
        str,
        typer.Option(
            "--format", "-f",
            help="Read the files as jsonl, json, csv, parquet, bibtex, atom, page or text. Told from each "
            "file's content and suffix when left out.",
        ),
    ] = "",
    rejects: Annotated[
        Path | None, typer.Option(help="Write the records that could not be read here, as JSON Lines.")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Stop at the first record that cannot be read; write nothing.")
    ] = False,
    rules: Annotated[
        list[Path] | None, typer.Option(help="A folder of rules on top of the built-in ones. Repeatable.")
    ] = None,
    workers: Annotated[
        int, typer.Option(min=0, help="Processes to extract in; 0 is one for each core. Same rows for any.")
    ] = 1,
    max_record_bytes: Annotated[
        int, typer.Option(min=1000, help="Longest record that is read.")
    ] = RECORD_BYTES,
) -> None:  # fmt: skip
    """Read papers from FILES and write one row for each result they report.

    Files are JSON Lines or JSON (arXiv snapshot, Hugging Face papers, Papers with Code, Semantic Scholar,
    OpenAlex, or plain id, title, abstract), CSV or TSV, Parquet, BibTeX, Atom, the text of a saved page of
    papers, or one plain abstract; plain or packed with gzip, zstd or bzip2.

    A record that cannot be read is counted and listed in --rejects; the run goes on.
    """
    from leaderboard.readers import Limits
    from leaderboard.run import run, stored_size
    from leaderboard.writers import results_to

    _refuse_to_overwrite(files, output)
    end_on_termination()
    shown: list[str] = []
    with ExitStack() as closing:
        # The places to write are tried before the rules are loaded and any work is done.
        write = closing.enter_context(results_to(output))
        note = closing.enter_context(_rejects_to(rejects, shown))
        progress = closing.enter_context(_progress(stored_size(files), len(files)))
        counts = run(
            files,
            write,
            extractor(rules or []),
            format=format or None,
            limits=Limits(record_bytes=max_record_bytes),
            workers=workers or os.cpu_count() or 1,
            strict=strict,
            reject=note,
            progress=progress,
        )
    for line in shown[:_SHOWN_REJECTS]:
        typer.echo(f"rejected: {line}", err=True)
    if len(shown) > _SHOWN_REJECTS:
        typer.echo(f"and {len(shown) - _SHOWN_REJECTS:,} more (list them with --rejects FILE)", err=True)
    typer.echo(str(counts), err=True)


def extractor(folders: list[Path]) -> Callable[[Any], Any]:
    """What turns a paper into results, with the rules of these folders; raises `LeaderboardError`."""
    from leaderboard.extract import extract_paper
    from leaderboard.rulebook import RuleError, load_rules

    try:
        return partial(extract_paper, rules=load_rules(*folders, discover=True))
    except RuleError as error:
        raise LeaderboardError(f"the rules cannot be used:\n{error}") from None


def end_on_termination() -> None:
    """Let SIGTERM end the program as an interrupt does: half-written files are taken away on the way out."""

    def end(*_: object) -> None:
        sys.exit(143)

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, end)


def _refuse_to_overwrite(files: list[str], output: str) -> None:
    place = Path(output)
    if output == "-" or not place.exists():
        return
    for file in files:
        if Path(file).exists() and place.samefile(file):
            raise OutputError(f"{output}: is one of the inputs (choose another place with -o)")


@contextmanager
def _rejects_to(path: Path | None, shown: list[str]) -> Iterator[Callable[[Any], None]]:
    """A function that notes a reject: in the file, or where none was asked for, for the end of the run."""
    if path is None:
        yield lambda reject: shown.append(f"{reject.file}: record {reject.record}: {reject.reason}")
        return
    from leaderboard.writers import whole_file

    with whole_file(path) as stream:
        yield lambda reject: _write_line(stream, dataclasses.asdict(reject))


def _write_line(stream: Any, record: dict[str, Any]) -> None:
    stream.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))


@contextmanager
def _progress(total: int | None, files: int) -> Iterator[Callable[[int, Any], None] | None]:
    """A progress bar on standard error when a person looks at it; nothing otherwise."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=total)
        finished, last = 0, 0

        def advance(position: int, counts: Any) -> None:
            nonlocal finished, last
            if position < last:  # the next file has begun
                finished += last
            last = position
            said = f"{counts.papers:,} papers, {counts.rows:,} rows, {counts.rejects:,} rejects"
            bar.update(task, completed=finished + position, description=said)

        yield advance
