"""One update of a folder: fetch what is new, extract it, tell what it changes, then keep it.

Every step can be cut short. Papers are safe as soon as they are fetched; rows and what they were made from
are replaced at once, after the report was given out; boards are made from the rows anew. So an update that
was interrupted is made good by the next one, which tells what the first one could not keep.
"""

from __future__ import annotations

import glob
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from leaderboard.errors import LeaderboardError
from leaderboard.project.alone import alone
from leaderboard.project.changes import Changes, board_changes, rule_changes
from leaderboard.project.config import CONFIG, Config, query_of, read_config
from leaderboard.project.rowsfile import Mark, hash_of, mark_of, whole_lines, write_rows
from leaderboard.sources import SourceError, fetch, open_papers, settings_of, source_named
from leaderboard.sources.fetching import Progress, client_of
from leaderboard.sources.http import Client
from leaderboard.writers import results_to, whole_file

if TYPE_CHECKING:
    from leaderboard.rulebook import RuleSet

RULES = "leaderboard-rules"
"""A folder of rules that is used where it is there."""

_SCRATCH = ".update-"


@dataclass(slots=True)
class Told:
    """Whom an update tells what it does; all may be left out."""

    step: Callable[[str], None] = lambda _: None
    """What begins."""
    wait: Callable[[str], None] = lambda _: None
    """Why a source is asked again, and when."""
    progress: Progress | None = None
    """Each page fetched."""
    changes: Callable[[Changes], None] = lambda _: None
    """What changed, before it is kept: whoever was not told is told by the next update."""


def update(folder: Path, told: Told | None = None, *, fetching: bool = True, workers: int = 1) -> Changes:
    """Bring a folder up to date, and give what changed. Doing it again changes nothing.

    A source that does not answer is noted in `failures`; everything else is done all the same. Raises
    `LeaderboardError` where the folder cannot be used, or another update is at work there.
    """
    told = told or Told()
    config = read_config(folder / CONFIG)
    with alone(folder):
        changes = Changes()
        _clear_up(folder, config)
        if fetching:
            fetch_all(folder, config, changes, told)
        rules = _rules_of(folder, config)
        papers, rows = folder / config.output.papers, folder / config.output.rows
        mark_of(rows)
        if papers.exists():
            told.step("extracting")
            with tempfile.TemporaryDirectory(prefix=_SCRATCH, dir=folder) as scratch:
                _extract(papers, rows, rules, changes, Path(scratch), told, workers)
        else:
            told.changes(changes)
        if rows.exists():
            told.step("making boards")
            write_boards(folder, config, rules)
    return changes


def fetch_all(folder: Path, config: Config, changes: Changes, told: Told) -> None:
    """Ask every query. One client for each server, so that its interval holds over all of its queries."""
    clients: dict[str, Client] = {}
    try:
        with open_papers(folder / config.output.papers) as papers:
            for asked in config.queries:
                source = source_named(asked.source)
                server = source.settings_name
                told.step(f"fetching {asked}")
                try:
                    settings = settings_of(server, source.defaults, config.sources.get(server))
                    if server not in clients:
                        clients[server] = client_of(source, settings, told.wait)
                    fetched = fetch(
                        source, query_of(asked, folder), settings, papers,
                        client=clients[server], progress=told.progress,
                    )  # fmt: skip
                except SourceError as error:
                    changes.failures.append(f"{asked}: {error}")
                else:
                    changes.fetched.append(f"{asked}: {fetched}")
    finally:
        for client in clients.values():
            client.__exit__()


def write_boards(folder: Path, config: Config, rules: RuleSet) -> None:
    """The boards of the rows, and the rows in other formats. A file that would be the same is left alone."""
    from io import BytesIO

    from leaderboard.boards import all_boards, read_results
    from leaderboard.export import export_boards, export_rows, format_of

    frame = read_results(folder / config.output.rows)
    written: dict[str, bytes] = {}
    if config.output.boards:
        boards = all_boards(frame, min_entries=config.output.min_entries, rules=rules)
        for name in config.output.boards:
            stream = BytesIO()
            export_boards(boards, stream, format_of(name))
            written[name] = stream.getvalue()
    for name in config.output.exports:
        stream = BytesIO()
        export_rows(frame, stream, format_of(name))
        written[name] = stream.getvalue()
    for name, content in written.items():
        _replace(folder / name, content)


