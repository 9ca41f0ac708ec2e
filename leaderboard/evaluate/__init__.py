"""How right the extractor is: its rows against what careful readers found.

>>> evaluation = evaluate(read_gold(Path("gold.jsonl")), rows_by_paper)  # doctest: +SKIP
>>> evaluation.counts("tuple").f1  # doctest: +SKIP
0.88
"""

from __future__ import annotations

from leaderboard.evaluate.agreement import Pair, agreement, pair
from leaderboard.evaluate.causes import ErrorCase, RuleRecord, by_cause, by_rule, errors
from leaderboard.evaluate.compare import CHANGES, Difference, compare
from leaderboard.evaluate.gold import GoldPaper, GoldRow, Part, only, part_of, read_gold, with_texts
from leaderboard.evaluate.phenomena import Found, by_phenomenon, phenomena
from leaderboard.evaluate.reliability import Bin, reliability, surest
from leaderboard.evaluate.score import LEVELS, Counts, Evaluation, Level, PaperScore, evaluate, score_paper

__all__ = [
    "CHANGES",
    "LEVELS",
    "Bin",
    "Counts",
    "Difference",
    "ErrorCase",
    "Evaluation",
    "Found",
    "GoldPaper",
    "GoldRow",
    "Level",
    "Pair",
    "PaperScore",
    "Part",
    "RuleRecord",
    "agreement",
    "by_cause",
    "by_phenomenon",
    "by_rule",
    "compare",
    "errors",
    "evaluate",
    "only",
    "pair",
    "part_of",
    "phenomena",
    "read_gold",
    "reliability",
    "score_paper",
    "surest",
    "with_texts",
]
