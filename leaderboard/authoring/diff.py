"""What a change of rules changes: rows gained, lost and changed, in groups, with their sentences."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from leaderboard.errors import LeaderboardError
from leaderboard.models import Result

COMPARED = (
    "value", "value_high", "unit", "kind", "holder", "benchmark", "benchmark_id", "split", "setting",
    "metric", "metric_id", "higher_is_better", "model", "task",
)  # fmt: skip
"""Columns that make a difference; a row that only another rule made, or with another confidence, is the
same."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One row before and after."""

    before: Result
    after: Result

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that differ."""
        return tuple(name for name in COMPARED if getattr(self.before, name) != getattr(self.after, name))


@dataclass(slots=True)
class Difference:
    """Everything that differs between two runs over the same papers."""

    papers: int = 0
    same: int = 0
    gained: list[Result] = field(default_factory=list)
    lost: list[Result] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)

    def groups(self) -> list[tuple[str, list[Result | Changed]]]:
        """The differences by what they are ("gained by RULE", "lost from RULE", "changed COLUMNS"), biggest
        first."""
        groups: dict[str, list[Result | Changed]] = defaultdict(list)
        for row in self.gained:
            groups[f"gained by {row.rule}"].append(row)
        for row in self.lost:
            groups[f"lost from {row.rule}"].append(row)
        for change in self.changed:
            groups[f"changed {', '.join(change.columns)}"].append(change)
        return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))


def compare_rows(pairs: Iterable[tuple[list[Result], list[Result]]]) -> Difference:
    """Compare the rows of each paper before and after.

    Rows belong together where their number stands at the same place; where one number has several rows,
    those with the same benchmark go together first.
    """
    found = Difference()
    for before, after in pairs:
        found.papers += 1
        places = {(row.field, row.start) for row in before} | {(row.field, row.start) for row in after}
        for place in sorted(places):
            _compare_at(
                [row for row in before if (row.field, row.start) == place],
                [row for row in after if (row.field, row.start) == place],
                found,
            )
    return found


def _compare_at(before: list[Result], after: list[Result], found: Difference) -> None:
    kept = Counter(map(_key, before)) & Counter(map(_key, after))
    found.same += kept.total()
    before, after = _without(before, kept), _without(after, kept)
    for row in list(before):
        partner = next((other for other in after if other.benchmark == row.benchmark), None) or next(
            iter(after), None
        )
        if partner:
            found.changed.append(Changed(row, partner))
            before.remove(row)
            after.remove(partner)
    found.lost.extend(before)
    found.gained.extend(after)


def _without(rows: list[Result], kept: Counter[tuple[Any, ...]]) -> list[Result]:
    left, rest = kept.copy(), []
    for row in rows:
        if left[_key(row)]:
            left[_key(row)] -= 1
        else:
            rest.append(row)
    return rest


def _key(row: Result) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in COMPARED)


@contextmanager
def base_folder(base: str, checkout: Path) -> Iterator[Path]:
    """The folder of rules that `base` names: a folder, or the rules of a git revision of `checkout`."""
    if Path(base).is_dir():
        yield Path(base)
        return
    command = ["git", "-C", str(checkout), "archive", "--format=tar", base, "rules"]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError as error:
        raise LeaderboardError(f"{base}: no such folder, and git cannot be run ({error.strerror})") from None
    if done.returncode or base.startswith("-"):
        said = done.stderr.decode(errors="replace").strip().splitlines()
        why = said[-1] if said else "name another one"
        raise LeaderboardError(f"{base}: neither a folder nor a git revision with rules ({why})")
    with TemporaryDirectory() as temporary:
        with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
            archive.extractall(temporary, filter="data")
        yield Path(temporary) / "rules"
