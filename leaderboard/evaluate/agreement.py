"""Which extracted row stands for which gold row, and where the two agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leaderboard.evaluate.gold import GoldRow
from leaderboard.evaluate.names import same_benchmark, same_metric, same_model
from leaderboard.models import Result

FIELDS = ("kind", "holder", "benchmark", "metric", "model")
"""What two rows of one number can agree in."""

_WEIGHTS = {"kind": 8, "benchmark": 4, "metric": 3, "holder": 2, "model": 1}


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold row and the extracted row that stands for it, by their places in the paper's lists."""

    gold: int
    row: int
    agrees: frozenset[str]
    """The fields in which they agree."""

    @property
    def detected(self) -> bool:
        """The number is there, and of the right kind."""
        return "kind" in self.agrees

    @property
    def right(self) -> bool:
        """Everything but the system's name agrees."""
        return {"kind", "holder", "benchmark", "metric"} <= self.agrees


def agreement(gold: GoldRow, row: Result) -> frozenset[str] | None:
    """The fields in which two rows agree; None where they are about different numbers."""
    if not _numbers(gold) & _numbers(row):
        return None
    names = (row.benchmark, row.benchmark_text)
    benchmark = same_benchmark(gold.benchmark, names)
    if gold.benchmark_optional and not benchmark:
        benchmark = same_benchmark((), names)
    outcome = {
        "kind": gold.kind == row.kind,
        "holder": gold.holder == row.holder,
        "benchmark": benchmark,
        "metric": same_metric(gold.metric, (row.metric, row.metric_text)),
        "model": same_model(gold.model, row.model),
    }
    return frozenset(field for field, agrees in outcome.items() if agrees)


def pair(golds: Sequence[GoldRow], rows: Sequence[Result]) -> list[Pair]:
    """Pair gold rows and extracted rows one to one, the best agreement first.

    Of equal agreements certain gold rows come first, then the order of the text decides.
    """
    candidates = [
        Pair(g, r, agrees)
        for g, gold in enumerate(golds)
        for r, row in enumerate(rows)
        if (agrees := agreement(gold, row)) is not None
    ]
    candidates.sort(key=lambda p: (-sum(map(_WEIGHTS.__getitem__, p.agrees)), golds[p.gold].uncertain))
    free_golds, free_rows = set(range(len(golds))), set(range(len(rows)))
    pairs = []
    for candidate in candidates:
        if candidate.gold in free_golds and candidate.row in free_rows:
            free_golds.remove(candidate.gold)
            free_rows.remove(candidate.row)
            pairs.append(candidate)
    return pairs


def _numbers(row: GoldRow | Result) -> set[float]:
    return {row.value} if row.value_high is None else {row.value, row.value_high}
