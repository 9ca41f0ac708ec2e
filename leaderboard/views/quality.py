"""How right the rows are: figures by level and field, and every error with its cause, against a gold file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from leaderboard.boards import to_results
from leaderboard.boards.demo import demo_file
from leaderboard.boards.printed import plain_number
from leaderboard.evaluate import (
    LEVELS,
    ErrorCase,
    Evaluation,
    GoldPaper,
    by_cause,
    errors,
    evaluate,
    read_gold,
    reliability,
)
from leaderboard.extraction import extract_paper
from leaderboard.models import Result
from leaderboard.rulebook import RuleSet
from leaderboard.views.html import evidence, marked, said

LEVEL_NAMES = {
    "detect": ("Number found", "number and kind agree"),
    "tuple": ("Result right", "number, kind, holder, benchmark and metric agree"),
    "board": ("Leaderboard right", "as before, among own scores on a named benchmark"),
}


@dataclass(frozen=True, slots=True)
class Scored:
    """An evaluation with what the page needs to say of it."""

    evaluation: Evaluation
    name: str
    papers: int
    without: int
    """Gold papers that had neither a text nor rows, and so were left out."""


def demo_gold() -> Path:
    """What the digests of the demo corpus were written to say."""
    return demo_file().with_name("digests-expected.jsonl")


def scored(gold: Path, rows: pd.DataFrame, rules: RuleSet) -> Scored:
    """The evaluation of a gold file: papers with a text are read anew, others are looked up in the rows.

    Raises:
        InputError: naming the file, the line and the mend.
    """
    papers = read_gold(gold)
    by_id = _rows_by_id(rows, [paper.id for paper in papers if not paper.abstract])
    found: dict[str, Sequence[Result]] = {}
    kept: list[GoldPaper] = []
    for paper in papers:
        if paper.abstract or paper.title:
            found[paper.id] = extract_paper(paper.paper, rules)
        elif paper.id in by_id:
            found[paper.id] = by_id[paper.id]
        else:
            continue
        kept.append(paper)
    return Scored(evaluate(kept, found), gold.name, len(kept), len(papers) - len(kept))


def levels(of: Scored) -> list[tuple[str, str, float, float, float]]:
    """For each level its name, what it asks for, precision, recall and F1."""
    return [
        (*LEVEL_NAMES[level], counts.precision, counts.recall, counts.f1)
        for level in LEVELS
        for counts in [of.evaluation.counts(level)]
    ]


def fields(of: Scored) -> pd.DataFrame:
    """For each field how many of the paired rows agree: `field`, `right`, `of`, `share`."""
    counted = [(name, right, many, right / many) for name, (right, many) in of.evaluation.fields().items()]
    return pd.DataFrame(counted, columns=["field", "right", "of", "share"])


def confidence(of: Scored) -> pd.DataFrame:
    """Whether confidence means what it says: `confidence`, `rows`, `right`."""
    bins = [
        (f"{one.low:g} to {one.high:g}", one.rows, one.share)
        for one in reliability(of.evaluation)
        if one.rows
    ]
    return pd.DataFrame(bins, columns=["confidence", "rows", "right"])


def causes(of: Scored) -> dict[str, list[ErrorCase]]:
    """The errors by cause, the most frequent first."""
    return by_cause(errors(of.evaluation))


def error_html(case: ErrorCase) -> str:
    """An error: what the reader wrote down, what was extracted, and the sentence."""
    value = case.row.value if case.row else case.gold.value if case.gold else 0.0
    sentence = marked(case.sentence, evidence(case.sentence, value))
    gold = "no row" if case.gold is None else _gold(case)
    row = "no row" if case.row is None else _row(case.row)
    return (
        f'<li><div class="lb-evidence">{sentence}</div><div class="lb-line"><span>expected: {gold}</span>'
        f"</div>"
        f'<div class="lb-line"><span>extracted: {row}</span><span>{said(case.paper.id)}</span></div></li>'
    )


def _gold(case: ErrorCase) -> str:
    one = case.gold
    assert one is not None
    named = (
        one.metric[0] if one.metric else "any metric",
        one.benchmark[0] if one.benchmark else "no benchmark",
    )
    return said(f"{plain_number(one.value)}{one.unit} {one.kind}, {one.holder}, {' on '.join(named)}")


def _row(one: Result) -> str:
    named = " on ".join((one.metric or "no metric", one.benchmark or "no benchmark"))
    return said(f"{plain_number(one.value)}{one.unit} {one.kind}, {one.holder}, {named} (rule {one.rule})")


def _rows_by_id(rows: pd.DataFrame, ids: list[str]) -> dict[str, list[Result]]:
    some = rows.loc[rows["paper_id"].isin(ids)]
    found: dict[str, list[Result]] = {}
    for row in to_results(some):
        found.setdefault(row.paper_id, []).append(row)
    return found
