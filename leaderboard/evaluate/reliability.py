"""Whether confidence means something: of the rows that are so sure, how many are right."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from leaderboard.evaluate.score import Evaluation, on_a_board

EDGES = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
SURE = 0.9
"""Rows from this confidence on are the ones to trust without looking."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Rows whose confidence is at least `low` and under `high` (the last bin holds 1 too)."""

    low: float
    high: float
    rows: int
    right: int
    mean: float
    """Mean confidence of the rows; 0 where there are none."""

    @property
    def share(self) -> float | None:
        """Share of the rows that are right at the tuple level; None where there are none."""
        return self.right / self.rows if self.rows else None


def reliability(evaluation: Evaluation, board: bool = False) -> list[Bin]:
    """The reliability table, the least sure rows first; with `board`, over leaderboard rows alone."""
    judged = _judged(evaluation, board)
    return [_bin(judged, low, high) for low, high in pairwise(EDGES)]


def surest(evaluation: Evaluation, board: bool = False) -> Bin:
    """The rows with confidence 0.9 or more."""
    return _bin(_judged(evaluation, board), SURE, 1.0)


def _judged(evaluation: Evaluation, board: bool) -> list[tuple[float, bool]]:
    """Confidence of every row that counts, and whether it is right."""
    judged = []
    for scored in evaluation.papers:
        right = {p.row for p in scored.pairs if p.right}
        judged += [
            (scored.rows[r].confidence, r in right)
            for r in scored.counted_rows
            if not board or on_a_board(scored.rows[r])
        ]
    return judged


def _bin(judged: list[tuple[float, bool]], low: float, high: float) -> Bin:
    inside = [(c, ok) for c, ok in judged if low <= c < high or high == 1.0 == c]
    mean = sum(c for c, _ in inside) / len(inside) if inside else 0.0
    return Bin(low, high, len(inside), sum(ok for _, ok in inside), mean)
