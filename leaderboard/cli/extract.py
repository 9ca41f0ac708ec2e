"""`leaderboard extract`: papers in, result rows out."""

from __future__ import annotations

import dataclasses
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from leaderboard.cli.amounts import amount
from leaderboard.cli.rulesets import rules_of
from leaderboard.errors import InputError, OutputError
from leaderboard.readers.records import RECORD_BYTES

app = typer.Typer(rich_markup_mode="rich", add_completion=False)

_SHOWN_REJECTS = 3


@app.command(
    epilog="Examples: [bold]leaderboard extract papers.jsonl.gz -o rows.csv[/bold]   "
    "[bold]zcat dump.gz | leaderboard extract - --format jsonl | head[/bold]"
)
def extract(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...",
            help="Files of papers, folders of them, patterns, or addresses such as s3://bucket/*.jsonl.gz; - "
            "is standard input.",
        ),
    ],
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o",
            help="Where rows go: .csv, .jsonl or .parquet; - prints JSON Lines; with / at the end, a "
            "folder of Parquet parts, one for each file, in which a later run makes only what has changed.",
        ),
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
    prune: Annotated[
        bool, typer.Option("--prune", help="Remove parts of files that are no longer named from the folder.")
    ] = False,
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
    from leaderboard.folders import is_folder
    from leaderboard.readers import Limits
    from leaderboard.readers.sources import expand
    from leaderboard.run import run, stored_size
    from leaderboard.writers import results_to

    end_on_termination()
    files = expand(files)
    limits = Limits(record_bytes=max_record_bytes)
    workers = workers or os.cpu_count() or 1
    if is_folder(output):
        _extract_to_folder(files, output, rules or [], format, limits, workers, strict, prune, rejects)
        return
    _refuse_to_overwrite(files, output)
    _refuse_output_among_inputs(files, output)
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
            limits=limits,
            workers=workers,
            strict=strict,
            reject=note,
            progress=progress,
        )
    for line in shown[:_SHOWN_REJECTS]:
        typer.echo(f"rejected: {line}", err=True)
    if len(shown) > _SHOWN_REJECTS:
        typer.echo(f"and {len(shown) - _SHOWN_REJECTS:,} more (list them with --rejects FILE)", err=True)
    typer.echo(str(counts), err=True)


def _extract_to_folder(
    files: list[str], output: str, rules: list[Path], format: str, limits: Any, workers: int, strict: bool,
    prune: bool, rejects: Path | None,
) -> None:  # fmt: skip
    from leaderboard.shards import Settings, copy_rejects, run_shards

    began = time.monotonic()
    extract = extractor(rules)
    settings = Settings(rules_digest(extract), format or None, limits)
    with _shard_progress(len(files)) as told:
        outcome = run_shards(
            files, output, extract, settings, workers=workers, strict=strict, prune=prune, told=told
        )
    if rejects:
        copy_rejects(files, output, rejects)
    for reason in outcome.failed.values():
        typer.echo(f"failed: {reason}", err=True)
    if outcome.stale:
        many = f"{len(outcome.stale):,} parts are" if len(outcome.stale) > 1 else "1 part is"
        typer.echo(f"{many} of files that were not named: kept (remove them with --prune)", err=True)
    outcome.counts.seconds = time.monotonic() - began
    parts = f"{amount(outcome.done, 'part')} made, {outcome.skipped:,} kept, {len(outcome.failed):,} failed"
    typer.echo(f"{parts}; {outcome.counts}", err=True)
    if outcome.failed:
        raise typer.Exit(1)


def rules_digest(extract: Any) -> str:
    """What tells one set of rules from another; rows made with either may differ."""
    rules = getattr(extract, "keywords", {}).get("rules")
    return str(getattr(rules, "digest", ""))


def extractor(folders: list[Path]) -> Callable[[Any], Any]:
    """What turns a paper into results, with the rules of these folders; raises `LeaderboardError`."""
    from leaderboard.extraction import extract_paper

    return partial(extract_paper, rules=rules_of(folders))


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


def _refuse_output_among_inputs(files: list[str], output: str) -> None:
    """Tell the one who writes `extract papers.jsonl rows.csv` how the place for the rows is named."""
    last = files[-1]
    like_rows = len(files) > 1 and "://" not in last and Path(last).suffix in {".csv", ".jsonl", ".parquet"}
    if output == "-" and like_rows and not Path(last).exists():
        todo = f"check the path, or write -o {last} if the rows are to go there"
        raise InputError(f"{last}: no such file ({todo})")


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
def _shard_progress(total: int) -> Iterator[Callable[[str, Any], None] | None]:
    """The same for a run to a folder, by files."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=total)
        yield lambda source, outcome: bar.update(
            task, advance=1, description=f"{outcome.counts.rows:,} rows, {outcome.skipped:,} files kept"
        )


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
