"""Two runs over the same gold: what the later one gains and what it loses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from leaderboard.evaluate.gold import GoldPaper, GoldRow
from leaderboard.evaluate.score import Evaluation, PaperScore
from leaderboard.models import Result

Change = Literal["gained", "lost", "newly spurious", "no longer spurious"]
CHANGES: tuple[Change, ...] = ("gained", "lost", "newly spurious", "no longer spurious")


@dataclass(frozen=True, slots=True)
class Difference:
    """A row on which the runs differ: a gold row right in one only, or a spurious row in one only."""

    change: Change
    paper: GoldPaper
    row: GoldRow | Result

    @property
    def sentence(self) -> str:
        """Where the number stands, as printed."""
        return self.row.sentence if isinstance(self.row, Result) else self.row.evidence

    def record(self) -> dict[str, Any]:
        """The difference as plain data."""
        row = self.row.model_dump(mode="json")
        return {"change": self.change, "paper": self.paper.id, "sentence": self.sentence, "row": row}


def compare(earlier: Evaluation, later: Evaluation) -> list[Difference]:
    """Where the later run differs from the earlier one, both made over the same gold papers."""
    differences = []
    before = {scored.paper.id: scored for scored in earlier.papers}
    for now in later.papers:
        differences += _differences(before[now.paper.id], now)
    return sorted(differences, key=lambda d: CHANGES.index(d.change))


def _differences(before: PaperScore, now: PaperScore) -> list[Difference]:
    right_before = {p.gold for p in before.pairs if p.right}
    right_now = {p.gold for p in now.pairs if p.right}
    spurious_before, spurious_now = _spurious(before), _spurious(now)
    found: list[tuple[Change, GoldRow | Result]] = []
    found += [("gained", now.golds[g]) for g in sorted(right_now - right_before)]
    found += [("lost", now.golds[g]) for g in sorted(right_before - right_now)]
    found += [("newly spurious", row) for key, row in spurious_now.items() if key not in spurious_before]
    found += [("no longer spurious", row) for key, row in spurious_before.items() if key not in spurious_now]
    return [Difference(change, now.paper, row) for change, row in found]


def _spurious(scored: PaperScore) -> dict[tuple[object, ...], Result]:
    paired = {p.row for p in scored.pairs}
    rows = [scored.rows[r] for r in scored.counted_rows if r not in paired]
    return {(row.field, row.start, row.value, row.kind, row.benchmark): row for row in rows}