def _extract(
    papers: Path, rows: Path, rules: RuleSet, changes: Changes, scratch: Path, told: Told, workers: int
) -> None:
    """Extract what the rows lack, tell what that changes, and keep it."""
    from leaderboard.boards import read_results, results_frame

    old = mark_of(rows)
    end = whole_lines(papers)
    mark = Mark(rules.digest, end, hash_of(papers, end))
    if old == mark:
        changes.rows_held = _rows_in(rows)
        told.changes(changes)
        return
    untouched = old is not None and old.position <= end and hash_of(papers, old.position) == old.papers
    since = old.position if old and untouched else 0
    # Papers without an id or a title are called after the file: its name must not come twice.
    added, fresh = scratch / f"papers-{since}.jsonl", scratch / "rows.parquet"
    _copy(papers, added, since, end)
    if old and untouched and old.same_rules(mark):
        changes.papers, changes.rejects = _run(added, fresh, rules, workers)
        before, new = read_results(rows), read_results(fresh)
        parts = [rows, fresh]
    else:
        whole = scratch / "papers.jsonl"
        _copy(papers, whole, 0, end)
        total, changes.rejects = _run(whole, fresh, rules, workers)
        everything = read_results(fresh)
        held = read_results(rows) if old else None
        ids = _ids_in(added)
        if old and not untouched:
            # Which papers were there before is known only of those that have rows.
            ids &= set(everything["paper_id"]) - set(held["paper_id"] if held is not None else ())
        is_new = everything["paper_id"].isin(ids)
        before, new = everything.loc[~is_new], everything.loc[is_new]
        changes.papers = len(ids) if old else total
        if held is not None:
            changes.rules = rule_changes(held, before)
            changes.reason = "the rules changed" if untouched else "the file of papers was edited"
        parts = [fresh]
    changes.rows, changes.rows_held = len(new), len(before) + len(new)
    told.step("comparing boards")
    changes.records, changes.benchmarks = board_changes(
        before if len(before) else results_frame([]), new, rules
    )
    told.changes(changes)
    write_rows(rows, parts, mark)


def _run(papers: Path, rows: Path, rules: RuleSet, workers: int) -> tuple[int, int]:
    """Extract a file; the number of its papers, and of its lines that are none."""
    from leaderboard.extraction import extract_paper
    from leaderboard.run import run

    with results_to(rows) as write:
        extract = partial(extract_paper, rules=rules)
        counts = run([str(papers)], write, extract, format="jsonl", workers=workers)
    return counts.papers, counts.rejects


def _rules_of(folder: Path, config: Config) -> RuleSet:
    """The built-in rules and those of the folder; whatever the place it is called from, the same."""
    from leaderboard.rulebook import RuleError, load_rules

    folders = [folder / name for name in config.rules.folders]
    own = folder / RULES
    if own.is_dir() and own.resolve() not in {one.resolve() for one in folders}:
        folders.append(own)
    try:
        return load_rules(*folders)
    except RuleError as error:
        raise LeaderboardError(f"the rules cannot be used:\n{error}") from None


def _clear_up(folder: Path, config: Config) -> None:
    """Take away what updates that were killed left behind; nobody else is at work here."""
    for scratch in folder.glob(f"{_SCRATCH}*"):
        shutil.rmtree(scratch, ignore_errors=True)
    output = config.output
    for name in (output.rows, *output.boards, *output.exports):
        for leftover in (folder / name).parent.glob(f"{glob.escape(Path(name).name)}.*.part"):
            leftover.unlink(missing_ok=True)


def _copy(source: Path, place: Path, start: int, end: int) -> None:
    """A part of a file as a file of its own."""
    with source.open("rb") as stream, place.open("wb") as out:
        stream.seek(start)
        left = end - start
        while left and (block := stream.read(min(1 << 20, left))):
            out.write(block)
            left -= len(block)


def _ids_in(papers: Path) -> set[str]:
    from leaderboard.models import Paper
    from leaderboard.readers import read_papers

    return {item.id for item in read_papers(papers, format="jsonl") if isinstance(item, Paper)}


def _rows_in(rows: Path) -> int:
    from pyarrow import parquet

    return int(parquet.read_metadata(rows).num_rows)


def _replace(path: Path, content: bytes) -> None:
    if path.is_file() and path.read_bytes() == content:
        return
    with whole_file(path) as stream:
        stream.write(content)
