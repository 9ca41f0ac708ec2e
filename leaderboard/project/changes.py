"""What an update changed: records set, new benchmarks met, rows that rules now read otherwise.

Records and benchmarks are told of new papers only: boards before and after are both made from rows of the
rules of today. What the rules themselves changed stands by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from leaderboard.authoring.diff import Difference, compare_rows
from leaderboard.boards import all_boards, to_results
from leaderboard.boards.folding import fold_name
from leaderboard.export.values import heading
from leaderboard.models import Result

BoardKey = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper's result on a board, ready to be told."""

    board: str
    """Benchmark, split and metric, as a heading."""
    benchmark: str
    printed: str
    model: str
    title: str
    paper_id: str
    url: str
    date: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Record:
    """A result better than all before it, and the one that it beat."""

    now: Entry
    before: Entry | None


@dataclass(slots=True)
class Changes:
    """Everything that an update changed."""

    papers: int = 0
    """Papers that were extracted for the first time."""
    rows: int = 0
    """Rows of those papers."""
    rows_held: int = 0
    """Rows that the folder holds now."""
    rejects: int = 0
    """Lines of new papers that could not be read."""
    records: list[Record] = field(default_factory=list)
    benchmarks: list[Entry] = field(default_factory=list)
    """The best result, or the first in order, of each benchmark that was met for the first time."""
    rules: Difference | None = None
    """How the rows of older papers changed; None where they were not extracted again."""
    reason: str = ""
    """Why older papers were extracted again."""
    fetched: list[str] = field(default_factory=list)
    """What each query gave."""
    failures: list[str] = field(default_factory=list)
    """Queries that could not be answered, and why."""

    @property
    def nothing(self) -> bool:
        """Whether everything is as it was."""
        changed = self.rules is not None and bool(self.rules.gained or self.rules.lost or self.rules.changed)
        return not (self.papers or changed)


def board_changes(
    before: pd.DataFrame, added: pd.DataFrame, rules: Any = None
) -> tuple[list[Record], list[Entry]]:
    """The records and the new benchmarks that rows bring to those there were; both are results frames."""
    if added.empty:
        return [], []
    names = {fold_name(name) for name in added["benchmark"] if name}
    ids = {name for name in added["benchmark_id"] if name}
    held = _on_boards(before, names, ids)
    old = all_boards(held, rules=rules)
    new = all_boards(pd.concat([held, added], ignore_index=True), rules=rules)
    return _records(old, new), _benchmarks(old, new)


def rule_changes(before: pd.DataFrame, after: pd.DataFrame) -> Difference:
    """How the rows of the same papers differ, paper by paper."""
    old, new = _by_paper(before), _by_paper(after)
    papers = dict.fromkeys([*new, *old])
    return compare_rows((old.get(paper, []), new.get(paper, [])) for paper in papers)


def _on_boards(frame: pd.DataFrame, names: set[str], ids: set[str]) -> pd.DataFrame:
    """The rows that may stand on boards of these benchmarks; the others cannot have changed."""
    folded = {name: fold_name(name) in names for name in frame["benchmark"].unique()}
    wanted = frame["benchmark"].map(folded).astype(bool) | frame["benchmark_id"].isin(ids)
    return frame.loc[wanted].reset_index(drop=True)


def _records(old: pd.DataFrame, new: pd.DataFrame) -> list[Record]:
    stood = {key: entries.iloc[-1] for key, entries in _record_holders(old)}
    found = []
    for key, entries in _record_holders(new):
        now, before = entries.iloc[-1], stood.get(key)
        if before is None:
            # On a board that is new itself, a record is what beat an earlier entry.
            before = entries.iloc[-2] if len(entries) > 1 else None
            if before is None:
                continue
        elif not _better(now, before):
            continue
        found.append(Record(_entry(now), _entry(before)))
    return found


def _record_holders(boards: pd.DataFrame) -> Iterable[tuple[BoardKey, pd.DataFrame]]:
    """Each board's records in the order of time, the board with the most entries first."""
    records = boards.loc[boards["record"].astype(bool)]
    if records.empty:
        return
    keys = pd.Series([_key(one) for one in records.itertuples()], index=records.index)
    for key, entries in records.groupby(keys, sort=False):
        yield key, entries.sort_values("day", kind="stable")


def _key(one: Any) -> BoardKey:
    benchmark = one.benchmark_id or fold_name(one.benchmark)
    return (benchmark, one.metric_id or fold_name(one.metric), fold_name(one.split) if one.split else "")


def _better(now: pd.Series[Any], before: pd.Series[Any]) -> bool:
    gain = float(now["score"]) - float(before["score"])
    return bool(gain > 0 if now["higher_is_better"] else gain < 0)


def _benchmarks(old: pd.DataFrame, new: pd.DataFrame) -> list[Entry]:
    met = {_key(one)[0] for one in old.itertuples()}
    found = []
    for _, one in new.iterrows():
        name = _key(one)[0]
        if name and name not in met:
            met.add(name)
            found.append(_entry(one))
    return found


def _entry(one: pd.Series[Any]) -> Entry:
    return Entry(
        board=heading(one.to_frame().T),
        benchmark=one["benchmark"],
        printed=one["printed"],
        model=one["model"],
        title=one["title"],
        paper_id=one["paper_id"],
        url=one["url"],
        date=one["date"],
        sentence=" ".join(one["sentence"].split()),
    )


def _by_paper(frame: pd.DataFrame) -> dict[str, list[Result]]:
    found: dict[str, list[Result]] = {}
    for row in to_results(frame):
        found.setdefault(row.paper_id, []).append(row)
    return found
