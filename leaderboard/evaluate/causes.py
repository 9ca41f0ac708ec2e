"""Why rows are wrong: errors sorted by what is the matter with them.

An error is a gold row without its right row, or an extracted row that stands for nothing. Its cause names the
field that went wrong and how; where several did, all of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from leaderboard.evaluate.gold import GoldPaper, GoldRow, part_of
from leaderboard.evaluate.score import Evaluation, PaperScore
from leaderboard.models import Result

_JUDGED = ("kind", "holder", "benchmark", "metric")


@dataclass(frozen=True, slots=True)
class ErrorCase:
    """One error: the gold row, the extracted row, or both, and the cause."""

    paper: GoldPaper
    cause: str
    gold: GoldRow | None
    row: Result | None

    @property
    def sentence(self) -> str:
        """Where it happened, as printed."""
        if self.row is not None:
            return self.row.sentence
        return self.gold.evidence if self.gold is not None else ""

    def record(self) -> dict[str, Any]:
        """The error as plain data, for a file."""
        return {
            "paper": self.paper.id,
            "source": self.paper.source,
            "part": part_of(self.paper.id),
            "cause": self.cause,
            "sentence": self.sentence,
            "gold": self.gold.model_dump(mode="json") if self.gold is not None else None,
            "row": self.row.model_dump(mode="json") if self.row is not None else None,
        }


def errors(evaluation: Evaluation) -> list[ErrorCase]:
    """All errors, paper by paper: gold rows in the order of the text, then rows that stand for none."""
    return [case for scored in evaluation.papers for case in _errors_of(scored)]


def _errors_of(scored: PaperScore) -> Iterator[ErrorCase]:
    by_gold = {p.gold: p for p in scored.pairs}
    for g in scored.counted_golds:
        gold, found = scored.golds[g], by_gold.get(g)
        if found is None:
            yield ErrorCase(scored.paper, f"missed: {gold.kind}", gold, None)
        elif not found.right:
            row = scored.rows[found.row]
            wrong = [_what(name, gold, row) for name in _JUDGED if name not in found.agrees]
            yield ErrorCase(scored.paper, "wrong " + ", ".join(wrong), gold, row)
    paired = {p.row for p in scored.pairs}
    for r in scored.counted_rows:
        if r not in paired:
            yield ErrorCase(scored.paper, f"spurious: {scored.rows[r].kind}", None, scored.rows[r])


def _what(name: str, gold: GoldRow, row: Result) -> str:
    """A field that went wrong, and how: which way it was confused, or that it was left out or made up."""
    if name in ("kind", "holder"):
        return f"{name} ({getattr(gold, name)} read as {getattr(row, name)})"
    said = getattr(row, name) or getattr(row, f"{name}_text")
    if not said:
        return f"{name} (none found)"
    return f"{name} (another)" if getattr(gold, name) else f"{name} (none is right)"


def by_cause(cases: Iterable[ErrorCase]) -> dict[str, list[ErrorCase]]:
    """Errors grouped by cause, the largest group first."""
    groups: dict[str, list[ErrorCase]] = {}
    for case in cases:
        groups.setdefault(case.cause, []).append(case)
    return dict(sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])))


@dataclass(frozen=True, slots=True)
class RuleRecord:
    """How a rule did: of its rows that count, how many are right, wrong in some field, or spurious."""

    rule: str
    right: int
    wrong: int
    spurious: int

    @property
    def rows(self) -> int:
        """All rows of the rule that count."""
        return self.right + self.wrong + self.spurious


def by_rule(evaluation: Evaluation) -> list[RuleRecord]:
    """How each rule did, the one with most errors first."""
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    rows: Counter[str] = Counter()
    for scored in evaluation.papers:
        rows.update(scored.rows[r].rule for r in scored.counted_rows)
        for p in scored.pairs:
            (right if p.right else wrong)[scored.rows[p.row].rule] += 1
    records = [
        RuleRecord(rule, right[rule], wrong[rule], count - right[rule] - wrong[rule])
        for rule, count in rows.items()
    ]
    return sorted(records, key=lambda r: (-(r.wrong + r.spurious), -r.rows, r.rule))
