"""Where the dashboard's rows and papers come from, and a name for their content, so that it can be cached."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from leaderboard.boards import read_results
from leaderboard.boards.demo import demo_file, demo_rows
from leaderboard.errors import LeaderboardError
from leaderboard.models import Paper
from leaderboard.rulebook import RuleSet, load_rules
from leaderboard.rulebook.folders import WORKING_FOLDER, discovered_folders, rule_files

ROWS = "LEADERBOARD_DASHBOARD_ROWS"
PAPERS = "LEADERBOARD_DASHBOARD_PAPERS"
RULES = "LEADERBOARD_DASHBOARD_RULES"
GOLD = "LEADERBOARD_DASHBOARD_GOLD"


@dataclass(frozen=True, slots=True)
class Named:
    """What a dashboard was started with; empty where nothing was named."""

    rows: str = ""
    papers: str = ""
    rules: str = ""
    gold: str = ""

    @classmethod
    def from_environment(cls) -> Named:
        """As `leaderboard dashboard` passes it on."""
        return cls(*(os.environ.get(name, "") for name in (ROWS, PAPERS, RULES, GOLD)))

    def environment(self) -> dict[str, str]:
        """The other way round."""
        return {ROWS: self.rows, PAPERS: self.papers, RULES: self.rules, GOLD: self.gold}


@dataclass(slots=True)
class Loaded:
    """Rows, the papers whose texts are known (by id), and what to call them on the page.

    `problem` says what keeps the rows from being shown, `papers_problem` the same of the papers.
    """

    rows: pd.DataFrame
    papers: dict[str, Paper] = field(default_factory=dict)
    name: str = "demo corpus"
    is_demo: bool = False
    problem: str = ""
    papers_problem: str = ""


def stamp(named: Named) -> str:
    """Changes whenever the files that were named do; it is made from names, sizes and times alone."""
    digest = hashlib.blake2b(digest_size=16)
    for address in (named.rows or str(demo_file()), named.papers):
        for path in _files(address):
            try:
                status = path.stat()
                digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
            except OSError:
                digest.update(f"{path}\0gone\n".encode())
    return digest.hexdigest()


def load(named: Named, rules: RuleSet | None = None) -> Loaded:
    """The rows and papers that were named, or the demo corpus; `problem` says what is wrong with them."""
    if not named.rows:
        papers = {paper.id: paper for paper in _read_papers(str(demo_file()))}
        return Loaded(demo_rows(rules), papers, is_demo=True)
    name = Path(named.rows).name or named.rows
    empty = read_results([])
    try:
        rows = read_results(named.rows)
    except LeaderboardError as error:
        return Loaded(empty, name=name, problem=str(error))
    except Exception as error:  # a page that says so is of more use than a traceback
        return Loaded(
            empty, name=name, problem=f"{named.rows}: cannot be read ({type(error).__name__}: {error})"
        )
    if rows.empty:
        todo = "extract some with 'leaderboard extract PAPERS -o rows.parquet'"
        return Loaded(rows, name=name, problem=f"{named.rows}: the file holds no rows ({todo})")
    loaded = Loaded(rows, name=name)
    if named.papers:
        try:
            wanted = set(rows["paper_id"])
            loaded.papers = {p.id: p for p in _read_papers(named.papers) if p.id in wanted}
        except (LeaderboardError, OSError) as error:
            loaded.papers_problem = str(error)
    return loaded


def rule_folders(named: Named) -> list[Path]:
    """The user's folders of rules, lowest first; `users_folder` is the one that is written to."""
    chosen = [Path(named.rules)] if named.rules else []
    return [folder for folder in (*discovered_folders(), *chosen) if folder.exists()]


def users_folder(named: Named) -> Path:
    """The folder that rules are saved to, whether or not it exists yet."""
    return Path(named.rules or WORKING_FOLDER).resolve()


def rules_stamp(named: Named) -> str:
    """Changes whenever a file in the user's folders of rules does."""
    digest = hashlib.blake2b(digest_size=16)
    for folder in rule_folders(named):
        try:
            for inside, path in rule_files(folder):
                status = path.stat()
                digest.update(f"{folder}\0{inside}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
        except (LeaderboardError, OSError) as error:
            digest.update(str(error).encode())
    return digest.hexdigest()


def rules(named: Named) -> tuple[RuleSet, str]:
    """The rules with the user's folders over them, and what keeps the latter from being used, if anything."""
    from leaderboard.engine import engine
    from leaderboard.patterns import PatternError

    folders = rule_folders(named)
    try:
        loaded = load_rules(*folders)
        # Patterns are read when they are first used: here, where the page can still say what is wrong.
        engine(loaded)
        return loaded, ""
    except PatternError as error:
        if not folders:
            raise
        where = " ".join(str(folder) for folder in folders)
        return load_rules(), f"{error} (see where with 'leaderboard rules check {where}')"
    except LeaderboardError as error:
        return load_rules(), str(error)


def _read_papers(address: str) -> Iterable[Paper]:
    from leaderboard.readers import read_papers

    return (item for item in read_papers(address) if isinstance(item, Paper))


def _files(address: str) -> list[Path]:
    if not address or "://" in address:
        return []
    path = Path(address)
    return sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
